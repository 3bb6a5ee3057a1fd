import { expect, test } from '@jest/globals';
import { planDropped } from '../../src/plan/adoption.ts';
import type { ValuesLayer } from '../../src/release/spec.ts';
import { makeSpec, makeState } from '../fakes/plan.ts';
import { attempted, helmRecord, verified } from '../fakes/record.ts';

const inline = (text: string): ValuesLayer => ({ type: 'inline', text });

const dropped = (config: Record<string, unknown>, layers: readonly ValuesLayer[] = []) =>
  planDropped({ ...makeSpec(), layers }, makeState([helmRecord(1, { config })])).map(
    ({ path, value }) => `${path}: ${value}`,
  );

test.each<[string, Record<string, unknown>, readonly ValuesLayer[], readonly string[]]>([
  ['no layer', { a: { b: 1 }, c: ['x', { d: true }] }, [], ['a.b: 1', 'c[0]: "x"', 'c[1].d: true']],
  ['set, to whatever', { a: { b: 1, c: 2 } }, [inline('a: { b: 5 }')], ['a.c: 2']],
  ['a parent set to nothing', { a: { b: 1 } }, [inline('a: null')], []],
  ['a parent set to a text', { a: { b: 1 } }, [inline('a: text')], []],
  ['a map in the place of a value', { a: 1 }, [inline('a: { b: 2 }')], []],
  ['a list is replaced as a whole', { a: [1, 2] }, [inline('a: [3]')], []],
  ['also by a map', { a: [1, 2] }, [inline('a: { b: 3 }')], []],
  ['in any layer', { a: 1, b: 2 }, [{ type: 'set', values: { a: '1' } }, inline('b: 3')], []],
  ['an empty layer', { a: 1 }, [inline('# nothing')], ['a: 1']],
  ['an empty map gives nothing', { a: {} }, [], []],
  ['a null takes a default away', { a: null }, [], ['a: null']],
  [
    'what its name says to be secret',
    { auth: { password: 'hunter2', enabled: true }, tls: { key: '' } },
    [],
    ['auth.password: ', 'auth.enabled: true', 'tls.key: ""'],
  ],
  ['a long text', { script: 'x'.repeat(500) }, [], ['script: (a text of 500 characters)']],
  ['a text that only helm can read', { a: 1 }, [inline('a: [')], []],
  ['names of the prototype', { constructor: 1 }, [inline('a: 1')], ['constructor: 1']],
])('%s', (_, config, layers, expected) => {
  expect(dropped(config, layers)).toEqual(expected);
});

test('of what runs now, and only when it is not ours', () => {
  const config = { a: 1 };
  const plan = (records: Parameters<typeof makeState>[0]) =>
    planDropped(makeSpec(), makeState(records)).length;
  expect(plan([])).toBe(0);
  expect(plan([helmRecord(1, { config, labels: verified(1) })])).toBe(0);
  const foreign = helmRecord(1, { config, status: 'superseded' });
  expect(plan([foreign, helmRecord(2, { status: 'failed', labels: attempted(2) })])).toBe(1);
  expect(plan([foreign, helmRecord(2, { labels: verified(2) })])).toBe(0);
  expect(plan([helmRecord(1, { config, status: 'uninstalled' })])).toBe(0);
});
