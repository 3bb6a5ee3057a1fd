import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type FetchContext,
  parseFetchError,
  toFetchText,
} from '../../src/release/helm-error-fetch.ts';

/* The words of real helms and servers are in `__tests__/adapters/helm-pull.test.ts`; here is what those cannot say. */

const context: FetchContext = {
  doing: 'Fetching chart app',
  from: 'registry',
  version: '1.0.0',
  credentials: 'none',
};

test.each<[string, FetchContext['from'], string, string]>([
  [
    'failed to perform "FetchReference" on source: GET "https://ghcr.io/v2/a/b/manifests/1.0.0": response status code 403: denied: denied',
    'registry',
    'registry-unauthorized',
    'the registry wants a login.',
  ],
  [
    'failed to fetch https://charts.example.com/index.yaml : 503 Service Unavailable',
    'repository',
    'repository-unreachable',
    'https://charts.example.com/index.yaml could not be read: 503 Service Unavailable.',
  ],
  [
    'GET "https://registry-1.docker.io/v2/": response status code 429: toomanyrequests: You have reached your pull rate limit',
    'registry',
    'registry-unreachable',
    'the registry was not reached: GET "https://registry-1.docker.io/v2/": response status code 429: toomanyrequests: You have reached your pull rate limit.',
  ],
  [
    'Get "https://charts.example.com/v2/": net/http: TLS handshake timeout',
    'dependency',
    'repository-unreachable',
    'https://charts.example.com was not reached: Get "https://charts.example.com/v2/": net/http: TLS handshake timeout.',
  ],
  [
    'Get "https://charts.example.com/index.yaml": proxyconnect tcp: dial tcp 10.0.0.1:3128: i/o timeout',
    'repository',
    'repository-unreachable',
    'the repository was not reached: Get "https://charts.example.com/index.yaml": proxyconnect tcp: dial tcp 10.0.0.1:3128: i/o timeout.',
  ],
  [
    'Get "http://charts.example.com/index.yaml": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    'repository',
    'repository-unreachable',
    'the repository was not reached: Get "http://charts.example.com/index.yaml": context deadline exceeded (Client.Timeout exceeded while awaiting headers).',
  ],
  [
    'Get "/index.yaml": stopped after 10 redirects',
    'repository',
    'repository-unreachable',
    'the repository was not reached: Get "/index.yaml": stopped after 10 redirects.',
  ],
  [
    'no answer in 300 s',
    'registry',
    'registry-unreachable',
    'the registry was not reached: no answer in 300 s.',
  ],
  [
    'error converting YAML to JSON: yaml: control characters are not allowed',
    'repository',
    'repository-unreachable',
    'what it has as index.yaml is no index of charts.',
  ],
])('%s', (text, from, code, cause) => {
  const problem = parseFetchError(text, { ...context, from });
  expect(problem).toMatchObject({ code, message: `Fetching chart app failed: ${cause}` });
});

test('other words are left to the rules of all commands', () => {
  expect(parseFetchError('release: not found in time', context)).toBeUndefined();
});

test('any text is told in one sentence, or left alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (stdout, stderr) => {
      const problem = parseFetchError(toFetchText({ stdout, stderr }), context);
      expect(problem?.message ?? 'x.').toMatch(/^[^\n]*\.$/);
    }),
  );
});
