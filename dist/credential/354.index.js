export const id = 354;
export const ids = [354];
export const modules = {

/***/ 8976:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Df: () => (/* binding */ parseClaims),
/* harmony export */   dl: () => (/* binding */ tellClaims),
/* harmony export */   yh: () => (/* binding */ tellSubject)
/* harmony export */ });
/* harmony import */ var _release_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(824);

/** Reads the claims of a JWT without verifying it; those of what is none are empty. */
function parseClaims(token) {
    const [, payload = ''] = token.split('.');
    const fields = (0,_release_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJsonMap */ ._)(Buffer.from(payload, 'base64url').toString('utf8')) ?? {};
    const text = (name) => toText(fields[name]);
    const time = (name) => (typeof fields[name] === 'number' ? fields[name] : undefined);
    return {
        sub: text('sub'),
        aud: text('aud'),
        iss: text('iss'),
        repository: text('repository'),
        ref: text('ref'),
        environment: text('environment'),
        iat: time('iat'),
        exp: time('exp'),
    };
}
/** An audience may be a list: https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3 */
function toText(value) {
    if (Array.isArray(value))
        return value.map(toText).filter(Boolean).join(', ');
    return typeof value === 'string' ? value : '';
}
/** Some claims as a sentence: `GitHub sent sub="repo:a/b:ref:refs/heads/main", aud="sts.amazonaws.com".` */
function tellClaims(claims, names) {
    return `GitHub sent ${names.map((name) => `${name}="${claims[name]}"`).join(', ')}.`;
}
/** For the refusal of a login: what the trust policy has to allow, and why it may not. */
function tellSubject(claims) {
    return {
        sent: tellClaims(claims, ['sub', 'aud']),
        advice: [tellImmutable(claims), tellKind(claims)].filter(Boolean).join(' '),
    };
}
/** Repositories of 2026-07-15 and later: `repo:acme@12/shop@34:…`. */
function tellImmutable({ sub }) {
    if (!/^repo:[^/:]+@\d+\/[^/:]+@\d+:/.test(sub))
        return '';
    const name = sub.replace(/^repo:([^@]+)@\d+\/([^@]+)@\d+:.*$/, '$1/$2');
    return `This repository uses GitHub's immutable subject format (2026): policies written as "repo:${name}:…" no longer match.`;
}
function tellKind({ sub }) {
    if (/:pull_request(:|$)/.test(sub)) {
        return 'The job of a pull request must not get the role that deploys: give it a read-only one in `cluster.plan`, whose trust allows this subject.';
    }
    const [, name] = /:environment:([^:]+)/.exec(sub) ?? [];
    if (name === undefined)
        return '';
    return `Because the job uses environment "${name}", the subject ends in environment:${name}, not ref:….`;
}


/***/ }),

/***/ 5354:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ requestIdToken)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1079);
/* harmony import */ var _release_json_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(824);
/* harmony import */ var _claims_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8976);
/* harmony import */ var _https_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1468);
/* harmony import */ var _proxy_agent_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6846);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2283);
/* harmony import */ var _unanswered_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4321);







const SERVICE = "GitHub's OIDC service";
const FAILED = { service: SERVICE, code: 'oidc-failed' };
/** Milliseconds for one try; it answers in far less than a second. */
const TIMEOUT = 10_000;
/** Milliseconds from the start of the job to the end of its request token (Azure/azure-cli#28778). */
const LIFE = (6 * 60 + 10) * 60_000;
const LATE = 6 * 3_600_000;
/**
 * A new ID token of this job for an audience.
 * https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token
 * @throws DeployError `oidc-unavailable` when the job may have none, `oidc-failed` when it got none,
 * `proxy-refused`, `certificate-untrusted`
 */
async function requestIdToken(audience, world) {
    const { url, bearer } = readOffer(world);
    world.hide(bearer);
    url.searchParams.set('audience', audience);
    const request = {
        url,
        method: 'GET',
        headers: { accept: 'application/json', authorization: `Bearer ${bearer}` },
        body: '',
        agent: (0,_proxy_agent_js__WEBPACK_IMPORTED_MODULE_2__/* .createProxyAgent */ .I)(world.environment),
        signal: world.signal,
        timeout: TIMEOUT,
    };
    const judge = (error) => (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .judgeHttp */ .i2)(error, world.clock.now());
    try {
        const answer = await (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .withRetries */ .LH)({ service: SERVICE, world, judge }, async () => {
            const answer = await (0,_https_js__WEBPACK_IMPORTED_MODULE_1__/* .requestText */ .T9)(request);
            if (answer.status !== 200)
                throw new _retry_js__WEBPACK_IMPORTED_MODULE_3__/* .StatusError */ .Xs(answer);
            return answer;
        });
        const token = parseToken(answer);
        world.hide(token);
        return { token, claims: (0,_claims_js__WEBPACK_IMPORTED_MODULE_5__/* .parseClaims */ .Df)(token) };
    }
    catch (error) {
        throw explain(error, { bearer, world });
    }
    finally {
        request.agent.destroy();
    }
}
function readOffer({ environment, fromFork }) {
    const url = environment['ACTIONS_ID_TOKEN_REQUEST_URL'];
    const bearer = environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
    if (url && bearer && URL.canParse(url))
        return { url: new URL(url), bearer };
    if (fromFork) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .DeployError */ .s('oidc-unavailable', 'Pull requests from forks never get OIDC tokens.', {
            hint: 'Check them with `against: none`, which needs no cluster, and deploy on push.',
        });
    }
    const message = 'GitHub did not offer this job an OIDC token.';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .DeployError */ .s('oidc-unavailable', message, {
        hint: 'Add "permissions: id-token: write" (and "contents: read") to the job; in a reusable workflow the caller must grant it too.',
    });
}
function parseToken({ status, text }) {
    const fields = (0,_release_json_js__WEBPACK_IMPORTED_MODULE_6__/* .parseJsonMap */ ._)(text);
    if (typeof fields?.['value'] === 'string' && fields['value'] !== '')
        return fields['value'];
    const found = fields ? `keys: ${Object.keys(fields).join(', ') || 'none'}` : 'no JSON object';
    const message = `${SERVICE} answered without a token (HTTP ${status}, ${found}).`;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .DeployError */ .s('oidc-failed', message, {
        hint: 'Something else may have answered in its place, such as a proxy: let the runner reach GitHub directly, or re-run the job.',
    });
}
function explain(error, asked) {
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .DeployError */ .s)
        return error;
    if (error instanceof _retry_js__WEBPACK_IMPORTED_MODULE_3__/* .RetriesEnded */ .XO)
        return (0,_unanswered_js__WEBPACK_IMPORTED_MODULE_4__/* .tellUnanswered */ .w)(error, FAILED);
    if (error instanceof _retry_js__WEBPACK_IMPORTED_MODULE_3__/* .StatusError */ .Xs)
        return tellRefusal(error, asked);
    return (0,_unanswered_js__WEBPACK_IMPORTED_MODULE_4__/* .tellUnasked */ .z)(error, FAILED);
}
function tellRefusal(error, { bearer, world }) {
    const { status, text } = error.answer;
    const age = toAge(bearer, world.clock.now().getTime());
    if ((status === 401 || status === 403) && age >= LATE) {
        const message = `The job's OIDC request token is no longer accepted (job running ${toHours(age)}; GitHub ends it about 6 h after start).`;
        return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .DeployError */ .s('oidc-failed', message, {
            cause: error,
            hint: 'Split the job: each job has a request token of its own.',
        });
    }
    const told = (0,_release_json_js__WEBPACK_IMPORTED_MODULE_6__/* .parseJsonMap */ ._)(text)?.['message'];
    const why = typeof told === 'string' ? `: ${told.split('\n')[0]?.slice(0, 200)}` : '';
    const message = `${SERVICE} refused this job a token (HTTP ${status}${why}).`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .DeployError */ .s('oidc-failed', message, {
        cause: error,
        hint: 'Run the job again; a token is given only while the job runs.',
        said: text,
    });
}
/** How long the job runs, milliseconds, by the times in its own request token; 0: they are not there. */
function toAge(bearer, now) {
    const { iat, exp } = (0,_claims_js__WEBPACK_IMPORTED_MODULE_5__/* .parseClaims */ .Df)(bearer);
    if (iat !== undefined)
        return now - iat * 1000;
    return exp === undefined ? 0 : now - exp * 1000 + LIFE;
}
function toHours(milliseconds) {
    const minutes = Math.floor(milliseconds / 60_000);
    return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}


/***/ }),

/***/ 1468:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PE: () => (/* binding */ toTimeout),
/* harmony export */   T9: () => (/* binding */ requestText),
/* harmony export */   oD: () => (/* binding */ readWhole)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
/* harmony import */ var _proxy_agent_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6846);



/** Bytes: far more than any service of a login says; an answer without an end would fill the memory. */
const LARGEST = 8 * 1024 * 1024;
/**
 * One request, without retries or redirects; every status is an answer.
 * @throws an error with Node's `code` when nothing answers (`ETIMEDOUT` after the timeout), `DeployError`
 * `proxy-refused`, and the signal's reason on abort
 */
async function requestText(request) {
    const limit = AbortSignal.timeout(request.timeout);
    try {
        return await send(request, AbortSignal.any([request.signal, limit]));
    }
    catch (error) {
        request.signal.throwIfAborted();
        if (limit.aborted)
            throw toTimeout(request.timeout);
        throw (0,_proxy_agent_js__WEBPACK_IMPORTED_MODULE_2__/* .toProxyRefusal */ .p)(error) ?? error;
    }
}
async function send({ url, method, headers, body, agent }, signal) {
    const start = url.protocol === 'http:' ? node_http__WEBPACK_IMPORTED_MODULE_0__.request : node_https__WEBPACK_IMPORTED_MODULE_1__.request;
    return new Promise((resolve, reject) => {
        const sent = start(url, { method, headers, agent, signal }, (response) => {
            const { statusCode: status = 0, headers } = response;
            const resolveText = (bytes) => resolve({ status, headers, text: new TextDecoder().decode(bytes) });
            readWhole(response).then(resolveText, reject);
        });
        sent.once('error', reject);
        sent.end(body);
    });
}
/** @throws when the answer breaks off, or is larger than any that is meant for us */
async function readWhole(answer) {
    const chunks = [];
    let size = 0;
    for await (const chunk of answer) {
        size += chunk.length;
        if (size > LARGEST)
            throw new Error(`the answer is larger than ${LARGEST / 1024 / 1024} MB`);
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
function toTimeout(timeout) {
    const error = new Error(`no answer within ${timeout / 1000} s`);
    return Object.assign(error, { code: 'ETIMEDOUT' });
}


/***/ }),

/***/ 6846:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ createProxyAgent),
  p: () => (/* binding */ toProxyRefusal)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: ./node_modules/agent-base/dist/index.js + 1 modules
var dist = __webpack_require__(319);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./.bundle/lib/adapters/cluster/environment-proxy.js

/** The kinds of proxies that net/http knows. */
const SCHEMES = ['http:', 'https:', 'socks5:', 'socks5h:'];
/**
 * The proxy that the environment names for a server, by the rules of Go, because helm beside us goes by
 * them (https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config): upper case is read first, this
 * machine is never reached through a proxy, a name in NO_PROXY means its subdomains as well, and an
 * address may be a network such as `10.0.0.0/8`. Node's own rules know none of these.
 * Undefined: straight. Throws a TypeError for what is no URL, or one of a proxy that Go does not know.
 */
function findProxy(server, environment) {
    const read = (name) => environment[name] || environment[name.toLowerCase()] || '';
    const proxy = read(server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
    if (proxy === '' || isDirect(server, read('NO_PROXY')))
        return undefined;
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`);
    if (SCHEMES.includes(url.protocol))
        return url;
    throw new TypeError('a proxy of an unknown kind');
}
function isDirect({ hostname, port, protocol }, noProxy) {
    const host = hostname.replace(/^\[|\]$/g, '');
    if (host === 'localhost' || host === '::1' || isIn('127.0.0.0/8', host))
        return true;
    const actual = port || (protocol === 'https:' ? '443' : '80');
    const rules = noProxy
        .toLowerCase()
        .split(',')
        .map((rule) => rule.trim());
    return rules.some((rule) => rule !== '' && applies(rule, host, actual));
}
function applies(rule, host, port) {
    if (rule === '*')
        return true;
    if (rule.includes('/'))
        return isIn(rule, host);
    const [, name = rule, ofPort] = /^(\[.+\]|[^:]+):(\d+)$/.exec(rule) ?? [];
    if (ofPort !== undefined && ofPort !== port)
        return false;
    const wanted = name.replace(/^\[|\]$|^\*(?=\.)/g, '');
    return host === wanted || host.endsWith(wanted.startsWith('.') ? wanted : `.${wanted}`);
}
/** `network`: in CIDR notation; anything else holds nothing, and a name is in none. */
function isIn(network, address) {
    if ((0,external_node_net_.isIP)(address) === 0)
        return false;
    const [base = '', bits] = network.split('/');
    const list = new external_node_net_.BlockList();
    try {
        list.addSubnet(base, Number(bits), familyOf(base));
    }
    catch {
        return false;
    }
    return list.check(address, familyOf(address));
}
function familyOf(address) {
    return (0,external_node_net_.isIPv6)(address) ? 'ipv6' : 'ipv4';
}

// EXTERNAL MODULE: ./.bundle/lib/errors.js
var errors = __webpack_require__(1079);
;// CONCATENATED MODULE: ./.bundle/lib/auth/proxy-agent.js





/** Milliseconds after which a connection that nobody uses is closed, before a load balancer does it unseen. */
const IDLE = 30_000;
/**
 * One agent for all servers of all logins, which the clouds' own clients take as well: it goes straight
 * or through the environment's proxy, by Go's rules (`findProxy`), server by server. Connections are
 * kept and used again; idle ones do not keep the process alive. Plain http always goes straight:
 * only a machine's own metadata service speaks it.
 */
function createProxyAgent(environment) {
    return new EnvironmentAgent(environment);
}
class EnvironmentAgent extends dist/* Agent */.g6 {
    #environment;
    #plain = new external_node_http_.Agent({ keepAlive: true, timeout: IDLE });
    /** By the proxy's address; empty: straight. */
    #agents = new Map();
    constructor(environment) {
        // Node asks this agent whether to keep a connection that one of the inner ones has made.
        super({ keepAlive: true });
        this.#environment = environment;
    }
    async connect(_request, options) {
        if (!options.secureEndpoint)
            return this.#plain;
        const proxy = readProxy(new URL(`https://${toAddress(options)}`), this.#environment);
        const address = proxy?.href ?? '';
        const agent = this.#agents.get(address) ?? (await createAgent(proxy));
        this.#agents.set(address, agent);
        return agent;
    }
    destroy() {
        for (const agent of [this.#plain, ...this.#agents.values()])
            agent.destroy();
        super.destroy();
    }
}
/** `host:port` */
function toAddress({ host, port }) {
    const name = String(host ?? 'localhost');
    return `${name.includes(':') ? `[${name}]` : name}:${port}`;
}
/** The message does not quote what may hold a password. */
function readProxy(server, environment) {
    try {
        return findProxy(server, environment);
    }
    catch {
        const message = 'The proxy that HTTPS_PROXY names is not a usable URL.';
        throw new errors/* DeployError */.s('input-invalid', message, {
            hint: 'Write it as http://host:port, https://host:port or socks5://host:port, or list the server in NO_PROXY.',
        });
    }
}
async function createAgent(proxy) {
    const options = { keepAlive: true, timeout: IDLE };
    if (!proxy?.protocol.startsWith('socks5')) {
        return new external_node_https_.Agent(proxy ? { ...options, proxyEnv: { HTTPS_PROXY: proxy.href } } : options);
    }
    return createSocksAgent(proxy);
}
/** Its failures are told as Node tells those of other proxies; the package's own hold the proxy's login. */
async function createSocksAgent(proxy) {
    const { SocksProxyAgent } = await Promise.all(/* import() */[__webpack_require__.e(830), __webpack_require__.e(814)]).then(__webpack_require__.bind(__webpack_require__, 5814));
    // Go lets the proxy look names up, which this package calls socks5h.
    const address = proxy.href.replace(/^socks5:/, 'socks5h:');
    const agent = new SocksProxyAgent(address, { keepAlive: true, timeout: IDLE });
    const connect = agent.connect.bind(agent);
    agent.connect = async (request, options) => {
        try {
            return await connect(request, options);
        }
        catch (error) {
            const ends = `${toAddress(options)} via socks5://${proxy.host}`;
            const told = `Failed to establish tunnel to ${ends}: ${error.message}`;
            throw Object.assign(new Error(told), { code: 'ERR_PROXY_TUNNEL' });
        }
    };
    return agent;
}
/**
 * What the agent's connections fail with when a proxy refuses them for good; undefined for anything else,
 * as when it cannot reach the server. The clouds' own clients hand such errors on, some as the cause of theirs.
 */
function toProxyRefusal(error) {
    if (error instanceof errors/* DeployError */.s && error.code === 'proxy-refused')
        return error;
    const { message = '', cause } = Object(error);
    // Node: `Failed to establish tunnel to HOST:PORT via PROXY: HTTP/1.1 407 …`
    const [, server, proxy = '', said = ''] = / tunnel to (\S+) via (\S+): (.*)/.exec(message) ?? [];
    const [, status] = /^HTTP\/\S+ (4\d\d)/.exec(said) ?? [];
    if (status || /NotAllowed|authentication/i.test(said)) {
        const why = status ? `HTTP ${status}` : said;
        return createRefusal(`Proxy ${withoutLogin(proxy)} refused ${server} (${why}).`);
    }
    return cause === undefined ? undefined : toProxyRefusal(cause);
}
function withoutLogin(proxy) {
    const { protocol = '', host = '' } = URL.parse(proxy) ?? {};
    return `${protocol}//${host}`;
}
function createRefusal(message) {
    return new errors/* DeployError */.s('proxy-refused', message, {
        hint: "Set NO_PROXY for this server or put the proxy's user and password into HTTPS_PROXY, in the `env` of the job.",
    });
}


/***/ }),

/***/ 2283:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LH: () => (/* binding */ withRetries),
/* harmony export */   PK: () => (/* binding */ tellTries),
/* harmony export */   XO: () => (/* binding */ RetriesEnded),
/* harmony export */   Xs: () => (/* binding */ StatusError),
/* harmony export */   i2: () => (/* binding */ judgeHttp)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1079);

/** For services that answer almost always: pauses of 7.5 s in all, at most. */
const PATIENT = { tries: 5, first: 500, longest: 8_000 };
/** A service that asks for a longer pause is not waited for, milliseconds. */
const LONGEST_ASKED = 60_000;
/** What might have passed did not; the cause is the last failure. */
class RetriesEnded extends Error {
    tries;
    last;
    constructor(tries, last, cause) {
        super(`failed ${tries} times, the last time with ${last.said}`, { cause });
        this.name = 'RetriesEnded';
        this.tries = tries;
        this.last = last;
    }
}
/**
 * Tries again what may pass, after a pause with full jitter, with a line of the log each time.
 * @throws RetriesEnded, whatever `judge` does not let pass, and `DeployError` `cancelled` on abort
 */
async function withRetries(retries, attempt) {
    for (let tried = 1;; tried++) {
        try {
            return await attempt();
        }
        catch (error) {
            await pauseAfter(error, tried, retries);
        }
    }
}
/** Throws when it was the last try. */
async function pauseAfter(error, tried, retries) {
    const { clock, signal, log } = retries.world;
    if (signal.aborted)
        throw tellCancelled(error);
    const passing = retries.judge(error);
    if (!passing)
        throw error;
    const { tries, ...policy } = passing.policy ?? retries.policy ?? PATIENT;
    const pause = Math.max(passing.after ?? 0, toPause(policy, tried, retries.random ?? Math.random));
    if (pause > LONGEST_ASKED) {
        const said = `${passing.said}, which asks to wait ${Math.round(pause / 1000)} s`;
        throw new RetriesEnded(tried, { ...passing, said }, error);
    }
    if (tried >= tries)
        throw new RetriesEnded(tried, passing, error);
    const next = `trying again in ${(pause / 1000).toFixed(1)} s (${tried + 1} of ${tries})`;
    log(`${tell(retries.service, passing)}; ${next}`);
    await clock.sleep(pause, signal);
    if (signal.aborted)
        throw tellCancelled(error);
}
/** `5 tries` */
function tellTries({ tries }) {
    return tries === 1 ? '1 try' : `${tries} tries`;
}
function tellCancelled(cause) {
    const hint = 'Start the run again.';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .DeployError */ .s('cancelled', 'The run was cancelled while it logged in.', { hint, cause });
}
/** Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
function toPause({ first, longest }, tried, random) {
    return random() * Math.min(longest, first * 2 ** (tried - 1));
}
function tell(service, { type, said }) {
    return type === 'answer' ? `${service} answered ${said}` : `${service} did not answer (${said})`;
}
/** A status that is no success, as an error. Its message holds nothing of the answer, which may be secret. */
class StatusError extends Error {
    answer;
    constructor(answer) {
        super(`HTTP ${answer.status}`);
        this.name = 'StatusError';
        this.answer = answer;
    }
}
/** Nobody answered, or not to the end. */
const NETWORK = new Set([
    'EAI_AGAIN',
    'ECONNABORTED',
    'ECONNREFUSED',
    'ECONNRESET',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EPIPE',
    'EPROTO',
    'ERR_PROXY_TUNNEL',
    'ETIMEDOUT',
]);
/** Lets pass: 408, 429, 5xx (`StatusError`), and failures of the network, as `requestText` throws them. */
function judgeHttp(error, now) {
    if (error instanceof StatusError) {
        const { status, headers } = error.answer;
        if (status !== 408 && status !== 429 && status < 500)
            return undefined;
        const after = parseRetryAfter(headers['retry-after'], now);
        return { type: 'answer', said: `HTTP ${status}`, after };
    }
    const { code = '', message } = Object(error);
    if (!NETWORK.has(code))
        return undefined;
    // A proxy says more than Node's code for it.
    return { type: 'silence', said: code === 'ERR_PROXY_TUNNEL' ? message : code };
}
/** Milliseconds; the header holds seconds or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function parseRetryAfter(header, now) {
    if (header === undefined)
        return undefined;
    if (/^\d+$/.test(header))
        return Number(header) * 1000;
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}


/***/ }),

/***/ 4321:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ tellUnanswered),
/* harmony export */   z: () => (/* binding */ tellUnasked)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1079);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2283);


/** Nobody answered in the end, or only that it cannot at the moment. */
function tellUnanswered(ended, { service, code }) {
    const { last, cause } = ended;
    const message = `${service} did not answer after ${(0,_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .tellTries */ .PK)(ended)} (last: ${last.said}).`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .DeployError */ .s(code, message, {
        cause,
        hint: last.type === 'answer'
            ? 'This is usually temporary: re-run the job.'
            : 'Check that the runner reaches it: name resolution, firewall, HTTPS_PROXY and NO_PROXY; then re-run the job.',
        said: cause instanceof _retry_js__WEBPACK_IMPORTED_MODULE_1__/* .StatusError */ .Xs ? cause.answer.text : undefined,
    });
}
/** Asking failed for a reason that stays. `error`: as `requestText` throws it. */
function tellUnasked(error, { service, code }) {
    const { code: reason = '', message: said = String(error) } = Object(error);
    const isUntrusted = /CERT|ISSUER|UNABLE_TO_VERIFY/.test(reason);
    // Node adds advice after a semicolon that no user of an action can follow.
    const message = `${service} could not be asked: ${said.split(';')[0]}.`;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .DeployError */ .s(isUntrusted ? 'certificate-untrusted' : code, message, {
        cause: error,
        said,
        hint: isUntrusted
            ? 'If a proxy inspects TLS, name a file with its certificate in NODE_EXTRA_CA_CERTS, in the `env` of the job.'
            : 'Check how the runner reaches it: firewall, HTTPS_PROXY and NO_PROXY; then re-run the job.',
    });
}


/***/ })

};
