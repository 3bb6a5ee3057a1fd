/* The acceptance list of the login: every edge case of auth.md, section 11, with what the user reads. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { DeployError, DeployErrors } from '../../src/errors.ts';
import { AWS } from './edge-cases/aws.ts';
import { type EdgeCase, type Scene, startScene } from './edge-cases/edge-case.ts';
import { GITHUB } from './edge-cases/github.ts';
import { GOOGLE } from './edge-cases/google.ts';
import { KUBECONFIG } from './edge-cases/kubeconfig.ts';

const CASES: readonly EdgeCase[] = [...GITHUB, ...AWS, ...GOOGLE, ...KUBECONFIG];
const LAST = 62;

test('every number is here, in order', () => {
  const numbers = [...new Set(CASES.map(({ number }) => number))];
  expect(numbers).toEqual(Array.from({ length: LAST }, (_, i) => i + 1));
});

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => scene.reset());
afterAll(() => scene.stop());

test.each(CASES)('$number: $when', async (edge) => {
  if ('proof' in edge) {
    const { file, test } = edge.proof;
    expect(readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8')).toContain(test);
    return;
  }
  const result = await provoke(edge);
  const { code, message, hint, asked } = edge;
  expect(toTold(result)).toEqual({ code, message, hint });
  expect(findSecrets(result)).toEqual([]);
  if (asked) expect([asked[0], scene.aws.aws.count(asked[0])]).toEqual(asked);
});

async function provoke(edge: Extract<EdgeCase, { provoke: unknown }>): Promise<unknown> {
  try {
    return await edge.provoke(scene);
  } catch (error) {
    return error;
  }
}

function toTold(result: unknown): object {
  if (typeof result === 'string') return { message: withoutChance(result) };
  const isError = result instanceof DeployError || result instanceof DeployErrors;
  const problems = isError ? result.problems : [result];
  expect(problems).toMatchObject([{ code: expect.any(String), message: expect.any(String) }]);
  const [{ code, message, hint }] = problems as [DeployError];
  return { code, message: withoutChance(message), hint: withoutChance(hint) };
}

/** What differs from run to run. */
function withoutChance(text: string): string {
  return text
    .replace(/(?<=clock is )\d+(?= s )/, 'N')
    .replace(/[\d,]+(?= bytes >)/, 'N')
    .replace(/(?<=127\.0\.0\.1:)\d{4,}/, 'N');
}

/** All that a double gave out or that a case gave in, in anything that is told. */
function findSecrets(result: unknown): readonly string[] {
  const { aws, jobs } = scene;
  const told = inspect([result, aws.logged, jobs.map(({ logged, warned }) => [logged, warned])], {
    depth: 12,
    showHidden: true,
  });
  const given = [
    ...[...aws.hidden, ...jobs.flatMap(({ hidden }) => hidden)],
    ...[...aws.github.given, aws.github.environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN],
    ...[...aws.aws.sessions.values()].flatMap((it) => [it.secretAccessKey, it.sessionToken]),
    'hunter2',
  ];
  return given.filter((secret) => secret !== '' && told.includes(secret));
}
