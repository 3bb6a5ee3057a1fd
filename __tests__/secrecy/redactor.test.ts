import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isWorthHiding } from '../../src/secrecy/guard.ts';
import { createRedactor } from '../../src/secrecy/redactor.ts';

const secret = (data: Record<string, string>, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'api-env' },
  data,
  ...more,
});
const base64 = (text: string) => Buffer.from(text).toString('base64');

function redact(value: string, text: string): string {
  const redactor = createRedactor();
  redactor.add(value);
  return redactor.safe(text);
}

describe('ordinary words that the release says elsewhere stay readable', () => {
  test.each([
    'true',
    'admin',
    'postgres',
    '8080',
    '5432',
    'production',
    'Airbyte',
    'airbyte-db',
    'us-east-1',
    'us-central1',
    'service_account',
    '10.0.0.12',
    '00000000',
    '',
  ])('%s', (word) => {
    expect(isWorthHiding(word, () => true)).toBe(false);
    const redactor = createRedactor();
    redactor.addPublic(`image: registry.example.com/${word}:1.0`);
    redactor.add(word);
    expect(redactor.safe(`the value ${word} is told`)).toBe(`the value ${word} is told`);
  });

  test('one that only a Secret says does not', () => {
    expect(redact('supersecret', 'login with supersecret')).toBe('login with ***');
  });
});

describe('secrets do not', () => {
  test.each([
    'hunter2',
    'minio123',
    's3cr3t-value',
    'correcthorsebattery',
    'AKIAIOSFODNN7EXAMPLE',
    '3f8a9c1e-6b7d-4c55-9a55-0f2c33a1b2c3',
    'Pa$$w0rd!',
  ])('%s', (value) => {
    expect(redact(value, `before ${value} after`)).toBe('before *** after');
  });
});

describe('the objects', () => {
  test('data is decoded, stringData taken as it is', () => {
    const redactor = createRedactor();
    redactor.addSecretObject(
      secret({ password: base64('s3cr3t-one\n') }, { stringData: { token: 's3cr3t-two' } }),
    );
    const text = `s3cr3t-one, s3cr3t-two, ${base64('s3cr3t-one\n')}, ${base64('s3cr3t-two')}`;
    expect(redactor.safe(text)).toBe('***, ***, ***, ***');
  });

  test('a binary value is hidden as base64', () => {
    const bytes = Buffer.from([255, 254, 0, 1, 2, 3, 250, 251, 252, 9, 8, 7]).toString('base64');
    const redactor = createRedactor();
    redactor.addSecretObject(secret({ keystore: bytes }));
    expect(redactor.safe(`keystore: ${bytes}`)).toBe('keystore: ***');
  });

  test('other kinds and helm records are not secrets of the release', () => {
    const redactor = createRedactor();
    redactor.addSecretObject({ ...secret({ a: base64('s3cr3t-one') }), kind: 'ConfigMap' });
    redactor.addSecretObject(
      secret({ release: base64('s3cr3t-one') }, { type: 'helm.sh/release.v1' }),
    );
    expect(redactor.safe('s3cr3t-one')).toBe('s3cr3t-one');
  });

  test('what is inside a document is hidden by itself', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n';
    const redactor = createRedactor();
    redactor.add(JSON.stringify({ type: 'service_account', private_key: key }));
    redactor.add('url: postgres://airbyte:x9Kq2-pw@db:5432/airbyte\nlog: info\n');
    expect(redactor.safe('got MIIEvQIBADANBgkqhkiG9w0B')).toBe('got ***');
    expect(redactor.safe('password x9Kq2-pw refused')).toBe('password *** refused');
    expect(redactor.safe('log: info, service_account')).toBe('log: info, service_account');
  });
});

test('data is made safe before it is rendered', () => {
  const redactor = createRedactor();
  redactor.add('p|pe-s3cret');
  const data = { a: ['x p|pe-s3cret'], n: 4, u: undefined, no: null };
  expect(redactor.clean(data)).toEqual({ a: ['x ***'], n: 4, u: undefined, no: null });
});

test('overlapping secrets leave nothing behind', () => {
  const redactor = createRedactor();
  for (const value of ['abcdef1234', '1234ghijkl', 'cdef12']) redactor.add(value);
  expect(redactor.safe('<abcdef1234ghijkl> cdef12 abcdef1234')).toBe('<***> *** ***');
});

const worthy = fc
  .string({ unit: 'binary', minLength: 8, maxLength: 60 })
  .map((text) => text.trim())
  .filter((text) => text.length >= 8 && isWorthHiding(text, () => false) && !text.includes('***'));

const encodings: Readonly<Record<string, (value: string, before: string) => string>> = {
  raw: (value) => value,
  base64: (value) => base64(value),
  'base64 without padding': (value) => base64(value).replace(/=+$/, ''),
  'base64 for URLs': (value) => Buffer.from(value).toString('base64url'),
  JSON: (value) => JSON.stringify(value).slice(1, -1),
  'JSON in JSON': (value) => JSON.stringify(JSON.stringify(value)),
  URL: (value) => encodeURIComponent(value),
  form: (value) => new URLSearchParams({ v: value }).toString(),
};

describe('no secret survives in any spelling', () => {
  test.each(Object.entries(encodings))('%s', (_name, encode) => {
    const around = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(fc.array(worthy, { minLength: 1, maxLength: 5 }), around, (values, edge) => {
        const redactor = createRedactor();
        for (const value of values) redactor.add(value);
        const safe = redactor.safe(values.map((value) => edge + encode(value, edge)).join(edge));
        for (const value of values) expect(safe).not.toContain(encode(value, edge));
      }),
    );
  });

  test('base64 at any alignment inside a longer text', () => {
    fc.assert(
      fc.property(worthy, fc.nat(8), fc.nat(8), (value, before, after) => {
        const bytes = Buffer.concat([
          Buffer.alloc(before, 7),
          Buffer.from(value),
          Buffer.alloc(after, 7),
        ]);
        const safe = createRedactorOf(value).safe(bytes.toString('base64'));
        const left = safe.replaceAll('***', '').length;
        // Only the neighbours, and the two characters that mix them with the secret, are left.
        expect(left).toBeLessThanOrEqual(Math.ceil((before + after) / 3) * 4 + 6);
        expect(safe).toContain('***');
      }),
    );
  });
});

test('the same text comes back when there is nothing to hide', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(createRedactorOf('AKIAIOSFODNN7EXAMPLE').safe(text)).toBe(text);
    }),
  );
});

test('a thousand secrets leave a text of a megabyte as it is when none is in it', () => {
  const redactor = createRedactor();
  for (let i = 0; i < 1000; i++) redactor.add(`s3cr3t-number-${i}-${(i * 7919).toString(36)}`);
  const text = 'an ordinary line of a log, s3cr3t-but-not-ours\n'.repeat(21_000);
  expect(redactor.safe(text)).toBe(text);
});

function createRedactorOf(value: string) {
  const redactor = createRedactor();
  redactor.add(value);
  return redactor;
}
