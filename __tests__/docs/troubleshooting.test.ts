import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { troubleshootingUrl } from '../../src/report/troubleshooting.ts';
import { findReasonCodes } from './reason-codes.ts';

const PAGE = join(import.meta.dirname, '../../docs/troubleshooting.md');

/** Codes and what is written about them. */
function readSections(): ReadonlyMap<string, string> {
  const parts = readFileSync(PAGE, 'utf8')
    .split(/^### (.*)$/m)
    .slice(1);
  return new Map(parts.flatMap((part, i) => (i % 2 === 0 ? [[part, parts[i + 1] ?? '']] : [])));
}

test('every reason code has a section, and every section is of a code', () => {
  const codes = [...findReasonCodes().keys()].toSorted();
  expect(codes).toEqual(
    expect.arrayContaining(['crash-loop', 'input-unknown', 'timeout', 'locked']),
  );
  expect([...readSections().keys()].toSorted()).toEqual(codes);
});

test('a section says what it means and what to do', () => {
  for (const [code, text] of readSections()) {
    expect({ code, text }).toEqual({
      code,
      text: expect.stringMatching(/^\n\n\S.*\n\n\*\*Do:\*\* /s),
    });
  }
});

test('the anchor is the code', () => {
  expect(troubleshootingUrl('crash-loop')).toMatch(/\/docs\/troubleshooting\.md#crash-loop$/);
});
