import { DeployError } from '../../errors.ts';
import { RetriesEnded, StatusError } from '../retry.ts';
import type { Google } from './client.ts';
import { parseRefusal, type Refusal } from './refusal.ts';

/** The words for a refusal that has words of its own. */
export interface RefusalTold {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export interface Doing {
  /** As the log calls who was asked: `Google's token exchange`. */
  readonly service: string;
  /** Undefined: told in Google's own words. */
  explain(refusal: Refusal, error: StatusError): RefusalTold | undefined;
}

/** Whatever stopped a request, as what the user can act on; no secret comes out of here. */
export function toDeployError(error: unknown, doing: Doing, { world }: Google): unknown {
  if (error instanceof DeployError || world.signal.aborted) return error;
  if (error instanceof RetriesEnded) return tellTemporary(error, doing);
  if (error instanceof StatusError) return tellRefusal(error, doing);
  const said = error instanceof Error ? error.message : String(error);
  return new DeployError('login-failed', `${doing.service} could not be asked: ${said}.`, {
    cause: error,
    hint: 'If a proxy inspects TLS, name its certificate in NODE_EXTRA_CA_CERTS, in the env of the job.',
  });
}

function tellTemporary({ tries, last, cause }: RetriesEnded, { service }: Doing): DeployError {
  const message = `${service} did not answer after ${tries} tries (last: ${last.said}).`;
  return new DeployError('login-failed', message, {
    cause,
    hint: 'This is usually temporary: re-run the job.',
    said: cause instanceof StatusError ? cause.answer.text : undefined,
  });
}

function tellRefusal(error: StatusError, doing: Doing): DeployError {
  const refusal = parseRefusal(error.answer);
  const told = doing.explain(refusal, error) ?? tellPlainly(refusal, doing);
  return new DeployError(told.code, told.message, {
    cause: error,
    hint: told.hint,
    said: error.answer.text,
  });
}

function tellPlainly({ status, code, message }: Refusal, { service }: Doing): RefusalTold {
  const said = [code, message].filter(Boolean).join(': ') || 'without a reason';
  return {
    code: 'login-refused',
    message: `${service} refused the request (HTTP ${status}): ${said}`,
    hint: 'Check the login fields of `cluster` against what Google says; a change of IAM may take up to 5 minutes.',
  };
}

/** The answer was a success but lacks what it is for. */
export function tellIncomplete(service: string, lacking: string): DeployError {
  const message = `${service} answered without ${lacking}.`;
  return new DeployError('login-failed', message, {
    hint: 'Something else may have answered in its place, such as a proxy: let the runner reach Google directly, or re-run the job.',
  });
}
