/* `command: setup`: kubectl and helm of later steps reach the cluster, also when the first token has ended. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { until } from '../../local-cluster/wait.ts';
import { runAction } from '../action/run-action.ts';
import { createStep, type Step } from '../action/step.ts';
import { GKE, LOGINS, SUBJECTS, toPrincipal } from '../cloud/places.ts';
import { type Cloud, startCloud } from '../cloud/world.ts';
import {
  helmMirror,
  MIRRORED_HELM_VERSIONS,
  MIRRORED_KUBECTL_VERSIONS,
} from '../mirror/helm-mirror.ts';
import { expectNoSecret, toTexts } from './world.ts';

jest.setTimeout(300_000);

/** Seconds: the plugin gives tokens out until a minute before their end. */
const LIFE = 75;

/** As the cluster knows them. */
const USERS = {
  eks: 'eks-deployer',
  'gke, direct federation': toPrincipal(SUBJECTS.deploy),
  'gke, service account': GKE.deployAccount,
} as const;

let cloud: Cloud;
const tools = mkdtempSync(path.join(tmpdir(), 'slipway-tools-'));
beforeAll(async () => {
  cloud = await startCloud({ life: LIFE });
  await cloud.cluster.addNamespace('shop');
});
afterAll(async () => {
  await cloud.stop();
  rmSync(tools, { recursive: true, force: true });
});

const execute = promisify(execFile);

describe.each(Object.keys(LOGINS) as (keyof typeof LOGINS)[])('%s', (way) => {
  let step: Step;
  beforeAll(() => {
    step = createStep(cloud.environment);
  });
  afterAll(() => step.end());

  const later = async (program: string, ...args: readonly string[]) => {
    const { stdout } = await execute(program, args, {
      env: { ...step.given(), HOME: path.dirname(step.temp) },
    });
    return stdout;
  };
  const logins = () => cloud.github.given.length;

  /* One story, in order: the steps of a job. */

  test('installs both and leaves a kubeconfig', async () => {
    const inputs = {
      ...LOGINS[way],
      command: 'setup',
      'helm-version': MIRRORED_HELM_VERSIONS[0] as string,
      'kubectl-version': MIRRORED_KUBECTL_VERSIONS[0] as string,
      'tool-mirror': await helmMirror(),
    };
    const result = await runAction({ inputs, environment: step.environment, toolCache: tools });
    expect(result.code).toBe(0);
    expect(result.outputs).toMatchObject({ outcome: 'ready', 'reason-code': 'ready' });
    const { kubeconfig } = result.outputs;
    expect(step.given()).toMatchObject({ KUBECONFIG: kubeconfig });
    expect(step.left().some((file) => kubeconfig?.endsWith(file))).toBe(true);
    expectNoSecret(cloud, [...toTexts(result), ...step.texts()]);
    const files = step.left().map((file) => statSync(path.join(step.temp, file)));
    expect(new Set(files.map(({ mode }) => mode & 0o077))).toEqual(new Set([0]));
  });

  test('kubectl and helm work, and share one token', async () => {
    const before = logins();
    const version = await later('kubectl', 'version', '--client', '-o', 'yaml');
    expect(version).toContain(`gitVersion: v${MIRRORED_KUBECTL_VERSIONS[0]}`);
    const whoami = ['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}'];
    expect(await later('kubectl', ...whoami)).toBe(USERS[way]);
    expect(await later('kubectl', 'get', 'secrets', '-n', 'shop', '-o', 'name')).toBe('');
    expect(await later('helm', 'list', '-n', 'shop', '-q')).toBe('');
    expect(logins() - before).toBeLessThanOrEqual(1);
  });

  test('when the token ends there is another one', async () => {
    const before = logins();
    await until('another login', async () => {
      await later('kubectl', 'get', 'secrets', '-n', 'shop', '-o', 'name');
      return logins() > before;
    });
  });

  test('the post step removes all of it', async () => {
    expect(await step.post()).toMatchObject({ code: 0 });
    expect(step.left()).toEqual([]);
  });
});

test('the API server has refused nothing', () => {
  expect(cloud.refusals()).toEqual([]);
});
