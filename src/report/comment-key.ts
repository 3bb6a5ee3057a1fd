import { createHash } from 'node:crypto';
import type { IssueComment } from '../ports.ts';
import type { RunRef } from './report.ts';

/** Which comment is meant: one per job, so that no two jobs write the same (design.md §6). */
export interface CommentJob {
  readonly repository: string;
  readonly pullRequest: number;
  readonly environment: string;
  /** Only when the job's one release came from inputs. */
  readonly release?: string | undefined;
}

/** Whose comments are ours: the identity of the token. */
export interface Identity {
  /** As it appears on comments: `github-actions[bot]`. */
  readonly login: string;
  /** Compared as well when known; a login can be taken over, an id cannot. */
  readonly id?: number | undefined;
}

const KEY_LENGTH = 16;
const STATE = /^<!-- slipway-state ([A-Za-z0-9_-]+) -->$/;

/** 16 hexadecimal characters that stand for a job's comment. */
export function toCommentKey({
  repository,
  pullRequest,
  environment,
  release,
}: CommentJob): string {
  const parts = JSON.stringify([
    repository.toLowerCase(),
    pullRequest,
    environment,
    release ?? null,
  ]);
  return createHash('sha256').update(parts).digest('hex').slice(0, KEY_LENGTH);
}

/** The hidden first line by which a comment is found again. */
export function renderMarker(key: string): string {
  return `<!-- slipway/v1 key=${key} -->`;
}

/** The hidden second line: who wrote it. For display only; nothing is decided by it but who is newer. */
export function renderState({ id, attempt }: RunRef): string {
  const state = Buffer.from(JSON.stringify({ run: id, attempt })).toString('base64url');
  return `<!-- slipway-state ${state} -->`;
}

/** Our comment of this key: by ourselves, the marker exactly its first line; of several the oldest. */
export function findOwnComment(
  comments: readonly IssueComment[],
  key: string,
  self: Identity,
): IssueComment | undefined {
  const marker = renderMarker(key);
  const own = comments.filter(
    ({ author, body }) => isSelf(author, self) && lineOf(body, 0) === marker,
  );
  return own.toSorted((a, b) => a.id - b.id)[0];
}

/** Whether a later run, or a later attempt of the same, wrote the comment. */
export function isWrittenByNewer(comment: IssueComment, run: RunRef): boolean {
  const state = parseState(lineOf(comment.body, 1));
  if (!state) return false;
  const newer = compareNumbers(state.run, run.id) || compareNumbers(state.attempt, run.attempt);
  return newer > 0;
}

function isSelf(author: IssueComment['author'], { login, id }: Identity): boolean {
  return author.login === login && (id === undefined || author.id === id);
}

/** GitHub's editor turns line ends into CRLF. */
function lineOf(body: string, index: number): string {
  return body.split(/\r?\n/, index + 1)[index] ?? '';
}

function parseState(line: string): { readonly run: string; readonly attempt: string } | undefined {
  const encoded = STATE.exec(line)?.[1];
  if (encoded === undefined) return undefined;
  try {
    const state = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as unknown;
    const { run, attempt } = Object(state) as Record<string, unknown>;
    return { run: String(run), attempt: String(attempt) };
  } catch {
    return undefined; // Not written by us: then nobody is newer.
  }
}

/** Ids of runs grow, and outgrow what a double holds exactly. Anything else compares as equal. */
function compareNumbers(one: string, other: string): number {
  if (!/^\d{1,30}$/.test(one) || !/^\d{1,30}$/.test(other)) return 0;
  const difference = BigInt(one) - BigInt(other);
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}
