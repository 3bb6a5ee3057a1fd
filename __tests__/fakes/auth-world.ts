import type { AuthWorld } from '../../src/auth/access.ts';
import { type FakeClock, fakeClock } from './clock.ts';
import { fakeFiles } from './files.ts';

export interface FakeAuthWorld extends AuthWorld {
  readonly clock: FakeClock;
  readonly logged: readonly string[];
  /** Secrets in the order in which they were hidden. */
  readonly hidden: readonly string[];
  abort(): void;
}

/** What logins need of the world; its clock stands at 2026-01-01 until a test moves it. */
export function fakeAuthWorld(given: Partial<AuthWorld> = {}): FakeAuthWorld {
  const logged: string[] = [];
  const hidden: string[] = [];
  const cancel = new AbortController();
  return {
    environment: {},
    files: fakeFiles({}),
    signal: cancel.signal,
    session: 'shop-4711',
    fromFork: false,
    hide: (secret) => hidden.push(secret),
    log: (message) => logged.push(message),
    ...given,
    clock: fakeClock(),
    logged,
    hidden,
    abort: () => cancel.abort(),
  };
}

/** More than any login waits, milliseconds. */
const LIMIT = 3_600_000;

/**
 * Moves the clock over the pauses between tries, for a login that asks real servers: those answer in their
 * own time, so that the clock goes on even while nobody sleeps (`clock.pass` would call that stuck).
 */
export async function whilePassing<T>(promise: Promise<T>, { clock }: FakeAuthWorld): Promise<T> {
  let isDone = false;
  const done = promise.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  const end = clock.monotonic() + LIMIT;
  while (!isDone) {
    if (clock.monotonic() > end) throw new Error('Stuck: it waits without end.');
    await clock.advance(100);
  }
  return done;
}
