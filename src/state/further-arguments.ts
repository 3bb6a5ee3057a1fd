import { DeployErrors, type Problem } from '../errors.ts';
import { findNearest } from '../nearest.ts';
import type { Helm, RenderingOptions } from '../ports.ts';

/**
 * The further arguments by the commands that know them: what `template` knows as well is passed there
 * too, so that the plan renders what is deployed. helm is only asked when there are any.
 * @throws DeployErrors `helm-args-unknown` for a flag that `helm upgrade` does not have
 */
export async function readFurtherArguments(
  args: readonly string[],
  helm: Pick<Helm, 'version' | 'readFlags'>,
): Promise<RenderingOptions['further']> {
  if (args.length === 0) return { template: [], upgrade: [] };
  const [template, upgrade] = await Promise.all([
    helm.readFlags('template'),
    helm.readFlags('upgrade'),
  ]);
  const unknown = args.filter((argument) => !upgrade.has(toFlag(argument)));
  if (unknown.length > 0) {
    throw new DeployErrors(unknown.map((argument) => toUnknown(toFlag(argument), upgrade, helm)));
  }
  return { template: args.filter((argument) => template.has(toFlag(argument))), upgrade: args };
}

function toFlag(argument: string): string {
  return argument.split('=')[0] ?? '';
}

function toUnknown(
  flag: string,
  known: ReadonlySet<string>,
  { version }: Pick<Helm, 'version'>,
): Problem {
  const [nearest] = findNearest(flag, known);
  return {
    code: 'helm-args-unknown',
    message: `\`helm-args\` has ${flag}, which \`helm upgrade\` of helm ${version} does not know.`,
    hint: nearest
      ? `Write ${nearest} if that is what you mean, or choose another \`helm-version\`.`
      : 'Look for it in `helm upgrade --help`, or choose another `helm-version`.',
  };
}
