import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type InstalledTool, installHelm } from '../../../src/adapters/tools/install.ts';
import type { DeployError } from '../../../src/errors.ts';
import { helmMirror, IMPOSTOR_HELM_VERSION, publish } from '../../mirror/helm-mirror.ts';
import { type Fault, type MirrorServer, serveMirror } from '../../mirror/serve.ts';
import { toTarGz } from '../../mirror/tar.ts';

// @actions/tool-cache waits 10 to 20 s before it tries again, unless told otherwise in this way.
Object.assign(globalThis, {
  TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS: 0,
  TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS: 0,
});

const PIN = '86584a54def73570558f66f5111cc53dfed56689637ae32c1201205d494f54fb'; // 4.3.0 linux-amd64
const ARCHIVE = 'helm-v4.2.3-linux-amd64.tar.gz';

let root: string;
let log: string[];
let server: MirrorServer | undefined;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'slipway-tools-'));
  log = [];
  // @actions/tool-cache writes what it does straight to the job's log.
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await mkdir(path.join(root, 'temp'));
});

afterEach(async () => {
  jest.restoreAllMocks();
  await server?.close();
  server = undefined;
  await rm(root, { recursive: true, force: true });
});

type Overrides = Partial<Parameters<typeof installHelm>[0]>;

function install(
  version: string,
  mirror: string,
  overrides: Overrides = {},
): Promise<InstalledTool> {
  return installHelm({
    version,
    mirror,
    platform: 'linux',
    arch: 'x64',
    toolCache: path.join(root, 'cache'),
    temp: path.join(root, 'temp'),
    log: (line) => log.push(line),
    ...overrides,
  });
}

async function refusal(installing: Promise<unknown>): Promise<DeployError> {
  return installing.then(
    () => {
      throw new Error('it was installed');
    },
    (error: DeployError) => error,
  );
}

/** A mirror with a helm that gives itself away when it runs. */
async function smallMirror(version = '4.2.3'): Promise<string> {
  const folder = path.join(root, 'mirror');
  await mkdir(folder, { recursive: true });
  const script = `#!/bin/sh\ntouch ${path.join(root, 'executed')}\n`;
  const content = Buffer.from(script.padEnd(4000, '#'));
  await publish(
    folder,
    version,
    toTarGz([{ name: 'linux-amd64/helm', content, executable: true }]),
  );
  return folder;
}

async function serve(folder: string, fault?: (nth: number) => Fault | undefined): Promise<string> {
  server = await serveMirror(folder, fault);
  return server.url;
}

async function expectNothingLeft(): Promise<void> {
  expect(existsSync(path.join(root, 'executed'))).toBe(false);
  expect(existsSync(path.join(root, 'cache'))).toBe(false);
  expect(await readdir(path.join(root, 'temp'))).toEqual([]);
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
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
      expect(tool.path).toBe(path.join(root, 'cache', 'helm', tool.version, 'x64', 'helm'));
      expect(execFileSync(tool.path, ['version', '--short'], { encoding: 'utf8' }).trim()).toBe(
        short,
      );
      expect(await readdir(path.join(root, 'temp'))).toEqual([]);
    },
    60_000,
  );

  test('from a server with a path prefix, then from the tool cache without a request', async () => {
    const url = await serve(await helmMirror());
    const first = await install('4.2.3', url);
    expect(server?.requests).toEqual([ARCHIVE, `${ARCHIVE}.sha256sum`]);

    const second = await install('4.2.3', url);
    expect(second).toEqual({ path: first.path, version: '4.2.3', verifiedBy: 'tool-cache' });
    expect(server?.requests).toHaveLength(2);
    const hash = sha256(await readFile(path.join(await helmMirror(), ARCHIVE)));
    expect(log).toEqual([
      `helm 4.2.3: from ${url}/${ARCHIVE}`,
      `helm 4.2.3: not pinned for linux-amd64 by this release of the action; its sha256 ${hash} matches ${url}/${ARCHIVE}.sha256sum`,
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
    await expectNothingLeft();
  }, 60_000);
});

describe('what is refused', () => {
  test('a pinned version with other bytes: nothing is unpacked, cached or executed', async () => {
    const error = await refusal(install('', await serve(await smallMirror('4.3.0'))));

    expect(error.code).toBe('tool-checksum-mismatch');
    expect(error.message).toContain(PIN);
    expect(error.hint).toBe(
      'Nothing was unpacked, cached or executed. Run the job again in case the download was damaged; if it stays, ' +
        'do not use this archive: compare it with https://github.com/helm/helm/releases/tag/v4.3.0 and repair `tool-mirror`.',
    );
    // The mirror's own checksum file is not even asked.
    expect(server?.requests).toEqual(['helm-v4.3.0-linux-amd64.tar.gz']);
    await expectNothingLeft();
  });

  test('a version that is not pinned, when it differs from its checksum file', async () => {
    const folder = await smallMirror();
    const whole = await readFile(path.join(folder, ARCHIVE));
    await writeFile(path.join(folder, ARCHIVE), whole.subarray(0, whole.length - 7));
    const error = await refusal(install('4.2.3', folder));

    expect(error.code).toBe('tool-checksum-mismatch');
    expect(error.message).toContain(`.sha256sum says ${sha256(whole)}.`);
    await expectNothingLeft();
  });

  test('a download that breaks off, each of three times', async () => {
    const url = await serve(await smallMirror(), () => 'break');
    const error = await refusal(install('4.2.3', url));

    expect(error.code).toBe('tool-download-failed');
    expect(error.message).toMatch(
      `Installing helm 4.2.3: downloading ${url}/${ARCHIVE} failed 3 times (`,
    );
    expect(server?.requests).toHaveLength(3);
    await expectNothingLeft();
  });

  test('a version that does not exist', async () => {
    const url = await serve(await smallMirror());
    const error = await refusal(install('4.99.0', url));

    expect(error.code).toBe('tool-not-found');
    expect(error.message).toBe(
      `Installing helm 4.99.0: there is no ${url}/helm-v4.99.0-linux-amd64.tar.gz (404).`,
    );
    expect(error.hint).toMatch(
      /^Check `helm-version`, or add .* to `tool-mirror`\. This release of the action knows helm 4\.3\.0, 4\.2\.4, /,
    );
    expect(server?.requests).toHaveLength(1);
    await expectNothingLeft();
  });

  test('a version that the folder does not hold', async () => {
    const folder = await smallMirror();
    const error = await refusal(install('4.1', folder));
    expect(error.code).toBe('tool-not-found');
    expect(error.message).toBe(
      `Installing helm 4.1.4: there is no ${path.join(folder, 'helm-v4.1.4-linux-amd64.tar.gz')}.`,
    );
  });

  test('a mirror that answers nobody', async () => {
    const url = await serve(await smallMirror());
    await server?.close();
    const error = await refusal(install('4.2.3', url));
    expect(error.code).toBe('tool-download-failed');
    expect(error.message).toContain(`downloading ${url}/${ARCHIVE} failed 3 times (`);
    expect(error.message).toContain('ECONNREFUSED');
    expect(error.hint).toContain('tool-mirror');
  });

  test('a mirror that wants credentials, asked once', async () => {
    const url = await serve(await smallMirror(), () => 401);
    const error = await refusal(install('4.2.3', url));
    expect(error.message).toBe(`Installing helm 4.2.3: ${url}/${ARCHIVE} answered 401.`);
    expect(server?.requests).toHaveLength(1);
  });

  test('a checksum file that is an error page', async () => {
    const folder = await smallMirror();
    await writeFile(path.join(folder, `${ARCHIVE}.sha256sum`), '<html>Sign in</html>');
    const error = await refusal(install('4.2.3', folder));
    expect(error.code).toBe('tool-download-failed');
    expect(error.message).toContain(`.sha256sum names no sha256 of ${ARCHIVE}.`);
    await expectNothingLeft();
  });

  test.each([
    ['another layout', { name: 'helm', content: Buffer.from('x') }],
    ['another platform', { name: 'linux-arm64/helm', content: Buffer.from('x') }],
  ])('an archive with %s', async (_, member) => {
    const folder = path.join(root, 'mirror');
    await mkdir(folder);
    await publish(folder, '4.2.3', toTarGz([member]));
    const error = await refusal(install('4.2.3', folder));
    expect(error.message).toBe(`Installing helm 4.2.3: ${ARCHIVE} holds no linux-amd64/helm.`);
    await expectNothingLeft();
  });
});

describe('what goes on', () => {
  test('after a 503', async () => {
    const url = await serve(await smallMirror(), (nth) => (nth === 0 ? 503 : undefined));
    const tool = await install('4.2.3', url);
    expect(tool.verifiedBy).toBe('checksum-file');
    expect(server?.requests).toEqual([ARCHIVE, ARCHIVE, `${ARCHIVE}.sha256sum`]);
  });

  test('after a download that broke off', async () => {
    const url = await serve(await smallMirror(), (nth) => (nth === 0 ? 'break' : undefined));
    await install('4.2.3', url);
    expect(server?.requests).toHaveLength(3);
  });
});

describe('the tool cache', () => {
  async function fill(version: string, marker: string, file = 'x64/helm'): Promise<string> {
    const folder = path.join(root, 'cache', 'helm', version);
    const binary = path.join(folder, file);
    await mkdir(path.dirname(binary), { recursive: true });
    await writeFile(binary, 'found');
    await chmod(binary, 0o755);
    await writeFile(path.join(folder, `${path.dirname(file)}.complete`), marker);
    return binary;
  }

  test('a pinned version that was verified by this pin is found, with nothing asked', async () => {
    const binary = await fill('4.3.0', `${PIN}\n`);
    const tool = await install('', '/nowhere');
    expect(tool).toEqual({ path: binary, version: '4.3.0', verifiedBy: 'tool-cache' });
  });

  test('on Windows it holds helm.exe', async () => {
    const binary = await fill('4.2.3', `${'a'.repeat(64)}\n`, 'arm64/helm.exe');
    const tool = await install('4.2.3', '/nowhere', { platform: 'win32', arch: 'arm64' });
    expect(tool.path).toBe(binary);
  });

  test.each([
    ['a pinned version that another archive filled', '4.3.0', `${'a'.repeat(64)}\n`],
    ['an entry that another action made', '4.2.3', ''],
    ['a marker cut short', '4.2.3', 'abc'],
  ])('%s is not a hit', async (_, version, marker) => {
    await fill(version, marker);
    expect((await refusal(install(version, '/nowhere'))).code).toBe('tool-not-found');
  });

  test('an entry without a marker is replaced', async () => {
    const binary = await fill('4.2.3', '');
    await rm(path.join(root, 'cache', 'helm', '4.2.3', 'x64.complete'));
    await install('4.2.3', await smallMirror());
    expect(await readFile(binary, 'utf8')).toMatch(/^#!\/bin\/sh/);
    expect(await readdir(path.dirname(binary))).toEqual(['helm']);
    expect((await install('4.2.3', '/nowhere')).verifiedBy).toBe('tool-cache');
  });

  test('several jobs may fill the same entry at once', async () => {
    const folder = await smallMirror();
    const tools = await Promise.all([1, 2, 3].map(() => install('4.2.3', folder)));
    expect(new Set(tools.map((tool) => tool.path)).size).toBe(1);
    expect((await install('4.2.3', '/nowhere')).verifiedBy).toBe('tool-cache');
  });
});

describe('other platforms ask for their archives', () => {
  test.each([
    ['darwin', 'arm64', 'helm-v4.3.0-darwin-arm64.tar.gz'],
    ['win32', 'x64', 'helm-v4.3.0-windows-amd64.zip'],
  ] as const)('%s %s', async (platform, arch, archive) => {
    const url = await serve(await smallMirror());
    await refusal(install('4.3', url, { platform, arch }));
    expect(server?.requests).toEqual([archive]);
  });
});

test('a cache hit loads no HTTP client: @actions/* is imported only where it is used', async () => {
  const folder = path.resolve(import.meta.dirname, '../../../src/adapters/tools');
  for (const file of await readdir(folder)) {
    expect(await readFile(path.join(folder, file), 'utf8')).not.toMatch(/^import .*@actions\//m);
  }
});
