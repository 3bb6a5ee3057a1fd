import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, jest } from '@jest/globals';
import {
  type InstalledTool,
  installHelm,
  installKubectl,
  type ToolRequest,
} from '../../../src/adapters/tools/install.ts';
import type { DeployError } from '../../../src/errors.ts';
import { publish, publishKubectl } from '../../mirror/helm-mirror.ts';
import { type Fault, type MirrorServer, serveMirror } from '../../mirror/serve.ts';
import { toTarGz } from '../../mirror/tar.ts';

// @actions/tool-cache waits 10 to 20 s before it tries again, unless told otherwise in this way.
Object.assign(globalThis, {
  TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS: 0,
  TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS: 0,
});

/** The archive of the version that most tests install, which is not pinned. */
export const ARCHIVE = 'helm-v4.2.3-linux-amd64.tar.gz';

/** A machine, and at most one mirror server. */
export interface Machine {
  /** A folder for everything, with blanks and letters that are not ASCII in its name. */
  root: string;
  log: string[];
  server: MirrorServer | undefined;
}

type Overrides = Partial<ToolRequest>;

/** A new machine for each test of the file. */
export function useMachine(): Machine {
  const machine: Machine = { root: '', log: [], server: undefined };
  beforeEach(async () => {
    machine.root = await mkdtemp(path.join(tmpdir(), 'slipway tööls-'));
    machine.log = [];
    // @actions/tool-cache writes its retries straight to the job's log.
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await mkdir(path.join(machine.root, 'temp'));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await machine.server?.close();
    machine.server = undefined;
    await rm(machine.root, { recursive: true, force: true });
  });
  return machine;
}

/** Installs as on linux-amd64, unless told otherwise. */
export function installers(machine: Machine) {
  const request = (version: string, mirror: string, overrides: Overrides): ToolRequest => ({
    version,
    mirror,
    platform: 'linux',
    arch: 'x64',
    toolCache: path.join(machine.root, 'cache'),
    temp: path.join(machine.root, 'temp'),
    log: (line) => machine.log.push(line),
    ...overrides,
  });
  return {
    install: (version: string, mirror: string, overrides: Overrides = {}): Promise<InstalledTool> =>
      installHelm(request(version, mirror, overrides)),
    installKubectl: (version: string, mirror: string, overrides: Overrides = {}) =>
      installKubectl(request(version, mirror, overrides)),
  };
}

export async function refusal(installing: Promise<unknown>): Promise<DeployError> {
  return installing.then(
    () => {
      throw new Error('it was installed');
    },
    (error: DeployError) => error,
  );
}

/** A mirror with a helm and a kubectl that give themselves away when they run. */
export async function smallMirror({ root }: Machine, version = '4.2.3'): Promise<string> {
  const folder = path.join(root, 'mirror');
  await mkdir(folder, { recursive: true });
  const script = `#!/bin/sh\ntouch "${path.join(root, 'executed')}"\n`;
  const content = Buffer.from(script.padEnd(4000, '#'));
  await publish(
    folder,
    version,
    toTarGz([{ name: 'linux-amd64/helm', content, executable: true }]),
  );
  await publishKubectl(folder, '1.36.2', content);
  return folder;
}

export async function serve(
  machine: Machine,
  folder: string,
  fault?: (nth: number) => Fault | undefined,
): Promise<string> {
  machine.server = await serveMirror(folder, fault);
  return machine.server.url;
}

export async function expectNothingLeft({ root }: Machine): Promise<void> {
  expect(existsSync(path.join(root, 'executed'))).toBe(false);
  expect(existsSync(path.join(root, 'cache'))).toBe(false);
  expect(await readdir(path.join(root, 'temp'))).toEqual([]);
}

export const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');
