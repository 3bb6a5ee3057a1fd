import { DeployErrors, type Problem } from '../errors.ts';
import type { Helm, RenderingOptions } from '../ports.ts';
import type { HelmSettings, ReleaseSpec } from '../release/spec.ts';
import { readFurtherArguments } from './further-arguments.ts';

/**
 * What decides, besides chart and values, what helm renders.
 * @throws DeployErrors `helm-too-old` for a setting and `helm-args-unknown` for a flag that this helm does not have
 */
export async function readRenderingOptions(
  { helm: settings, policy }: ReleaseSpec,
  helm: Pick<Helm, 'version' | 'readFlags'>,
): Promise<RenderingOptions> {
  refuseUnknown(settings, helm.version);
  return {
    skipSchemaValidation: settings.skipSchemaValidation,
    skipCrds: policy.crds !== 'helm',
    postRenderer: settings.postRenderer,
    further: await readFurtherArguments(settings.args, helm),
  };
}

/** The first version that has it (helm.md §2.2, by `helm upgrade --help`). */
const SINCE: readonly {
  readonly field: string;
  readonly version: readonly [major: number, minor: number];
  readonly isSet: (settings: HelmSettings) => boolean;
}[] = [
  { field: 'take-ownership', version: [3, 17], isSet: (one) => one.takeOwnership },
  { field: 'skip-schema-validation', version: [3, 16], isSet: (one) => one.skipSchemaValidation },
  { field: 'server-side', version: [4, 0], isSet: (one) => one.serverSide === true },
];

function refuseUnknown(settings: HelmSettings, version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const missing = SINCE.filter(({ isSet }) => isSet(settings)).filter(
    ({ version: since }) => major < since[0] || (major === since[0] && minor < since[1]),
  );
  if (missing.length === 0) return;
  throw new DeployErrors(
    missing.map(
      ({ field, version: since }): Problem => ({
        code: 'helm-too-old',
        message: `\`${field}: true\` needs helm ${since.join('.')}, and this run uses helm ${version}.`,
        hint: `Remove \`${field}\`, or choose a newer \`helm-version\`.`,
      }),
    ),
  );
}
