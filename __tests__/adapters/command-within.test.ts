import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { runWithin } from '../../src/adapters/command-within.ts';
import { createHelm } from '../../src/adapters/helm.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-within-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(script: string): string {
  const file = path.join(folder, 'program');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const request = { args: [], environment: { PATH: '/usr/bin:/bin' }, killAfter: 100 };

test.each([
  ['that waits', 'exec sleep 600'],
  ['that does not listen', "trap '' INT; sleep 600"],
])('a program %s is ended, and why is told', async (_, script) => {
  const result = await runWithin(100, { ...request, path: program(script) });
  expect(result.code).not.toBe(0);
  expect(result.stderr).toBe('\nError: no answer in 0.1 s');
});

test('one that is cancelled did not take too long', async () => {
  const cancel = new AbortController();
  const path = program('exec sleep 600');
  const running = runWithin(60_000, { ...request, path, signal: cancel.signal });
  cancel.abort();
  expect(await running).toMatchObject({ code: 130, stderr: '' });
});

test('helm does not wait for a silent registry without end', async () => {
  const helm = createHelm({
    path: program('exec sleep 600'),
    version: '4.2.3',
    kubeconfig: { path: '/none', usesExec: false },
    home: path.join(folder, 'home'),
    environment: request.environment,
    fetchTimeout: 100,
  });
  const chart = {
    type: 'registry',
    reference: 'oci://127.0.0.1:1/app',
    written: 'app',
    version: '1.0.0',
    digest: '',
    keyring: '',
    caFile: '',
    plainHttp: true,
  } as const;
  const result = await helm.pull({ chart, destination: path.join(folder, 'chart') });
  expect(result).toMatchObject({ step: 'pull', stderr: '\nError: no answer in 0.1 s' });
});
