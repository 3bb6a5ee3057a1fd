import { expect, test } from '@jest/globals';
import { createClock } from '../../src/adapters/clock.ts';

const clock = createClock();

test('monotonic time goes on', async () => {
  const before = clock.monotonic();
  await clock.sleep(5);
  expect(clock.monotonic() - before).toBeGreaterThan(3);
});

test('an abort ends a sleep without an error', async () => {
  const cancel = new AbortController();
  const sleep = clock.sleep(60_000, cancel.signal);
  cancel.abort();
  await expect(sleep).resolves.toBeUndefined();
  await expect(clock.sleep(60_000, cancel.signal)).resolves.toBeUndefined();
});
