/** Ctrl-C: the action gets its chance to stop in order, as on a cancelled run; then everything ends. */
import type { RunningAction } from '../__tests__/action/run-action.ts';

/** A terminal and npm both pass a Ctrl-C on, so that one arrives several times. Milliseconds. */
const SAME_PRESS = 1000;

/** From now on. Without an action that runs, and at a second Ctrl-C, this process ends at once; its cluster with it. */
export function watchInterrupt() {
  let running: RunningAction | undefined;
  let since: number | undefined;

  const interrupt = () => {
    const isSamePress = since !== undefined && performance.now() - since < SAME_PRESS;
    if (isSamePress) return;
    if (since !== undefined || !isAlive(running)) {
      running?.process.kill('SIGKILL');
      process.exit(130);
    }
    since = performance.now();
    running?.process.kill('SIGINT');
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);

  return {
    happened: () => since !== undefined,
    /** Tells this action of an interrupt; called with each new one. */
    forwardTo(action: RunningAction): void {
      running = action;
    },
  };
}

function isAlive(action: RunningAction | undefined): boolean {
  return action !== undefined && action.process.exitCode === null && !action.process.signalCode;
}
