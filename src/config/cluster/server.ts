import { DeployError } from '../../errors.ts';
import type { Connection, Endpoint, ServerCluster } from '../../release/cluster-spec.ts';
import type { Fields } from '../fields.ts';
import { parseAll } from '../gather.ts';
import { required, type Written } from '../scalars.ts';
import { parseWritten } from './written.ts';

/** A server with the token that somebody issued for it. */
export function parseServer(fields: Fields): ServerCluster {
  const parts = parseAll({
    endpoint: () => parseEndpoint(fields),
    token: () => parseWritten(fields, 'token', parseToken),
    connection: () => parseConnection(fields),
  });
  return { provider: 'server', ...parts };
}

/** The schema has seen that the address is one of https. */
export function parseEndpoint(fields: Fields): Endpoint {
  return parseAll({
    server: () =>
      parseWritten(fields, 'server', (written) =>
        required(written, 'Write the address of the API server.'),
      ),
    ca: () => parseWritten(fields, 'ca', parseCa),
  });
}

export function parseConnection(fields: Fields): Connection {
  return {
    proxyUrl: parseWritten(fields, 'proxy-url', parseProxy),
    tlsServerName: fields.text('cluster', 'tls-server-name'),
  };
}

/** An address may hold a password, so no message repeats it. The kinds are those of kubectl. */
function parseProxy({ name, text }: Written): string {
  const protocol = URL.parse(text)?.protocol ?? '';
  if (text === '' || ['http:', 'https:', 'socks5:'].includes(protocol)) return text;
  throw new DeployError('input-invalid', `\`${name}\` is no address of a proxy.`, {
    hint: 'Write it with `http://`, `https://` or `socks5://` in front.',
  });
}

/** PEM, or base64 of it as kubeconfigs have it. */
function parseCa({ name, text }: Written): string {
  if (text === '') return '';
  const pem = [text, Buffer.from(text, 'base64').toString().trim()].find(isCertificate);
  if (pem !== undefined) return pem;
  throw new DeployError(
    'input-invalid',
    `\`${name}\` is neither a certificate in PEM nor base64 of one.`,
    {
      hint: 'Write what begins with `-----BEGIN CERTIFICATE-----`, as a block of text (`|`), or the certificate-authority-data of a kubeconfig.',
    },
  );
}

function isCertificate(text: string): boolean {
  return /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.test(text);
}

/** Secret: no message quotes it. */
function parseToken(written: Written): string {
  const token = required(
    written,
    `Name the variable that holds it, such as \`token: \${KUBE_TOKEN}\`.`,
  );
  if (isEncoded(token)) {
    throw new DeployError(
      'input-invalid',
      `\`${written.name}\` is base64 of a token, as Secrets of Kubernetes hold it.`,
      { hint: 'Decode it first, such as with `base64 --decode`.' },
    );
  }
  if (/^[\x21-\x7E]+$/.test(token)) return token;
  throw new DeployError(
    'input-invalid',
    `\`${written.name}\` has blank space or other characters that no token has.`,
    { hint: 'Put the token alone into the secret, without quotes and line breaks.' },
  );
}

const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;

function isEncoded(token: string): boolean {
  return JWT.test(Buffer.from(token, 'base64').toString().trim());
}
