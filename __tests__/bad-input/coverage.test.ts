import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { listHomes } from '../../src/config/file/problems/homes.ts';
import { findReasonCodes } from '../docs/reason-codes.ts';
import { BAD_INPUTS } from './all.ts';
import { codesOf } from './case.ts';

/*
 * Every reason code that stops a run before the cluster is changed has a case that shows its words, and
 * every field of slipway.yaml one that shows what is said about it. Codes of another kind are listed here
 * with the test that has them.
 */

const ELSEWHERE: readonly {
  readonly why: string;
  /** Test by code, below `__tests__/`. */
  readonly tests: Readonly<Record<string, string>>;
}[] = [
  {
    why: 'what a plan or deploy came to, without an error',
    tests: {
      absent: 'plan/planner.test.ts',
      'in-sync': 'plan/planner.test.ts',
      'out-of-sync': 'plan/planner.test.ts',
      drifted: 'plan/planner.test.ts',
      failed: 'plan/planner.test.ts',
      checked: 'report/overall.test.ts',
      ready: 'login/setup.test.ts',
      unchanged: 'cluster/deploy.test.ts',
      deployed: 'cluster/deploy.test.ts',
      verified: 'execute/execute.test.ts',
    },
  },
  {
    why: 'a warning, which stops nothing',
    tests: {
      'values-trap': 'release/yaml-traps.test.ts',
      'values-duplicate-key': 'release/yaml-traps.test.ts',
      'late-bound': 'config/file/variables.test.ts',
      'kubectl-skew': 'release/skew.test.ts',
      'helm-variables-ignored': 'auth/edge-cases/kubeconfig.ts',
    },
  },
  {
    why: 'what GitHub or a cloud answers: the list of auth.md §11, number by number',
    tests: {
      'oidc-unavailable': 'auth/edge-cases/github.ts',
      'oidc-failed': 'auth/edge-cases/github.ts',
      'login-missing': 'auth/edge-cases/aws.ts',
      'login-refused': 'auth/edge-cases/aws.ts',
      'login-failed': 'auth/edge-cases/kubeconfig.ts',
      'login-expired': 'auth/edge-cases/aws.ts',
      'clock-skew': 'auth/edge-cases/aws.ts',
      'account-not-allowed': 'auth/edge-cases/aws.ts',
      'cluster-unreadable': 'auth/edge-cases/aws.ts',
      'cluster-not-found': 'auth/edge-cases/aws.ts',
      'cluster-not-ready': 'auth/edge-cases/aws.ts',
      'cluster-endpoint-unavailable': 'auth/edge-cases/google.ts',
      'proxy-refused': 'auth/edge-cases/kubeconfig.ts',
    },
  },
  {
    why: 'another run or another release is needed for it',
    tests: {
      cancelled: 'cluster/interrupted.test.ts',
      locked: 'cluster/lock.test.ts',
      superseded: 'execute/lease.test.ts',
      'release-locked': 'release/helm-error.test.ts',
      'hook-running': 'execute/execute.test.ts',
      'needs-failed': 'report/told.test.ts',
    },
  },
  {
    why: 'said by helm or the API server only when it applies, with our lease held',
    tests: {
      'admission-denied': 'release/helm-error.test.ts',
      'apply-conflict': 'cluster/helm-surface.test.ts',
      'crd-not-established': 'execute/crds.test.ts',
      'crd-refused': 'execute/crds.test.ts',
      'immutable-field': 'release/helm-error.test.ts',
      'kind-unknown': 'cluster/not-known-yet.test.ts',
      'namespace-terminating': 'release/helm-error.test.ts',
      'object-invalid': 'release/helm-error.test.ts',
      'ownership-conflict': 'cluster/helm-surface.test.ts',
      'quota-exceeded': 'release/helm-error.test.ts',
      'record-too-large': 'release/helm-error.test.ts',
      'release-not-found': 'release/helm-error.test.ts',
      'webhook-unavailable': 'release/helm-error.test.ts',
    },
  },
  {
    why: 'found in a rollout',
    tests: {
      'claim-pending': 'execute/diagnosis.test.ts',
      'config-error': 'execute/diagnosis.test.ts',
      'crash-loop': 'cluster/deploy.test.ts',
      'create-refused': 'execute/diagnosis.test.ts',
      'hook-failed': 'cluster/first-install.test.ts',
      'image-pull': 'execute/diagnosis.test.ts',
      'invalid-image': 'cluster/deploy.test.ts',
      'job-failed': 'execute/diagnosis.test.ts',
      'not-ready': 'execute/watch.test.ts',
      'pod-failed': 'execute/diagnosis.test.ts',
      'probe-failing': 'execute/diagnosis.test.ts',
      'rollback-failed': 'execute/execute.test.ts',
      timeout: 'execute/execute.test.ts',
      unschedulable: 'execute/diagnosis.test.ts',
    },
  },
  {
    why: 'nothing that a user writes leads there',
    tests: {
      'internal-error': 'report/build.test.ts',
      'runner-disk': 'login/lingering.test.ts',
      'output-too-long': 'adapters/command.test.ts',
      'program-missing': 'adapters/command.test.ts',
      'release-name-invalid': 'release/helm-error.test.ts',
    },
  },
];
const MOST_CASES = 9;

describe('reason codes', () => {
  /** Names of the cases of each; what the majors of helm say in other words is one case. */
  const cases = new Map<string, Set<string>>();
  for (const given of BAD_INPUTS) {
    for (const code of codesOf(given)) {
      cases.set(code, (cases.get(code) ?? new Set()).add(given.name));
    }
  }
  const elsewhere = new Map(ELSEWHERE.flatMap(({ tests }) => Object.entries(tests)));

  test('each has a case here or a test elsewhere, never both', () => {
    const covered = [...cases.keys(), ...elsewhere.keys()];
    expect(covered.toSorted()).toEqual([...findReasonCodes().keys()].toSorted());
  });

  test('none has more cases than anybody reads', () => {
    expect([...cases].filter(([, names]) => names.size > MOST_CASES)).toEqual([]);
  });

  test.each([...elsewhere])('%s is told in %s', (code, file) => {
    const text = readFileSync(path.join(import.meta.dirname, '..', file), 'utf8');
    expect(new RegExp(`['"[]${code}['"\\]]`).test(text)).toBe(true);
  });
});

test('every field of slipway.yaml has a case', () => {
  const covered = BAD_INPUTS.flatMap(({ fields = [] }) => fields);
  expect([...new Set(covered)].toSorted()).toEqual(listFields().toSorted());
});

/** The fields of a release stand in `defaults` and in its environments as well; they are the same. */
function listFields(): readonly string[] {
  const again = /^(?:defaults|releases\.<name>\.environments\.<name>)(?:\.|$)/;
  return listHomes().flatMap(({ path: home, fields }) =>
    again.test(home.join('.')) ? [] : Object.keys(fields).map((name) => [...home, name].join('.')),
  );
}

test('no two cases have the same name', () => {
  const titles = BAD_INPUTS.flatMap(({ name, helm = [4] }) => helm.map((one) => `${name} ${one}`));
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});
