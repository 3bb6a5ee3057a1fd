import type { BadInput } from './case.ts';
import { inRelease } from './checkout.ts';

const CONFIG = 'charts/picky/templates/config.yaml';

/** What helm says of the chart with its values, and what we make of it. */
export const RENDERING: readonly BadInput[] = [
  {
    name: 'values against the schema',
    inputs: { set: 'replicas=2', 'values-inline': 'domain: Shop.example.com' },
    helm: [4],
    told: [],
  },
  {
    name: 'values against the schema',
    inputs: { set: 'replicas=2' },
    helm: [3],
    told: [],
  },
  {
    name: 'schema that is none',
    files: { 'charts/picky/values.schema.json': '{ "type": "strin" }' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'value that is empty where the template reads below it',
    inputs: { 'values-inline': 'database: null' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'value that the chart requires',
    inputs: { set: 'domain=' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'value that makes the chart fail',
    inputs: { 'values-inline': 'legacy: true' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'value that breaks the rendered YAML',
    inputs: { set: 'note=a: b' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'template that is none',
    files: { [CONFIG]: 'apiVersion: v1\nkind: {{ .Values.kind\n' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'template that calls one which is not there',
    files: { [CONFIG]: '{{ include "picky.labels" . }}\n' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'template that prints no object',
    files: { [CONFIG]: 'hello: world\n' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'template that prints a list',
    files: { [CONFIG]: '- hello\n' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'template that prints an object without a name',
    files: { [CONFIG]: 'apiVersion: v1\nkind: ConfigMap\n' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'weight of a hook that is none',
    files: {
      [CONFIG]: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  annotations: { helm.sh/hook: pre-upgrade, helm.sh/hook-weight: first }\n',
    },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'post-renderer that fails',
    fields: ['releases.<name>.post-renderer'],
    config: inRelease('post-renderer: scripts/label.sh'),
    files: { 'scripts/label.sh': '#!/bin/sh\necho "reading labels" >&2\necho "no team given" >&2\nexit 3\n' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'post-renderer that prints nothing',
    fields: ['releases.<name>.post-renderer'],
    config: inRelease('post-renderer: scripts/label.sh'),
    files: { 'scripts/label.sh': '#!/bin/sh\nexit 0\n' },
    told: [],
  },
  {
    name: 'post-renderer that prints no manifest',
    fields: ['releases.<name>.post-renderer'],
    config: inRelease('post-renderer: scripts/label.sh'),
    files: { 'scripts/label.sh': '#!/bin/sh\necho "done: a: b"\n' },
    helm: [3, 4],
    told: [],
  },
  {
    name: 'kustomization that cannot be built',
    fields: ['releases.<name>.post-renderer.kustomization'],
    config: inRelease('post-renderer: { kustomization: kustomize }'),
    files: { 'kustomize/kustomization.yaml': 'resources: [all.yaml, nothing.yaml]\n' },
    told: [],
  },
];
