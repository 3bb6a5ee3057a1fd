import type { BadInput } from './case.ts';
import { inRelease } from './checkout.ts';

const CHART = (...lines: readonly string[]) =>
  ['apiVersion: v2', 'name: picky', 'version: 1.0.0', ...lines, ''].join('\n');

/** Charts in a folder: where they are, and what their Chart.yaml says. */
export const CHARTS: readonly BadInput[] = [
  {
    name: 'chart not found, with a similar one beside it',
    inputs: { chart: 'charts/pikky' },
    told: [
      '`chart` names `charts/pikky`, but there is no folder <workspace>/charts/pikky. [chart-missing]',
      '→ Did you mean `charts/picky`?',
    ],
  },
  {
    name: 'chart not found, nothing like it there',
    inputs: { chart: 'helm/shop' },
    told: [
      '`chart` names `helm/shop`, but there is no folder <workspace>/helm/shop. [chart-missing]',
      '→ Give the folder of a chart that is there: `charts/picky`. If `helm/shop` is what `helm repo add` made of it: such names are not known here; write `shop`, and the address of its repository as `chart-repository`.',
    ],
  },
  {
    name: 'Chart.yaml missing, and a chart below',
    inputs: { chart: 'charts' },
    told: [
      '`chart` names `charts`, but there is no Chart.yaml in the folder <workspace>/charts. [chart-yaml-missing]',
      '→ Did you mean `charts/picky`?',
    ],
  },
  {
    name: 'Chart.yaml missing',
    inputs: { chart: 'values' },
    told: [
      '`chart` names `values`, but there is no Chart.yaml in the folder <workspace>/values. [chart-yaml-missing]',
      '→ Give the folder that holds Chart.yaml.',
    ],
  },
  {
    name: 'archive instead of its folder',
    inputs: { chart: 'picky-1.0.0.tgz' },
    files: { 'picky-1.0.0.tgz': '' },
    told: [
      '`chart` names the file `picky-1.0.0.tgz`, not a folder. [chart-not-a-folder]',
      '→ Unpack it in an earlier step (`tar -xzf`) and give the folder.',
    ],
  },
  {
    name: 'file instead of its folder',
    fields: ['releases.<name>.chart'],
    config: inRelease('chart: charts/picky/Chart.yaml'),
    told: [
      'slipway.yaml:7:5: `chart` names the file `charts/picky/Chart.yaml`, not a folder. [chart-not-a-folder]',
      '→ Give its folder: `chart: charts/picky`.',
    ],
  },
  {
    name: 'version of a folder',
    fields: ['releases.<name>.chart.version'],
    config: inRelease('chart: { name: charts/picky, version: 1.0.0 }'),
    told: [
      'slipway.yaml:7:14: `chart.version` is given, but the chart is a folder. [chart-version-unused]',
      "→ Remove `chart.version`: the folder's Chart.yaml says its version. For a chart of a repository give `chart.repository` as well.",
    ],
  },
  {
    name: 'Chart.yaml that is not YAML',
    files: { 'charts/picky/Chart.yaml': 'apiVersion: v2\nname: "picky\nversion: 1.0.0\n' },
    told: [
      'charts/picky/Chart.yaml:4:1: The chart\'s charts/picky/Chart.yaml is not valid YAML: line 4, column 1: the closing " is missing. [chart-invalid]',
      '→ Correct it there, or just before.',
    ],
  },
  {
    name: 'library chart',
    files: { 'charts/picky/Chart.yaml': CHART('type: library') },
    told: [
      'Rendering chart charts/picky failed: charts/picky is a library chart, which has nothing to install. [chart-invalid]',
      '→ Deploy a chart that has it as a dependency.',
    ],
  },
  {
    name: 'dependency of a repository that is not there',
    files: {
      'charts/picky/Chart.yaml': CHART(
        'dependencies:',
        '  - { name: redis, version: 1.0.0, repository: "https://127.0.0.1:1/charts" }',
      ),
    },
    told: [
      'Fetching the dependencies of charts/picky failed: https://127.0.0.1:1 was not reached: Get "https://127.0.0.1:1/charts/index.yaml": dial tcp 127.0.0.1:1: connect: connection refused. [repository-unreachable]',
      '→ Check the address, and that this runner may reach it (proxy, firewall, VPN); run again when the server was busy.',
    ],
  },
  {
    name: 'dependencies that do not fit the lock file',
    files: {
      'charts/picky/Chart.yaml': CHART(
        'dependencies:',
        '  - { name: redis, version: 1.0.0, repository: "https://127.0.0.1:1/charts" }',
      ),
      'charts/picky/Chart.lock':
        'dependencies:\n  - { name: redis, version: 0.9.0, repository: "https://127.0.0.1:1/charts" }\ndigest: sha256:0\ngenerated: "2026-01-01T00:00:00Z"\n',
    },
    told: [
      'Fetching the dependencies of charts/picky failed: Chart.lock does not fit the dependencies in Chart.yaml. [dependencies-missing]',
      '→ Run `helm dependency update charts/picky` and commit the lock file.',
    ],
  },
  {
    name: 'dependency of a repository that only a developer has',
    files: {
      'charts/picky/Chart.yaml': CHART(
        'dependencies:',
        '  - { name: redis, version: 1.0.0, repository: "@bitnami" }',
      ),
    },
    helm: [3, 4],
    told: [
      'charts/picky/Chart.yaml: Fetching the dependencies of charts/picky failed: Chart.yaml names the repository @bitnami, which only a machine knows where `helm repo add` was run. [dependencies-missing]',
      '→ Write its address (`https://…`) as the `repository` of the dependency, and run `helm dependency update`.',
    ],
  },
  {
    name: 'dependency in a folder that is not there',
    files: {
      'charts/picky/Chart.yaml': CHART(
        'dependencies:',
        '  - { name: common, version: 1.0.0, repository: "file://../common" }',
      ),
    },
    told: [
      'charts/picky/Chart.yaml: Fetching the dependencies of charts/picky failed: there is no folder of the dependency common. [dependencies-missing]',
      '→ Correct its `repository` in Chart.yaml: `file://` and the path from the chart, or the address where it is.',
    ],
  },
  {
    name: 'Kubernetes too old for the chart',
    files: { 'charts/picky/Chart.yaml': CHART('kubeVersion: ">=1.99"') },
    helm: [3, 4],
    told: [
      'Rendering chart charts/picky failed: the chart needs Kubernetes >=1.99, and the cluster has v1.36.3. [kubernetes-version]',
      '→ Use a version of the chart for this cluster, or upgrade the cluster.',
    ],
  },
];
