import { isMap, parseJsonMap } from '../../release/json.ts';
import type { TextAnswer } from '../https.ts';

/** What Google says when it does not do what it was asked; empty: not said. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** OAuth's `invalid_grant`, or an API's `PERMISSION_DENIED`. */
  readonly code: string;
  /** More exactly: `SERVICE_DISABLED`. */
  readonly reason: string;
  readonly message: string;
}

interface Told {
  readonly error?: unknown;
  readonly error_description?: unknown;
}

interface ApiRefusal {
  readonly status?: unknown;
  readonly message?: unknown;
  readonly details?: readonly { readonly reason?: unknown }[];
}

/** Both shapes: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 and https://google.aip.dev/193 */
export function parseRefusal({ status, text }: TextAnswer): Refusal {
  const told: Told = parseJsonMap(text) ?? {};
  if (!isMap(told.error)) {
    const message = toLine(told.error_description ?? (told.error ? '' : text));
    return { status, code: toLine(told.error), reason: '', message };
  }
  const { status: code, message, details } = told.error as ApiRefusal;
  const list = Array.isArray(details) ? details : [];
  const reason = list.map((one) => toLine(one?.reason)).find((one) => one !== '') ?? '';
  return { status, code: toLine(code), reason, message: toLine(message) };
}

/** Characters that a message shows of what may be a whole page. */
const SHOWN = 300;

function toLine(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim().slice(0, SHOWN) : '';
}

/**
 * Seconds between this machine's clock and the server's, by its Date header; undefined: not told, or
 * too little to be a cause.
 */
export function readSkew({ headers }: TextAnswer, now: Date): number | undefined {
  const skew = Math.round((now.getTime() - Date.parse(headers.date ?? '')) / 1000);
  return Math.abs(skew) >= NOTABLE ? skew : undefined;
}

const NOTABLE = 60;
