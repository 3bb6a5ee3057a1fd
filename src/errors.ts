/** A place in a file that the user wrote; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** One thing that is wrong, in the words of our inputs, with what to do about it. */
export interface Problem {
  /** Stable and machine-readable, kebab-case: the `reason-code` output when it stops the run. */
  readonly code: string;
  /** What was being done and what happened, one sentence. */
  readonly message: string;
  /** What to do next, one sentence. */
  readonly hint: string;
  /** Where to annotate, when a file of the repository is at fault. */
  readonly at?: Place | undefined;
  /** All that a program or server said, when the message holds only the useful line of it; for the log. */
  readonly said?: string | undefined;
}

/**
 * What stops a run before the cluster is changed: bad input, no access, a missing tool.
 * A failed rollout is not an error but a value (`Outcome`).
 */
export class DeployError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly problems: readonly Problem[];

  constructor(
    code: string,
    message: string,
    options: {
      hint: string;
      cause?: unknown;
      at?: Place | undefined;
      said?: string | undefined;
    },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DeployError';
    this.code = code;
    this.hint = options.hint;
    const { hint, at, said } = options;
    this.problems = [{ code, message, hint, at, said }];
  }
}

/** Several problems found together; they are reported together. */
export class DeployErrors extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'DeployErrors';
    this.problems = problems;
  }
}
