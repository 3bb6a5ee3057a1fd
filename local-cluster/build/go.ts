/** The Go on this machine, and the environment in which nothing of its user's settings disturbs a build. */
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';

export interface Go {
  /** Such as `go1.26.8`. */
  readonly version: string;
  /** Such as `linux/amd64`. */
  readonly platform: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Since this version Go can fetch a newer one of itself: https://go.dev/doc/toolchain */
const fetchesNewer = [1, 21];

/** @param required the `go` line of a go.mod, such as `1.26.0` */
export async function findGo(required: string): Promise<Go> {
  const local = await ask('local').catch((error: unknown) => {
    throw advise(`Go does not run here (${messageOf(error)})`, required);
  });
  if (isAtLeast(local.version, numbers(required))) return local;
  if (!isAtLeast(local.version, fetchesNewer)) {
    throw advise(`Go is too old here (${local.version})`, required);
  }
  return ask(`go${required}`).catch((error: unknown) => {
    const why = `Go is too old here (${local.version}) and could not fetch ${required}`;
    throw advise(`${why} (${messageOf(error)})`, required);
  });
}

async function ask(toolchain: string): Promise<Go> {
  const environment = {
    ...process.env,
    GO111MODULE: 'on',
    GOFLAGS: '-mod=readonly', // a value of its own: an empty one would let `go env -w` speak
    GOWORK: 'off',
    GOTOOLCHAIN: toolchain,
    CGO_ENABLED: '0',
  };
  const names = ['GOVERSION', 'GOHOSTOS', 'GOHOSTARCH'];
  const { stdout } = await promisify(execFile)('go', ['env', ...names], {
    env: environment,
    cwd: tmpdir(), // away from any go.mod that asks for a toolchain
  });
  const [version = '', os = '', arch = ''] = stdout.trim().split('\n');
  const host = { GOOS: os, GOARCH: arch }; // the binaries run here, whatever the user cross-compiles for
  return { version, platform: `${os}/${arch}`, environment: { ...environment, ...host } };
}

function isAtLeast(version: string, wanted: readonly number[]): boolean {
  const have = numbers(version);
  const differs = wanted.findIndex((part, index) => part !== (have[index] ?? 0));
  return differs === -1 || (have[differs] ?? 0) > (wanted[differs] ?? 0);
}

function numbers(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}

function advise(problem: string, required: string): Error {
  return new Error(
    `The local cluster is built from source, but ${problem}. ` +
      `Install Go ${required} or newer (https://go.dev/dl), ` +
      'or use another cluster, such as kind: set SLIPWAY_KUBECONFIG to the path of its kubeconfig.',
  );
}

function messageOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr || message).trim();
}
