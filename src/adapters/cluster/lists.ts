import { ApiError } from '../../ports.ts';
import type { KubeObject } from '../../release/object.ts';
import { parseAnswer } from './answer.ts';
import type { Requests } from './requests.ts';

export interface ListPage {
  readonly objects: readonly KubeObject[];
  /** From which a watch goes on. */
  readonly resourceVersion: string;
}

export interface ListRequest {
  readonly apiVersion: string;
  readonly kind: string;
  path(query: Readonly<Record<string, string>>): string;
  readonly signal?: AbortSignal;
}

/** Objects per request, as kubectl has it. */
const PAGE = '500';

interface ListBody {
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
  readonly items?: readonly KubeObject[] | null;
}

/** All pages. A list that grows too old on the way (410) is read again, in one piece. */
export async function readList(requests: Requests, request: ListRequest): Promise<ListPage> {
  try {
    return await readPages(requests, request, { limit: PAGE });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 410) throw error;
    return readPages(requests, request, {});
  }
}

async function readPages(
  requests: Requests,
  request: ListRequest,
  paging: Readonly<Record<string, string>>,
): Promise<ListPage> {
  const { apiVersion, kind, signal } = request;
  const objects: KubeObject[] = [];
  for (let next = ''; ; ) {
    const path = request.path(next === '' ? paging : { ...paging, continue: next });
    const text = await requests.send({ method: 'GET', path, ...(signal ? { signal } : {}) });
    const { metadata, items } = parseAnswer<ListBody>(text);
    // The items of a typed list do not say what they are.
    for (const item of items ?? []) objects.push({ ...item, apiVersion, kind });
    next = metadata?.continue ?? '';
    if (next === '') return { objects, resourceVersion: metadata?.resourceVersion ?? '' };
  }
}
