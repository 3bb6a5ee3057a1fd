import { DeployError } from '../errors.ts';
import { type RetriesEnded, StatusError, tellTries } from './retry.ts';

export interface Unanswered {
  /** As messages call who was asked: `GitHub's OIDC service`. */
  readonly service: string;
  /** Reason of what is no fault of certificates. */
  readonly code: string;
}

/** Nobody answered in the end, or only that it cannot at the moment. */
export function tellUnanswered(ended: RetriesEnded, { service, code }: Unanswered): DeployError {
  const { last, cause } = ended;
  const message = `${service} did not answer after ${tellTries(ended)} (last: ${last.said}).`;
  return new DeployError(code, message, {
    cause,
    hint:
      last.type === 'answer'
        ? 'This is usually temporary: re-run the job.'
        : 'Check that the runner reaches it: name resolution, firewall, HTTPS_PROXY and NO_PROXY; then re-run the job.',
    said: cause instanceof StatusError ? cause.answer.text : undefined,
  });
}

/** Asking failed for a reason that stays. `error`: as `requestText` throws it. */
export function tellUnasked(error: unknown, { service, code }: Unanswered): DeployError {
  const { code: reason = '', message: said = String(error) }: NodeJS.ErrnoException = Object(error);
  const isUntrusted = /CERT|ISSUER|UNABLE_TO_VERIFY/.test(reason);
  // Node adds advice after a semicolon that no user of an action can follow.
  const message = `${service} could not be asked: ${said.split(';')[0]}.`;
  return new DeployError(isUntrusted ? 'certificate-untrusted' : code, message, {
    cause: error,
    said,
    hint: isUntrusted
      ? 'If a proxy inspects TLS, name a file with its certificate in NODE_EXTRA_CA_CERTS, in the `env` of the job.'
      : 'Check how the runner reaches it: firewall, HTTPS_PROXY and NO_PROXY; then re-run the job.',
  });
}
