import { type GitHub, GitHubError, type IssueComment } from '../ports.ts';

export interface GitHubOptions {
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
  /** GITHUB_API_URL; also that of GitHub Enterprise Server. */
  readonly apiUrl: string;
  /** Milliseconds; replaced by tests. */
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

/** A request that takes longer is given up: reporting must not hold up a deploy. */
const REQUEST_TIMEOUT = 15_000;
const MAX_TRIES = 3;
/** First pause between tries, milliseconds; doubled each time. */
const FIRST_PAUSE = 1_000;
/** A longer `retry-after` than this is not waited for, milliseconds. */
const LONGEST_PAUSE = 30_000;
const PAGE_SIZE = 100;

type Octokit = ReturnType<typeof import('@actions/github')['getOctokit']>;
/** Repeating a creation after an answer that was lost would make a second comment. */
type Kind = 'repeatable' | 'creating';

/** GitHub's REST API for one repository; the library is loaded when it is first needed. */
export function createGitHub(options: GitHubOptions): GitHub {
  const [owner = '', repo = ''] = options.repository.split('/');
  const here = { owner, repo };
  let loading: Promise<Octokit> | undefined;

  function call<T>(kind: Kind, what: string, send: (octokit: Octokit) => Promise<T>): Promise<T> {
    loading ??= load(options);
    return withRetry({ kind, what, sleep: options.sleep ?? pause }, async () =>
      send((await loading) as Octokit),
    );
  }

  return {
    readIdentity: () => call('repeatable', 'Reading the identity of the token', readIdentity),
    listComments: (issue) =>
      call('repeatable', `Listing the comments of #${issue}`, async (octokit) => {
        const query = { ...here, issue_number: issue, per_page: PAGE_SIZE };
        const comments = await octokit.paginate(octokit.rest.issues.listComments, query);
        return comments.map(toComment);
      }),
    createComment: (issue, body) =>
      call('creating', `Commenting on #${issue}`, async (octokit) => {
        const { data } = await octokit.rest.issues.createComment({
          ...here,
          issue_number: issue,
          body,
        });
        return toComment(data);
      }),
    updateComment: (id, body) =>
      call('repeatable', `Updating comment ${id}`, async (octokit) => {
        const { data } = await octokit.rest.issues.updateComment({ ...here, comment_id: id, body });
        return toComment(data);
      }),
    findPullRequest: (sha) =>
      call('repeatable', `Looking for the pull request of ${sha}`, (octokit) =>
        findPullRequest(octokit, { ...here, commit_sha: sha }),
      ),
  };
}

async function load({ token, apiUrl }: GitHubOptions): Promise<Octokit> {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(token, { baseUrl: apiUrl });
  octokit.hook.before('request', (request) => {
    request.request = { ...request.request, signal: AbortSignal.timeout(REQUEST_TIMEOUT) };
  });
  return octokit;
}

/** A person's token may read its user; an app's only says who it is over GraphQL. */
async function readIdentity(
  octokit: Octokit,
): Promise<{ readonly login: string; readonly id?: number } | undefined> {
  try {
    const { data } = await octokit.rest.users.getAuthenticated();
    return { login: data.login, id: data.id };
  } catch (error) {
    if (![401, 403, 404].includes(toStatus(error))) throw error;
  }
  try {
    const query = 'query { viewer { login databaseId } }';
    const { viewer } = await octokit.graphql<{
      viewer: { login: string; databaseId: number | null };
    }>(query);
    return viewer.databaseId === null
      ? { login: viewer.login }
      : { login: viewer.login, id: viewer.databaseId };
  } catch {
    return undefined; // The caller knows who the default token is.
  }
}

/** Of several the one merged last; an open one only when none is merged. */
async function findPullRequest(
  octokit: Octokit,
  query: { owner: string; repo: string; commit_sha: string },
): Promise<number | undefined> {
  const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    ...query,
    per_page: PAGE_SIZE,
  });
  const byMerge = data.toSorted((a, b) => (b.merged_at ?? '').localeCompare(a.merged_at ?? ''));
  return byMerge[0]?.number;
}

interface RawComment {
  readonly id: number;
  readonly body?: string;
  readonly html_url: string;
  readonly user: { readonly id: number; readonly login: string; readonly type: string } | null;
}

function toComment({ id, body, html_url, user }: RawComment): IssueComment {
  // Comments of deleted accounts have no author.
  const author = user ?? { id: 0, login: 'ghost', type: 'User' };
  return {
    id,
    body: body ?? '',
    url: html_url,
    author: { id: author.id, login: author.login, type: author.type },
  };
}

interface RetryOptions {
  readonly kind: Kind;
  readonly what: string;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

async function withRetry<T>(
  { kind, what, sleep }: RetryOptions,
  send: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await send();
    } catch (error) {
      const wait = toPause(error, kind, tried);
      if (wait === undefined || tried >= MAX_TRIES) throw toGitHubError(what, error);
      await sleep(wait);
    }
  }
}

/** Milliseconds before the next try; undefined when there should be none. */
function toPause(error: unknown, kind: Kind, tried: number): number | undefined {
  const status = toStatus(error);
  const limited = status === 429 || (status === 403 && isLimit(error));
  const lost = status === 0 || status >= 500;
  if (!limited && !(lost && kind === 'repeatable')) return undefined;
  const asked = Number(toHeaders(error)['retry-after'] ?? 0) * 1000;
  const wait = asked > 0 ? asked : FIRST_PAUSE * 2 ** (tried - 1);
  return wait <= LONGEST_PAUSE ? wait : undefined;
}

/** GitHub answers 403 both for a missing permission and for a limit; only a limit says when to come back. */
function isLimit(error: unknown): boolean {
  return 'retry-after' in toHeaders(error) || /secondary rate limit/i.test(toMessage(error));
}

function toHeaders(error: unknown): Readonly<Record<string, unknown>> {
  const response = (error as { response?: { headers?: Record<string, unknown> } } | undefined)
    ?.response;
  return response?.headers ?? {};
}

/** 0 when there was no answer: Octokit then says 500, without a response. */
function toStatus(error: unknown): number {
  const { status, response } = Object(error) as { status?: unknown; response?: unknown };
  return typeof status === 'number' && response !== undefined ? status : 0;
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function toGitHubError(what: string, cause: unknown): GitHubError {
  const status = toStatus(cause);
  const happened = status === 0 ? 'no answer' : `GitHub answered ${status}`;
  return new GitHubError(status, `${what}: ${happened}: ${toMessage(cause)}`, { cause });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
