/** 1. Wanted: what one release should be in one environment. */
export interface ReleaseSpec {
  readonly target: Target;
  readonly cluster: ClusterSpec;
  readonly chart: ChartRef;
  /** In helm's order: later wins. */
  readonly layers: readonly ValuesLayer[];
  readonly policy: Policy;
}

export interface Target {
  /** Key of the environment; empty when none was given. */
  readonly environment: string;
  readonly release: string;
  readonly namespace: NamespaceSpec;
}

export interface NamespaceSpec {
  readonly name: string;
  readonly create: boolean;
}

/** How the cluster is reached. EKS, GKE and in-cluster come with the issue "Login". */
export interface ClusterSpec {
  readonly provider: 'kubeconfig';
  /** The text of a kubeconfig, whichever way it was given. */
  readonly kubeconfig: string;
  /** Folder against which relative paths inside the kubeconfig are read. */
  readonly directory: string;
  /** Empty: the kubeconfig's current context. */
  readonly context: string;
}

/** Where the chart comes from. Repositories and OCI come with the issue "Any chart". */
export interface ChartRef {
  readonly type: 'folder';
  /** Absolute path of the folder with Chart.yaml. */
  readonly path: string;
  /** As the user wrote it, for messages. */
  readonly written: string;
  /** Relative to the repository, for annotations. */
  readonly folder: string;
}

export type ValuesLayer =
  | {
      readonly type: 'file';
      readonly path: string;
      readonly written: string;
      readonly text: string;
    }
  | { readonly type: 'inline'; readonly text: string }
  /** `dotted.path=value` lines, already nested; all leaves are strings. */
  | { readonly type: 'set'; readonly values: Readonly<Record<string, unknown>> };

export interface Policy {
  /** Milliseconds for all hooks and the rollout together; a remediation has its own, equal budget. */
  readonly timeout: number;
  readonly onFailure: 'rollback' | 'hold';
  readonly skipUnchanged: boolean;
  /** Milliseconds to wait while another run holds the release. */
  readonly waitForLock: number;
}
