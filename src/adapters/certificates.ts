import { getCACertificates } from 'node:tls';
import type { Files } from '../ports.ts';
import type { Environment } from './helm-environment.ts';

/**
 * The environment for helm and the programs it starts, which are not Node and so do not know
 * NODE_EXTRA_CA_CERTS: when that names certificates, SSL_CERT_FILE names a private file with them, the
 * machine's and Node's. One that is set already stays. Go reads it on Linux, not on macOS and Windows
 * (https://pkg.go.dev/crypto/x509#SystemCertPool).
 */
export function withCertificates(
  environment: Environment,
  files: Pick<Files, 'writePrivate'>,
): Environment {
  if (!environment['NODE_EXTRA_CA_CERTS'] || environment['SSL_CERT_FILE']) return environment;
  // As Node read them at its start; none when the file is missing, of which Node warns by itself.
  const extra = getCACertificates('extra');
  if (extra.length === 0) return environment;
  const all = new Set([...extra, ...getCACertificates('system'), ...getCACertificates('bundled')]);
  const file = files.writePrivate(
    'certificates.pem',
    [...all].map((pem) => `${pem.trim()}\n`).join(''),
  );
  return { ...environment, SSL_CERT_FILE: file };
}
