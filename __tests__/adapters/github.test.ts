import { afterEach, describe, expect, test } from '@jest/globals';
import { createGitHub } from '../../src/adapters/github.ts';
import type { Safe } from '../../src/secrecy/safe.ts';
import {
  ACTIONS_BOT,
  type DoubleOptions,
  type GitHubDouble,
  startGitHubDouble,
} from '../fakes/github-double.ts';

const open: GitHubDouble[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((double) => double.close()));
});

async function start(options: DoubleOptions = {}) {
  const double = await startGitHubDouble(options);
  open.push(double);
  const pauses: number[] = [];
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds);
  const access = { token: 't0ken', repository: 'acme/deploy', apiUrl: double.url, sleep };
  return { double, pauses, github: createGitHub(access) };
}

/** Answers the first requests with faults, then as usual. */
function faults(...list: readonly { status: number; headers?: Record<string, string> }[]) {
  const left = [...list];
  return () => left.shift();
}

describe('comments', () => {
  test('are listed page by page', async () => {
    const comments = Array.from({ length: 230 }, (_, i) => ({
      issue: 7,
      body: `comment ${i}`,
      user: ACTIONS_BOT,
    }));
    const { github, double } = await start({ comments });
    expect(await github.listComments(7)).toHaveLength(230);
    expect(double.requests.map(({ path }) => path)).toEqual([
      '/repos/acme/deploy/issues/7/comments?per_page=100',
      '/repos/acme/deploy/issues/7/comments?per_page=100&page=2',
      '/repos/acme/deploy/issues/7/comments?per_page=100&page=3',
    ]);
    expect(double.requests[0]?.authorization).toBe('token t0ken');
  });

  test('are created and updated', async () => {
    const { github, double } = await start();
    const created = await github.createComment(7, 'one' as Safe);
    expect(created.author).toEqual(ACTIONS_BOT);
    const updated = await github.updateComment(created.id, 'two' as Safe);
    expect(updated).toMatchObject({ id: created.id, body: 'two' });
    expect(double.comments).toMatchObject([{ issue: 7, body: 'two' }]);
  });

  test('a body that is too long is a 422', async () => {
    const { github } = await start();
    const long = 'x'.repeat(65_537) as Safe;
    await expect(github.createComment(7, long)).rejects.toMatchObject({ status: 422 });
  });

  test('a missing permission is a 403, told once', async () => {
    const { github, double } = await start({ permission: 'read' });
    await expect(github.createComment(7, 'x' as Safe)).rejects.toMatchObject({ status: 403 });
    expect(double.requests).toHaveLength(1);
  });
});

describe('who we are', () => {
  test('a person', async () => {
    const { github } = await start({ self: { id: 5, login: 'dev', type: 'User' } });
    expect(await github.readIdentity()).toEqual({ login: 'dev', id: 5 });
  });

  test('an app, which may not read its user', async () => {
    const { github } = await start({ self: { id: 6, login: 'ship[bot]', type: 'Bot' } });
    expect(await github.readIdentity()).toEqual({ login: 'ship[bot]', id: 6 });
  });

  test('unknown', async () => {
    const { github } = await start({ fault: () => ({ status: 403 }) });
    expect(await github.readIdentity()).toBeUndefined();
  });
});

describe('the pull request of a commit', () => {
  const pulls = {
    abc: [
      { number: 3, merged_at: null },
      { number: 1, merged_at: '2026-01-01T00:00:00Z' },
      { number: 2, merged_at: '2026-02-01T00:00:00Z' },
    ],
  };
  test.each([
    ['abc', 2],
    ['def', undefined],
  ])('%s → %j', async (sha, expected) => {
    const { github } = await start({ pulls });
    expect(await github.findPullRequest(sha)).toBe(expected);
  });
});

describe('faults', () => {
  test('5xx is tried again, with growing pauses', async () => {
    const { github, pauses } = await start({ fault: faults({ status: 502 }, { status: 503 }) });
    expect(await github.listComments(7)).toEqual([]);
    expect(pauses).toEqual([1000, 2000]);
  });

  test('three times at most', async () => {
    const { github, double } = await start({ fault: () => ({ status: 500 }) });
    await expect(github.listComments(7)).rejects.toMatchObject({ status: 500 });
    expect(double.requests).toHaveLength(3);
  });

  test('a creation is not repeated, because it may have succeeded', async () => {
    const { github, double } = await start({ fault: () => ({ status: 502 }) });
    await expect(github.createComment(7, 'x' as Safe)).rejects.toMatchObject({ status: 502 });
    expect(double.requests).toHaveLength(1);
  });

  test('but after a limit it is, when GitHub says so', async () => {
    const limit = { status: 403, headers: { 'retry-after': '2' } };
    const { github, pauses } = await start({ fault: faults(limit, { status: 429 }) });
    await github.createComment(7, 'x' as Safe);
    expect(pauses).toEqual([2000, 2000]);
  });

  test('a long limit is not waited for', async () => {
    const limit = { status: 403, headers: { 'retry-after': '600' } };
    const { github, pauses } = await start({ fault: () => limit });
    await expect(github.listComments(7)).rejects.toMatchObject({ status: 403 });
    expect(pauses).toEqual([]);
  });

  test('no answer is status 0', async () => {
    const { github, double } = await start();
    await double.close();
    await expect(github.listComments(7)).rejects.toMatchObject({ name: 'GitHubError', status: 0 });
  });
});
