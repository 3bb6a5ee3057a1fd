/*
 * Values of every kind on a real cluster: a file that only sops can read, files, inline, set-json,
 * set and set-file; where each came from; and that nothing of what was encrypted is left anywhere.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildTool } from '../../local-cluster/tools.ts';
import { HELMS } from '../action/helm-shim.ts';
import { createWorld, type World } from './world.ts';

const PASSWORD = `pass-${randomBytes(9).toString('hex')}`;
const MESSAGE = `said-${randomBytes(9).toString('hex')}`;
const CHARTS = path.join(import.meta.dirname, '..', 'charts');

const CONFIG = `releases:
  web:
    chart: ./web
    values: [values/base.yaml, { file: values/secrets.yaml, decrypt: sops }]
    values-inline: { podAnnotations: { example.com/team: data, example.com/on: "yes" } }
    set-json: { resources.limits: null, podAnnotations.example\\.com/octal: '"0123"' }
    set: { tag: "1.10" }
    set-file: { podAnnotations.example\\.com/note: note.txt }
`;

describe.each(HELMS)('helm $version', ({ version }) => {
  const repository = mkdtempSync(path.join(tmpdir(), 'slipway-values-'));
  let world: World;
  let key: string;
  let bin: string;

  function put(name: string, text: string): string {
    const file = path.join(repository, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  beforeAll(async () => {
    bin = path.dirname(await buildTool('sops-3.13.3'));
    world = await createWorld(version);
    key = path.join(mkdtempSync(path.join(tmpdir(), 'slipway-age-')), 'key.txt');
    execFileSync(path.join(bin, 'age-keygen'), ['-o', key], { stdio: 'ignore' });
    cpSync(path.join(CHARTS, 'web'), path.join(repository, 'web'), { recursive: true });
    put('slipway.yaml', CONFIG);
    put('note.txt', 'a: 1,2\n{b}\n');
    put('values/base.yaml', 'replicas: 1\nprobe: off\nreplicas: 1\n');
    const recipient = /age1\w+/.exec(readFileSync(key, 'utf8'))?.[0] ?? '';
    const plain = put('plain.yaml', `password: ${PASSWORD}\nmessage: ${MESSAGE}\n`);
    const args = ['--encrypt', '--age', recipient, plain];
    put('values/secrets.yaml', execFileSync(path.join(bin, 'sops'), args, { encoding: 'utf8' }));
    rmSync(plain);
  }, 600_000);
  afterAll(async () => {
    rmSync(repository, { recursive: true });
    rmSync(path.dirname(key), { recursive: true });
    await world.end();
  });

  const run = (inputs: Record<string, string>, environment: Record<string, string> = {}) => {
    // What slipway.yaml says.
    const { chart, ...given } = world.options(inputs).inputs;
    return world.run(
      { ...given, chart: '', ...inputs },
      {
        workspace: repository,
        environment: {
          PATH: `${bin}:${process.env['PATH']}`,
          HOME: repository,
          SOPS_AGE_KEY_FILE: key,
          ...environment,
        },
      },
    );
  };

  test('without the key: nothing is touched', async () => {
    const { code, outputs, log } = await run({}, { SOPS_AGE_KEY_FILE: '/nowhere' });
    expect(code).toBe(1);
    expect(outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'decrypt-failed' });
    expect(log).toContain('Decrypting `values/secrets.yaml` with sops failed: ');
    expect(await world.history()).toEqual([]);
  });

  test('without sops', async () => {
    const { outputs } = await run({}, { PATH: '/usr/bin:/bin' });
    expect(outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'sops-missing' });
  });

  test('encrypted, but not said to be', async () => {
    const { outputs, log } = await run({
      config: path.basename(
        put(
          'plain.yaml',
          CONFIG.replace('{ file: values/secrets.yaml, decrypt: sops }', 'values/secrets.yaml'),
        ),
      ),
    });
    expect(outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'values-encrypted' });
    expect(log).toContain('decrypt: sops');
  });

  test('the plan says where the values come from', async () => {
    const { code, summary, log } = await run({ command: 'plan', 'show-values': 'true' });
    expect(code).toBe(0);
    for (const row of [
      /tag.*"1\.10".*\bset\b/,
      /replicas.*1.*values\/base\.yaml/,
      /password.*\(secret\).*values\/secrets\.yaml/,
      /message.*\(secret\).*values\/secrets\.yaml/,
    ]) {
      expect(summary).toMatch(row);
    }
    expect(log).toContain('`probe: off` is a boolean to helm: false');
    expect(log).toContain('`replicas` stands on lines 1 and 3');
    for (const text of [summary, log]) expect(text).not.toMatch(`${PASSWORD}|${MESSAGE}`);
  });

  test('is deployed as written, and nothing of the secrets is left', async () => {
    const { code, outputs, log, summary, temp } = await run({});
    expect({ code, outputs }).toMatchObject({ code: 0, outputs: { outcome: 'deployed' } });
    const { data } = await world.get('secrets', 'web-secret');
    expect(Buffer.from(data.password, 'base64').toString()).toBe(PASSWORD);
    expect((await world.get('configmaps', 'web-config')).data.MESSAGE).toBe(MESSAGE);
    const { spec } = await world.get('deployments', 'web', 'apis/apps/v1');
    expect(spec.template.metadata.annotations).toMatchObject({
      'example.com/team': 'data',
      'example.com/on': 'yes',
      'example.com/octal': '0123',
      'example.com/note': 'a: 1,2\n{b}\n',
    });
    expect(spec.template.spec.containers[0].image).toMatch(/:1\.10$/);
    const calls = world.allHelmCalls().map((one) => JSON.stringify(one));
    for (const text of [log, summary, JSON.stringify(outputs), ...calls]) {
      expect(text).not.toMatch(`${PASSWORD}|${MESSAGE}`);
    }
    expect(() => readdirSync(temp)).toThrow('ENOENT');
  });

  test('unchanged, although it is decrypted anew', async () => {
    expect(await run({})).toMatchObject({ outputs: { outcome: 'unchanged' } });
  });
});
