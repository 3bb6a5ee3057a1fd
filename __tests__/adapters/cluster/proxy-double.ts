import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy that leads every connection to one port, whatever the name that was asked for, or as a function of it says. */
export interface ProxyDouble {
  readonly port: number;
  /** What clients asked to be connected to, `host:port`. */
  readonly asked: readonly string[];
  close(): void;
}

/** By the method CONNECT. A host that leads nowhere is refused. */
export function startHttpProxy(
  target: number | ((host: string) => number | undefined),
): Promise<ProxyDouble> {
  const asked: string[] = [];
  const portOf = typeof target === 'number' ? () => target : target;
  const server = createHttpServer();
  server.on('connect', ({ url = '' }, client: Socket) => {
    asked.push(url);
    const port = portOf(url.replace(/:\d+$/, ''));
    if (port === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    client.write('HTTP/1.1 200 OK\r\n\r\n');
    join(client, port);
  });
  return listen(server, asked);
}

/** By https://www.rfc-editor.org/rfc/rfc1928, without a login, for names only. */
export function startSocksProxy(target: number): Promise<ProxyDouble> {
  const asked: string[] = [];
  const server = createServer(async (client) => {
    client.on('error', () => undefined);
    await once(client, 'readable');
    client.read();
    client.write(Buffer.of(5, 0));
    await once(client, 'readable');
    const request = client.read() as Buffer;
    const end = 5 + (request[4] ?? 0);
    asked.push(`${request.subarray(5, end)}:${request.readUInt16BE(end)}`);
    client.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
    join(client, target);
  });
  return listen(server, asked);
}

function join(client: Socket, target: number): void {
  const server = connect(target, '127.0.0.1');
  for (const socket of [client, server]) socket.on('error', () => undefined);
  client.on('close', () => server.destroy());
  client.pipe(server).pipe(client);
}

async function listen(server: Server, asked: readonly string[]): Promise<ProxyDouble> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    asked,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
