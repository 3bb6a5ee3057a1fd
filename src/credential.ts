import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createClock } from './adapters/clock.ts';
import type { AuthWorld, TokenSource } from './auth/access.ts';
import { type ExecConfig, parseExecConfig } from './auth/exec-config.ts';
import { provideCredential } from './auth/exec-credential.ts';
import { DeployError } from './errors.ts';

/*
 * The exec plugin of the kubeconfig that `command: setup` leaves, a bundle of its own: kubectl and helm
 * of later steps start it for a token. On stdout stands exactly one JSON document, on stderr one sentence
 * when it fails: nothing here may load what writes workflow commands there.
 */

/** Milliseconds for all requests together. */
const PATIENCE = 90_000;
const patience = AbortSignal.timeout(PATIENCE);

/** Hidden in what stderr says: there is no runner that masks it. */
const secrets = new Set<string>();

process.exitCode = await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  try {
    await print(await provide(args));
    return 0;
  } catch (error) {
    process.stderr.write(`${toSentence(error)}\n`);
    return 1;
  }
}

/** Whoever asked may be gone already. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.once('error', reject);
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

async function provide([flag, file]: readonly string[]): Promise<string> {
  if (flag !== '--config' || file === undefined) {
    throw new DeployError(
      'login-missing',
      'The kubeconfig calls its login program without a file.',
      {
        hint: 'Use the one that `command: setup` wrote.',
      },
    );
  }
  const text = read(file);
  if (text === undefined) {
    throw new DeployError('login-missing', `The login of this kubeconfig is gone (${file}).`, {
      hint: 'It lasts until the end of the job in which `command: setup` made it.',
    });
  }
  const cache = `${file}.cache`;
  return provideCredential({
    config: text,
    info: process.env['KUBERNETES_EXEC_INFO'],
    now: Date.now(),
    cache: { read: () => read(cache), write: (entry) => replace(cache, entry) },
    mint: async () => (await openSource(parseExecConfig(text))).mint(),
  });
}

async function openSource(config: ExecConfig): Promise<TokenSource> {
  const { cluster } = config;
  const world = toWorld(config);
  if (cluster.provider === 'eks') {
    const { createAwsTokens } = await import('./auth/aws/tokens.ts');
    return createAwsTokens(cluster, world);
  }
  const { createGoogleTokens } = await import('./auth/google/tokens.ts');
  return createGoogleTokens(cluster, world);
}

function toWorld({ session, fromFork }: ExecConfig): AuthWorld {
  return {
    environment: process.env,
    clock: createClock(),
    files: { read, kind },
    signal: patience,
    hide: (secret) => secrets.add(secret),
    log: () => undefined,
    session,
    fromFork,
  };
}

function tell(error: unknown): string {
  const { message = String(error), cause } = Object(error) as Partial<Error>;
  if (patience.aborted) {
    const last = (cause as Error | undefined)?.message ?? 'no answer';
    return `Making a token took longer than ${PATIENCE / 1000} s (last: ${last}). Check that this step reaches the cloud: name resolution, firewall, HTTPS_PROXY and NO_PROXY.`;
  }
  if (error instanceof DeployError) return `${message} ${error.hint}`;
  return `Making a token failed: ${message}`;
}

/** One line, without what was hidden. */
function toSentence(error: unknown): string {
  const line = `Slipway: ${tell(error)}`.replaceAll(/\s+/g, ' ').trim();
  return [...secrets].filter(Boolean).reduce((text, each) => text.replaceAll(each, '***'), line);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function kind(file: string): 'file' | 'folder' | 'absent' {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return 'absent';
  return stats.isDirectory() ? 'folder' : 'file';
}

/** In one piece: another call may read it at this moment. */
function replace(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
