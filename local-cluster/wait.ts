/** Waiting for a condition, never for a fixed time. */
import { setTimeout as sleep } from 'node:timers/promises';

const glance = 50;

/** A start takes some five seconds; a busy CI machine may need ten times that. */
const patience = 120_000;

/**
 * Resolves when `check` answers something truthy, with it. A check that throws is asked again.
 * The signal says that nobody waits any more.
 */
export async function until<T>(
  what: string,
  check: () => Promise<T | undefined | false>,
  { timeout = patience, signal }: { timeout?: number; signal?: AbortSignal } = {},
): Promise<T> {
  const deadline = Date.now() + timeout;
  let trouble = '';
  while (Date.now() < deadline && !signal?.aborted) {
    try {
      const answer = await check();
      if (answer) return answer;
      trouble = '';
    } catch (error) {
      trouble = ` (${(error as Error).message})`;
    }
    await sleep(glance);
  }
  throw new Error(`Waited ${timeout / 1000} s in vain for ${what}${trouble}`);
}
