import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { createWorkflowLog } from '../../demo/workflow-log.ts';

function show(...pieces: readonly string[]): string[] {
  const lines: string[] = [];
  const log = createWorkflowLog((line) => lines.push(stripVTControlCharacters(line)));
  for (const piece of pieces) log.add(piece);
  log.end();
  return lines;
}

test('groups are titles with what they hold indented', () => {
  expect(show('::group::helm upgrade\n… waiting\n::endgroup::\n✓ done\n')).toEqual([
    '▸ helm upgrade',
    '  … waiting',
    '✓ done',
  ]);
});

test('annotations are told, decoded; what only the runner needs is hidden', () => {
  const log =
    '::save-state name=slipway::/tmp/x\n::add-path::/tools\n::debug::no\n::set-output name=a::b\n' +
    '::error title=deploy failed%3A 100%25,file=a.yaml::first%0Asecond\n';
  expect(show(log)).toEqual(['error: deploy failed: 100%\n  first\n  second']);
});

test('lines that come in pieces are shown whole, the last one without its end as well', () => {
  expect(show('he', 'lm 4', '.2.3\nla', 'st')).toEqual(['helm 4.2.3', 'last']);
});
