import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { requestText, type TextAnswer } from '../../src/auth/https.ts';
import { createProxyAgent, toProxyRefusal } from '../../src/auth/proxy-agent.ts';
import { createCertificate } from '../adapters/cluster/certificate.ts';
import {
  type ProxyDouble,
  startHttpProxy,
  startSocksProxy,
} from '../adapters/cluster/proxy-double.ts';
import { type HttpsDouble, startHttps } from '../cloud/https-double.ts';
import { trust } from '../cloud/trust.ts';

/* The name of the service exists for the proxy only: `.invalid` never resolves. */

const SERVICE = 'service.invalid';
const certified = createCertificate(SERVICE);
trust(certified.cert);

let service: HttpsDouble;
let proxy: ProxyDouble | undefined;
let agent: ReturnType<typeof createProxyAgent>;
beforeAll(async () => {
  service = await startHttps(certified, ({ body }) =>
    body === 'hang'
      ? new Promise(() => undefined)
      : { status: 202, body: body === 'flood' ? 'x'.repeat(9 * 1024 * 1024) : `got ${body}` },
  );
});
afterAll(() => service.close());
beforeEach(() => {
  agent = createProxyAgent({});
  service.asked.length = 0;
});
afterEach(() => {
  agent.destroy();
  proxy?.close();
});

function through(address: string, noProxy = ''): void {
  agent = createProxyAgent({ HTTPS_PROXY: address, NO_PROXY: noProxy });
}

interface Options {
  readonly body?: string;
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

function ask(url: string, options: Options = {}): Promise<TextAnswer> {
  const { body = 'a=b', signal = new AbortController().signal, timeout = 10_000 } = options;
  const headers = { accept: 'text/plain' };
  return requestText({ url: new URL(url), method: 'POST', headers, body, agent, signal, timeout });
}

test('straight: every status is an answer', async () => {
  const url = `https://127.0.0.1:${service.port}/path?q=1`;
  expect(await ask(url)).toMatchObject({ status: 202, text: 'got a=b' });
  const { headers } = await ask(url);
  expect(headers['content-type']).toBe('text/plain');
  expect(service.asked).toMatchObject([{ method: 'POST', headers: { accept: 'text/plain' } }, {}]);
});

test.each([
  ['http', startHttpProxy],
  ['socks5', startSocksProxy],
] as const)(
  '%s: the proxy looks the name up, its connection is used again',
  async (scheme, start) => {
    proxy = await start(service.port);
    through(`${scheme}://127.0.0.1:${proxy.port}`);
    for (const body of ['one', 'two']) {
      expect(await ask(`https://${SERVICE}/`, { body })).toMatchObject({ text: `got ${body}` });
    }
    expect(proxy.asked).toEqual([`${SERVICE}:443`]);
  },
);

test('each server goes its own way, by the rules of Go', async () => {
  proxy = await startHttpProxy(service.port);
  through(`http://127.0.0.1:${proxy.port}`, '.invalid');
  await ask(`https://127.0.0.1:${service.port}/`);
  await expect(ask(`https://${SERVICE}/`)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(ask('https://[2001:db8::1]:6443/')).rejects.toThrow();
  expect(proxy.asked).toEqual(['[2001:db8::1]:6443']);
});

const HINT =
  "Set NO_PROXY for this server or put the proxy's user and password into HTTPS_PROXY, in the `env` of the job.";

type Listening = { readonly port: number };

async function listen(server: Server): Promise<Server & Listening> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(server, { port: (server.address() as AddressInfo).port });
}

/** Answers every CONNECT with a status. */
function startRefusing(status: number): Promise<Server & Listening> {
  const server = createServer();
  server.on('connect', (_, client) => client.end(`HTTP/1.1 ${status} No\r\n\r\n`));
  return listen(server);
}

test.each([407, 403])(
  'a proxy that answers %d has refused; its password stays here',
  async (status) => {
    const refusing = await startRefusing(status);
    through(`http://me:hunter2@127.0.0.1:${refusing.port}`);
    const failed = ask(`https://${SERVICE}/`);
    const message = `Proxy http://127.0.0.1:${refusing.port} refused ${SERVICE}:443 (HTTP ${status}).`;
    await expect(failed).rejects.toMatchObject({ code: 'proxy-refused', message, hint: HINT });
    refusing.close();
  },
);

test('a proxy that cannot reach the server has not refused', async () => {
  const refusing = await startRefusing(502);
  through(`http://127.0.0.1:${refusing.port}`);
  await expect(ask(`https://${SERVICE}/`)).rejects.toMatchObject({ code: 'ERR_PROXY_TUNNEL' });
  refusing.close();
});

/** RFC 1928 and 1929: wants a user and a password, then gives these answers. */
async function startRefusingSocks(...answers: readonly Buffer[]): Promise<Server & Listening> {
  const server = createTcpServer((client) => {
    const left = [Buffer.of(5, 2), ...answers];
    client.on('data', () => client.write(left.shift() ?? Buffer.of()));
  });
  return listen(server);
}

test.each([
  ['Socks5 Authentication failed', [Buffer.of(1, 1)]],
  [
    'Socks5 proxy rejected connection - NotAllowed',
    [Buffer.of(1, 0), Buffer.of(5, 2, 0, 1, 0, 0, 0, 0, 0, 0)],
  ],
] as const)('SOCKS: %s', async (why, answers) => {
  const refusing = await startRefusingSocks(...answers);
  through(`socks5://me:hunter2@127.0.0.1:${refusing.port}`);
  const message = `Proxy socks5://127.0.0.1:${refusing.port} refused ${SERVICE}:443 (${why}).`;
  const refused = { code: 'proxy-refused', message };
  await expect(ask(`https://${SERVICE}/`)).rejects.toMatchObject(refused);
  refusing.close();
});

test('the refusal is found in what a client of a cloud makes of it', () => {
  const tunnel = new Error('Failed to establish tunnel to a:443 via http://p:1/: HTTP/1.1 407 No');
  const told = toProxyRefusal(new Error('outer', { cause: tunnel }));
  expect(told).toMatchObject({ message: 'Proxy http://p:1 refused a:443 (HTTP 407).' });
  expect(toProxyRefusal(new Error('other'))).toBeUndefined();
  expect(toProxyRefusal(undefined)).toBeUndefined();
});

test.each(['ftp://me:hunter2@proxy', 'http://me:hunter2@['])(
  '%s is no proxy, and may hold a password',
  async (address) => {
    through(address);
    await expect(ask(`https://${SERVICE}/`)).rejects.toMatchObject({
      code: 'input-invalid',
      message: 'The proxy that HTTPS_PROXY names is not a usable URL.',
      hint: expect.not.stringContaining('hunter2'),
    });
  },
);

test('nobody listens, nobody answers, nobody waits', async () => {
  await expect(ask('https://127.0.0.1:1/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const url = `https://127.0.0.1:${service.port}/`;
  const late = ask(url, { body: 'hang', timeout: 100 });
  await expect(late).rejects.toMatchObject({
    code: 'ETIMEDOUT',
    message: 'no answer within 0.1 s',
  });
  const flood = ask(url, { body: 'flood' });
  await expect(flood).rejects.toThrow('the answer is larger than 8 MB');
  const cancel = new AbortController();
  const cancelled = ask(url, { body: 'hang', signal: cancel.signal });
  cancel.abort(new Error('cancelled'));
  await expect(cancelled).rejects.toThrow('cancelled');
});
