import type { CommandResult } from '../ports.ts';
import { type CommandRequest, runCommand } from './command.ts';

/**
 * Runs a program that asks somebody else, such as a server, for `timeout` milliseconds at most. One
 * that was ended for it says so in the last line of stderr.
 */
export async function runWithin(
  timeout: number,
  request: CommandRequest & { readonly killAfter: number },
): Promise<CommandResult> {
  const late = AbortSignal.timeout(timeout);
  const signal = request.signal ? AbortSignal.any([request.signal, late]) : late;
  const result = await runCommand({ ...request, signal });
  if (result.code === 0 || !late.aborted || request.signal?.aborted) return result;
  return { ...result, stderr: `${result.stderr}\nError: no answer in ${timeout / 1000} s` };
}
