import { DeployError } from '../errors.ts';
import { ApiError } from '../ports.ts';
import { FORBIDDEN, toForbidden } from '../release/forbidden.ts';
import { toSentence } from '../release/helm-error-rule.ts';
import {
  type AccessWords,
  type Explanation,
  explainAccess,
  toAccessFailure,
} from './access-failure.ts';

/** In the midst of a run, when the cluster had let us in before; true for every way to log in. */
const MEANWHILE: Omit<AccessWords, 'rights'> = {
  credentials: 'the credentials of this run',
  renewal:
    'Their token or certificate may have expired or been withdrawn meanwhile: renew what you gave for the cluster, and start the run again.',
  address: 'the address of the cluster',
  trust: 'Give the CA of the cluster together with its address.',
};

/** What the API server refused, as an error for the user; anything else is passed on. */
export function toDeployError(error: unknown, doing: string, needs: string): unknown {
  const rights = `Give this identity ${needs}; the ClusterRole \`edit\` bound in the namespace is enough for most charts.`;
  return toAccessError(error, doing, { ...MEANWHILE, rights });
}

/** The same of an operation, whose rights nobody has listed: the server's own words name the one that is missing. */
export function explainMeanwhile(error: ApiError): Explanation {
  const { cause, ...rest } = explain(error, { ...MEANWHILE, rights: RIGHTS });
  return { ...rest, cause: toSentence(cause) };
}

const RIGHTS =
  'Give this identity that right; the ClusterRole `edit` bound in the namespace is enough for most charts.';

/** The same in the words of one way to log in. */
export function toAccessError(error: unknown, doing: string, words: AccessWords): unknown {
  if (!(error instanceof ApiError)) return error;
  const { code, cause, hint } = explain(error, words);
  return new DeployError(code, `${doing}: ${toSentence(cause)}`, { hint, cause: error });
}

function explain(error: ApiError, words: AccessWords): Explanation {
  const failure = toAccessFailure(error);
  if (failure?.type === 'forbidden') {
    return explainAccess({ ...failure, said: toRefused(failure.said) }, words);
  }
  if (failure) return explainAccess(failure, words);
  if (error.status === 0) {
    return { code: 'login-failed', cause: error.message, hint: words.renewal };
  }
  return {
    code: 'cluster-error',
    cause: `the cluster answered ${error.status}: ${error.message}`,
    hint: 'Start the run again; if it happens again, ask who runs the cluster.',
  };
}

function toRefused(message: string): string {
  const match = FORBIDDEN.exec(message);
  if (!match) return message;
  const { user, right } = toForbidden((name) => match.groups?.[name] ?? '');
  return `${user} may not ${right}`;
}
