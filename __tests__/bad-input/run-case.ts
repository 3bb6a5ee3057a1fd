/** Runs a case as the real action, in a checkout and a namespace of its own, and reads what came of it. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { users } from '../../local-cluster/users.ts';
import type { ActionResult } from '../action/run-action.ts';
import type { World } from '../cluster/world.ts';
import type { BadInput } from './case.ts';
import { CHECKOUT } from './checkout.ts';

export interface RanCase extends ActionResult {
  /** What the log ends with, in the words of the case. */
  readonly told: readonly string[];
  /** `file:line:column` of each annotation that has a place. */
  readonly annotated: readonly string[];
  /** What the users changed in the namespace meanwhile, by the audit log: `create leases`. */
  readonly writes: readonly string[];
}

const PICKY = path.join(import.meta.dirname, '..', 'charts', 'picky');
/** An input that is empty is one that nobody gave. */
const NO_RELEASE = { release: '', namespace: '', chart: '', kubeconfig: '', timeout: '' };

export async function runCase(
  given: BadInput,
  helm: string,
  { world, places: servers }: { readonly world: World; readonly places: ReadonlyMap<string, string> },
): Promise<RanCase> {
  const workspace = mkdtempSync(path.join(tmpdir(), 'slipway-workspace-'));
  const { cluster } = world;
  const namespace = `bad-${randomBytes(4).toString('hex')}`;
  await cluster.addNamespace(namespace);
  const places = new Map([...servers, ['workspace', workspace], ['namespace', namespace]]);
  const kubeconfig = readFileSync(cluster.kubeconfig(given.user ?? 'deployer'), 'utf8');
  const own = fillIn(given.kubeconfig?.(kubeconfig) ?? kubeconfig, places);
  makeCheckout(workspace, { ...given, kubeconfig: own }, places);
  for (const { resource, body } of given.before ?? []) {
    const [version = '', ...rest] = resource.split(/\/(?=[^/]+$)/);
    await world.api(`/${version}/namespaces/${namespace}/${rest.join('')}`, { method: 'POST', body });
  }
  const before = statSync(cluster.auditLog).size;
  try {
    const result = await world.run(
      {
        'helm-version': helm,
        ...(given.config === undefined
          ? { chart: 'charts/picky', namespace, kubeconfig: own }
          : { environment: 'production', ...NO_RELEASE }),
        ...fillInAll(given.inputs ?? {}, places),
      },
      {
        workspace,
        environment: fillInAll(given.environment ?? {}, places),
        ...(given.event && { event: given.event }),
      },
    );
    return {
      ...result,
      told: problemsIn(putBack(result.log, places)),
      annotated: annotatedPlaces(result.log),
      writes: await readWrites(cluster.auditLog, before, namespace),
    };
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

function makeCheckout(
  workspace: string,
  { config, files = {}, kubeconfig }: Omit<BadInput, 'kubeconfig'> & { readonly kubeconfig: string },
  places: ReadonlyMap<string, string>,
): void {
  cpSync(PICKY, path.join(workspace, 'charts', 'picky'), { recursive: true });
  const all = {
    ...CHECKOUT,
    ...(config !== undefined && { 'slipway.yaml': config, 'kubeconfig.yaml': kubeconfig }),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    const file = path.join(workspace, name);
    mkdirSync(path.dirname(file), { recursive: true });
    // Programs among them are started; for the rest it does not matter.
    const content = typeof text === 'string' ? fillIn(text, places) : text;
    writeFileSync(file, content, { mode: 0o755 });
  }
}

function fillIn(text: string, places: ReadonlyMap<string, string>): string {
  return text.replaceAll(/<([a-z0-9.-]+)>/g, (whole, name) => places.get(name) ?? whole);
}

function fillInAll(texts: Readonly<Record<string, string>>, places: ReadonlyMap<string, string>) {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, fillIn(text, places)]),
  );
}

function putBack(text: string, places: ReadonlyMap<string, string>): string {
  return [...places]
    .reduce((told, [name, place]) => told.replaceAll(place, `<${name}>`), text)
    .replaceAll(/\b[0-9a-f]{64}\b/g, '<sha256>');
}

/** `place: message [code]` and `→ hint` of each problem, as the log ends with them. */
function problemsIn(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => /^ {2}✗ | {4}→ /.test(line))
    .map((line) => line.trim().replace(/^✗ /, ''));
}

/** The place that GitHub annotates, as the log names it. */
function annotatedPlaces(log: string): string[] {
  return [
    ...log.matchAll(/^::error title=[^:]*?,file=([^,:]+)(?:,line=(\d+))?(?:,col=(\d+))?::/gm),
  ].map(([, ...parts]) => parts.filter(Boolean).join(':'));
}

/** From an offset on: the whole log has the requests of all tests so far. */
async function readWrites(log: string, from: number, namespace: string): Promise<string[]> {
  const file = await open(log);
  try {
    const size = (await file.stat()).size - from;
    const { buffer } = await file.read(Buffer.alloc(size), 0, size, from);
    return buffer
      .toString()
      .split('\n')
      .filter((line) => line.includes(namespace))
      .map((line) => JSON.parse(line))
      .filter(({ verb, user, responseStatus, requestURI }) => {
        const isOurs = (users as readonly string[]).includes(user?.username);
        const isRead = ['get', 'list', 'watch'].includes(verb) || requestURI.includes('dryRun=All');
        return isOurs && !isRead && responseStatus?.code < 400;
      })
      .map(({ verb, objectRef }) => `${verb} ${objectRef.resource} ${objectRef.name ?? ''}`.trim());
  } finally {
    await file.close();
  }
}
