/*
 * Every way in which what a user gives can be wrong, and what is read then: a sentence and a hint for
 * each problem, exit code 1, and a cluster in which nothing was written. The cases are in
 * `__tests__/bad-input/`, and what they cover is counted there.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { BAD_INPUTS } from '../bad-input/all.ts';
import { codesOf } from '../bad-input/case.ts';
import { runCase } from '../bad-input/run-case.ts';
import { type Servers, startServers } from '../bad-input/servers.ts';
import { placesToAnnotate } from '../bad-input/told.ts';
import { createWorld, type World } from './world.ts';

const CASES = HELMS.flatMap(({ major, version }) =>
  BAD_INPUTS.filter(({ helm = [4] }) => helm.includes(major)).map((given) => ({
    title: given.helm ? `${given.name} (helm ${version})` : given.name,
    given,
    version,
  })),
);

/** Passwords in the inputs and files of the cases. */
const SECRETS = /hunter2|registry-pass & word/;

let world: World;
let servers: Servers;
beforeAll(async () => {
  world = await createWorld('4.2.3');
  servers = await startServers();
});
afterAll(async () => {
  await servers.stop();
  await world.end();
});

test.concurrent.each(CASES)('$title', async ({ given, version }) => {
  const ran = await runCase(given, version, { world, places: servers.places });
  expect(ran.told).toEqual(given.told);
  expect(ran).toMatchObject({
    code: 1,
    outputs: {
      outcome: 'refused',
      'reason-code': codesOf(given)[0],
      changed: 'false',
      revision: '',
    },
    summary: expect.stringContaining('The cluster was not touched.'),
    annotated: placesToAnnotate(given.told),
    log: expect.not.stringMatching(SECRETS),
    writes: [],
  });
});

test('none of them made a namespace', async () => {
  expect((await world.api('/api/v1/namespaces/nowhere')).status).toBe(404);
});
