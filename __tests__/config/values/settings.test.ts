import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseEach } from '../../../src/config/gather.ts';
import { nest, parseSettingLine } from '../../../src/config/values/settings.ts';
import { given } from '../samples.ts';
import { tell } from '../telling.ts';

const parse = (text: string) =>
  nest(parseEach(given({ set: text }).lines('set'), parseSettingLine), 'set');

describe('the lines of set', () => {
  test.each([
    ['image.tag=1.2.3', { image: { tag: '1.2.3' } }],
    ['a=1\nb=true\nc=null', { a: '1', b: 'true', c: 'null' }],
    ['a.b=1\na.c=2', { a: { b: '1', c: '2' } }],
    ['args=--x=y,--z={1}', { args: '--x=y,--z={1}' }],
    ['empty=', { empty: '' }],
    ['  a = b  ', { a: 'b' }],
    ['# a comment\n\na=1', { a: '1' }],
    ['nodeSelector.kubernetes\\.io/role=x', { nodeSelector: { 'kubernetes.io/role': 'x' } }],
    ['a\\=b=c', { 'a=b': 'c' }],
    ['a\\\\.b=c', { 'a\\': { b: 'c' } }],
    ['ports.8080=x', { ports: { '8080': 'x' } }],
  ])('%j', (text, values) => {
    expect(parse(text)).toEqual(values);
  });

  test('a name that JavaScript uses itself is a name like any other', () => {
    const values = parse('__proto__.polluted=yes\nconstructor=x');
    expect(Object.keys(values)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([
    [
      '# first\nhunter2',
      'Line 2 of `set` has no `=`. Write `dotted.path=value`, one a line; a value of several lines goes into `values-inline`.',
    ],
    [
      'a..b=1',
      'Line 1 of `set` has an empty name in its path `a..b`. Write names with single dots between them, such as `image.tag=1.2.3`.',
    ],
    [
      '=1',
      'Line 1 of `set` has an empty name in its path ``. Write names with single dots between them, such as `image.tag=1.2.3`.',
    ],
    [
      '.a=1',
      'Line 1 of `set` has an empty name in its path `.a`. Write names with single dots between them, such as `image.tag=1.2.3`.',
    ],
    [
      'list[0].name=1',
      'Line 1 of `set` has an index in its path `list[0].name`, and helm cannot change one item of a list. Write the whole list in `values-inline`.',
    ],
    [
      'a=1\na.b=2',
      '`set` gives `a.b` twice, or once a value and once names below it. Keep one of the lines.',
    ],
    [
      'a.b=2\na=1',
      '`set` gives `a` twice, or once a value and once names below it. Keep one of the lines.',
    ],
    [
      'a=1\na=2',
      '`set` gives `a` twice, or once a value and once names below it. Keep one of the lines.',
    ],
  ])('%j is refused, without its value', (text, told) => {
    expect(tell(() => parse(text))).toEqual([told]);
  });

  test('all wrong lines are told together', () => {
    expect(tell(() => parse('a\nb[1]=2\n.=3'))).toHaveLength(3);
  });

  test('a path comes back as it was', () => {
    // A line is trimmed, and so are path and value.
    const name = fc.stringMatching(/^[A-Za-z0-9_.=\\/ -]+$/).filter((text) => text.trim() === text);
    const value = fc.stringMatching(/^[^\r\n]*$/).map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), value, (path, text) => {
        fc.pre(!path[0]?.startsWith('#'));
        const written = path.map((part) => part.replaceAll(/[\\.=]/g, '\\$&')).join('.');
        const nested = path.reduceRight<unknown>((below, part) => ({ [part]: below }), text);
        expect(parse(`${written}=${text}`)).toEqual(nested);
      }),
    );
  });
});
