import type { Problem } from '../errors.ts';
import type { ClusterSpec } from './cluster-spec.ts';

/** 1. Wanted: what one release should be in one environment. */
export interface ReleaseSpec {
  readonly target: Target;
  readonly cluster: ClusterSpec;
  readonly chart: ChartRef;
  /** In helm's order: later wins. */
  readonly layers: readonly ValuesLayer[];
  /** Names of releases of the same job that must be deployed before this one. */
  readonly needs: readonly string[];
  readonly policy: Policy;
  readonly helm: HelmSettings;
  /** What looked wrong in the files and stops nothing, such as a key that stands there twice. */
  readonly warnings: readonly Problem[];
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
  /** Set on a namespace that is created; one that exists keeps its own. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Where the chart comes from. */
export type ChartRef = ChartFolder | ChartOfRepository | ChartOfRegistry;

export interface ChartFolder {
  readonly type: 'folder';
  /** Absolute path of the folder with Chart.yaml. */
  readonly path: string;
  /** As the user wrote it, for messages. */
  readonly written: string;
  /** Relative to the repository, for annotations. */
  readonly folder: string;
  /** For dependencies that a registry or repository wants a login for. */
  readonly credentials?: Credentials | undefined;
}

/** Where annotations about the chart's files go; empty for a chart that is not in the repository. */
export function folderOf(chart: ChartRef): string {
  return chart.type === 'folder' ? chart.folder : '';
}

/** What charts that are fetched have in common. */
interface RemoteChart {
  /** For messages, without credentials: `airbyte 2.2.0 of https://…`. */
  readonly written: string;
  /** Exact or a range, as helm reads it; empty: the newest, or whatever has the digest. */
  readonly version: string;
  /** `sha256:…`: of the manifest in a registry, of the archive in a repository; empty: any. */
  readonly digest: string;
  readonly credentials?: Credentials | undefined;
  /** Absolute path of the CA bundle that the server's certificate is checked with; empty: the machine's. */
  readonly caFile: string;
  /** Absolute path of the keyring that the chart's `.prov` file is verified with; empty: not verified. */
  readonly keyring: string;
}

export interface ChartOfRepository extends RemoteChart {
  readonly type: 'repository';
  readonly url: string;
  readonly name: string;
}

export interface ChartOfRegistry extends RemoteChart {
  readonly type: 'registry';
  /** `oci://host/path/name`, without tag and digest. */
  readonly reference: string;
  /** Over http, only because the user wrote so. */
  readonly plainHttp: boolean;
}

export interface Credentials {
  readonly username: string;
  /** Secret: never an argument, never told. */
  readonly password: string;
}

export type ValuesLayer = FileLayer | InlineLayer | SetLayer;

export interface FileLayer {
  readonly type: 'file';
  readonly path: string;
  readonly written: string;
  /** Ciphertext when it is still to be decrypted. */
  readonly text: string;
  /** The program that decrypts it, when it is encrypted. */
  readonly decrypt?: 'sops';
  /** It was decrypted: none of its values is told. */
  readonly secret?: true;
}

export interface InlineLayer {
  readonly type: 'inline';
  readonly text: string;
}

/** Values by dotted path, already nested: of `set` all leaves are texts, and of `set-file` the files' contents. */
export interface SetLayer {
  readonly type: 'set-json' | 'set' | 'set-file';
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Policy {
  /** Milliseconds for all hooks and the rollout together; a remediation has its own, equal budget. */
  readonly timeout: number;
  readonly onFailure: 'rollback' | 'hold';
  readonly skipUnchanged: boolean;
  /** Milliseconds to wait while another run holds the release. */
  readonly waitForLock: number;
  /** Revisions that helm keeps, at least. */
  readonly historyMax: number;
  /** Who waits until workloads are ready: we alone, or helm as well (post-hooks that need ready pods). */
  readonly wait: 'ours' | 'helm';
  /** CRDs of `crds/`: installed once as helm does, applied before every deploy, or left out. */
  readonly crds: 'helm' | 'apply' | 'skip';
}

/** helm's own surface, as far as the user chooses it. */
export interface HelmSettings {
  /** Further arguments, one an entry, for what has no field of ours. */
  readonly args: readonly string[];
  readonly postRenderer?: PostRenderer | undefined;
  /** `auto`: a new release as the helm in use does it, an old one as it was last applied. */
  readonly serverSide: boolean | 'auto';
  readonly forceConflicts: boolean;
  readonly takeOwnership: boolean;
  readonly skipSchemaValidation: boolean;
}

/** What changes the rendered manifest before it is applied; paths are absolute. */
export type PostRenderer =
  | { readonly type: 'program'; readonly path: string; readonly args: readonly string[] }
  | { readonly type: 'kustomization'; readonly folder: string };
