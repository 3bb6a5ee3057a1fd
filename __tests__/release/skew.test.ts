import { expect, test } from '@jest/globals';
import { checkSkew } from '../../src/release/skew.ts';

test.each([
  ['1.36.3', 'v1.36.3'],
  ['1.35.9', 'v1.36+'],
  ['1.30.0', 'v1.29.4-eks-1'],
  ['1.30.2', 'v1.31.0+k3s1'],
  ['1.36.3', 'unknown'],
])('kubectl %s and a server %s: nothing to say', (kubectl, server) => {
  expect(checkSkew(kubectl, server)).toBeUndefined();
});

test.each([
  [
    '1.36.3',
    'v1.29.4-eks-1',
    "kubectl 1.36.3 is 7 minor versions newer than the cluster's API server, v1.29.4-eks-1; it is made for one at most.",
    'Set `kubectl-version` to `1.29`.',
  ],
  [
    '1.9.11',
    'v1.11+',
    "kubectl 1.9.11 is 2 minor versions older than the cluster's API server, v1.11+; it is made for one at most.",
    'Set `kubectl-version` to `1.11`.',
  ],
])('kubectl %s and a server %s: a warning', (kubectl, server, message, hint) => {
  expect(checkSkew(kubectl, server)).toEqual({ code: 'kubectl-skew', message, hint });
});
