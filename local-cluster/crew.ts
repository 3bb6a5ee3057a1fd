/** The running programs of a cluster, and who is to blame when it does not come up. */
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Program } from './control-plane.ts';
import type { Keeper } from './processes.ts';

const linesOfFailure = 12;

export interface Crew {
  start(program: Program): void;
  /** Waits for work that rests on a program; gives up, and tells the work so, when any program ends. */
  expect<T>(program: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** @param onDeath hears of every program that ends, with what to say about it */
export function recruit(keeper: Keeper, logs: string, onDeath: (error: Error) => void): Crew {
  const logFile = (program: string) => path.join(logs, `${program}.log`);
  const over = new AbortController(); // its reason is the first failure
  const failure = new Promise<never>((_, reject) => {
    over.signal.addEventListener('abort', () => reject(over.signal.reason));
  });
  failure.catch(() => {}); // whoever still waits hears of it

  return {
    start({ name, binary, args }) {
      const output = openSync(logFile(name), 'a');
      const child = keeper.spawn(binary, args, { stdio: ['ignore', output, output] });
      closeSync(output);
      child.once('error', (error) => over.abort(failureOf(error.message, logFile(name))));
      child.once('exit', (code, signal) => {
        const error = failureOf(`${name} ended (${signal ?? `code ${code}`})`, logFile(name));
        over.abort(error);
        onDeath(error);
      });
    },
    expect(program, work) {
      const blamed = work(over.signal).catch((error: Error) => {
        throw failureOf(error.message, logFile(program));
      });
      return Promise.race([blamed, failure]);
    },
  };
}

/** With the end of the guilty program's log. */
function failureOf(problem: string, logFile: string): Error {
  const log = existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd() : '';
  const lines = log.split('\n').slice(-linesOfFailure);
  return new Error(
    [`The local cluster does not run: ${problem}.`, ...lines, `The whole log: ${logFile}`].join(
      '\n',
    ),
  );
}
