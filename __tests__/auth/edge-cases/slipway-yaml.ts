import { stringify } from 'yaml';
import { parseConfig } from '../../../src/config/file/document.ts';
import { parseInputs } from '../../../src/config/parse.ts';
import { REPOSITORY } from '../../config/samples.ts';
import { fakeFiles } from '../../fakes/files.ts';

/** Reads a slipway.yaml with one environment, whose cluster has these fields, for a deploy. */
export function parseFile(
  cluster: object,
  environment: Readonly<Record<string, string>> = {},
): unknown {
  const file = stringify({
    environments: { production: { cluster } },
    releases: { api: { chart: 'charts/api', namespace: 'apps' } },
  });
  return parseInputs(
    {
      inputs: new Map([['environment', 'production']]),
      ...{ event: 'push', environment, directory: '/repository' },
      files: fakeFiles({ ...REPOSITORY, '/repository/slipway.yaml': file }),
    },
    parseConfig,
  );
}
