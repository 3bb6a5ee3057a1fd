/** Builds a module once and keeps its binaries outside the checkout, under the digest of all that decides about them. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { startKeeper } from '../processes.ts';
import { compile } from './compile.ts';
import { findGo, type Go } from './go.ts';
import { withLock } from './lock.ts';
import { folderOf, linkerFlags, type Module } from './modules.ts';

export type Log = (line: string) => void;

/** The folder of the module's binaries. */
export async function buildModule(module: Module, log: Log): Promise<string> {
  const go = await findGo(await requiredGo(module));
  const cache = process.env['SLIPWAY_CACHE'] || path.join(homedir(), '.cache', 'slipway');
  const folder = path.join(cache, await digest(module, go));
  if (existsSync(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const waiting = (holder: string) =>
    log(`waiting for process ${holder}, which builds ${module.name} ${module.version}`);
  await withLock(`${folder}.lock`, waiting, async () => {
    if (!existsSync(folder)) await build(module, go, { folder, log });
  });
  return folder;
}

async function build(
  module: Module,
  go: Go,
  { folder, log }: { folder: string; log: Log },
): Promise<void> {
  const workshop = await mkdtemp(`${folder}.`);
  const keeper = startKeeper(workshop);
  try {
    await compile(module, go, { keeper, into: workshop, log });
    await rename(workshop, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // otherwise another process was faster: its build is as good
    });
  } finally {
    await keeper.end();
  }
}

async function requiredGo(module: Module): Promise<string> {
  const text = await readFile(path.join(folderOf(module), 'go.mod'), 'utf8');
  return /^go (\S+)$/m.exec(text)?.[1] ?? '1.26.0';
}

/** Of go.mod and go.sum (and main.go, where the module is our own), flags, Go version and platform. */
async function digest(module: Module, go: Go): Promise<string> {
  const folder = folderOf(module);
  const hash = createHash('sha256');
  for (const name of (await readdir(folder)).sort()) {
    hash.update(`${name}\0`).update(await readFile(path.join(folder, name)));
  }
  return hash.update(`\0${linkerFlags(module)}\0${go.version}\0${go.platform}`).digest('hex');
}
