import { setTimeout as wait } from 'node:timers/promises';
import { ApiError, type WatchListener } from '../../ports.ts';
import type { KubeObject } from '../../release/object.ts';
import { toApiError } from './answer.ts';
import { readLines } from './http.ts';
import type { ListPage } from './lists.ts';
import type { Requests } from './requests.ts';

/*
 * List, then watch from there (https://kubernetes.io/docs/reference/using-api/api-concepts/
 * #efficient-detection-of-changes). A broken or ended watch goes on from the last version seen, so
 * nothing is missed; when that is too old (410), everything is listed again.
 */

/** Seconds after which the server ends a watch; less than any load balancer's patience. */
const LIFETIME = 240;
/** Milliseconds of silence after which a watch is opened anew: bookmarks come about every minute. */
const SILENCE = 75_000;
/** Milliseconds before a watch is opened again: at first, and at most after repeated failures. */
const BACKOFF = { first: 250, longest: 10_000 } as const;

export interface WatchSource {
  readonly requests: Requests;
  /** Path of the collection with the query of the selectors. */
  path(query: Readonly<Record<string, string>>): Promise<string>;
  list(signal: AbortSignal): Promise<ListPage>;
}

/** Where a watch is, and who is told. */
interface Course {
  readonly listener: WatchListener;
  readonly signal: AbortSignal;
  /** Empty: to be listed first. */
  version: string;
  /** Since the server last told something. */
  failures: number;
}

/** Until the signal aborts, or the server refuses. */
export async function runWatch(
  source: WatchSource,
  listener: WatchListener,
  signal: AbortSignal,
): Promise<void> {
  const course: Course = { listener, signal, version: '', failures: 0 };
  while (!signal.aborted && (await runOnce(source, course)) === 'interrupted') {
    await pause(Math.min(BACKOFF.first * 2 ** course.failures++, BACKOFF.longest), signal);
  }
}

async function runOnce(source: WatchSource, course: Course): Promise<'interrupted' | 'refused'> {
  try {
    if (course.version === '') await list(source, course);
    if (!course.signal.aborted) await follow(source, course);
    return 'interrupted';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 410) course.version = '';
    if (error.status !== 403 && error.status !== 404) return 'interrupted';
    if (!course.signal.aborted) course.listener.refused(error);
    return 'refused';
  }
}

async function list(source: WatchSource, course: Course): Promise<void> {
  const { objects, resourceVersion } = await source.list(course.signal);
  if (course.signal.aborted) return;
  reach(course, resourceVersion);
  course.listener.replaced(objects);
}

function reach(course: Course, version: string): void {
  course.version = version;
  course.failures = 0;
}

/** One watch, to its end. */
async function follow(source: WatchSource, course: Course): Promise<void> {
  const { signal, version } = course;
  const path = await source.path({
    watch: 'true',
    allowWatchBookmarks: 'true',
    timeoutSeconds: String(LIFETIME),
    resourceVersion: version,
  });
  const response = await source.requests.open({ method: 'GET', path, signal, silence: SILENCE });
  await readLines(response, (line) => {
    if (!signal.aborted) tell(parseEvent(line), course);
  });
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: KubeObject;
}

function parseEvent(line: string): WatchEvent {
  try {
    return JSON.parse(line) as WatchEvent;
  } catch (cause) {
    throw new ApiError(0, '', 'a watch was cut off within a line', { cause });
  }
}

function tell({ type, object }: WatchEvent, course: Course): void {
  if (type === 'ERROR') {
    throw toApiError(Number(object['code'] ?? 0), JSON.stringify(object));
  }
  reach(course, object.metadata.resourceVersion ?? '');
  if (type === 'BOOKMARK') return;
  if (type === 'DELETED') course.listener.deleted(object);
  else course.listener.changed(object);
}

/** Neither rejects at the abort nor keeps the process alive. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
