/**
 * One builder at a time. The lock only saves work: what makes two builders safe is that a build is renamed into
 * place when it is whole (cache.ts). So a lock may be broken as soon as its holder seems dead.
 */
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeat = 5_000;
/** Without a heartbeat for so long the holder is dead, even if another process has its number by now. */
const patience = 30_000;
const glance = 250;
const report = 10_000;

/** Calls `waiting` at first and then every ten seconds while another process holds the lock. */
export async function withLock<T>(
  file: string,
  waiting: (holder: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  for (let waited = 0; !(await take(file)); waited += glance) {
    if (waited % report === 0) waiting((await readFile(file, 'utf8').catch(() => '')).trim());
    await sleep(glance);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {}); // broken by another: see above
  }, heartbeat);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (await isAbandoned(file)) await rm(file, { force: true });
    return false;
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  try {
    const [holder, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return !isAlive(Number(holder)) || Date.now() - mtimeMs > patience;
  } catch {
    return false; // it has just been released
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, of another user
  }
}
