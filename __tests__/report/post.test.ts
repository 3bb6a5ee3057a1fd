import { afterEach, describe, expect, test } from '@jest/globals';
import { createGitHub } from '../../src/adapters/github.ts';
import { toCommentKey } from '../../src/report/comment-key.ts';
import { postComment } from '../../src/report/post.ts';
import type { PullRequestQuery } from '../../src/report/pull-request.ts';
import type { Report } from '../../src/report/report.ts';
import { createRedactor } from '../../src/secrecy/redactor.ts';
import {
  ACTIONS_BOT,
  type DoubleOptions,
  type GitHubDouble,
  startGitHubDouble,
} from '../fakes/github-double.ts';
import { makeLarge, RUN, readReport } from './reports.ts';

const open: GitHubDouble[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((double) => double.close()));
});

const JOB = { environment: 'production' };
const ON_PULL: PullRequestQuery = {
  eventName: 'pull_request',
  payload: { pull_request: { number: 7 } },
  sha: RUN.sha,
};

async function start(options: DoubleOptions = {}) {
  const double = await startGitHubDouble(options);
  open.push(double);
  const github = createGitHub({
    token: 't0ken',
    repository: 'acme/deploy',
    apiUrl: double.url,
    sleep: async () => {},
  });
  const redactor = createRedactor();
  const post = (report: Report, event = ON_PULL) =>
    postComment({ report, event, job: JOB }, { github, redactor });
  return { double, post, redactor };
}

function byRun(id: string, name = 'change'): Report {
  const report = readReport(name);
  return { ...report, run: { ...report.run, id } };
}

describe('one comment', () => {
  test('is created, then updated', async () => {
    const { double, post } = await start();
    const first = await post(byRun('1', 'plan-only'));
    const second = await post(byRun('2', 'change'));
    expect(first).toEqual({ type: 'posted', url: expect.stringContaining('#issuecomment-1') });
    expect(second).toEqual(first);
    expect(double.comments).toHaveLength(1);
    expect(double.comments[0]?.body).toContain('deployed, revision 42');
  });

  test('is found behind a hundred others, and none of those is touched', async () => {
    const key = toCommentKey({ repository: 'acme/deploy', pullRequest: 7, ...JOB });
    const marker = `<!-- slipway/v1 key=${key} -->`;
    const chatter = Array.from({ length: 150 }, (_, i) => ({
      issue: 7,
      body: i % 2 === 0 ? `I quote:\n${marker}` : marker,
      user: { id: 5, login: 'dev', type: 'User' as const },
    }));
    const own = { issue: 7, body: `${marker}\nold`, user: ACTIONS_BOT };
    const { double, post } = await start({ comments: [...chatter, own] });
    await post(byRun('3'));
    expect(double.comments).toHaveLength(151);
    expect(double.comments[150]?.body).toContain('deployed');
    expect(double.comments.filter(({ body }) => body.includes('deployed'))).toHaveLength(1);
  });

  test('of a newer run stays', async () => {
    const { double, post } = await start();
    await post(byRun('20', 'change'));
    const late = await post(byRun('19', 'plan-only'));
    expect(late).toMatchObject({ type: 'skipped', why: expect.stringContaining('newer run') });
    expect(double.comments[0]?.body).toContain('deployed');
  });

  test('of another app identity is told by that identity', async () => {
    const { double, post } = await start({ self: { id: 6, login: 'ship[bot]', type: 'Bot' } });
    await post(byRun('1'));
    await post(byRun('2'));
    expect(double.comments).toHaveLength(1);
  });

  test('has no secret', async () => {
    const { double, post, redactor } = await start();
    redactor.add('registry.acme.io/api:9f8e7d6');
    await post(byRun('1'));
    expect(double.comments[0]?.body).not.toContain('registry.acme.io/api:9f8e7d6');
  });
});

test('a refused length is answered by the next smaller rendering', async () => {
  const { double, post } = await start({ maxBody: 4000 });
  expect(await post(makeLarge(40))).toMatchObject({ type: 'posted' });
  const lengths = double.requests
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => String((body as { body?: string }).body).length)
    .filter((length) => length > 100);
  expect(lengths.length).toBeGreaterThan(1);
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  expect(double.comments[0]?.body).toContain('40 updated');
});

describe('which pull request', () => {
  const pulls = { [RUN.sha]: [{ number: 12, merged_at: '2026-01-01T00:00:00Z' }] };
  test.each<[string, Partial<PullRequestQuery>, number | undefined]>([
    ['given', { given: 3 }, 3],
    ['of the event', { eventName: 'pull_request', payload: { pull_request: { number: 4 } } }, 4],
    [
      'of the merge queue',
      {
        eventName: 'merge_group',
        payload: { merge_group: { head_ref: 'refs/heads/gh-readonly-queue/main/pr-5-0a1b2c' } },
      },
      5,
    ],
    [
      'commented on',
      { eventName: 'issue_comment', payload: { issue: { number: 6, pull_request: {} } } },
      6,
    ],
    ['not an issue', { eventName: 'issue_comment', payload: { issue: { number: 6 } } }, undefined],
    ['merged by a push', { eventName: 'push', payload: {} }, 12],
    ['none by hand', { eventName: 'workflow_dispatch', payload: {} }, undefined],
  ])('%s', async (_name, event, expected) => {
    const { double, post } = await start({ pulls });
    const posted = await post(byRun('1'), { eventName: '', payload: {}, sha: RUN.sha, ...event });
    expect(double.comments.map(({ issue }) => issue)).toEqual(expected ? [expected] : []);
    expect(posted.type).toBe(expected ? 'posted' : 'skipped');
  });
});

describe('a failure to post is a sentence, never an error', () => {
  test('without the permission it names it', async () => {
    const { post } = await start({ permission: 'read' });
    expect(await post(byRun('1'))).toEqual({
      type: 'failed',
      why: expect.stringMatching(/403.*pull-requests: write/),
    });
  });

  test.each([404, 500])('GitHub answers %i', async (status) => {
    const { post } = await start({ fault: () => ({ status }) });
    expect(await post(byRun('1'))).toMatchObject({
      type: 'failed',
      why: expect.stringContaining(String(status)),
    });
  });

  test('GitHub is not there', async () => {
    const { double, post } = await start();
    await double.close();
    expect(await post(byRun('1'))).toMatchObject({
      type: 'failed',
      why: expect.stringContaining('no answer'),
    });
  });
});
