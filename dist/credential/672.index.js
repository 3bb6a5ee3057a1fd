export const id = 672;
export const ids = [672];
export const modules = {

/***/ 1672:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createGoogleTokens: () => (/* binding */ createGoogleTokens)
});

// UNUSED EXPORTS: createTokens

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.bundle/lib/errors.js
var errors = __webpack_require__(1079);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/index.js
var src = __webpack_require__(492);
// EXTERNAL MODULE: ./.bundle/lib/release/json.js
var release_json = __webpack_require__(824);
// EXTERNAL MODULE: ./.bundle/lib/auth/https.js
var https = __webpack_require__(1468);
// EXTERNAL MODULE: ./.bundle/lib/auth/proxy-agent.js + 1 modules
var proxy_agent = __webpack_require__(6846);
// EXTERNAL MODULE: ./.bundle/lib/auth/retry.js
var retry = __webpack_require__(2283);
;// CONCATENATED MODULE: ./.bundle/lib/auth/google/refusal.js

/** Both shapes: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 and https://google.aip.dev/193 */
function parseRefusal({ status, text }) {
    const told = (0,release_json/* parseJsonMap */._)(text) ?? {};
    if (!(0,release_json/* isMap */.j)(told.error)) {
        const message = toLine(told.error_description ?? (told.error ? '' : text));
        return { status, code: toLine(told.error), reason: '', message };
    }
    const { status: code, message, details } = told.error;
    const list = Array.isArray(details) ? details : [];
    const reason = list.map((one) => toLine(one?.reason)).find((one) => one !== '') ?? '';
    return { status, code: toLine(code), reason, message: toLine(message) };
}
/** Characters that a message shows of what may be a whole page. */
const SHOWN = 300;
function toLine(value) {
    return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim().slice(0, SHOWN) : '';
}
/**
 * Seconds between this machine's clock and the server's, by its Date header; undefined: not told, or
 * too little to be a cause.
 */
function readSkew({ headers }, now) {
    const skew = Math.round((now.getTime() - Date.parse(headers.date ?? '')) / 1000);
    return Math.abs(skew) >= NOTABLE ? skew : undefined;
}
const NOTABLE = 60;

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/services.js
/** The version in the path of each service that we ask; empty: none. */
const VERSIONS = {
    cloudresourcemanager: '/v3',
    connectgateway: '/v1',
    container: '/v1',
    gkehub: '/v1',
    iamcredentials: '/v1',
    oauth2: '',
    sts: '/v1',
};
/**
 * Where a service is asked, with the version and without a slash at the end. Variables that users know
 * lead elsewhere: gcloud's `CLOUDSDK_API_ENDPOINT_OVERRIDES_STS`, without the version, and those of
 * google-github-actions, `GHA_ENDPOINT_OVERRIDE_sts`, with it.
 */
function toServiceUrl(service, { universe, environment }) {
    const version = VERSIONS[service];
    const full = environment[`GHA_ENDPOINT_OVERRIDE_${service}`];
    if (full)
        return withoutSlash(full);
    const base = environment[`CLOUDSDK_API_ENDPOINT_OVERRIDES_${service.toUpperCase()}`];
    return `${withoutSlash(base || `https://${service}.${universe}`)}${version}`;
}
function withoutSlash(url) {
    return url.replace(/\/+$/, '');
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/client.js







function connectGoogle(universe, world) {
    return { world, universe, agent: (0,proxy_agent/* createProxyAgent */.I)(world.environment) };
}
/** Address of a service, or of something in it. */
function toAddress(google, service, path = '') {
    const { universe, world } = google;
    return `${toServiceUrl(service, { universe, environment: world.environment })}${path}`;
}
/**
 * Asks one of Google's REST services, again when the failure may pass.
 * @throws StatusError for a refusal, RetriesEnded, and as `requestText`
 */
async function requestJson(request, google) {
    const { url, bearer, body } = request;
    const answer = await withPatience(request.service, google, () => requestSuccess({
        url: new URL(url),
        method: body ? 'POST' : 'GET',
        headers: {
            accept: 'application/json',
            authorization: `Bearer ${bearer}`,
            ...(body && { 'content-type': 'application/json' }),
        },
        body: body ? JSON.stringify(body) : '',
    }, google));
    const told = (0,release_json/* parseJsonMap */._)(answer.text);
    if (!told)
        throw new Error(NO_JSON);
    return told;
}
const NO_JSON = 'what answered in its place is no service of Google (no JSON)';
/** Retries of what may pass, of our own requests and of the library's. */
function withPatience(service, { world }, attempt) {
    const judge = (error) => judgeGoogle(error, world.clock.now());
    return (0,retry/* withRetries */.LH)({ service, world, judge }, async () => {
        try {
            return await attempt();
        }
        catch (error) {
            throw unwrap(error);
        }
    });
}
/** The library's own transport over our requests: our proxy's rules, our timeouts, no retries, no log. */
function createTransporter(google) {
    const transporter = new src.gaxios.Gaxios({
        // Never used, but without one the library looks for a proxy by rules of its own.
        agent: google.agent,
        async fetchImplementation(input, init = {}) {
            const { method = 'GET', headers, body = '' } = init;
            const request = {
                url: redirect(new URL(String(input)), google),
                method: method === 'POST' ? method : 'GET',
                headers: Object.fromEntries(new Headers(headers)),
                body: String(body ?? ''),
            };
            const { text, status, headers: told } = await requestSuccess(request, google);
            const type = told['content-type'] ?? 'text/plain';
            return new Response(text, { status, headers: { 'content-type': type } });
        },
    });
    transporter.interceptors.request.add({
        resolved: async (options) => Object.assign(options, { retry: false, retryConfig: undefined }),
    });
    return transporter;
}
/** The address of this service is fixed in the library. */
function redirect(url, google) {
    const isToken = url.href === 'https://oauth2.googleapis.com/token';
    return isToken ? new URL(toAddress(google, 'oauth2', '/token')) : url;
}
/** Milliseconds for one try. */
const TIMEOUT = 20_000;
async function requestSuccess(request, google) {
    const { agent, world } = google;
    const answer = await (0,https/* requestText */.T9)({ ...request, agent, signal: world.signal, timeout: TIMEOUT });
    if (answer.status < 200 || answer.status > 299)
        throw new retry/* StatusError */.Xs(answer);
    return answer;
}
/**
 * What we threw below the library; its own errors hold the whole request, with its secrets. A success
 * that is no JSON makes it stumble with an error that quotes the answer.
 */
function unwrap(error) {
    let inner = error;
    while (inner instanceof src.gaxios.GaxiosError && inner.cause !== undefined)
        inner = inner.cause;
    if (inner instanceof TypeError && !('code' in inner))
        return new Error(NO_JSON);
    if (!(inner instanceof src.gaxios.GaxiosError))
        return inner;
    return new Error(inner.message);
}
/** Besides what may pass anywhere: Google did not reach GitHub for its keys. */
function judgeGoogle(error, now) {
    const isKeys = error instanceof retry/* StatusError */.Xs &&
        /Error connecting to the given credential's issuer/.test(parseRefusal(error.answer).message);
    if (isKeys)
        return { type: 'answer', said: 'that it could not fetch the keys of the issuer' };
    return (0,retry/* judgeHttp */.i2)(error, now);
}

// EXTERNAL MODULE: ./.bundle/lib/auth/claims.js
var auth_claims = __webpack_require__(8976);
;// CONCATENATED MODULE: ./.bundle/lib/auth/google/credentials-text.js


/** @throws DeployError `login-missing` when it is empty, `input-invalid`; neither quotes it */
function parseCredentials({ json, named }) {
    if (json.trim() === '') {
        throw new errors/* DeployError */.s('login-missing', `${named} is empty.`, {
            hint: 'Secrets are not passed to runs from forks or Dependabot; otherwise check the name of the secret.',
        });
    }
    const fields = (0,release_json/* parseJsonMap */._)(json);
    if (fields)
        return fields;
    throw new errors/* DeployError */.s('input-invalid', `${named} is not the JSON of Google credentials.`, {
        hint: 'Give it the whole file as Google made it, from { to }, not in base64.',
    });
}
/** @throws DeployError `input-invalid` */
function readField(name, fields, { named }) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '')
        return value;
    throw new errors/* DeployError */.s('input-invalid', `${named} has no ${name}.`, {
        hint: 'Give it the whole file as Google made it.',
    });
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/exchange-refusals.js


/** Whether the token was too old when Google saw it: a new one may do. */
function isStale({ code, message }) {
    return code === 'invalid_grant' && /stale|expired/i.test(message);
}
/** Why Google did not take a token for one of its own; undefined: nothing that we know. */
function explainExchange(refusal, answer, told) {
    const { code, message } = refusal;
    if (isStale(refusal))
        return tellStale(message, answer, told);
    if (code === 'unauthorized_client' && /attribute condition/i.test(message)) {
        return tellCondition(told);
    }
    if (code === 'invalid_target')
        return tellTarget(told);
    if (/\b127 bytes/.test(message))
        return tellLength(message, told);
    if (/\bissuer\b/i.test(message))
        return tellIssuer(message, told);
    if (/\baudience\b/i.test(message))
        return tellAudience(told);
    return undefined;
}
function tellCondition({ asked, claims }) {
    const sent = (0,auth_claims/* tellClaims */.dl)(claims, ['repository', 'ref', 'sub']);
    const { advice } = (0,auth_claims/* tellSubject */.yh)(claims);
    return {
        code: 'login-refused',
        message: `Google's provider rejected this workflow: attribute condition not met. ${sent}`,
        hint: join(`The attribute condition of the provider in ${asked.named} must allow exactly these (case-sensitive).`, advice),
    };
}
function tellTarget({ asked }) {
    return {
        code: 'login-refused',
        message: `Provider "${toProvider(asked)}" does not exist or is disabled or deleted, or its pool is.`,
        hint: `Check ${asked.named} letter by letter: the project is given by its number, and a deleted pool keeps its name for 30 days.`,
    };
}
function tellLength(message, { asked, claims }) {
    const [, attribute = 'google.subject'] = /attribute (\S+)/.exec(message) ?? [];
    const bytes = Buffer.byteLength(claims.sub);
    // Only this one is most often the claim itself.
    const size = attribute === 'google.subject' && bytes > 127 ? `${bytes} bytes` : 'too long';
    return {
        code: 'login-refused',
        message: `Google's provider rejected this workflow: ${attribute} would be ${size} (limit 127). ${(0,auth_claims/* tellClaims */.dl)(claims, ['sub'])}`,
        hint: `Map a shorter claim, such as assertion.repository_id, in the provider of ${asked.named}.`,
    };
}
function tellIssuer(message, { asked, claims }) {
    return {
        code: 'login-refused',
        message: `The provider of ${asked.named} expects another issuer than GitHub's "${claims.iss}": ${message}`,
        hint: 'Give the provider the issuer of this GitHub: https://token.actions.githubusercontent.com, one of an enterprise, or https://HOST/_services/token of a GitHub Enterprise Server.',
    };
}
function tellAudience({ asked, claims }) {
    return {
        code: 'login-refused',
        message: `Google's provider does not allow the audience "${claims.aud}".`,
        hint: `Set \`cluster.audience\` to one that the provider of ${asked.named} lists, or add this one to it.`,
    };
}
function tellStale(message, answer, { now }) {
    const skew = readSkew(answer, now);
    if (skew !== undefined)
        return tellSkew(skew);
    return {
        code: 'login-refused',
        message: `Google takes GitHub's OIDC token for too old: ${message}`,
        hint: 'A token lives 5 minutes: re-run the job; if it stays so, check the clock of the runner.',
    };
}
/** `skew`: seconds that this machine is ahead. */
function tellSkew(skew) {
    const side = skew < 0 ? 'behind' : 'ahead of';
    return {
        code: 'clock-skew',
        message: `The runner's clock is ${Math.abs(skew)} s ${side} that of Google (Date header).`,
        hint: "Set the runner's clock by NTP.",
    };
}
function toProvider({ audience }) {
    return audience.replace(/^\/\/[^/]+\//, '');
}
function join(...sentences) {
    return sentences.filter(Boolean).join(' ');
}

// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/auth/stscredentials.js
var stscredentials = __webpack_require__(121);
// EXTERNAL MODULE: ./.bundle/lib/auth/unanswered.js
var unanswered = __webpack_require__(4321);
;// CONCATENATED MODULE: ./.bundle/lib/auth/google/failure.js




/** Whatever stopped a request, as what the user can act on; no secret comes out of here. */
function toDeployError(error, doing, { world }) {
    if (error instanceof errors/* DeployError */.s || world.signal.aborted)
        return error;
    if (error instanceof retry/* RetriesEnded */.XO) {
        return (0,unanswered/* tellUnanswered */.w)(error, { service: doing.service, code: 'login-failed' });
    }
    if (error instanceof retry/* StatusError */.Xs)
        return tellRefusal(error, doing);
    return (0,unanswered/* tellUnasked */.z)(error, { service: doing.service, code: 'login-failed' });
}
function tellRefusal(error, doing) {
    const refusal = parseRefusal(error.answer);
    const told = isForeign(error.answer)
        ? tellForeign(refusal, doing)
        : (doing.explain(refusal, error) ?? tellPlainly(refusal, doing));
    return new errors/* DeployError */.s(told.code, told.message, {
        cause: error,
        hint: told.hint,
        said: error.answer.text,
    });
}
/** A redirect or a page: the services speak JSON. */
function isForeign({ status, text }) {
    return status < 400 || /^\s*</.test(text);
}
function tellForeign({ status }, { service }) {
    return {
        code: 'login-failed',
        message: `What answered in the place of ${service.replace(/^The /, 'the ')} is no service of Google (HTTP ${status}, no JSON).`,
        hint: 'Check how the runner reaches it: firewall, HTTPS_PROXY and NO_PROXY; then re-run the job.',
    };
}
function tellPlainly({ status, code, message }, { service }) {
    const said = [code, message].filter(Boolean).join(': ') || 'without a reason';
    return {
        code: 'login-refused',
        message: `${service} refused the request (HTTP ${status}): ${said}`,
        hint: 'Check `gcp-workload-identity-provider`, `gcp-service-account` and `gcp-project` against what Google says; changes of IAM take up to 5 minutes.',
    };
}
/** The answer was a success but lacks what it is for. */
function tellIncomplete(service, lacking) {
    const message = `${service} answered without ${lacking}.`;
    return new errors/* DeployError */.s('login-failed', message, {
        hint: 'Something else may have answered in its place, such as a proxy: let the runner reach Google directly, or re-run the job.',
    });
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/exchange.js





const SERVICE = "Google's token exchange";
/** Seconds; a direct token lives as long as what is left of GitHub's, which is 5 minutes at most. */
const LIFE = 300;
/**
 * https://docs.cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token
 * @throws DeployError `login-refused`, `clock-skew`, `login-failed`
 */
async function exchange(asked, google) {
    const { world } = google;
    const claims = (0,auth_claims/* parseClaims */.Df)(asked.subject);
    const start = world.clock.now().getTime();
    const client = new stscredentials.StsCredentials({
        tokenExchangeEndpoint: asked.tokenUrl,
        transporter: createTransporter(google),
    });
    try {
        const answer = await withPatience(SERVICE, google, () => client.exchangeToken(toOptions(asked)));
        const { access_token: token, expires_in: told } = answer;
        const life = Number(told) || LIFE;
        if (typeof token !== 'string' || token === '')
            throw tellIncomplete(SERVICE, 'a token');
        world.hide(token);
        return { token, expiresAt: start + life * 1000, ...toPrincipal(asked, claims) };
    }
    catch (error) {
        const told = { asked, claims, now: world.clock.now() };
        throw toDeployError(error, {
            service: SERVICE,
            explain: (refusal, { answer }) => explainExchange(refusal, answer, told),
        }, google);
    }
}
function toOptions({ subject, subjectType, audience }) {
    return {
        grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
        requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
        scope: ['https://www.googleapis.com/auth/cloud-platform'],
        audience,
        subjectToken: subject,
        subjectTokenType: subjectType,
    };
}
/**
 * By the usual mapping of the subject; what is no JWT, such as a signed request to AWS, tells nobody.
 * https://docs.cloud.google.com/iam/docs/principal-identifiers
 */
function toPrincipal({ audience, named }, claims) {
    const { sub, repository } = claims;
    if (sub === '')
        return { identity: `the external account of ${named}`, member: '' };
    const pool = audience.replace(/^\/\//, '').replace(/\/providers\/.*$/, '');
    const identity = `principal://${pool}/subject/${sub}`;
    // Never the whole repository, whose pull requests could then do as its deploys.
    return { identity, member: identity, claims: repository === '' ? undefined : claims };
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/token.js
/** Whether it is one of direct federation, of nobody but the job itself: not every service takes it, and it lives 5 minutes at most. */
function isDirect({ identity }) {
    return identity.startsWith('principal:');
}
/** What a cluster's login may do; the address because bindings in the cluster name it by that. */
const SCOPES = [
    'https://www.googleapis.com/auth/cloud-platform',
    'https://www.googleapis.com/auth/userinfo.email',
];
/** An owner known by address. */
function toServiceAccount(email) {
    return { identity: email, member: `serviceAccount:${email}` };
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/impersonate.js






const impersonate_SERVICE = "Google's service for service-account tokens";
/** Seconds: the longest that every organisation allows, and what still passes when the clocks differ. */
const LIVES = [3600, 3300];
/**
 * A token of the service account, by right of the one given.
 * https://docs.cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken
 * @throws DeployError `login-refused`, `login-failed`
 */
async function impersonate(email, by, google) {
    try {
        const answer = await request(email, by, google);
        const { accessToken: token, expireTime } = answer;
        if (typeof token !== 'string')
            throw tellIncomplete(impersonate_SERVICE, 'a token');
        google.world.hide(token);
        const end = Date.parse(String(expireTime));
        const expiresAt = Number.isNaN(end) ? undefined : end;
        return { token, expiresAt, claims: by.claims, ...toServiceAccount(email) };
    }
    catch (error) {
        const explain = (refusal) => explainImpersonation(refusal, email, by);
        throw toDeployError(error, { service: impersonate_SERVICE, explain }, google);
    }
}
async function request(email, by, google) {
    const path = `/projects/-/serviceAccounts/${encodeURIComponent(email)}:generateAccessToken`;
    const ask = (seconds) => requestJson({
        service: impersonate_SERVICE,
        url: toAddress(google, 'iamcredentials', path),
        bearer: by.token,
        body: { scope: SCOPES, lifetime: `${seconds}s` },
    }, google);
    try {
        return await ask(LIVES[0]);
    }
    catch (error) {
        if (!isTooLong(error))
            throw error;
        return ask(LIVES[1]);
    }
}
function isTooLong(error) {
    return error instanceof retry/* StatusError */.Xs && /cannot exceed/.test(parseRefusal(error.answer).message);
}
function explainImpersonation({ status, reason, message }, email, by) {
    if (reason === 'SERVICE_DISABLED')
        return tellDisabled(message);
    if (status === 404)
        return tellMissing(email);
    if (status !== 403)
        return undefined;
    return by.claims ? tellWorkflow(email, by) : tellOther(email, by);
}
function tellWorkflow(email, { claims, member }) {
    if (!claims)
        return undefined;
    const { advice } = (0,auth_claims/* tellSubject */.yh)(claims);
    const grant = `On the service account for this job, grant roles/iam.workloadIdentityUser to ${member}, and check the address; changes of IAM take up to 5 minutes.`;
    return {
        code: 'login-refused',
        message: `The GitHub identity may not impersonate ${email} (\`gcp-service-account\`). ${(0,auth_claims/* tellClaims */.dl)(claims, ['repository', 'ref', 'sub'])}`,
        hint: `${advice} ${grant}`.trim(),
    };
}
function tellOther(email, { identity, member }) {
    return {
        code: 'login-refused',
        message: `${identity} may not impersonate ${email} (\`gcp-service-account\`).`,
        hint: `On this service account, grant roles/iam.serviceAccountTokenCreator to ${member || 'the login'}, and check the address; changes of IAM take up to 5 minutes.`,
    };
}
function tellMissing(email) {
    return {
        code: 'login-refused',
        message: `There is no service account ${email}.`,
        hint: 'Check the address in `gcp-service-account`.',
    };
}
function tellDisabled(message) {
    const [, project = 'of the service account'] = /project (\S+)/.exec(message) ?? [];
    return {
        code: 'login-refused',
        message: `The IAM Service Account Credentials API is not enabled in project ${project}.`,
        hint: `Enable iamcredentials.googleapis.com in project ${project}; it takes a few minutes.`,
    };
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/external.js








/**
 * From an `external_account`: fetches the token that it describes, exchanges it, and acts as the service
 * account that it names. https://google.aip.dev/auth/4117
 * @throws DeployError `input-invalid` for one that we do not follow
 */
function createExternal(fields, text, google) {
    const read = (name) => readField(name, fields, text);
    const asked = {
        subjectType: read('subject_token_type'),
        audience: read('audience'),
        tokenUrl: toSafe(read('token_url'), text),
        named: text.named,
    };
    const url = fields['service_account_impersonation_url'];
    const email = url === undefined ? '' : parseEmail(toSafe(String(url), text), text);
    const source = readSource(fields, text);
    hideHeaders(source, google);
    return async () => {
        const subject = await readSubject(createClient(fields, source, google), text, google);
        const token = await exchange({ ...asked, subject }, google);
        return email === '' ? token : impersonate(email, token, google);
    };
}
function createClient(fields, source, google) {
    const options = {
        ...fields,
        transporter: createTransporter(google),
        useAuthRequestParameters: false,
    };
    return typeof source['environment_id'] === 'string'
        ? new src.AwsClient(options)
        : new src.IdentityPoolClient(options);
}
async function readSubject(client, { named }, google) {
    const service = `The token source of ${named}`;
    try {
        const subject = await withPatience(service, google, () => client.retrieveSubjectToken());
        google.world.hide(subject);
        return subject;
    }
    catch (error) {
        throw toDeployError(error, {
            service,
            explain: ({ status }) => ({
                code: 'oidc-failed',
                message: `${service} gave no token (HTTP ${status}).`,
                hint: 'The step that made these credentials must run in the same job, less than 6 hours before; or let us ask GitHub: set `gcp-workload-identity-provider`.',
            }),
        }, google);
    }
}
function readSource(fields, { named }) {
    const given = fields['credential_source'];
    const source = (0,release_json/* isMap */.j)(given) ? given : {};
    const { url, file, environment_id: environment } = source;
    if (typeof url === 'string')
        toSafeSource(url, named);
    if (url ?? file ?? environment)
        return source;
    throw new errors/* DeployError */.s('input-invalid', `${named} has no token source that we follow.`, {
        hint: 'Known are a url, a file and the environment of AWS; or log in by `gcp-workload-identity-provider`.',
    });
}
/** The request token of GitHub is in a header. */
function hideHeaders({ headers }, { world }) {
    if (!(0,release_json/* isMap */.j)(headers))
        return;
    for (const value of Object.values(headers))
        world.hide(String(value).replace(/^Bearer /i, ''));
}
/** Secrets go there, so that the connection has to be a safe one. */
function toSafe(url, { named }) {
    if (URL.parse(url)?.protocol === 'https:')
        return url;
    throw tellUnsafe(named);
}
/** The metadata services of machines speak plain HTTP, which never leaves the machine. */
function toSafeSource(url, named) {
    const { protocol, hostname } = URL.parse(url) ?? {};
    const isOwn = /^(localhost|127\.0\.0\.1|\[::1\]|169\.254\.\d+\.\d+)$/.test(hostname ?? '');
    if (protocol !== 'https:' && !(protocol === 'http:' && isOwn))
        throw tellUnsafe(named);
}
function tellUnsafe(named) {
    return new errors/* DeployError */.s('input-invalid', `${named} names an address that is not https://…`, {
        hint: 'Use credentials as Google or google-github-actions/auth made them.',
    });
}
function parseEmail(url, { named }) {
    const [, email] = /\/serviceAccounts\/([^/:]+):generateAccessToken$/.exec(url) ?? [];
    if (email !== undefined)
        return decodeURIComponent(email);
    const message = `${named} has a service_account_impersonation_url that names no service account.`;
    throw new errors/* DeployError */.s('input-invalid', message, {
        hint: 'Use credentials as Google or google-github-actions/auth made them.',
    });
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/credentials.js










const credentials_SERVICE = "Google's token service";
/**
 * From the JSON of a service account's key, of an external account as google-github-actions/auth leaves
 * it, or of a user.
 * @throws DeployError `login-missing` when it is empty, `input-invalid` when it is something else
 */
function createFromCredentials(text, google) {
    const fields = parseCredentials(text);
    const field = (name) => readField(name, fields, text);
    const shared = {
        universeDomain: google.universe,
        transporter: createTransporter(google),
        // These would write requests to the log.
        useAuthRequestParameters: false,
    };
    switch (fields['type']) {
        case 'service_account': {
            const email = field('client_email');
            const key = field('private_key');
            google.world.hide(key);
            const keyId = String(fields['private_key_id'] ?? '');
            const create = () => new src.JWT({ ...shared, email, key, keyId, scopes: [...SCOPES] });
            return () => mint(create, toServiceAccount(email), { text, google });
        }
        case 'authorized_user': {
            const clientId = field('client_id');
            const clientSecret = field('client_secret');
            const refreshToken = field('refresh_token');
            for (const secret of [clientSecret, refreshToken])
                google.world.hide(secret);
            const create = () => new src.UserRefreshClient({ ...shared, clientId, clientSecret, refreshToken });
            const identity = `the user of ${text.named}`;
            return () => mint(create, { identity, member: '' }, { text, google });
        }
        case 'external_account':
            return createExternal(fields, text, google);
        default:
            throw tellType(fields['type'], text);
    }
}
/** A client of its own each time: the library would give the last token again. */
async function mint(create, owner, { text, google }) {
    try {
        return await withPatience(credentials_SERVICE, google, async () => {
            const client = create();
            const headers = await client.getRequestHeaders();
            const token = (headers.get('authorization') ?? '').replace(/^Bearer /, '');
            if (token === '')
                throw tellIncomplete(credentials_SERVICE, 'a token');
            google.world.hide(token);
            // In other universes the library signs the token itself, so that it tells its end.
            const { exp } = (0,auth_claims/* parseClaims */.Df)(token);
            const expiresAt = exp ? exp * 1000 : client.credentials.expiry_date || undefined;
            return { token, expiresAt, ...owner };
        });
    }
    catch (error) {
        throw toDeployError(toUnreadable(error, text), {
            service: credentials_SERVICE,
            explain: (refusal, { answer }) => explainKey(refusal, readSkew(answer, google.world.clock.now()), text),
        }, google);
    }
}
function explainKey({ code, message }, skew, { named }) {
    if (code !== 'invalid_grant')
        return undefined;
    if (/iat and exp/.test(message) && skew !== undefined)
        return tellSkew(skew);
    return {
        code: 'login-refused',
        message: `Google refused the key or login of ${named}: ${message}`,
        hint: 'It was probably deleted or disabled: make a new one, or log in without a key by `gcp-workload-identity-provider`.',
    };
}
/** OpenSSL's words for a key that it cannot read hold nothing of the key. */
function toUnreadable(error, { named }) {
    const { code = '' } = error;
    if (!/^ERR_OSSL_|^ERR_CRYPTO_/.test(String(code)))
        return error;
    const message = `The private_key in ${named} is not a key in PEM.`;
    return new errors/* DeployError */.s('input-invalid', message, {
        hint: 'Store the JSON of the key unchanged: its line breaks are written as \\n.',
    });
}
function tellType(type, { named }) {
    const found = typeof type === 'string' ? `of type "${type.slice(0, 40)}"` : 'without a type';
    return new errors/* DeployError */.s('input-invalid', `${named} holds credentials ${found}.`, {
        hint: 'Known are service_account, external_account and authorized_user; or log in by `gcp-workload-identity-provider`.',
    });
}

// EXTERNAL MODULE: ./.bundle/lib/auth/github-oidc.js
var github_oidc = __webpack_require__(5354);
;// CONCATENATED MODULE: ./.bundle/lib/auth/google/federation.js







/** GitHub's token for this job against one of Google's; a stale one is fetched anew, once. */
function createFederation({ provider, audience }, google) {
    const host = `iam.${google.universe}`;
    async function attempt() {
        const { token } = await (0,github_oidc/* requestIdToken */.g)(audience, google.world);
        const asked = {
            subject: token,
            subjectType: 'urn:ietf:params:oauth:token-type:jwt',
            audience: `//${host}/${provider}`,
            tokenUrl: toAddress(google, 'sts', '/token'),
            named: '`gcp-workload-identity-provider`',
        };
        return exchange(asked, google);
    }
    return async () => {
        try {
            return await attempt();
        }
        catch (error) {
            if (!wasStale(error))
                throw error;
            google.world.log("Google takes GitHub's OIDC token for too old; trying again with a new one");
            return attempt();
        }
    };
}
function wasStale(error) {
    const cause = error instanceof errors/* DeployError */.s ? error.cause : undefined;
    return cause instanceof retry/* StatusError */.Xs && isStale(parseRefusal(cause.answer));
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/metadata.js







const metadata_SERVICE = "The machine's metadata server";
/** Where it is on every machine of Google's, GKE's pods included. */
const HOST = '169.254.169.254';
/** Milliseconds; other machines have nobody there, or somebody else's. */
const metadata_TIMEOUT = 3_000;
/**
 * The machine's own service account.
 * https://docs.cloud.google.com/compute/docs/access/authenticate-workloads#applications
 * @throws DeployError `login-missing` when the machine has none, `login-failed`
 */
async function readMachine(google) {
    const { world } = google;
    const start = world.clock.now().getTime();
    try {
        const email = await read('email', google);
        const told = await read(`token?scopes=${encodeURIComponent(SCOPES.join(','))}`, google);
        const { access_token: token, expires_in: life } = (0,release_json/* parseJsonMap */._)(told) ?? {};
        if (typeof token !== 'string' || token === '')
            throw tellIncomplete(metadata_SERVICE, 'a token');
        world.hide(token);
        return { token, expiresAt: start + toSeconds(life) * 1000, ...toServiceAccount(email.trim()) };
    }
    catch (error) {
        throw toDeployError(error, { service: metadata_SERVICE, explain: () => undefined }, google);
    }
}
/** Google always says it; without it a token is renewed soon. */
function toSeconds(life) {
    return typeof life === 'number' ? life : 300;
}
/** @throws DeployError `login-missing` when this is no machine of Google's */
async function read(what, google) {
    const { environment } = google.world;
    const given = environment['GCE_METADATA_IP'] || environment['GCE_METADATA_HOST'] || HOST;
    const base = /^https?:\/\//.test(given) ? given : `http://${given}`;
    const url = new URL(`/computeMetadata/v1/instance/service-accounts/default/${what}`, base);
    return withPatience(metadata_SERVICE, google, async () => {
        const answer = await ask(url, google);
        if (answer?.headers['metadata-flavor'] !== 'Google' || answer.status === 404)
            throw tellNone();
        if (answer.status !== 200)
            throw new retry/* StatusError */.Xs(answer);
        return answer.text;
    });
}
/** Undefined: nobody is there, so that trying again is no use. */
async function ask(url, { agent, world }) {
    const headers = { 'metadata-flavor': 'Google' };
    try {
        const rest = { method: 'GET', headers, body: '', agent, timeout: metadata_TIMEOUT };
        return await (0,https/* requestText */.T9)({ url, signal: world.signal, ...rest });
    }
    catch {
        world.signal.throwIfAborted();
        return undefined;
    }
}
function tellNone() {
    const message = 'No Google credentials: `gcp-workload-identity-provider` is not set, no earlier step has logged in, and this machine has no service account.';
    return new errors/* DeployError */.s('login-missing', message, {
        hint: 'Set `gcp-workload-identity-provider` (OIDC), or run google-github-actions/auth before this step.',
    });
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/tokens.js







/** Tokens for a GKE cluster and for Google's own services; the cluster itself is not asked. */
function createGoogleTokens(spec, world) {
    return createTokens(spec.login, connectGoogle(spec.universe, world));
}
function createTokens({ source, serviceAccount }, google) {
    let mintOwn;
    return {
        async mint() {
            mintOwn ??= createSource(source, google);
            const own = await mintOwn();
            if (serviceAccount === '' || serviceAccount === own.identity)
                return own;
            return impersonate(serviceAccount, own, google);
        },
    };
}
function createSource(source, google) {
    switch (source.type) {
        case 'federation':
            return createFederation(source, google);
        case 'credentials':
            return createFromCredentials({ json: source.json, named: `\`${source.name}\`` }, google);
        case 'access-token':
            return createStatic(source.token, google);
        case 'ambient':
            return createAmbient(google);
    }
}
function createStatic(token, google) {
    if (token.trim() === '') {
        throw new errors/* DeployError */.s('login-missing', '`cluster.access-token` is empty.', {
            hint: 'Secrets are not passed to runs from forks or Dependabot; otherwise check the name of the variable.',
        });
    }
    google.world.hide(token);
    const identity = 'the owner of `cluster.access-token`';
    return async () => ({ token, identity, member: '' });
}
/** The file is read once: the step that made it may take it away before we end. */
function createAmbient(google) {
    const { environment, files } = google.world;
    const file = environment['GOOGLE_APPLICATION_CREDENTIALS'];
    if (!file)
        return () => readMachine(google);
    const json = files.read(external_node_path_.resolve(file));
    if (json !== undefined) {
        const named = 'GOOGLE_APPLICATION_CREDENTIALS';
        return createFromCredentials({ json, named }, google);
    }
    const message = 'GOOGLE_APPLICATION_CREDENTIALS points to a file that does not exist (any more).';
    throw new errors/* DeployError */.s('login-missing', message, {
        hint: 'Was actions/checkout run after google-github-actions/auth? It empties the workspace: check out first, or set `gcp-workload-identity-provider`.',
    });
}


/***/ })

};
