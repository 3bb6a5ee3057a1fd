import { expect, test } from '@jest/globals';
import type { TextAnswer } from '../../src/auth/https.ts';
import {
  judgeHttp,
  type Passing,
  type Retries,
  RetriesEnded,
  StatusError,
  tellTries,
  withRetries,
} from '../../src/auth/retry.ts';
import { fakeAuthWorld } from '../fakes/auth-world.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const HTTP_503: Passing = { type: 'answer', said: 'HTTP 503' };

function status(status: number, headers: TextAnswer['headers'] = {}): StatusError {
  return new StatusError({ status, headers, text: '' });
}

function network(code: string): Error {
  return Object.assign(new Error('what Node says'), { code });
}

test.each([
  ['408', status(408), { type: 'answer', said: 'HTTP 408' }],
  ['429', status(429), { type: 'answer', said: 'HTTP 429' }],
  ['500', status(500), { type: 'answer', said: 'HTTP 500' }],
  ['503 for 7 s', status(503, { 'retry-after': '7' }), { after: 7_000 }],
  [
    'until a date',
    status(429, { 'retry-after': 'Sat, 21 Nov 2026 12:00:09 GMT' }),
    { after: 9_000 },
  ],
  [
    'until a date that is past',
    status(429, { 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }),
    { after: 0 },
  ],
  ['for no time', status(429, { 'retry-after': 'soon' }), { after: undefined }],
  ['a connection cut', network('ECONNRESET'), { type: 'silence', said: 'ECONNRESET' }],
  [
    'a proxy that hangs up',
    network('ERR_PROXY_TUNNEL'),
    { type: 'silence', said: 'what Node says' },
  ],
  ['400', status(400), undefined],
  ['401', status(401), undefined],
  ['403', status(403), undefined],
  ['a bad certificate', network('DEPTH_ZERO_SELF_SIGNED_CERT'), undefined],
  ['a bug', new TypeError('x is undefined'), undefined],
  ['nothing', undefined, undefined],
])('what may pass: %s', (_, error, passing) => {
  const judged = judgeHttp(error, NOW);
  if (passing) expect(judged).toMatchObject(passing);
  else expect(judged).toBeUndefined();
});

/** Fails with the errors, one after the other, then gives their number. */
function retry(errors: readonly unknown[], options: Partial<Retries> = {}) {
  const world = fakeAuthWorld();
  let asked = 0;
  const retries: Retries = {
    service: 'The service',
    world,
    judge: () => HTTP_503,
    random: () => 1,
    ...options,
  };
  const done = withRetries(retries, async () => {
    if (asked < errors.length) throw errors[asked++];
    return asked;
  });
  return { world, done: world.clock.pass(done), asked: () => asked };
}

test('tries again after longer and longer pauses, a line each', async () => {
  const { world, done } = retry(['a', 'b', 'c', 'd']);
  expect(await done).toBe(4);
  expect(world.logged).toEqual([
    'The service answered HTTP 503; trying again in 0.5 s (2 of 5)',
    'The service answered HTTP 503; trying again in 1.0 s (3 of 5)',
    'The service answered HTTP 503; trying again in 2.0 s (4 of 5)',
    'The service answered HTTP 503; trying again in 4.0 s (5 of 5)',
  ]);
  expect(world.clock.monotonic()).toBe(7_500);
});

test('what never passes ends with the last failure', async () => {
  const { done } = retry(['a', 'b', 'c', 'd', 'last', 'never']);
  const ended = { constructor: RetriesEnded, tries: 5, last: HTTP_503, cause: 'last' };
  await expect(done).rejects.toMatchObject(ended);
});

test('no pause exceeds the longest one; chance makes it shorter', async () => {
  const policy = { tries: 4, first: 1_000, longest: 2_000 };
  const { world, done } = retry(['a', 'b', 'c'], { policy, random: () => 0.5 });
  await done;
  expect(world.clock.monotonic()).toBe(500 + 1_000 + 1_000);
});

test('a failure may bring a policy and a pause of its own', async () => {
  const refused: Passing = {
    type: 'answer',
    said: 'AccessDenied',
    after: 2_000,
    policy: { tries: 2, first: 1, longest: 1 },
  };
  const { world, done } = retry(['a', 'b'], { judge: () => refused });
  await expect(done).rejects.toMatchObject({ tries: 2 });
  expect(world.logged).toEqual([
    'The service answered AccessDenied; trying again in 2.0 s (2 of 2)',
  ]);
});

test('a service that asks for too long a pause is not waited for', async () => {
  const { world, done } = retry(['a'], { judge: () => ({ ...HTTP_503, after: 3_600_000 }) });
  const last = { said: 'HTTP 503, which asks to wait 3600 s' };
  await expect(done).rejects.toMatchObject({ tries: 1, last });
  expect(world.logged).toEqual([]);
});

test.each([
  [1, '1 try'],
  [5, '5 tries'],
])('%s told', (tries, told) => {
  expect(tellTries({ tries })).toBe(told);
});

test('a refusal is thrown as it is, without a line', async () => {
  const { world, done, asked } = retry(['no'], { judge: () => undefined });
  await expect(done).rejects.toBe('no');
  expect(asked()).toBe(1);
  expect(world.logged).toEqual([]);
});

test('a cancelled run does not wait', async () => {
  const { world, done, asked } = retry(['a', 'b'], {
    judge: () => {
      world.abort();
      return { type: 'silence', said: 'ECONNRESET' };
    },
  });
  await expect(done).rejects.toMatchObject({ code: 'cancelled' });
  expect(asked()).toBe(1);
  expect(world.clock.monotonic()).toBe(0);
});
