import { describe, expect, test } from '@jest/globals';
import { parseCluster } from '../../../src/config/cluster.ts';
import { fieldsOf, KUBECONFIG, REPOSITORY, workspace } from '../samples.ts';
import { tell } from '../telling.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

const FILES = {
  ...REPOSITORY,
  '/repository/secrets/encoded': base64(KUBECONFIG),
  '/repository/secrets/empty.yaml': '',
  '/repository/secrets/contextless.yaml': 'clusters: [{ name: a }]\n',
  '/repository/secrets/broken.yaml': 'clusters: [\n  token: "hunter2\n',
};

const parse = (inputs: Record<string, string>) =>
  parseCluster(fieldsOf(inputs), { workspace: workspace(FILES, inputs), environment: {} });

describe('a kubeconfig', () => {
  const json = JSON.stringify({
    apiVersion: 'v1',
    clusters: [{ name: 'a' }],
    contexts: [{ name: 'c' }],
    'current-context': 'c',
  });

  test.each([
    ['its content', KUBECONFIG, KUBECONFIG.trim(), '/repository'],
    ['JSON', json, json, '/repository'],
    ['base64', base64(KUBECONFIG), KUBECONFIG, '/repository'],
    [
      'base64 with line breaks',
      base64(KUBECONFIG).replaceAll(/.{76}/g, '$&\n'),
      KUBECONFIG,
      '/repository',
    ],
    ['a path', 'kubeconfig.yaml', KUBECONFIG, '/repository'],
    ['an absolute path', '/repository/kubeconfig.yaml', KUBECONFIG, '/repository'],
    ['a path to base64', 'secrets/encoded', KUBECONFIG, '/repository/secrets'],
  ])('is given as %s', (_, kubeconfig, text, directory) => {
    expect(parse({ kubeconfig })).toEqual({
      provider: 'kubeconfig',
      kubeconfig: text,
      directory,
      context: '',
    });
  });

  test('is used with the context that is asked for', () => {
    expect(parse({ kubeconfig: KUBECONFIG, 'kube-context': 'production' })).toMatchObject({
      context: 'production',
    });
  });

  const neither =
    '`kubeconfig` is neither a kubeconfig, nor base64 of one, nor the path of a file. ' +
    'Give the content of the file (`kubectl config view --raw --minify --flatten`), or its path.';

  test.each([
    [
      'kube.yaml',
      '`kubeconfig` names `kube.yaml`, but there is no file /repository/kube.yaml. Write the file in an earlier step, or give its content.',
    ],
    [
      '~/.kube/config',
      '`kubeconfig` names `~/.kube/config`, but there is no file /repository/~/.kube/config. The step has no shell to replace `~`: write the whole path.',
    ],
    [
      'secrets',
      '`kubeconfig` names `secrets`, but there is no file /repository/secrets. Write the file in an earlier step, or give its content.',
    ],
    [
      'secrets/contextless.yaml',
      'The kubeconfig has no `current-context`, and `kube-context` is not given. Give what `kubectl config view --raw --minify --flatten` prints.',
    ],
    [
      'secrets/empty.yaml',
      'The kubeconfig has no `clusters`. Give what `kubectl config view --raw --minify --flatten` prints.',
    ],
    ['eyJhbGciOi'.repeat(40), neither],
    ['first line\nsecond line', neither],
  ])('%j is refused', (kubeconfig, told) => {
    expect(tell(() => parse({ kubeconfig }))).toEqual([told]);
  });

  test('that is broken is told without its text', () => {
    const [told] = tell(() => parse({ kubeconfig: 'secrets/broken.yaml' }));
    expect(told).toMatch(/^The kubeconfig is not valid YAML: line \d+, column \d+/);
    expect(told).not.toContain('hunter2');
  });
});
