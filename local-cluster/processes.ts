/** Child processes that never outlive this one. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface Keeper {
  /** Starts a process in a group of its own, so that Ctrl-C in a terminal reaches only the one who decides: us. */
  spawn(command: string, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Keeps the directory after the end: it holds the logs of a failure. */
  leaveDirectory(): void;
  /** Ends all processes and removes the directory. */
  end(): Promise<void>;
}

/** The keeper does the same as `end` when this process dies in any way (see keeper.ts). */
export function startKeeper(directory: string): Keeper {
  const program = path.join(import.meta.dirname, 'keeper.ts');
  const keeper = spawn(process.execPath, ['--no-warnings', program, directory], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const children = new Set<ChildProcess>();
  const ended = once(keeper, 'exit').then(() => {
    for (const child of children) child.kill('SIGKILL'); // it was killed itself, or could not start
  });
  const tell = (line: string | number) => keeper.stdin.write(`${line}\n`);
  keeper.stdin.on('error', () => {}); // nobody to tell it to any more: see above

  return {
    spawn(command, args, options) {
      const child = spawn(command, args, { ...options, detached: true });
      const { pid } = child;
      if (pid !== undefined) {
        children.add(child);
        tell(pid);
        child.once('exit', () => {
          children.delete(child);
          tell(-pid);
        });
      }
      return child;
    },
    leaveDirectory: () => tell('leave'),
    async end() {
      keeper.stdin.end();
      await ended;
    },
  };
}
