/** Command-line tools of exact versions for the longer test runs, built the same way as the cluster. */
import path from 'node:path';
import { buildModule, type Log } from './build/cache.ts';
import { awsIamAuthenticator, helm3, helm4, registry, sops } from './build/modules.ts';

const tools = {
  'helm-4.3.1': { module: helm4, binary: 'helm' },
  'helm-3.22.0': { module: helm3, binary: 'helm' },
  'sops-3.13.3': { module: sops, binary: 'sops' },
  'age-keygen': { module: sops, binary: 'age-keygen' },
  'registry-3.1.2': { module: registry, binary: 'registry' },
  'aws-iam-authenticator-0.6.13': { module: awsIamAuthenticator, binary: 'aws-iam-authenticator' },
} as const;

export type Tool = keyof typeof tools;

/** The path of the tool's binary, built if this machine has none yet. */
export async function buildTool(tool: Tool, log: Log = console.error): Promise<string> {
  const { module, binary } = tools[tool];
  return path.join(await buildModule(module, log), binary);
}
