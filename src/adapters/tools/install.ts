import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheBinary, cacheEntry, isCached } from './cache.ts';
import { type Fetched, fetchTool, type Wanted } from './fetch.ts';
import { HELM } from './helm.ts';
import { chooseKubectlVersion, KUBECTL } from './kubectl.ts';
import { parseOrigin } from './origin.ts';
import { toPlatform } from './platforms.ts';
import type { Tool } from './tool.ts';
import { chooseHelmVersion } from './versions.ts';

export interface ToolRequest {
  /** Exact or a minor; empty: the default of this release of the action. */
  readonly version: string;
  /** A URL or an absolute folder in the publishers' layouts. */
  readonly mirror?: string | undefined;
  readonly platform?: NodeJS.Platform;
  readonly arch?: string;
  /** The runner's `RUNNER_TOOL_CACHE` and `RUNNER_TEMP`. */
  readonly toolCache: string;
  readonly temp: string;
  readonly log: (line: string) => void;
}

export interface InstalledTool {
  /** Of the binary. */
  readonly path: string;
  /** Such as `4.3.0`. */
  readonly version: string;
  readonly verifiedBy: 'pin' | 'checksum-file' | 'tool-cache';
}

/** From the tool cache, or downloaded, verified, and only then unpacked and cached; not executed. */
export function installHelm(request: ToolRequest): Promise<InstalledTool> {
  return withFolder(request.temp, async (folder) =>
    install({ tool: HELM, version: chooseHelmVersion(request.version) }, request, folder),
  );
}

/** The same for kubectl; a minor asks the origin for its newest patch at every run. */
export function installKubectl(request: ToolRequest): Promise<InstalledTool> {
  return withFolder(request.temp, async (folder) => {
    const origin = parseOrigin(request.mirror, KUBECTL.publisher);
    const version = await chooseKubectlVersion(request.version, origin, folder);
    return install({ tool: KUBECTL, version }, request, folder);
  });
}

/** `folder`: an empty one for this install. */
async function install(
  { tool, version }: { readonly tool: Tool; readonly version: string },
  request: ToolRequest,
  folder: string,
): Promise<InstalledTool> {
  const { platform: system = process.platform, arch = process.arch, log } = request;
  const origin = parseOrigin(request.mirror, tool.publisher);
  const platform = toPlatform(system, arch);
  const wanted = { tool, version, platform, origin, pin: tool.pin(version, platform) };
  const entry = cacheEntry(request.toolCache, wanted, arch);
  if (await isCached(entry, wanted.pin)) {
    log(`${tool.name} ${version}: found in the tool cache`);
    return { path: entry.binary, version, verifiedBy: 'tool-cache' };
  }
  const fetched = await fetchTool(wanted, { folder, log });
  return {
    path: await keep(fetched, wanted, request),
    version,
    verifiedBy: fetched.verifiedBy,
  };
}

/** In the tool cache or, where that cannot be written, for this job only; returns the path of the program. */
async function keep(fetched: Fetched, wanted: Wanted, request: ToolRequest): Promise<string> {
  const { arch = process.arch, toolCache, temp, log } = request;
  const entry = cacheEntry(toolCache, wanted, arch);
  try {
    await cacheBinary(entry, fetched.binary, fetched.sha256);
    return entry.binary;
  } catch (error) {
    // Another job was faster, and Windows lets nobody replace a program that runs.
    if (await isCached(entry, fetched.sha256)) return entry.binary;
    const { code, message } = error as NodeJS.ErrnoException;
    // Stays until the runner clears its temporary folder: later steps find the tool on PATH.
    const own = cacheEntry(await mkdtemp(path.join(temp, 'slipway-tools-')), wanted, arch);
    await cacheBinary(own, fetched.binary, fetched.sha256);
    log(
      `${wanted.tool.name} ${wanted.version}: the tool cache ${toolCache} could not be written (${code ?? message}); ` +
        'it is kept in the temporary folder of this job instead, and downloaded again by the next one',
    );
    return own.binary;
  }
}

async function withFolder<T>(temp: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(temp, { recursive: true });
  const folder = await mkdtemp(path.join(temp, 'slipway-download-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
