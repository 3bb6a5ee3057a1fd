import type { BadInput } from './case.ts';
import { inRelease } from './checkout.ts';

const CHART = (...lines: readonly string[]) => ['apiVersion: v2', 'name: picky', 'version: 1.0.0', ...lines, ''].join('\n');

/** Charts in a folder: where they are, and what their Chart.yaml says. */
export const CHARTS: readonly BadInput[] = [
  {
    name: 'chart not found, with a similar one beside it',
    inputs: { chart: 'charts/pikky' },
    told: [],
  },
  {
    name: 'chart not found, nothing like it there',
    inputs: { chart: 'helm/shop' },
    told: [],
  },
  {
    name: 'Chart.yaml missing, and a chart below',
    inputs: { chart: 'charts' },
    told: [],
  },
  {
    name: 'Chart.yaml missing',
    inputs: { chart: 'values' },
    told: [],
  },
  {
    name: 'archive instead of its folder',
    inputs: { chart: 'picky-1.0.0.tgz' },
    files: { 'picky-1.0.0.tgz': '' },
    told: [],
  },
  {
    name: 'file instead of its folder',
    fields: ['releases.<name>.chart'],
    config: inRelease('chart: charts/picky/Chart.yaml'),
    told: [],
  },
  {
    name: 'address instead of a folder',
    inputs: { chart: 'https://robot:hunter2@charts.example.com/picky-1.0.0.tgz' },
    told: [],
  },
  {
    name: 'version of a folder',
    fields: ['releases.<name>.chart.version'],
    config: inRelease('chart: { name: charts/picky, version: 1.0.0 }'),
    told: [],
  },
  {
    name: 'Chart.yaml that is not YAML',
    files: { 'charts/picky/Chart.yaml': 'apiVersion: v2\nname: "picky\nversion: 1.0.0\n' },
    told: [],
  },
  {
    name: 'Chart.yaml without a version',
    files: { 'charts/picky/Chart.yaml': 'apiVersion: v2\nname: picky\n' },
    told: [],
  },
  {
    name: 'Chart.yaml that helm does not take',
    files: { 'charts/picky/Chart.yaml': 'name: picky\nversion: one\n' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'library chart',
    files: { 'charts/picky/Chart.yaml': CHART('type: library') },
    told: [],
  },
  {
    name: 'dependency that is not there, without a lock file',
    files: {
      'charts/picky/Chart.yaml': CHART('dependencies:', '  - { name: redis, version: 1.0.0, repository: "https://127.0.0.1:1/charts" }'),
    },
    told: [],
  },
  {
    name: 'dependencies that do not fit the lock file',
    files: {
      'charts/picky/Chart.yaml': CHART('dependencies:', '  - { name: redis, version: 1.0.0, repository: "https://127.0.0.1:1/charts" }'),
      'charts/picky/Chart.lock': 'dependencies:\n  - { name: redis, version: 0.9.0, repository: "https://127.0.0.1:1/charts" }\ndigest: sha256:0\ngenerated: "2026-01-01T00:00:00Z"\n',
    },
    told: [],
  },
  {
    name: 'dependency of a repository that only a developer has',
    files: {
      'charts/picky/Chart.yaml': CHART('dependencies:', '  - { name: redis, version: 1.0.0, repository: "@bitnami" }'),
    },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'dependency in a folder that is not there',
    files: {
      'charts/picky/Chart.yaml': CHART('dependencies:', '  - { name: common, version: 1.0.0, repository: "file://../common" }'),
    },
    told: [],
  },
  {
    name: 'Kubernetes too old for the chart',
    files: { 'charts/picky/Chart.yaml': CHART('kubeVersion: ">=1.99"') },
    helm: [3, 4],
    told: [],
  },
];
