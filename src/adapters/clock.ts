import type { Clock } from '../ports.ts';

export function createClock(): Clock {
  return {
    now: () => new Date(),
    monotonic: () => performance.now(),
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const end = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, milliseconds);
        signal?.addEventListener('abort', end, { once: true });
      }),
  };
}
