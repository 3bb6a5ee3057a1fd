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

/** `setup` knows no releases. */
const OF_RELEASES: readonly Command[] = ['plan', 'deploy'];

/** All inputs that work. What design.md names beyond these is in `unavailable.ts`. */
export const INPUTS = [
  {
    name: 'command',
    description:
      '`plan`, `deploy`, `setup` (tools and a kubeconfig for later steps), or `auto`: plan on `pull_request` and `merge_group`; deploy on `push`, `workflow_dispatch`, `repository_dispatch` and `release`.',
    default: 'auto',
  },
  {
    name: 'environment',
    description: 'Name of the environment: a key in `slipway.yaml`, and `{environment}` in paths.',
  },
  {
    name: 'config',
    description:
      'The file with environments and releases. Default: `slipway.yaml` when it is there; `none` to ignore it.',
  },
  {
    name: 'releases',
    description: 'Releases of the file to work on: names and globs. Default: all.',
    commands: OF_RELEASES,
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
    name: 'kubectl-version',
    description:
      'kubectl to put on PATH for later steps: exact (`1.36.3`), a minor (`1.36`), or `.tool-versions`. Default: none is installed, for `setup` the one pinned by this release.',
  },
  {
    name: 'tool-mirror',
    description:
      'URL or folder to get Helm and kubectl from, in the layouts of `https://get.helm.sh` and `https://dl.k8s.io`.',
  },
  {
    name: 'cluster-provider',
    description:
      'How the cluster is reached: `eks`, `gke`, `kubeconfig`, or `in-cluster` for runners in pods of it. Default: what the other inputs tell, never `in-cluster`.',
  },
  {
    name: 'cluster-name',
    description: 'Name of the cluster; its ARN on EKS or its full resource name on GKE.',
  },
  {
    name: 'cluster-location',
    description: 'Region on EKS (default: `AWS_REGION` of the step), region or zone on GKE.',
  },
  {
    name: 'aws-role-to-assume',
    description:
      "ARN of the role that is assumed with GitHub's OIDC token, for EKS; needs `id-token: write`. Default: the AWS credentials that the step has.",
  },
  {
    name: 'gcp-project',
    description:
      'Project of the cluster, for GKE. Default: `CLOUDSDK_CORE_PROJECT` or `GOOGLE_CLOUD_PROJECT` of the step.',
  },
  {
    name: 'gcp-workload-identity-provider',
    description:
      "Full name of the provider that takes GitHub's OIDC token, for GKE; needs `id-token: write`. Default: the Google credentials that the step has.",
  },
  {
    name: 'gcp-service-account',
    description: 'E-mail address of the service account to act as, for GKE.',
  },
  {
    name: 'kubeconfig',
    description:
      'The kubeconfig: its content, base64 of its content, or a path. Only what is given is used.',
  },
  {
    name: 'kube-context',
    description: 'Context of the kubeconfig. Default: its `current-context`.',
  },
  {
    name: 'release',
    description:
      'Name of the Helm release. Required without a file; with one it chooses like `releases`.',
    commands: OF_RELEASES,
  },
  {
    name: 'namespace',
    description: 'Namespace of the release. Required, here or in the file.',
    commands: OF_RELEASES,
  },
  {
    name: 'create-namespace',
    description: 'Create the namespace when it is absent. Default: `true`.',
    commands: OF_RELEASES,
  },
  {
    name: 'chart',
    description:
      'Folder of the chart, its name in `chart-repository`, or `oci://…`. Required, here or in the file.',
    commands: OF_RELEASES,
  },
  {
    name: 'chart-repository',
    description: 'URL of the chart repository.',
    commands: OF_RELEASES,
  },
  {
    name: 'chart-version',
    description:
      'Version of a chart that is fetched: exact, a range, `sha256:…`, both as `1.2.3@sha256:…`, or `latest`.',
    commands: OF_RELEASES,
  },
  {
    name: 'registry-username',
    description: 'User name for a private chart registry or repository.',
    commands: OF_RELEASES,
  },
  {
    name: 'registry-password',
    description: 'Its password or token; never given to helm on a command line.',
    commands: OF_RELEASES,
  },
  {
    name: 'values',
    description:
      'Values files, one a line; later ones win. Globs are sorted, a leading `?` makes a line optional, `{environment}`, `{release}` and `{namespace}` are filled in.',
    commands: OF_RELEASES,
  },
  {
    name: 'values-inline',
    description: 'Values as YAML; they win over `values`.',
    commands: OF_RELEASES,
  },
  {
    name: 'set',
    description:
      'Values as `dotted.path=value`, one a line, always strings; they win over everything. `\\.` is a dot in a name.',
    commands: OF_RELEASES,
  },
  {
    name: 'helm-args',
    description:
      'Arguments for helm that have no input, one a line, such as `--enable-dns`. Those that Slipway owns are refused.',
    commands: OF_RELEASES,
  },
  {
    name: 'timeout',
    description:
      'Time for all hooks and the rollout together, such as `90s` or `1h30m`. A rollback has the same time again. Default: `10m`.',
    commands: OF_RELEASES,
  },
  {
    name: 'on-failure',
    description:
      '`rollback` to the last good revision, or `hold` what failed for you to look at. Default: `rollback`.',
    commands: OF_RELEASES,
  },
  {
    name: 'skip-unchanged',
    description: 'Do nothing when it is proved that nothing would change. Default: `true`.',
    commands: OF_RELEASES,
  },
  {
    name: 'wait-for-lock',
    description: 'How long to wait while another run deploys the same release. Default: `0s`.',
    commands: ['deploy'],
  },
  {
    name: 'against',
    description:
      'What a plan compares with: `live`, or `none` to check files only, without a cluster. Default: `live`.',
    commands: ['plan'],
  },
  {
    name: 'show-values',
    description:
      'Tell in the summary every value that the chart gets, and the layer that it is from.',
    default: 'false',
    commands: ['plan'],
  },
  {
    name: 'comment',
    description: 'Keep one comment on the pull request up to date.',
    default: 'true',
    commands: OF_RELEASES,
  },
  {
    name: 'pull-request',
    description: 'Number of the pull request to comment on. Default: found from the event.',
    commands: OF_RELEASES,
  },
] as const satisfies readonly InputDefinition[];

export type InputName = (typeof INPUTS)[number]['name'];

export function findInput(name: string): InputDefinition | undefined {
  return INPUTS.find((input) => input.name === name);
}
