import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_KUBECTL_VERSION } from '../../../src/adapters/tools/kubectl-pins.ts';
import { helmMirror, MIRRORED_KUBECTL_VERSIONS } from '../../mirror/helm-mirror.ts';
import {
  expectNothingLeft,
  installers,
  refusal,
  serve,
  sha256,
  smallMirror,
  useMachine,
} from './installing.ts';

const FILE = 'release/v1.36.2/bin/linux/amd64/kubectl';
const STABLE = 'release/stable-1.36.txt';

const machine = useMachine();
const { installKubectl: install } = installers(machine);

const onLinuxX64 = process.platform === 'linux' && process.arch === 'x64' ? test : test.skip;

onLinuxX64(
  'the default, by its pin',
  async () => {
    const tool = await install('', await helmMirror());
    expect(tool).toMatchObject({ version: DEFAULT_KUBECTL_VERSION, verifiedBy: 'pin' });
  },
  60_000,
);

onLinuxX64.each(MIRRORED_KUBECTL_VERSIONS)(
  'a real %s, by its minor',
  async (version) => {
    const tool = await install(version.replace(/\.\d+$/, ''), await helmMirror());
    expect(tool.path).toBe(path.join(machine.root, 'cache', 'kubectl', version, 'x64', 'kubectl'));
    const said = execFileSync(tool.path, ['version', '--client', '--output=json']);
    expect(JSON.parse(said.toString()).clientVersion.gitVersion).toMatch(`v${version}`);
  },
  60_000,
);

describe('which version', () => {
  test('the newest patch of a minor, asked at every run; the program only once', async () => {
    const folder = await smallMirror(machine);
    const url = await serve(machine, folder);
    const first = await install('v1.36', `${url}/`);
    expect(first).toMatchObject({ version: '1.36.2', verifiedBy: 'checksum-file' });
    expect(await install('1.36', url)).toEqual({ ...first, verifiedBy: 'tool-cache' });
    expect(machine.server?.requests).toEqual([STABLE, FILE, `${FILE}.sha256`, STABLE]);
    const hash = sha256(await readFile(path.join(folder, FILE)));
    expect(machine.log).toEqual([
      `kubectl 1.36.2: from ${url}/${FILE}`,
      `kubectl 1.36.2: its sha256 ${hash} matches ${url}/${FILE}.sha256; this release of the action pins none for linux-amd64`,
      'kubectl 1.36.2: found in the tool cache',
    ]);
  });

  test('in a folder that does not say, the newest there', async () => {
    const folder = await smallMirror(machine);
    await rm(path.join(folder, STABLE));
    for (const other of ['v1.36.1', 'v1.36.10-rc.0', 'v1.35.11', 'v1.3.6', 'notes']) {
      await mkdir(path.join(folder, 'release', other));
    }
    expect((await install('1.36', folder)).version).toBe('1.36.2');
  });

  test.each(['latest', '2.0', '1', '1.36.x', '1.36.0-rc.1', '../1.36'])(
    '%j is refused',
    async (text) => {
      const error = await refusal(install(text, '/nowhere'));
      expect(error).toMatchObject({
        code: 'input-invalid',
        message: `\`kubectl-version\` is \`${text}\`, which is no version of kubectl.`,
      });
    },
  );

  test.each([
    ['a web page', '<html>Sign in</html>'],
    ['another minor', 'v1.35.9'],
    ['nothing', ''],
  ])('%s in place of the newest patch is refused', async (_, text) => {
    const folder = await smallMirror(machine);
    await writeFile(path.join(folder, STABLE), text);
    const error = await refusal(install('1.36', folder));
    expect(error.code).toBe('tool-download-failed');
    expect(error.message).toBe(
      `Looking for the newest patch of kubectl 1.36: ${path.join(folder, STABLE)} names no version.`,
    );
    await expectNothingLeft(machine);
  });
});

describe('what is refused', () => {
  test('a version that the mirror does not have', async () => {
    const url = await serve(machine, await smallMirror(machine));
    const error = await refusal(install('1.36.99', url));
    expect(error.code).toBe('tool-not-found');
    expect(error.message).toBe(
      `Installing kubectl 1.36.99: there is no ${url}/release/v1.36.99/bin/linux/amd64/kubectl (404).`,
    );
    expect(error.hint).toBe(
      'Check `kubectl-version`, or add the file and its .sha256 to `tool-mirror`. The versions of kubectl are listed on https://kubernetes.io/releases.',
    );
    await expectNothingLeft(machine);
  });

  test('other bytes than its checksum file says', async () => {
    const folder = await smallMirror(machine);
    await writeFile(path.join(folder, FILE), 'something else');
    const error = await refusal(install('1.36.2', folder));
    expect(error.code).toBe('tool-checksum-mismatch');
    expect(error.hint).toContain('https://dl.k8s.io/v1.36.2');
    await expectNothingLeft(machine);
  });
});

test('on Windows it is kubectl.exe', async () => {
  const url = await serve(machine, await smallMirror(machine));
  await refusal(install('1.36.2', url, { platform: 'win32', arch: 'arm64' }));
  expect(machine.server?.requests).toEqual(['release/v1.36.2/bin/windows/arm64/kubectl.exe']);
});
