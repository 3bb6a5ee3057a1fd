import type { Command } from '../report/report.ts';

/** One input of action.yml; the contract test holds the two and the README together. */
export interface InputDefinition {
  readonly name: string;
  /** One line of Markdown, as in action.yml and the README. */
  readonly description: string;
  /** As in action.yml; absent: nothing, or what the description says. */
  readonly default?: string;
  readonly required?: true;
  /** The commands that use it; absent: all. */
  readonly commands?: readonly Command[];
}

/** All inputs that work. What design.md names beyond these is in `unavailable.ts`. */
export const INPUTS = [
  {
    name: 'command',
    description:
      '`plan`, `deploy`, or `auto`: plan on `pull_request` and `merge_group`; deploy on `push`, `workflow_dispatch`, `repository_dispatch` and `release`.',
    default: 'auto',
  },
  {
    name: 'environment',
    description: 'Name of the environment; `{environment}` in `values`.',
  },
  {
    name: 'working-directory',
    description: 'Folder in which all paths start.',
    default: '.',
  },
  {
    name: 'github-token',
    description: 'Token for the pull-request comment; needs `pull-requests: write`.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
    default: '${{ github.token }}',
  },
  {
    name: 'helm-version',
    description:
      'Helm to use: exact (`4.3.0`), a minor (`4.3`), or `.tool-versions` to read it from that file. Default: pinned by this release of the action.',
  },
  {
    name: 'tool-mirror',
    description: 'URL or folder to get Helm from, in the layout of `https://get.helm.sh`.',
  },
  {
    name: 'cluster-provider',
    description: 'How the cluster is reached. Only `kubeconfig` so far.',
    default: 'kubeconfig',
  },
  {
    name: 'kubeconfig',
    description:
      'The kubeconfig: its content, base64 of its content, or a path. Only what is given here is used.',
    required: true,
  },
  {
    name: 'kube-context',
    description: 'Context of the kubeconfig. Default: its `current-context`.',
  },
  {
    name: 'release',
    description: 'Name of the Helm release.',
    required: true,
  },
  {
    name: 'namespace',
    description: 'Namespace of the release.',
    required: true,
  },
  {
    name: 'create-namespace',
    description: 'Create the namespace when it is absent.',
    default: 'true',
  },
  {
    name: 'chart',
    description: 'Folder of the chart, with its `Chart.yaml`.',
    required: true,
  },
  {
    name: 'values',
    description:
      'Values files, one a line; later ones win. Globs are sorted, a leading `?` makes a line optional, `{environment}`, `{release}` and `{namespace}` are filled in.',
  },
  {
    name: 'values-inline',
    description: 'Values as YAML; they win over `values`.',
  },
  {
    name: 'set',
    description:
      'Values as `dotted.path=value`, one a line, always strings; they win over everything. `\\.` is a dot in a name.',
  },
  {
    name: 'timeout',
    description:
      'Time for all hooks and the rollout together, such as `90s` or `1h30m`. A rollback has the same time again.',
    default: '10m',
  },
  {
    name: 'on-failure',
    description: '`rollback` to the last good revision, or `hold` what failed for you to look at.',
    default: 'rollback',
  },
  {
    name: 'skip-unchanged',
    description: 'Do nothing when it is proved that nothing would change.',
    default: 'true',
  },
  {
    name: 'wait-for-lock',
    description: 'How long to wait while another run deploys the same release.',
    default: '0s',
    commands: ['deploy'],
  },
  {
    name: 'comment',
    description: 'Keep one comment on the pull request up to date.',
    default: 'true',
  },
  {
    name: 'pull-request',
    description: 'Number of the pull request to comment on. Default: found from the event.',
  },
] as const satisfies readonly InputDefinition[];

export type InputName = (typeof INPUTS)[number]['name'];

export function findInput(name: string): InputDefinition | undefined {
  return INPUTS.find((input) => input.name === name);
}
