import type { Problem } from '../../errors.ts';
import type { Fields } from '../fields.ts';
import { INPUT_OF } from '../input-fields.ts';

/** How the user calls what an input of the cluster says: itself, or the field of slipway.yaml in its place. */
export type SpokenNames = ReadonlyMap<string, string>;

/** Such as `aws-role-to-assume` → `cluster.plan.role-to-assume`. */
export function toSpokenNames(fields: Fields): SpokenNames {
  const ofCluster = Object.entries(INPUT_OF).filter(([path]) => path.startsWith('cluster.'));
  return new Map(ofCluster.map(([path, input]) => [input, fields.name(...path.split('.'))]));
}

/** A problem of the login, which knows inputs only, in the words of who wrote slipway.yaml. */
export function speak({ message, hint, ...problem }: Problem, names: SpokenNames): Problem {
  const toSpoken = (text: string) =>
    text.replaceAll(/(?<=`)[a-z-]+(?=[`:])/g, (name) => names.get(name) ?? name);
  return { ...problem, message: toSpoken(message), hint: toSpoken(hint) };
}
