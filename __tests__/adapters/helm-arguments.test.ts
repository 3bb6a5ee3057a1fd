import { describe, expect, test } from '@jest/globals';
import {
  type HelmMajor,
  toDependencyArguments,
  toRollbackArguments,
  toTemplateArguments,
  toUpgradeArguments,
} from '../../src/adapters/helm-arguments.ts';
import type { TemplateRequest } from '../../src/ports.ts';

const chart = {
  release: 'airbyte',
  namespace: 'data',
  chart: '/work/chart',
  values: ['/work/base.yaml', '/private/1.yaml'],
};
const CHART =
  'airbyte /work/chart --namespace data --values /work/base.yaml --values /private/1.yaml';
const THROTTLE = '--qps 300 --burst-limit 1000';

describe('template', () => {
  const client = {
    type: 'client',
    kubeVersion: 'v1.36.3',
    apiVersions: ['a/v1', 'a/v1/B'],
  } as const;
  const server = { type: 'server' } as const;
  const cases: readonly [string, HelmMajor, Pick<TemplateRequest, 'isUpgrade' | 'mode'>, string][] =
    [
      [
        'a first install',
        4,
        { isUpgrade: false, includeCrds: false, mode: { ...client, apiVersions: [] } },
        '--kube-version v1.36.3',
      ],
      [
        'an upgrade',
        3,
        { isUpgrade: true, includeCrds: false, mode: client },
        '--is-upgrade --kube-version v1.36.3 --api-versions a/v1 --api-versions a/v1/B',
      ],
      [
        'with the cluster, 4',
        4,
        { isUpgrade: true, includeCrds: false, mode: server },
        `--is-upgrade --dry-run=server ${THROTTLE}`,
      ],
      [
        'with the cluster, 3',
        3,
        { isUpgrade: false, includeCrds: false, mode: server },
        `--validate --dry-run=server ${THROTTLE}`,
      ],
    ];
  test.each(cases)('%s', (_, major, request, expected) => {
    const args = toTemplateArguments({ ...chart, ...request }, major);
    expect(args.join(' ')).toBe(`template ${CHART} ${expected}`);
  });
});

test.each([
  [4 as const, `--wait=hookOnly ${THROTTLE}`],
  [3 as const, THROTTLE],
])('upgrade, Helm %s', (major, end) => {
  const request = {
    ...chart,
    labels: { 'slipway-attempt': '3', 'slipway-source': '3.abc' },
    timeout: 599.2,
    historyMax: 12,
    method: { serverSide: true, forceConflicts: false },
    takeOwnership: false,
    wait: 'hooks' as const,
    onLine: () => undefined,
  };
  expect(toUpgradeArguments(request, major).join(' ')).toBe(
    `upgrade --install ${CHART} --reset-values --disable-openapi-validation --labels slipway-attempt=3 --labels slipway-source=3.abc --history-max 12 --timeout 600s ${end}`,
  );
});

test.each([
  [4 as const, `--wait=hookOnly ${THROTTLE}`],
  [3 as const, THROTTLE],
])('rollback, Helm %s', (major, end) => {
  const request = {
    release: 'airbyte',
    namespace: 'data',
    revision: 7,
    timeout: 0,
    historyMax: 10,
    method: { serverSide: true, forceConflicts: false },
    onLine: () => undefined,
  };
  expect(toRollbackArguments(request, major).join(' ')).toBe(
    `rollback airbyte 7 --namespace data --history-max 10 --timeout 1s ${end}`,
  );
});

test('dependencies: indexes are downloaded only when there are any', () => {
  const build = 'dependency build /chart --repository-config /repositories.yaml';
  expect(toDependencyArguments('/chart', '/repositories.yaml', 2).join(' ')).toBe(build);
  expect(toDependencyArguments('/chart', '/repositories.yaml', 0).join(' ')).toBe(
    `${build} --skip-refresh`,
  );
});

test('a path with a comma or a quote stays one path', () => {
  const values = ['/a,b.yaml', '/say "x".yaml'];
  const mode = { type: 'server' } as const;
  const args = toTemplateArguments(
    { ...chart, values, isUpgrade: false, includeCrds: false, mode },
    4,
  );
  expect(args).toEqual(expect.arrayContaining(['"/a,b.yaml"', '"/say ""x"".yaml"']));
});
