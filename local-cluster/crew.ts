/** The running programs of a cluster, and who is to blame when it does not come up. */
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Program } from './control-plane.ts';
import type { Keeper } from './processes.ts';

const linesOfFailure = 12;

export interface Crew {
  start(program: Program): void;
  /** Waits for work that rests on a program; ends early when any program does. */
  expect<T>(work: Promise<T>, program: string): Promise<T>;
}

/** A program did not do its part; the message has the end of its log. */
export class CrewError extends Error {
  readonly log: string;

  constructor(problem: string, logFile: string) {
    const log = existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
    const lines = log.trimEnd().split('\n').slice(-linesOfFailure);
    super(
      [`Starting the local cluster: ${problem}.`, ...lines, `The whole log: ${logFile}`].join('\n'),
    );
    this.log = log;
  }
}

/** @param onDeath hears of every program that ends, with what to say about it */
export function recruit(keeper: Keeper, logs: string, onDeath: (error: CrewError) => void): Crew {
  const logFile = (program: string) => path.join(logs, `${program}.log`);
  let fail: (error: CrewError) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failure.catch(() => {}); // whoever still waits hears of it

  return {
    start({ name, binary, args }) {
      const output = openSync(logFile(name), 'a');
      const child = keeper.spawn(binary, args, { stdio: ['ignore', output, output] });
      closeSync(output);
      child.once('error', (error) => fail(new CrewError(error.message, logFile(name))));
      child.once('exit', (code, signal) => {
        const error = new CrewError(`${name} ended (${signal ?? `code ${code}`})`, logFile(name));
        fail(error);
        onDeath(error);
      });
    },
    expect(work, program) {
      const blamed = work.catch((error: Error) => {
        throw new CrewError(error.message, logFile(program));
      });
      return Promise.race([blamed, failure]);
    },
  };
}
