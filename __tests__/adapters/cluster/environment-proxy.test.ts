import { describe, expect, test } from '@jest/globals';
import { findProxy } from '../../../src/adapters/cluster/environment-proxy.ts';

const PROXY = 'http://me:hunter2@proxy.corp:3128';
const SERVER = 'https://abc.gr7.eu-west-1.eks.amazonaws.com';

const find = (server: string, environment: Record<string, string>) =>
  findProxy(new URL(server), environment)?.href;

describe('which variable counts', () => {
  test.each([
    [{}, undefined],
    [{ HTTPS_PROXY: PROXY }, `${PROXY}/`],
    [{ https_proxy: PROXY }, `${PROXY}/`],
    [{ HTTPS_PROXY: 'http://upper:1', https_proxy: PROXY }, 'http://upper:1/'],
    [{ HTTPS_PROXY: '', https_proxy: PROXY }, `${PROXY}/`],
    [{ HTTPS_PROXY: 'proxy.corp:3128' }, 'http://proxy.corp:3128/'],
    [{ HTTPS_PROXY: 'socks5://proxy.corp:1080' }, 'socks5://proxy.corp:1080'],
    [{ HTTP_PROXY: PROXY }, undefined],
    [{ ALL_PROXY: PROXY }, undefined],
  ])('%j: %s', (environment, proxy) => {
    expect(find(SERVER, environment)).toBe(proxy);
  });

  test('HTTP_PROXY, for a server on plain http', () => {
    expect(find('http://10.0.0.1:8080', { HTTP_PROXY: PROXY })).toBe(`${PROXY}/`);
  });
});

/* As Go decides: each line was checked with ProxyFromEnvironment of net/http in Go 1.26. */
describe.each([
  ['straight', undefined],
  ['through the proxy', `${PROXY}/`],
] as const)('%s', (way, proxy) => {
  const all: readonly (readonly [way: string, server: string, noProxy: string])[] = [
    ['straight', 'https://localhost:6443', ''],
    ['straight', 'https://127.0.0.2:6443', ''],
    ['straight', 'https://[::1]:6443', ''],
    ['through the proxy', 'https://0.0.0.0:6443', ''],
    ['straight', SERVER, '*'],
    ['straight', SERVER, 'localhost, EKS.amazonaws.com'],
    ['straight', SERVER, '.amazonaws.com'],
    ['straight', SERVER, '*.amazonaws.com'],
    ['through the proxy', 'https://amazonaws.com', '.amazonaws.com'],
    ['straight', 'https://amazonaws.com', 'amazonaws.com'],
    ['through the proxy', SERVER, 'gr7,zonaws.com,s.*.com,:443'],
    ['straight', SERVER, 'amazonaws.com:443'],
    ['through the proxy', SERVER, 'amazonaws.com:6443'],
    ['straight', 'https://10.20.30.40:6443', '10.0.0.0/8'],
    ['through the proxy', 'https://11.20.30.40:6443', '10.0.0.0/8,11.0.0.0/x'],
    ['straight', 'https://10.20.30.40:6443', '10.20.30.40'],
    ['straight', 'https://10.20.30.40:6443', '10.20.30.40:6443'],
    ['straight', 'https://[fd00::1]:6443', 'fd00::/8'],
    ['straight', 'https://[fd00::1]:6443', '[fd00::1]:6443'],
    ['through the proxy', 'https://ten.example', '10.0.0.0/8'],
  ];
  test.each(all.filter((one) => one[0] === way))(
    '%s: %s with NO_PROXY=%s',
    (_, server, noProxy) => {
      expect(find(server, { HTTPS_PROXY: PROXY, NO_PROXY: noProxy })).toBe(proxy);
    },
  );
});

test('what is no URL', () => {
  expect(() => find(SERVER, { HTTPS_PROXY: 'http://[' })).toThrow('Invalid URL');
});
