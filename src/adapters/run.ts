import { readFileSync } from 'node:fs';

/** What GitHub says of the run, and of the event that started it. */
export interface RunContext {
  readonly event: string;
  /** The event's payload; empty when there is none. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The checkout, an absolute path. */
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
  readonly apiUrl: string;
  readonly url: string;
  readonly id: string;
  readonly attempt: string;
  readonly repository: string;
  readonly sha: string;
  readonly actor: string;
  /** When this run began, ISO 8601, UTC. */
  readonly started: string;
}

/** Outside of a runner everything has a sensible stand-in, so that the bundle runs anywhere. */
export function readRun(environment: Readonly<Record<string, string | undefined>>): RunContext {
  const read = (name: string, otherwise = '') => environment[name] || otherwise;
  const repository = read('GITHUB_REPOSITORY', 'local/local');
  const id = read('GITHUB_RUN_ID', '0');
  const temp = read('RUNNER_TEMP', read('TMPDIR', '/tmp'));
  return {
    event: read('GITHUB_EVENT_NAME'),
    payload: readPayload(read('GITHUB_EVENT_PATH')),
    workspace: read('GITHUB_WORKSPACE', process.cwd()),
    temp,
    toolCache: read('RUNNER_TOOL_CACHE', `${temp}/tools`),
    apiUrl: read('GITHUB_API_URL', 'https://api.github.com'),
    url: `${read('GITHUB_SERVER_URL', 'https://github.com')}/${repository}/actions/runs/${id}`,
    id,
    attempt: read('GITHUB_RUN_ATTEMPT', '1'),
    repository,
    sha: read('GITHUB_SHA'),
    actor: read('GITHUB_ACTOR'),
    started: new Date().toISOString(),
  };
}

function readPayload(path: string): Readonly<Record<string, unknown>> {
  if (!path) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
