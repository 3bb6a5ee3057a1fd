import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { DeployError } from '../errors.ts';
import type { PostRenderer } from '../release/spec.ts';
import type { HelmMajor } from './helm-arguments.ts';
import type { Environment } from './helm-environment.ts';
import { copyKustomization } from './kustomization.ts';
import { RENDERER_PROGRAM, type RendererJob } from './post-renderer-program.ts';

export interface RendererPlace {
  /** helm's private folder. */
  readonly home: string;
  readonly major: HelmMajor;
  readonly environment: Environment;
  /** Milliseconds that the program may take. */
  readonly rendererTimeout?: number;
}

/** Otherwise one that waits for something would hold up the job for hours. */
const TIMEOUT = 300_000;

/**
 * Puts a post-renderer where helm finds it, and returns the arguments by which it does. Helm 3 takes a
 * path, Helm 4 the name of a plugin (helm.md §2.2). Both get a program of ours, which runs the user's,
 * because Helm 4 does not tell what that one said.
 * @throws DeployError `post-renderer-missing`
 */
export function installPostRenderer(
  renderer: PostRenderer,
  place: RendererPlace,
): readonly string[] {
  const id = createHash('sha256').update(JSON.stringify(renderer)).digest('hex').slice(0, 12);
  const name = `slipway-${id}`;
  const folder = path.join(place.home, 'post-renderers', name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const timeout = place.rendererTimeout ?? TIMEOUT;
  const job = { ...toJob(renderer, path.join(folder, 'tree'), place.environment), timeout };
  writeFileSync(path.join(folder, 'job.json'), JSON.stringify(job), { mode: 0o600 });
  const program = path.join(folder, 'program.mjs');
  writeFileSync(program, RENDERER_PROGRAM);
  if (place.major === 3) {
    return ['--post-renderer', process.execPath, '--post-renderer-args', program];
  }
  writePlugin(path.join(place.home, 'plugins', name), { name, program });
  return ['--post-renderer', name];
}

function toJob(
  renderer: PostRenderer,
  tree: string,
  environment: Environment,
): Omit<RendererJob, 'timeout'> {
  if (renderer.type === 'program') {
    const { path: command, args } = renderer;
    refuseUnusable(command);
    return { name: path.basename(command), command, args };
  }
  const tool = findKustomize(environment, renderer.folder);
  const inner = copyKustomization(renderer.folder, tree);
  return { ...tool, tree: { path: tree, inner } };
}

function refuseUnusable(program: string): void {
  try {
    // Windows has no such right.
    accessSync(program, constants.X_OK);
    if (statSync(program).isFile()) return;
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EACCES';
    throw toMissing(program, isThere ? 'is not executable' : 'is not there', cause);
  }
  throw toMissing(program, 'is a folder');
}

function toMissing(program: string, what: string, cause?: unknown): DeployError {
  return new DeployError(
    'post-renderer-missing',
    `The program ${program} of \`post-renderer\` ${what}.`,
    {
      hint: 'Correct the path, or make it executable with `git update-index --chmod=+x`; a folder with a kustomization goes under `post-renderer.kustomization`.',
      cause,
    },
  );
}

/** kustomize itself before the one in kubectl: who installs it means it. */
function findKustomize(
  environment: Environment,
  folder: string,
): Pick<RendererJob, 'name' | 'command' | 'args'> {
  const kustomize = findProgram('kustomize', environment);
  if (kustomize) return { name: '`kustomize build`', command: kustomize, args: ['build'] };
  const kubectl = findProgram('kubectl', environment);
  if (kubectl) return { name: '`kubectl kustomize`', command: kubectl, args: ['kustomize'] };
  throw new DeployError(
    'post-renderer-missing',
    `The kustomization ${folder} of \`post-renderer\` needs kustomize, and neither \`kustomize\` nor \`kubectl\` is on PATH.`,
    { hint: 'Give `kubectl-version`, or install kustomize in an earlier step.' },
  );
}

function findProgram(name: string, environment: Environment): string | undefined {
  const [, search = ''] =
    Object.entries(environment).find(([key]) => key.toUpperCase() === 'PATH') ?? [];
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return search
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.resolve(folder, file))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** A plugin of one command (helm.md §2.2). */
function writePlugin(
  folder: string,
  plugin: { readonly name: string; readonly program: string },
): void {
  mkdirSync(folder, { recursive: true });
  const text = stringify({
    apiVersion: 'v1',
    name: plugin.name,
    version: '1.0.0',
    type: 'postrenderer/v1',
    runtime: 'subprocess',
    runtimeConfig: { platformCommand: [{ command: process.execPath, args: [plugin.program] }] },
  });
  writeFileSync(path.join(folder, 'plugin.yaml'), text);
}
