import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChartFile, chartDigest } from '../../src/release/chart-files.ts';
import { parseTar } from '../../src/release/tar.ts';
import { usesOf } from '../../src/release/template-text.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-chart-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (path: string, text: string): ChartFile => ({ path, bytes: Buffer.from(text) });

/** An archive as tar writes it, its files dated to the given second. */
function archive(files: Record<string, string>, options: string[] = [], time = 1): Uint8Array {
  const root = mkdtempSync(join(folder, 'tar-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    utimesSync(join(root, path), time, time);
  }
  execFileSync('tar', ['-czf', 'out.tgz', ...options, ...Object.keys(files)], { cwd: root });
  return readFileSync(join(root, 'out.tgz'));
}

describe('an archive', () => {
  const long = `redis/${'long/'.repeat(30)}values.yaml`;
  const files = { 'redis/Chart.yaml': 'name: redis', [long]: 'a: 1', 'redis/empty': '' };

  test.each([
    ['-1000', 'broken'],
    ['x', 'broken'],
    ['7777', 'cut off'],
  ])('with the size %j is %s', (size, how) => {
    const header = Buffer.alloc(1024);
    header.write('redis/Chart.yaml');
    header.write(size, 124);
    expect(() => parseTar(header)).toThrow(how);
  });

  test.each(['gnu', 'pax', 'ustar', 'v7'])('of format %s gives its files', (format) => {
    const given = format === 'v7' ? { 'redis/Chart.yaml': 'name: redis' } : files;
    const tar = gunzipSync(archive(given, [`--format=${format}`]));
    const read = parseTar(tar).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]);
    expect(Object.fromEntries(read)).toEqual(given);
  });

  test('that is cut off is refused', () => {
    const tar = gunzipSync(archive({ a: 'x'.repeat(2000) }));
    expect(() => parseTar(tar.subarray(0, 1024))).toThrow('cut off');
  });
});

describe('the digest', () => {
  const chart = [file('Chart.yaml', 'name: app'), file('templates/a.yaml', 'a')];
  const vendored = (text: string, time: number) =>
    chartDigest([
      ...chart,
      { path: 'charts/redis-1.tgz', bytes: archive({ 'redis/Chart.yaml': text }, [], time) },
    ]);

  test('is of a form, and the same in any order', () => {
    expect(chartDigest(chart)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(chartDigest(chart.toReversed())).toBe(chartDigest(chart));
  });

  test.each([
    ['a text', [file('Chart.yaml', 'name: app'), file('templates/a.yaml', 'b')]],
    ['a name', [file('Chart.yaml', 'name: app'), file('templates/b.yaml', 'a')]],
    ['one file more', [...chart, file('b', '')]],
  ])('changes with %s', (_, files) => {
    expect(chartDigest(files)).not.toBe(chartDigest(chart));
  });

  test('does not change with the times that helm writes', () => {
    const lock = (time: string) =>
      chartDigest([...chart, file('Chart.lock', `digest: x\ngenerated: "${time}"\n`)]);
    expect(lock('2024')).toBe(lock('2025'));
    expect(vendored('name: redis', 1)).toBe(vendored('name: redis', 1000));
  });

  test('changes with a dependency', () => {
    expect(vendored('name: redis', 1)).not.toBe(vendored('name: other', 1));
  });

  test('leaves git out, and takes a broken archive as it is', () => {
    expect(chartDigest([...chart, file('.git/HEAD', 'x')])).toBe(chartDigest(chart));
    expect(chartDigest([...chart, file('charts/a.tgz', 'x')])).not.toBe(
      chartDigest([...chart, file('charts/a.tgz', 'y')]),
    );
  });
});

describe('the text of templates', () => {
  const none = { lookup: false, apiVersions: false, revision: false, random: false };

  test.each<[string, Partial<typeof none>]>([
    ['{{ lookup "v1" "Secret" "ns" "n" }}', { lookup: true }],
    ['{{- if (lookup "v1" "Secret" "" "") -}}', { lookup: true }],
    ['{{ $x := (.Values.a | default (randAlphaNum 8)) }}', { random: true }],
    ['{{ now | date "2006" }}', { random: true }],
    ['{{ .Capabilities.APIVersions.Has "a/v1" }}', { apiVersions: true }],
    ['{{ $.Release.Revision }}', { revision: true }],
    ['{{ tpl "{{ lookup }}" . }}', { lookup: true }],
    ['{{\n  uuidv4\n}}', { random: true }],
    ['lookup now', {}],
    ['{{/* lookup */}}', {}],
    ['{{ .Values.lookup.now }}{{ $now }}{{ .Values.now }}', {}],
    ['{{ include "app.lookup" . }}', {}],
    ['{{ required "set it now, lookup the docs" .Values.a }}', {}],
    ['{{ lookups }}{{ nower }}{{ x-now }}', {}],
    ['{{ .Release.IsUpgrade }}', {}],
  ])('%s', (text, uses) => {
    expect(usesOf([file('templates/a.yaml', text)])).toEqual({ ...none, ...uses });
    expect(usesOf([], [text])).toEqual({ ...none, ...uses });
  });

  test('is looked for in archives and helpers, not in documentation', () => {
    const redis = archive({
      'redis/templates/_h.tpl': '{{ lookup }}',
      'redis/README.md': '{{ now }}',
    });
    const files = [{ path: 'charts/redis-1.tgz', bytes: redis }, file('README.md', '{{ now }}')];
    expect(usesOf(files)).toEqual({ ...none, lookup: true });
  });
});
