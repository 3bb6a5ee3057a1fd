import type { DisposableFiles } from './adapters/files.ts';
import type { RunContext } from './adapters/run.ts';
import type { Host } from './ports.ts';
import type { Redactor } from './secrecy/redactor.ts';

/** What a run has before it knows what to do. */
export interface World {
  readonly run: RunContext;
  /** Aborts when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly host: Host;
  readonly files: DisposableFiles;
  readonly redactor: Redactor;
}
