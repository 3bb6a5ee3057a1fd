import { createClock } from './adapters/clock.ts';
import type { RunContext } from './adapters/run.ts';
import type { LoginWorld } from './auth/access.ts';
import type { Problem } from './errors.ts';
import { line } from './report/log.ts';
import type { World } from './world.ts';

/** What a login gets of a run. Its warnings are told at once, and again in the report. */
export function toLoginWorld(
  { run, signal, host, files, redactor }: World,
  warnings: Problem[],
): LoginWorld {
  const log = (message: string) => host.info(redactor.safe(line(message)));
  return {
    environment: process.env,
    clock: createClock(),
    files,
    signal,
    hide(secret) {
      redactor.add(secret);
      host.mask(secret);
    },
    log,
    warn(problem) {
      warnings.push(problem);
      log(`warning: ${problem.message}`);
    },
    session: toSession(run),
    fromFork: isFromFork(run),
  };
}

/** Who logs in, for the cloud's own records: `shop-4711`. */
export function toSession({ repository, id }: RunContext): string {
  return `${repository.split('/').at(-1)}-${id}`;
}

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
export function isFromFork({ payload, repository }: RunContext): boolean {
  const pull = payload['pull_request'] as
    | { readonly head?: { readonly repo?: { readonly full_name?: string } | null } }
    | undefined;
  // A fork that was deleted since has no repository.
  return pull !== undefined && pull.head?.repo?.full_name !== repository;
}
