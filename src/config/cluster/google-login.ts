import { DeployError } from '../../errors.ts';
import type { GoogleLogin, GoogleSource } from '../../release/cluster-spec.ts';
import { parseJsonMap } from '../../release/json.ts';
import type { Fields } from '../fields.ts';
import { parseAll, parseAt } from '../gather.ts';
import type { Written } from '../scalars.ts';
import { IDENTITY_PROVIDER, SERVICE_ACCOUNT, SERVICE_ACCOUNT_HINT } from './google-names.ts';
import { contradiction, isGiven, matching, nameOf, parseWritten, unused } from './written.ts';

const SOURCES = ['workload-identity-provider', 'credentials', 'access-token'];

/** Who logs in to Google. `universe`: the domain of the cloud. */
export function parseGoogleLogin(fields: Fields, universe: string): GoogleLogin {
  return parseAll({
    source: () => parseSource(fields, universe),
    serviceAccount: () =>
      parseWritten(
        fields,
        'service-account',
        matching(SERVICE_ACCOUNT, { what: 'no service account', hint: SERVICE_ACCOUNT_HINT }),
      ),
  });
}

function parseSource(fields: Fields, universe: string): GoogleSource {
  const [source, second] = SOURCES.filter((field) => isGiven(fields, field));
  if (second !== undefined && source !== undefined) {
    return parseAt(fields.at('cluster', second), () => {
      throw contradiction(
        `\`${nameOf(fields, source)}\` and \`${nameOf(fields, second)}\` are both given.`,
        'Keep one of them: each is a login of its own.',
      );
    });
  }
  if (source !== 'workload-identity-provider') checkAudience(fields);
  if (source === 'credentials') return parseWritten(fields, source, parseCredentials);
  if (source === 'access-token') {
    return { type: 'access-token', token: fields.text('cluster', source) };
  }
  if (source === undefined) return { type: 'ambient' };
  const provider = parseWritten(fields, source, parseIdentityProvider);
  const audience = fields.text('cluster', 'audience') || `https://iam.${universe}/${provider}`;
  return { type: 'federation', provider, audience };
}

function checkAudience(fields: Fields): void {
  if (!isGiven(fields, 'audience')) return;
  parseAt(fields.at('cluster', 'audience'), () => {
    throw unused(nameOf(fields, 'audience'), nameOf(fields, 'workload-identity-provider'));
  });
}

const parseIdentityProvider = matching(IDENTITY_PROVIDER, {
  what: 'no provider of a workload identity pool',
  hint: (text) => `${toProviderHint(text)} ${PROVIDER_FORM}`,
});

const PROVIDER_FORM =
  'Its form is `projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>`.';

/** What people write instead: the pool, or the project by its id. */
function toProviderHint(text: string): string {
  const [, project = '', provider] =
    /projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/[^/]+(\/providers\/.+)?$/.exec(
      text,
    ) ?? [];
  if (project === '') return 'Write the full name of the provider.';
  if (!/^\d+$/.test(project)) return `Write the number of the project, not its id.`;
  return provider === undefined
    ? 'This is the pool: add the provider in it.'
    : 'Write it without an address in front.';
}

/** JSON, raw or in base64. Secret: no message quotes it. */
function parseCredentials({ name, text }: Written): GoogleSource {
  const json = [text, Buffer.from(text, 'base64').toString()].find(isCredentials);
  if (json !== undefined) return { type: 'credentials', json, name };
  throw new DeployError(
    'input-invalid',
    `\`${name}\` is neither the JSON of a service-account key nor of a credential configuration.`,
    { hint: 'Put the whole content of the JSON file into the secret, or base64 of it.' },
  );
}

function isCredentials(text: string): boolean {
  const { type } = parseJsonMap(text) ?? {};
  return type === 'service_account' || type === 'external_account';
}
