import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { orderByNeeds } from '../../../src/config/file/needs.ts';
import { tell } from '../telling.ts';

const at = () => undefined;

/** `web: db cache` and so on. */
function order(...lines: readonly string[]): readonly string[] {
  const releases = lines.map((line) => {
    const [name = '', needs = ''] = line.split(':');
    return { name, needs: needs.split(' ').filter(Boolean), at };
  });
  return orderByNeeds(releases).map(({ name }) => name);
}

describe('releases come after what they need', () => {
  test.each([
    [['a', 'b', 'c'], 'a b c'],
    [['web: db', 'db', 'cache'], 'db web cache'],
    [['web: api cache', 'api: db', 'cache: db', 'db'], 'db api cache web'],
  ])('%j', (lines, expected) => {
    expect(order(...lines).join(' ')).toBe(expected);
  });

  test('whatever the file says first', () => {
    const edges = fc.array(fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 8 })));
    fc.assert(
      fc.property(edges, fc.constantFrom(1, -1), (pairs, direction) => {
        // A need on a lower number only: never a circle.
        const names = Array.from({ length: 9 }, (_, index) => index);
        const releases = names.map((number) => ({
          name: `r${number}`,
          needs: pairs.filter(([a, b]) => a === number && b < a).map(([, b]) => `r${b}`),
          at,
        }));
        const ordered = orderByNeeds(direction > 0 ? releases : releases.toReversed());
        expect(ordered).toHaveLength(9);
        for (const [index, { needs }] of ordered.entries()) {
          const before = ordered.slice(0, index).map(({ name }) => name);
          expect(before).toEqual(expect.arrayContaining([...needs]));
        }
      }),
    );
  });
});

test.each([
  [
    ['web: bd', 'db'],
    'Release `web` needs `bd`, which is no release of the file. Did you mean `db`?',
  ],
  [
    ['web: postgres', 'db'],
    'Release `web` needs `postgres`, which is no release of the file. Remove it, or add `postgres` to `releases`.',
  ],
  [
    ['a: b', 'b: c', 'c: b'],
    'Releases need each other in a circle: `b` → `c` → `b`. Remove one of these `needs`: a release comes after all that it needs.',
  ],
  [
    ['a: a'],
    'Releases need each other in a circle: `a` → `a`. Remove one of these `needs`: a release comes after all that it needs.',
  ],
])('%j is refused', (lines, told) => {
  expect(tell(() => order(...lines))).toEqual([told]);
});
