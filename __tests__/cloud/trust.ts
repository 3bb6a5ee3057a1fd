import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Makes this process trust a certificate (PEM), as NODE_EXTRA_CA_CERTS does for a new one. */
export function trust(certificate: string): void {
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
}
