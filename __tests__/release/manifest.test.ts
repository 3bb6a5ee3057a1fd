import { describe, expect, test } from '@jest/globals';
import { DeployError } from '../../src/errors.ts';
import { parseManifest, toHookObjects, withoutTests } from '../../src/release/manifest.ts';

function configMap(name: string, annotations: Record<string, string> = {}): string {
  const lines = Object.entries(annotations).map(([key, value]) => `    ${key}: "${value}"\n`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  annotations:\n${lines.join('')}`;
}

const keys = (text: string) => parseManifest(text, 'data').map(({ key }) => key);

describe('documents', () => {
  test('have a source, a key in the namespace of the release, and no hook', () => {
    const [object] = parseManifest(
      '---\n# Source: app/templates/role.yaml\napiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\n',
      'data',
    );
    expect(object).toEqual({
      key: 'rbac.authorization.k8s.io/Role/data/r',
      ref: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        namespace: 'data',
        name: 'r',
      },
      object: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'r' },
      },
      source: 'app/templates/role.yaml',
    });
  });

  test('the source of a file that begins with comments and a mark of its own', () => {
    const text = `---\n# Source: app/crds/a.yaml\n# generated\n---\n${configMap('a')}---\n${configMap('b')}`;
    expect(parseManifest(text, 'data').map(({ source }) => source)).toEqual([
      'app/crds/a.yaml',
      '',
    ]);
  });

  test.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['empty ones', '---\n# Source: a\n---\n\n---\n# c\n', []],
    ['one without a mark', configMap('a'), ['/ConfigMap/data/a']],
    [
      'kinds of the whole cluster',
      '---\n{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: r, namespace: ignored}}\n',
      ['rbac.authorization.k8s.io/ClusterRole//r'],
    ],
    [
      'text after the mark',
      `--- # first\n${configMap('a')}--- \n${configMap('b')}`,
      ['/ConfigMap/data/a', '/ConfigMap/data/b'],
    ],
    [
      'marks in a block of text',
      `---\n${configMap('a')}data:\n  x: |\n    ---\n    y\n`,
      ['/ConfigMap/data/a'],
    ],
    [
      'Windows line ends',
      `---\r\n${configMap('a').replaceAll('\n', '\r\n')}---\r\n${configMap('b')}`,
      ['/ConfigMap/data/a', '/ConfigMap/data/b'],
    ],
    [
      'progress of a pull before them',
      `Pulled: example.com/app:1\nDigest: sha256:00\n---\n${configMap('a')}`,
      ['/ConfigMap/data/a'],
    ],
    [
      'another namespace',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: b}',
      ['/Secret/b/a'],
    ],
    [
      'a list',
      `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- {apiVersion: v1, kind: Pod, metadata: {name: b}}`,
      ['/Pod/data/a', '/Pod/data/b'],
    ],
    [
      'a typed list',
      `apiVersion: v1\nkind: SecretList\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: a}}`,
      ['/Secret/data/a'],
    ],
    [
      'a generated name',
      `apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-}`,
      ['batch/Job/data/a-'],
    ],
  ])('%s', (_, text, expected) => {
    expect(keys(text)).toEqual(expected);
  });

  test.each<[string, string, string]>([
    [
      'broken YAML',
      `---\n${configMap('a')}---\n# Source: app/templates/b.yaml\na:\n\tb: 1\n`,
      'Document 2 of the rendered manifest (app/templates/b.yaml) is not valid YAML: ',
    ],
    [
      'text',
      'hello',
      'Document 1 of the rendered manifest is not a Kubernetes object: it is not a map.',
    ],
    ['no kind', 'apiVersion: v1', 'is not a Kubernetes object: no kind.'],
    ['a number as apiVersion', 'apiVersion: 1\nkind: A', 'no apiVersion.'],
    ['no name', 'apiVersion: v1\nkind: Pod\nmetadata: x', 'is a Pod without metadata.name.'],
  ])('refuses %s', (_, text, message) => {
    expect(() => parseManifest(text, 'data')).toThrow(DeployError);
    expect(() => parseManifest(text, 'data')).toThrow(message);
  });

  test('of equal text are parsed once', () => {
    const text = `---\n${configMap('once')}`;
    const [one, other] = [parseManifest(text, 'a')[0], parseManifest(text, 'b')[0]];
    expect(one?.object).toBe(other?.object);
    expect(one?.key).not.toBe(other?.key);
  });
});

describe('hooks', () => {
  test.each<[string, Record<string, string>, unknown]>([
    ['none', { 'helm.sh/hook': '' }, undefined],
    ['unknown events', { 'helm.sh/hook': 'crd-install' }, undefined],
    [
      'one event',
      { 'helm.sh/hook': 'pre-install' },
      { events: ['pre-install'], weight: 0, deletePolicies: [] },
    ],
    [
      'everything',
      {
        'helm.sh/hook': 'Pre-Install, post-upgrade,test-success',
        'helm.sh/hook-weight': '-5',
        'helm.sh/hook-delete-policy': 'before-hook-creation, hook-succeeded',
      },
      {
        events: ['pre-install', 'post-upgrade', 'test'],
        weight: -5,
        deletePolicies: ['before-hook-creation', 'hook-succeeded'],
      },
    ],
    [
      'a weight that is no number',
      { 'helm.sh/hook': 'test', 'helm.sh/hook-weight': '1.5' },
      { events: ['test'], weight: 0, deletePolicies: [] },
    ],
  ])('%s', (_, annotations, hook) => {
    expect(parseManifest(configMap('a', annotations), '')[0]?.hook).toEqual(hook);
  });

  test('of a record equal those of a rendering', () => {
    const manifest = `# Source: app/templates/h.yaml\n${configMap('h', { 'helm.sh/hook': 'pre-upgrade' })}`;
    const stored = { path: 'app/templates/h.yaml', manifest };
    expect(toHookObjects([stored], 'data')).toEqual(parseManifest(`---\n${manifest}`, 'data'));
  });

  test('of tests are left out, unless they have another event', () => {
    const objects = ['test', 'test,post-upgrade', 'pre-install', '']
      .map((events) => `---\n${configMap(`a${events.length}`, { 'helm.sh/hook': events })}`)
      .join('');
    const names = withoutTests(parseManifest(objects, '')).map(({ ref }) => ref.name);
    expect(names).toEqual(['a17', 'a11', 'a0']);
  });
});
