import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildTool } from '../../local-cluster/tools.ts';
import { createSops } from '../../src/adapters/sops.ts';
import { isSopsFile } from '../../src/release/sops-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-sops-'));
afterAll(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const never = new AbortController().signal;

describe('the real sops, with an age key', () => {
  const VALUES = 'db:\n  password: hunter2-abc # keep\n  mode: "on"\n  port: 5432\n';
  const key = path.join(folder, 'key.txt');
  let bin: string;
  const sops = (environment: Record<string, string>) =>
    createSops({ PATH: bin, HOME: folder, ...environment }, { signal: never });
  const encrypt = (name: string, text: string) => {
    const recipient = /age1\w+/.exec(readFileSync(key, 'utf8'))?.[0] ?? '';
    const args = ['--encrypt', '--age', recipient, put(`plain/${name}`, text)];
    return put(name, execFileSync(path.join(bin, 'sops'), args, { encoding: 'utf8' }));
  };

  beforeAll(async () => {
    bin = path.dirname(await buildTool('sops-3.13.3'));
    execFileSync(path.join(bin, 'age-keygen'), ['-o', key], { stdio: 'ignore' });
  }, 600_000);

  test.each([
    ['secrets.yaml', VALUES],
    ['secrets.json', '{"db": {"password": "hunter2-abc", "n": 1.50, "big": 12345678901}}'],
    ['values.enc', VALUES],
  ])('%s', async (name, text) => {
    const file = encrypt(name, text);
    expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
    expect(isSopsFile(readFileSync(file, 'utf8'))).toBe(true);
    const { code, stdout } = await sops({ SOPS_AGE_KEY_FILE: key }).decrypt(file);
    expect(code).toBe(0);
    expect(stdout).toContain('hunter2-abc');
    expect(isSopsFile(stdout)).toBe(false);
  });

  test.each([
    ['without its key', () => encrypt('a.yaml', VALUES), 'Failed to get the data key required'],
    ['that is plain', () => put('b.yaml', VALUES), 'sops metadata not found'],
    ['that is absent', () => path.join(folder, 'c.yaml'), 'non-existent file'],
  ])('a file %s', async (_, make, said) => {
    const { code, stdout, stderr } = await sops({}).decrypt(make());
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(said);
  });
});

describe('any sops', () => {
  const fake = (script: string) => {
    const file = put('bin/sops', `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return { PATH: `${path.dirname(file)}:/usr/bin:/bin` };
  };

  test('gets the environment of the step, without what is for us', async () => {
    const environment = {
      ...fake('env; echo "$@"'),
      AWS_PROFILE: 'data',
      INPUT_KUBECONFIG: 'x',
      'INPUT_GITHUB-TOKEN': 'x',
      GITHUB_TOKEN: 'x',
    };
    const { stdout } = await createSops(environment, { signal: never }).decrypt('/a b.yaml');
    expect(stdout).toContain('AWS_PROFILE=data\n');
    expect(stdout).toContain('--decrypt /a b.yaml\n');
    expect(stdout).not.toMatch(/^(?:INPUT_|GITHUB_TOKEN)/m);
  });

  test('that is not there', async () => {
    const absent = createSops({ PATH: folder }, { signal: never });
    await expect(absent.decrypt('/a.yaml')).rejects.toMatchObject({ code: 'sops-missing' });
  });

  test('is not waited for without end', async () => {
    const asking = createSops(fake('exec sleep 600'), { signal: never, timeout: 100 });
    expect(await asking.decrypt('/a.yaml')).toMatchObject({
      code: 130,
      stderr: expect.stringContaining('no answer in 0.1 s'),
    });
  });

  test('ends with the run', async () => {
    const cancel = new AbortController();
    const running = createSops(fake('exec sleep 600'), { signal: cancel.signal }).decrypt('/a');
    cancel.abort();
    expect(await running).toMatchObject({ code: 130 });
  });
});
