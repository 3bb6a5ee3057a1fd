export const id = 941;
export const ids = [941];
export const modules = {

/***/ 5354:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ requestIdToken)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1079);
/* harmony import */ var _release_json_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(824);
/* harmony import */ var _claims_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8976);
/* harmony import */ var _https_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1468);
/* harmony import */ var _proxy_agent_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6033);
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

/***/ 2941:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openGke: () => (/* binding */ openGke)
});

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

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/advice.js

/** What a refusal of the API server, or its silence, means on GKE; undefined: nothing special. */
function explainGke(failure, known) {
    switch (failure.type) {
        case 'name':
        case 'connection':
            return explainSilence(known);
        case 'unauthorized':
            return explainUnauthorized(known);
        case 'forbidden':
            return explainForbidden(known);
        default:
            return undefined;
    }
}
function explainSilence({ name, endpoint, facts }) {
    const host = new URL(endpoint.server).hostname;
    if (endpoint.kind === 'internal' || (endpoint.kind === 'address' && isPrivate(facts))) {
        const what = endpoint.kind === 'internal' ? 'The internal address' : 'The only address';
        return {
            message: `${what} of cluster ${name} (${host}) did not answer: it is reached from the cluster's network only.`,
            hint: 'Use a runner inside the VPC, or set `cluster.endpoint` to dns or gateway.',
        };
    }
    const networks = endpoint.kind === 'address' ? readNetworks(facts) : [];
    if (networks.length === 0)
        return undefined;
    return {
        message: `Cluster ${name} (${host}) did not answer: access is limited to ${networks.join(', ')}, which probably excludes this runner.`,
        hint: 'Add the address of the runner to the authorized networks, or set `cluster.endpoint` to dns or gateway.',
    };
}
function isPrivate({ privateClusterConfig, controlPlaneEndpointsConfig }) {
    const addresses = controlPlaneEndpointsConfig?.ipEndpointsConfig;
    return (privateClusterConfig?.enablePrivateEndpoint === true ||
        addresses?.enablePublicEndpoint === false);
}
function readNetworks(facts) {
    const addresses = facts.controlPlaneEndpointsConfig?.ipEndpointsConfig;
    const config = addresses?.authorizedNetworksConfig ?? facts.masterAuthorizedNetworksConfig;
    if (!config?.enabled)
        return [];
    const networks = (config.cidrBlocks ?? []).map(({ cidrBlock = '' }) => cidrBlock);
    if (networks.includes('0.0.0.0/0'))
        return [];
    return networks.length > 0 ? networks : ['its own network'];
}
function explainUnauthorized({ name, owner }) {
    return {
        message: `The login at Google worked as ${owner.identity}, but cluster ${name} does not accept its token (HTTP 401).`,
        hint: isDirect(owner)
            ? 'Set `gcp-service-account`: not every cluster accepts tokens of direct federation.'
            : 'Check that `cluster-name`, `cluster-location` and `gcp-project` are those of this cluster; a token that was given may have ended.',
    };
}
function explainForbidden({ name, endpoint, owner }) {
    const { identity, member } = owner;
    const whom = member || identity;
    if (endpoint.kind === 'dns') {
        return {
            message: `${identity} may not connect to cluster ${name} by its DNS endpoint.`,
            hint: `It needs container.clusters.connect: grant roles/container.clusterViewer on the project to ${whom}; changes of IAM take up to 5 minutes.`,
        };
    }
    if (endpoint.kind === 'gateway') {
        return {
            message: `${identity} may not use the Connect gateway to cluster ${name}.`,
            hint: `Grant roles/gkehub.gatewayEditor on the fleet's project to ${whom}, and bind it in the cluster; changes of IAM take up to 5 minutes.`,
        };
    }
    return {
        message: `Cluster ${name} knows ${identity}, but allows it nothing.`,
        hint: `Bind a Role to the User "${identity}" in the cluster; or grant roles/container.developer to ${whom}, which holds in every namespace of all clusters of the project.`,
    };
}

// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/index.js
var src = __webpack_require__(492);
// EXTERNAL MODULE: ./.bundle/lib/release/json.js
var release_json = __webpack_require__(824);
// EXTERNAL MODULE: ./.bundle/lib/auth/https.js
var https = __webpack_require__(1468);
// EXTERNAL MODULE: ./.bundle/lib/auth/proxy-agent.js
var proxy_agent = __webpack_require__(6033);
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







function client_connectGoogle(universe, world) {
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

// EXTERNAL MODULE: ./.bundle/lib/errors.js
var errors = __webpack_require__(1079);
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

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/cluster.js




const SERVICE = 'The GKE API';
/** States in which nobody can deploy; the others serve the Kubernetes API. */
const UNUSABLE = ['PROVISIONING', 'STOPPING', 'ERROR'];
/**
 * https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters/get
 * @throws DeployError `cluster-unreadable`, `cluster-not-found`, `cluster-not-ready`, `login-…`
 */
async function readCluster(place, token, google) {
    const { project, location, name } = place;
    const path = `/projects/${project}/locations/${location}/clusters/${name}`;
    const url = toAddress(google, 'container', path);
    const facts = await requestJson({ service: SERVICE, url, bearer: token.token }, google).catch((error) => {
        const explain = (refusal) => explainCluster(refusal, place, token);
        throw toDeployError(error, { service: SERVICE, explain }, google);
    });
    requireReady(place, facts);
    return facts;
}
function explainCluster({ status, reason, message }, place, token) {
    const { project, location, name } = place;
    if (reason === 'SERVICE_DISABLED' || /has not been used in project/.test(message)) {
        return {
            code: 'cluster-unreadable',
            message: `The Kubernetes Engine API is not enabled in project ${project}.`,
            hint: `Enable container.googleapis.com in project ${project}, or check \`gcp-project\`.`,
        };
    }
    if (status === 403) {
        return {
            code: 'cluster-unreadable',
            message: `${token.identity} lacks container.clusters.get on project ${project}.`,
            hint: `Grant roles/container.clusterViewer on the project to ${token.member || 'it'}, or check \`gcp-project\`; changes of IAM take up to 5 minutes.`,
        };
    }
    if (status === 404) {
        return {
            code: 'cluster-not-found',
            message: `No cluster ${name} in projects/${project}/locations/${location}.`,
            hint: 'A zonal cluster needs its zone (europe-west1-b), a regional one its region: check `cluster-name`, `cluster-location` and `gcp-project`.',
        };
    }
    return status === 401 ? tellUnaccepted(token) : undefined;
}
function tellUnaccepted(token) {
    const { identity } = token;
    if (isDirect(token)) {
        return {
            code: 'login-refused',
            message: `${SERVICE} refuses direct federation tokens (${identity}).`,
            hint: 'Set `gcp-service-account`, so that we act as a service account.',
        };
    }
    return {
        code: 'login-refused',
        message: `${SERVICE} does not accept the token of ${identity} (HTTP 401).`,
        hint: 'An access token lives an hour at most: log in by `gcp-workload-identity-provider`, whose tokens we renew.',
    };
}
function requireReady({ name }, facts) {
    const { status = '', statusMessage, conditions = [] } = facts;
    if (!UNUSABLE.includes(status))
        return;
    const why = conditions[0]?.message ?? statusMessage;
    const message = `Cluster ${name} is ${status}${why ? ` (${why})` : ''}; deploys need RUNNING, RECONCILING or DEGRADED.`;
    throw new errors/* DeployError */.s('cluster-not-ready', message, {
        hint: status === 'PROVISIONING'
            ? 'Wait until it runs, then re-run the job.'
            : 'Look at the cluster in the Google Cloud console, and check `cluster-name`.',
    });
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/endpoint.js

/**
 * As gcloud chooses for `get-credentials`: what was asked for, else the address of the cluster, else its
 * name where addresses are switched off. The name's certificate is one that every machine trusts, and
 * the authority of the cluster does not vouch for it.
 * https://docs.cloud.google.com/kubernetes-engine/docs/concepts/network-isolation
 * @throws DeployError `cluster-endpoint-unavailable`
 */
function chooseEndpoint({ name, via }, facts) {
    const { ipEndpointsConfig: addresses } = facts.controlPlaneEndpointsConfig ?? {};
    const isOff = addresses?.enabled === false;
    if (via === 'dns' || (via === 'auto' && isOff))
        return toDns(name, facts);
    if (via === 'auto')
        return toDefault(name, facts);
    if (isOff) {
        throw tell(`Cluster ${name} has no internal address: access by IP addresses is disabled.`, {
            hint: 'Leave `cluster.endpoint` out, or set it to dns.',
        });
    }
    const host = addresses?.privateEndpoint || facts.privateClusterConfig?.privateEndpoint;
    if (host)
        return { kind: 'internal', server: `https://${host}`, ca: toCa(facts) };
    throw tell(`Cluster ${name} has no internal address: it is not a private cluster.`, {
        hint: 'Leave `cluster.endpoint` out, or set it to dns or gateway.',
    });
}
function toDefault(name, facts) {
    const { endpoint } = facts;
    if (!endpoint) {
        throw tell(`Cluster ${name} has no endpoint (yet).`, {
            hint: 'Wait until the cluster runs, then re-run the job.',
        });
    }
    // On a cluster without addresses its name stands in the field for the address.
    if (endpoint.endsWith('.gke.goog'))
        return { kind: 'dns', server: `https://${endpoint}`, ca: '' };
    return { kind: 'address', server: `https://${endpoint}`, ca: toCa(facts) };
}
function toDns(name, facts) {
    const dns = facts.controlPlaneEndpointsConfig?.dnsEndpointConfig;
    if (!dns?.endpoint) {
        throw tell(`Cluster ${name} has no DNS endpoint.`, {
            hint: 'Leave `cluster.endpoint` out; or upgrade the cluster and enable its DNS endpoint.',
        });
    }
    if (!dns.allowExternalTraffic) {
        throw tell(`The DNS endpoint of cluster ${name} takes no traffic from outside its network.`, {
            hint: `Allow it: gcloud container clusters update ${name} --enable-dns-access; or leave \`cluster.endpoint\` out.`,
        });
    }
    return { kind: 'dns', server: `https://${dns.endpoint}`, ca: '' };
}
function toCa({ masterAuth }) {
    return Buffer.from(masterAuth?.clusterCaCertificate ?? '', 'base64').toString('utf8');
}
function tell(message, options) {
    return new errors/* DeployError */.s('cluster-endpoint-unavailable', message, options);
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/gateway.js




/**
 * The Connect gateway's address for a cluster of a fleet: the membership that was given, else the one
 * that the cluster itself names. Its certificate is one that every machine trusts.
 * https://docs.cloud.google.com/kubernetes-engine/enterprise/multicluster-management/gateway
 * @throws DeployError `cluster-endpoint-unavailable`, `cluster-unreadable`, `login-failed`
 */
async function readGateway(spec, facts, { token, google }) {
    const membership = parseMembership(spec.membership || (facts.fleet?.membership ?? ''));
    if (!membership)
        throw tellUnregistered(spec);
    const ask = (asked) => read(asked, token, google);
    const { project, location, name } = membership;
    const found = await ask({
        service: 'The fleet API',
        url: toAddress(google, 'gkehub', `/projects/${project}/locations/${location}/memberships/${name}`),
        permission: `gkehub.memberships.get on project ${project}`,
    });
    const number = /^\d+$/.test(project)
        ? project
        : toNumber(await ask({
            service: 'The Resource Manager API',
            url: toAddress(google, 'cloudresourcemanager', `/projects/${project}`),
            permission: `resourcemanager.projects.get on project ${project}`,
        }));
    const base = toRegional(toAddress(google, 'connectgateway'), location);
    const kind = isGke(found) ? 'gkeMemberships' : 'memberships';
    const server = `${base}/projects/${number}/locations/${location}/${kind}/${name}`;
    return { kind: 'gateway', server, ca: '' };
}
/** `//gkehub.googleapis.com/projects/P/locations/L/memberships/M`, with the host or without; the gateway itself says `gkeMemberships`. */
function parseMembership(text) {
    const [, project, location, name] = /(?:^|\/)projects\/([^/]+)\/locations\/([^/]+)\/(?:gkeMemberships|memberships)\/([^/]+)$/.exec(text) ?? [];
    if (project === undefined || location === undefined || name === undefined)
        return undefined;
    return { project, location, name };
}
/** Regional memberships have a gateway in their region. */
function toRegional(address, location) {
    return location === 'global' ? address : address.replace('://', `://${location}-`);
}
function isGke({ endpoint }) {
    return (0,release_json/* isMap */.j)(endpoint) && 'gkeCluster' in endpoint;
}
/** Of `projects/415104041262`. */
function toNumber({ name }) {
    return String(name).replace(/^projects\//, '');
}
async function read({ service, url, permission }, token, google) {
    try {
        return await requestJson({ service, url, bearer: token.token }, google);
    }
    catch (error) {
        const explain = ({ status, message }) => status === 403 || status === 404
            ? {
                code: 'cluster-unreadable',
                message: `${token.identity} cannot find the Connect gateway: it lacks ${permission}, or there is no such thing. ${message}`,
                hint: 'Grant roles/gkehub.viewer and roles/browser, enable gkehub.googleapis.com and connectgateway.googleapis.com, and check `cluster.membership`.',
            }
            : undefined;
        throw toDeployError(error, { service, explain }, google);
    }
}
function tellUnregistered({ name, membership, }) {
    const message = membership === ''
        ? `Cluster ${name} is not registered to a fleet, so that the Connect gateway does not reach it.`
        : `"${membership}" is not the name of a fleet membership.`;
    return new errors/* DeployError */.s('cluster-endpoint-unavailable', message, {
        hint: 'Register it (gcloud container fleet memberships register), or set `cluster.membership` to projects/P/locations/L/memberships/M.',
    });
}

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/registry.js
/**
 * Whether a host is a registry of Google's that takes the tokens of a universe: Artifact Registry or
 * what was Container Registry. Nobody else may ever be given one.
 * https://docs.cloud.google.com/artifact-registry/docs/docker/authentication#token
 */
function isRegistry(host, universe) {
    if (universe !== 'googleapis.com')
        return host.endsWith(`.${universe}`);
    return /^([a-z0-9-]+-docker\.pkg\.dev|([a-z0-9-]+\.)?gcr\.io)$/.test(host);
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
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
;// CONCATENATED MODULE: ./.bundle/lib/auth/google/exchange.js





const exchange_SERVICE = "Google's token exchange";
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
        const answer = await withPatience(exchange_SERVICE, google, () => client.exchangeToken(toOptions(asked)));
        const { access_token: token, expires_in: told } = answer;
        const life = Number(told) || LIFE;
        if (typeof token !== 'string' || token === '')
            throw tellIncomplete(exchange_SERVICE, 'a token');
        world.hide(token);
        return { token, expiresAt: start + life * 1000, ...toPrincipal(asked, claims) };
    }
    catch (error) {
        const told = { asked, claims, now: world.clock.now() };
        throw toDeployError(error, {
            service: exchange_SERVICE,
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
        const email = await metadata_read('email', google);
        const told = await metadata_read(`token?scopes=${encodeURIComponent(SCOPES.join(','))}`, google);
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
async function metadata_read(what, google) {
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

;// CONCATENATED MODULE: ./.bundle/lib/auth/google/gke.js








/**
 * Logs in at Google and finds the cluster.
 * @throws DeployError `login-…`, `oidc-…`, `clock-skew`, `cluster-…`, `proxy-refused`
 */
async function openGke(spec, world) {
    const google = client_connectGoogle(spec.universe, world);
    const tokens = createTokens(spec.login, google);
    const first = await tokens.mint();
    if (isDirect(first))
        world.log(DIRECT);
    const { name, via, membership } = spec;
    // A membership says all that the gateway needs, also of a cluster that GKE's own API does not know.
    const isFound = via === 'gateway' && membership !== '';
    const facts = isFound ? {} : await readCluster(spec, first, google);
    const endpoint = via === 'gateway'
        ? await readGateway(spec, facts, { token: first, google })
        : chooseEndpoint({ name, via }, facts);
    return {
        endpoint: { server: endpoint.server, ca: endpoint.ca },
        connection: spec.connection,
        identity: first.identity,
        mint: startingWith(first, () => tokens.mint()),
        explain: (failure) => explainGke(failure, { name, endpoint, facts, owner: first }),
        async registry(host) {
            if (!isRegistry(host, spec.universe))
                return undefined;
            const { token: password } = await tokens.mint();
            return { username: 'oauth2accesstoken', password };
        },
    };
}
const DIRECT = 'Tokens from direct federation live under 5 minutes: they are renewed for as long as this run lasts (with `gcp-service-account` they live an hour).';
/** What was minted to look for the cluster is as good for the cluster itself. */
function startingWith(first, mint) {
    let unused = first;
    return async () => {
        const token = unused ?? (await mint());
        unused = undefined;
        return token;
    };
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
/* harmony import */ var _proxy_agent_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6033);



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

/***/ 6033:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ createProxyAgent),
/* harmony export */   p: () => (/* binding */ toProxyRefusal)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
/* harmony import */ var agent_base__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(319);
/* harmony import */ var _adapters_cluster_environment_proxy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(422);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1079);





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
class EnvironmentAgent extends agent_base__WEBPACK_IMPORTED_MODULE_2__/* .Agent */ .g6 {
    #environment;
    #plain = new node_http__WEBPACK_IMPORTED_MODULE_0__.Agent({ keepAlive: true, timeout: IDLE });
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
        return (0,_adapters_cluster_environment_proxy_js__WEBPACK_IMPORTED_MODULE_3__/* .findProxy */ .E)(server, environment);
    }
    catch {
        const message = 'The proxy that HTTPS_PROXY names is not a usable URL.';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .DeployError */ .s('input-invalid', message, {
            hint: 'Write it as http://host:port, https://host:port or socks5://host:port, or list the server in NO_PROXY.',
        });
    }
}
async function createAgent(proxy) {
    const options = { keepAlive: true, timeout: IDLE };
    if (!proxy?.protocol.startsWith('socks5')) {
        return new node_https__WEBPACK_IMPORTED_MODULE_1__.Agent(proxy ? { ...options, proxyEnv: { HTTPS_PROXY: proxy.href } } : options);
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
    if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .DeployError */ .s && error.code === 'proxy-refused')
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
    return new _errors_js__WEBPACK_IMPORTED_MODULE_4__/* .DeployError */ .s('proxy-refused', message, {
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
