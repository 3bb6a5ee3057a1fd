import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createHost } from '../../src/adapters/host.ts';
import type { Safe } from '../../src/secrecy/safe.ts';

/* What the runner would see: lines on stdout, and the files that it names. */

const safe = (text: string) => text as Safe;
const FILES = ['GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'] as const;
let folder: string;
let printed: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'slipway-host-'));
  for (const name of FILES) {
    process.env[name] = path.join(folder, name);
    writeFileSync(path.join(folder, name), '');
  }
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    printed += chunk;
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  for (const name of FILES) delete process.env[name];
  rmSync(folder, { recursive: true });
});

const written = (name: (typeof FILES)[number]) => readFileSync(path.join(folder, name), 'utf8');

test('lines, groups and debug', () => {
  const host = createHost(process.env);
  host.startGroup(safe('Deploy'));
  host.info(safe('one\ntwo'));
  host.endGroup();
  host.debug(safe('detail'));
  expect(printed).toBe('::group::Deploy\none\ntwo\n::endgroup::\n::debug::detail\n');
});

test('a line of a log that looks like a command stays text', () => {
  createHost(process.env).info(
    safe('fine\n::stop-commands::x\n  ::add-mask::y\na ##[error]b :: c'),
  );
  expect(printed).not.toMatch(/^\s*::/m);
  expect(printed).not.toContain('##[');
  expect(printed.replaceAll('\u200b', '')).toBe(
    'fine\n::stop-commands::x\n  ::add-mask::y\na ##[error]b :: c\n',
  );
});

test('annotations carry title and place, and several lines', () => {
  const host = createHost(process.env);
  host.annotate('error', safe('first\nsecond'), {
    title: safe('Crash loop'),
    file: 'a.yaml',
    line: 3,
  });
  host.annotate('notice', safe('told'), { title: safe('Note') });
  expect(printed).toBe(
    '::error title=Crash loop,file=a.yaml,line=3::first%0Asecond\n::notice title=Note::told\n',
  );
});

test('outputs of several lines go through the file', () => {
  createHost(process.env).setOutput('result', safe('{\n  "a": 1\n}'));
  expect(written('GITHUB_OUTPUT')).toMatch(/^result<<(\S+)\n\{\n {2}"a": 1\n\}\n\1\n$/);
  expect(printed).toBe('');
});

test('the summary is appended to; without a runner it goes nowhere', async () => {
  const host = createHost(process.env);
  await host.writeSummary(safe('# One'));
  await host.writeSummary(safe('# Two'));
  expect(written('GITHUB_STEP_SUMMARY')).toBe('# One\n# Two\n');
  await createHost({}).writeSummary(safe('# Three'));
});

test('masks; an empty value is no mask', () => {
  const host = createHost(process.env);
  host.mask('two\nlines');
  host.mask('');
  expect(printed).toBe('::add-mask::two%0Alines\n');
});

test('adds to the path of later steps', () => {
  const before = process.env['PATH'];
  createHost(process.env).addPath('/tools/helm');
  process.env['PATH'] = before;
  expect(written('GITHUB_PATH')).toBe('/tools/helm\n');
});
