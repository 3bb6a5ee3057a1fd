import type { Environment } from '../adapters/helm-environment.ts';
import type { Problem } from '../errors.ts';
import type { Clock, Files } from '../ports.ts';
import type { AccessFailure } from '../refusal/access-failure.ts';
import type { Connection, Endpoint } from '../release/cluster-spec.ts';
import type { Credentials } from '../release/spec.ts';

export type { AccessFailure };

/** A way into a cluster by tokens: found once, used for as long as the run lasts. */
export interface ClusterAccess extends TokenSource {
  readonly endpoint: Endpoint;
  readonly connection: Connection;
  /** Whom the cluster sees, as its access entries or bindings name it; for messages. */
  readonly identity: string;
  /** What a refusal of the API server, or its silence, means here; undefined: nothing special. */
  explain(failure: AccessFailure): Advice | undefined;
  /** The same login for a registry of the same cloud; undefined: the host is none. */
  registry(host: string): Promise<Credentials | undefined>;
}

/** Whoever can make tokens for a cluster. */
export interface TokenSource {
  /**
   * A new token, with few retries of what may pass.
   * @throws DeployError `login-…`, `oidc-…` for what stays
   */
  mint(): Promise<Token>;
}

export interface Token {
  /** Secret; hidden already. */
  readonly token: string;
  /** When it ends, milliseconds since 1970; undefined: not known, or never. */
  readonly expiresAt?: number | undefined;
}

/** What is told of a refusal. */
export type Told = Pick<Problem, 'code' | 'message' | 'hint'>;

/** Instead of the general cause and hint of a failure. */
export type Advice = Pick<Problem, 'message' | 'hint'>;

/** What every login needs of the world. */
export interface AuthWorld {
  /** Of this process. */
  readonly environment: Environment;
  readonly clock: Clock;
  readonly files: Pick<Files, 'read' | 'kind'>;
  /** Ends waiting and retries. */
  readonly signal: AbortSignal;
  /** Hides a secret in everything that is written from now on, by us and by the runner. */
  hide(secret: string): void;
  /** A line of the log. */
  log(message: string): void;
  /** Who is logging in, for the cloud's own records: `shop-4711`, of repository and run. */
  readonly session: string;
  /** Whether the run is for a pull request from a fork, which never gets an OIDC token. */
  readonly fromFork: boolean;
}

/** What the login of the action itself needs; the exec plugin does with less. */
export interface LoginWorld extends AuthWorld {
  readonly files: Files;
  warn(problem: Problem): void;
}
