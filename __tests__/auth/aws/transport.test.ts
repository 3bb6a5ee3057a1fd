import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, jest, test } from '@jest/globals';
import { HttpRequest } from '@smithy/protocol-http';
import { createAws } from '../../../src/auth/aws/transport.ts';
import { fakeAuthWorld } from '../../fakes/auth-world.ts';

/* The body of an answer; the SDK itself minds its head alone. */

let close = () => {};
afterEach(() => {
  jest.useRealTimers();
  close();
});

async function ask(answer: (response: ServerResponse) => void, onHead = () => {}) {
  const server = createServer((_, response) => answer(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  const world = fakeAuthWorld();
  const now = () => {
    // The Date header has come, and with it the head.
    setImmediate(onHead);
    return world.clock.now();
  };
  const { client } = createAws('eu-west-1', { ...world, clock: { ...world.clock, now } });
  return client.requestHandler.handle(
    new HttpRequest({ protocol: 'http:', hostname: '127.0.0.1', port, path: '/' }),
  );
}

test('comes whole', async () => {
  const { response } = await ask((response) => response.end('all of it'));
  expect(String(response.body)).toBe('all of it');
});

test('breaks off: it may pass, as any other silence', async () => {
  const cut = ask((response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('{', () => response.destroy());
  });
  await expect(cut).rejects.toMatchObject({ name: 'Silence', code: 'ECONNRESET' });
});

test('has no end', async () => {
  const flood = ask((response) => response.end('x'.repeat(9 * 1024 * 1024)));
  await expect(flood).rejects.toMatchObject({ message: 'the answer is larger than 8 MB' });
});

test('does not come', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'Date'] });
  const hang = (response: ServerResponse) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('{');
  };
  await expect(ask(hang, () => jest.advanceTimersByTime(15_000))).rejects.toMatchObject({
    code: 'ETIMEDOUT',
    message: 'no answer within 15 s',
  });
});
