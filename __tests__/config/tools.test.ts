import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseTools } from '../../src/config/tools.ts';
import { DeployErrors } from '../../src/errors.ts';
import { given, REPOSITORY, workspace } from './samples.ts';
import { problemsOf, tell } from './telling.ts';

const FILES = {
  ...REPOSITORY,
  '/repository/.tool-versions': '# tools\nnodejs 24.1.0\nhelm 3.17.4 # pinned\nkubectl 1.36.3\n',
  '/repository/several/.tool-versions':
    '#helm 3.1.0\r\n  helm\tv4.3.0 4.2.4 system\r\nhelm 3.0.0\r\n',
  '/repository/empty/.tool-versions': 'nodejs 24.1.0\nhelm # later\nhelmfile 1.1.0\n',
  '/repository/unusual/.tool-versions': 'nodejs 24.1.0\nhelm ref:main\nkubectl system\n',
  '/repository/mirror/helm.tar.gz': '',
};

const parse = (inputs: Record<string, string>) =>
  parseTools(given(inputs), workspace(FILES, inputs));

describe('helm-version', () => {
  test.each([
    ['', ''],
    ['4.3.0', '4.3.0'],
    ['v4.3.0', '4.3.0'],
    ['3.22', '3.22'],
    ['.tool-versions', '3.17.4'],
    ['several/.tool-versions', '4.3.0'],
    ['several\\.tool-versions', '4.3.0'],
  ])('%j is %j', (text, version) => {
    expect(parse({ 'helm-version': text }).helmVersion).toBe(version);
  });

  test.each([
    [
      'latest',
      '`helm-version` is `latest`, which is no version of Helm 3 or 4. Write an exact version such as `4.3.0`, or a minor such as `4.3`.',
    ],
    [
      '2.17.0',
      '`helm-version` is `2.17.0`, which is no version of Helm 3 or 4. Write an exact version such as `4.3.0`, or a minor such as `4.3`.',
    ],
    [
      'unusual/.tool-versions',
      'helm in `unusual/.tool-versions` is `ref:main`, which is no version of Helm 3 or 4. Write an exact version such as `4.3.0`, or a minor such as `4.3`.',
    ],
    [
      'empty/.tool-versions',
      '`empty/.tool-versions` has no line for helm. Add a line such as `helm 4.3.0`, or write the version itself.',
    ],
    [
      'no/.tool-versions',
      '`helm-version` names `no/.tool-versions`, but there is no file /repository/no/.tool-versions. Add the file with a line such as `helm 4.3.0`, or write the version itself.',
    ],
  ])('%s is refused', (text, told) => {
    expect(tell(() => parse({ 'helm-version': text }))).toEqual([told]);
  });
});

describe('kubectl-version', () => {
  test.each([
    ['', ''],
    ['v1.36.3', '1.36.3'],
    ['1.36', '1.36'],
    ['.tool-versions', '1.36.3'],
  ])('%j is %j', (text, version) => {
    expect(parse({ 'kubectl-version': text }).kubectlVersion).toBe(version);
  });

  test('what is no version is refused, at its line', () => {
    const problems = problemsOf(() => parse({ 'kubectl-version': 'unusual/.tool-versions' }));
    expect(problems).toEqual([
      {
        code: 'input-invalid',
        message: 'kubectl in `unusual/.tool-versions` is `system`, which is no version of kubectl.',
        hint: 'Write an exact version such as `1.36.3`, or a minor such as `1.36`.',
        at: { file: 'unusual/.tool-versions', line: 3 },
        said: undefined,
      },
    ]);
  });
});

describe('tool-mirror', () => {
  test.each([
    ['', ''],
    ['https://mirror.example.com/tools/', 'https://mirror.example.com/tools/'],
    ['http://me:hunter2@10.0.0.1:8081/tools', 'http://me:hunter2@10.0.0.1:8081/tools'],
    ['HTTPS://mirror.example.com', 'HTTPS://mirror.example.com'],
    ['mirror', '/repository/mirror'],
  ])('%j is %j', (text, mirror) => {
    expect(parse({ 'tool-mirror': text }).mirror).toBe(mirror);
  });

  test.each([
    [
      'mirrors',
      '`tool-mirror` names `mirrors`, but there is no folder /repository/mirrors. Give an existing folder, or a URL that starts with `https://`.',
    ],
    [
      'ftp://me:hunter2@example.com',
      '`tool-mirror` is an address of an unknown kind. Give a URL that starts with `https://`, or a folder.',
    ],
    [
      'https://me:hunter2@mirror:port',
      '`tool-mirror` is not a usable address. Give a URL that starts with `https://`, or a folder.',
    ],
  ])('%s is refused', (text, told) => {
    expect(tell(() => parse({ 'tool-mirror': text }))).toEqual([told]);
  });
});

test('any text is a version or a typed error, from the input and from the file', () => {
  const line = fc.tuple(fc.constantFrom('helm ', 'kubectl\t', '# helm ', ''), fc.string());
  fc.assert(
    fc.property(fc.array(line), fc.string(), (lines, input) => {
      const text = lines.map((parts) => parts.join('')).join('\n');
      const files = { '/repository/.tool-versions': text };
      for (const version of ['.tool-versions', input]) {
        const inputs = {
          'helm-version': version,
          'kubectl-version': version,
          'tool-mirror': input,
        };
        try {
          const tools = parseTools(given(inputs), workspace(files, inputs));
          expect(tools.helmVersion).toMatch(/^([34](\.\d+){1,2})?$/);
          expect(tools.kubectlVersion).toMatch(/^(1(\.\d+){1,2})?$/);
        } catch (error) {
          expect(error).toBeInstanceOf(DeployErrors);
        }
      }
    }),
  );
});
