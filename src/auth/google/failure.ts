import { DeployError } from '../../errors.ts';
import type { Told } from '../access.ts';
import type { TextAnswer } from '../https.ts';
import { RetriesEnded, StatusError } from '../retry.ts';
import { tellUnanswered, tellUnasked } from '../unanswered.ts';
import type { Google } from './client.ts';
import { parseRefusal, type Refusal } from './refusal.ts';

export interface Doing {
  /** As the log calls who was asked: `Google's token exchange`. */
  readonly service: string;
  /** Undefined: told in Google's own words. */
  explain(refusal: Refusal, error: StatusError): Told | undefined;
}

/** Whatever stopped a request, as what the user can act on; no secret comes out of here. */
export function toDeployError(error: unknown, doing: Doing, { world }: Google): unknown {
  if (error instanceof DeployError || world.signal.aborted) return error;
  if (error instanceof RetriesEnded) {
    return tellUnanswered(error, { service: doing.service, code: 'login-failed' });
  }
  if (error instanceof StatusError) return tellRefusal(error, doing);
  return tellUnasked(error, { service: doing.service, code: 'login-failed' });
}

function tellRefusal(error: StatusError, doing: Doing): DeployError {
  const refusal = parseRefusal(error.answer);
  const told = isForeign(error.answer)
    ? tellForeign(refusal, doing)
    : (doing.explain(refusal, error) ?? tellPlainly(refusal, doing));
  return new DeployError(told.code, told.message, {
    cause: error,
    hint: told.hint,
    said: error.answer.text,
  });
}

/** A redirect or a page: the services speak JSON. */
function isForeign({ status, text }: TextAnswer): boolean {
  return status < 400 || /^\s*</.test(text);
}

function tellForeign({ status }: Refusal, { service }: Doing): Told {
  return {
    code: 'login-failed',
    message: `What answered in the place of ${service.replace(/^The /, 'the ')} is no service of Google (HTTP ${status}, no JSON).`,
    hint: 'Check how the runner reaches it: firewall, HTTPS_PROXY and NO_PROXY; then re-run the job.',
  };
}

function tellPlainly({ status, code, message }: Refusal, { service }: Doing): Told {
  const said = [code, message].filter(Boolean).join(': ') || 'without a reason';
  return {
    code: 'login-refused',
    message: `${service} refused the request (HTTP ${status}): ${said}`,
    hint: 'Check `gcp-workload-identity-provider`, `gcp-service-account` and `gcp-project` against what Google says; changes of IAM take up to 5 minutes.',
  };
}

/** The answer was a success but lacks what it is for. */
export function tellIncomplete(service: string, lacking: string): DeployError {
  const message = `${service} answered without ${lacking}.`;
  return new DeployError('login-failed', message, {
    hint: 'Something else may have answered in its place, such as a proxy: let the runner reach Google directly, or re-run the job.',
  });
}
