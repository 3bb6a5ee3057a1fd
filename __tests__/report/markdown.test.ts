import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LADDER } from '../../src/report/ladder.ts';
import { fence, table } from '../../src/report/markdown/blocks.ts';
import { renderChangeTable, renderFields } from '../../src/report/markdown/changes.ts';
import { code, html, inline, link, prose } from '../../src/report/markdown/inline.ts';
import type { Sheet } from '../../src/report/markdown/sheet.ts';
import { hostile, makeChange, RUN } from './reports.ts';

describe('inline', () => {
  test.each([
    ['plain text, with a comma.', 'plain text, with a comma.'],
    ['a|b', 'a&#124;b'],
    ['<b>&amp;</b>', '&lt;b&gt;&amp;amp;&lt;/b&gt;'],
    ['`x` *y* [z](u)', '\\`x\\` \\*y\\* \\[z\\](u)'],
    ['@acme/team fixed #12', '@&#8203;acme/team fixed #&#8203;12'],
    ['snake_case and _emphasis_', 'snake_case and \\_emphasis\\_'],
    ['two\nlines\r\nthree', 'two lines three'],
    ['\u001b[31mred\u001b[0m \u202eevil', 'red evil'],
    ['- not a list', '\\- not a list'],
    ['1. nor this', '1&#8203;. nor this'],
    ['4.3.1 stays', '4.3.1 stays'],
  ])('%j', (text, expected) => {
    expect(inline(text)).toBe(expected);
  });

  test('leaves nothing that Markdown or GitHub would act on', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const told = inline(text)
          .replace(/\\[\\`*[\]~_=+-]/g, '')
          .replace(/[@#]&#8203;|&(amp|lt|gt|#\d+);/g, '');
        expect(told).not.toMatch(/[<>|`*[\]~@#&\n\r]/);
      }),
    );
  });
});

test('prose makes code of what is in backticks, and only of that', () => {
  expect(prose('`timeout` is `5|m`, *without* a unit')).toBe(
    '`timeout` is `5|m`, \\*without\\* a unit',
  );
  expect(prose('one ` alone')).toBe('one \\` alone');
});

test('a code span is longer than any run of backticks inside', () => {
  expect(code('a')).toBe('`a`');
  expect(code('`a')).toBe('`` `a ``');
  expect(code('a``b')).toBe('```a``b```');
  expect(code('')).toBe('');
});

test('only http addresses become links', () => {
  expect(link('run', 'https://github.com/a/b')).toBe('[run](https://github.com/a/b)');
  expect(link('run', 'javascript:x')).toBe('run');
  expect(link('run', 'https://a/)[x](https://b')).toBe('run');
});

test('nothing breaks out of a fence', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const [first = '', ...rest] = fence(text, 'text').split('\n');
      const marks = first.replace('text', '');
      expect(rest.at(-1)).toBe(marks);
      expect(rest.slice(0, -1).join('\n')).not.toContain(marks);
    }),
  );
});

test('nothing breaks out of a cell', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 3, maxLength: 3 }), (cells) => {
      const [a = '', b = '', c = ''] = cells;
      const row = table(['x', 'y', 'z'], [[inline(a), code(b), prose(c)]]).split('\n')[2] ?? '';
      expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(5);
      expect(row).not.toMatch(/\\\\\|/);
    }),
  );
});

describe('changes', () => {
  const sheet: Sheet = { form: 'comment', run: RUN, detail: LADDER[0] };
  const plain = makeChange(0, { action: 'create', fields: [] });

  test('without a word about any object there is no column for it', () => {
    expect(renderChangeTable([plain], sheet)).toMatch(/^\| {2}\| Object \|\n/);
    expect(renderChangeTable([plain, makeChange(1)], sheet)).toContain('| Object | What |');
  });

  test('the only field of an update is named', () => {
    const fields = [
      {
        path: 'spec.template.spec.containers[api].env[LOG_LEVEL].value',
        old: 'info',
        new: 'debug',
      },
    ];
    const told = renderChangeTable([makeChange(0, { fields })], sheet);
    expect(told).toContain('| `LOG_LEVEL` `info` → `debug` |');
  });

  test('a label that an object shares with its pods is told once', () => {
    const label = { old: 'web-1.0.0', new: 'web-1.1.0' };
    const fields = ['metadata', 'spec.template.metadata'].map((path) => ({
      path: `${path}.labels["helm.sh/chart"]`,
      ...label,
    }));
    const told = renderChangeTable([makeChange(0, { fields })], sheet);
    expect(told).toContain('| `helm.sh/chart` `web-1.0.0` → `web-1.1.0` |');
  });

  test('the keys of a Secret are named before anything else of it', () => {
    const fields = [
      { path: 'metadata.labels["helm.sh/chart"]', old: 'web-1.0.0', new: 'web-1.1.0' },
      { path: 'data.password', secret: 'changed' as const },
    ];
    const told = renderChangeTable([makeChange(0, { fields })], sheet);
    expect(told).toContain('| `password` changed (values hidden), 1 more field |');
  });

  test('short diffs of a plan stand open, long ones and those of a deploy do not', () => {
    const some = (count: number) => Array.from({ length: count }, (_, i) => makeChange(i));
    expect(renderFields(some(6), 'planned', sheet)).toContain('<details open>');
    expect(renderFields(some(7), 'planned', sheet)).not.toContain('<details open>');
    expect(renderFields(some(1), 'executed', sheet)).not.toContain('<details open>');
  });
});

test('nothing breaks out of an element', () => {
  fc.assert(fc.property(hostile, (text) => expect(html(text)).not.toMatch(/[<>"'`\n]/)));
});
