import { describe, expect, test } from '@jest/globals';
import {
  type HelmMajor,
  toDryRunArguments,
  toRollbackArguments,
  toTemplateArguments,
  toUpgradeArguments,
} from '../../src/adapters/helm-arguments.ts';
import type { TemplateRequest, UpgradeRequest } from '../../src/ports.ts';

const chart = {
  release: 'airbyte',
  namespace: 'data',
  chart: '/work/chart',
  values: ['/work/base.yaml', '/private/1.yaml'],
  options: {
    skipSchemaValidation: false,
    skipCrds: false,
    further: { template: [], upgrade: [] },
  },
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
  const cases: readonly [
    string,
    HelmMajor,
    Pick<TemplateRequest, 'isUpgrade' | 'includeCrds' | 'mode'>,
    string,
  ][] = [
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
    const args = toTemplateArguments({ ...chart, ...request }, { major, postRenderer: [] });
    expect(args.join(' ')).toBe(`template ${CHART} ${expected}`);
  });
});

const upgrade: UpgradeRequest = {
  ...chart,
  labels: { 'slipway-attempt': '3', 'slipway-source': '3.abc' },
  timeout: 599.2,
  historyMax: 12,
  method: { serverSide: true, forceConflicts: false },
  takeOwnership: false,
  wait: 'hooks',
  onLine: () => undefined,
};
const UPGRADE = `upgrade --install ${CHART} --reset-values --disable-openapi-validation --labels slipway-attempt=3 --labels slipway-source=3.abc --history-max 12 --timeout 600s`;

describe('upgrade', () => {
  const options = { ...chart.options, skipSchemaValidation: true, skipCrds: true };
  const further = { template: [], upgrade: ['--enable-dns', '--qps=5'] };
  const forced = { serverSide: true, forceConflicts: true };
  const cases: readonly [string, Partial<UpgradeRequest>, four: string, three: string][] = [
    ['as ever', {}, `--server-side=true ${THROTTLE} --wait=hookOnly`, THROTTLE],
    [
      'client-side, where nothing can be forced',
      { method: { serverSide: false, forceConflicts: true } },
      `--server-side=false ${THROTTLE} --wait=hookOnly`,
      THROTTLE,
    ],
    [
      'all that helm waits for and takes',
      { method: forced, wait: 'all', takeOwnership: true },
      `--server-side=true --force-conflicts ${THROTTLE} --wait=legacy --take-ownership`,
      `${THROTTLE} --wait --take-ownership`,
    ],
    [
      'the user comes last',
      { options: { ...options, further } },
      `--server-side=true ${THROTTLE} --wait=hookOnly --skip-crds --skip-schema-validation --enable-dns --qps=5`,
      `${THROTTLE} --skip-crds --skip-schema-validation --enable-dns --qps=5`,
    ],
  ];
  test.each(cases)('%s', (_, more, four, three) => {
    const said = (major: HelmMajor) =>
      toUpgradeArguments({ ...upgrade, ...more }, { major, postRenderer: [] }).join(' ');
    expect(said(4)).toBe(`${UPGRADE} ${four}`);
    expect(said(3)).toBe(`${UPGRADE} ${three}`);
  });
});

test('what decides the rendering is said to all three commands', () => {
  const further = { template: ['--enable-dns'], upgrade: ['--enable-dns', '--hide-notes'] };
  const request = { ...upgrade, options: { skipSchemaValidation: true, skipCrds: true, further } };
  const dialect = { major: 4, postRenderer: ['--post-renderer', 'slipway-1'] } as const;
  const mode = { type: 'server' } as const;
  const rendering = { ...request, isUpgrade: true, includeCrds: true, mode };
  const words = '--skip-schema-validation --post-renderer slipway-1 --enable-dns';
  const template = toTemplateArguments(rendering, dialect).join(' ');
  expect(template).toContain('--include-crds');
  expect(template).toMatch(new RegExp(`${words}$`));
  expect(toDryRunArguments(request, dialect).join(' ')).toContain(`${words} --hide-notes`);
  expect(toUpgradeArguments(request, dialect).join(' ')).toContain(`${words} --hide-notes`);
});

test.each([
  [4 as const, `--server-side=true --force-conflicts ${THROTTLE} --wait=hookOnly`],
  [3 as const, THROTTLE],
])('rollback, Helm %s', (major, end) => {
  const request = {
    release: 'airbyte',
    namespace: 'data',
    revision: 7,
    timeout: 0,
    historyMax: 10,
    method: { serverSide: true, forceConflicts: true },
    onLine: () => undefined,
  };
  expect(toRollbackArguments(request, major).join(' ')).toBe(
    `rollback airbyte 7 --namespace data --history-max 10 --timeout 1s ${end}`,
  );
});

test('a path with a comma or a quote stays one path', () => {
  const values = ['/a,b.yaml', '/say "x".yaml'];
  const mode = { type: 'server' } as const;
  const args = toTemplateArguments(
    { ...chart, values, isUpgrade: false, includeCrds: false, mode },
    { major: 4, postRenderer: [] },
  );
  expect(args).toEqual(expect.arrayContaining(['"/a,b.yaml"', '"/say ""x"".yaml"']));
});
