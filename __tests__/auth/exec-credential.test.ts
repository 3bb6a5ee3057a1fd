import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { Token } from '../../src/auth/access.ts';
import { provideCredential } from '../../src/auth/exec-credential.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const MINUTE = 60_000;

function createWorld({ info = '', life = 15 * MINUTE } = {}) {
  let stored: string | undefined;
  let count = 0;
  const mint = async (now: number): Promise<Token> => ({
    token: `token-${++count}`,
    ...(life === 0 ? {} : { expiresAt: now + life }),
  });
  const ask = async ({ after = 0, config = '{}' } = {}) => {
    const now = NOW + after;
    const cache = {
      read: () => stored,
      write: (text: string) => {
        stored = text;
      },
    };
    return JSON.parse(await provideCredential({ config, info, now, cache, mint: () => mint(now) }));
  };
  return { ask, spoil: () => (stored = '{"key"') };
}

test('one document of the version that was asked for, which ends a minute early', async () => {
  const version = 'client.authentication.k8s.io/v1beta1';
  const { ask } = createWorld({ info: JSON.stringify({ apiVersion: version, spec: {} }) });
  expect(await ask()).toEqual({
    apiVersion: version,
    kind: 'ExecCredential',
    status: { token: 'token-1', expirationTimestamp: '2026-11-21T12:14:00Z' },
  });
});

test('a token is given again until that end, for the same config only', async () => {
  const { ask, spoil } = createWorld();
  const token = async (given?: Parameters<typeof ask>[0]) => (await ask(given)).status.token;
  expect(await token()).toBe('token-1');
  expect(await token({ after: 13 * MINUTE })).toBe('token-1');
  expect(await token({ after: 14 * MINUTE })).toBe('token-2');
  expect(await token({ after: 14 * MINUTE, config: '{"other":1}' })).toBe('token-3');
  spoil();
  expect(await token({ after: 14 * MINUTE })).toBe('token-4');
});

test('one without an end is not kept, and one that ends at once is not given out twice', async () => {
  const endless = createWorld({ life: 0 });
  expect((await endless.ask()).status).toEqual({ token: 'token-1' });
  expect((await endless.ask()).apiVersion).toBe('client.authentication.k8s.io/v1');
  expect((await endless.ask()).status).toEqual({ token: 'token-3' });
  const short = createWorld({ life: MINUTE });
  await short.ask();
  expect((await short.ask()).status.token).toBe('token-2');
});

test('a disk that keeps nothing, and a cache that is not ours, cost a login and no more', async () => {
  const config = '{}';
  const key = createHash('sha256').update(config).digest('hex');
  const caches = [
    { key, token: { not: 'text' }, until: NOW + MINUTE },
    { key, token: 'x', until: 9e99 },
    { key, token: 'x', until: String(NOW + MINUTE) },
  ];
  for (const cached of caches) {
    const text = await provideCredential({
      ...{ config, info: undefined, now: NOW },
      cache: {
        read: () => JSON.stringify(cached),
        write: () => {
          throw new Error('ENOSPC: no space left on device, write');
        },
      },
      mint: async () => ({ token: 'new', expiresAt: NOW + 15 * MINUTE }),
    });
    expect(JSON.parse(text).status).toMatchObject({ token: 'new' });
  }
});
