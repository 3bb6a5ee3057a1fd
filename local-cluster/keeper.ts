/**
 * A small program that outlives the one that started it, for a moment: when its standard input ends, which the
 * system sees to however the other program ended (return, exception, SIGKILL), it ends every process that was
 * reported to it and removes the directory. `processes.ts` starts it and speaks its language:
 * `PID` begins to watch a process group, `-PID` stops watching it, `leave` keeps the directory.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const directory = process.argv[2];
const groups = new Set<number>();
let leave = false;

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line);
  if (line === 'leave') leave = true;
  else if (pid > 0) groups.add(pid);
  else if (pid < 0) groups.delete(-pid);
}

// The data is thrown away: nobody needs a graceful end.
for (const group of groups) signal(group, 'SIGKILL');
for (let tries = 0; tries < 100 && [...groups].some((group) => signal(group, 0)); tries++) {
  await sleep(20);
}
if (directory && !leave) await rm(directory, { recursive: true, force: true, maxRetries: 3 });

/** Whether there was a process left to receive it. */
function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, name);
    return true;
  } catch {
    return false;
  }
}
