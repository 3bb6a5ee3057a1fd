import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { INPUTS } from '../src/config/inputs.ts';
import { editDistance, findNearest } from '../src/nearest.ts';

const NAMES = INPUTS.map((input) => input.name);

describe('the nearest input', () => {
  test.each([
    ['relase', 'release'],
    ['realese', 'release'],
    ['name-space', 'namespace'],
    ['helm_version', 'helm-version'],
    ['kube-config', 'kubeconfig'],
    ['value', 'values'],
    ['On-Failure', 'on-failure'],
    ['zzz', undefined],
    ['production', undefined],
  ])('%s → %s', (written, nearest) => {
    expect(findNearest(written, NAMES)[0]).toBe(nearest);
  });

  test('is found for any text without an error, and is one of the inputs', () => {
    fc.assert(
      fc.property(fc.string(), (written) => {
        for (const name of findNearest(written, NAMES)) expect(NAMES).toContain(name);
      }),
    );
  });

  test('is found for every input with two neighbours swapped', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES.filter((name) => name.length > 3)),
        fc.nat(),
        (name, n) => {
          const at = n % (name.length - 1);
          const swapped = `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
          expect(findNearest(swapped, NAMES)[0]).toBe(name);
        },
      ),
    );
  });

  test('distance is symmetric, and zero only for equals', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
