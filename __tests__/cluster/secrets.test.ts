/*
 * No secret leaves (design.md rule 10): chart passwords, the kubeconfig's token and GitHub's token
 * are looked for, raw and in base64, in everything that a run leaves behind and in all that helm got.
 */
import { randomBytes } from 'node:crypto';
import {
  existsSync,
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
import { parse } from 'yaml';
import { users } from '../../local-cluster/users.ts';
import { HELMS } from '../action/helm-shim.ts';
import type { ActionResult } from '../action/run-action.ts';
import { runAction, startAction } from '../action/run-action.ts';
import { type GitHubDouble, startGitHubDouble } from '../fakes/github-double.ts';
import { createWorld, type World } from './world.ts';

/** Only we know the middle, and the rest is what encoders change. */
const makeSecret = (kind: string) => `${kind}"9&<${randomBytes(8).toString('hex')}>'+/`;
const GITHUB_TOKEN = `ghs_${randomBytes(18).toString('hex')}`;
/** What the runner gives to a step, and helm must not have. */
const RUNNER = {
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: `jwt-${randomBytes(18).toString('hex')}`,
  ACTIONS_RUNTIME_TOKEN: `runtime-${randomBytes(18).toString('hex')}`,
  GITHUB_TOKEN,
  HELM_KUBETOKEN: `kube-${randomBytes(18).toString('hex')}`,
  HELM_KUBECONTEXT: 'deployer',
};

describe.each(HELMS)('helm $version', ({ version }) => {
  let world: World;
  let github: GitHubDouble;
  let token: string;
  let folder: string;
  const passwords: string[] = [];
  beforeAll(async () => {
    world = await createWorld(version);
    github = await startGitHubDouble({ repository: 'acme/shop' });
    token = tokenOf(world.cluster.kubeconfig('deployer'));
    folder = mkdtempSync(path.join(tmpdir(), 'slipway-secrets-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await github.close();
    await world.end();
  });

  const newPassword = (kind: string) => {
    passwords.push(makeSecret(kind));
    return passwords.at(-1) as string;
  };
  const secrets = () => [...passwords, token, GITHUB_TOKEN, ...Object.values(RUNNER).slice(0, 4)];

  /** A step of the runner, whose folders stay for us to look at. */
  function toStep(inputs: Record<string, string>) {
    const home = mkdtempSync(path.join(folder, 'step-'));
    const file = (name: string) => {
      writeFileSync(path.join(home, name), '');
      return path.join(home, name);
    };
    mkdirSync(path.join(home, 'temp'));
    const environment = {
      ...RUNNER,
      GITHUB_API_URL: github.url,
      RUNNER_TEMP: path.join(home, 'temp'),
      GITHUB_STATE: file('state'),
      GITHUB_ENV: file('env'),
      GITHUB_PATH: file('path'),
    };
    const given = {
      // The content, as a workflow gives it from a secret.
      kubeconfig: readFileSync(world.cluster.kubeconfig('deployer'), 'utf8'),
      'github-token': GITHUB_TOKEN,
      comment: 'true',
      'pull-request': '7',
      ...inputs,
    };
    return { home, options: world.options(given, { environment }) };
  }

  async function run(inputs: Record<string, string>) {
    const { home, options } = toStep(inputs);
    const result = await runAction(options);
    expect(readdirSync(path.join(home, 'temp'))).toEqual([]);
    expectNothing(secrets(), [...toTexts(result), ...readAll(home), ...toComments(github)]);
    return result;
  }

  test('first install', async () => {
    const password = newPassword('one');
    const { outputs, summary } = await run({ 'values-inline': JSON.stringify({ password }) });
    expect(outputs).toMatchObject({ outcome: 'deployed' });
    expect(summary).toContain('web-secret');
    expect(github.comments).toHaveLength(1);
    // It is what was deployed: the search above looked for the right thing.
    const { data } = await world.get('secrets', 'web-secret');
    expect(Buffer.from(data.password, 'base64').toString()).toBe(password);
  });

  test('a change of the Secret: the key is named', async () => {
    const { outputs, summary } = await run({
      'values-inline': JSON.stringify({ password: newPassword('two') }),
    });
    expect(outputs).toMatchObject({ outcome: 'deployed' });
    expect(summary).toMatch(/password/);
  });

  test('a crash loop whose log prints it, raw and in base64', async () => {
    const password = newPassword('three');
    const encoded = Buffer.from(`admin:${password}`).toString('base64');
    const lines = `connecting as admin with ${password}\nAuthorization: Basic ${encoded}\ngiving up`;
    const { outputs, log, summary } = await run({
      'values-inline': JSON.stringify({
        password,
        podAnnotations: { 'local-cluster/log': lines },
      }),
      set: 'tag=crash-loop',
    });
    expect(outputs).toMatchObject({ outcome: 'rolled-back' });
    for (const text of [log, summary]) {
      expect(text).toContain('connecting as admin with ***');
      expect(text).toContain('Authorization: Basic');
    }
  });

  test('a hook that fails and logs it', async () => {
    const password = newPassword('four');
    const migrateAnnotations = {
      'local-cluster/log': `cannot connect: postgres://a:${password}@b`,
    };
    const { outputs, summary } = await run({
      'values-inline': JSON.stringify({ password, hooks: { migrate: 'fail', migrateAnnotations } }),
    });
    expect(outputs).toMatchObject({ 'reason-code': 'hook-failed' });
    expect(summary).toContain('cannot connect');
  });

  test('a template error that quotes it, before any Secret is known', async () => {
    const password = `${newPassword('five')}{{`;
    const { outputs, log } = await run({
      release: 'picky',
      chart: '__tests__/charts/picky',
      'values-inline': JSON.stringify({ password }),
    });
    expect(outputs).toMatchObject({ outcome: 'refused', 'reason-code': 'template-error' });
    expect(log).toContain('templates/secret.yaml');
    expect(log).toContain('***');
  });

  test('killed: the post step removes what was left', async () => {
    const password = newPassword('six');
    const podAnnotations = { 'local-cluster/ready-after': '60s' };
    const { home, options } = toStep({
      'values-inline': JSON.stringify({ password, podAnnotations }),
    });
    const running = startAction(options);
    await running.says(/… Deployment web/);
    running.process.kill('SIGKILL');
    const result = await running.ended;
    const [left = ''] = readdirSync(path.join(home, 'temp'));
    expect(existsSync(path.join(home, 'temp', left, 'kubeconfig.json'))).toBe(true);

    const state = /^slipway<<(\S+)\n(.*)\n\1$/m.exec(
      readFileSync(path.join(home, 'state'), 'utf8'),
    );
    const post = await runAction({
      inputs: options.inputs,
      environment: { STATE_slipway: state?.[2] ?? '' },
    });
    expect(post).toMatchObject({ code: 0, log: '' });
    expect(readdirSync(path.join(home, 'temp'))).toEqual([]);
    expectNothing(secrets(), [...toTexts(result), ...toTexts(post), ...readAll(home)]);
  });

  test('helm got none of it, in no run of any test', () => {
    const calls = world.allHelmCalls();
    expect(calls.length).toBeGreaterThan(5);
    const tokens = users.map((user) => tokenOf(world.cluster.kubeconfig(user)));
    const chartPassword = 'correct-horse-battery-staple';
    for (const { arguments: words, environment } of calls) {
      expectNothing(
        [...secrets(), ...tokens, chartPassword, 'ghs_token-of-this-run'],
        [words.join('\n'), environment],
      );
      const names = environment.split('\n').map((line) => line.split('=')[0] ?? '');
      // A post-renderer is the user's own program, and gets what the step has.
      const refused = words.includes('--post-renderer')
        ? /^(INPUT_|ACTIONS_|GITHUB_TOKEN$|STATE_|HELM_KUBE)/
        : /^(INPUT_|ACTIONS_|GITHUB_|RUNNER_|STATE_|HELM_KUBE)/;
      expect(names.filter((name) => refused.test(name))).toEqual([]);
    }
  });
});

function tokenOf(kubeconfig: string): string {
  return parse(readFileSync(kubeconfig, 'utf8')).users[0].user.token;
}

function toTexts({ log, summary, outputs }: ActionResult): readonly string[] {
  return [log, summary, JSON.stringify(outputs)];
}

/** All that was ever sent, not only what is there at the end. */
function toComments({ requests }: GitHubDouble): readonly string[] {
  return requests.map(({ path: url, body }) => `${url} ${JSON.stringify(body)}`);
}

function readAll(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
}

/** The middle of each secret as it is, and in base64 wherever in a longer text it may begin. */
function expectNothing(secrets: readonly string[], texts: readonly string[]): void {
  const needles = secrets.flatMap((secret) => {
    const middle = Buffer.from(/[0-9a-f]{16,}/.exec(secret)?.[0] ?? secret);
    const encoded = [0, 1, 2].map((before) =>
      Buffer.concat([Buffer.alloc(before), middle])
        .toString('base64')
        .slice(4, -4),
    );
    return [middle.toString(), ...encoded];
  });
  const found = needles.filter((needle) => texts.some((text) => text.includes(needle)));
  expect(found).toEqual([]);
}
