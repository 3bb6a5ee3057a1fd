import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const SRC = path.join(import.meta.dirname, '../../src');
/** Types are no imports. */
const STATIC = /^(?:import|export)\s+(?!type\b)(?:[^'"]*?from\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\('([^']+)'\)/g;

/** Packages that loading a file of src brings in, with what it loads later or without. */
function packagesOf(file: string, kinds: readonly RegExp[]): ReadonlySet<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const walk = (at: string) => {
    if (seen.has(at)) return;
    seen.add(at);
    const text = readFileSync(at, 'utf8');
    for (const [, name = ''] of kinds.flatMap((kind) => [...text.matchAll(kind)])) {
      if (name.startsWith('.')) walk(path.resolve(path.dirname(at), name));
      else packages.add(name);
    }
  };
  walk(path.join(SRC, file));
  return packages;
}

test('the exec plugin never loads what writes workflow commands to stdout', () => {
  const all = packagesOf('credential.ts', [STATIC, DYNAMIC]);
  expect([...all].filter((name) => name.startsWith('@actions/'))).toEqual([]);
  // The walk did go into the clouds.
  expect([...all].filter((name) => /^(@aws-sdk\/|google-auth-library$)/.test(name))).not.toEqual(
    [],
  );
});

test.each(['auth/login.ts', 'credential.ts'])('%s loads no cloud before it is used', (file) => {
  const first = [...packagesOf(file, [STATIC])];
  expect(first.filter((name) => /^(@aws|@smithy|google-auth-library)/.test(name))).toEqual([]);
});
