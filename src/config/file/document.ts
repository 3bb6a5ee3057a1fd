import { DeployError, DeployErrors, type Place, type Problem } from '../../errors.ts';
import type { FieldPath } from '../fields.ts';
import type { YamlSource } from './document-place.ts';
import { parseContents } from './document-text.ts';
import { type DocumentTree, toTree } from './document-tree.ts';
import { toProblems } from './problems/problems.ts';
import { findReferenceProblems } from './problems/references.ts';
import { type Config, configSchema } from './schema.ts';

/** slipway.yaml, checked. */
export interface ConfigDocument {
  readonly config: Config;
  /** Of the key at a path such as `['releases', 'airbyte', 'timeout']`; of the nearest parent that is there otherwise. */
  at(path: FieldPath): Place;
}

/**
 * Reads slipway.yaml: YAML 1.2, in which `on` is a text and 017 is 17. `file` is how annotations call it.
 * @throws DeployErrors with every problem at once
 */
export function parseConfig(text: string, file: string): ConfigDocument {
  const tree = parseTree({ text, file });
  const { data, error } = configSchema.safeParse(tree.value);
  const problems = [
    ...tree.problems,
    ...toProblems(error?.issues ?? [], tree),
    ...findReferenceProblems(tree),
  ];
  if (data === undefined || problems.length > 0) throw new DeployErrors(sortByPlace(problems));
  return { config: data, at: tree.at };
}

function parseTree(source: YamlSource): DocumentTree {
  try {
    return toTree(parseContents(source), source);
  } catch (error) {
    if (error instanceof DeployError) throw new DeployErrors(error.problems);
    throw error;
  }
}

function sortByPlace(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0));
}
