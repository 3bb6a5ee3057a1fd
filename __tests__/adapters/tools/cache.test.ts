import { chmod, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ARCHIVE, installers, refusal, sha256, smallMirror, useMachine } from './installing.ts';

const PIN = '86584a54def73570558f66f5111cc53dfed56689637ae32c1201205d494f54fb'; // 4.3.0 linux-amd64
const PINNED = 'helm-v4.3.0-linux-amd64.tar.gz';

const machine = useMachine();
const { install, installKubectl } = installers(machine);

interface Entry {
  readonly version: string;
  readonly marker: string;
  /** Below the version's folder. */
  readonly file?: string;
}

/** An entry that somebody made before. */
async function fill({ version, marker, file = 'x64/helm' }: Entry): Promise<string> {
  const folder = path.join(machine.root, 'cache', 'helm', version);
  const binary = path.join(folder, file);
  await mkdir(path.dirname(binary), { recursive: true });
  await writeFile(binary, 'found');
  await chmod(binary, 0o755);
  await writeFile(path.join(folder, `${path.dirname(file)}.complete`), marker);
  return binary;
}

const toMarker = (download: string, archive: string, program = 'helm') =>
  `${download}  ${archive}\n${sha256(Buffer.from('found'))}  ${program}\n`;

test('a pinned version that was verified by this pin is found, with nothing asked', async () => {
  const binary = await fill({ version: '4.3.0', marker: toMarker(PIN, PINNED) });
  const tool = await install('', '/nowhere');
  expect(tool).toEqual({ path: binary, version: '4.3.0', verifiedBy: 'tool-cache' });
});

test('on Windows it holds helm.exe', async () => {
  const marker = toMarker('a'.repeat(64), 'helm-v4.2.3-windows-arm64.zip', 'helm.exe');
  const binary = await fill({ version: '4.2.3', marker, file: 'arm64/helm.exe' });
  const tool = await install('4.2.3', '/nowhere', { platform: 'win32', arch: 'arm64' });
  expect(tool.path).toBe(binary);
});

test.each([
  ['a pinned version that another archive filled', '4.3.0', toMarker('a'.repeat(64), PINNED)],
  ['an entry that another action made', '4.2.3', ''],
  ['an entry that did not say what its program is', '4.2.3', `${'a'.repeat(64)}\n`],
  [
    'an entry of another platform',
    '4.2.3',
    toMarker('a'.repeat(64), 'helm-v4.2.3-darwin-amd64.tar.gz'),
  ],
  ['a marker cut short', '4.2.3', toMarker('a'.repeat(64), ARCHIVE).slice(0, -9)],
])('%s is not a hit', async (_, version, marker) => {
  await fill({ version, marker });
  expect((await refusal(install(version, '/nowhere'))).code).toBe('tool-not-found');
});

describe('a damaged entry is repaired', () => {
  test.each([
    ['without a marker', (binary: string) => rm(`${path.dirname(binary)}.complete`)],
    ['without a program', (binary: string) => rm(binary)],
    ['with an empty program', (binary: string) => truncate(binary)],
    ['with a program cut short', (binary: string) => truncate(binary, 3999)],
    ['with other bytes', (binary: string) => writeFile(binary, '#'.repeat(4000))],
    ['that may not be executed', (binary: string) => chmod(binary, 0o644)],
  ])('%s', async (_, damage) => {
    const mirror = await smallMirror(machine);
    const { path: binary } = await install('4.2.3', mirror);
    const before = await readFile(binary);
    await damage(binary);

    expect((await install('4.2.3', mirror)).verifiedBy).toBe('checksum-file');
    expect(await readFile(binary)).toEqual(before);
    expect((await stat(binary)).mode & 0o777).toBe(0o755);
    expect(await readdir(path.dirname(binary))).toEqual(['helm']);
    expect((await install('4.2.3', '/nowhere')).verifiedBy).toBe('tool-cache');
  });
});

test('several jobs may fill the same entry at once', async () => {
  const folder = await smallMirror(machine);
  const tools = await Promise.all([1, 2, 3].map(() => install('4.2.3', folder)));
  expect(new Set(tools.map((tool) => tool.path)).size).toBe(1);
  expect((await install('4.2.3', '/nowhere')).verifiedBy).toBe('tool-cache');
});

test('where it cannot be written, the tool is kept for this job only', async () => {
  // A file where the folder should be; a mode would not stop root.
  const toolCache = path.join(machine.root, 'cache');
  await writeFile(toolCache, '');
  const mirror = await smallMirror(machine);
  for (const [tool, installing] of [
    ['helm 4.2.3', install('4.2.3', mirror)],
    ['kubectl 1.36.2', installKubectl('1.36.2', mirror)],
  ] as const) {
    const { path: binary, verifiedBy } = await installing;
    expect(binary).toContain(path.join(machine.root, 'temp', 'slipway-tools-'));
    expect(verifiedBy).toBe('checksum-file');
    expect((await stat(binary)).mode & 0o777).toBe(0o755);
    expect(machine.log).toContain(
      `${tool}: the tool cache ${toolCache} could not be written (ENOTDIR); it is kept in the temporary folder of this job instead, and downloaded again by the next one`,
    );
  }
});
