import type { Problem } from '../errors.ts';
import { applyRule, type Rule, toSentence } from './helm-error-rule.ts';

/** What was fetched from where when helm failed. */
export interface FetchContext {
  /** As a sentence begins: `Fetching chart airbyte 2.2.0 of https://…`. */
  readonly doing: string;
  readonly from: 'registry' | 'repository' | 'dependency';
  /** Exact, a range, or empty. */
  readonly version: string;
  /** Whether user name and password were given, or came from the login to the cloud. */
  readonly credentials: 'given' | 'cloud' | 'none';
}

/** By whose login the server refused. */
const REFUSED: Readonly<
  Record<FetchContext['credentials'], (server: string) => { cause: string; hint: string }>
> = {
  given: (server) => ({
    cause: `${server} does not let in \`registry-username\` with \`registry-password\``,
    hint: 'Check both, whether they have expired, and whether they may read this chart.',
  }),
  cloud: (server) => ({
    cause: `${server} does not let in the identity that this run has in the cluster's cloud`,
    hint: 'Let it read that repository (AWS: `ecr:BatchGetImage` and `ecr:GetDownloadUrlForLayer`; Google: `roles/artifactregistry.reader`), or give `registry-username` and `registry-password`.',
  }),
  none: (server) => ({
    cause: `${server} wants a login`,
    hint: 'Give `registry-username` and `registry-password`. Many registries say so too when there is no such chart: check its name.',
  }),
};

interface Told extends FetchContext {
  /** The server, for messages. */
  readonly server: string;
}

/** Servers of charts. The same words of Go's libraries mean the cluster in any other command. */
const FETCH_RULES: readonly Rule<Told>[] = [
  {
    code: 'chart-unverified',
    pattern: /failed to fetch provenance|could not load provenance file/,
    explain: () => ({
      cause: 'the chart has no signature (`.prov` file) there',
      hint: 'Ask its publisher for a signed one (`helm package --sign`), or remove `chart.keyring`.',
    }),
  },
  {
    code: 'chart-unverified',
    pattern: /failed to load keyring: (?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `helm cannot read the keyring: ${groups('said')}`,
      hint: 'Export the public keys as `gpg --export` writes them, without `--armor`, and name that file in `chart.keyring`.',
    }),
  },
  {
    code: 'chart-unverified',
    pattern: /signature made by unknown entity/,
    explain: () => ({
      cause: 'it is signed with a key that is not in `chart.keyring`',
      hint: 'Check who signed the chart; add that public key to the keyring only when you trust it.',
    }),
  },
  {
    code: 'chart-unverified',
    pattern:
      /(?<said>openpgp: [^\n]*|sha256 sum does not match[^\n]*|provenance does not contain[^\n]*)/,
    explain: (groups) => ({
      cause: `the chart is not the one that was signed: ${groups('said')}`,
      hint: 'Do not deploy it; ask its publisher.',
    }),
  },
  {
    code: 'certificate-untrusted',
    pattern: /failed to append certificates|no valid certs found|unable to parse CA/i,
    explain: () => ({
      cause: '`chart.ca-file` holds no certificate that helm can read',
      hint: 'Give the certificates of the CA as PEM: text that begins with `-----BEGIN CERTIFICATE-----`.',
    }),
  },
  {
    code: 'certificate-untrusted',
    pattern:
      /(?<said>x509: [^\n]*|can't read CA file[^\n]*|unable to (?:read|load) [^\n]*CA[^\n]*)/i,
    explain: (groups, context) => ({
      cause: `the certificate of ${context.server} is not trusted: ${groups('said')}`,
      hint: `Give the file with the CA that signed it as ${context.from === 'dependency' ? '' : '`chart.ca-file`, or as '}NODE_EXTRA_CA_CERTS in the environment of the step; and check the host in the address.`,
    }),
  },
  {
    code: 'registry-plain-http',
    pattern: /server gave HTTP response to HTTPS client/,
    explain: (_, context) => ({
      cause: `${context.server} speaks http, not https`,
      hint: PLAIN_HTTP[context.from],
    }),
  },
  {
    code: 'registry-plain-http',
    pattern:
      /"?http:\/\/[^\n]*\b400 Bad Request|HTTP request to an HTTPS server|code 400: Bad Request/,
    explain: (_, context) => ({
      cause: `${context.server} does not speak http`,
      hint: 'Remove `plain-http: true`.',
    }),
  },
  {
    code: 'registry-unauthorized',
    pattern:
      /\b40[13] (?:Unauthorized|Forbidden)|code 40[13]\b|basic credential not found|credential required|no basic auth credentials|pull access denied|insufficient_scope/i,
    explain: (_, { credentials, server }) => REFUSED[credentials](server),
  },
  {
    code: 'chart-version-invalid',
    pattern: /improper constraint|invalid (?:semantic )?version/i,
    explain: (_, { version }) => ({
      cause: `helm does not understand the version ${version}`,
      hint: 'Write an exact version such as `1.2.3`, or a range such as `^1.2.0`.',
    }),
  },
  {
    code: 'chart-version-not-found',
    pattern: /no chart version found|could not locate a version matching/i,
    explain: (_, context) => ({
      cause: `${context.server} has no version ${context.version} of the chart`,
      hint: toCorrection(
        context,
        'Correct `chart-version`; a range finds pre-releases only when it names one (`^1.0.0-0`).',
      ),
    }),
  },
  {
    code: 'chart-version-not-found',
    pattern: /can't get a valid version for \d+ subchart\(s\): (?<said>[^\n]*?)\. Make sure/i,
    explain: (groups, context) => ({
      cause: `no version there fits ${groups('said')}`,
      hint: toCorrection(context, ''),
    }),
  },
  {
    code: 'chart-not-found',
    pattern: /(?<name>\S+) chart not found in repo (?<repository>\S+)/,
    explain: (groups, context) => ({
      cause: `${groups('repository')} has no chart ${groups('name')}`,
      hint: toCorrection(context, ''),
    }),
  },
  {
    code: 'chart-not-found',
    pattern: /no chart name found|name unknown|repository name not known|status code 404/i,
    explain: (_, context) => ({
      cause: `${context.server} has no such chart`,
      hint: toCorrection(context, 'Correct `chart`; it may also be there and need a login.'),
    }),
  },
  {
    code: 'chart-version-not-found',
    pattern: /: not found$/m,
    explain: (_, context) => ({
      cause: `${context.server} has no such chart, or not ${context.version ? `its version ${context.version}` : 'this one of it'}`,
      hint: toCorrection(
        context,
        'Correct `chart` or `chart-version`; it may also be there and need a login.',
      ),
    }),
  },
  {
    code: 'chart-invalid',
    pattern:
      /manifest does not contain (?:minimum number|a layer)|could not load config with mediatype/i,
    explain: (_, context) => ({
      cause: `what ${context.server} has there is no Helm chart`,
      hint: 'Correct `chart`; an image of the same name may be there, put by another tool than `helm push`.',
    }),
  },
  {
    code: 'repository-unreachable',
    pattern: /^(?:error converting YAML to JSON|error unmarshaling JSON|no API version specified)/,
    explain: () => ({
      cause: 'what it has as index.yaml is no index of charts',
      hint: 'Correct `chart-repository`: a page that wants a login may be there instead, or a website.',
    }),
  },
  {
    code: 'repository-unreachable',
    pattern: /failed to fetch (?<url>\S+) : (?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `${groups('url')} could not be read: ${groups('said')}`,
      hint: /^(?:429|5)/.test(groups('said'))
        ? 'Run again; if it stays, ask who runs the repository.'
        : 'Correct `chart-repository`: the address of the folder that has index.yaml.',
    }),
  },
];

/** Without what helm's libraries were about to do with the answer. */
function toRequest(said: string): string {
  return said.replace(/^.*?: (?=(?:get|head|post) ")/i, '');
}

const PLAIN_HTTP: Readonly<Record<FetchContext['from'], string>> = {
  registry:
    'Serve it over https, or write `plain-http: true` below `chart` when the network is to be trusted.',
  repository:
    'Serve it over https, or write its address with `http://` when the network is to be trusted.',
  dependency: 'Serve it over https, or commit the archive of this dependency in charts/.',
};

/** What to do about a chart that is not there: the user named it, or Chart.yaml did. */
function toCorrection({ from }: FetchContext, hint: string): string {
  if (from !== 'dependency') return hint;
  return 'Correct name, version and repository of this dependency in Chart.yaml; it may also be there and need a login.';
}

/** No answer, or none of a registry or repository. */
const UNREACHABLE: Omit<Rule<Told>, 'code'> = {
  pattern:
    /(?<said>[^\n]*(?:dial tcp|no such host|i\/o timeout|timeout|connection re|EOF|proxyconnect|deadline exceeded|no answer in|stopped after \d+ redirects|unknown response Content-|code 5\d\d|\b5\d\d [A-Z]|\b429\b|toomanyrequests)[^\n]*)/,
  explain: (groups, context) => ({
    cause: `${context.server} was not reached: ${toRequest(groups('said'))}`,
    hint: 'Check the address, and that this runner may reach it (proxy, firewall, VPN); run again when the server was busy.',
  }),
};

/** What helm said of a chart that it could not fetch; undefined when these words are no server's. */
export function parseFetchError(text: string, context: FetchContext): Problem | undefined {
  const silent = context.from === 'registry' ? 'registry-unreachable' : 'repository-unreachable';
  const told = { ...context, server: findServer(text, context) };
  for (const rule of [...FETCH_RULES, { ...UNREACHABLE, code: silent }]) {
    const explained = applyRule(rule, text, told);
    if (!explained) continue;
    const { cause, hint } = explained;
    return { code: rule.code, message: `${context.doing} failed: ${toSentence(cause)}`, hint };
  }
  return undefined;
}

/**
 * What helm says about a fetch that failed. Why a repository could not be read is on stdout; stderr
 * then only misses its index.
 */
export function toFetchText({ stdout, stderr }: { stdout: string; stderr: string }): string {
  const unread = /Unable to get an update from [^\n]*\n\s*(?<why>[^\n]+)/.exec(stdout);
  return (
    unread?.groups?.['why'] ?? /^Error: (?<said>[\s\S]*)/m.exec(stderr)?.groups?.['said'] ?? stderr
  );
}

/** Of several dependencies the first server that helm names: scheme and host. */
function findServer(text: string, { from }: FetchContext): string {
  if (from !== 'dependency') return `the ${from}`;
  return /\b(?:oci|https?):\/\/[^/\s"]+/.exec(text)?.[0] ?? 'the repository';
}
