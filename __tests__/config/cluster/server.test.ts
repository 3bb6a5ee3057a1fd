import { describe, expect, test } from '@jest/globals';
import { tell } from '../telling.ts';
import { parse } from './sample.ts';

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
const SERVER = { server: 'https://k8s.example.com:6443', token: 'abc' };

describe('a server with a token', () => {
  test.each([
    ['', ''],
    [PEM, PEM],
    [Buffer.from(`${PEM}\n`).toString('base64'), PEM],
  ])('and the CA %j', (ca, expected) => {
    expect(parse({}, { ...SERVER, ...(ca && { ca }) })).toEqual({
      provider: 'server',
      endpoint: { server: 'https://k8s.example.com:6443', ca: expected },
      token: 'abc',
      connection: { proxyUrl: '', tlsServerName: '' },
    });
  });

  test.each([
    [
      { token: undefined },
      `\`cluster.token\` is missing or empty. Name the variable that holds it, such as \`token: \${KUBE_TOKEN}\`.`,
    ],
    [
      { server: undefined },
      '`cluster.server` is missing or empty. Write the address of the API server.',
    ],
    [
      { token: 'Bearer abc' },
      '`cluster.token` has blank space or other characters that no token has. Put the token alone into the secret, without quotes and line breaks.',
    ],
    [
      { 'proxy-url': 'proxy.example.com:3128' },
      '`cluster.proxy-url` is no address of a proxy. Write it with `http://`, `https://` or `socks5://` in front.',
    ],
    [
      { context: 'staging' },
      '`cluster.context` is for a kubeconfig, and `cluster.token` for a `server` with a `token`. Remove what is not meant: a run has one cluster.',
    ],
  ])('is refused with %j', (fields, told) => {
    expect(tell(() => parse({}, { ...SERVER, ...fields }))).toEqual([told]);
  });
});
