/* What every case starts from: a checkout in which nothing is wrong. */

/** Besides the chart of `__tests__/charts/picky`, in `charts/picky`. */
export const CHECKOUT: Readonly<Record<string, string>> = {
  'values/production.yaml': 'replicas: 3\n',
};

const RELEASE = ['chart: charts/picky', 'namespace: <namespace>'];

/** A slipway.yaml whose release `web` has these lines as well, from line 7 on unless one replaces a field. */
export function inRelease(...lines: readonly string[]): string {
  const own = RELEASE.filter((line) => !lines.some((other) => keyOf(other) === keyOf(line)));
  return toConfig([], [...own, ...lines]);
}

/** One whose environment `production` has these lines, from line 3 on. */
export function inEnvironment(...lines: readonly string[]): string {
  return toConfig(lines, RELEASE);
}

/** `chart: x` and `chart:` with lines below are both the field `chart`. */
function keyOf(line: string): string {
  return line.split(':')[0] ?? '';
}

function toConfig(environment: readonly string[], release: readonly string[]): string {
  const cluster = 'cluster: { kubeconfig: kubeconfig.yaml }';
  const isOwn = environment.some((line) => keyOf(line) === 'cluster');
  return [
    'environments:',
    '  production:',
    ...(isOwn ? [] : [`    ${cluster}`]),
    ...environment.map((line) => `    ${line}`),
    'releases:',
    '  web:',
    ...release.map((line) => `    ${line}`),
    '',
  ].join('\n');
}
