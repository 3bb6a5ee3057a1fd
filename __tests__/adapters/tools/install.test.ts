import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { helmMirror, IMPOSTOR_HELM_VERSION, publish } from '../../mirror/helm-mirror.ts';
import { toTarGz } from '../../mirror/tar.ts';
import {
  ARCHIVE,
  expectNothingLeft,
  installers,
  refusal,
  serve,
  sha256,
  smallMirror,
  useMachine,
} from './installing.ts';

const PIN = '86584a54def73570558f66f5111cc53dfed56689637ae32c1201205d494f54fb'; // 4.3.0 linux-amd64

const machine = useMachine();
const { install } = installers(machine);

const onLinuxX64 =
  process.platform === 'linux' && process.arch === 'x64' ? describe : describe.skip;

onLinuxX64('real helms', () => {
  test.each([
    ['4.2.3', 'v4.2.3+g43e8b7f'],
    ['v3.17.3', 'v3.17.3+ge4da497'],
  ])(
    '%s from a folder, by its checksum file',
    async (version, short) => {
      const tool = await install(version, await helmMirror());

      expect(tool.verifiedBy).toBe('checksum-file');
      expect(tool.version).toBe(version.replace('v', ''));
      expect(tool.path).toBe(path.join(machine.root, 'cache', 'helm', tool.version, 'x64', 'helm'));
      expect(execFileSync(tool.path, ['version', '--short'], { encoding: 'utf8' }).trim()).toBe(
        short,
      );
      expect(await readdir(path.join(machine.root, 'temp'))).toEqual([]);
      // Unpacked without a command that @actions/exec would show.
      const shown = jest.mocked(process.stdout.write).mock.calls.map(([text]) => String(text));
      expect(shown.filter((text) => text.includes('[command]'))).toEqual([]);
    },
    60_000,
  );

  test('from a server with a path prefix, then from the tool cache without a request', async () => {
    const url = await serve(machine, await helmMirror());
    const first = await install('4.2.3', url);
    expect(machine.server?.requests).toEqual([ARCHIVE, `${ARCHIVE}.sha256sum`]);

    const second = await install('4.2.3', url);
    expect(second).toEqual({ path: first.path, version: '4.2.3', verifiedBy: 'tool-cache' });
    expect(machine.server?.requests).toHaveLength(2);
    const hash = sha256(await readFile(path.join(await helmMirror(), ARCHIVE)));
    expect(machine.log).toEqual([
      `helm 4.2.3: from ${url}/${ARCHIVE}`,
      `helm 4.2.3: its sha256 ${hash} matches ${url}/${ARCHIVE}.sha256sum; this release of the action pins none for linux-amd64`,
      'helm 4.2.3: found in the tool cache',
    ]);
  }, 60_000);

  test('an impostor of a pinned version is refused, although its checksum file vouches for it', async () => {
    const mirror = await helmMirror();
    const error = await refusal(install(IMPOSTOR_HELM_VERSION, mirror));

    const archive = path.join(mirror, 'helm-v4.3.0-linux-amd64.tar.gz');
    expect(error.code).toBe('tool-checksum-mismatch');
    expect(error.message).toBe(
      `Installing helm 4.3.0: ${archive} has the sha256 ${sha256(await readFile(archive))}, ` +
        `but this release of the action says ${PIN}.`,
    );
    await expectNothingLeft(machine);
  }, 60_000);
});

describe('what is refused', () => {
  test('a pinned version with other bytes: nothing is unpacked, cached or executed', async () => {
    const error = await refusal(
      install('', await serve(machine, await smallMirror(machine, '4.3.0'))),
    );

    expect(error.code).toBe('tool-checksum-mismatch');
    expect(error.message).toContain(PIN);
    expect(error.hint).toBe(
      'Nothing was unpacked, cached or executed. Run the job again in case the download was damaged; if it stays, ' +
        'do not use this file: compare it with https://github.com/helm/helm/releases/tag/v4.3.0 and repair `tool-mirror`.',
    );
    // The mirror's own checksum file is not even asked.
    expect(machine.server?.requests).toEqual(['helm-v4.3.0-linux-amd64.tar.gz']);
    await expectNothingLeft(machine);
  });

  test('a version that is not pinned, when it differs from its checksum file', async () => {
    const folder = await smallMirror(machine);
    const whole = await readFile(path.join(folder, ARCHIVE));
    await writeFile(path.join(folder, ARCHIVE), whole.subarray(0, whole.length - 7));
    const error = await refusal(install('4.2.3', folder));

    expect(error.code).toBe('tool-checksum-mismatch');
    expect(error.message).toContain(`.sha256sum says ${sha256(whole)}.`);
    await expectNothingLeft(machine);
  });

  test('a download that breaks off, each of three times', async () => {
    const url = await serve(machine, await smallMirror(machine), () => 'break');
    const error = await refusal(install('4.2.3', url));

    expect(error.code).toBe('tool-download-failed');
    expect(error.message).toMatch(
      `Installing helm 4.2.3: downloading ${url}/${ARCHIVE} failed 3 times (`,
    );
    expect(machine.server?.requests).toHaveLength(3);
    await expectNothingLeft(machine);
  });

  test('a version that does not exist', async () => {
    const url = await serve(machine, await smallMirror(machine));
    const error = await refusal(install('4.99.0', url));

    expect(error.code).toBe('tool-not-found');
    expect(error.message).toBe(
      `Installing helm 4.99.0: there is no ${url}/helm-v4.99.0-linux-amd64.tar.gz (404).`,
    );
    expect(error.hint).toMatch(
      /^Check `helm-version`, or add .* to `tool-mirror`\. This release of the action knows helm 4\.3\.0, 4\.2\.4, /,
    );
    expect(machine.server?.requests).toHaveLength(1);
    await expectNothingLeft(machine);
  });

  test('a version that the folder does not hold', async () => {
    const folder = await smallMirror(machine);
    const error = await refusal(install('4.1', folder));
    expect(error.code).toBe('tool-not-found');
    expect(error.message).toBe(
      `Installing helm 4.1.4: there is no ${path.join(folder, 'helm-v4.1.4-linux-amd64.tar.gz')}.`,
    );
  });

  test('a mirror that answers nobody', async () => {
    const url = await serve(machine, await smallMirror(machine));
    await machine.server?.close();
    const error = await refusal(install('4.2.3', url));
    expect(error.code).toBe('tool-download-failed');
    expect(error.message).toContain(`downloading ${url}/${ARCHIVE} failed 3 times (`);
    expect(error.message).toContain('ECONNREFUSED');
    expect(error.hint).toContain('tool-mirror');
  });

  test.each([401, 403])('a mirror that answers %d, asked once', async (status) => {
    const url = await serve(machine, await smallMirror(machine), () => status);
    const error = await refusal(install('4.2.3', url.replace('//', '//robot:hunter2@')));
    expect(error.message).toBe(`Installing helm 4.2.3: ${url}/${ARCHIVE} answered ${status}.`);
    expect(error.hint).toBe(
      'Check that `tool-mirror` is right and that this runner may read it; a login can stand in the URL, kept in a secret.',
    );
    expect(machine.server?.logins).toEqual([`Basic ${btoa('robot:hunter2')}`]);
  });

  test.each(['', '4.2.3'])('a web page in place of the archive of %j', async (version) => {
    const url = await serve(machine, await smallMirror(machine), () => 'page');
    const error = await refusal(install(version, url));
    expect(error.code).toBe('tool-download-failed');
    expect(error.message).toMatch(
      /^Installing helm .*\.gz(\.sha256sum)? is a web page, not the file\.$/,
    );
    expect(error.hint).toContain('`tool-mirror` must give the files themselves');
    await expectNothingLeft(machine);
  });

  test('an archive cut short by a mirror that does not say how long it is', async () => {
    const url = await serve(machine, await smallMirror(machine), (nth) =>
      nth === 0 ? 'truncate' : undefined,
    );
    expect((await refusal(install('4.2.3', url))).code).toBe('tool-checksum-mismatch');
    await expectNothingLeft(machine);
  });

  test('a checksum file that names nothing', async () => {
    const folder = await smallMirror(machine);
    await writeFile(path.join(folder, `${ARCHIVE}.sha256sum`), 'not today');
    const error = await refusal(install('4.2.3', folder));
    expect(error.code).toBe('tool-download-failed');
    expect(error.message).toContain(`.sha256sum names no sha256 of ${ARCHIVE}.`);
    expect(error.problems[0]?.said).toBe('not today');
    await expectNothingLeft(machine);
  });

  test.each([
    ['another layout', { name: 'helm', content: Buffer.from('x') }],
    ['another platform', { name: 'linux-arm64/helm', content: Buffer.from('x') }],
  ])('an archive with %s', async (_, member) => {
    const folder = path.join(machine.root, 'mirror');
    await mkdir(folder);
    await publish(folder, '4.2.3', toTarGz([member]));
    const error = await refusal(install('4.2.3', folder));
    expect(error.message).toBe(`Installing helm 4.2.3: ${ARCHIVE} holds no linux-amd64/helm.`);
    await expectNothingLeft(machine);
  });
});

describe('what goes on', () => {
  test('after a redirect, with the login of the URL', async () => {
    const url = await serve(machine, await smallMirror(machine), (nth) =>
      nth === 0 ? 'redirect' : undefined,
    );
    await install('4.2.3', url.replace('//', '//robot:hunter2@'));
    expect(machine.server?.requests).toEqual([ARCHIVE, ARCHIVE, `${ARCHIVE}.sha256sum`]);
    expect(new Set(machine.server?.logins)).toEqual(new Set([`Basic ${btoa('robot:hunter2')}`]));
    expect(machine.log.join()).not.toContain('hunter2');
  });

  test('after a 503', async () => {
    const url = await serve(machine, await smallMirror(machine), (nth) =>
      nth === 0 ? 503 : undefined,
    );
    const tool = await install('4.2.3', url);
    expect(tool.verifiedBy).toBe('checksum-file');
    expect(machine.server?.requests).toEqual([ARCHIVE, ARCHIVE, `${ARCHIVE}.sha256sum`]);
  });

  test('after a download that broke off', async () => {
    const url = await serve(machine, await smallMirror(machine), (nth) =>
      nth === 0 ? 'break' : undefined,
    );
    await install('4.2.3', url);
    expect(machine.server?.requests).toHaveLength(3);
  });
});

describe('other platforms ask for their archives', () => {
  test.each([
    ['darwin', 'arm64', 'helm-v4.3.0-darwin-arm64.tar.gz'],
    ['win32', 'x64', 'helm-v4.3.0-windows-amd64.zip'],
  ] as const)('%s %s', async (platform, arch, archive) => {
    const url = await serve(machine, await smallMirror(machine));
    await refusal(install('4.3', url, { platform, arch }));
    expect(machine.server?.requests).toEqual([archive]);
  });
});

test('a cache hit loads no HTTP client: @actions/* is imported only where it is used', async () => {
  const folder = path.resolve(import.meta.dirname, '../../../src/adapters/tools');
  for (const file of await readdir(folder)) {
    expect(await readFile(path.join(folder, file), 'utf8')).not.toMatch(/^import .*@actions\//m);
  }
});
