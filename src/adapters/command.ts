import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { DeployError } from '../errors.ts';
import type { CommandResult } from '../ports.ts';

export interface CommandRequest {
  /** Path of the program; never looked up by a shell. */
  readonly path: string;
  readonly args: readonly string[];
  /** All that the program gets; nothing of our own environment is added. */
  readonly environment: Readonly<Record<string, string>>;
  readonly directory?: string;
  readonly stdin?: string;
  /** Called for every line of either stream, without its end. */
  readonly onLine?: (line: string) => void;
  /** An abort sends SIGINT, once: helm answers it by recording `failed`. */
  readonly signal?: AbortSignal;
  /** Milliseconds from the abort to SIGKILL; without it the program may take as long as it likes. */
  readonly killAfter?: number;
}

/** Characters of one stream that are kept; a release is at most 1 MiB, a rendering a few times that. */
const KEPT = 256 * 1024 * 1024;
/** Milliseconds that a grandchild may hold the streams open after the program has ended. */
const LINGER = 2_000;

/**
 * Runs a program to its end in a process group of its own, so that a signal for ours does not reach
 * it. Throws `DeployError` when it cannot be started or says too much; any exit code is a result.
 */
export async function runCommand(request: CommandRequest): Promise<CommandResult> {
  if (request.signal?.aborted) {
    return {
      code: toExitCode(null, 'SIGINT'),
      stdout: '',
      stderr: 'not started: cancelled before',
    };
  }
  const child = spawn(request.path, request.args, {
    cwd: request.directory,
    env: request.environment,
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A program that ends without reading its input is no error of ours.
  child.stdin.on('error', () => undefined).end(request.stdin ?? '');
  const stdout = capture(child.stdout, request.onLine);
  const stderr = capture(child.stderr, request.onLine);
  const release = forwardAbort(child, request);
  try {
    const code = await ended(child, request.path);
    return { code, stdout: stdout(), stderr: stderr() };
  } finally {
    release();
  }
}

/** Collects a stream; the returned function gives its whole text. */
function capture(stream: Readable, onLine?: (line: string) => void): () => string {
  const chunks: string[] = [];
  let size = 0;
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    size += chunk.length;
    if (size <= KEPT) chunks.push(chunk);
    if (!onLine) return;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/, ''));
  });
  stream.on('close', () => {
    if (rest !== '') onLine?.(rest);
  });
  return () => {
    if (size <= KEPT) return chunks.join('');
    throw new DeployError(
      'output-too-long',
      `A program printed ${size} characters, more than ${KEPT}.`,
      {
        hint: 'Look for a loop in the chart or its post-renderer: no release can be that large.',
      },
    );
  };
}

/** Sends SIGINT at the abort, and SIGKILL to the whole group when asked for; returns its undoing. */
function forwardAbort(child: ChildProcess, { signal, killAfter }: CommandRequest): () => void {
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    child.kill('SIGINT');
    if (killAfter !== undefined) timer = setTimeout(killGroup, killAfter, child);
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  };
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Windows has no groups, and the group may have ended in this very moment.
    child.kill('SIGKILL');
  }
}

function ended(child: ChildProcess, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let linger: NodeJS.Timeout | undefined;
    child.once('error', (cause: NodeJS.ErrnoException) => {
      // A signal that cannot be delivered is an `error` as well; then the program still runs.
      if (child.pid === undefined) reject(cannotStart(path, cause));
    });
    child.once('exit', () => {
      linger = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, LINGER);
    });
    child.once('close', (code, signal) => {
      clearTimeout(linger);
      resolve(toExitCode(code, signal));
    });
  });
}

function toExitCode(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

function cannotStart(path: string, cause: NodeJS.ErrnoException): DeployError {
  const why = cause.code === 'ENOENT' ? 'there is no such program' : cause.message;
  return new DeployError('program-missing', `Starting ${path} failed: ${why}.`, {
    hint: 'Check that the file is there and executable on this machine.',
    cause,
  });
}
