export const id = 165;
export const ids = [165];
export const modules = {

/***/ 3165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createAwsTokens: () => (/* binding */ createAwsTokens)
});

// UNUSED EXPORTS: createTokens, tellOverride

// EXTERNAL MODULE: ./.bundle/lib/errors.js
var errors = __webpack_require__(1079);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-sts/dist-cjs/index.js
var dist_cjs = __webpack_require__(1695);
// EXTERNAL MODULE: ./node_modules/@aws-sdk/credential-providers/dist-cjs/index.js
var credential_providers_dist_cjs = __webpack_require__(9719);
;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/arn.js
/** The number of the account: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function accountOf(arn) {
    return arn.split(':')[4] ?? '';
}
/**
 * The ARN by which an access entry knows a caller: a session is that of its role. What STS tells of a
 * session lacks the role's path, so a role that was given by its own ARN is better named by that.
 */
function toPrincipal(caller) {
    const [arn = '', partition = '', , region = '', account = '', resource = ''] = caller.split(':');
    const [type, role] = resource.split('/');
    if (type !== 'assumed-role')
        return caller;
    return [arn, partition, 'iam', region, account, `role/${role}`].join(':');
}
/** The ConfigMap aws-auth knows roles without their path. */
function withoutPath(role) {
    return role.replace(/:role\/(?:.*\/)?([^/]+)$/, ':role/$1');
}

// EXTERNAL MODULE: ./.bundle/lib/auth/claims.js
var auth_claims = __webpack_require__(8976);
;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/refusal.js
function toRefusal(error) {
    const { name = '', message = String(error), $metadata, } = error;
    const status = $metadata?.httpStatusCode ?? 0;
    return { code: name.replace(/Exception$/, ''), status, message: withoutSecrets(message) };
}
/**
 * AWS quotes what it does not like, be it a token or a whole request: what is too long for a name is cut.
 * An ARN survives, because of its colons.
 */
function withoutSecrets(text) {
    return text
        .replace(/\s+/g, ' ')
        .replace(/ Deserialization error: to see the raw response.*$/, '') // Advice for programmers.
        .trim()
        .replace(/[\w+/=.%-]{100,}/g, '…');
}
/** The error itself without what hangs on it, as the cause of ours. */
function toCause({ code, status, message }) {
    return new Error(status === 0 ? message : `${code} (HTTP ${status}): ${message}`);
}
/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html and the codes of EKS and ECR. */
const PASSING = /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestTimeout|ServiceUnavailable|Server$|Internal(Failure|Error|Server)|IDPCommunicationError)/;
/** Whether it is the service that cannot at the moment, rather than we who may not. */
function isPassing({ code, status, message }) {
    if (status === 429 || status >= 500)
        return true;
    return (PASSING.test(code) || (code === 'InvalidIdentityToken' && /verification key/i.test(message)));
}
/** What keys that are no longer good are refused with: STS says the first ones, EKS and ECR the last. */
function isExpired({ code }) {
    return ['ExpiredToken', 'InvalidClientTokenId', 'UnrecognizedClient'].includes(code);
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/assume-role-refusals.js



const refused = (message, hint) => ({
    code: 'login-refused',
    message,
    hint,
});
/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors */
function explainFederated(refusal, { request, audience, claims = (0,auth_claims/* parseClaims */.Df)('') }) {
    const { role } = request;
    switch (refusal.code) {
        case 'AccessDenied': {
            const { sent, advice } = (0,auth_claims/* tellSubject */.yh)(claims);
            return refused(`AWS refused the role ${role} for this workflow. ${sent}`, `${advice} The role's trust policy must allow exactly these (case-sensitive), and the role must exist.`.trim());
        }
        case 'InvalidIdentityToken':
            return explainIdentityToken(refusal, { request, audience, claims });
        case 'ExpiredToken':
            return {
                code: 'login-failed',
                message: `AWS took GitHub's ID token for one that has ended, twice, while assuming the role ${role}.`,
                hint: "Such a token lives 5 minutes: check the runner's clock and how long its way to AWS takes, and run the job again.",
            };
        default:
            return explainRequest(refusal, request);
    }
}
function explainIdentityToken({ message }, { request, audience, claims }) {
    if (/No OpenIDConnect provider/i.test(message)) {
        const issuer = claims.iss.replace(/^https:\/\//, '') || 'token.actions.githubusercontent.com';
        return refused(`Account ${accountOf(request.role)} has no IAM OIDC provider for ${issuer}.`, `Create it in that account with the audience "${audience}", or correct the account in \`aws-role-to-assume\`.`);
    }
    if (/audience/i.test(message)) {
        return refused(`The IAM OIDC provider of account ${accountOf(request.role)} does not list the audience "${audience}".`, 'Set `cluster.audience` to one that it lists, or add this one to the provider.');
    }
    if (/verification key/i.test(message)) {
        return {
            code: 'login-failed',
            message: `AWS could not fetch GitHub's signing keys while assuming the role ${request.role}.`,
            hint: 'This is temporary: run the job again.',
        };
    }
    return undefined;
}
/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_Errors */
function explainChained(refusal, { request, caller, isAmbient }) {
    if (isAmbient && isExpired(refusal))
        return tellExpired(refusal);
    if (refusal.code !== 'AccessDenied')
        return explainRequest(refusal, request, true);
    return refused(`AWS does not let ${caller} assume the role ${request.role} of \`cluster.role-chaining\`.`, "The role's trust policy must allow the first one (and ask for the same `cluster.role-chaining.external-id`, if for any), the first one needs sts:AssumeRole on it, and it must exist.");
}
/** What was asked for beside the role. */
function explainRequest({ code, message }, { role, narrowing }, isChained = false) {
    if (code === 'ValidationError' && /DurationSeconds/.test(message)) {
        return explainDuration(message, { role, seconds: narrowing?.duration, isChained });
    }
    if (code === 'PackedPolicyTooLarge') {
        return refused(`The session policies for the role ${role} are too large when AWS packs them.`, 'Shorten `cluster.inline-session-policy`, or list fewer `cluster.managed-session-policies`.');
    }
    if (code === 'MalformedPolicyDocument') {
        return refused(`AWS does not understand the session policy for the role ${role}: ${message}`, 'Correct `cluster.inline-session-policy`.');
    }
    return undefined;
}
function explainDuration(message, asked) {
    const { role, seconds } = asked;
    if (asked.isChained && /chaining|1 hour/i.test(message)) {
        return refused(`Chained roles last at most 1 hour; \`cluster.role-duration-seconds\` asks ${seconds} s of ${role}.`, 'Ask at most 3600: the action renews the session by itself.');
    }
    return refused(`The role ${role} allows at most its maximum session duration; \`cluster.role-duration-seconds\` asks ${seconds} s.`, "Ask less (the action renews the session by itself), or raise the role's maximum session duration.");
}
/** Of keys that an earlier step has put into the environment, or the machine holds. */
function tellExpired({ code }) {
    const state = code === 'ExpiredToken' ? 'have expired' : 'are no longer valid';
    return {
        code: 'login-expired',
        message: `The AWS credentials in the environment ${state} (they came from an earlier step).`,
        hint: 'Give `aws-role-to-assume` so that this action can renew them.',
    };
}

// EXTERNAL MODULE: ./.bundle/lib/auth/retry.js
var retry = __webpack_require__(2283);
// EXTERNAL MODULE: ./node_modules/@smithy/node-http-handler/dist-cjs/index.js
var node_http_handler_dist_cjs = __webpack_require__(1279);
// EXTERNAL MODULE: ./.bundle/lib/auth/https.js
var https = __webpack_require__(1468);
// EXTERNAL MODULE: ./.bundle/lib/auth/proxy-agent.js + 1 modules
var proxy_agent = __webpack_require__(6846);
;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/transport.js



/** No service answered; holds nothing of the request, whatever the SDK makes of it. */
class Silence extends Error {
    /** Of Node. */
    code;
    constructor(code, message) {
        super(message);
        this.name = 'Silence';
        this.code = code;
    }
}
/** Milliseconds. AWS is near, or there is no way to it. */
const CONNECTION_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 15_000;
/**
 * Goes by the environment's proxy. The SDK itself reads `AWS_ENDPOINT_URL_…`, `AWS_USE_FIPS_ENDPOINT` and
 * `AWS_USE_DUALSTACK_ENDPOINT` of the process.
 */
function createAws(region, world) {
    const agent = (0,proxy_agent/* createProxyAgent */.I)(world.environment);
    const handler = new node_http_handler_dist_cjs.NodeHttpHandler({
        httpAgent: agent,
        httpsAgent: agent,
        connectionTimeout: CONNECTION_TIMEOUT,
        requestTimeout: REQUEST_TIMEOUT,
        throwOnRequestTimeout: true,
    });
    let skew = 0;
    const handle = handler.handle.bind(handler);
    handler.handle = async (request, options) => {
        try {
            const { response } = await handle(request, options);
            const told = Date.parse(response.headers['date'] ?? '');
            if (!Number.isNaN(told))
                skew = told - world.clock.now().getTime();
            response.body = await readInTime(response.body);
            return { response };
        }
        catch (error) {
            throw (0,proxy_agent/* toProxyRefusal */.p)(error) ?? toSilence(error);
        }
    };
    return {
        world,
        region,
        client: { region, maxAttempts: 1, requestHandler: handler },
        skew: () => skew,
    };
}
/** The SDK's own limit of time ends with the head of an answer. */
async function readInTime(body) {
    const timer = setTimeout(() => body.destroy((0,https/* toTimeout */.PE)(REQUEST_TIMEOUT)), REQUEST_TIMEOUT);
    try {
        return await (0,https/* readWhole */.oD)(body);
    }
    finally {
        clearTimeout(timer);
    }
}
function toSilence(error) {
    const { name, code = '', message } = error;
    const told = message.replace(/\/\/[^\s/@]*@/g, '//'); // The login of a proxy.
    // The SDK calls a connection that was reset a timeout as well.
    return new Silence(code || (name === 'TimeoutError' ? 'ETIMEDOUT' : ''), told);
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/call.js




/** AWS takes signatures of the last 5 minutes for sure, and ID tokens live no longer; milliseconds. */
const TOLERATED_SKEW = 5 * 60_000;
/**
 * Sends with few retries of what may pass, and explains what stays.
 * @throws DeployError what `explain` says, else `login-failed`, `login-refused`, `clock-skew`,
 * `proxy-refused`, `certificate-untrusted`, `input-invalid`
 */
async function callAws(aws, call, send) {
    const { world } = aws;
    const judge = (error) => judgeAws(error, call, world.clock.now());
    try {
        const answer = await (0,retry/* withRetries */.LH)({ service: call.service, world, judge }, send);
        if (Math.abs(aws.skew()) > TOLERATED_SKEW)
            throw toDeployError(tellSkew(aws), undefined);
        return answer;
    }
    catch (error) {
        if (world.signal.aborted || error instanceof errors/* DeployError */.s)
            throw error;
        throw explainFailure(error, call, aws);
    }
}
/** What the SDK calls an answer that is none of AWS's. */
const NO_CODE = /^(Error|SyntaxError|Unknown|UnknownError)?$/;
/** Nobody refuses with the status of a success: that the SDK did not understand. */
function isForeign({ code, status }) {
    return NO_CODE.test(code) || status < 300;
}
function judgeAws(error, call, now) {
    if (error instanceof Silence)
        return (0,retry/* judgeHttp */.i2)(error, now);
    const refusal = toRefusal(error);
    const { code, status } = refusal;
    if (status === 0)
        return undefined;
    const said = isForeign(refusal) ? `HTTP ${status}` : code;
    if (isPassing(refusal))
        return { type: 'answer', said };
    const policy = call.persist?.(refusal);
    return policy && { type: 'answer', said, policy };
}
function explainFailure(error, call, aws) {
    const last = error instanceof retry/* RetriesEnded */.XO ? error.cause : error;
    const refusal = toRefusal(last);
    const problem = explainAnywhere(refusal, call, aws) ?? call.explain(refusal);
    if (problem)
        return toDeployError(problem, refusal);
    if (error instanceof retry/* RetriesEnded */.XO) {
        return toDeployError(tellTemporary(error, refusal, call), refusal);
    }
    return toDeployError(tellStaying(last, refusal, call), refusal);
}
function toDeployError(problem, refusal) {
    return new errors/* DeployError */.s(problem.code, problem.message, {
        hint: problem.hint,
        ...(refusal ? { cause: toCause(refusal), said: toCause(refusal).message } : {}),
    });
}
/** What any call can fail for. */
function explainAnywhere(refusal, call, aws) {
    const { code, status, message } = refusal;
    const isAboutTime = /^(RequestTimeTooSkewed|RequestExpired)/.test(code) ||
        /Signature (expired|not yet current)/i.test(message) ||
        (status > 0 && Math.abs(aws.skew()) > TOLERATED_SKEW);
    if (isAboutTime)
        return tellSkew(aws);
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
function tellSkew(aws) {
    const seconds = Math.round(Math.abs(aws.skew()) / 1000);
    const side = aws.skew() > 0 ? 'behind' : 'ahead of';
    return {
        code: 'clock-skew',
        message: `The runner's clock is ${seconds} s ${side} that of AWS (Date header), so AWS does not accept what is signed here.`,
        hint: "Set the runner's clock by NTP.",
    };
}
function tellEndpointConflict(message) {
    const flag = /FIPS/i.test(message) ? 'AWS_USE_FIPS_ENDPOINT' : 'AWS_USE_DUALSTACK_ENDPOINT';
    return {
        code: 'input-invalid',
        message: `${flag} cannot be combined with an address of AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_….`,
        hint: 'Unset one of the two in the environment of the step.',
    };
}
function tellTemporary(ended, { message }, call) {
    const { last } = ended;
    const happened = last.type === 'answer' ? `answered ${last.said}` : `did not answer (${message})`;
    return {
        code: 'login-failed',
        message: `${call.service} could not ${call.doing}: after ${(0,retry/* tellTries */.PK)(ended)} it ${happened}.`,
        hint: last.type === 'answer'
            ? 'This is usually temporary: run the job again.'
            : 'Check that the runner reaches AWS: name resolution, firewall, HTTPS_PROXY and NO_PROXY; then run the job again.',
    };
}
function tellStaying(error, refusal, call) {
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

;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/session.js
function hideCredentials({ accessKeyId, secretAccessKey, sessionToken }, { hide }) {
    for (const secret of [accessKeyId, secretAccessKey, sessionToken])
        if (secret)
            hide(secret);
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/ambient.js








/** Where the SDK is led by the environment, so that a message can name what leads nowhere. */
const SIGNPOSTS = [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
];
function findSignposts(environment) {
    return SIGNPOSTS.filter((name) => environment[name]);
}
/** Milliseconds. A program of a profile may ask somebody far away. */
const LONGEST_SEARCH = 60_000;
/** Keys too short-lived for a whole token are not kept by the SDK's chain either: it is asked anew each time. */
function toFind({ environment }) {
    const role = environment['AWS_WEB_IDENTITY_TOKEN_FILE'] ? environment['AWS_ROLE_ARN'] : undefined;
    return {
        service: 'AWS',
        doing: 'find credentials in the environment and on the machine',
        explain(refusal) {
            if (isExpired(refusal))
                return tellExpired(refusal);
            const isAbsent = refusal.code === 'CredentialsProviderError';
            if (isAbsent || refusal.message.startsWith('ENOENT'))
                return tellMissing(environment);
            return role && refusal.code === 'AccessDenied' ? tellRefused(role) : undefined;
        },
    };
}
function tellMissing(environment) {
    const set = findSignposts(environment);
    const [are, lead] = set.length === 1 ? ['is', 'leads'] : ['are', 'lead'];
    return {
        code: 'login-missing',
        message: `There are no AWS credentials: \`aws-role-to-assume\` is not given, and neither the job's environment nor the machine has any.${set.length === 0 ? '' : ` ${set.join(', ')} ${are} set, but ${lead} to none.`}`,
        hint: "Set `aws-role-to-assume` (with GitHub's OIDC token), or run aws-actions/configure-aws-credentials in an earlier step.",
    };
}
function tellRefused(role) {
    return {
        code: 'login-refused',
        message: `AWS refused the role ${role} of AWS_ROLE_ARN for the token in AWS_WEB_IDENTITY_TOKEN_FILE.`,
        hint: "The role's trust policy must allow the service account of this runner's pod, and the role must exist; or set `aws-role-to-assume`, to log in with GitHub's OIDC token.",
    };
}
const IDENTIFY = {
    service: 'AWS STS',
    doing: 'tell whose the credentials in the environment are',
    explain: (refusal) => (isExpired(refusal) ? tellExpired(refusal) : undefined),
};
/**
 * The credentials of environment (an empty variable is none), web identity file, container or instance,
 * and whose they are, which also proves that they still work.
 * @throws DeployError `login-missing`, `login-expired`, and what any call throws (`callAws`)
 */
async function readAmbient(aws) {
    const find = (0,credential_providers_dist_cjs/* fromNodeProviderChain */.br)({ clientConfig: aws.client });
    const found = await callAws(aws, toFind(aws.world), () => inTime(find(), aws.world));
    const credentials = {
        accessKeyId: found.accessKeyId,
        secretAccessKey: found.secretAccessKey,
        ...(found.sessionToken ? { sessionToken: found.sessionToken } : {}),
        ...(found.expiration ? { expiration: found.expiration } : {}),
    };
    hideCredentials(credentials, aws.world);
    const client = new dist_cjs/* STSClient */.iM({ ...aws.client, credentials });
    const { Arn = '' } = await callAws(aws, IDENTIFY, () => client.send(new dist_cjs/* GetCallerIdentityCommand */.zI(), { abortSignal: aws.world.signal }));
    return { credentials, arn: Arn, principal: toPrincipal(Arn) };
}
/** The SDK waits without end for a service or a program that says nothing, also in a cancelled run. */
function inTime(found, { environment, signal }) {
    const end = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_SEARCH)]);
    const ended = new Promise((_, reject) => {
        end.addEventListener('abort', () => reject(tellLate(environment)));
    });
    return Promise.race([found, ended]);
}
function tellLate(environment) {
    const set = findSignposts(environment);
    const led = set.length === 0 ? 'the machine' : `what ${set.join(', ')} names`;
    const message = `There are no AWS credentials after ${LONGEST_SEARCH / 1000} s: ${led} does not answer.`;
    return new errors/* DeployError */.s('login-failed', message, {
        hint: "Set `aws-role-to-assume` (with GitHub's OIDC token), or make that answer.",
    });
}

// EXTERNAL MODULE: ./.bundle/lib/auth/github-oidc.js
var github_oidc = __webpack_require__(5354);
;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/assume-role.js






/** A role or its trust that was made a moment ago is refused until IAM knows it everywhere: ~5 s in all. */
const EVENTUAL = { tries: 3, first: 2_500, longest: 5_000 };
/** Each try has a new ID token, so there is nothing to wait for. */
const ANEW = { tries: 2, first: 100, longest: 100 };
/**
 * Assumes a role with the job's OIDC token.
 * @throws DeployError `oidc-…`, `login-refused`, `login-failed`, and what any call throws (`callAws`)
 */
async function assumeByToken(aws, request, audience) {
    const client = new dist_cjs/* STSClient */.iM(aws.client);
    let claims;
    const call = {
        service: 'AWS STS',
        doing: `assume the role ${request.role}`,
        persist: persistFederated,
        explain: (refusal) => explainFederated(refusal, { request, audience, claims }),
    };
    return callAws(aws, call, async () => {
        const idToken = await (0,github_oidc/* requestIdToken */.g)(audience, aws.world);
        claims = idToken.claims;
        const command = new dist_cjs/* AssumeRoleWithWebIdentityCommand */.WH({
            ...toParameters(request),
            WebIdentityToken: idToken.token,
        });
        return toSession(await client.send(command, { abortSignal: aws.world.signal }), request, aws);
    });
}
function persistFederated({ code }) {
    if (code === 'AccessDenied')
        return EVENTUAL;
    return code === 'ExpiredToken' ? ANEW : undefined;
}
/**
 * Assumes a role as somebody.
 * @throws DeployError `login-refused`, `login-failed`, `login-expired`, and what any call throws
 */
async function assumeByRole(aws, request, by) {
    const client = new dist_cjs/* STSClient */.iM({ ...aws.client, credentials: by.session.credentials });
    const command = new dist_cjs/* AssumeRoleCommand */.QL({
        ...toParameters(request),
        ...(by.externalId === '' ? {} : { ExternalId: by.externalId }),
    });
    const call = {
        service: 'AWS STS',
        doing: `assume the role ${request.role}`,
        explain: (refusal) => explainChained(refusal, { request, caller: by.session.principal, isAmbient: by.isAmbient }),
    };
    return callAws(aws, call, async () => toSession(await client.send(command, { abortSignal: aws.world.signal }), request, aws));
}
function toParameters({ role, sessionName, narrowing }) {
    const { duration, inlinePolicy = '', managedPolicies = [] } = narrowing ?? {};
    return {
        RoleArn: role,
        RoleSessionName: sessionName,
        DurationSeconds: duration,
        ...(inlinePolicy === '' ? {} : { Policy: inlinePolicy }),
        ...(managedPolicies.length === 0
            ? {}
            : { PolicyArns: managedPolicies.map((arn) => ({ arn })) }),
    };
}
function toSession(answer, { role }, { world }) {
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
        throw new errors/* DeployError */.s('login-failed', 'AWS STS answered without credentials.', {
            hint: 'Something else may have answered in its place: check HTTPS_PROXY and AWS_ENDPOINT_URL_STS in the environment.',
        });
    }
    const credentials = {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
        expiration: Expiration,
    };
    hideCredentials(credentials, world);
    return { credentials, arn: answer.AssumedRoleUser?.Arn ?? '', principal: role };
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/login.js




/** Milliseconds: for how long EKS takes a token. */
const TOKEN_LIFE = 15 * 60_000;
/**
 * Logs in, and again whenever the session would end before a token that it signs now. Keys without a
 * known end are looked at each time: a token signed with dead ones would only be refused by the cluster.
 * The returned function throws `DeployError` `account-not-allowed` and what the single steps throw.
 */
function createAwsLogin(login, aws) {
    let kept;
    return async () => {
        const end = kept?.credentials.expiration?.getTime() ?? 0;
        if (kept && end - aws.world.clock.now().getTime() >= TOKEN_LIFE)
            return kept;
        kept = undefined;
        const session = await logIn(login, aws);
        refuseForeignAccount(login.allowedAccounts, session);
        kept = session;
        return session;
    };
}
async function logIn(login, aws) {
    const { role, chained } = login;
    const sessionName = login.sessionName || toSessionName(aws.world.session);
    const narrowing = login;
    const first = role
        ? await assumeByToken(aws, { role: role.arn, sessionName, narrowing: chained ? undefined : narrowing }, role.audience)
        : await readAmbient(aws);
    if (!chained)
        return first;
    return assumeByRole(aws, { role: chained.arn, sessionName, narrowing }, { session: first, externalId: chained.externalId, isAmbient: !role });
}
/** RoleSessionName: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function toSessionName(wish) {
    const name = wish.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
    return name.length < 2 ? 'slipway' : name;
}
function refuseForeignAccount(allowed, { arn }) {
    const account = accountOf(arn);
    if (allowed.length === 0 || allowed.includes(account))
        return;
    const message = `The AWS credentials are for account ${account}, which \`cluster.allowed-account-ids\` does not list (${allowed.join(', ')}).`;
    throw new errors/* DeployError */.s('account-not-allowed', message, {
        hint: 'Nothing was done. Log in to the right account, or add this one to `cluster.allowed-account-ids`.',
    });
}

// EXTERNAL MODULE: ./node_modules/@aws-crypto/sha256-js/build/main/index.js
var main = __webpack_require__(3156);
// EXTERNAL MODULE: ./node_modules/@smithy/protocol-http/dist-cjs/index.js
var protocol_http_dist_cjs = __webpack_require__(2356);
// EXTERNAL MODULE: ./node_modules/@smithy/signature-v4/dist-cjs/index.js
var signature_v4_dist_cjs = __webpack_require__(5118);
;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/sign-token.js




/** Beyond it EKS refuses a token: https://github.com/kubernetes-sigs/aws-iam-authenticator/issues/1106 */
const LARGEST_TOKEN = 4096;
/**
 * The host that the verifier of EKS accepts for the cluster's region, by the SDK's own rules with its flags
 * for FIPS and dual stack. Never an address of AWS_ENDPOINT_URL_STS: EKS itself asks there who signed.
 */
async function readStsHost(aws) {
    const { config } = new dist_cjs/* STSClient */.iM(aws.client);
    const [UseFIPS, UseDualStack] = await Promise.all([
        config.useFipsEndpoint(),
        config.useDualstackEndpoint(),
    ]);
    const parameters = { Region: aws.region, UseFIPS, UseDualStack, UseGlobalEndpoint: false };
    return config.endpointProvider(parameters).url.host;
}
/**
 * A request of GetCallerIdentity, signed for this cluster alone, that EKS sends in our place to learn who
 * we are. It refuses any parameter beyond these nine (aws-iam-authenticator, pkg/token), whose stated
 * life of 60 s it does not mind: it counts 15 minutes from the signature.
 */
async function signToken(credentials, { cluster, region, host, now }) {
    const signer = new signature_v4_dist_cjs.SignatureV4({ service: 'sts', region, credentials, sha256: main.Sha256 });
    const request = new protocol_http_dist_cjs/* HttpRequest */.Kd({
        method: 'GET',
        protocol: 'https:',
        hostname: host,
        path: '/',
        headers: { host, 'x-k8s-aws-id': cluster },
        query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    });
    const { query = {} } = await signer.presign(request, { expiresIn: 60, signingDate: now });
    const pairs = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
    const url = `https://${host}/?${pairs.join('&')}`;
    return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/aws/tokens.js



/** Milliseconds that a token is not used of its life, for clocks and slow requests; as the AWS CLI has it. */
const MARGIN = 60_000;
/** Tokens for a cluster by its name: nothing is asked of EKS. */
function createAwsTokens(spec, world) {
    const aws = createAws(spec.region, world);
    tellOverride(world);
    return createTokens(aws, createAwsLogin(spec.login, aws), spec.name);
}
/**
 * `cluster`: as EKS calls it.
 * `mint` throws what the login throws.
 */
function createTokens(aws, login, cluster) {
    const { world, region } = aws;
    let large;
    return {
        async mint() {
            const { credentials } = await login();
            const host = await readStsHost(aws);
            const now = world.clock.now();
            const token = await signToken(credentials, { cluster, region, host, now });
            world.hide(token);
            const told = token.length > LARGEST_TOKEN ? tellLarge(token) : undefined;
            if (told && !large)
                world.log(told);
            large = told;
            const end = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
            return { token, expiresAt: Math.min(now.getTime() + TOKEN_LIFE - MARGIN, end) };
        },
        largeToken: () => large,
    };
}
function tellLarge(token) {
    const size = token.length.toLocaleString('en-US');
    const limit = LARGEST_TOKEN.toLocaleString('en-US');
    return `EKS may refuse this token (${size} bytes > ${limit}): the role's session token is unusually large. Shorten \`cluster.inline-session-policy\` and \`cluster.managed-session-policies\`, or the tags of the role's session.`;
}
function tellOverride({ environment, log }) {
    const name = ['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL'].find((name) => environment[name]);
    if (name === undefined || environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true')
        return;
    log(`${name} leads the login to another STS; the cluster's token still names the official one.`);
}


/***/ })

};
