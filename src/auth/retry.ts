import { DeployError } from '../errors.ts';
import type { AuthWorld } from './access.ts';
import type { TextAnswer } from './https.ts';

export interface RetryPolicy {
  /** In all, the first included. */
  readonly tries: number;
  /** The longest that the first pause may be, milliseconds; doubled each time. */
  readonly first: number;
  /** What no pause exceeds, milliseconds. */
  readonly longest: number;
}

/** For services that answer almost always: pauses of 7.5 s in all, at most. */
const PATIENT: RetryPolicy = { tries: 5, first: 500, longest: 8_000 };
/** A service that asks for a longer pause is not waited for, milliseconds. */
const LONGEST_ASKED = 60_000;

/** A failure that may pass by itself. */
export interface Passing {
  /** answer: it said no for now. silence: it was not reached, or did not end its answer. */
  readonly type: 'answer' | 'silence';
  /** `HTTP 503`, `ECONNRESET`, or a cloud's own code. */
  readonly said: string;
  /** The pause that the service asks for, milliseconds. */
  readonly after?: number | undefined;
  /** Instead of the one of the call. */
  readonly policy?: RetryPolicy | undefined;
}

export interface Retries {
  /** As the log calls it: `GitHub's OIDC service`. */
  readonly service: string;
  readonly world: Pick<AuthWorld, 'clock' | 'signal' | 'log'>;
  /** `PATIENT` unless said otherwise. */
  readonly policy?: RetryPolicy | undefined;
  /** Undefined: the failure stays, so it is thrown as it is. */
  judge(error: unknown): Passing | undefined;
  /** From 0 to 1; replaced by tests. */
  readonly random?: () => number;
}

/** What might have passed did not; the cause is the last failure. */
export class RetriesEnded extends Error {
  readonly tries: number;
  readonly last: Passing;

  constructor(tries: number, last: Passing, cause: unknown) {
    super(`failed ${tries} times, the last time with ${last.said}`, { cause });
    this.name = 'RetriesEnded';
    this.tries = tries;
    this.last = last;
  }
}

/**
 * Tries again what may pass, after a pause with full jitter, with a line of the log each time.
 * @throws RetriesEnded, whatever `judge` does not let pass, and `DeployError` `cancelled` on abort
 */
export async function withRetries<T>(retries: Retries, attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      await pauseAfter(error, tried, retries);
    }
  }
}

/** Throws when it was the last try. */
async function pauseAfter(error: unknown, tried: number, retries: Retries): Promise<void> {
  const { clock, signal, log } = retries.world;
  if (signal.aborted) throw tellCancelled(error);
  const passing = retries.judge(error);
  if (!passing) throw error;
  const { tries, ...policy } = passing.policy ?? retries.policy ?? PATIENT;
  const pause = Math.max(passing.after ?? 0, toPause(policy, tried, retries.random ?? Math.random));
  if (pause > LONGEST_ASKED) {
    const said = `${passing.said}, which asks to wait ${Math.round(pause / 1000)} s`;
    throw new RetriesEnded(tried, { ...passing, said }, error);
  }
  if (tried >= tries) throw new RetriesEnded(tried, passing, error);
  const next = `trying again in ${(pause / 1000).toFixed(1)} s (${tried + 1} of ${tries})`;
  log(`${tell(retries.service, passing)}; ${next}`);
  await clock.sleep(pause, signal);
  if (signal.aborted) throw tellCancelled(error);
}

/** `5 tries` */
export function tellTries({ tries }: Pick<RetriesEnded, 'tries'>): string {
  return tries === 1 ? '1 try' : `${tries} tries`;
}

function tellCancelled(cause: unknown): DeployError {
  const hint = 'Start the run again.';
  return new DeployError('cancelled', 'The run was cancelled while it logged in.', { hint, cause });
}

/** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
function toPause(
  { first, longest }: Omit<RetryPolicy, 'tries'>,
  tried: number,
  random: () => number,
): number {
  return random() * Math.min(longest, first * 2 ** (tried - 1));
}

function tell(service: string, { type, said }: Passing): string {
  return type === 'answer' ? `${service} answered ${said}` : `${service} did not answer (${said})`;
}

/** A status that is no success, as an error. Its message holds nothing of the answer, which may be secret. */
export class StatusError extends Error {
  readonly answer: TextAnswer;

  constructor(answer: TextAnswer) {
    super(`HTTP ${answer.status}`);
    this.name = 'StatusError';
    this.answer = answer;
  }
}

/** Nobody answered, or not to the end. */
const NETWORK: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'EPROTO',
  'ERR_PROXY_TUNNEL',
  'ETIMEDOUT',
]);

/** Lets pass: 408, 429, 5xx (`StatusError`), and failures of the network, as `requestText` throws them. */
export function judgeHttp(error: unknown, now: Date): Passing | undefined {
  if (error instanceof StatusError) {
    const { status, headers } = error.answer;
    if (status !== 408 && status !== 429 && status < 500) return undefined;
    const after = parseRetryAfter(headers['retry-after'], now);
    return { type: 'answer', said: `HTTP ${status}`, after };
  }
  const { code = '', message }: NodeJS.ErrnoException = Object(error);
  if (!NETWORK.has(code)) return undefined;
  // A proxy says more than Node's code for it.
  return { type: 'silence', said: code === 'ERR_PROXY_TUNNEL' ? message : code };
}

/** Milliseconds; the header holds seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
