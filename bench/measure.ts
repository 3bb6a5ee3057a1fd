import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  /** Milliseconds from the start of the process to its end. */
  readonly time: number;
  /** MiB, the largest resident set of this process alone; undefined where there is no /proc. */
  readonly peak: number | undefined;
}

/** Milliseconds between looks. The kernel keeps the maximum: only growth after the last look is missed. */
const LOOK_EVERY = 10;

/** Watches a process that was started in this very moment, to its end. */
export function measure(child: ChildProcess): Promise<Measured> {
  const start = performance.now();
  let peak: number | undefined;
  const look = setInterval(() => {
    peak = readPeak(child.pid) ?? peak;
  }, LOOK_EVERY);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      clearInterval(look);
      resolve({ time: performance.now() - start, peak });
    });
  });
}

/** https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function readPeak(pid: number | undefined): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    // Ended by now, or no Linux.
    return undefined;
  }
}
