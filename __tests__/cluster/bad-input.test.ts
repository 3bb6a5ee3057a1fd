import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ActionResult } from '../action/run-action.ts';
import { createWorld, type World } from './world.ts';

const CHARTS = path.join(import.meta.dirname, '..', 'charts');
const FILES: Record<string, string> = {
  'values/list.yaml': '- replicas\n- 2\n',
  'values/broken.yaml': 'replicas: 2\nimage: "registry.example.com/shop\ntag: 1.0\n',
  'values/tabs.yaml': 'image:\n\ttag: "1.0"\n',
  'values/production.yaml': 'replicas: 3\n',
};

const scratch: any = { cases: {
  'no cluster reachable': { kubeconfig: 'unreachable' },
  'forbidden reader': { user: 'reader' },
  'forbidden nobody': { user: 'nobody' },
  'missing values': { values: 'values/prodution.yaml' },
  'missing values 2': { values: 'values/eu.yaml' },
  'missing env': { values: 'values/{environment}.yaml' },
  'missing glob': { values: 'values/eu-*.yaml' },
  'list': { values: 'values/list.yaml' },
  'broken': { values: 'values/broken.yaml' },
  'tabs': { values: 'values/tabs.yaml' },
  'inline': { 'values-inline': 'a: [1, 2' },
  'inline list': { 'values-inline': '[1, 2]' },
  'chart not found': { chart: 'charts/pikky' },
  'chart not found 2': { chart: 'helm/shop' },
  'Chart.yaml missing': { chart: 'charts' },
  'Chart.yaml missing 2': { chart: 'values' },
  'namespace missing': { namespace: 'nowhere', 'create-namespace': 'false', user: 'admin' },
  'name long': { release: 'a'.repeat(54) },
  'timeout': { timeout: '10' },
  'misspelt': { realease: 'x' , 'value-inline': 'a: 1', release: ''},
  'context': { 'kube-context': 'deploier' },
  'impostor': { 'helm-version': '', 'tool-mirror': 'impostor' },
  'several': { release: 'Web', timeout: '10', values: 'values/list.yaml\nvalues/broken.yaml', 'on-failure': 'rolback', chart: 'charts/pikky' },
  'wrong token': { kubeconfig: 'wrong-token' },
  'untrusted': { kubeconfig: 'untrusted' },
  'event': { command: 'auto', event: 'schedule' },
  'prt': { command: 'auto', event: 'pull_request_target' },
  'unused': { command: 'plan', 'wait-for-lock': '5s' },
  'schema': { set: 'replicas=two', 'values-inline': 'domain: Shop.example.com' },
  'template': { 'values-inline': 'database: null' },
  'required': { set: 'domain=' },
  'fail': { 'values-inline': 'legacy: true' },
  'yaml': { set: 'note=a: b' },
}};

let world: World;
let workspace: string;
let kubeconfigs: Record<string, string>;
beforeAll(async () => {
  world = await createWorld('4.2.3');
  workspace = mkdtempSync(path.join(tmpdir(), 'slipway-workspace-'));
  cpSync(path.join(CHARTS, 'picky'), path.join(workspace, 'charts/picky'), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    writeFileSync(path.join(workspace, name), text);
  }
  const own = readFileSync(world.cluster.kubeconfig('deployer'), 'utf8');
  kubeconfigs = {
    unreachable: own.replace(/server: .*/, 'server: https://127.0.0.1:1'),
    'wrong-token': own.replace(/token: .*/, 'token: 0123456789abcdef0123456789abcdef'),
    untrusted: own.replace(/.*certificate-authority-data: .*\n/, ''),
  };
});
afterAll(() => { rmSync(workspace, { recursive: true }); return world.end(); });

test.each(Object.keys(scratch.cases))('%s', async (name) => {
  for (const helm of ['4.2.3', ...(['schema','template','required','fail','yaml'].includes(name) ? ['3.17.3'] : [])]) {
  const { user, event, kubeconfig, ...inputs } = scratch.cases[name];
  const { helpers } = await import('../mirror/helm-mirror.ts').then(async (m) => ({ helpers: await m.helmMirror() }));
  const result = await world.run({ chart: 'charts/picky', 'helm-version': helm, ...inputs, ...(inputs['tool-mirror'] && { 'tool-mirror': helpers }), ...(kubeconfig && { kubeconfig: kubeconfigs[kubeconfig] }) }, { workspace, ...(user && { user }), ...(event && { event }) });
  console.log(`### ${name} ${helm} ${result.code} ${result.outputs['outcome']} ${result.outputs['reason-code']} ${world.writes('deployer')} ${(await world.history()).length}\n${result.log.replaceAll(workspace, '/workspace').replaceAll(world.namespace, 'shop')}`);
  if (['several','template', 'no cluster reachable'].includes(name)) console.log(result.summary);
  }
});
