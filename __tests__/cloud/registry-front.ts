/** A registry of a cloud: the real one (distribution v3), which lets in whom the cloud's login says. */
import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { LOGIN, startRegistry } from '../registry/registry.ts';

/** Whether a user may pull, by the host that was asked, user and password. */
export type Admit = (host: string, username: string, password: string) => boolean;

export interface RegistryFront {
  readonly port: number;
  /** Puts a chart there. */
  readonly push: Awaited<ReturnType<typeof startRegistry>>['push'];
  /** `host user` of all who were let in, in order. */
  readonly admitted: readonly string[];
  stop(): Promise<void>;
}

export async function startRegistryFront(
  { cert, key }: { readonly cert: string; readonly key: string },
  admit: Admit,
): Promise<RegistryFront> {
  const registry = await startRegistry();
  const admitted: string[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    const { host = '', authorization = '' } = request.headers;
    const given = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
    const [username = '', ...password] = given.split(':');
    if (!admit(host, username, password.join(':'))) {
      response.writeHead(401, { 'www-authenticate': `Basic realm="https://${host}/"` });
      response.end();
      return;
    }
    admitted.push(`${host} ${username}`);
    const { method, url } = request;
    const headers = { accept: request.headers.accept ?? '*/*' };
    const auth = `${LOGIN.username}:${LOGIN.password}`;
    requestHttp(new URL(url ?? '/', `http://${registry.host}`), { method, headers, auth })
      .on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      })
      .end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    push: registry.push,
    admitted,
    stop() {
      server.closeAllConnections();
      server.close();
      return registry.stop();
    },
  };
}
