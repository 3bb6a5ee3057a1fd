import { DeployError } from '../errors.ts';
import type { CommandResult, Decryptor } from '../ports.ts';
import { runWithin } from './command-within.ts';
import type { Environment } from './helm-environment.ts';
import { toStepEnvironment } from './step-environment.ts';

/** A key service answers in seconds; what takes longer waits for somebody, such as a passphrase. */
const TIMEOUT = 60_000;
const KILL_AFTER = 5_000;

/**
 * The user's `sops` on PATH. It gets the environment of the step, where its keys are, but nothing
 * that is for us. A run that is cancelled, or sops when it takes a minute, ends with a result.
 */
export function createSops(
  environment: Environment,
  { signal, timeout = TIMEOUT }: { readonly signal: AbortSignal; readonly timeout?: number },
): Decryptor {
  return {
    decrypt(path) {
      return run(timeout, {
        path: 'sops',
        // The word that every version since 3.0 knows; the format is told by the file's name.
        args: ['--decrypt', path],
        environment: toStepEnvironment(environment),
        signal,
        killAfter: KILL_AFTER,
      });
    },
  };
}

async function run(...request: Parameters<typeof runWithin>): Promise<CommandResult> {
  try {
    return await runWithin(...request);
  } catch (cause) {
    if (!(cause instanceof DeployError) || cause.code !== 'program-missing') throw cause;
    throw new DeployError(
      'sops-missing',
      'Decrypting values needs `sops`, and there is no such program on PATH.',
      { hint: 'Install sops in an earlier step of the job: 3.7 or newer.', cause },
    );
  }
}
