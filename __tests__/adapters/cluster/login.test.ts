import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { readIdentity } from '../../../src/adapters/cluster/identity.ts';
import { createCluster } from '../../../src/adapters/cluster.ts';
import { type Seen, startTls, type TlsDouble } from './tls-double.ts';

let api: TlsDouble;
beforeEach(async () => {
  api = await startTls();
});
afterEach(() => {
  jest.restoreAllMocks();
  api.close();
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
const trusted = () => ({ 'certificate-authority-data': base64(api.authority) });
/** The answer, or why there is none. */
const askAs = (cluster: object, user: object) =>
  createCluster(api.kubeconfig(cluster, user)).readServerVersion();

type Row = readonly [string, () => { cluster?: object; user?: object }, object];

describe('what a kubeconfig holds is shown to the server', () => {
  const headers = (expected: Seen['headers']) => ({ headers: expected });
  test.each<Row>([
    ['nothing', () => ({}), { client: undefined, servername: false }],
    [
      'a certificate and its key',
      () => ({
        user: {
          'client-certificate-data': base64(api.client.cert),
          'client-key-data': base64(api.client.key),
        },
      }),
      { client: 'jane' },
    ],
    [
      'a certificate and its key in files',
      () => ({
        user: {
          'client-certificate': api.write('client.crt', api.client.cert),
          'client-key': api.write('client.key', api.client.key),
        },
      }),
      { client: 'jane' },
    ],
    [
      'a certificate rather than the file named beside it, and no program',
      () => ({
        user: {
          'client-certificate-data': base64(api.client.cert),
          'client-certificate': '/absent',
          'client-key-data': base64(api.client.key),
          'client-key': '/absent',
          exec: { command: '/absent' },
        },
      }),
      { client: 'jane' },
    ],
    ['a token', () => ({ user: { token: 'abc' } }), headers({ authorization: 'Bearer abc' })],
    [
      'the token in a file rather than the one beside it',
      () => ({ user: { token: 'old', tokenFile: api.write('token', ' new\n') } }),
      headers({ authorization: 'Bearer new' }),
    ],
    [
      'the token beside a file that cannot be read',
      () => ({ user: { token: 'abc', tokenFile: '/absent' } }),
      headers({ authorization: 'Bearer abc' }),
    ],
    [
      'a user name and a password',
      () => ({ user: { username: 'zoë', password: 'a:b' } }),
      headers({ authorization: `Basic ${base64('zoë:a:b')}` }),
    ],
    [
      'a token rather than a password or a program',
      () => ({ user: { token: 'abc', username: 'u', exec: { command: '/absent' } } }),
      headers({ authorization: 'Bearer abc' }),
    ],
    [
      'whom to impersonate',
      () => ({
        user: {
          token: 'abc',
          as: 'jane',
          'as-uid': '7',
          'as-groups': ['a', 'b'],
          'as-user-extra': { scopes: ['x', 'y'], 'example.com/team (1)': ['z'] },
        },
      }),
      headers({
        authorization: 'Bearer abc',
        'impersonate-user': 'jane',
        'impersonate-uid': '7',
        'impersonate-group': 'a, b',
        'impersonate-extra-scopes': 'x, y',
        'impersonate-extra-example.com%2fteam%20%281%29': 'z',
      }),
    ],
    [
      'the name it should have',
      () => ({ cluster: { ...trusted(), 'tls-server-name': 'api.example' } }),
      { servername: 'api.example' },
    ],
  ])('%s', async (_, given, expected) => {
    const { cluster = trusted(), user = {} } = given();
    expect(await askAs(cluster, user)).toBe('v1.36.3');
    expect(api.seen).toMatchObject([expected]);
  });
});

describe('the server is verified', () => {
  test.each<[string, () => object, string]>([
    ['by the authorities that Node knows', () => ({}), 'self-signed certificate'],
    [
      'by another name',
      () => ({ ...trusted(), 'tls-server-name': 'other.example' }),
      "Host: other.example. is not in the cert's altnames",
    ],
  ])('%s', async (_, cluster, message) => {
    await expect(askAs(cluster(), { token: 'abc' })).rejects.toMatchObject({
      name: 'ApiError',
      status: 0,
      message: expect.stringContaining(message),
    });
    expect(api.seen).toEqual([]);
  });

  test('by an authority in a file', async () => {
    const file = api.write('ca.crt', api.authority);
    expect(await askAs({ 'certificate-authority': file }, {})).toBe('v1.36.3');
  });

  test('unless the kubeconfig says otherwise', async () => {
    expect(await askAs({ 'insecure-skip-tls-verify': true }, {})).toBe('v1.36.3');
  });
});

describe('what cannot work is said', () => {
  test.each<[string, () => object, RegExp]>([
    [
      'a certificate that is none',
      () => ({ 'client-certificate-data': base64('no') }),
      /its certificates or its key cannot be used: .*no start line/,
    ],
    ['a token that no header can hold', () => ({ token: 'a\nb' }), /Authorization/],
    ['a file that is absent', () => ({ tokenFile: '/absent' }), /no such file.*'\/absent'/],
    ['a file that is empty', () => ({ tokenFile: api.write('token', '\n') }), /token is empty$/],
    [
      'a program that prints something else',
      () => ({ exec: { command: 'echo', args: ['secret'] } }),
      /: echo did not print an ExecCredential with a status$/,
    ],
    [
      'a program that fails silently',
      () => ({ exec: { command: 'false' } }),
      /: false failed and said nothing$/,
    ],
    ['a program that is absent', () => ({ exec: { command: '/absent' } }), /spawn \/absent ENOENT/],
  ])('%s', async (_, user, message) => {
    const failed = askAs(trusted(), user());
    await expect(failed).rejects.toMatchObject({ name: 'ApiError', status: 0 });
    await expect(failed).rejects.toThrow("logging in with the kubeconfig's user failed: ");
    await expect(failed).rejects.toThrow(message);
  });
});

describe('credentials that change', () => {
  const authorization = async (identity: ReturnType<typeof readIdentity>) => {
    const { headers } = await identity.options('request');
    return (headers as Record<string, string>)['Authorization'];
  };

  test('a file is read again after a minute at most, and kept when it is gone for a moment', async () => {
    const tokenFile = api.write('token', 'old');
    const identity = readIdentity(api.kubeconfig(trusted(), { tokenFile }));
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    expect(await authorization(identity)).toBe('Bearer old');
    writeFileSync(tokenFile, 'new');
    expect(await authorization(identity)).toBe('Bearer old');
    now.mockReturnValue(60_000);
    expect(await authorization(identity)).toBe('Bearer new');
    writeFileSync(tokenFile, '');
    now.mockReturnValue(120_000);
    expect(await authorization(identity)).toBe('Bearer new');
  });

  test('a program is asked again after a 401, once for all requests', async () => {
    const program = `
      const { appendFileSync, readFileSync } = require('node:fs');
      appendFileSync(process.argv[1], 'x');
      const token = readFileSync(process.argv[1], 'utf8');
      console.log(JSON.stringify({ status: { token } }));`;
    const args = ['--eval', program, api.write('calls', '')];
    const exec = { command: process.execPath, args };
    const identity = readIdentity(api.kubeconfig(trusted(), { exec }));
    const askTogether = () => Promise.all([authorization(identity), authorization(identity)]);
    expect(await askTogether()).toEqual(['Bearer x', 'Bearer x']);
    identity.forget();
    const first = authorization(identity);
    identity.forget();
    expect([await first, ...(await askTogether())]).toEqual(Array(3).fill('Bearer xx'));
  });

  test('a program may give a certificate', async () => {
    const { cert, key } = api.client;
    const status = { clientCertificateData: cert, clientKeyData: key };
    const args = [JSON.stringify({ status })];
    expect(await askAs(trusted(), { exec: { command: 'echo', args } })).toBe('v1.36.3');
    expect(api.seen).toMatchObject([{ client: 'jane' }]);
  });
});
