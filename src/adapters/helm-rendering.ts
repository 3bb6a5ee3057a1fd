import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ChartRequest, CommandResult } from '../ports.ts';
import { type CommandRequest, runCommand } from './command.ts';
import type { Dialect } from './helm-arguments.ts';
import { installPostRenderer, type RendererPlace } from './post-renderer.ts';
import { FAILURE_FILE } from './post-renderer-program.ts';
import { toStepEnvironment } from './step-environment.ts';

interface RenderingHelm extends RendererPlace {
  /** Path of the binary. */
  readonly path: string;
  /** Of the step; a post-renderer sees it. */
  readonly environment: RendererPlace['environment'];
  /** helm's own. */
  readonly own: Readonly<Record<string, string>>;
}

type Extras = Pick<CommandRequest, 'onLine' | 'signal' | 'killAfter'>;

/**
 * Runs the commands of helm that render a chart. When its post-renderer failed, stderr is what that one
 * said, in place of helm's words about it.
 */
export function createRendering(helm: RenderingHelm) {
  const installed = new Map<string, readonly string[]>();

  function toDialect({ options }: ChartRequest): Dialect {
    const { major } = helm;
    if (!options.postRenderer) return { major, postRenderer: [] };
    const id = JSON.stringify(options.postRenderer);
    const words = installed.get(id) ?? installPostRenderer(options.postRenderer, helm);
    installed.set(id, words);
    return { major, postRenderer: words };
  }

  return async function run<T extends ChartRequest>(
    request: T,
    toArguments: (request: T, dialect: Dialect) => readonly string[],
    extras: Extras = {},
  ): Promise<CommandResult> {
    const args = toArguments(request, toDialect(request));
    if (!request.options.postRenderer) {
      return runCommand({ path: helm.path, args, environment: helm.own, ...extras });
    }
    const file = path.join(helm.home, `post-renderer-${randomUUID()}.txt`);
    const environment = {
      ...toStepEnvironment(helm.environment),
      ...helm.own,
      [FAILURE_FILE]: file,
    };
    const result = await runCommand({ path: helm.path, args, environment, ...extras });
    return { ...result, stderr: takeFailure(file) ?? result.stderr };
  };
}

function takeFailure(file: string): string | undefined {
  try {
    return `Error: ${readFileSync(file, 'utf8')}`;
  } catch {
    return undefined;
  } finally {
    rmSync(file, { force: true });
  }
}
