/** The story that the demo tells: one workflow, six of its runs. */

export interface Scene {
  /** Also the name of its folder below `demo/out/`. */
  readonly name: string;
  readonly title: string;
  /** What happens and why, for somebody who sees Slipway for the first time. */
  readonly story: string;
  readonly event: 'pull_request' | 'push';
  /** Of the pull request that brings the change. */
  readonly pullRequest: number;
  /** The input `set`, one a line. */
  readonly set: readonly string[];
  readonly expected: Expected;
}

/** How the action must end for the demo to be right. */
export interface Expected {
  readonly exitCode: 0 | 1;
  /** Outputs of the action. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What the job summary must tell. */
  readonly summary: readonly RegExp[];
}

/** What the workflow gives in every run; the rest of `with:` is the machine's, see run.ts. */
export const WORKFLOW = {
  environment: 'production',
  release: 'shop',
  namespace: 'shop',
  chart: 'demo/chart',
  values: 'demo/values/base.yaml\ndemo/values/{environment}.yaml',
  timeout: '5m',
} as const;

/** What a workflow would take from `secrets`: they may be nowhere in what the action writes. */
export const SECRETS = ['pay_first-N3vD7qX2', 'pay_second-J8kR5wZ1'] as const;

const FIRST_KEY = `payment.apiKey=${SECRETS[0]}`;
const NEW_VERSION = [
  'api.tag=1.1.0',
  'migration.name=0042-order-notes',
  `payment.apiKey=${SECRETS[1]}`,
];

export const SCENES: readonly Scene[] = [
  {
    name: '1-first-deploy',
    title: 'A first deploy',
    story:
      'The namespace is empty. Slipway renders the chart, says what will be made, lets helm apply it, and watches until every pod is ready: only then is revision 1 good.',
    event: 'push',
    pullRequest: 1,
    set: [FIRST_KEY],
    expected: {
      exitCode: 0,
      outputs: { outcome: 'deployed', changed: 'true', revision: '1' },
      summary: [/installed, revision 1/],
    },
  },
  {
    name: '2-no-change',
    title: 'The same again',
    story:
      'Somebody runs the job again. Rendering, release record and live objects agree, so helm is not asked to upgrade, and nothing is written to the cluster.',
    event: 'push',
    pullRequest: 1,
    set: [FIRST_KEY],
    expected: {
      exitCode: 0,
      outputs: { outcome: 'unchanged', changed: 'false', revision: '1' },
      summary: [/no change/],
    },
  },
  {
    name: '3-pull-request',
    title: 'A pull request',
    story:
      'It brings a new version of the api, a database migration that runs before the upgrade, and a new key for payments. On a pull request the same workflow only plans: the comment shows what a merge would change. Of the Secret it tells the name of the key, never the value.',
    event: 'pull_request',
    pullRequest: 2,
    set: NEW_VERSION,
    expected: {
      exitCode: 0,
      outputs: { outcome: 'planned', changed: 'true' },
      summary: [/api:1\.0\.0/, /api:1\.1\.0/, /PAYMENT_API_KEY/],
    },
  },
  {
    name: '4-merge',
    title: 'It is merged',
    story:
      'What was planned is deployed: first the migration, a hook of the chart, then the rollout. The comment on the pull request is updated with how it went.',
    event: 'push',
    pullRequest: 2,
    set: NEW_VERSION,
    expected: {
      exitCode: 0,
      outputs: { outcome: 'deployed', revision: '2' },
      summary: [/deployed, revision 2/],
    },
  },
  {
    name: '5-crash-loop',
    title: 'A broken image',
    story:
      'The next version of the api wants a setting that nobody has given it, and crashes. The timeout is five minutes; Slipway sees the crash loop in seconds, keeps the evidence, marks the revision as failed and goes back to revision 2. The job fails, the shop goes on.',
    event: 'push',
    pullRequest: 3,
    set: NEW_VERSION.with(0, 'api.tag=crash-loop'),
    expected: {
      exitCode: 1,
      outputs: { outcome: 'rolled-back', 'reason-code': 'crash-loop', revision: '4' },
      summary: [/CrashLoopBackOff/, /DATABASE_URL is not set/, /exit code 3/i],
    },
  },
  {
    name: '6-configuration',
    title: 'Only the configuration',
    story:
      'A ConfigMap changes. The worker’s pods carry its checksum and restart; those of the api read it when they started and would keep the old values until somebody notices. Slipway names them, and the command that helps.',
    event: 'push',
    pullRequest: 4,
    set: [...NEW_VERSION, 'config.LOG_LEVEL=debug'],
    expected: {
      exitCode: 0,
      outputs: { outcome: 'deployed', revision: '5' },
      summary: [/shop-api-\w+-\w+/, /kubectl rollout restart deployment\/shop-api/],
    },
  },
];
