export const id = 864;
export const ids = [864];
export const modules = {

/***/ 8864:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseConfig: () => (/* binding */ parseConfig)
});

// EXTERNAL MODULE: ./.bundle/lib/errors.js
var errors = __webpack_require__(1079);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./.bundle/lib/release/yaml.js + 1 modules
var yaml = __webpack_require__(175);
// EXTERNAL MODULE: ./.bundle/lib/release/yaml-error.js
var yaml_error = __webpack_require__(2262);
// EXTERNAL MODULE: ./.bundle/lib/release/yaml-map.js
var yaml_map = __webpack_require__(1126);
;// CONCATENATED MODULE: ./.bundle/lib/config/file/document-place.js



function placeOf(offset, { text, file }) {
    return { file, ...(0,yaml_error/* toPosition */.pH)(text, offset) };
}
/** Where a node begins; the beginning of the text for what is not there. */
function offsetOf(node) {
    return ((0,dist/* isNode */.Ll)(node) && node.range?.[0]) || 0;
}
/** For what YAML allows and this file may not have. */
function brokenAt(offset, source, { what, hint }) {
    const at = placeOf(offset, source);
    return new errors/* DeployError */.s('config-broken', `\`${source.file}\` cannot be read: line ${at.line}, column ${at.column}: ${what}.`, { hint, at });
}

;// CONCATENATED MODULE: ./.bundle/lib/config/file/document-text.js






/** YAML 1.2 even where a directive says 1.1; what a tag would make of a value JSON cannot say. */
const OPTIONS = {
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    // Ours name both lines.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
};
/** The one map that the text must hold. Throws `DeployError`. */
function parseContents(source) {
    const foreign = source.text.search(NOT_UTF8);
    if (foreign >= 0)
        throw brokenAt(foreign, source, { what: 'it is not UTF-8', hint: yaml_map/* SAVE_UTF8 */.om });
    const documents = (0,dist/* parseAllDocuments */.hR)(source.text, OPTIONS);
    const [document, second] = 'empty' in documents ? [] : documents;
    const error = document?.errors[0] ?? document?.warnings[0];
    if (error)
        throw toBroken(error, source);
    if (second)
        throw severalDocuments(second.range[0], source);
    const contents = document?.contents;
    if ((0,dist/* isMap */.jh)(contents))
        return contents;
    throw notAMap(contents, source);
}
/** What reading as UTF-8 makes of other bytes; without a look at it, a broken text would be deployed. */
const NOT_UTF8 = /[\ufffd\0]/;
/** What a text may not begin with unless it is quoted. */
const INDICATORS = '*&!|>%@`';
function toBroken({ message, pos: [offset] }, source) {
    if (message.startsWith('Maximum call stack')) {
        return brokenAt(offset, source, {
            what: 'lists and maps are nested beyond any use',
            hint: 'Write it flatter.',
        });
    }
    const place = placeOf(offset, source);
    const error = new yaml_error/* YamlError */.Iz((0,yaml/* toReason */.Ge)(message), place);
    const told = (0,yaml_map/* broken */.mw)({ ...source, name: `\`${source.file}\`` }, error);
    // The library points behind the `>` or `|` that it takes for the head of a block.
    const behind = message.startsWith('Block scalar header') ? 1 : 0;
    const start = source.text[offset - behind] ?? '';
    const unquoted = start !== '' && INDICATORS.includes(start);
    return new errors/* DeployError */.s('config-broken', told.message, {
        hint: unquoted ? `A text that starts with \`${start}\` needs quotes.` : told.hint,
        at: told.problems[0]?.at ?? place,
    });
}
function severalDocuments(offset, source) {
    const at = placeOf(offset, source);
    return new errors/* DeployError */.s('config-broken', `\`${source.file}\` holds several documents; another one begins in line ${at.line}.`, { hint: 'Keep one: remove the `---` between them.', at });
}
function notAMap(contents, source) {
    const found = contents ? 'is not a map of fields' : 'is empty';
    return new errors/* DeployError */.s('config-broken', `\`${source.file}\` ${found}.`, {
        hint: 'Write at least `releases:` with one release, its chart and its namespace.',
        at: placeOf(0, source),
    });
}

// EXTERNAL MODULE: ./.bundle/lib/config/file/problems/path.js
var problems_path = __webpack_require__(8914);
;// CONCATENATED MODULE: ./.bundle/lib/config/file/document-aliases.js



/** What each alias stands for: the last anchor of its name before it. */
function findTargets(contents) {
    const anchors = new Map();
    const targets = new Map();
    if (!(0,dist/* isMap */.jh)(contents) && !(0,dist/* isSeq */.oP)(contents))
        return targets;
    (0,dist/* visit */.YR)(contents, {
        Node: (_, node) => {
            if ((0,dist/* isAlias */.Vj)(node))
                targets.set(node, anchors.get(node.source));
            else if (node.anchor !== undefined)
                anchors.set(node.anchor, node);
        },
    });
    return targets;
}
/** The node that an alias stands for. Throws when there is none, or no end of it. */
function followAlias(alias, walk) {
    const target = walk.targets.get(alias);
    const name = (0,problems_path/* shorten */.ml)(alias.source);
    if (target === undefined) {
        throw brokenAt(offsetOf(alias), walk, {
            what: `there is no \`&${name}\` before \`*${name}\``,
            hint: 'A text that starts with `*` needs quotes.',
        });
    }
    if (!walk.open.has(target))
        return target;
    throw brokenAt(offsetOf(alias), walk, {
        what: `\`*${name}\` stands inside of what it stands for`,
        hint: 'Write it out.',
    });
}

;// CONCATENATED MODULE: ./.bundle/lib/config/file/document-keys.js



/** A key that names a field. */
function isOwn(key) {
    return !key.merges && key.name !== undefined && key.name !== PROTOTYPE;
}
function readKeys(map) {
    return map.items.map(({ key, value }) => ({
        name: toName(key),
        merges: (0,dist/* isScalar */.jn)(key) && key.value === '<<' && key.type === dist/* Scalar */.X5.PLAIN,
        node: key,
        value,
    }));
}
function toName(key) {
    if (!(0,dist/* isScalar */.jn)(key) || key.value === null)
        return undefined;
    return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}
/** JavaScript libraries lose it, and no chart has such a value. */
const PROTOTYPE = '__proto__';
/** Keys that stand twice, or that are none. */
function findKeyProblems(keys, path, source) {
    const first = new Map();
    return keys.flatMap((key) => {
        const { name } = key;
        if (name === undefined || name === PROTOTYPE)
            return [notAName(key, path, source)];
        const before = first.get(name);
        if (before)
            return [twice([before, key], [...path, name], source)];
        first.set(name, key);
        return [];
    });
}
function twice([first, second], path, source) {
    const [before, at] = [first, second].map(({ node }) => placeOf(offsetOf(node), source));
    return {
        code: 'config-duplicate-key',
        message: `${(0,problems_path/* showPath */.P8)(path)} stands in \`${source.file}\` twice, in line ${before?.line} and line ${at?.line}.`,
        hint: 'Keep one of them.',
        at,
    };
}
function notAName(key, path, source) {
    const where = path.length > 0 ? (0,problems_path/* showPath */.P8)(path) : `\`${source.file}\``;
    const what = key.name === undefined ? 'that is empty, a list or a map' : `\`${PROTOTYPE}\``;
    return {
        code: 'config-invalid',
        message: `${where} has a key ${what}.`,
        hint: 'Write a text as the key, such as `name: value`; one that holds `{` or `[` needs quotes.',
        at: placeOf(offsetOf(key.node), source),
    };
}

;// CONCATENATED MODULE: ./.bundle/lib/config/file/document-tree.js





/** Far more than any real file; aliases of aliases grow without bounds. */
const MOST_NODES = 100_000;
const DEEPEST = 100;
/** Throws `DeployError` for aliases that lead nowhere or to too much. */
function toTree(contents, source) {
    const walk = {
        ...source,
        targets: findTargets(contents),
        open: new Set(),
        checked: new Set(),
        spots: new Map(),
        problems: [],
        count: 0,
    };
    const value = convert(contents, [], walk);
    const spotAt = (path) => walk.spots.get(toKey(path)) ?? (path.length > 0 ? spotAt(path.slice(0, -1)) : undefined);
    return {
        value,
        file: source.file,
        at: (path) => placeOf(spotAt(path)?.offset ?? 0, source),
        source: (path) => walk.spots.get(toKey(path))?.source,
        problems: walk.problems,
    };
}
function convert(node, path, walk) {
    walk.count += 1;
    if (walk.count > MOST_NODES || path.length > DEEPEST)
        throw beyondUse(node, walk);
    if ((0,dist/* isAlias */.Vj)(node))
        return convert(followAlias(node, walk), path, walk);
    if ((0,dist/* isScalar */.jn)(node))
        return convertScalar(node, path, walk);
    walk.open.add(node);
    const value = (0,dist/* isMap */.jh)(node) ? convertMap(node, path, walk) : convertItems(node, path, walk);
    walk.open.delete(node);
    return value;
}
function convertItems(node, path, walk) {
    if (!(0,dist/* isSeq */.oP)(node))
        return null;
    return node.items.map((item, index) => {
        const below = [...path, index];
        mark(item, below, walk);
        return convert(item, below, walk);
    });
}
function convertScalar(scalar, path, walk) {
    const { value } = scalar;
    if (typeof value === 'number' && !Number.isFinite(value)) {
        walk.problems.push({
            code: 'config-invalid',
            message: `${(0,problems_path/* showPath */.P8)(path)} is a number that JSON cannot say.`,
            hint: 'Write a finite number, or put it in quotes.',
            at: placeOf(offsetOf(scalar), walk),
        });
        return 0;
    }
    const spot = walk.spots.get(toKey(path));
    if (spot)
        walk.spots.set(toKey(path), { ...spot, source: scalar.source });
    return value;
}
/** Keys of the map itself win over those that it merges, and of these the first, as YAML says. */
function convertMap(map, path, walk) {
    const keys = readKeys(map);
    if (!walk.checked.has(map))
        walk.problems.push(...findKeyProblems(keys, path, walk));
    walk.checked.add(map);
    const record = new Map();
    for (const { name, node, value } of keys.filter(isOwn)) {
        if (record.has(name))
            continue;
        const below = [...path, name];
        mark(node, below, walk);
        record.set(name, convert(value, below, walk));
    }
    for (const { node, value } of keys.filter((key) => key.merges)) {
        for (const [name, merged] of toMerged(convert(value, path, walk), node, walk)) {
            if (!record.has(name))
                record.set(name, merged);
        }
    }
    return Object.fromEntries(record);
}
function toMerged(value, key, walk) {
    const maps = Array.isArray(value) ? value : [value];
    return maps.flatMap((map) => {
        if (typeof map === 'object' && map !== null && !Array.isArray(map))
            return Object.entries(map);
        throw brokenAt(offsetOf(key), walk, {
            what: '`<<` merges something that is not a map',
            hint: 'Write `<<: *name`, with `&name` at a map before it.',
        });
    });
}
function beyondUse(node, walk) {
    return brokenAt(offsetOf(node), walk, {
        what: 'lists and maps are nested, or aliases repeated, beyond any use',
        hint: 'Write it out, and flatter.',
    });
}
/** The first to come is what counts: a merge key brings no place for what the map says itself. */
function mark(node, path, walk) {
    const key = toKey(path);
    if (!walk.spots.has(key))
        walk.spots.set(key, { offset: offsetOf(node) });
}
function toKey(path) {
    return JSON.stringify(path);
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 10 modules
var schemas = __webpack_require__(7325);
// EXTERNAL MODULE: ./.bundle/lib/nearest.js
var lib_nearest = __webpack_require__(1660);
// EXTERNAL MODULE: ./.bundle/lib/config/inputs.js
var inputs = __webpack_require__(5820);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/parse.js + 1 modules
var parse = __webpack_require__(3852);
;// CONCATENATED MODULE: ./.bundle/lib/config/file/schema-text.js

/** `${NAME}`: a variable of the step's environment. A `$` before it makes it plain text. */
const VARIABLE = /(?:^|[^$])\$\{([A-Z_][A-Z0-9_]*)\}/;
/** The same, where editors check a whole text: there is none in it. */
const WITHOUT_VARIABLE = /^(?![\s\S]*(?:^|[^$])\$\{[A-Z_][A-Z0-9_]*\})/;
/** The name of the first `${NAME}` in a text. */
function findVariable(text) {
    return VARIABLE.exec(text)?.[1];
}
/** `$${` is how a text says `${`. */
function unescapeVariables(text) {
    return text.replaceAll(`$\${`, `\${`);
}
/** Not empty, without `${NAME}`. */
const schema_text_text = schemas/* string */.YjP().min(1).regex(WITHOUT_VARIABLE).overwrite(unescapeVariables).meta({
    id: 'text',
    patternErrorMessage: `\`\${NAME}\` is filled in only in \`set\`, \`registry-username\`, \`registry-password\` and the secrets of \`cluster\`; \`$\${\` means \`\${\`.`,
});
/** Not empty; `${NAME}` in it is filled in later. */
const textWithVariables = schemas/* string */.YjP().min(1);
/** Any value of YAML; its texts are without `${NAME}`. */
const anyValue = schemas/* unknown */.L5J().superRefine(refuseVariables).overwrite(unescapeAll);
/** A map of any values, by names or dotted paths. */
const anyValues = schemas/* record */.g1P(schemas/* string */.YjP(), anyValue);
/** A length of time, as Go and helm write it; `parseDuration` reads it. */
const duration = schemas/* string */.YjP()
    .regex(/^(\d+(\.\d+)?(ms|h|m|s))+$/)
    .meta({
    patternErrorMessage: 'Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
});
function refuseVariables(value, context) {
    for (const { path, text } of textsIn(value)) {
        if (findVariable(text) === undefined)
            continue;
        context.addIssue({ code: 'custom', path: [...path], message: 'variable' });
    }
}
function textsIn(value) {
    if (typeof value === 'string')
        return [{ path: [], text: value }];
    if (typeof value !== 'object' || value === null)
        return [];
    const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return entries.flatMap(([key, below]) => textsIn(below).map(({ path, text }) => ({ path: [key, ...path], text })));
}
function unescapeAll(value) {
    if (typeof value === 'string')
        return unescapeVariables(value);
    if (Array.isArray(value))
        return value.map(unescapeAll);
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, unescapeAll(below)]));
}

// EXTERNAL MODULE: ./node_modules/zod/v4/core/registries.js
var registries = __webpack_require__(9396);
// EXTERNAL MODULE: ./.bundle/lib/config/names.js
var names = __webpack_require__(7633);
// EXTERNAL MODULE: ./.bundle/lib/config/cluster/aws-names.js
var aws_names = __webpack_require__(3284);
// EXTERNAL MODULE: ./.bundle/lib/config/cluster/google-names.js
var google_names = __webpack_require__(8644);
;// CONCATENATED MODULE: ./.bundle/lib/config/file/schema-cluster.js




const ROLE = 'arn:aws:iam::111122223333:role/deploy';
const role = schemas/* string */.YjP().regex(aws_names/* ROLE_ARN */.xG);
/** Never written out: everybody who reads the repository would have it. */
function secret(field, variable, description) {
    return schemas/* string */.YjP()
        .regex(/^\$\{[A-Z_][A-Z0-9_]*\}$/)
        .meta({
        description: `${description} Only as \`\${NAME}\`.`,
        examples: [`\${${variable}}`],
        patternErrorMessage: `Write \`${field}: \${${variable}}\`, and give the step that variable in its \`env:\` from a secret.`,
    });
}
const login = {
    'role-to-assume': role
        .meta({
        description: "EKS: role that is assumed with GitHub's OIDC token. Default: the AWS credentials that the step has.",
        examples: [ROLE],
        patternErrorMessage: aws_names/* ROLE_ARN_HINT */.xJ,
    })
        .optional(),
    'role-chaining': schemas/* strictObject */.rej({
        'role-to-assume': role.meta({
            description: 'EKS: role that is assumed with the credentials so far.',
            examples: ['arn:aws:iam::444455556666:role/deploy'],
            patternErrorMessage: aws_names/* ROLE_ARN_HINT */.xJ,
        }),
        'external-id': schemas/* string */.YjP()
            .regex(aws_names/* EXTERNAL_ID */.AQ)
            .meta({
            description: 'External id that the trust policy of that role asks for.',
            examples: ['acme-deploy'],
            patternErrorMessage: 'Use letters, digits and `_+=,.@:/-`, 2 to 1224 of them.',
        })
            .optional(),
    })
        .meta({
        description: 'EKS: a second role, such as one of another account.',
        examples: [{ 'role-to-assume': 'arn:aws:iam::444455556666:role/deploy' }],
    })
        .optional(),
    'role-session-name': schemas/* string */.YjP()
        .regex(aws_names/* SESSION_NAME */.z0)
        .meta({
        description: 'EKS: name of the session in the records of AWS. Default: made of repository and run.',
        examples: ['slipway-production'],
        patternErrorMessage: 'Use letters, digits and `_+=,.@-`, 2 to 64 of them.',
    })
        .optional(),
    'role-duration-seconds': schemas/* int */.Whr()
        .min(900)
        .max(43_200)
        .meta({
        description: 'EKS: how long the credentials of the role live; they are renewed in any case. With `role-chaining` 3600 at most.',
        default: 3600,
        examples: [3600],
        patternErrorMessage: 'Write seconds, from 900 to 43200, such as `role-duration-seconds: 3600`.',
    })
        .optional(),
    audience: schema_text_text
        .meta({
        description: "Audience of GitHub's OIDC token. Default: `sts.amazonaws.com` for AWS, the address of the provider for Google.",
        examples: ['sts.amazonaws.com'],
    })
        .optional(),
    'inline-session-policy': schemas/* union */.KCZ([schema_text_text, anyValues])
        .meta({
        description: 'EKS: policy that narrows the role, as a map or as JSON; 2048 characters at most.',
        examples: [
            {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: 'eks:DescribeCluster', Resource: '*' }],
            },
        ],
    })
        .optional(),
    'managed-session-policies': schemas/* array */.YOg(schemas/* string */.YjP()
        .regex(aws_names/* POLICY_ARN */.nS)
        .meta({
        examples: ['arn:aws:iam::111122223333:policy/describe-cluster'],
        patternErrorMessage: 'Write the ARN of the policy, such as `arn:aws:iam::111122223333:policy/describe-cluster`.',
    }))
        .min(1)
        .max(10)
        .meta({
        description: 'EKS: ARNs of policies that narrow the role, 10 at most.',
        examples: [['arn:aws:iam::111122223333:policy/describe-cluster']],
    })
        .optional(),
    'workload-identity-provider': schemas/* string */.YjP()
        .regex(google_names/* IDENTITY_PROVIDER */.VA)
        .meta({
        description: "GKE: provider that takes GitHub's OIDC token. Default: the Google credentials that the step has.",
        examples: [
            'projects/123456789012/locations/global/workloadIdentityPools/github/providers/acme',
        ],
        patternErrorMessage: 'Write `projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>`, with the number of the project, not its id.',
    })
        .optional(),
    'service-account': schemas/* string */.YjP()
        .regex(google_names/* SERVICE_ACCOUNT */.Sg)
        .meta({
        description: 'GKE: service account to act as; without one the login itself is used.',
        examples: ['deploy@acme-data.iam.gserviceaccount.com'],
        patternErrorMessage: google_names/* SERVICE_ACCOUNT_HINT */.aW,
    })
        .optional(),
    credentials: secret('credentials', 'GCP_CREDENTIALS', 'GKE: JSON of a service-account key or of a credential configuration, raw or in base64.').optional(),
    'access-token': secret('access-token', 'GCP_ACCESS_TOKEN', 'GKE: an access token, which cannot be renewed.').optional(),
    kubeconfig: textWithVariables
        .regex(/^[^\n]*$/)
        .meta({
        description: `Path of the kubeconfig, or \`\${NAME}\` for its content, raw or in base64. Only what is given here is used.`,
        examples: [`\${KUBECONFIG}`, 'kubeconfig.yaml'],
        patternErrorMessage: `Write its path, or \`kubeconfig: \${KUBECONFIG}\`, and give the step that variable in its \`env:\` from a secret.`,
    })
        .optional(),
    context: schema_text_text
        .meta({
        description: 'Context of the kubeconfig. Default: its `current-context`.',
        examples: ['staging'],
    })
        .optional(),
    token: secret('token', 'KUBE_TOKEN', 'Token for `server`.').optional(),
};
const accounts = schemas/* array */.YOg(schemas/* union */.KCZ([
    schemas/* string */.YjP().regex(/^\d{12}$/),
    // YAML drops zeros in front: what is left of such a number is shorter.
    schemas/* int */.Whr().min(100_000_000_000).max(999_999_999_999),
])
    .meta({
    examples: ['111122223333'],
    patternErrorMessage: 'Write the 12 digits of the account in quotes, such as `"012345678901"`: YAML drops zeros in front of a number.',
}))
    .min(1)
    .meta({
    description: 'EKS: accounts that the login may be of; any other is refused before the cluster is touched.',
    examples: [['111122223333']],
});
const cluster = schemas/* strictObject */.rej({
    provider: schemas/* enum */.k5n(['eks', 'gke', 'kubeconfig', 'in-cluster'])
        .meta({
        description: 'How the cluster is reached. Default: what the other fields tell; `in-cluster`, for runners in pods of it, is never assumed.',
        examples: ['eks'],
    })
        .optional(),
    name: schema_text_text
        .meta({
        description: 'Name of the cluster; its ARN on EKS or its full resource name on GKE.',
        examples: ['data-prod'],
    })
        .optional(),
    location: schema_text_text
        .meta({
        description: 'Region on EKS (default: `AWS_REGION` of the step), region or zone on GKE.',
        examples: ['eu-west-1', 'europe-west1', 'europe-west1-b'],
    })
        .optional(),
    project: schema_text_text
        .meta({
        description: 'GKE: project of the cluster. Default: `CLOUDSDK_CORE_PROJECT` or `GOOGLE_CLOUD_PROJECT` of the step.',
        examples: ['acme-data'],
    })
        .optional(),
    ...login,
    'allowed-account-ids': accounts.optional(),
    endpoint: schemas/* enum */.k5n(['auto', 'internal', 'dns', 'gateway'])
        .meta({
        description: 'GKE: the way to the API server. `auto`: by address, or by DNS where addresses are switched off; `gateway`: the Connect gateway of the fleet.',
        default: 'auto',
        examples: ['dns'],
    })
        .optional(),
    membership: schemas/* string */.YjP()
        .regex(google_names/* MEMBERSHIP */.HV)
        .meta({
        description: 'GKE with `endpoint: gateway`: membership in the fleet. Default: what the cluster says.',
        examples: ['projects/acme-data/locations/europe-west1/memberships/data'],
        patternErrorMessage: 'Write `projects/<project>/locations/<location>/memberships/<name>`, as `gcloud container fleet memberships list` has it.',
    })
        .optional(),
    universe: schemas/* string */.YjP()
        .regex(google_names/* DOMAIN */.V2)
        .meta({
        description: 'GKE: domain of the cloud.',
        default: 'googleapis.com',
        examples: ['googleapis.com'],
        patternErrorMessage: 'Write the domain alone, such as `googleapis.com`.',
    })
        .optional(),
    server: schemas/* string */.YjP()
        .regex(/^https:\/\/[^\s/?#@]+(?:\/[^\s?#@]*)?$/)
        .meta({
        description: 'Address of the API server: with `token` for a cluster of any kind; on EKS with `ca`, for a role that may not describe the cluster.',
        examples: ['https://k8s.example.com:6443'],
        patternErrorMessage: 'Write its whole address, beginning with `https://`.',
    })
        .optional(),
    ca: schema_text_text
        .meta({
        description: 'Certificate of the authority of `server`, in PEM or base64 of it. Default: those that the runner trusts.',
        examples: ['LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJ…'],
    })
        .optional(),
    'tls-server-name': schema_text_text
        .meta({
        description: 'Name that the certificate of the API server is checked against.',
        examples: ['k8s.internal.example.com'],
    })
        .optional(),
    'proxy-url': textWithVariables
        .meta({
        description: `Proxy on the way to the API server. Default: what \`HTTPS_PROXY\` and \`NO_PROXY\` say. \`\${NAME}\` is filled in.`,
        examples: ['http://proxy.example.com:3128'],
    })
        .optional(),
    plan: schemas/* strictObject */.rej(login)
        .meta({
        description: 'The login for `command: plan`, with fewer rights: the fields from `role-to-assume` to `token`. It replaces the login of the cluster whole; only `workload-identity-provider`, `audience` and `kubeconfig` need not be said again.',
        examples: [{ 'role-to-assume': 'arn:aws:iam::111122223333:role/plan' }],
    })
        .optional(),
})
    .meta({
    description: 'The cluster of the environment, and who logs in to it.',
    examples: [
        { name: 'data-prod', location: 'eu-west-1', 'role-to-assume': ROLE },
        { kubeconfig: `\${KUBECONFIG}`, context: 'staging' },
    ],
});

;// CONCATENATED MODULE: ./.bundle/lib/config/file/schema-release.js


const PLACEHOLDERS = 'Takes placeholders such as `{environment}`.';
const chart = schemas/* union */.KCZ([
    schema_text_text,
    schemas/* strictObject */.rej({
        name: schema_text_text
            .meta({
            description: `Folder of the chart, its name in \`repository\`, or an \`oci://\` address. ${PLACEHOLDERS}`,
            examples: ['airbyte', 'charts/api', 'oci://ghcr.io/acme/charts/api'],
        })
            .optional(),
        repository: schema_text_text
            .meta({
            description: `Address of the chart repository, or the part of an \`oci://\` address before the name. ${PLACEHOLDERS}`,
            examples: ['https://airbytehq.github.io/charts'],
        })
            .optional(),
        version: schema_text_text
            .meta({
            description: `Exact version, range, digest (\`sha256:…\`), or \`latest\`; not for a folder. ${PLACEHOLDERS}`,
            examples: ['2.2.0', '~2.2', 'latest'],
        })
            .optional(),
        'plain-http': schemas/* boolean */.zMY()
            .meta({
            description: 'Speak http instead of https with the registry.',
            default: false,
            examples: [true],
        })
            .optional(),
        'ca-file': schema_text_text
            .meta({
            description: `File with the certificates of the authorities that the server is checked against. ${PLACEHOLDERS}`,
            examples: ['certificates/ca.pem'],
        })
            .optional(),
        keyring: schema_text_text
            .meta({
            description: `Keyring with the public keys that the chart's \`.prov\` file is verified with. ${PLACEHOLDERS}`,
            examples: ['keys/charts.gpg'],
        })
            .optional(),
    }),
])
    .meta({
    description: `The chart: a folder, an \`oci://\` address, or a map that says more. ${PLACEHOLDERS}`,
    examples: [
        'charts/api',
        { name: 'airbyte', repository: 'https://airbytehq.github.io/charts', version: '2.2.0' },
    ],
});
const namespace = schemas/* union */.KCZ([
    schema_text_text,
    schemas/* strictObject */.rej({
        name: schema_text_text
            .meta({
            description: `Name of the namespace. ${PLACEHOLDERS}`,
            examples: ['airbyte', 'airbyte-{environment}'],
        })
            .optional(),
        create: schemas/* boolean */.zMY()
            .meta({
            description: 'Create the namespace when it is absent.',
            default: true,
            examples: [false],
        })
            .optional(),
        labels: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP())
            .meta({
            description: 'Labels of the namespace when it is created; one that exists keeps its own.',
            examples: [{ team: 'data' }],
        })
            .optional(),
    }),
])
    .meta({
    description: `Namespace of the release. ${PLACEHOLDERS}`,
    examples: ['airbyte', { name: 'airbyte', labels: { team: 'data' } }],
});
const values = schemas/* array */.YOg(schemas/* union */.KCZ([
    schema_text_text,
    schemas/* strictObject */.rej({
        file: schema_text_text.meta({
            description: `Path or glob. ${PLACEHOLDERS}`,
            examples: ['values/{environment}.yaml'],
        }),
        optional: schemas/* boolean */.zMY()
            .meta({ description: 'The file may be missing.', default: false, examples: [true] })
            .optional(),
        decrypt: schemas/* enum */.k5n(['sops'])
            .meta({
            description: 'Decrypt the file with the `sops` on PATH.',
            examples: ['sops'],
        })
            .optional(),
    }),
])
    .meta({
    description: 'A path or glob, with a leading `?` when it may be missing; or a map.',
    examples: ['values/base.yaml', { file: 'values/secrets.yaml', decrypt: 'sops' }],
}))
    .meta({
    description: `Values files in their order; later ones win. Globs are sorted, a leading \`?\` makes one optional. ${PLACEHOLDERS}`,
    examples: [['values/base.yaml', '?values/{environment}.yaml']],
});
const postRenderer = schemas/* union */.KCZ([
    schema_text_text,
    schemas/* strictObject */.rej({
        program: schema_text_text.meta({
            description: `Path of the program. ${PLACEHOLDERS}`,
            examples: ['scripts/add-labels.sh'],
        }),
        args: schemas/* array */.YOg(schema_text_text)
            .meta({ description: 'Arguments of the program.', examples: [['--team', 'data']] })
            .optional(),
    }),
    schemas/* strictObject */.rej({
        kustomization: schema_text_text.meta({
            description: `Folder with a kustomization.yaml. ${PLACEHOLDERS}`,
            examples: ['kustomize/{environment}'],
        }),
    }),
])
    .meta({
    description: 'Changes the manifest before it is planned and applied: a program that reads it from stdin and writes it to stdout, or a kustomization.',
    examples: [
        'scripts/add-labels.sh',
        { program: 'scripts/add-labels.sh', args: ['--team', 'data'] },
        { kustomization: 'kustomize/{environment}' },
    ],
});
/** Fields of a release, under the names of the inputs; what is absent is decided elsewhere. */
const releaseShape = {
    chart: chart.optional(),
    namespace: namespace.optional(),
    'registry-username': textWithVariables
        .meta({
        description: `User for a private registry or chart repository. \`\${NAME}\` is filled in.`,
        examples: [`\${REGISTRY_USERNAME}`],
    })
        .optional(),
    'registry-password': schemas/* string */.YjP()
        .regex(/^\$\{[A-Z_][A-Z0-9_]*\}$/)
        .meta({
        description: `Password for it, only as \`\${NAME}\`.`,
        examples: [`\${REGISTRY_PASSWORD}`],
        patternErrorMessage: `Write \`registry-password: \${REGISTRY_PASSWORD}\`, and give the step that variable in its \`env:\` from a secret.`,
    })
        .optional(),
    values: values.optional(),
    'values-inline': anyValues
        .meta({
        description: 'Values; they win over `values`.',
        examples: [{ replicas: 2, resources: { limits: { memory: '1Gi' } } }],
    })
        .optional(),
    set: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP())
        .meta({
        description: `Values by dotted path, always texts; they win over \`values\` and \`values-inline\`. \`\\.\` is a dot in a name, \`\${NAME}\` is filled in.`,
        examples: [{ 'server.image.tag': `\${IMAGE_TAG}` }],
    })
        .optional(),
    'set-file': schemas/* record */.g1P(schemas/* string */.YjP(), schema_text_text)
        .meta({
        description: `Files by dotted path; the content of the file becomes the value. ${PLACEHOLDERS}`,
        examples: [{ 'server.config': 'config/{environment}.toml' }],
    })
        .optional(),
    'set-json': anyValues
        .meta({
        description: 'Values by dotted path; a text is read as JSON, anything else is taken as it is. They win over `values` and `values-inline`.',
        examples: [{ 'server.tolerations': [{ key: 'spot', operator: 'Exists' }] }],
    })
        .optional(),
    timeout: duration
        .meta({
        description: 'Time for all hooks and the rollout together. A rollback has the same time again.',
        default: '10m',
        examples: ['20m', '1h30m'],
    })
        .optional(),
    'on-failure': schemas/* enum */.k5n(['rollback', 'hold'])
        .meta({
        description: '`rollback` to the last good revision, or `hold` what failed for you to look at.',
        default: 'rollback',
        examples: ['hold'],
    })
        .optional(),
    'skip-unchanged': schemas/* boolean */.zMY()
        .meta({
        description: 'Do nothing when it is proved that nothing would change.',
        default: true,
        examples: [false],
    })
        .optional(),
    'wait-for-lock': duration
        .meta({
        description: 'How long to wait while another run deploys the same release.',
        default: '0s',
        examples: ['5m'],
    })
        .optional(),
    'helm-args': schemas/* array */.YOg(schema_text_text)
        .meta({
        description: 'Further arguments for helm, for what has no field here.',
        examples: [['--enable-dns']],
    })
        .optional(),
    'post-renderer': postRenderer.optional(),
    'server-side': schemas/* union */.KCZ([schemas/* boolean */.zMY(), schemas/* literal */.euz('auto')])
        .meta({
        description: 'Apply on the server. `auto`: a new release as the helm in use does it, an old one as it was last applied.',
        default: 'auto',
        examples: [true],
    })
        .optional(),
    'force-conflicts': schemas/* boolean */.zMY()
        .meta({
        description: 'Take fields that somebody else manages, when applying on the server.',
        default: false,
        examples: [true],
    })
        .optional(),
    'take-ownership': schemas/* boolean */.zMY()
        .meta({
        description: 'Take over objects that exist and belong to no release, or to another one.',
        default: false,
        examples: [true],
    })
        .optional(),
    'skip-schema-validation': schemas/* boolean */.zMY()
        .meta({
        description: "Do not check the values against the chart's `values.schema.json`.",
        default: false,
        examples: [true],
    })
        .optional(),
    'history-max': schemas/* int */.Whr()
        .min(1)
        .meta({
        description: 'Revisions that helm keeps, at least; the last good one is never removed. 0, which is no limit to helm, is refused: the namespace would fill up.',
        default: 10,
        examples: [10],
    })
        .optional(),
    wait: schemas/* enum */.k5n(['ours', 'helm'])
        .meta({
        description: 'Who waits until workloads are ready: `ours`, or `helm` as well, for a chart whose post-hooks need ready pods.',
        default: 'ours',
        examples: ['ours'],
    })
        .optional(),
    crds: schemas/* enum */.k5n(['helm', 'apply', 'skip'])
        .meta({
        description: "The CRDs of the chart's `crds/`: `helm` installs them once, `apply` brings them up to date before every deploy, `skip` leaves them out.",
        default: 'helm',
        examples: ['apply'],
    })
        .optional(),
};

;// CONCATENATED MODULE: ./.bundle/lib/config/file/schema.js





/*
 * What slipway.yaml may hold. The JSON Schema for editors and the table of docs/slipway-yaml.md are
 * made of it by scripts/schema.ts, and hints quote its examples. A field that is absent has no value
 * here: defaults come when file and inputs are laid over each other.
 */
const releaseName = schemas/* string */.YjP()
    .max(names/* RELEASE_LENGTH */.LI)
    .regex(names/* RELEASE_NAME */.K_)
    .meta({
    patternErrorMessage: `Use at most ${names/* RELEASE_LENGTH */.LI} lower-case letters, digits, \`-\` and \`.\`, with a letter or digit at both ends.`,
});
/** It becomes a part of paths, so it may hold nothing that means something there. */
const environmentName = schemas/* string */.YjP()
    .regex(names/* ENVIRONMENT_NAME */.YR)
    .regex(/^(?!.*\.\.)/)
    .meta({
    patternErrorMessage: 'Use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends.',
});
const variableName = schemas/* string */.YjP()
    .regex(/^[A-Za-z][A-Za-z0-9_-]*$/)
    .meta({ patternErrorMessage: 'Use letters, digits, `-` and `_`, with a letter in front.' });
const environment = schemas/* strictObject */.rej({
    vars: schemas/* record */.g1P(variableName, schemas/* union */.KCZ([schema_text_text, schemas/* number */.aig(), schemas/* boolean */.zMY()]))
        .meta({
        description: 'What `{vars.…}` stands for in this environment.',
        examples: [{ region: 'eu-west-1' }],
    })
        .optional(),
    cluster: cluster.optional(),
})
    .meta({ examples: [{ cluster: { kubeconfig: `\${KUBECONFIG}` } }] });
const releaseFields = schemas/* strictObject */.rej(releaseShape).meta({
    id: 'release-fields',
    examples: [{ timeout: '20m' }],
});
const release = schemas/* strictObject */.rej({
    ...releaseShape,
    needs: schemas/* array */.YOg(schema_text_text)
        .meta({
        description: 'Releases of this file that are deployed before this one.',
        examples: [['database']],
    })
        .optional(),
    environments: schemas/* record */.g1P(environmentName, releaseFields)
        .meta({
        description: 'Fields that are different in one environment, by its name. They win over those of the release.',
        examples: [{ production: { timeout: '20m' } }],
    })
        .optional(),
})
    .meta({ examples: [{ chart: 'charts/api', namespace: 'api' }] });
const configSchema = schemas/* strictObject */.rej({
    $schema: schemas/* string */.YjP()
        .meta({ description: 'Address of the JSON Schema, for editors; Slipway ignores it.' })
        .optional(),
    environments: schemas/* record */.g1P(environmentName, environment)
        .meta({
        description: 'The environments, by name; the input `environment` chooses one. Without this field any name will do.',
        examples: [{ staging: { cluster: { kubeconfig: `\${KUBECONFIG}` } }, production: {} }],
    })
        .optional(),
    defaults: releaseFields
        .meta({
        description: 'Fields for all releases; those of a release win.',
        examples: [{ timeout: '20m' }],
    })
        .optional(),
    releases: schemas/* record */.g1P(releaseName, release)
        .refine((releases) => Object.keys(releases).length > 0, 'empty')
        .meta({
        description: 'The releases, by name; the input `releases` chooses some of them.',
        examples: [{ api: { chart: 'charts/api', namespace: 'api' } }],
        minProperties: 1,
    }),
});

;// CONCATENATED MODULE: ./.bundle/lib/config/file/problems/words.js



/** The schema of what may stand at a path; undefined where nothing may. */
function findSchema(path) {
    return path.reduce((schema, key) => schema && findBelow(schema, key), configSchema);
}
function findBelow(schema, key) {
    for (const option of toOptions(schema)) {
        if (option instanceof schemas/* ZodArray */.naA)
            return option.element;
        if (option instanceof schemas/* ZodRecord */.b8S)
            return option.valueType;
        const below = option instanceof schemas/* ZodObject */.bvH ? toShape(option)[key] : undefined;
        if (below)
            return below;
    }
    return undefined;
}
/** What an `optional` or a union holds. */
function toOptions(schema) {
    if (schema instanceof schemas/* ZodOptional */.IiU)
        return toOptions(schema.unwrap());
    return schema instanceof schemas/* ZodUnion */.fZ7 ? schema.options : [schema];
}
function toShape(schema) {
    return schema instanceof schemas/* ZodObject */.bvH ? schema.shape : {};
}
/** Whether a map has only fields that the map around it has as well, such as `plan` in `cluster`. */
function repeatsFields(schema, around) {
    const outer = Object.values(toShape(around));
    const [own, ...others] = toOptions(schema).map((option) => Object.values(toShape(option)));
    if (own === undefined || own.length === 0 || others.length > 0)
        return false;
    return own.every((field) => outer.includes(field));
}
function findMeaning(schema) {
    const inner = schema instanceof schemas/* ZodOptional */.IiU ? schema.unwrap() : schema;
    return (registries/* globalRegistry */.fd.get(inner) ?? {});
}
/** Such as `a text or a map`. */
function describeType(schema) {
    return joinWords([...new Set(toOptions(schema).flatMap(listWords))]);
}
function listWords(schema) {
    if (schema instanceof schemas/* ZodString */.NDH)
        return ['a text'];
    if (schema instanceof schemas/* ZodBoolean */.WFD)
        return ['`true`', '`false`'];
    if (schema instanceof schemas/* ZodNumber */.rSt)
        return [schema.isInt ? 'a whole number' : 'a number'];
    if (schema instanceof schemas/* ZodArray */.naA)
        return ['a list'];
    if (schema instanceof schemas/* ZodEnum */.Vb4)
        return schema.options.map((word) => `\`${word}\``);
    if (schema instanceof schemas/* ZodLiteral */.DN5)
        return [`\`${schema.value}\``];
    return [schema instanceof schemas/* ZodUnknown */._aJ ? 'anything' : 'a map'];
}
/** `a, b or c`. */
function joinWords(words) {
    const last = words.at(-1) ?? '';
    return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}
/** A value as one line of YAML. */
function renderValue(value) {
    return (0,dist/* stringify */.As)(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();
}
/** A line that may stand at a path, from the examples of the schema; undefined without one. */
function renderExample(path) {
    const schema = findSchema(path);
    const [example] = (schema && findMeaning(schema).examples) ?? [];
    if (example === undefined)
        return undefined;
    const key = path.at(-1);
    return `${typeof key === 'number' ? '-' : `${key}:`} ${renderValue(example)}`;
}

;// CONCATENATED MODULE: ./.bundle/lib/config/file/problems/hints.js



/** What is found in these may be secret and is never repeated. */
const SECRET = [
    'set',
    'set-json',
    'values-inline',
    'registry-password',
    'kubeconfig',
    'credentials',
    'access-token',
    'token',
    'proxy-url',
    'helm-args',
    'args',
];
/** Whether what stands at the path is kept out of messages. */
function isSecret(path) {
    return path.some((key) => SECRET.includes(String(key)));
}
/** What to write instead of a value of another type. */
function hintForType(found) {
    const { path, value } = found;
    if (typeof value === 'number' || typeof value === 'boolean') {
        const quoted = quote(found);
        if (quoted !== undefined)
            return quoted;
    }
    if (typeof value === 'string') {
        const unquoted = unquote(value, path);
        if (unquoted !== undefined)
            return `Write \`${withKey(path, unquoted)}\`, without quotes.`;
    }
    return hintForPlaceholder(path, value) ?? findRule(path) ?? writeLike(path);
}
/** For a number, `true` or `false` where a text would do. */
function quote({ path, value, source }) {
    const schema = findSchema(path);
    const written = source ?? String(value);
    if (!schema || !parse/* safeParse */.xL(schema, written).success)
        return undefined;
    if (isSecret(path)) {
        return typeof value === 'number'
            ? 'Write it in quotes; without them YAML makes 1.1 of 1.10.'
            : 'Write it in quotes; for a value that is not a text use `set-json`.';
    }
    const changed = written === String(value) ? '' : `; without them YAML makes ${value} of it`;
    return `Write it in quotes: \`${withKey(path, JSON.stringify(written))}\`${changed}.`;
}
const SWITCHES = {
    yes: 'true',
    on: 'true',
    no: 'false',
    off: 'false',
};
/** What a text says that would do without quotes. */
function unquote(value, path) {
    const schema = findSchema(path);
    const word = value.trim().toLowerCase();
    const meant = Object.hasOwn(SWITCHES, word) ? SWITCHES[word] : word;
    if (!schema || meant === undefined || isSecret(path))
        return undefined;
    const typed = meant === 'true' || meant === 'false' ? meant === 'true' : Number(meant || Number.NaN);
    return parse/* safeParse */.xL(schema, typed).success ? meant : undefined;
}
/** For `{environment}` where a text would do: without quotes it is a map with one key. */
function hintForPlaceholder(path, value) {
    const schema = findSchema(path);
    const [entry, ...rest] = Object.entries(Object(value));
    if (!schema || !entry || entry[1] !== null || rest.length > 0)
        return undefined;
    const written = `{${entry[0]}}`;
    if (!PLACEHOLDER.test(written) || !parse/* safeParse */.xL(schema, written).success)
        return undefined;
    return `YAML reads \`${written}\` as a map; write it in quotes: \`${withKey(path, `"${written}"`)}\`.`;
}
const PLACEHOLDER = /^\{(environment|release|namespace|vars\.[\w-]+)\}$/;
/** What the schema says about the form of a text, beyond what it says of all. */
function findRule(path) {
    const schema = findSchema(path);
    const rule = schema && findMeaning(schema).patternErrorMessage;
    return rule === findMeaning(schema_text_text).patternErrorMessage ? undefined : rule;
}
/** With an example of the schema. */
function writeLike(path) {
    const written = renderExample(path);
    return written ? `Write it like \`${written}\`.` : 'Give it a value.';
}
function withKey(path, value) {
    const key = path.at(-1);
    return typeof key === 'number' ? `- ${value}` : `${renderValue(key)}: ${value}`;
}

;// CONCATENATED MODULE: ./.bundle/lib/config/file/problems/homes.js



/** Every map with fields of its own, in the order of the schema. */
function listHomes() {
    return listBelow(configSchema, []);
}
function listBelow(schema, path) {
    return toOptions(schema).flatMap((option) => {
        if (option instanceof schemas/* ZodArray */.naA)
            return listBelow(option.element, [...path, '[]']);
        if (option instanceof schemas/* ZodRecord */.b8S)
            return listBelow(option.valueType, [...path, '<name>']);
        const fields = toShape(option);
        const below = Object.entries(fields).flatMap(([name, field]) => repeatsFields(field, option) ? [] : listBelow(field, [...path, name]));
        return option instanceof schemas/* ZodObject */.bvH ? [{ path, fields }, ...below] : below;
    });
}
/**
 * Where a field belongs that stands at a path: nearest below that path if it can, then nearest around
 * it, otherwise wherever the schema has it.
 */
function findHomes(field, path) {
    const homes = listHomes().filter(({ fields }) => Object.hasOwn(fields, field));
    if (path.length === 0)
        return homes;
    const below = homes.filter((home) => matches(home.path, path));
    const depth = Math.min(...below.map((home) => home.path.length));
    if (below.length > 0)
        return below.filter((home) => home.path.length === depth);
    const around = homes.findLast((home) => matches(home.path, path.slice(0, home.path.length)));
    return around ? [around] : homes;
}
/** Whether a pattern leads to a path or below it. */
function matches(pattern, path) {
    return path.every((key, index) => {
        const part = pattern[index];
        return part === key || part === '<name>' || (part === '[]' && typeof key === 'number');
    });
}
/** Such as `releases.<name>.chart`, or an item of a list. */
function describeHome({ path }) {
    if (path.length === 0)
        return 'the top level';
    const isItem = path.at(-1) === '[]';
    const written = `\`${(isItem ? path.slice(0, -1) : path).join('.')}\``;
    return isItem ? `an item of ${written}` : written;
}

;// CONCATENATED MODULE: ./.bundle/lib/config/file/problems/other-names.js
/* Names that somebody may write into slipway.yaml who knows our inputs, or design and plans of ours. */
/** Inputs that the file has inside of a map: the map, and the name in it. */
const NESTED = new Map([
    ['chart-name', ['chart', 'name']],
    ['chart-repository', ['chart', 'repository']],
    ['chart-version', ['chart', 'version']],
    ['create-namespace', ['namespace', 'create']],
    ['namespace-labels', ['namespace', 'labels']],
    ['cluster-provider', ['cluster', 'provider']],
    ['cluster-name', ['cluster', 'name']],
    ['cluster-location', ['cluster', 'location']],
    ['aws-role-to-assume', ['cluster', 'role-to-assume']],
    ['gcp-project', ['cluster', 'project']],
    ['gcp-workload-identity-provider', ['cluster', 'workload-identity-provider']],
    ['gcp-service-account', ['cluster', 'service-account']],
    ['kube-context', ['cluster', 'context']],
]);
/** Words of helm for what Slipway does by itself: what to do instead. */
const OURS = new Map([
    ['atomic', 'Remove it: `on-failure: rollback` holds without being said.'],
    ['rollback-on-failure', 'Remove it: `on-failure: rollback` holds without being said.'],
    ['install', 'Remove it: a release that does not exist is installed.'],
    ['reset-values', 'Remove it: only what is said here counts.'],
]);
/** Fields of later versions. */
const LATER_FIELDS = [
    'abort-early',
    'apply-install-only',
    'checks',
    'ignore-paths',
    'late-bound',
    'manifests',
    'manifests-before',
    'max-parallel',
    'migrations',
    'on-install-failure',
    'profile',
    'promote-from',
    'protected',
    'prune',
    'restart-on-config-change',
    'rollback-across-migration',
    'secrets',
    'soak',
    'verify',
    'wait-for',
];

;// CONCATENATED MODULE: ./.bundle/lib/config/file/problems/unknown.js







/** Names the key, and where it belongs or what was meant by it. */
function explainUnknown(unknown) {
    const { key, path, tree } = unknown;
    const at = tree.at([...path, key]);
    const later = explainLater(key, path);
    const advice = later ?? { message: describe(unknown), hint: adviseOn(unknown) };
    return { code: 'config-unknown-field', ...advice, at };
}
function describe({ key, path, tree }) {
    const where = path.length > 0 ? (0,problems_path/* showPath */.P8)(path) : `\`${tree.file}\``;
    return `${where} has the field \`${(0,problems_path/* shorten */.ml)(key)}\`, which does not belong there.`;
}
function adviseOn({ key, path, parent }) {
    const unquoted = hintForPlaceholder(path, parent);
    if (unquoted !== undefined)
        return unquoted;
    const siblings = fieldsAt(path);
    const kebab = toKebab(key);
    if (siblings.includes(kebab)) {
        return kebab === key
            ? `Keep \`${key}\` or the other fields: they exclude each other.`
            : `Write \`${kebab}\`.`;
    }
    const [nearest] = (0,lib_nearest/* findNearest */.q)(kebab, siblings);
    const meant = nearest && `Did you mean \`${nearest}\`?`;
    return ((isTypo(kebab, nearest) ? meant : undefined) ??
        findElsewhere(kebab, path) ??
        meant ??
        listFields(siblings));
}
/** Fields that a later version has. */
function explainLater(key, path) {
    if (!LATER_FIELDS.includes(key))
        return undefined;
    return {
        message: `${(0,problems_path/* showPath */.P8)([...path, key])} is not available yet in this version of Slipway.`,
        hint: 'Remove it.',
    };
}
/** Where the schema has a field of this name, or what an input is called in the file. */
function findElsewhere(key, path) {
    const ours = OURS.get(key);
    if (ours)
        return ours;
    const nested = NESTED.get(key);
    if (nested)
        return `Write \`${nested[1]}\` inside \`${nested[0]}\`.`;
    if (key === 'release')
        return 'The name of a release is its key in `releases`.';
    const homes = findHomes(key, path);
    if (homes.length > 0)
        return `\`${key}\` belongs in ${joinWords(homes.map(describeHome))}.`;
    return (0,inputs/* findInput */.c)(key)
        ? `\`${key}\` is an input: write it into the \`with:\` of the step.`
        : undefined;
}
function fieldsAt(path) {
    const schema = findSchema(path);
    return (schema ? toOptions(schema) : []).flatMap((option) => Object.keys(toShape(option)));
}
/** camelCase, snake_case and capitals. */
function toKebab(key) {
    return key
        .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
        .replaceAll('_', '-')
        .toLowerCase();
}
/** One slip; more may be another word that the file has elsewhere. */
function isTypo(key, nearest) {
    return nearest !== undefined && (0,lib_nearest/* editDistance */.Y)(key, nearest) <= 1;
}
function listFields(fields) {
    const names = fields.map((field) => `\`${field}\``);
    return fields.length <= 8
        ? `Remove it, or use ${joinWords(names)}.`
        : 'Remove it; docs/slipway-yaml.md lists all fields.';
}

// EXTERNAL MODULE: ./.bundle/lib/config/unavailable.js
var unavailable = __webpack_require__(5219);
;// CONCATENATED MODULE: ./.bundle/lib/config/file/problems/value.js







/** One value that the schema refuses. */
function explainValue(found, issue) {
    const at = found.tree.at(found.path);
    return { ...value_describe(found, issue), at };
}
function value_describe(found, issue) {
    const { value, path } = found;
    if (value === undefined)
        return missing(path);
    if (value === null)
        return empty(path);
    if (issue.code === 'invalid_type' || issue.code === 'invalid_union')
        return wrongType(found);
    if (issue.code === 'invalid_value') {
        return typeof value === 'string' ? unknownWord(found, value) : wrongType(found);
    }
    return refused(found, issue);
}
function missing(path) {
    return {
        code: 'config-missing',
        message: `${(0,problems_path/* showPath */.P8)(path)} is missing.`,
        hint: writeLike(path),
    };
}
function empty(path) {
    const written = renderExample(path);
    return {
        code: 'config-wrong-type',
        message: `${(0,problems_path/* showPath */.P8)(path)} has no value.`,
        hint: written
            ? `Remove it, or give it one, such as \`${written}\`.`
            : 'Remove it, or give it one; an empty text is `""`.',
    };
}
function wrongType(found) {
    const schema = findSchema(found.path);
    return {
        code: 'config-wrong-type',
        message: `${(0,problems_path/* showPath */.P8)(found.path)} is ${describeValue(found)}, not ${schema ? describeType(schema) : 'that'}.`,
        hint: hintForType(found),
    };
}
function describeValue({ value, source, path }) {
    if (Array.isArray(value))
        return 'a list';
    if (typeof value === 'object')
        return 'a map';
    const secret = isSecret(path);
    if (typeof value === 'string')
        return secret ? 'a text' : `the text \`${(0,problems_path/* shorten */.ml)(value)}\``;
    if (typeof value === 'number')
        return secret ? 'a number' : `the number ${source ?? value}`;
    return secret ? '`true` or `false`' : `\`${value}\``;
}
function unknownWord(found, value) {
    const { path } = found;
    if (findVariable(value) !== undefined)
        return variable(found, value);
    const insteadOfAks = path.at(-1) === 'provider' ? (0,unavailable/* findInsteadOfAks */.KH)(value) : undefined;
    if (insteadOfAks !== undefined) {
        return {
            code: 'config-invalid',
            message: `${(0,problems_path/* showPath */.P8)(path)} is \`${(0,problems_path/* shorten */.ml)(value)}\`, and Slipway does not log in to AKS by itself.`,
            hint: insteadOfAks,
        };
    }
    const words = wordsOf(path);
    const [nearest] = (0,lib_nearest/* findNearest */.q)(value, words);
    return {
        code: 'config-invalid',
        message: `${(0,problems_path/* showPath */.P8)(path)} is \`${(0,problems_path/* shorten */.ml)(value)}\`, which Slipway does not know.`,
        hint: nearest
            ? `Did you mean \`${nearest}\`?`
            : `Use ${joinWords(words.map((word) => `\`${word}\``))}.`,
    };
}
function wordsOf(path) {
    const schema = findSchema(path);
    return (schema ? toOptions(schema) : []).flatMap((option) => option instanceof schemas/* ZodEnum */.Vb4 ? option.options.map(String) : []);
}
function refused(found, issue) {
    const { path, value } = found;
    if (value === '')
        return blank(path);
    if (isWrittenOut(path))
        return writtenOut(found);
    if (typeof value === 'string' && findVariable(value) !== undefined)
        return variable(found, value);
    if (typeof value === 'number')
        return outOfRange(found, issue);
    if (issue.code === 'too_big')
        return tooMany(path, Number(issue.maximum));
    return typeof value === 'string' ? malformed(path, value) : nothingIn(path);
}
function malformed(path, value) {
    return {
        code: 'config-invalid',
        message: `${(0,problems_path/* showPath */.P8)(path)} is \`${(0,problems_path/* shorten */.ml)(value)}\`, which has no meaning there.`,
        hint: findRule(path) ?? writeLike(path),
    };
}
function nothingIn(path) {
    return {
        code: 'config-missing',
        message: `${(0,problems_path/* showPath */.P8)(path)} has nothing in it.`,
        hint: writeLike(path),
    };
}
function tooMany(path, maximum) {
    return {
        code: 'config-invalid',
        message: `${(0,problems_path/* showPath */.P8)(path)} has more than ${maximum} items.`,
        hint: `Keep ${maximum} of them.`,
    };
}
function blank(path) {
    return {
        code: 'config-invalid',
        message: `${(0,problems_path/* showPath */.P8)(path)} is an empty text.`,
        hint: `${writeLike(path)} Or remove it.`,
    };
}
function outOfRange({ path, value }, issue) {
    const limit = issue.code === 'too_small' ? `less than ${issue.minimum}` : 'too large';
    return {
        code: 'config-invalid',
        message: `${(0,problems_path/* showPath */.P8)(path)} is ${value}, ${limit}.`,
        hint: value === 0 && path.at(-1) === 'history-max'
            ? 'Write how many revisions to keep, such as `history-max: 10`: without a limit they fill the namespace with Secrets.'
            : (findRule(path) ?? writeLike(path)),
    };
}
/** Fields that take a secret by the name of its variable. */
const BY_NAME = ['registry-password', 'kubeconfig', 'credentials', 'access-token', 'token'];
function isWrittenOut(path) {
    return BY_NAME.includes(String(path.at(-1)));
}
function writtenOut({ path, tree }) {
    return {
        code: 'config-invalid',
        message: `${(0,problems_path/* showPath */.P8)(path)} is written out in \`${tree.file}\`, for everybody who can read the repository.`,
        hint: findRule(path) ?? writeLike(path),
    };
}
/** `${NAME}` where nothing is filled in. */
function variable({ path }, value) {
    const name = findVariable(value);
    return {
        code: 'config-variable',
        message: `${(0,problems_path/* showPath */.P8)(path)} holds \`\${${name}}\`, which is not filled in there.`,
        hint: toVariableHint(path, `\`$\${${name}}\``),
    };
}
function toVariableHint(path, plain) {
    if (path.includes('values-inline') || path.includes('set-json')) {
        return `Give this value in \`set\`, where it is; or write ${plain} if the chart shall get it as it stands.`;
    }
    const isOfRelease = path[0] !== 'environments';
    const instead = isOfRelease
        ? 'Use `{environment}`, or `{vars.…}` with `vars` in the environment.'
        : 'Write it out.';
    return `${instead} ${findMeaning(schema_text_text).patternErrorMessage}`;
}

;// CONCATENATED MODULE: ./.bundle/lib/config/file/problems/problems.js






/** Unknown keys of one map that are told; more are another kind of file, and nobody reads them. */
const TOLD = 50;
/** What the schema refuses in slipway.yaml, in the words of its fields, each with its place. */
function toProblems(issues, tree) {
    return issues.flatMap((issue) => explain(issue, issue.path, tree));
}
function explain(issue, path, tree) {
    if (issue.code === 'invalid_union')
        return explainUnion(issue, path, tree);
    if (issue.code === 'invalid_key')
        return [explainName(path, tree)];
    const value = findValue(tree.value, path);
    if (issue.code === 'unrecognized_keys') {
        return issue.keys
            .slice(0, TOLD)
            .map((key) => explainUnknown({ key, path, parent: value, tree }));
    }
    if (value === undefined && isMisspelt(path, tree))
        return [];
    return [explainValue(toFound(path, tree), issue)];
}
/** A required field whose place a key of nearly that name takes: that key is what is told. */
function isMisspelt(path, tree) {
    const parent = path.slice(0, -1);
    const fields = toOptions(findSchema(parent) ?? schemas/* never */.ZmZ()).flatMap((option) => Object.keys(toShape(option)));
    return Object.keys(Object(findValue(tree.value, parent))).some((key) => !fields.includes(key) && (0,lib_nearest/* findNearest */.q)(key, fields)[0] === path.at(-1));
}
/** Says what is wrong with the one that was meant, by the type of what was written. */
function explainUnion(issue, path, tree) {
    const schema = findSchema(path);
    const keys = Object.keys(Object(findValue(tree.value, path)));
    const [meant] = (schema ? toOptions(schema) : [])
        .map((option, index) => ({
        issues: issue.errors[index] ?? [],
        hits: keys.filter((key) => toShape(option)[key]).length,
    }))
        .filter(({ issues }) => !issues.some(isOtherType))
        .sort((a, b) => b.hits - a.hits);
    if (!meant)
        return [explainValue(toFound(path, tree), issue)];
    return meant.issues.flatMap((inner) => explain(inner, [...path, ...inner.path], tree));
}
function isOtherType(issue) {
    return issue.path.length === 0 && ['invalid_type', 'invalid_value'].includes(issue.code);
}
function explainName(path, tree) {
    const [names] = toOptions(findSchema(path.slice(0, -1)) ?? schemas/* never */.ZmZ());
    const rule = names instanceof schemas/* ZodRecord */.b8S ? findMeaning(names.keyType) : {};
    return {
        code: 'config-invalid',
        message: `${(0,problems_path/* showPath */.P8)(path)} is not a valid name.`,
        hint: rule.patternErrorMessage ?? 'Choose another one.',
        at: tree.at(path),
    };
}
function toFound(path, tree) {
    return { path, value: findValue(tree.value, path), source: tree.source(path), tree };
}
function findValue(value, path) {
    return path.reduce((parent, key) => typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key)
        ? parent[key]
        : undefined, value);
}

// EXTERNAL MODULE: ./.bundle/lib/release/json.js
var json = __webpack_require__(824);
;// CONCATENATED MODULE: ./.bundle/lib/config/file/problems/references.js




/* What one part of slipway.yaml says of another, also when some field elsewhere is wrong. */
function findReferenceProblems(tree) {
    const { environments, releases } = toMap(tree.value);
    return [
        ...Object.keys(toMap(releases)).flatMap((release) => findUnknownEnvironments(release, tree, environments)),
        ...Object.keys(toMap(environments)).flatMap((name) => findChangedNumbers(name, tree)),
    ];
}
/** Without `environments` any name will do; with them, a misspelt one would lose its fields silently. */
function findUnknownEnvironments(release, tree, environments) {
    if (environments === undefined)
        return [];
    const known = Object.keys(toMap(environments));
    const { environments: overrides } = toMap(toMap(toMap(tree.value)['releases'])[release]);
    return Object.keys(toMap(overrides))
        .filter((name) => !known.includes(name))
        .map((name) => {
        const path = ['releases', release, 'environments', name];
        const [nearest] = (0,lib_nearest/* findNearest */.q)(name, known);
        return {
            code: 'config-invalid',
            message: `${(0,problems_path/* showPath */.P8)(path)} is for an environment that \`environments\` does not have.`,
            hint: nearest
                ? `Did you mean \`${nearest}\`?`
                : `Add it to \`environments\`, or use ${joinWords(known.map((one) => `\`${one}\``)) || 'none'}.`,
            at: tree.at(path),
        };
    });
}
/** A number becomes a part of names and paths: what YAML makes of `1.10` is not what was meant. */
function findChangedNumbers(environment, tree) {
    const { vars } = toMap(toMap(toMap(tree.value)['environments'])[environment]);
    return Object.entries(toMap(vars)).flatMap(([name, value]) => {
        const path = ['environments', environment, 'vars', name];
        const source = tree.source(path);
        if (typeof value !== 'number' || source === undefined || source === String(value))
            return [];
        return [
            {
                code: 'config-wrong-type',
                message: `${(0,problems_path/* showPath */.P8)(path)} is the number ${source}, which YAML makes ${value}.`,
                hint: `Write it in quotes: \`${renderValue(name)}: "${source}"\`.`,
                at: tree.at(path),
            },
        ];
    });
}
function toMap(value) {
    return (0,json/* isMap */.j)(value) ? value : {};
}

;// CONCATENATED MODULE: ./.bundle/lib/config/file/document.js






/**
 * Reads slipway.yaml: YAML 1.2, in which `on` is a text and 017 is 17. `file` is how annotations call it.
 * @throws DeployErrors with every problem at once
 */
function parseConfig(text, file) {
    const tree = parseTree({ text, file });
    const { data, error } = configSchema.safeParse(tree.value);
    const problems = [
        ...tree.problems,
        ...toProblems(error?.issues ?? [], tree),
        ...findReferenceProblems(tree),
    ];
    if (data === undefined || problems.length > 0)
        throw new errors/* DeployErrors */.d(sortByPlace(problems));
    return { config: data, at: tree.at };
}
function parseTree(source) {
    try {
        return toTree(parseContents(source), source);
    }
    catch (error) {
        if (error instanceof errors/* DeployError */.s)
            throw new errors/* DeployErrors */.d(error.problems);
        throw error;
    }
}
function sortByPlace(problems) {
    return problems.toSorted((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0));
}


/***/ })

};
