import { expect, test } from '@jest/globals';
import type { Token } from '../../src/auth/access.ts';
import { planRenewal, startRefresher } from '../../src/auth/refresher.ts';
import { DeployError, type Problem } from '../../src/errors.ts';
import { fakeClock } from '../fakes/clock.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

test.each([
  ['EKS, 15 min', 'renewed', 900, 360],
  ['direct federation, 5 min', 'renewed', 300, 120],
  ['the proof, 2 min', 'renewed', 120, 48],
  ['an hour', 'renewed', 3_600, 1_440],
  ['a year: timers of Node end before', 'renewed', 365 * 86_400, 6 * 3_600],
  ['no life at all', 'renewed', 0, 1],
  ['long before the end', 'failed', 540, 30],
  ['soon', 'failed', 60, 15],
  ['very soon', 'failed', 2, 1],
  ['after the end', 'failed', 0, 30],
  ['long after the end', 'failed', -500, 30],
] as const)('%s: %s, %d s left, next in %d s', (_, result, left, wait) => {
  expect(planRenewal(result, left * SECOND)).toBe(wait * SECOND);
});

const OUTAGE = new DeployError('login-failed', 'AWS STS did not answer.', { hint: 'Wait.' });

/** Tokens `1`, `2`, … that live so many seconds; `mint` can be replaced while it runs. */
function start(life: number | undefined) {
  const clock = fakeClock();
  const cancel = new AbortController();
  const written: string[] = [];
  const warned: Problem[] = [];
  const logged: string[] = [];
  let minted = 0;
  const give = (): Token => ({
    token: String(++minted),
    expiresAt: life === undefined ? undefined : clock.now().getTime() + life * SECOND,
  });
  const source = { mint: async () => give() };
  const refresher = startRefresher({
    first: give(),
    mint: () => source.mint(),
    write: (token) => written.push(`${clock.monotonic() / SECOND} s: ${token}`),
    clock,
    signal: cancel.signal,
    warn: (problem) => warned.push(problem),
    log: (message) => logged.push(message),
  });
  const fail = async () => {
    throw OUTAGE;
  };
  return { ...refresher, clock, cancel, written, warned, logged, source, give, fail };
}

test('a new token is written well before half the life of the last', async () => {
  const { clock, written, problem, warned } = start(120);
  await clock.advance(150 * SECOND);
  expect(written).toEqual(['0 s: 1', '48 s: 2', '96 s: 3', '144 s: 4']);
  expect(problem()).toBeUndefined();
  expect(warned).toEqual([]);
});

test('a token without an end is written once', async () => {
  const { clock, written } = start(undefined);
  await clock.advance(HOUR);
  expect(written).toEqual(['0 s: 1']);
});

test.each(['stop', 'cancel'] as const)('nothing is written after %s', async (how) => {
  const { clock, written, source, stop, cancel, give, warned } = start(120);
  const minting = Promise.withResolvers<Token>();
  source.mint = () => minting.promise;
  await clock.advance(50 * SECOND);
  if (how === 'stop') stop();
  else cancel.abort();
  minting.resolve(give());
  await clock.advance(HOUR);
  expect(written).toEqual(['0 s: 1']);
  expect(warned).toEqual([]);
});

test('61: an outage is told once, with cause and seconds left, and when it is over', async () => {
  const { clock, written, source, fail, warned, logged, problem } = start(120);
  const { mint } = source;
  source.mint = fail;
  await clock.advance(100 * SECOND);
  expect(warned).toEqual([
    {
      code: 'login-expired',
      message:
        'The login to the cluster could not be renewed yet; it ends in 72 s, at 00:02:00 UTC: AWS STS did not answer.',
      hint: 'It is tried again until then. Wait.',
    },
  ]);
  source.mint = mint;
  await clock.advance(10 * SECOND);
  expect(logged).toEqual(['Renewing the login to the cluster works again.']);
  expect(written).toHaveLength(2);
  expect(problem()).toBeUndefined();
});

test('61: a login that ended is the problem, even when a later one works', async () => {
  const { clock, written, source, fail, problem } = start(120);
  const { mint } = source;
  source.mint = fail;
  await clock.advance(119 * SECOND);
  expect(problem()).toBeUndefined();
  await clock.advance(SECOND);
  const ended = {
    code: 'login-expired',
    message: 'Login could not be renewed before it ended at 00:02:00 UTC: AWS STS did not answer.',
    hint: 'Wait.',
  };
  expect(problem()).toEqual(ended);
  source.mint = mint;
  await clock.advance(40 * SECOND);
  expect(written.at(-1)).toMatch(/: 2$/);
  expect(problem()).toEqual(ended);
});

test('a login that hangs is a failure as well', async () => {
  const { clock, source, warned } = start(300);
  source.mint = () => new Promise(() => undefined);
  await clock.advance(180 * SECOND);
  expect(warned).toMatchObject([
    {
      message: expect.stringMatching(/ends in 120 s, at 00:05:00 UTC: no new token within 60 s\.$/),
    },
  ]);
});

test('so is a token that cannot be written', async () => {
  const clock = fakeClock();
  const warned: Problem[] = [];
  const token = { token: 'a', expiresAt: clock.now().getTime() + 100 * SECOND };
  let isFull = false;
  startRefresher({
    first: token,
    mint: async () => ({ ...token, expiresAt: token.expiresAt + HOUR }),
    write() {
      if (isFull) throw new Error('ENOSPC: no space left on device');
      isFull = true;
    },
    clock,
    signal: new AbortController().signal,
    warn: (problem) => warned.push(problem),
    log: () => undefined,
  });
  await clock.advance(45 * SECOND);
  expect(warned).toMatchObject([{ message: expect.stringContaining('ENOSPC') }]);
});

test('a source that keeps its token until shortly before the end is asked until it has a new one', async () => {
  const { clock, source, give, warned, problem } = start(3_600);
  const kept = give();
  source.mint = async () => (clock.monotonic() < 3_300 * SECOND ? kept : give());
  await clock.advance(2 * HOUR);
  expect(warned).toEqual([]);
  expect(problem()).toBeUndefined();
});

test('a source that never has a new one is told in its last minute', async () => {
  const { clock, source, give, warned, problem } = start(3_600);
  const kept = give();
  source.mint = async () => kept;
  await clock.advance(3_500 * SECOND);
  expect(warned).toEqual([]);
  await clock.advance(70 * SECOND);
  expect(warned).toMatchObject([
    { message: expect.stringMatching(/the new token ends no later than the old one\.$/) },
  ]);
  await clock.advance(HOUR);
  expect(problem()).toMatchObject({ code: 'login-expired' });
  expect(warned).toHaveLength(1);
});
