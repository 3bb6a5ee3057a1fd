import type { BadInput } from './case.ts';
import { inRelease } from './checkout.ts';

const CONFIG = 'charts/picky/templates/config.yaml';

/** What helm says of the chart with its values, and what we make of it. */
export const RENDERING: readonly BadInput[] = [
  {
    name: 'values against the schema',
    inputs: { set: 'replicas=2', 'values-inline': 'domain: Shop.example.com' },
    helm: [4],
    told: [
      "Rendering chart charts/picky failed: the values do not fit the chart's schema: domain: its text does not match pattern '^[a-z0-9.-]*$'; replicas: got string, want integer. [schema-violation]",
      '→ Correct these values; values.schema.json in the chart has the rules. `set` gives texts only: write numbers and switches into `values-inline`.',
    ],
  },
  {
    name: 'values against the schema',
    inputs: { set: 'replicas=2' },
    helm: [3],
    told: [
      "Rendering chart charts/picky failed: the values do not fit the chart's schema: replicas: Invalid type. Expected: integer, given: string. [schema-violation]",
      '→ Correct these values; values.schema.json in the chart has the rules. `set` gives texts only: write numbers and switches into `values-inline`.',
    ],
  },
  {
    name: 'schema that is none',
    files: { 'charts/picky/values.schema.json': '{ "type": "strin" }' },
    helm: [3],
    told: [
      'charts/picky/values.schema.json: Rendering chart charts/picky failed: values.schema.json of the chart picky is no JSON Schema: has a primitive type that is NOT VALID -- given: /strin/ Expected valid values are:[array boolean integer number null object string]. [chart-invalid]',
      '→ Correct the schema, or set `skip-schema-validation: true` in slipway.yaml.',
    ],
  },
  {
    name: 'schema that is none',
    files: { 'charts/picky/values.schema.json': '{ "type": "strin" }' },
    helm: [4],
    told: [
      "charts/picky/values.schema.json: Rendering chart charts/picky failed: values.schema.json of the chart picky is no JSON Schema: 'allOf' failed; type: 'anyOf' failed; type: got string, want array; type: value must be one of 'array', 'boolean', 'integer', 'null', 'number', 'object', 'string'. [chart-invalid]",
      '→ Correct the schema, or set `skip-schema-validation: true` in slipway.yaml.',
    ],
  },
  {
    name: 'value that is empty where the template reads below it',
    inputs: { 'values-inline': 'database: null' },
    helm: [3, 4],
    told: [
      'charts/picky/templates/config.yaml:10:23: Rendering chart charts/picky failed: charts/picky/templates/config.yaml, line 10: `.Values.database.host`: nil pointer evaluating interface {}.host. [template-error]',
      '→ Set `database` in the values: it is empty, and the template reads `host` from it.',
    ],
  },
  {
    name: 'value that the chart requires',
    inputs: { set: 'domain=' },
    helm: [3, 4],
    told: [
      'charts/picky/templates/config.yaml:9:14: Rendering chart charts/picky failed: the chart says: domain is the host name under which users reach the shop. [values-refused]',
      '→ Set the values so that the chart accepts them.',
    ],
  },
  {
    name: 'value that makes the chart fail',
    inputs: { 'values-inline': 'legacy: true' },
    helm: [3, 4],
    told: [
      'charts/picky/templates/config.yaml:2:5: Rendering chart charts/picky failed: the chart says: legacy was removed in 3.0; set modern instead. [values-refused]',
      '→ Set the values so that the chart accepts them.',
    ],
  },
  {
    name: 'value that breaks the rendered YAML',
    inputs: { set: 'note=a: b' },
    helm: [3, 4],
    told: [
      'charts/picky/templates/config.yaml: Rendering chart charts/picky failed: charts/picky/templates/config.yaml does not render to valid YAML: yaml: line 8: mapping values are not allowed in this context. [template-error]',
      '→ Run `helm template --debug` to see the text; its lines are not those of the template.',
    ],
  },
  {
    name: 'template that is none',
    files: { [CONFIG]: 'apiVersion: v1\nkind: {{ .Values.kind\n' },
    helm: [3, 4],
    told: [
      'charts/picky/templates/config.yaml:3: Rendering chart charts/picky failed: charts/picky/templates/config.yaml, line 3 is not a valid template: unclosed action started at picky/templates/config.yaml:2. [template-error]',
      '→ Correct the template there.',
    ],
  },
  {
    name: 'template that calls one which is not there',
    files: { [CONFIG]: '{{ include "picky.labels" . }}\n' },
    helm: [3, 4],
    told: [
      'charts/picky/templates/config.yaml:1:4: Rendering chart charts/picky failed: charts/picky/templates/config.yaml, line 1: `include "picky.labels" .`: there is no template "picky.labels". [template-error]',
      '→ Correct its name, define it in a file of `templates/`, or add the chart that has it to the dependencies.',
    ],
  },
  {
    name: 'template that prints no object',
    files: { [CONFIG]: 'hello: world\n' },
    helm: [3, 4],
    told: [
      'Document 2 of the rendered manifest (picky/templates/config.yaml) is not a Kubernetes object: no apiVersion. [manifest-invalid]',
      '→ Correct that template of the chart, or the values that it prints.',
    ],
  },
  {
    name: 'template that prints a list',
    files: { [CONFIG]: '- hello\n' },
    helm: [3, 4],
    told: [
      'charts/picky/templates/config.yaml: Rendering chart charts/picky failed: charts/picky/templates/config.yaml renders a document that is no map (array). [template-error]',
      '→ Run `helm template --debug` to see the text, and correct the template.',
    ],
  },
  {
    name: 'template that prints an object without a name',
    files: { [CONFIG]: 'apiVersion: v1\nkind: ConfigMap\n' },
    helm: [3, 4],
    told: [
      'Document 2 of the rendered manifest (picky/templates/config.yaml) is a ConfigMap without metadata.name. [manifest-invalid]',
      '→ Correct that template of the chart, or the values that it prints.',
    ],
  },
  {
    name: 'post-renderer that fails',
    fields: ['releases.<name>.post-renderer'],
    config: inRelease('post-renderer: scripts/label.sh'),
    files: {
      'scripts/label.sh':
        '#!/bin/sh\necho "reading labels" >&2\necho "no team given" >&2\nexit 3\n',
    },
    helm: [3, 4],
    told: [
      'Rendering chart charts/picky failed: the post-renderer label.sh ended with exit code 3: no team given. [post-renderer-failed]',
      '→ Correct it, or try it by hand: `helm template` prints what it is given on stdin.',
    ],
  },
  {
    name: 'post-renderer that prints nothing',
    fields: ['releases.<name>.post-renderer'],
    config: inRelease('post-renderer: scripts/label.sh'),
    files: { 'scripts/label.sh': '#!/bin/sh\nexit 0\n' },
    told: [
      'Rendering chart charts/picky failed: the post-renderer label.sh printed nothing. [post-renderer-failed]',
      '→ Correct it, or try it by hand: `helm template` prints what it is given on stdin.',
    ],
  },
  {
    name: 'post-renderer that prints no manifest',
    fields: ['releases.<name>.post-renderer'],
    config: inRelease('post-renderer: scripts/label.sh'),
    files: { 'scripts/label.sh': '#!/bin/sh\necho "done: a: b"\n' },
    helm: [3],
    told: [
      'Rendering chart charts/picky failed: what the post-renderer printed is no manifest: Document 1 of the rendered manifest is not valid YAML: Nested mappings are not allowed in compact mappings (its line 1). [post-renderer-failed]',
      '→ Correct what it prints on stdout: the manifest, changed; its messages belong on stderr.',
    ],
  },
  {
    name: 'post-renderer that prints no manifest',
    fields: ['releases.<name>.post-renderer'],
    config: inRelease('post-renderer: scripts/label.sh'),
    files: { 'scripts/label.sh': '#!/bin/sh\necho "done: a: b"\n' },
    helm: [4],
    told: [
      'Rendering chart charts/picky failed: what the post-renderer printed is no manifest: yaml: mapping values are not allowed in this context. [post-renderer-failed]',
      '→ Correct what it prints on stdout: the manifest, changed; its messages belong on stderr.',
    ],
  },
  {
    name: 'kustomization that cannot be built',
    fields: ['releases.<name>.post-renderer.kustomization'],
    config: inRelease('post-renderer: { kustomization: kustomize }'),
    files: {
      'kustomize/kustomization.yaml': 'resources: [all.yaml, nothing.yaml]\n',
      // Which one a machine has is not ours to say.
      'bin/kustomize':
        '#!/bin/sh\necho "Error: evalsymlink failure on $2/nothing.yaml" >&2\nexit 1\n',
    },
    environment: { PATH: '<workspace>/bin:<path>' },
    told: [
      'Rendering chart charts/picky failed: the post-renderer `kustomize build` ended with exit code 1: Error: evalsymlink failure on kustomize/nothing.yaml. [post-renderer-failed]',
      '→ Correct it, or try it by hand: `helm template` prints what it is given on stdin.',
    ],
  },
];
