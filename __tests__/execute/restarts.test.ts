import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type RestartMemory,
  rememberRestarts,
  restartsSince,
  toContainers,
} from '../../src/execute/restarts.ts';
import type { KubeObject } from '../../src/release/object.ts';
import { type ContainerState, makePod } from './pods.ts';

const since = (memory: RestartMemory, pod: KubeObject, index = 0) => {
  const container = toContainers(pod)[index];
  if (!container) throw new Error('no container');
  return restartsSince(memory, pod, container);
};
const pod = (state: ContainerState, uid = 'uid-1') => makePod({ uid, containers: [state] });

test('a pod that is new counts from its first start', () => {
  expect(since(new Map(), pod({ restarts: 3 }))).toBe(3);
});

test('what crashed before the operation does not count', () => {
  const memory: RestartMemory = new Map();
  rememberRestarts(memory, [pod({ restarts: 7 })], 'all');
  expect(since(memory, pod({ restarts: 7 }))).toBe(0);
  expect(since(memory, pod({ restarts: 9 }))).toBe(2);
  // The pod that replaces it begins anew.
  expect(since(memory, pod({ restarts: 3 }, 'uid-2'))).toBe(3);
});

test('ready in between, it counts anew', () => {
  const memory: RestartMemory = new Map();
  rememberRestarts(memory, [pod({ restarts: 2, ready: true })], 'ready');
  rememberRestarts(memory, [pod({ restarts: 3 })], 'ready');
  expect(since(memory, pod({ restarts: 3 }))).toBe(1);
});

test('not ready, it goes on counting', () => {
  const memory: RestartMemory = new Map();
  rememberRestarts(memory, [pod({ restarts: 2 })], 'ready');
  expect(since(memory, pod({ restarts: 3 }))).toBe(3);
});

test('containers of a pod are told apart, init containers first', () => {
  const both = makePod({
    init: [{ name: 'wait', restarts: 4 }],
    containers: [{ restarts: 1, ready: true }],
  });
  expect(toContainers(both).map(({ name, init }) => [name, init])).toEqual([
    ['wait', true],
    ['main', false],
  ]);
  const memory: RestartMemory = new Map();
  rememberRestarts(memory, [both], 'ready');
  expect([since(memory, both, 0), since(memory, both, 1)]).toEqual([4, 0]);
});

test('reads any status without throwing', () => {
  const statuses = fc.oneof(
    fc.jsonValue(),
    fc.record({ containerStatuses: fc.array(fc.jsonValue()) }),
  );
  fc.assert(
    fc.property(statuses, (status) => {
      for (const { restarts } of toContainers({ ...makePod(), status })) {
        expect(typeof restarts).toBe('number');
      }
    }),
    { seed: 7, numRuns: 300 },
  );
});
