/** Runs `go install tool` in a module's folder and tells how far it is. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Keeper } from '../processes.ts';
import type { Log } from './cache.ts';
import type { Go } from './go.ts';
import { folderOf, linkerFlags, type Module } from './modules.ts';

const heartbeat = 10_000;
const linesOfFailure = 20;

export async function compile(
  module: Module,
  go: Go,
  { keeper, into, log }: { keeper: Keeper; into: string; log: Log },
): Promise<void> {
  const title = `${module.name} ${module.version}`;
  const started = Date.now();
  const elapsed = () => duration(Date.now() - started);
  log(`building ${title} from source, once: up to ${module.minutes} min on 2 cores`);

  const args = ['install', '-v', '-trimpath', '-ldflags', linkerFlags(module), 'tool'];
  const child = keeper.spawn('go', args, {
    cwd: folderOf(module),
    env: { ...go.environment, GOBIN: into },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const output: string[] = []; // `-v`: one line a package, besides `go: downloading MODULE VERSION`
  const lines = createInterface({ input: child.stderr as NodeJS.ReadableStream });
  lines.on('line', (line) => output.push(line));
  const beat = setInterval(() => log(`  ${title}: ${elapsed()}, ${progress(output)}`), heartbeat);
  const [code] = await once(child, 'close').finally(() => clearInterval(beat));
  if (code !== 0) {
    throw new Error(
      [
        `Building ${title} (go ${args[0]} in ${folderOf(module)}) ended with code ${code} after ${elapsed()}:`,
        ...output.slice(-linesOfFailure),
        'Check the network (GOPROXY) and the free disk space (5 GB), then start again: what is compiled is kept.',
      ].join('\n'),
    );
  }
  log(`built ${title} in ${elapsed()}`);
}

function progress(output: readonly string[]): string {
  const downloads = output.filter((line) => line.startsWith('go: downloading')).length;
  return `${downloads} modules downloaded, ${output.length - downloads} packages compiled`;
}

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
