/** Runs a case as the real action, in a checkout and a namespace of its own, and reads what came of it. */
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ActionResult } from '../action/run-action.ts';
import type { World } from '../cluster/world.ts';
import type { BadInput } from './case.ts';
import { CHECKOUT } from './checkout.ts';
import { fillIn, fillInAll, type Places, putBack } from './places.ts';
import { annotatedPlaces, problemsIn } from './told.ts';
import { readWrites } from './writes.ts';

export interface RanCase extends ActionResult {
  /** What the log ends with, in the words of the case. */
  readonly told: readonly string[];
  readonly annotated: readonly string[];
  readonly writes: readonly string[];
}

const PICKY = path.join(import.meta.dirname, '..', 'charts', 'picky');
/** What the world says of its release, for which slipway.yaml speaks instead. */
const NO_RELEASE = { release: '', namespace: '', chart: '', kubeconfig: '', timeout: '' };

export async function runCase(
  given: BadInput,
  helm: string,
  { world, places: servers }: { readonly world: World; readonly places: Places },
): Promise<RanCase> {
  const workspace = mkdtempSync(path.join(tmpdir(), 'slipway-workspace-'));
  const namespace = await makeNamespace(given, world);
  const { server } = world.cluster;
  const places = new Map([...servers, ...Object.entries({ workspace, namespace, helm, server })]);
  const kubeconfig = toKubeconfig(given, world, places);
  makeCheckout(given, { 'kubeconfig.yaml': kubeconfig }, places);
  const { auditLog } = world.cluster;
  const from = statSync(auditLog).size;
  try {
    const result = await world.run(toInputs(given, kubeconfig, places), {
      workspace,
      toolCache: places.get('tools') ?? '',
      environment: fillInAll(given.environment ?? {}, places),
      ...(given.event && { event: given.event }),
    });
    return {
      ...result,
      told: problemsIn(putBack(result.log, places)),
      annotated: annotatedPlaces(result.log),
      writes: await readWrites(auditLog, { from, namespace }),
    };
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

async function makeNamespace({ secrets = [] }: BadInput, { cluster, api }: World): Promise<string> {
  const name = `bad-${randomBytes(4).toString('hex')}`;
  await cluster.addNamespace(name);
  for (const body of secrets) {
    await api(`/api/v1/namespaces/${name}/secrets`, { method: 'POST', body });
  }
  return name;
}

function toInputs({ config, inputs = {} }: BadInput, kubeconfig: string, places: Places) {
  const ofRelease = { chart: 'charts/picky', namespace: '<namespace>', kubeconfig };
  const ofFile = { ...NO_RELEASE, environment: 'production' };
  const own = config === undefined ? ofRelease : ofFile;
  return fillInAll({ 'helm-version': '<helm>', ...own, ...inputs }, places);
}

function toKubeconfig(given: BadInput, { cluster }: World, places: Places): string {
  const text = readFileSync(cluster.kubeconfig(given.user ?? 'deployer'), 'utf8');
  return fillIn(given.kubeconfig?.(text) ?? text, places);
}

function makeCheckout(
  { config, files = {} }: BadInput,
  access: Readonly<Record<string, string>>,
  places: Places,
): void {
  const workspace = places.get('workspace') ?? '';
  cpSync(PICKY, path.join(workspace, 'charts', 'picky'), { recursive: true });
  const all: BadInput['files'] = {
    ...CHECKOUT,
    ...(config !== undefined && { 'slipway.yaml': config, ...access }),
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    const file = path.join(workspace, name);
    mkdirSync(path.dirname(file), { recursive: true });
    const content = typeof text === 'string' ? fillIn(text, places) : text;
    // Some are programs; for the others it does not matter.
    writeFileSync(file, content, { mode: 0o755 });
  }
}
