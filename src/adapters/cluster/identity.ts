import type { RequestOptions } from 'node:https';
import { type Agents, createAgents } from './agents.ts';
import { readAccess } from './kubeconfig.ts';
import { createLogin } from './login.ts';

/** Who we are and how the server is reached. */
export interface Identity {
  /** Address of the API server, without a slash at the end. */
  readonly server: string;
  /** Certificates, headers and the shared agent for one request. Throws `ApiError` when a login fails. */
  options(use: Use): Promise<RequestOptions>;
  /** After a 401: the next `options` are made anew. */
  forget(): void;
}

/** A watch holds its connection for minutes, so watches are not counted among the requests. */
export type Use = keyof Agents;

/**
 * Milliseconds for which options are reused: a file or a login program would otherwise be asked at
 * every request. client-go reads a tokenFile once a minute, which is late for a token that lives for minutes.
 */
const REUSE = 5_000;

interface Made {
  readonly options: Promise<RequestOptions>;
  /** By the monotonic clock; undefined while the login is under way. */
  at: number | undefined;
}

/** `path`: the private kubeconfig of this run, with one context (`auth/kubeconfig.ts`). */
export function readIdentity(path: string): Identity {
  const access = readAccess(path);
  const login = createLogin(access);
  let agents: Promise<Agents> | undefined;
  let made: Made | undefined;

  function remake(): Made {
    const next: Made = { options: login.make(), at: undefined };
    next.options.then(
      () => {
        next.at = performance.now();
      },
      () => {
        made = undefined;
      },
    );
    return next;
  }
  return {
    server: access.cluster.server.replace(/\/+$/, ''),
    async options(use) {
      if (made?.at !== undefined && performance.now() - made.at > REUSE) made = undefined;
      made ??= remake();
      agents ??= createAgents(access.cluster);
      const [options, { [use]: agent }] = await Promise.all([made.options, agents]);
      return { ...options, agent };
    },
    forget() {
      // Many requests are refused at once; a login that is under way answers them all.
      if (made?.at === undefined) return;
      made = undefined;
      login.forget();
    },
  };
}
