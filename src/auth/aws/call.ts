import { DeployError } from '../../errors.ts';
import type { Told } from '../access.ts';
import {
  judgeHttp,
  type Passing,
  RetriesEnded,
  type RetryPolicy,
  tellTries,
  withRetries,
} from '../retry.ts';
import { type AwsRefusal, isPassing, toCause, toRefusal } from './refusal.ts';
import { type Aws, Silence } from './transport.ts';

/** One call of an AWS service, and what its refusals mean in the words of our inputs. */
export interface AwsCall {
  /** As the log calls it: `AWS STS`. */
  readonly service: string;
  /** After "could not": `assume the role …`. */
  readonly doing: string;
  /** How patiently a refusal is tried again that others would take as final; undefined: not at all. */
  persist?(refusal: AwsRefusal): RetryPolicy | undefined;
  /** What this very call can be refused for; undefined: what is said of any call. */
  explain(refusal: AwsRefusal): Told | undefined;
}

/** AWS takes signatures of the last 5 minutes for sure, and ID tokens live no longer; milliseconds. */
const TOLERATED_SKEW = 5 * 60_000;

/**
 * Sends with few retries of what may pass, and explains what stays.
 * @throws DeployError what `explain` says, else `login-failed`, `login-refused`, `clock-skew`,
 * `proxy-refused`, `certificate-untrusted`, `input-invalid`
 */
export async function callAws<T>(aws: Aws, call: AwsCall, send: () => Promise<T>): Promise<T> {
  const { world } = aws;
  const judge = (error: unknown) => judgeAws(error, call, world.clock.now());
  try {
    const answer = await withRetries({ service: call.service, world, judge }, send);
    if (Math.abs(aws.skew()) > TOLERATED_SKEW) throw toDeployError(tellSkew(aws), undefined);
    return answer;
  } catch (error) {
    if (world.signal.aborted || error instanceof DeployError) throw error;
    throw explainFailure(error, call, aws);
  }
}

/** What the SDK calls an answer that is none of AWS's. */
const NO_CODE = /^(Error|SyntaxError|Unknown|UnknownError)?$/;

/** Nobody refuses with the status of a success: that the SDK did not understand. */
export function isForeign({ code, status }: AwsRefusal): boolean {
  return NO_CODE.test(code) || status < 300;
}

function judgeAws(error: unknown, call: AwsCall, now: Date): Passing | undefined {
  if (error instanceof Silence) return judgeHttp(error, now);
  const refusal = toRefusal(error);
  const { code, status } = refusal;
  if (status === 0) return undefined;
  const said = isForeign(refusal) ? `HTTP ${status}` : code;
  if (isPassing(refusal)) return { type: 'answer', said };
  const policy = call.persist?.(refusal);
  return policy && { type: 'answer', said, policy };
}

function explainFailure(error: unknown, call: AwsCall, aws: Aws): DeployError {
  const last = error instanceof RetriesEnded ? error.cause : error;
  const refusal = toRefusal(last);
  const problem = explainAnywhere(refusal, call, aws) ?? call.explain(refusal);
  if (problem) return toDeployError(problem, refusal);
  if (error instanceof RetriesEnded) {
    return toDeployError(tellTemporary(error, refusal, call), refusal);
  }
  return toDeployError(tellStaying(last, refusal, call), refusal);
}

function toDeployError(problem: Told, refusal: AwsRefusal | undefined): DeployError {
  return new DeployError(problem.code, problem.message, {
    hint: problem.hint,
    ...(refusal ? { cause: toCause(refusal), said: toCause(refusal).message } : {}),
  });
}

/** What any call can fail for. */
function explainAnywhere(refusal: AwsRefusal, call: AwsCall, aws: Aws): Told | undefined {
  const { code, status, message } = refusal;
  const isAboutTime =
    /^(RequestTimeTooSkewed|RequestExpired)/.test(code) ||
    /Signature (expired|not yet current)/i.test(message) ||
    (status > 0 && Math.abs(aws.skew()) > TOLERATED_SKEW);
  if (isAboutTime) return tellSkew(aws);
  if (/Invalid Configuration: (FIPS|Dualstack) and custom endpoint/i.test(message)) {
    return tellEndpointConflict(message);
  }
  if (code === 'RegionDisabled') {
    return {
      code: 'login-refused',
      message: `AWS STS is switched off in ${aws.region} for this account, so it could not ${call.doing}.`,
      hint: 'Activate the region in the account (IAM, account settings), then run this again.',
    };
  }
  return undefined;
}

function tellSkew(aws: Aws): Told {
  const seconds = Math.round(Math.abs(aws.skew()) / 1000);
  const side = aws.skew() > 0 ? 'behind' : 'ahead of';
  return {
    code: 'clock-skew',
    message: `The runner's clock is ${seconds} s ${side} that of AWS (Date header), so AWS does not accept what is signed here.`,
    hint: "Set the runner's clock by NTP.",
  };
}

function tellEndpointConflict(message: string): Told {
  const flag = /FIPS/i.test(message) ? 'AWS_USE_FIPS_ENDPOINT' : 'AWS_USE_DUALSTACK_ENDPOINT';
  return {
    code: 'input-invalid',
    message: `${flag} cannot be combined with an address of AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_….`,
    hint: 'Unset one of the two in the environment of the step.',
  };
}

function tellTemporary(ended: RetriesEnded, { message }: AwsRefusal, call: AwsCall): Told {
  const { last } = ended;
  const happened = last.type === 'answer' ? `answered ${last.said}` : `did not answer (${message})`;
  return {
    code: 'login-failed',
    message: `${call.service} could not ${call.doing}: after ${tellTries(ended)} it ${happened}.`,
    hint:
      last.type === 'answer'
        ? 'This is usually temporary: run the job again.'
        : 'Check that the runner reaches AWS: name resolution, firewall, HTTPS_PROXY and NO_PROXY; then run the job again.',
  };
}

function tellStaying(error: unknown, refusal: AwsRefusal, call: AwsCall): Told {
  const { code, status, message } = refusal;
  if (status > 0 && isForeign(refusal)) {
    return {
      code: 'login-failed',
      message: `What answered instead of ${call.service}, which was to ${call.doing}, is none of AWS (HTTP ${status}).`,
      hint: 'Check HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL_… in the environment of the step.',
    };
  }
  if (status > 0) {
    return {
      code: 'login-refused',
      message: `${call.service} refused to ${call.doing}: ${code}: ${message}`,
      hint: 'Check the role, its trust policy and its permissions.',
    };
  }
  const isUntrusted = error instanceof Silence && /CERT|SIGNATURE|ISSUER/.test(error.code);
  return {
    code: isUntrusted ? 'certificate-untrusted' : 'login-failed',
    message: `${call.service} could not be asked to ${call.doing}: ${message}`,
    hint: isUntrusted
      ? 'If a proxy inspects TLS, name its certificate in NODE_EXTRA_CA_CERTS, in the `env` of the job.'
      : 'Check how the runner reaches AWS, and the AWS_… variables in its environment.',
  };
}
