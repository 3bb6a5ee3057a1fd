import type { GitHub } from '../ports.ts';

/** Finds the pull request that a run belongs to. */
export interface PullRequestQuery {
  /** The `pull-request` input. */
  readonly given?: number | undefined;
  /** Name of the event: `pull_request`, `push`, … */
  readonly eventName: string;
  /** The event as GitHub sent it. */
  readonly payload: unknown;
  readonly sha: string;
}

/** A merge queue's branch: `gh-readonly-queue/main/pr-12-<base sha>`. */
const QUEUE_BRANCH = /\/pr-(\d+)-[0-9a-f]+$/;

/** The number given, or the event's, or that of the pull request which brought the commit in. */
export async function findPullRequest(
  query: PullRequestQuery,
  github: Pick<GitHub, 'findPullRequest'>,
): Promise<number | undefined> {
  if (query.given !== undefined) return query.given;
  const known = fromPayload(query.payload);
  if (known !== undefined || query.eventName !== 'push') return known;
  return github.findPullRequest(query.sha);
}

function fromPayload(payload: unknown): number | undefined {
  const { pull_request, issue, merge_group } = toRecord(payload);
  const branch = QUEUE_BRANCH.exec(String(toRecord(merge_group)['head_ref'] ?? ''));
  if (branch) return Number(branch[1]);
  const subject = pull_request ?? (toRecord(issue)['pull_request'] ? issue : undefined);
  const number = toRecord(subject)['number'];
  return typeof number === 'number' ? number : undefined;
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
