import { expect, test } from '@jest/globals';
import { DeployErrors } from '../../src/errors.ts';
import type { TemplateRequest } from '../../src/ports.ts';
import type { Policy } from '../../src/release/spec.ts';
import type { PreparedChart } from '../../src/state/chart.ts';
import { type RenderOptions, render } from '../../src/state/render.ts';
import { fakeCluster } from '../fakes/cluster.ts';
import { fakeHelm } from '../fakes/helm.ts';
import { makeSpec, makeState } from '../fakes/plan.ts';
import { attempted, helmRecord, verified } from '../fakes/record.ts';

const WIDGET = '---\n{apiVersion: example.com/v1, kind: Widget, metadata: {name: w}}\n';
const UNKNOWN = `Error: unable to build kubernetes objects from release manifest: resource mapping not found for name: "w" namespace: "" from "": no matches for kind "Widget" in version "example.com/v1"
ensure CRDs are installed first
`;
const NONE = { lookup: false, apiVersions: false, revision: false, random: false };

interface Case {
  readonly uses?: Partial<PreparedChart['uses']>;
  readonly hasCrds?: boolean;
  readonly needs?: readonly string[];
  readonly policy?: Partial<Policy>;
  readonly records?: Parameters<typeof makeState>[0];
  readonly trust?: RenderOptions['trust'];
  /** What helm says of a rendering with the cluster's answers. */
  readonly stderr?: string;
}

/** The modes in which helm was asked, and what the plan will say of it. */
async function rendered(given: Case) {
  const { hasCrds = false, needs = [], records = [], trust = 'trusted', stderr = '' } = given;
  const modes: string[] = [];
  const answer = (mode: string) => {
    modes.push(mode);
    const fails = mode !== 'client' && stderr !== '';
    return { code: fails ? 1 : 0, stdout: fails ? '' : WIDGET, stderr };
  };
  const helm = {
    ...fakeHelm(fakeCluster()),
    template: async ({ mode }: TemplateRequest) => answer(mode.type),
    dryRunUpgrade: async () => ({
      ...answer('dry-run'),
      ...(stderr === '' && { stdout: JSON.stringify({ manifest: WIDGET }) }),
    }),
  };
  const spec = { ...makeSpec(given.policy), needs };
  const chart = {
    request: {
      release: 'app',
      namespace: 'shop',
      chart: '/work/chart',
      values: [],
      options: { skipSchemaValidation: false, skipCrds: false, further: NO_ARGUMENTS },
    },
    metadata: { name: 'app', version: '1.0.0', appVersion: '', dependencies: [] },
    digest: 'sha256:00',
    uses: { ...NONE, ...given.uses },
    hasCrds,
    source: 'source-1',
    notes: [],
  } as unknown as PreparedChart;
  const { objects, notes } = await render(chart, makeState(records), { helm, spec, trust });
  expect(objects.map(({ ref }) => ref.kind)).toEqual(['Widget']);
  return { modes, notes };
}

const NO_ARGUMENTS = { template: [], upgrade: [] };
const later = (source: string) =>
  `The cluster does not know Widget yet; ${source} brings the CRD. Until then the chart is rendered without answers of the cluster (\`lookup\`, API versions, revision number), and its objects are not checked against it.`;
const OWN = "the chart's own `crds/`";
const lookup = { uses: { lookup: true }, stderr: UNKNOWN };
const DEPLOYED = [helmRecord(1, { labels: verified(1) })];

test.each<[string, Case, readonly string[], readonly string[]]>([
  ['a chart that asks nothing is never rendered with the cluster', {}, ['client'], []],
  ['one that does, is', { uses: { lookup: true } }, ['server'], []],
  ['a first install with CRDs', { ...lookup, hasCrds: true }, ['server', 'client'], [later(OWN)]],
  [
    'the same by the dry run',
    { uses: { revision: true }, stderr: UNKNOWN, hasCrds: true },
    ['dry-run', 'client'],
    [later(OWN)],
  ],
  [
    'CRDs of another release of the job',
    { ...lookup, needs: ['operator'], records: DEPLOYED },
    ['server', 'client'],
    [later('release operator')],
  ],
  [
    'an upgrade before which we apply the CRDs',
    { ...lookup, hasCrds: true, records: DEPLOYED, policy: { crds: 'apply' } },
    ['server', 'client'],
    [later(OWN)],
  ],
  [
    'asked for APIs that come later, it was answered too early',
    { uses: { apiVersions: true }, hasCrds: true },
    ['server'],
    [
      "The chart asks which APIs the cluster has, and was answered as things are now: those that the chart's own `crds/` brings may not be among them yet.",
    ],
  ],
  [
    'pending: helm does not tell the number of the revision',
    {
      uses: { revision: true },
      records: [...DEPLOYED, helmRecord(2, { status: 'pending-upgrade', labels: attempted(2) })],
    },
    ['server'],
    [
      'Revision 2 is pending-upgrade: what becomes of it is not known yet. Changes are told relative to revision 1, the last good one; live objects were not compared.',
      'The chart uses the revision number, which helm does not tell while the release is pending.',
    ],
  ],
  [
    'a pull request gets no answers',
    { uses: { lookup: true }, trust: 'untrusted', hasCrds: true, stderr: UNKNOWN },
    ['client'],
    [
      'The chart asks for the cluster or the revision number (`lookup`, API versions or `.Release.Revision`); for a pull request it is rendered without answers, because its templates could read Secrets. What it takes from there, such as a generated password that it keeps, may look changed here although it stays the same.',
    ],
  ],
])('%s', async (_, given, modes, notes) => {
  expect(await rendered(given)).toEqual({ modes, notes });
});

test.each<[string, Case]>([
  ['nobody brings the kind', lookup],
  ['helm installs no CRDs at an upgrade', { ...lookup, hasCrds: true, records: DEPLOYED }],
  ['they are left out', { ...lookup, hasCrds: true, policy: { crds: 'skip' } }],
  ['something else is wrong', { ...lookup, hasCrds: true, stderr: 'Error: no' }],
])('an error is an error: %s', async (_, given) => {
  await expect(rendered(given)).rejects.toThrow(DeployErrors);
});
