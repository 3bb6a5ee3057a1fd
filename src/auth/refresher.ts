import { DeployError, type Problem } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { Token, TokenSource } from './access.ts';

export interface Refreshing extends TokenSource {
  readonly first: Token;
  /** Puts a token where its users read it: at once, never in parts. */
  write(token: string): void;
  readonly clock: Clock;
  /** Ends the renewing, as `stop` does. */
  readonly signal: AbortSignal;
  /** The first failure in a row. */
  warn(problem: Problem): void;
  /** That it works again. */
  log(message: string): void;
}

export interface Refresher {
  /** Nothing is written from now on. */
  stop(): void;
  /** Whether a token ended before there was a new one: adds to what failed since then. */
  problem(): Problem | undefined;
}

/** Milliseconds. */
const SECOND = 1_000;
/**
 * Of a token's life. client-go reads a tokenFile again when what it has is older than 50 s (60 s less 10
 * for clocks: client-go transport/token_source.go), so a token is written well before half of its life.
 */
const RENEW_AT = 0.4;
/** Tokens that live for weeks are renewed as well; timers of Node end at 24 days. */
const LONGEST_WAIT = 6 * 3_600 * SECOND;
const RETRY_WITHIN = 30 * SECOND;
/** A renewal that takes longer is given up. */
const LONGEST_TRY = 60 * SECOND;
/** Sources with a cache give the same token until shortly before its end; after this it is a failure. */
const LATE = 60 * SECOND;

/**
 * Milliseconds until the next try. `left`: what the token still has to live, negative when it has ended.
 */
export function planRenewal(result: 'renewed' | 'failed', left: number): number {
  if (result === 'renewed') return clamp(left * RENEW_AT, LONGEST_WAIT);
  return left > 0 ? clamp(left / 4, RETRY_WITHIN) : RETRY_WITHIN;
}

function clamp(wait: number, longest: number): number {
  return Math.max(SECOND, Math.min(longest, wait));
}

/** Writes the first token, then new ones in time, until it is stopped. A token without an end is not renewed. */
export function startRefresher(refreshing: Refreshing): Refresher {
  const own = new AbortController();
  const signal = AbortSignal.any([own.signal, refreshing.signal]);
  const state: State = { expiresAt: refreshing.first.expiresAt };
  refreshing.write(refreshing.first.token);
  void keepFresh({ ...refreshing, signal }, state);
  return {
    stop: () => own.abort(),
    problem: () => state.ended ?? toProblem(state, refreshing.clock.now().getTime()),
  };
}

interface State {
  /** Of the token that is written. */
  expiresAt: number | undefined;
  /** The last failure, when no renewal has worked since. */
  failure?: unknown;
  /** Once a token has ended, a later one does not undo what failed in between. */
  ended?: Problem | undefined;
}

async function keepFresh(refreshing: Refreshing, state: State): Promise<void> {
  const { clock, signal } = refreshing;
  while (state.expiresAt !== undefined) {
    const result = state.failure === undefined ? 'renewed' : 'failed';
    await clock.sleep(planRenewal(result, state.expiresAt - clock.now().getTime()), signal);
    if (signal.aborted) return;
    await renew(refreshing, state).catch((failure) => noteFailure(failure, refreshing, state));
  }
}

function noteFailure(failure: unknown, { clock, signal, warn }: Refreshing, state: State): void {
  // A try that was stopped has not failed.
  if (signal.aborted) return;
  const isFirst = state.failure === undefined;
  state.failure = failure;
  if (isFirst) warn(tellFailure(failure, state, clock));
}

async function renew(refreshing: Refreshing, state: State): Promise<void> {
  const { clock, signal } = refreshing;
  const { token, expiresAt } = await within(LONGEST_TRY, refreshing);
  if (signal.aborted) return;
  const now = clock.now().getTime();
  const old = state.expiresAt ?? 0;
  if (expiresAt !== undefined && expiresAt <= old && expiresAt - now < LATE) {
    throw new Error('the new token ends no later than the old one');
  }
  refreshing.write(token);
  state.ended ??= toProblem(state, now);
  if (state.failure !== undefined) refreshing.log('Renewing the login to the cluster works again.');
  state.failure = undefined;
  state.expiresAt = expiresAt;
}

async function within(limit: number, { mint, clock, signal }: Refreshing): Promise<Token> {
  const done = new AbortController();
  const late = clock.sleep(limit, AbortSignal.any([signal, done.signal])).then(() => {
    throw new Error(`no new token within ${limit / SECOND} s`);
  });
  try {
    return await Promise.race([mint(), late]);
  } finally {
    done.abort();
  }
}

function tellFailure(failure: unknown, { expiresAt = 0 }: State, clock: Clock): Problem {
  const left = Math.max(0, Math.round((expiresAt - clock.now().getTime()) / SECOND));
  return {
    code: 'login-expired',
    message: `The login to the cluster could not be renewed yet; it ends in ${left} s, at ${toTime(expiresAt)}: ${toCause(failure)}`,
    hint: `It is tried again until then. ${toHint(failure)}`,
  };
}

function toProblem({ expiresAt, failure }: State, now: number): Problem | undefined {
  if (expiresAt === undefined || now < expiresAt) return undefined;
  const cause = failure === undefined ? 'the renewal had not ended.' : toCause(failure);
  return {
    code: 'login-expired',
    message: `Login could not be renewed before it ended at ${toTime(expiresAt)}: ${cause}`,
    hint: toHint(failure),
  };
}

function toHint(failure: unknown): string {
  return failure instanceof DeployError ? failure.hint : 'If it stays so, run the job again.';
}

/** As the end of a sentence. */
function toCause(failure: unknown): string {
  const message = failure instanceof Error ? failure.message : String(failure);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function toTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(11, 19)} UTC`;
}
