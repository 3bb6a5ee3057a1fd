import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseHelmArgs } from '../../src/config/helm-args.ts';
import { DeployErrors } from '../../src/errors.ts';

const parse = (...lines: string[]) => parseHelmArgs(lines.map((text) => ({ text })));
const problemsOf = (...lines: string[]) => {
  try {
    parse(...lines);
  } catch (error) {
    if (error instanceof DeployErrors) return error.problems;
    throw error;
  }
  return [];
};

test.each([
  ['--enable-dns', '--enable-dns'],
  ['  --enable-dns  ', '--enable-dns'],
  ['--description=a text', '--description=a text'],
  ['--description a text', '--description=a text'],
  ['--description "a text"', '--description=a text'],
  ["--description='a = b'", '--description=a = b'],
  ['--description=', '--description='],
  ['--labels team=data', '--labels=team=data'],
  ['--qps 5', '--qps=5'],
  // Not ours although they begin like something of ours.
  ['--no-hooks', '--no-hooks'],
  ['--hide-notes', '--hide-notes'],
])('%s', (line, expected) => {
  expect(parse(line)).toEqual([expected]);
});

describe('what has a field of ours is refused, with that field', () => {
  test.each([
    ['--atomic', '`on-failure: rollback`'],
    ['--rollback-on-failure', '`on-failure: rollback`'],
    ['--wait', '`wait: helm`'],
    ['--wait=legacy', '`wait: helm`'],
    ['--wait-for-jobs', '`wait: helm`'],
    ['--timeout 5m', '`timeout`'],
    ['--history-max=3', '`history-max`'],
    ['--dry-run=server', '`command: plan`'],
    ['--values a.yaml', '`values`'],
    ['--set a=b', '`set`'],
    ['--set-string a=b', '`set`'],
    ['--set-json a=1', '`set-json`'],
    ['--set-file a=b', '`set-file`'],
    ['--reuse-values', '`values`'],
    ['--namespace x', '`namespace`'],
    ['--create-namespace', '`create-namespace`'],
    ['--kube-context x', '`kube-context`'],
    ['--kube-token x', '`kubeconfig`'],
    ['--version 1', '`chart-version`'],
    ['--repo https://x', '`chart-repository`'],
    ['--password x', '`registry-password`'],
    ['--post-renderer x', '`post-renderer`'],
    ['--post-renderer-args x', '`post-renderer`'],
    ['--server-side=false', '`server-side`'],
    ['--force-conflicts', '`force-conflicts`'],
    ['--take-ownership', '`take-ownership`'],
    ['--skip-schema-validation', '`skip-schema-validation`'],
    ['--skip-crds', '`crds`'],
    ['--labels a=b,slipway-verified=3', 'another name'],
    ['--force', 'Delete the one object'],
    ['--debug', 'debug logging'],
    ['--help', 'Leave it out'],
    ['--install', 'Leave it out'],
  ])('%s', (line, instead) => {
    const [problem] = problemsOf(line);
    expect(problem?.code).toBe('helm-args-refused');
    expect(problem?.message).toContain(line.split(/[ =]/)[0]);
    expect(problem?.hint).toContain(instead);
  });
});

test('what is no long flag is invalid, and its text is not repeated', () => {
  expect(problemsOf('-f values.yaml', 'my-password', '--', '---x')).toEqual([
    {
      code: 'helm-args-invalid',
      message: '`helm-args` has the short flag -f.',
      hint: 'Write the long form of it, such as `--description=text`.',
    },
    ...Array.from({ length: 3 }, () => ({
      code: 'helm-args-invalid',
      message:
        '`helm-args` has an entry that is no flag of helm: it does not begin with two dashes and a name.',
      hint: 'Write one flag an entry, such as `--enable-dns` or `--description=text`; the chart, the release and values have fields of their own.',
    })),
  ]);
});

test('any text is an argument or a problem, and never two arguments', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `--${text}`),
      ),
      (text) => {
        try {
          expect(parse(text)).toEqual([expect.stringMatching(/^--[A-Za-z0-9]/)]);
        } catch (error) {
          if (!(error instanceof DeployErrors)) throw error;
          expect(error.problems).toHaveLength(1);
        }
      },
    ),
  );
});
