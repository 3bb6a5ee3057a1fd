import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { writeKubeconfig } from '../../src/auth/kubeconfig.ts';
import { DeployError } from '../../src/errors.ts';
import { fakeFiles } from '../fakes/files.ts';

const base = {
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'staging',
  contexts: [
    { name: 'staging', context: { cluster: 'one', user: 'ci', namespace: 'x' } },
    { name: 'production', context: { cluster: 'two', user: 'sso' } },
  ],
  clusters: [
    { name: 'one', cluster: { server: 'https://one:6443', 'certificate-authority': 'ca.pem' } },
    { name: 'two', cluster: { server: 'https://two', 'proxy-url': 'socks5://localhost:1080' } },
  ],
  users: [
    { name: 'ci', user: { tokenFile: 'tokens/ci', 'client-key-data': 'a2V5' } },
    { name: 'sso', user: { exec: { command: './bin/login', args: ['x'] } } },
  ],
};

function write(
  config: unknown,
  { context = '', present = ['/work/ca.pem', '/work/tokens/ci'] } = {},
) {
  const files = fakeFiles(Object.fromEntries(present.map((file) => [file, ''])));
  const kubeconfig = typeof config === 'string' ? config : stringify(config);
  const spec = { provider: 'kubeconfig', kubeconfig, directory: '/work', context } as const;
  const written = writeKubeconfig(spec, files);
  return { ...written, config: JSON.parse(files.read(written.path) ?? '') };
}

test('keeps only the current context, with absolute paths', () => {
  const { config, ...rest } = write(base);
  expect(rest).toEqual({
    path: '/private/kubeconfig.json',
    usesExec: false,
    server: 'https://one:6443',
    user: 'ci',
  });
  expect(config).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'staging',
    contexts: [base.contexts[0]],
    clusters: [
      {
        name: 'one',
        cluster: { server: 'https://one:6443', 'certificate-authority': '/work/ca.pem' },
      },
    ],
    users: [{ name: 'ci', user: { tokenFile: '/work/tokens/ci', 'client-key-data': 'a2V5' } }],
  });
});

test('the chosen context, whose user logs in through a program', () => {
  const { config, usesExec, program, server } = write(base, { context: 'production' });
  expect({ usesExec, program, server }).toEqual({
    usesExec: true,
    program: '/work/bin/login',
    server: 'https://two',
  });
  expect(config.clusters).toEqual([base.clusters[1]]);
  expect(config.users[0].user.exec).toEqual({ command: '/work/bin/login', args: ['x'] });
});

test('a command without a slash is left to PATH', () => {
  const users = [{ name: 'sso', user: { exec: { command: 'aws' } } }];
  const { config } = write({ ...base, users }, { context: 'production' });
  expect(config.users[0].user.exec.command).toBe('aws');
});

test('a context without a user is an anonymous one', () => {
  const contexts = [{ name: 'staging', context: { cluster: 'one' } }];
  const { config } = write({ ...base, users: undefined, contexts });
  expect(config.contexts[0].context.user).toBe('anonymous');
  expect(config.users).toEqual([{ name: 'anonymous', user: {} }]);
});

describe('refuses with a sentence', () => {
  const cases: readonly [unknown, string, string?][] = [
    ['a: [', 'it is not YAML (line 1, column 5)'],
    ['dXNlcnM=', 'it is not a map'],
    ['*x', 'it is not a map'],
    ['', 'it is not a map'],
    [{ ...base, clusters: [] }, 'it has no clusters'],
    [{ ...base, contexts: undefined }, 'it has no contexts'],
    [{ ...base, 'current-context': '' }, 'it has no current-context'],
    [base, 'it has no context prod', 'prod'],
    [{ ...base, users: [] }, 'its context staging names the user ci, which it does not have'],
    [
      { ...base, clusters: [base.clusters[1]] },
      'its context staging names the cluster one, which it does not have',
    ],
    [
      { ...base, users: [{ name: 'ci', user: { 'client-key': 'key.pem' } }] },
      'its client-key key.pem is not a file',
    ],
  ];
  test.each(cases)('%#', (config, message, context = '') => {
    const refusal = caught(() => write(config, { context }));
    expect(refusal).toBeInstanceOf(DeployError);
    expect(refusal.message).toBe(`Reading the kubeconfig: ${message}.`);
    expect(refusal.hint).not.toBe('');
  });

  test('naming the way instead of an auth-provider', () => {
    const users = [{ name: 'ci', user: { 'auth-provider': { name: 'openstack' } } }];
    expect(caught(() => write({ ...base, users })).hint).toMatch(/^Use an exec entry/);
  });

  test('naming the contexts that there are', () => {
    expect(caught(() => write(base, { context: 'prod' })).hint).toBe(
      'Set `kube-context` to one of: staging, production.',
    );
  });

  test('never quoting the text', () => {
    const refusal = caught(() => write('users: [{user: {token: "hunter2}}]'));
    expect(`${refusal.message} ${refusal.hint}`).not.toContain('hunter2');
  });
});

test('whatever is given is written or refused, never a crash', () => {
  const entry = fc.oneof(
    fc.constantFrom(...base.contexts, ...base.clusters, ...base.users),
    fc.anything({ maxDepth: 2 }),
    fc.record({
      name: fc.constantFrom('staging', 'one', 'ci'),
      user: fc.anything(),
      cluster: fc.anything(),
      context: fc.anything(),
    }),
  );
  const config = fc.record({
    'current-context': fc.constantFrom('staging', 'production', 5, null),
    contexts: fc.array(entry, { maxLength: 3 }),
    clusters: fc.array(entry, { maxLength: 3 }),
    users: fc.array(entry, { maxLength: 3 }),
  });
  const text = fc.oneof(
    fc.string(),
    config.map((value) => toJson(value)),
  );
  fc.assert(
    fc.property(text, (kubeconfig) => {
      try {
        write(kubeconfig);
      } catch (error) {
        expect(error).toBeInstanceOf(DeployError);
      }
    }),
    { numRuns: 500 },
  );
});

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? Number(each) : each));
}

function caught(action: () => unknown): DeployError {
  try {
    action();
  } catch (error) {
    return error as DeployError;
  }
  throw new Error('nothing was refused');
}
