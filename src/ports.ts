import type { KubeObject, ObjectRef } from './release/object.ts';
import type {
  ChartOfRegistry,
  ChartOfRepository,
  Credentials,
  PostRenderer,
} from './release/spec.ts';
import type { Safe } from './secrecy/safe.ts';

/* All that we ask of the world, on one page. Adapters implement it, main wires it, tests fake it. */

/** The Kubernetes API, as the identity of this run. Every method throws `ApiError` when refused. */
export interface Cluster {
  /** Such as `v1.36.3`. */
  readServerVersion(signal?: AbortSignal): Promise<string>;
  /** Undefined when there is no such object (404). */
  read(ref: ObjectRef): Promise<KubeObject | undefined>;
  list(query: ListQuery): Promise<readonly KubeObject[]>;
  create(object: KubeObject): Promise<KubeObject>;
  /** PUT; a resourceVersion in the object makes it a compare-and-swap (409 when stale). */
  replace(object: KubeObject): Promise<KubeObject>;
  /** What a forced server-side apply by `helm` would make of the object; nothing is written. */
  previewApply(object: KubeObject, namespace: string): Promise<KubeObject>;
  /** A server-side apply by `helm` that takes nothing from anybody; nothing is written. A 409 names who manages what. */
  checkApply(object: KubeObject, namespace: string): Promise<void>;
  /** Server-side apply by our own field manager, taking fields from whoever holds them. */
  apply(object: KubeObject): Promise<KubeObject>;
  /** Without error when the object is already gone. */
  delete(ref: ObjectRef, options?: DeleteOptions): Promise<void>;
  /** Lists, then watches, and again after every interruption, until the signal aborts. */
  watch(query: ListQuery, listener: WatchListener, signal: AbortSignal): void;
  readLogs(query: LogQuery): Promise<string>;
}

export interface ListQuery {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty: all namespaces. */
  readonly namespace: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

export interface DeleteOptions {
  readonly propagation?: 'Foreground' | 'Background';
  readonly uid?: string;
  readonly resourceVersion?: string;
}

export interface WatchListener {
  /** A complete list: everything that is not in it is gone. */
  replaced(objects: readonly KubeObject[]): void;
  changed(object: KubeObject): void;
  deleted(object: KubeObject): void;
  /** The list or watch is refused (403) or the kind is unknown (404); the watch has ended. */
  refused(error: ApiError): void;
}

export interface LogQuery {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly tailLines: number;
}

/** An answer of the API server that is not a success, or no answer at all (status 0). */
export class ApiError extends Error {
  /** HTTP status; 0 when the server was not reached. */
  readonly status: number;
  /** Kubernetes' reason: NotFound, Forbidden, Conflict, AlreadyExists, Invalid, …; empty when unreachable. */
  readonly reason: string;

  constructor(status: number, reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.status = status;
    this.reason = reason;
  }
}

/** The helm binary that deploys; plans are rendered with the very same. */
export interface Helm {
  /** Such as `4.3.1`. */
  readonly version: string;
  /** The long flags that a command of this very binary knows, such as `--enable-dns`, by its help. */
  readFlags(command: 'template' | 'upgrade' | 'rollback'): Promise<ReadonlySet<string>>;
  /** Fetches a chart and unpacks it, below `destination`. Throws `DeployError` when what came is no chart. */
  pull(request: PullRequest): Promise<PullResult>;
  template(request: TemplateRequest): Promise<CommandResult>;
  /** What `upgrade` would record, as JSON with `manifest` and `hooks`; knows the revision number, but refuses a pending release. */
  dryRunUpgrade(request: ChartRequest): Promise<CommandResult>;
  /** Fetches missing dependencies into `charts/` by Chart.lock. */
  buildDependencies(chart: string, logins: DependencyLogins): Promise<CommandResult>;
  /** `upgrade --install` with hook-only waiting. An abort sends SIGINT, which helm answers by recording `failed`. */
  upgrade(request: UpgradeRequest, signal: AbortSignal): Promise<CommandResult>;
  /** With hook-only waiting; never interrupted, because helm would leave `pending-rollback`. */
  rollback(request: RollbackRequest): Promise<CommandResult>;
}

export interface PullRequest {
  readonly chart: ChartOfRepository | ChartOfRegistry;
  /** Absolute path of a private folder. */
  readonly destination: string;
}

/** What the last of the commands said that a pull needs; the ones after a failed one did not run. */
export interface PullResult extends CommandResult {
  readonly step: 'login' | 'index' | 'pull';
  /** Where the chart is now: as it was fetched, and unpacked. */
  readonly pulled?: { readonly archive: string; readonly folder: string };
  /** Path of the repository's index, once it was read. */
  readonly index?: string;
}

/** Who to be for the servers of a chart's dependencies. */
export interface DependencyLogins {
  /** For servers that ask for a login, and for no other. */
  readonly credentials?: Credentials | undefined;
  /** Of registries that have one of their own, by host. */
  readonly ofHosts: ReadonlyMap<string, Credentials>;
}

/** The registries that the login to the cluster opens as well, such as ECR for a role of AWS. */
export interface Registries {
  /** Undefined for any other host. Throws `DeployError` when the cloud refuses. */
  findLogin(host: string): Promise<Credentials | undefined>;
}

export interface ChartRequest {
  readonly release: string;
  readonly namespace: string;
  /** Path of a folder. */
  readonly chart: string;
  /** Values files in helm's order. */
  readonly values: readonly string[];
  /** What else decides what is rendered; the same for the plan and the deploy. */
  readonly options: RenderingOptions;
}

export interface RenderingOptions {
  readonly skipSchemaValidation: boolean;
  /** Leaves the chart's `crds/` out of an install. */
  readonly skipCrds: boolean;
  readonly postRenderer?: PostRenderer | undefined;
  /** Further arguments by command: each command gets those that it knows. */
  readonly further: Readonly<Record<'template' | 'upgrade', readonly string[]>>;
}

export interface TemplateRequest extends ChartRequest {
  /** Whether a release exists: `.Release.IsUpgrade`. */
  readonly isUpgrade: boolean;
  /** Prints the CRDs of `crds/` before the manifest. */
  readonly includeCrds: boolean;
  /**
   * client: without the cluster, for the given server version. server: `lookup` and API versions
   * answered by the cluster.
   */
  readonly mode:
    | {
        readonly type: 'client';
        readonly kubeVersion: string;
        readonly apiVersions: readonly string[];
      }
    | { readonly type: 'server' };
}

export interface UpgradeRequest extends ChartRequest {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
  readonly historyMax: number;
  readonly method: ApplyMethod;
  readonly takeOwnership: boolean;
  /** hooks: helm waits for hooks only. all: until workloads are ready as well, by its older rules in both majors. */
  readonly wait: 'hooks' | 'all';
  /** Called for every line that helm prints. */
  readonly onLine: (line: string) => void;
}

/** Helm 3 knows client-side apply only, and nothing to force. */
export interface ApplyMethod {
  readonly serverSide: boolean;
  /** Takes fields that somebody else manages; never true for a client-side apply. */
  readonly forceConflicts: boolean;
}

export interface RollbackRequest {
  readonly release: string;
  readonly namespace: string;
  readonly revision: number;
  readonly timeout: number;
  readonly historyMax: number;
  readonly method: ApplyMethod;
  readonly onLine: (line: string) => void;
}

export interface CommandResult {
  /** Exit code; 128 + the signal's number when killed by a signal. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Files of the workspace; paths are absolute. */
export interface Files {
  /** Undefined when there is no such file. */
  read(path: string): string | undefined;
  readBytes(path: string): Uint8Array | undefined;
  /** Absolute paths of all files below a folder, sorted, with `/`; symbolic links followed. */
  walk(folder: string): readonly string[];
  kind(path: string): 'file' | 'folder' | 'absent';
  /** Files that match, sorted. */
  glob(pattern: string, directory: string): readonly string[];
  /** Writes into this run's private folder (0700, removed at the end) and returns the path (0600). */
  writePrivate(name: string, text: string): string;
  /** The same at once: who reads the file meanwhile gets the old text or the new one, never a part. */
  replacePrivate(name: string, text: string): string;
  /** Makes a folder (0700) in this run's private folder, anew when it is there already, and returns its path. */
  makePrivate(name: string): string;
  /** The same with files in it, whose paths are relative and written with `/`. */
  makePrivateTree(
    name: string,
    files: Iterable<{ readonly path: string; readonly bytes: Uint8Array }>,
  ): string;
  /**
   * Copies a folder into one made so, and returns the path of the copy. What the relative paths of
   * `beside`, such as `../library`, lead to from the original is there for the copy as well.
   */
  copyPrivate(folder: string, name: string, beside: readonly string[]): string;
}

/** Decrypts values files with the program that the user has installed for it. */
export interface Decryptor {
  /** The plaintext of a file is on stdout. Throws `DeployError` when there is no such program. */
  decrypt(path: string): Promise<CommandResult>;
}

/** Time. Deadlines count on `monotonic`, which no clock adjustment moves. */
export interface Clock {
  now(): Date;
  /** Milliseconds since some fixed point. */
  monotonic(): number;
  /** Resolves early when the signal aborts; never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine that runs the workflow. */
export interface Host {
  info(line: Safe): void;
  debug(line: Safe): void;
  startGroup(title: Safe): void;
  endGroup(): void;
  annotate(
    level: 'error' | 'warning' | 'notice',
    message: Safe,
    options: { title: Safe; file?: string; line?: number | undefined; column?: number | undefined },
  ): void;
  /** Appends to the job summary. */
  writeSummary(markdown: Safe): Promise<void>;
  setOutput(name: string, value: Safe): void;
  /** Masks a value in everything that this job logs from now on. */
  mask(value: string): void;
  addPath(folder: string): void;
  /** For the later steps of the job. */
  exportVariable(name: string, value: string): void;
}

/** GitHub's API for the repository of this run. Throws `GitHubError`. */
export interface GitHub {
  /** Whom the token belongs to, as it appears on its comments; undefined when it cannot be told. */
  readIdentity(): Promise<{ readonly login: string; readonly id?: number } | undefined>;
  listComments(issue: number): Promise<readonly IssueComment[]>;
  createComment(issue: number, body: Safe): Promise<IssueComment>;
  updateComment(id: number, body: Safe): Promise<IssueComment>;
  /** The pull request that brought a commit in, newest merge first. */
  findPullRequest(sha: string): Promise<number | undefined>;
}

export interface IssueComment {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly id: number; readonly login: string; readonly type: string };
  readonly url: string;
}

export class GitHubError extends Error {
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GitHubError';
    this.status = status;
  }
}
