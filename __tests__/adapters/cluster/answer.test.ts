import { expect, test } from '@jest/globals';
import { parseAnswer, toApiError, toNetworkError } from '../../../src/adapters/cluster/answer.ts';
import { ApiError } from '../../../src/ports.ts';

const status = JSON.stringify({ kind: 'Status', reason: 'Forbidden', message: 'no "x"' });

test.each([
  ['a Status', 403, status, 'Forbidden', 'no "x"'],
  ['a page', 502, '<html>\n  <h1>Bad\tGateway</h1>', '', '<html> <h1>Bad Gateway</h1>'],
  ['another JSON', 500, '{"error":"x"}', '', '{"error":"x"}'],
  ['null', 500, 'null', '', 'null'],
  ['nothing', 503, '', '', 'HTTP 503'],
])('%s', (_, code, body, reason, message) => {
  expect(toApiError(code, body)).toMatchObject({ status: code, reason, message });
});

test('a long page is cut', () => {
  expect(toApiError(500, 'x'.repeat(1_000)).message).toHaveLength(200);
});

test('a page that says success is no answer of an API server', () => {
  expect(parseAnswer('{"kind":"Secret"}')).toEqual({ kind: 'Secret' });
  expect(() => parseAnswer('<html>\n  please log in</html>')).toThrow(
    'what answers there is no API server of Kubernetes: <html> please log in</html>',
  );
});

test('no answer has status 0 and the words of the network', () => {
  const refused = new Error('connect ECONNREFUSED 127.0.0.1:1');
  expect(toNetworkError(refused)).toMatchObject({ status: 0, message: refused.message });
  const several = new AggregateError([refused, new Error('connect ECONNREFUSED ::1:1')]);
  expect(toNetworkError(several).message).toBe(refused.message);
  const ours = new ApiError(0, 'Timeout', 'silent');
  expect(toNetworkError(ours)).toBe(ours);
});
