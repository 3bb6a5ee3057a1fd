import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { call } from '../../local-cluster/api.ts';
import { openCluster, startCluster } from '../../local-cluster/cluster.ts';
import { recruit } from '../../local-cluster/crew.ts';
import { connect } from '../../local-cluster/kubeconfig.ts';
import { startKeeper } from '../../local-cluster/processes.ts';
import { until } from '../../local-cluster/wait.ts';

jest.setTimeout(120_000);

const room = path.join(import.meta.dirname, '..', '..', 'local-cluster');

/** The processes whose command line mentions a directory; a cluster's programs all name theirs. */
async function processesOf(directory: string) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const processes = pids.map(async (pid) => {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return { pid: Number(pid), command };
  });
  return (await Promise.all(processes)).filter(({ command }) => command.includes(directory));
}

describe('in this process', () => {
  test('two clusters live side by side, and stop leaves nothing', async () => {
    const [one, two] = await Promise.all([startCluster(), startCluster()]);
    expect(one.server).not.toBe(two.server);
    await one.addNamespace('only-one');
    const path = '/api/v1/namespaces/only-one';
    expect((await call(connect(one.kubeconfig('admin')), path)).status).toBe(200);
    expect((await call(connect(two.kubeconfig('admin')), path)).status).toBe(404);
    expect((await processesOf(one.directory)).length).toBeGreaterThanOrEqual(6);

    await one.stop();
    expect(await processesOf(one.directory)).toEqual([]);
    expect(existsSync(one.directory)).toBe(false);
    expect((await call(connect(two.kubeconfig('admin')), '/readyz')).body).toBe('ok');
    await two.stop();
    expect(await processesOf(two.directory)).toEqual([]);
  });

  test('a cluster can be opened by its description', async () => {
    const cluster = await startCluster();
    const opened = openCluster(path.join(cluster.directory, 'cluster.json'));
    expect(opened.server).toBe(cluster.server);
    await opened.addNamespace('opened');
    await opened.addNamespace('opened'); // again: nothing to do
    const pods = '/api/v1/namespaces/opened/pods';
    expect((await call(connect(opened.kubeconfig('reader')), pods)).status).toBe(200);
    await cluster.stop();
  });
});

describe('another process', () => {
  let temporary: string;
  beforeEach(async () => {
    temporary = await mkdtemp(path.join(tmpdir(), 'slipway-lifecycle-'));
  });
  afterEach(() => rm(temporary, { recursive: true, force: true }));

  const node = (...args: string[]) =>
    spawn(process.execPath, ['--no-warnings', ...args], {
      env: { ...process.env, TMPDIR: temporary, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  /** Reads on, so that the child is never stopped by a full pipe. */
  function line(child: ChildProcess, pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
      lines.on('line', (text) => pattern.test(text) && resolve(text));
      lines.on('close', () => reject(new Error(`it ended without a line like ${pattern}`)));
    });
  }

  const nothingIsLeft = () =>
    until('the end of all processes and data', async () => {
      const processes = await processesOf(temporary);
      return processes.length === 0 && (await readdir(temporary)).length === 0;
    });

  test.each(['SIGINT', 'SIGTERM'] as const)('npm run cluster stops on %s', async (signal) => {
    const child = node(path.join(room, 'run.ts'));
    await line(child, /export KUBECONFIG=/);
    const clusters = await processesOf(temporary);
    expect(clusters.length).toBeGreaterThanOrEqual(6);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await processesOf(temporary)).toEqual([]);
    expect(await readdir(temporary)).toEqual([]);
  });

  test('one that is killed leaves nothing', async () => {
    const child = node(path.join(room, 'run.ts'));
    await line(child, /export KUBECONFIG=/);
    child.kill('SIGKILL');
    await nothingIsLeft();
  });

  test('one that is interrupted while it starts leaves nothing', async () => {
    const child = node(path.join(room, 'run.ts'));
    await until('the API server', async () =>
      (await processesOf(temporary)).some(({ command }) => command.includes('kube-apiserver')),
    );
    child.kill('SIGINT');
    await nothingIsLeft();
  });

  test('one that dies of an exception leaves nothing', async () => {
    const program = `
      import { startCluster } from '${room}/cluster.ts';
      await startCluster();
      console.log('started');
      setTimeout(() => { throw new Error('unforeseen'); });`;
    const child = node('--input-type=module', '--eval', program);
    await line(child, /started/);
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    await nothingIsLeft();
  });
});

describe('a program that does not do its part', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'slipway-crew-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const program = (name: string, script: string) => ({
    name,
    binary: process.execPath,
    args: ['--eval', script],
  });

  test('is named, with the end of its log, and its log is kept', async () => {
    const keeper = startKeeper(directory);
    const crew = recruit(keeper, directory, () => {});
    crew.start(program('steady', 'setInterval(() => {}, 1000)'));
    crew.start(program('etcd', 'console.log("disk is full"); process.exit(3)'));
    const start = crew.expect('steady', () => new Promise<void>(() => {}));
    await expect(start).rejects.toThrow(
      /^The local cluster does not run: etcd ended \(code 3\)\.\ndisk is full\nThe whole log: .*etcd\.log$/,
    );
    keeper.leaveDirectory();
    await keeper.end();
    expect(await readFile(path.join(directory, 'etcd.log'), 'utf8')).toBe('disk is full\n');
    expect(await processesOf(directory)).toEqual([]);
  });

  test('ends when its keeper is killed: nothing runs unkept', async () => {
    const keeper = startKeeper(directory);
    const crew = recruit(keeper, directory, () => {});
    crew.start(program('etcd', `setInterval(() => {}, 1000, '${directory}')`));
    const kept = crew.expect('etcd', () => new Promise<void>(() => {}));
    const keepers = (await processesOf(directory)).filter(({ command }) =>
      command.includes('keeper.ts'),
    );
    for (const { pid } of keepers) process.kill(pid, 'SIGKILL');
    await expect(kept).rejects.toThrow(/etcd ended \(SIGKILL\)/);
    expect(await processesOf(directory)).toEqual([]);
  });

  test('is blamed for what does not come about', async () => {
    const keeper = startKeeper(directory);
    const crew = recruit(keeper, directory, () => {});
    crew.start(program('kwok', 'setInterval(() => {}, 1000)'));
    const vain = () =>
      until('every node to be ready', async () => false as const, { timeout: 100 });
    await expect(crew.expect('kwok', vain)).rejects.toThrow(/in vain for every node.*kwok\.log/s);
    await keeper.end();
    expect(existsSync(directory)).toBe(false);
  });
});
