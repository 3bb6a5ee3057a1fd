import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/* A double of the part of GitHub's REST API that we use, over real HTTP. */

/** GitHub's own limit of a comment's body, in characters. */
const MAX_BODY = 65_536;

export interface DoubleUser {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Bot';
}

export const ACTIONS_BOT: DoubleUser = { id: 41898282, login: 'github-actions[bot]', type: 'Bot' };

export interface DoubleComment {
  readonly id: number;
  readonly issue: number;
  body: string;
  readonly user: DoubleUser;
}

/** An answer instead of the usual one. */
export interface Fault {
  readonly status: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface DoubleOptions {
  /** Default `acme/deploy`. */
  readonly repository?: string;
  /** Comments that are there already, oldest first. */
  readonly comments?: readonly { issue: number; body: string; user: DoubleUser }[];
  /** Without `pull-requests: write` every write is a 403. */
  readonly permission?: 'write' | 'read';
  /** Whom the token belongs to; default the bot of the default token, which may not `GET /user`. */
  readonly self?: DoubleUser;
  /** Pull requests by commit. */
  readonly pulls?: Readonly<
    Record<string, readonly { number: number; merged_at: string | null }[]>
  >;
  /** Characters that a comment may have; smaller makes the ladder go down. */
  readonly maxBody?: number;
  /** Asked before every answer. */
  readonly fault?: (request: RecordedRequest) => Fault | undefined;
}

export interface RecordedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly authorization: string;
  readonly body: unknown;
}

export interface GitHubDouble {
  /** For GITHUB_API_URL. */
  readonly url: string;
  readonly comments: readonly DoubleComment[];
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts the double on a free port of this machine. */
export async function startGitHubDouble(options: DoubleOptions = {}): Promise<GitHubDouble> {
  const comments: DoubleComment[] = (options.comments ?? []).map((c, i) => ({ ...c, id: i + 1 }));
  const requests: RecordedRequest[] = [];
  const world = { options, comments };
  const server = createServer((request, response) => {
    void readRequest(request).then((recorded) => {
      requests.push(recorded);
      const fault = options.fault?.(recorded);
      send(response, fault ? toFault(fault) : answer(recorded, world, addressOf(request)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    comments,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface World {
  readonly options: DoubleOptions;
  readonly comments: DoubleComment[];
}

type Handler = (world: World, id: string, request: RecordedRequest & { url: URL }) => Answer;

const ROUTES: readonly (readonly [method: string, path: RegExp, handle: Handler])[] = [
  [
    'GET',
    /^\/issues\/(\d+)\/comments$/,
    (world, id, { url }) => listComments(world, Number(id), url),
  ],
  [
    'POST',
    /^\/issues\/(\d+)\/comments$/,
    (world, id, request) => createComment(world, Number(id), request),
  ],
  [
    'PATCH',
    /^\/issues\/comments\/(\d+)$/,
    (world, id, request) => updateComment(world, Number(id), request),
  ],
  ['GET', /^\/commits\/([^/]+)\/pulls$/, ({ options }, sha) => ok(options.pulls?.[sha] ?? [])],
  ['GET', /^\/user$/, readUser],
  ['POST', /^\/graphql$/, readViewer],
];

function answer(request: RecordedRequest, world: World, base: string): Answer {
  const url = new URL(request.path, base);
  const path = url.pathname.replace(`/repos/${world.options.repository ?? 'acme/deploy'}`, '');
  const route = ROUTES.find(([method, pattern]) => method === request.method && pattern.test(path));
  if (!route) return error(404, 'Not Found');
  const [, pattern, handle] = route;
  return handle(world, pattern.exec(path)?.[1] ?? '', { ...request, url });
}

function listComments({ comments }: World, issue: number, url: URL): Answer {
  const size = Math.min(100, Number(url.searchParams.get('per_page') ?? 30));
  const page = Number(url.searchParams.get('page') ?? 1);
  const all = comments.filter((comment) => comment.issue === issue);
  const body = all.slice((page - 1) * size, page * size).map(toJson);
  if (page * size >= all.length) return ok(body);
  const next = new URL(url);
  next.searchParams.set('page', String(page + 1));
  return { ...ok(body), headers: { link: `<${next.href}>; rel="next"` } };
}

function createComment(
  { comments, options }: World,
  issue: number,
  request: RecordedRequest,
): Answer {
  const refused = refuse(options, request);
  if (refused) return refused;
  const id = Math.max(0, ...comments.map((comment) => comment.id)) + 1;
  const comment = { id, issue, body: bodyOf(request), user: options.self ?? ACTIONS_BOT };
  comments.push(comment);
  return { status: 201, body: toJson(comment) };
}

function updateComment({ comments, options }: World, id: number, request: RecordedRequest): Answer {
  const comment = comments.find((candidate) => candidate.id === id);
  const refused = refuse(options, request);
  if (refused) return refused;
  if (!comment) return error(404, 'Not Found');
  comment.body = bodyOf(request);
  return ok(toJson(comment));
}

function refuse(options: DoubleOptions, request: RecordedRequest): Answer | undefined {
  if (options.permission === 'read') return error(403, 'Resource not accessible by integration');
  const max = options.maxBody ?? MAX_BODY;
  if (bodyOf(request).length > max) {
    return error(422, `Validation Failed: body is too long (maximum is ${max} characters)`);
  }
  return undefined;
}

function readUser({ options }: World): Answer {
  const { self } = options;
  return self?.type === 'User' ? ok(self) : error(403, 'Resource not accessible by integration');
}

function readViewer({ options }: World): Answer {
  const self = options.self ?? ACTIONS_BOT;
  return ok({ data: { viewer: { login: self.login, databaseId: self.id } } });
}

function toJson({ id, issue, body, user }: DoubleComment): object {
  return {
    id,
    body,
    user,
    html_url: `https://github.com/acme/deploy/pull/${issue}#issuecomment-${id}`,
  };
}

function bodyOf({ body }: RecordedRequest): string {
  return String((body as { body?: unknown } | undefined)?.body ?? '');
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function error(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest' } };
}

function toFault({ status, message = 'fault', headers = {} }: Fault): Answer {
  return { ...error(status, message), headers };
}

async function readRequest(request: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const { method = '', url = '' } = request;
  const authorization = request.headers.authorization ?? '';
  return { method, path: url, authorization, body: text === '' ? undefined : JSON.parse(text) };
}

function addressOf(request: IncomingMessage): string {
  return `http://${request.headers.host}`;
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
