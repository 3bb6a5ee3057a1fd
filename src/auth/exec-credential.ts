import { createHash } from 'node:crypto';
import { parseJsonMap } from '../release/json.ts';
import type { Token } from './access.ts';

/** Milliseconds before a token's end at which clients ask for the next: they do so only once it is over (auth.md §6.1). */
const MARGIN = 60_000;

/** What a date can tell; milliseconds since 1970. */
const LATEST = 8.64e15;

/** A token and until when it is given out, milliseconds since 1970. */
interface Cached {
  /** Of the config that it was made for. */
  readonly key: string;
  readonly token: string;
  readonly until: number;
}

export interface ExecWorld {
  /** The config's text. */
  readonly config: string;
  /** KUBERNETES_EXEC_INFO: what the client wants to know; undefined: it says nothing. */
  readonly info: string | undefined;
  readonly now: number;
  readonly cache: {
    /** Undefined when there is none. */
    read(): string | undefined;
    /** May fail: a token is good without being kept. */
    write(text: string): void;
  };
  mint(): Promise<Token>;
}

/**
 * The one document that client-go reads from us, as text. A token is kept for the next call: helm and
 * kubectl are started many times in a job, and each start asks.
 * https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
 */
export async function provideCredential(world: ExecWorld): Promise<string> {
  const key = createHash('sha256').update(world.config).digest('hex');
  const cached = parseCache(world.cache.read());
  if (cached?.key === key && cached.until > world.now) return render(cached, world);
  const { token, expiresAt } = await world.mint();
  if (expiresAt === undefined) return render({ token }, world);
  const made: Cached = { key, token, until: expiresAt - MARGIN };
  try {
    world.cache.write(JSON.stringify(made));
  } catch {
    // A full or read-only disk costs the next call a login of its own.
  }
  return render(made, world);
}

/** Anything but ours counts as nothing. */
function parseCache(text: string | undefined): Cached | undefined {
  const { key, token, until } = parseJsonMap(text ?? '') ?? {};
  const isOurs = typeof key === 'string' && typeof token === 'string' && typeof until === 'number';
  return isOurs && until < LATEST ? { key, token, until } : undefined;
}

function render(
  { token, until }: { readonly token: string; readonly until?: number },
  { info }: Pick<ExecWorld, 'info'>,
): string {
  const expires = until === undefined ? {} : { expirationTimestamp: toSeconds(until) };
  return JSON.stringify({
    apiVersion: readVersion(info),
    kind: 'ExecCredential',
    status: { ...expires, token },
  });
}

/** Whole ones, downwards: a moment early is no harm. */
function toSeconds(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000', '');
}

/** client-go refuses an answer of another version than it has asked in. */
function readVersion(info: string | undefined): string {
  const asked = parseJsonMap(info ?? '')?.['apiVersion'];
  return typeof asked === 'string' ? asked : 'client.authentication.k8s.io/v1';
}
