/** Why a call of AWS failed, and nothing that could hold a secret: the SDK's errors hold requests and answers. */
export interface AwsRefusal {
  /** The service's own code without `Exception`, which only some services append; else the name of what the SDK threw. */
  readonly code: string;
  /** HTTP status; 0: no answer. */
  readonly status: number;
  /** One line. */
  readonly message: string;
}

export function toRefusal(error: unknown): AwsRefusal {
  const {
    name = '',
    message = String(error),
    $metadata,
  } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return { code: name.replace(/Exception$/, ''), status, message: withoutSecrets(message) };
}

/**
 * AWS quotes what it does not like, be it a token or a whole request: what is too long for a name is cut.
 * An ARN survives, because of its colons.
 */
function withoutSecrets(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/ Deserialization error: to see the raw response.*$/, '') // Advice for programmers.
    .trim()
    .replace(/[\w+/=.%-]{100,}/g, '…');
}

/** The error itself without what hangs on it, as the cause of ours. */
export function toCause({ code, status, message }: AwsRefusal): Error {
  return new Error(status === 0 ? message : `${code} (HTTP ${status}): ${message}`);
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html and the codes of EKS and ECR. */
const PASSING =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestTimeout|ServiceUnavailable|Server$|Internal(Failure|Error|Server)|IDPCommunicationError)/;

/** Whether it is the service that cannot at the moment, rather than we who may not. */
export function isPassing({ code, status, message }: AwsRefusal): boolean {
  if (status === 429 || status >= 500) return true;
  return (
    PASSING.test(code) || (code === 'InvalidIdentityToken' && /verification key/i.test(message))
  );
}

/** What keys that are no longer good are refused with: STS says the first ones, EKS and ECR the last. */
export function isExpired({ code }: AwsRefusal): boolean {
  return ['ExpiredToken', 'InvalidClientTokenId', 'UnrecognizedClient'].includes(code);
}
