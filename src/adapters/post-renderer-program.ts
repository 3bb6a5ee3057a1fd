/** What the generated program is told, in `job.json` beside it. */
export interface RendererJob {
  /** As messages name it. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Milliseconds that it may take. */
  readonly timeout: number;
  /**
   * Only for a kustomization: a tree that is copied for every run, and the folder in it into which the
   * manifest goes as `all.yaml`, which is then the last argument.
   */
  readonly tree?: { readonly path: string; readonly inner: string } | undefined;
}

/** Of the environment: the file to which the program writes what went wrong, because Helm 4 keeps it to itself. */
export const FAILURE_FILE = 'SLIPWAY_POST_RENDERER_FAILURE';

/**
 * A Node program that stands alone, because helm starts it: the manifest on stdin, the changed one on
 * stdout. An empty answer is a failure: helm would delete all that there is.
 */
export const RENDERER_PROGRAM = `import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const job = JSON.parse(readFileSync(path.join(here, 'job.json'), 'utf8'));
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const manifest = Buffer.concat(chunks);

let work;
try {
  const args = [...job.args];
  if (job.tree) {
    work = mkdtempSync(path.join(here, 'run-'));
    cpSync(job.tree.path, work, { recursive: true, verbatimSymlinks: true });
    const folder = path.join(work, job.tree.inner);
    writeFileSync(path.join(folder, 'all.yaml'), manifest, { mode: 0o600 });
    args.push(folder);
  }
  const limits = { timeout: job.timeout, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 };
  const done = spawnSync(job.command, args, { input: manifest, env: environment(), ...limits });
  // A program need not read what it is given.
  const error = done.error?.code === 'EPIPE' ? undefined : done.error;
  if (error?.code === 'ETIMEDOUT') fail('did not end within ' + job.timeout / 1000 + ' s', done.stderr);
  else if (error?.code === 'ENOBUFS') fail('printed more than 256 MiB, which no release can hold', '');
  else if (error) fail('could not be started', error.message);
  else if (done.signal) fail('was ended by ' + done.signal, done.stderr);
  else if (done.status !== 0) fail('ended with exit code ' + done.status, done.stderr);
  else if (manifest.length > 0 && done.stdout.toString().trim() === '') fail('printed nothing', done.stderr);
  else process.stdout.write(done.stdout);
} finally {
  if (work) rmSync(work, { recursive: true, force: true });
}

// The way to the cluster is for helm alone: a plan runs this program before anybody has reviewed it.
function environment() {
  const variables = Object.entries(process.env).filter(([name]) => !/^(?:HELM_)?KUBE|^ACTIONS_/.test(name));
  return Object.fromEntries(variables);
}

function fail(how, said) {
  // Paths as they are in the user's own tree.
  const told = String(said ?? '').replaceAll(work ? work + path.sep : '\\0', '').trim();
  const text = 'the post-renderer ' + job.name + ' ' + how + ':\\n' + told;
  if (process.env.${FAILURE_FILE}) writeFileSync(process.env.${FAILURE_FILE}, text, { mode: 0o600 });
  process.stderr.write(text + '\\n');
  process.exitCode = 1;
}
`;
