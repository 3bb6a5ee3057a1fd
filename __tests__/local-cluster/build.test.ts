import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { withLock } from '../../local-cluster/build/lock.ts';

jest.setTimeout(120_000);

const room = path.join(import.meta.dirname, '..', '..', 'local-cluster');
/** A process number that cannot exist: above the limit of Linux and macOS. */
const dead = '99999999';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'slipway-build-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Builds the smallest module in a process of its own; `lines` is what it logged. */
async function build(environment: NodeJS.ProcessEnv = {}) {
  const program = `
    import { buildModule } from '${room}/build/cache.ts';
    import { certificates } from '${room}/build/modules.ts';
    console.log(await buildModule(certificates, console.log));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', '--input-type=module', '--eval', program],
    { env: { ...process.env, NODE_OPTIONS: '', SLIPWAY_CACHE: folder, ...environment } },
  );
  const lines = stdout.trim().split('\n');
  return { binaries: lines.pop() as string, lines };
}

describe('the cache', () => {
  test('two builders at the same time both end well, and nothing is left over', async () => {
    const [one, two] = await Promise.all([build(), build()]);
    expect(one.binaries).toBe(two.binaries);
    expect(await readdir(one.binaries)).toEqual(['certificates']);
    expect(await readdir(folder)).toEqual([path.basename(one.binaries)]);
  });

  test('is used the second time, and tells of the first', async () => {
    const first = await build();
    expect(first.lines[0]).toMatch(/^building certificates v1 from source, once/);
    expect(first.lines.at(-1)).toMatch(/^built certificates v1 in \d+ s$/);
    expect(await build()).toEqual({ binaries: first.binaries, lines: [] });
  });

  test('settings of Go in the environment do not disturb', async () => {
    const settings = { GOFLAGS: '-mod=vendor', GOWORK: '/nowhere/go.work', GOOS: 'plan9' };
    const { binaries } = await build({ ...settings, GOBIN: '/nowhere' });
    expect(await readdir(binaries)).toEqual(['certificates']);
  });
});

describe('the lock', () => {
  const abandoned = async (holder: string, minutes: number) => {
    const file = path.join(folder, 'lock');
    await writeFile(file, holder);
    const then = new Date(Date.now() - minutes * 60_000);
    await utimes(file, then, then);
    return file;
  };

  test('of a dead process is broken', async () => {
    const file = await abandoned(dead, 0);
    expect(
      await withLock(
        file,
        () => {},
        async () => 'done',
      ),
    ).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  test('without a heartbeat is broken, whoever has the process number by now', async () => {
    const file = await abandoned(String(process.pid), 1);
    expect(
      await withLock(
        file,
        () => {},
        async () => 'done',
      ),
    ).toBe('done');
  });

  test('of a living process is waited for', async () => {
    const file = path.join(folder, 'lock');
    const order: string[] = [];
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = withLock(
      file,
      () => {},
      async () => {
        await released;
        order.push('first');
      },
    );
    const second = withLock(
      file,
      (holder) => {
        order.push(`waiting for ${holder}`);
        release();
      },
      async () => {
        order.push('second');
      },
    );
    await Promise.all([first, second]);
    expect(order).toEqual([`waiting for ${process.pid}`, 'first', 'second']);
  });
});

describe('without a Go that will do', () => {
  test('says what to install, and the alternative', async () => {
    const missing = build({ PATH: '/nowhere' });
    await expect(missing).rejects.toThrow(/Install Go 1\.26\.\d or newer.*SLIPWAY_KUBECONFIG/);
  });

  test.each([
    ['1.20.1', /Go is too old here \(go1\.20\.1\)\. Install Go/],
    [
      '1.25.3',
      /Go is too old here \(go1\.25\.3\) and could not fetch 1\.26\.\d \(no network\)\. Install Go/,
    ],
  ])('says that %s is too old', async (version, message) => {
    const go = [
      '#!/bin/sh',
      'if [ "$GOTOOLCHAIN" != local ]; then echo no network >&2; exit 1; fi',
      `printf 'go${version}\\nlinux\\namd64\\n'`,
    ];
    await writeFile(path.join(folder, 'go'), go.join('\n'), { mode: 0o755 });
    await expect(build({ PATH: folder })).rejects.toThrow(message);
  });
});
