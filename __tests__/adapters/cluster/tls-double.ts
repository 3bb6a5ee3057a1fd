import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { toKubeconfig } from './api-double.ts';
import { createCertificate } from './certificate.ts';

/** An API server with a certificate of its own, which looks at everything that a client shows. */
export interface TlsDouble {
  readonly port: number;
  /** PEM: the server's certificate, and a client's that the server knows. */
  readonly authority: string;
  readonly client: { readonly key: string; readonly cert: string };
  readonly seen: Seen[];
  /** Writes a file beside the kubeconfigs and returns its path. */
  write(name: string, text: string): string;
  kubeconfig(cluster: object, user: object): string;
  close(): void;
}

export interface Seen {
  readonly headers: IncomingHttpHeaders;
  /** Name in the client's certificate, if it shows one that is known. */
  readonly client: string | undefined;
  /** The name that the client asked for while connecting. */
  readonly servername: string | false;
}

export async function startTls(): Promise<TlsDouble> {
  const own = createCertificate('api.example');
  const client = createCertificate('jane');
  const seen: Seen[] = [];
  const options = { ...own, ca: client.cert, requestCert: true, rejectUnauthorized: false };
  const server = createServer(options, ({ headers, socket }, response) => {
    const { authorized, servername } = socket as TLSSocket & {
      readonly servername: string | false;
    };
    const name = (socket as TLSSocket).getPeerCertificate().subject?.CN;
    seen.push({ headers, client: authorized ? String(name) : undefined, servername });
    response.end(JSON.stringify({ gitVersion: 'v1.36.3' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-tls-'));
  const write = (name: string, text: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  return {
    port,
    authority: own.cert,
    client,
    seen,
    write,
    kubeconfig(cluster, user) {
      const config = toKubeconfig(`https://127.0.0.1:${port}/`, user, cluster);
      return write('kubeconfig.json', JSON.stringify(config));
    },
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
