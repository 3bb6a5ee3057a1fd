import { describe, expect, test } from '@jest/globals';
import { parseEnvironment, parseNamespaceName, parseReleaseName } from '../../src/config/names.ts';
import { tell } from './telling.ts';

const LOWER = 'Use lower-case letters, digits';

describe('release', () => {
  test.each(['api', 'a', 'my-api', '1.2', 'a.b-c', 'x'.repeat(53)])('%s is fine', (release) => {
    expect(parseReleaseName({ name: 'release', text: release })).toBe(release);
  });

  test.each([
    ['', '`release` is missing or empty. Name the Helm release, such as `release: airbyte`.'],
    [
      'x'.repeat(60),
      `\`release: ${'x'.repeat(60)}\` has 60 characters; helm allows 53. Shorten it by 7.`,
    ],
    [
      'My_App',
      `\`release: My_App\` is not a valid name. ${LOWER}, \`-\` and \`.\`, with a letter or digit at both ends, such as \`my-app\`.`,
    ],
    [
      '-',
      `\`release: -\` is not a valid name. ${LOWER}, \`-\` and \`.\`, with a letter or digit at both ends.`,
    ],
    [
      'a..b',
      `\`release: a..b\` is not a valid name. ${LOWER}, \`-\` and \`.\`, with a letter or digit at both ends, such as \`a-b\`.`,
    ],
  ])('%j is refused', (release, told) => {
    expect(tell(() => parseReleaseName({ name: 'release', text: release }))).toEqual([told]);
  });
});

describe('namespace', () => {
  test.each(['apps', 'a-1', 'x'.repeat(63)])('%s is fine', (namespace) => {
    expect(parseNamespaceName({ name: 'namespace', text: namespace })).toBe(namespace);
  });

  test.each([
    [
      '',
      '`namespace` is missing or empty. Name the namespace of the release, such as `namespace: airbyte`.',
    ],
    [
      'x'.repeat(64),
      `\`namespace: ${'x'.repeat(64)}\` has 64 characters; Kubernetes allows 63. Shorten it by 1.`,
    ],
    [
      'a.b',
      `\`namespace: a.b\` is not a valid name. ${LOWER} and \`-\`, with a letter or digit at both ends, such as \`a-b\`.`,
    ],
  ])('%j is refused', (namespace, told) => {
    expect(tell(() => parseNamespaceName({ name: 'namespace', text: namespace }))).toEqual([told]);
  });
});

describe('environment', () => {
  test.each(['', 'production', 'eu-1', 'Prod_2.1'])('%j is fine', (environment) => {
    expect(parseEnvironment(environment)).toBe(environment);
  });

  test.each(['../production', 'a..b', 'a/b', 'a*', 'a b', '{release}'])(
    '%j is refused, because it becomes a part of paths',
    (environment) => {
      expect(tell(() => parseEnvironment(environment))).toHaveLength(1);
    },
  );
});
