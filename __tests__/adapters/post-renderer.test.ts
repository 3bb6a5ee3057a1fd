import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { installPostRenderer } from '../../src/adapters/post-renderer.ts';
import { toStepEnvironment } from '../../src/adapters/step-environment.ts';
import type { PostRenderer } from '../../src/release/spec.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-renderer-'));
afterAll(() => rmSync(folder, { recursive: true }));
const home = path.join(folder, 'home');
const bin = path.join(folder, 'bin');

function put(name: string, text: string, mode = 0o644): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

const install = (renderer: PostRenderer, PATH = bin) =>
  installPostRenderer(renderer, { home, major: 3, environment: { PATH }, rendererTimeout: 2000 });
const script = (name: string, text: string): PostRenderer => ({
  type: 'program',
  path: put(name, `#!/bin/sh\n${text}\n`, 0o755),
  args: ['two words', '$HOME'],
});

/** As Helm 3 runs it. */
function render(renderer: PostRenderer, manifest: string) {
  const [, program = '', , argument = ''] = install(renderer);
  const { status, stdout, stderr } = spawnSync(program, [argument], {
    input: manifest,
    encoding: 'utf8',
    env: {
      PATH: '/usr/bin:/bin',
      VAULT_ADDR: 'y',
      KUBECONFIG: '/run/kubeconfig',
      HELM_KUBETOKEN: 'x',
    },
  });
  return { status, stdout, stderr };
}

describe('a program', () => {
  test('gets manifest and arguments as they are', () => {
    const renderer = script('ok.sh', 'cat; printf "%s|" "$@"');
    expect(render(renderer, 'a: "ü"\n').stdout).toBe('a: "ü"\ntwo words|$HOME|');
  });
  test.each([
    [
      'fails',
      'cat >/dev/null; echo first >&2; echo last >&2; exit 3',
      'ended with exit code 3:\nfirst\nlast',
    ],
    ['prints nothing', 'cat >/dev/null', 'printed nothing:\n'],
    ['does not end', 'echo waiting >&2; exec sleep 600', 'did not end within 2 s:\nwaiting'],
    ['prints on and on', 'exec yes', 'printed more than 256 MiB, which no release can hold:\n'],
    ['is killed', 'kill -9 $$', 'was ended by SIGKILL:\n'],
  ])('that %s', (name, text, said) => {
    const file = `${name.replaceAll(' ', '-')}.sh`;
    expect(render(script(file, text), 'a: b\n')).toEqual({
      status: 1,
      stdout: '',
      stderr: `the post-renderer ${file} ${said}\n`,
    });
  });
  test('need not read what it gets', () => {
    const renderer = script('own.sh', 'echo "{}"');
    expect(render(renderer, 'x'.repeat(1_000_000))).toMatchObject({ status: 0, stdout: '{}\n' });
  });
});

describe('a kustomization', () => {
  /** Instead of kustomize: what it is given, and whether it finds what lies beside. */
  const kustomize = () =>
    put(
      'bin/kustomize',
      '#!/bin/sh\ncat "$2"/kustomization.yml "$2"/all.yaml "$2"/../base/x.yaml\n',
      0o755,
    );

  test('is copied, with the manifest as a resource', () => {
    kustomize();
    put('repository/.git/HEAD', '');
    put('repository/deploy/base/x.yaml', '# base\n');
    put('repository/deploy/web/kustomization.yml', '# ours\nresources: [more.yaml]\n');
    const where = path.join(folder, 'repository/deploy/web');
    const { stdout } = render({ type: 'kustomization', folder: where }, 'a: b\n');
    expect(stdout).toBe('# ours\nresources: [ more.yaml, all.yaml ]\na: b\n# base\n');
    expect(readdirSync(where)).toEqual(['kustomization.yml']);
    // Nothing of the manifest stays.
    const [made = ''] = readdirSync(path.join(home, 'post-renderers')).filter((name) =>
      existsSync(path.join(home, 'post-renderers', name, 'tree')),
    );
    expect(readdirSync(path.join(home, 'post-renderers', made)).sort()).toEqual([
      'job.json',
      'program.mjs',
      'tree',
    ]);
  });
});

test('what is no kustomization is left for kustomize to refuse', () => {
  put('bin/kustomize', '#!/bin/sh\ncat "$2"/kustomization.yaml >&2; exit 1\n', 0o755);
  put('odd/deploy/kustomization.yaml', '- a list\n');
  const where = path.join(folder, 'odd/deploy');
  expect(render({ type: 'kustomization', folder: where }, 'a: b\n').stderr).toContain('- a list');
});

describe('what is missing is said before helm starts', () => {
  const empty = path.dirname(put('empty/readme', ''));
  test.each<[string, PostRenderer, string, message: RegExp]>([
    [
      'no program',
      { type: 'program', path: '/nowhere', args: [] },
      bin,
      /\/nowhere .* is not there/,
    ],
    ['no right', { type: 'program', path: put('plain', ''), args: [] }, bin, /is not executable/],
    ['a folder', { type: 'program', path: empty, args: [] }, bin, /is a folder/],
    [
      'no kustomization',
      { type: 'kustomization', folder: empty },
      bin,
      /has no kustomization\.yaml/,
    ],
    [
      'no kustomize',
      { type: 'kustomization', folder: empty },
      empty,
      /neither `kustomize` nor `kubectl`/,
    ],
  ])('%s', (_, renderer, search, message) => {
    put('bin/kustomize', '', 0o755);
    expect(() => install(renderer, search)).toThrow(
      expect.objectContaining({
        code: 'post-renderer-missing',
        message: expect.stringMatching(message),
      }),
    );
  });
});

test('it does not see the way to the cluster', () => {
  const { stdout } = render(script('env.sh', 'env'), 'a: b\n');
  expect(stdout).toContain('VAULT_ADDR=y');
  expect(stdout).not.toContain('KUBE');
});

test('it sees the environment of the step, without what is meant for us', () => {
  const ours = {
    INPUT_KUBECONFIG: 'x',
    GITHUB_TOKEN: 'x',
    ACTIONS_RUNTIME_TOKEN: 'x',
    HELM_DEBUG: '1',
    KUBECONFIG: 'x',
  };
  expect(toStepEnvironment({ ...ours, VAULT_ADDR: 'y', PATH: '/bin' })).toEqual({
    VAULT_ADDR: 'y',
    PATH: '/bin',
  });
});
