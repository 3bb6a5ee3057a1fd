/* The one comment of a job on its pull request, against a double of GitHub's API; and `command: plan`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { ACTIONS_BOT, type DoubleOptions, startGitHubDouble } from '../fakes/github-double.ts';
import { createWorld, type World } from './world.ts';

const MERGE_COMMIT = '0123456789abcdef0123456789abcdef01234567';
const PULL_REQUEST = { event: 'pull_request', payload: { pull_request: { number: 7 } } };
const PUSH = { event: 'push', payload: {} };
const STRANGER = { id: 666, login: 'mallory', type: 'User' } as const;
/** https://docs.github.com/rest/issues/comments: what GitHub takes at most. */
const LIMIT = 65_536;

let world: World;
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function openWorld(version: string): Promise<World> {
  const opened = await createWorld(version);
  endings.push(() => opened.end());
  return opened;
}

async function startGitHub(options: DoubleOptions = {}) {
  const double = await startGitHubDouble({ repository: 'acme/shop', ...options });
  endings.push(() => double.close());
  return double;
}

interface Step {
  readonly event: string;
  readonly payload: object;
  readonly run?: string;
  readonly user?: 'deployer' | 'reader';
}

/** A step of a job whose workflow leaves `command` to the event. */
function runStep(url: string, inputs: Record<string, string>, { run = '4711', ...step }: Step) {
  const environment = { GITHUB_API_URL: url, GITHUB_SHA: MERGE_COMMIT, GITHUB_RUN_ID: run };
  return world.run({ command: 'auto', comment: 'true', ...inputs }, { environment, ...step });
}

describe.each(HELMS)('helm $version', ({ version }) => {
  test('plan on the pull request, again, deploy on the merge: one comment, updated', async () => {
    world = await openWorld(version);
    const pulls = { [MERGE_COMMIT]: [{ number: 7, merged_at: '2026-11-20T10:00:00Z' }] };
    const github = await startGitHub({ pulls });

    const planned = await runStep(github.url, {}, PULL_REQUEST);
    expect(planned).toMatchObject({ code: 0, outputs: { outcome: 'planned', changed: 'true' } });
    expect(github.comments).toMatchObject([{ issue: 7, user: ACTIONS_BOT }]);
    expect(github.comments[0]?.body).toContain('Deployment');
    expect(planned.log).toContain('comment: https://github.com/acme/deploy/pull/7#issuecomment-1');
    expect(world.writes('deployer')).toEqual([]);
    expect(await world.history()).toEqual([]);

    const changed = await runStep(
      github.url,
      { set: 'message=other' },
      { ...PULL_REQUEST, run: '4712' },
    );
    expect(changed.outputs).toMatchObject({ outcome: 'planned' });
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('runs/4712');

    const deployed = await runStep(github.url, { set: 'message=other' }, { ...PUSH, run: '4713' });
    expect(deployed).toMatchObject({ code: 0, outputs: { outcome: 'deployed', revision: '1' } });
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain('runs/4713');
    expect(github.comments[0]?.body).toContain('installed, revision 1');
  });
});

describe('a plan', () => {
  beforeEach(async () => {
    world = await openWorld('4.2.3');
  });

  test('leaves a comment with our marker by somebody else alone', async () => {
    const first = await startGitHub();
    await runStep(first.url, {}, PULL_REQUEST);
    const body = first.comments[0]?.body ?? '';

    const github = await startGitHub({ comments: [{ issue: 7, body, user: STRANGER }] });
    await runStep(github.url, { set: 'message=other' }, PULL_REQUEST);
    expect(github.comments).toMatchObject([{ user: STRANGER, body }, { user: ACTIONS_BOT }]);
    expect(github.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  test('without the right to comment: the summary has it, and the log names the permission', async () => {
    const github = await startGitHub({ permission: 'read' });
    const { code, outputs, summary, log } = await runStep(github.url, {}, PULL_REQUEST);
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ outcome: 'planned' });
    expect(summary).toContain('Deployment');
    expect(log.split('\n').filter((line) => line.includes('comment'))).toEqual([
      'note: The pull request comment was not written: GitHub answered 403. Give the job `permissions: pull-requests: write`; on pull requests from forks the token can only read, and the job summary is all there is.',
    ]);
  });

  test('GitHub cannot be reached: nothing changes but the note', async () => {
    const { url, close } = await startGitHub();
    await close();
    const { code, outputs, log } = await runStep(url, {}, PULL_REQUEST);
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ outcome: 'planned' });
    expect(log).toMatch(
      /note: The pull request comment was not written: .*ECONNREFUSED.* The job summary has everything\./,
    );
  });

  test('a huge one stays under the limit, and under that of a server with a smaller one', async () => {
    const inputs = { chart: '__tests__/charts/many', 'values-inline': 'groups: 500' };
    for (const maxBody of [LIMIT, 10_000]) {
      const github = await startGitHub({ maxBody });
      const { code, log } = await runStep(github.url, inputs, PULL_REQUEST);
      expect(code).toBe(0);
      expect(log).toContain(`Deployment ${world.namespace}/web-499`);
      const [comment] = github.comments;
      expect(comment?.body.length).toBeLessThanOrEqual(maxBody);
      expect(comment?.body).toContain('2500 to create');
      expect(comment?.body).toContain(`${world.namespace}/web`);
      expect(comment?.body).toMatch(/runs\/4711/);
      // A whole rendering, never the beginning of one.
      expect(comment?.body).toMatch(/<\/sub>$/);
    }
  });

  test('needs no more than view and reading Secrets, and writes nothing', async () => {
    const rbac = `/apis/rbac.authorization.k8s.io/v1/namespaces/${world.namespace}`;
    const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }];
    await world.api(`${rbac}/roles`, {
      method: 'POST',
      body: { metadata: { name: 'plan' }, rules },
    });
    await world.api(`${rbac}/rolebindings`, {
      method: 'POST',
      body: {
        metadata: { name: 'plan' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'plan' },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'reader' }],
      },
    });
    await world.run();
    const before = await world.history();
    const changed = await world.run({ command: 'plan', set: 'tag=1.1' }, { user: 'reader' });
    expect(changed).toMatchObject({ code: 0, outputs: { outcome: 'planned' } });
    expect(changed.log).toContain('registry.example.com/shop/web:1.1');

    // Without the right to try an apply it cannot be proved that the cluster is as it should be.
    const same = await world.run({ command: 'plan' }, { user: 'reader' });
    expect(same.code).toBe(0);
    expect(same.log).toMatch(/could not be compared with the cluster: .*cannot patch resource/);
    expect(world.writes('reader')).toEqual([]);
    expect(await world.history()).toEqual(before);
  });
});

test('auto: the event decides between plan and deploy', async () => {
  world = await openWorld('4.2.3');
  await world.run();
  const events = ['pull_request', 'merge_group', 'push', 'workflow_dispatch', 'release'];
  const decided: string[] = [];
  for (const event of events) {
    const { outputs } = await world.run({ command: 'auto' }, { event });
    expect(outputs).toMatchObject({ outcome: 'unchanged' });
    decided.push(`${event}: ${JSON.parse(outputs['result'] ?? '').command}`);
  }
  expect(decided).toEqual([
    'pull_request: plan',
    'merge_group: plan',
    'push: deploy',
    'workflow_dispatch: deploy',
    'release: deploy',
  ]);
});

test('helm is on the PATH of later steps, and every output is there', async () => {
  world = await openWorld('3.17.3');
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-path-'));
  endings.push(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'path');
  writeFileSync(file, '');
  const { outputs } = await world.run({}, { environment: { GITHUB_PATH: file } });
  const [added = ''] = readFileSync(file, 'utf8').trim().split('\n');
  expect(added).toMatch(/helm\/3\.17\.3\/x64$/);
  expect(readFileSync(path.join(added, 'helm'))).toBeDefined();
  expect(outputs).toMatchObject({
    outcome: 'deployed',
    'reason-code': 'deployed',
    changed: 'true',
    revision: '1',
    url: '',
  });
  expect(JSON.parse(outputs['result'] ?? '')).toMatchObject({ schema: 1, command: 'deploy' });
});
