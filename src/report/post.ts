import { type GitHub, GitHubError } from '../ports.ts';
import type { Redactor } from '../secrecy/redactor.ts';
import { renderComments } from './comment.ts';
import { findOwnComment, type Identity, isWrittenByNewer, toCommentKey } from './comment-key.ts';
import { findPullRequest, type PullRequestQuery } from './pull-request.ts';
import type { Report } from './report.ts';

export interface PostRequest {
  readonly report: Report;
  readonly event: PullRequestQuery;
  /** What makes this job's comment different from another's. */
  readonly job: { readonly environment: string; readonly release?: string | undefined };
}

export interface PostPorts {
  readonly github: GitHub;
  readonly redactor: Pick<Redactor, 'safe'>;
}

/** Where the comment is, or one sentence why there is none. A failure to post never fails a run. */
export type Posted =
  | { readonly type: 'posted'; readonly url: string }
  | { readonly type: 'skipped' | 'failed'; readonly why: string };

/** Whose comments the default token writes (the id is that of github.com). */
const ACTIONS_BOT: Identity = { login: 'github-actions[bot]' };

/** Creates or updates this job's comment on the pull request of the run. Never throws. */
export async function postComment(request: PostRequest, ports: PostPorts): Promise<Posted> {
  try {
    const pullRequest = await findPullRequest(request.event, ports.github);
    if (pullRequest === undefined) {
      const hint = 'give its number as `pull-request`, or read the job summary';
      return { type: 'skipped', why: `No pull request belongs to this run; ${hint}.` };
    }
    return await upsert(pullRequest, request, ports);
  } catch (error) {
    return { type: 'failed', why: explain(error) };
  }
}

async function upsert(
  pullRequest: number,
  { report, job }: PostRequest,
  { github, redactor }: PostPorts,
): Promise<Posted> {
  const key = toCommentKey({ repository: report.run.repository, pullRequest, ...job });
  const self = (await github.readIdentity()) ?? ACTIONS_BOT;
  const own = findOwnComment(await github.listComments(pullRequest), key, self);
  if (own && isWrittenByNewer(own, report.run)) {
    return { type: 'skipped', why: 'A newer run has already written the pull request comment.' };
  }
  let refused: unknown;
  for (const text of renderComments(report, key)) {
    const body = redactor.safe(text);
    try {
      const write = own
        ? github.updateComment(own.id, body)
        : github.createComment(pullRequest, body);
      return { type: 'posted', url: (await write).url };
    } catch (error) {
      if (!(error instanceof GitHubError) || error.status !== 422) throw error;
      refused = error; // Too long for this server: the next smaller rendering.
    }
  }
  throw refused;
}

function explain(error: unknown): string {
  const what = 'The pull request comment was not written';
  if (error instanceof GitHubError && (error.status === 403 || error.status === 404)) {
    return `${what}: GitHub answered ${error.status}. Give the job \`permissions: pull-requests: write\`; on pull requests from forks the token can only read, and the job summary is all there is.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return `${what}: ${message.replace(/\.?$/, '.')} The job summary has everything.`;
}
