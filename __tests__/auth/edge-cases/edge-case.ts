/** What a row of the acceptance list is, and where it happens. */

import type { LoginWorld } from '../../../src/auth/access.ts';
import type { Login } from '../../../src/auth/login.ts';
import { preflight } from '../../../src/auth/preflight.ts';
import type { Problem } from '../../../src/errors.ts';
import { ApiError } from '../../../src/ports.ts';
import { type GoogleDouble, type GoogleSettings, startGoogle } from '../../cloud/google.ts';
import { fakeFiles } from '../../fakes/files.ts';
import { type AwsWorld, startAwsWorld } from '../aws/aws-world.ts';

/** Number, how it comes about, and what the user then reads. What differs from run to run is N. */
export type EdgeCase = Row & (Provoked | Proven);

interface Row {
  /** Of auth.md, section 11. */
  readonly number: number;
  readonly when: string;
}

export interface Provoked {
  /** Throws what the user is told, or returns it: a problem, or a line of the log. */
  provoke(scene: Scene): unknown;
  /** Of the problem; a line of the log has neither code nor hint. */
  readonly code?: string;
  readonly message: string;
  readonly hint?: string;
  /** How often AWS was called: refusals are not tried again. */
  readonly asked?: readonly [action: string, times: number];
}

/** Nothing is told, which another test shows. */
interface Proven {
  readonly proof: { readonly file: string; readonly test: string };
}

/** Doubles of GitHub, AWS and Google, as new for each case. */
export interface Scene {
  /** A job with the clock of this machine, on which AWS insists, and the environment of this process. */
  readonly aws: AwsWorld;
  readonly google: GoogleDouble;
  /** A job at the beginning of 2026, for which waiting takes no time; it may ask GitHub and Google. */
  job(given?: JobGiven): Job;
  /** All jobs of this case, what they hid and what they said. */
  readonly jobs: readonly Job[];
  reset(): void;
  stop(): void;
}

interface JobGiven {
  readonly environment?: LoginWorld['environment'];
  readonly files?: Readonly<Record<string, string>>;
  readonly fromFork?: boolean;
}

export interface Job extends LoginWorld {
  readonly hidden: string[];
  readonly logged: string[];
  readonly warned: Problem[];
}

export const NOW = Date.UTC(2026, 0, 1);

export async function startScene(): Promise<Scene> {
  const aws = await startAwsWorld();
  const google = await startGoogle(aws.certificates.pem);
  const settings: GoogleSettings = { ...google.settings };
  const jobs: Job[] = [];
  return {
    aws,
    google,
    jobs,
    job(given = {}) {
      const made = createJob(given, { ...aws.github.environment, ...google.environment });
      jobs.push(made);
      return made;
    },
    reset() {
      aws.reset();
      aws.github.claims = {};
      Object.assign(google.settings, settings);
      jobs.length = 0;
    },
    stop() {
      google.close();
      aws.stop();
    },
  };
}

function createJob(
  { environment, files = {}, fromFork = false }: JobGiven,
  clouds: LoginWorld['environment'],
): Job {
  const [hidden, logged, warned]: [string[], string[], Problem[]] = [[], [], []];
  return {
    ...{ hidden, logged, warned, fromFork, session: 'shop-4711' },
    environment: { ...clouds, ...environment },
    clock: { now: () => new Date(NOW), monotonic: () => 0, sleep: async () => undefined },
    files: fakeFiles(files),
    signal: new AbortController().signal,
    hide: (secret) => hidden.push(secret),
    log: (line) => logged.push(line),
    warn: (problem) => warned.push(problem),
  };
}

/** The API server, or the way to it, does not let this login in. */
export function enter(login: Entering, error: ApiError): Promise<string> {
  const { endpoint, provider, identity, explain } = login;
  const readServerVersion = async () => {
    throw error;
  };
  const kubeconfig = { path: '', server: endpoint.server, usesExec: false, user: identity };
  return preflight({ readServerVersion }, {
    provider,
    kubeconfig,
    identity,
    explain,
  } as Login);
}

type Entering = Pick<Login, 'provider' | 'identity' | 'explain'> & {
  readonly endpoint: { readonly server: string };
};

export const UNAUTHORIZED = new ApiError(401, 'Unauthorized', 'Unauthorized');
export const FORBIDDEN = new ApiError(403, 'Forbidden', 'User cannot get path "/version"');
/** As Node says it. */
export const SILENCE = toSilence('ETIMEDOUT', 'connect ETIMEDOUT 10.0.3.7:443');

export function toSilence(code: string, said: string): ApiError {
  return new ApiError(0, '', said, { cause: Object.assign(new Error(said), { code }) });
}
