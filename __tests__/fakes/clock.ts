import type { Clock } from '../../src/ports.ts';

/** More than any run in a test takes; who sleeps longer is stuck. */
const LIMIT = 6 * 3_600_000;

export interface FakeClock extends Clock {
  /** Lets everything run that can run without time passing. */
  settle(): Promise<void>;
  /** Moves time, waking sleepers one after the other. */
  advance(milliseconds: number): Promise<void>;
  /** Moves time for as long as the promise needs it; throws when nobody sleeps and it still waits. */
  pass<T>(promise: Promise<T>): Promise<T>;
}

/** Time that moves only by `advance` and `pass`, from sleeper to sleeper. */
export function fakeClock(): FakeClock {
  let time = 0;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  const next = () => [...sleepers].toSorted((one, other) => one.at - other.at)[0];

  async function settle(): Promise<void> {
    for (let round = 0; round < 8; round++) await new Promise((resolve) => setImmediate(resolve));
  }
  async function wakeNext(): Promise<void> {
    const sleeper = next();
    if (!sleeper) return;
    time = Math.max(time, sleeper.at);
    sleeper.wake();
    await settle();
  }

  return {
    now: () => new Date(Date.UTC(2026, 0, 1) + time),
    monotonic: () => time,
    sleep(milliseconds, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const sleeper = {
          at: time + Math.max(0, milliseconds),
          wake() {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      });
    },
    settle,
    async advance(milliseconds) {
      const end = time + milliseconds;
      await settle();
      for (let first = next(); first && first.at <= end; first = next()) await wakeNext();
      time = end;
      await settle();
    },
    async pass(promise) {
      let isSettled = false;
      const watched = promise.finally(() => {
        isSettled = true;
      });
      watched.catch(() => {});
      await settle();
      while (!isSettled) {
        if (!next()) throw new Error('Stuck: it waits, but for no time to pass.');
        if (time > LIMIT) throw new Error('Stuck: it waits without end.');
        await wakeNext();
      }
      return watched;
    },
  };
}
