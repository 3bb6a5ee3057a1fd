import { ApiError } from '../../ports.ts';

/** Characters of an answer that is not Kubernetes' own, such as a proxy's page, that a message shows. */
const SHOWN = 200;

/** From an answer that is no success; its body is a Status, or what something in between says. */
export function toApiError(status: number, body: string): ApiError {
  const { reason, message } = parseStatus(body);
  return new ApiError(status, reason ?? '', message || `HTTP ${status}`);
}

/**
 * The JSON of a success, which is all that an API server answers with.
 * @throws ApiError for a page of something in between, such as a proxy that wants its own login
 */
export function parseAnswer<T>(body: string): T {
  try {
    return JSON.parse(body) as T;
  } catch (cause) {
    const message = `what answers there is no API server of Kubernetes: ${toShown(body)}`;
    throw new ApiError(200, '', message, { cause });
  }
}

/** From what Node throws when there is no answer, or only a part of one. */
export function toNetworkError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, '', messageOf(error), { cause: error });
}

function parseStatus(body: string): { readonly reason?: string; readonly message?: string } {
  try {
    const status = JSON.parse(body) as { kind?: string; reason?: string; message?: string };
    if (status.kind === 'Status') return status;
  } catch {
    // Not JSON.
  }
  return { message: toShown(body) };
}

function toShown(body: string): string {
  return body.replace(/\s+/g, ' ').trim().slice(0, SHOWN);
}

/** A name with several addresses fails with one error for each and no message of its own. */
function messageOf(error: unknown): string {
  const { errors, message } = error as { errors?: readonly unknown[]; message?: string };
  return errors?.[0] === undefined ? (message ?? String(error)) : messageOf(errors[0]);
}
