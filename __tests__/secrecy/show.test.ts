import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { neutralizeCommands } from '../../src/secrecy/commands.ts';
import { isSecretField, secretKeys } from '../../src/secrecy/show.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function object(kind: string, name = 'x') {
  return { apiVersion: 'v1', kind, metadata: { name } };
}

describe('which fields are secret', () => {
  test.each([
    [object('Secret'), ['data', 'password'], true],
    [object('Secret'), ['stringData', 'password'], true],
    [object('Secret'), ['metadata', 'labels', 'app'], false],
    [object('ConfigMap'), ['data', 'password'], false],
    [object('ConfigMap', 'sh.helm.release.v1.api.v3'), ['data', 'release'], true],
    [object('Deployment'), ['metadata', 'annotations', LAST_APPLIED], true],
    [object('Deployment'), ['metadata', 'annotations', 'note'], false],
  ])('%j %j', (of, path, expected) => {
    expect(isSecretField(of, path)).toBe(expected);
  });

  test('a Secret is shown by its keys', () => {
    const secret = { ...object('Secret'), data: { b: 'eA==' }, stringData: { a: 'x', b: 'y' } };
    expect(secretKeys(secret)).toEqual(['a', 'b']);
    expect(secretKeys(object('Secret'))).toEqual([]);
  });
});

describe('workflow commands in foreign output', () => {
  test.each([
    ['::error::no', ': :error::no'],
    ['  ::add-mask::x', '  : :add-mask::x'],
    ['##[group]x', '## [group]x'],
    ['a ##[error]x', 'a ## [error]x'],
    ['a ::b::', 'a ::b::'],
    ['progress\r::error::x', 'progress ::error::x'],
    ['plain', 'plain'],
  ])('%j', (line, expected) => {
    expect(neutralizeCommands(line)).toBe(expected);
  });

  test('none is left in any line', () => {
    const piece = fc.constantFrom('::', ':', '#', '##[', '\r', ' ', '\t', 'error', '\u00a0');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const line = neutralizeCommands(pieces.join(''));
        expect(line.trimStart().startsWith('::')).toBe(false);
        expect(line).not.toMatch(/##\[|\r/);
      }),
    );
  });
});
