import path from 'node:path';
import type { InstalledTool, ToolRequest } from './adapters/tools/install.ts';
import { installHelm, installKubectl } from './adapters/tools/install.ts';
import type { ToolSource } from './config/tools.ts';
import { line } from './report/log.ts';
import { findUrlSecrets } from './secrecy/url-secrets.ts';
import type { World } from './world.ts';

/** helm, for this run and on PATH for the later steps of the job. */
export function installHelmFor(tools: ToolSource, world: World): Promise<InstalledTool> {
  return install(installHelm, { tools, version: tools.helmVersion }, world);
}

/** kubectl, for the later steps of the job. */
export function installKubectlFor(tools: ToolSource, world: World): Promise<InstalledTool> {
  return install(installKubectl, { tools, version: tools.kubectlVersion }, world);
}

async function install(
  installer: (request: ToolRequest) => Promise<InstalledTool>,
  { tools, version }: { readonly tools: ToolSource; readonly version: string },
  { run, host, redactor }: World,
): Promise<InstalledTool> {
  // @actions/tool-cache prints addresses into the debug log by itself.
  for (const secret of findUrlSecrets(tools.mirror)) {
    redactor.add(secret);
    host.mask(secret);
  }
  const tool = await installer({
    version,
    mirror: tools.mirror || undefined,
    toolCache: run.toolCache,
    temp: run.temp,
    log: (text) => host.info(redactor.safe(line(text))),
  });
  host.addPath(path.dirname(tool.path));
  return tool;
}
