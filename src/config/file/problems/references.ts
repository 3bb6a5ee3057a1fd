import type { Problem } from '../../../errors.ts';
import { findNearest } from '../../../nearest.ts';
import { isMap } from '../../../release/json.ts';
import type { DocumentTree } from '../document-tree.ts';
import { showPath } from './path.ts';
import { joinWords, renderValue } from './words.ts';

/* What one part of slipway.yaml says of another, also when some field elsewhere is wrong. */

export function findReferenceProblems(tree: DocumentTree): readonly Problem[] {
  const { environments, releases } = toMap(tree.value);
  return [
    ...Object.keys(toMap(releases)).flatMap((release) =>
      findUnknownEnvironments(release, tree, environments),
    ),
    ...Object.keys(toMap(environments)).flatMap((name) => findChangedNumbers(name, tree)),
  ];
}

/** Without `environments` any name will do; with them, a misspelt one would lose its fields silently. */
function findUnknownEnvironments(
  release: string,
  tree: DocumentTree,
  environments: unknown,
): readonly Problem[] {
  if (environments === undefined) return [];
  const known = Object.keys(toMap(environments));
  const { environments: overrides } = toMap(toMap(toMap(tree.value)['releases'])[release]);
  return Object.keys(toMap(overrides))
    .filter((name) => !known.includes(name))
    .map((name) => {
      const path = ['releases', release, 'environments', name];
      const [nearest] = findNearest(name, known);
      return {
        code: 'config-invalid',
        message: `${showPath(path)} is for an environment that \`environments\` does not have.`,
        hint: nearest
          ? `Did you mean \`${nearest}\`?`
          : `Add it to \`environments\`, or use ${joinWords(known.map((one) => `\`${one}\``)) || 'none'}.`,
        at: tree.at(path),
      };
    });
}

/** A number becomes a part of names and paths: what YAML makes of `1.10` is not what was meant. */
function findChangedNumbers(environment: string, tree: DocumentTree): readonly Problem[] {
  const { vars } = toMap(toMap(toMap(tree.value)['environments'])[environment]);
  return Object.entries(toMap(vars)).flatMap(([name, value]) => {
    const path = ['environments', environment, 'vars', name];
    const source = tree.source(path);
    if (typeof value !== 'number' || source === undefined || source === String(value)) return [];
    return [
      {
        code: 'config-wrong-type',
        message: `${showPath(path)} is the number ${source}, which YAML makes ${value}.`,
        hint: `Write it in quotes: \`${renderValue(name)}: "${source}"\`.`,
        at: tree.at(path),
      },
    ];
  });
}

function toMap(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}
