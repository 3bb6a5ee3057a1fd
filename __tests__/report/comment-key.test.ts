import { describe, expect, test } from '@jest/globals';
import type { IssueComment } from '../../src/ports.ts';
import {
  findOwnComment,
  isWrittenByNewer,
  renderMarker,
  renderState,
  toCommentKey,
} from '../../src/report/comment-key.ts';
import { RUN } from './reports.ts';

const JOB = { repository: 'acme/deploy', pullRequest: 7, environment: 'production' };
const KEY = toCommentKey(JOB);
const BOT = { id: 41898282, login: 'github-actions[bot]', type: 'Bot' };

function comment(id: number, body: string, author = BOT): IssueComment {
  return { id, body, author, url: `https://github.com/acme/deploy/pull/7#issuecomment-${id}` };
}

describe('the key', () => {
  test('is 16 hexadecimal characters, the same for the same job', () => {
    expect(KEY).toMatch(/^[0-9a-f]{16}$/);
    expect(toCommentKey({ ...JOB, repository: 'Acme/Deploy' })).toBe(KEY);
  });

  test.each([
    { repository: 'acme/other' },
    { pullRequest: 8 },
    { environment: 'staging' },
    { release: 'api' },
  ])('differs by %j', (more) => {
    expect(toCommentKey({ ...JOB, ...more })).not.toBe(KEY);
  });
});

describe('our own comment', () => {
  const marker = renderMarker(KEY);

  test.each([
    ['by its first line', [comment(1, 'hello'), comment(2, `${marker}\ntext`)], 2],
    ['also after an edit in the browser', [comment(3, `${marker}\r\ntext`)], 3],
    ['the oldest of several', [comment(9, marker), comment(4, marker), comment(7, marker)], 4],
    [
      'not one that quotes it',
      [comment(1, `> ${marker}`), comment(2, `look:\n${marker}`)],
      undefined,
    ],
    ['not with more in the line', [comment(1, `${marker} hello`)], undefined],
    ['not of another job', [comment(1, renderMarker('0000000000000000'))], undefined],
    ["not a person's", [comment(1, marker, { id: 5, login: 'dev', type: 'User' })], undefined],
    [
      "not another app's",
      [comment(1, marker, { id: 6, login: 'ship[bot]', type: 'Bot' })],
      undefined,
    ],
  ])('%s', (_name, comments, expected) => {
    expect(findOwnComment(comments, KEY, { login: BOT.login })?.id).toBe(expected);
  });

  test('the id is compared when it is known', () => {
    const comments = [comment(1, marker, { ...BOT, id: 1 })];
    expect(findOwnComment(comments, KEY, { login: BOT.login, id: BOT.id })).toBeUndefined();
    expect(findOwnComment(comments, KEY, { login: BOT.login, id: 1 })?.id).toBe(1);
  });
});

describe('a newer run', () => {
  const by = (id: string, attempt: string) =>
    comment(1, `${renderMarker(KEY)}\n${renderState({ ...RUN, id, attempt })}\ntext`);

  test.each([
    ['later run', by('12', '1'), true],
    ['earlier run', by('9', '3'), false],
    ['the same', by('10', '2'), false],
    ['later attempt', by('10', '3'), true],
    ['earlier attempt', by('10', '1'), false],
    ['ids beyond what a double holds', by('90071992547409931', '1'), true],
    ['no state', comment(1, 'text\nmore'), false],
    ['foreign state', comment(1, 'text\n<!-- slipway-state bm9uc2Vuc2U -->'), false],
    ['state that is no number', by('latest', '1'), false],
  ])('%s', (_name, written, expected) => {
    expect(isWrittenByNewer(written, { ...RUN, id: '10', attempt: '2' })).toBe(expected);
  });
});
