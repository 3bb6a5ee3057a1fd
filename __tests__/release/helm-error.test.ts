import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Place } from '../../src/errors.ts';
import { parseHelmError } from '../../src/release/helm-error.ts';

const context = {
  doing: 'Upgrading airbyte',
  release: 'airbyte',
  namespace: 'data',
  chart: { name: 'app', folder: './charts/app/' },
};

interface Case {
  readonly name: string;
  readonly stderr: string;
  readonly code: string;
  /** After `Upgrading airbyte failed: `. */
  readonly cause: string;
  readonly hint?: string;
  readonly at?: Place;
}

const DEBUG = '\n\nUse --debug flag to render out invalid YAML\n';
const SCHEMA = "values don't meet the specifications of the schema(s) in the following chart(s):";

const template: Case[] = [
  {
    name: 'schema, helm 3',
    stderr: `Error: ${SCHEMA}\napp:\n- (root): needed is required\n- replicas: Must be greater than or equal to 1\nsub:\n- p: Does not match pattern '^a'\n`,
    code: 'schema-violation',
    cause:
      "the values do not fit the chart's schema: chart sub: p: Does not match pattern '^a'; needed is required; replicas: Must be greater than or equal to 1.",
  },
  {
    name: 'schema, helm 4, does not quote values',
    stderr: `Error: ${SCHEMA}\napp:\n- at '': missing property 'needed'\n- at '/m': validation failed\n  - at '/m/n': maxLength: got 7, want 2\n- at '/p': 's3cret' does not match pattern '^a'\n- at '/f': 's3cret' is not valid email: missing @\n- at '/x~1y': got string, want integer\n- at '/z': minimum: got 0, want 1\n\n`,
    code: 'schema-violation',
    cause:
      "the values do not fit the chart's schema: f: its text is not valid email: missing @; m.n: maxLength: got 7, want 2; missing property 'needed'; p: its text does not match pattern '^a'; x/y: got string, want integer; and 1 more.",
  },
  {
    name: 'schema that is broken itself',
    stderr: `Error: ${SCHEMA}\napp:\nunexpected EOF\n`,
    code: 'schema-violation',
    cause: "the values do not fit the chart's schema: app: unexpected EOF.",
  },
  {
    name: 'required',
    stderr: `Error: UPGRADE FAILED: execution error at (app/templates/b.yaml:2:3): image.tag is required${DEBUG}`,
    code: 'values-refused',
    cause: 'the chart says: image.tag is required.',
    at: { file: 'charts/app/templates/b.yaml', line: 2, column: 4 },
  },
  {
    name: 'fail over several lines',
    stderr: `Error: execution error at (app/templates/b.yaml:1:6): line one\n\nVALUES: two\n  three${DEBUG}`,
    code: 'values-refused',
    cause: 'the chart says: line one VALUES: two three.',
  },
  {
    name: 'nil pointer, helm 3',
    stderr: `Error: template: app/templates/b.yaml:1:13: executing "app/templates/b.yaml" at <.Values.x.y.z>: nil pointer evaluating interface {}.y${DEBUG}`,
    code: 'template-error',
    cause:
      'charts/app/templates/b.yaml, line 1: `.Values.x.y.z`: nil pointer evaluating interface {}.y.',
    hint: 'Set `x` in the values: it is empty, and the template reads `y` from it.',
    at: { file: 'charts/app/templates/b.yaml', line: 1, column: 14 },
  },
  {
    name: 'nil pointer, helm 4',
    stderr: `Error: app/templates/b.yaml:1:13\n  executing "app/templates/b.yaml" at <.Values.x.y.z>:\n    nil pointer evaluating interface {}.y${DEBUG}`,
    code: 'template-error',
    cause:
      'charts/app/templates/b.yaml, line 1: `.Values.x.y.z`: nil pointer evaluating interface {}.y.',
    at: { file: 'charts/app/templates/b.yaml', line: 1, column: 14 },
  },
  {
    name: 'in a helper, helm 3: the innermost template',
    stderr: `Error: template: app/templates/b.yaml:1:6: executing "app/templates/b.yaml" at <include "h" .>: error calling include: template: app/templates/_h.tpl:2:10: executing "h" at <.Values.x.y.z>: nil pointer evaluating interface {}.y${DEBUG}`,
    code: 'template-error',
    cause:
      'charts/app/templates/_h.tpl, line 2: `.Values.x.y.z`: nil pointer evaluating interface {}.y.',
    at: { file: 'charts/app/templates/_h.tpl', line: 2, column: 11 },
  },
  {
    name: 'in a helper, helm 4',
    stderr: `Error: app/templates/b.yaml:1:6\n  executing "app/templates/b.yaml" at <include "h" .>:\n    error calling include:\napp/templates/_h.tpl:2:10\n  executing "h" at <.Values.x.y.z>:\n    nil pointer evaluating interface {}.y${DEBUG}`,
    code: 'template-error',
    cause:
      'charts/app/templates/_h.tpl, line 2: `.Values.x.y.z`: nil pointer evaluating interface {}.y.',
    at: { file: 'charts/app/templates/_h.tpl', line: 2, column: 11 },
  },
  {
    name: 'in tpl: where it was called',
    stderr: `Error: template: app/templates/b.yaml:1:6: executing "app/templates/b.yaml" at <tpl "{{ .Values.q.w.e }}" .>: error calling tpl: error during tpl function execution for "{{ .Values.q.w.e }}": template: gotpl:1:10: executing "gotpl" at <.Values.q.w.e>: nil pointer evaluating interface {}.w${DEBUG}`,
    code: 'template-error',
    cause:
      'charts/app/templates/b.yaml, line 1: `.Values.q.w.e`: nil pointer evaluating interface {}.w.',
    at: { file: 'charts/app/templates/b.yaml', line: 1, column: 7 },
  },
  {
    name: 'in a sub-chart',
    stderr: `Error: app/charts/sub/templates/s.yaml:2:13\n  executing "app/charts/sub/templates/s.yaml" at <index .Values.l 3>:\n    error calling index: index of untyped nil${DEBUG}`,
    code: 'template-error',
    cause:
      'charts/app/charts/sub/templates/s.yaml, line 2: `index .Values.l 3`: error calling index: index of untyped nil.',
    hint: 'Correct the template there, or set the values that it reads.',
    at: { file: 'charts/app/charts/sub/templates/s.yaml', line: 2, column: 14 },
  },
  {
    name: 'helper that is not defined, helm 4',
    stderr: `Error: app/templates/b.yaml:1:6\n  executing "app/templates/b.yaml" at <include "nope" .>:\n    error calling include:\ntemplate: no template "nope" associated with template "gotpl"${DEBUG}`,
    code: 'template-error',
    cause: 'charts/app/templates/b.yaml, line 1: `include "nope" .`: there is no template "nope".',
  },
  {
    name: 'parse error',
    stderr: `Error: parse error at (app/templates/b.yaml:1): function "nofunc" not defined${DEBUG}`,
    code: 'template-error',
    cause:
      'charts/app/templates/b.yaml, line 1 is not a valid template: function "nofunc" not defined.',
    at: { file: 'charts/app/templates/b.yaml', line: 1 },
  },
  {
    name: 'rendered text that is not YAML: its line is not the line of the template',
    stderr: `Error: YAML parse error on app/templates/b.yaml: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context${DEBUG}`,
    code: 'template-error',
    cause:
      'charts/app/templates/b.yaml does not render to valid YAML: yaml: line 2: mapping values are not allowed in this context.',
    at: { file: 'charts/app/templates/b.yaml' },
  },
  {
    name: 'rendered text that is a list',
    stderr: `Error: YAML parse error on app/templates/b.yaml: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type util.SimpleHead${DEBUG}`,
    code: 'template-error',
    cause: 'charts/app/templates/b.yaml renders a document that is no map (array).',
    at: { file: 'charts/app/templates/b.yaml' },
  },
];

const chart: Case[] = [
  {
    name: 'values file, helm 3',
    stderr:
      'Error: failed to parse values/a.yaml: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
    code: 'values-invalid',
    cause:
      'the values file values/a.yaml is not valid YAML at line 2: mapping values are not allowed in this context.',
    at: { file: 'values/a.yaml', line: 2 },
  },
  {
    name: 'values file, helm 4',
    stderr:
      'Error: failed to parse values/a.yaml: cannot unmarshal yaml document: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
    code: 'values-invalid',
    cause:
      'the values file values/a.yaml is not valid YAML at line 2: mapping values are not allowed in this context.',
    at: { file: 'values/a.yaml', line: 2 },
  },
  {
    name: 'values file with a list',
    stderr:
      'Error: failed to parse values/a.yaml: cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
    code: 'values-invalid',
    cause: 'the values file values/a.yaml is not a map.',
  },
  {
    name: 'values file that is not there',
    stderr: 'Error: open values/a.yaml: no such file or directory',
    code: 'values-missing',
    cause: 'there is no file values/a.yaml.',
  },
  {
    name: 'dependencies, helm 3',
    stderr:
      'Error: An error occurred while checking for chart dependencies. You may need to run `helm dependency build` to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: redis, pg',
    code: 'dependencies-missing',
    cause: 'these dependencies are in Chart.yaml but not in charts/: redis, pg.',
  },
  {
    name: 'dependencies, helm 4',
    stderr:
      "Error: an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: redis",
    code: 'dependencies-missing',
    cause: 'these dependencies are in Chart.yaml but not in charts/: redis.',
  },
  {
    name: 'kubeVersion',
    stderr: `Error: chart requires kubeVersion: >=1.99.0 which is incompatible with Kubernetes v1.36.2${DEBUG}`,
    code: 'kubernetes-version',
    cause: 'the chart needs Kubernetes >=1.99.0, and the cluster has v1.36.2.',
  },
  {
    name: 'chart not found',
    stderr: 'Error: path "./nochart" not found',
    code: 'chart-not-found',
    cause: 'there is no chart in ./charts/app/.',
  },
  {
    name: 'chart not found, as a name',
    stderr: 'Error: non-absolute URLs should be in form of repo_name/path_to_chart, got: nochart',
    code: 'chart-not-found',
    cause: 'there is no chart in ./charts/app/.',
  },
  {
    name: 'no Chart.yaml, helm 4',
    stderr: 'Error: unable to detect chart at /w/Chart.yaml: open /w/Chart.yaml: no such file',
    code: 'chart-not-found',
    cause: './charts/app/ has no Chart.yaml.',
  },
  {
    name: 'no Chart.yaml, helm 3',
    stderr: 'Error: Chart.yaml file is missing',
    code: 'chart-not-found',
    cause: './charts/app/ has no Chart.yaml.',
  },
  {
    name: 'Chart.yaml broken',
    stderr:
      'Error: cannot load Chart.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context',
    code: 'chart-invalid',
    cause:
      "the chart's Chart.yaml cannot be read: error converting YAML to JSON: yaml: mapping values are not allowed in this context.",
    at: { file: 'charts/app/Chart.yaml' },
  },
  {
    name: 'Chart.yaml incomplete',
    stderr: 'Error: validation: chart.metadata.version is required',
    code: 'chart-invalid',
    cause: 'the chart is not valid: chart.metadata.version is required.',
  },
  {
    name: 'release name',
    stderr: 'Error: release name is invalid: R_x',
    code: 'release-name-invalid',
    cause: 'helm does not take airbyte as the name of a release.',
  },
];

const access: Case[] = [
  {
    name: 'unreachable, helm 3',
    stderr:
      'Error: Kubernetes cluster unreachable: Get "https://127.0.0.1:1/version": dial tcp 127.0.0.1:1: connect: connection refused',
    code: 'cluster-unreachable',
    cause:
      'the cluster is not reachable: Get "https://127.0.0.1:1/version": dial tcp 127.0.0.1:1: connect: connection refused.',
  },
  {
    name: 'unreachable, helm 4, after noise',
    stderr:
      'level=WARN msg="unable to find exact version"\nE1121 15:00:00.1 memcache.go:265] couldn\'t get list\nError: kubernetes cluster unreachable: Get "https://x/version": dial tcp: lookup x: no such host',
    code: 'cluster-unreachable',
    cause:
      'the cluster is not reachable: Get "https://x/version": dial tcp: lookup x: no such host.',
  },
  {
    name: 'context',
    stderr: 'Error: kubernetes cluster unreachable: context "nope" does not exist',
    code: 'cluster-unreachable',
    cause: 'the kubeconfig has no context "nope".',
  },
  {
    name: 'certificate',
    stderr:
      'Error: Kubernetes cluster unreachable: Get "https://x": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    code: 'certificate-untrusted',
    cause:
      'the certificate of the cluster is not trusted: certificate signed by unknown authority.',
  },
  {
    name: '401',
    stderr:
      'Error: kubernetes cluster unreachable: the server has asked for the client to provide credentials',
    code: 'unauthorized',
    cause: 'the cluster does not accept the credentials of this run.',
  },
  {
    name: 'RBAC in a namespace',
    stderr:
      'Error: query: failed to query with labels: secrets is forbidden: User "ci-user" cannot list resource "secrets" in API group "" in the namespace "ns"',
    code: 'forbidden',
    cause: 'ci-user may not list secrets in namespace ns.',
    hint: 'Give ci-user the right to list secrets in namespace ns: a Role and its binding.',
  },
  {
    name: 'RBAC at the cluster scope',
    stderr:
      'Error: UPGRADE FAILED: could not get information about the resource ClusterRole "r": clusterroles.rbac.authorization.k8s.io "r" is forbidden: User "system:serviceaccount:a:b" cannot get resource "clusterroles" in API group "rbac.authorization.k8s.io" at the cluster scope',
    code: 'forbidden',
    cause:
      'system:serviceaccount:a:b may not get clusterroles.rbac.authorization.k8s.io in the whole cluster.',
  },
  {
    name: 'escalation',
    stderr:
      'Error: failed to create resource: roles.rbac.authorization.k8s.io "r" is forbidden: user "edit" (groups=["system:authenticated"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:["*"]}',
    code: 'forbidden',
    cause: 'edit may not create roles r, because it grants rights that edit does not have.',
  },
];

const object: Case[] = [
  {
    name: 'webhook that is down, although it speaks of a deadline',
    stderr:
      'Error: UPGRADE FAILED: Internal error occurred: failed calling webhook "x.example.com": failed to call webhook: Post "https://x": context deadline exceeded',
    code: 'webhook-unavailable',
    cause:
      'the admission webhook x.example.com does not answer: failed to call webhook: Post "https://x": context deadline exceeded.',
  },
  {
    name: 'webhook that denies, helm 4',
    stderr:
      'Error: UPGRADE FAILED: server-side apply failed for object ns/r apps/v1, Kind=Deployment: admission webhook "deny.example.com" denied the request: no latest',
    code: 'admission-denied',
    cause: 'the admission webhook deny.example.com refused an object: no latest.',
  },
  {
    name: 'policy',
    stderr: `Error: UPGRADE FAILED: cannot patch "r" with kind Deployment: deployments.apps "r" is forbidden: ValidatingAdmissionPolicy 'deny-latest' with binding 'b' denied request: no latest`,
    code: 'admission-denied',
    cause: 'the policy deny-latest refused deployments.apps "r": no latest.',
  },
  {
    name: 'quota',
    stderr:
      'Error: configmaps "r-cm" is forbidden: exceeded quota: q, requested: count/configmaps=1, used: count/configmaps=1, limited: count/configmaps=1',
    code: 'quota-exceeded',
    cause:
      'configmaps "r-cm" exceeds the quota q, requested: count/configmaps=1, used: count/configmaps=1, limited: count/configmaps=1.',
  },
  {
    name: 'namespace',
    stderr: 'Error: create: failed to create: namespaces "x" not found',
    code: 'namespace-missing',
    cause: 'there is no namespace x.',
  },
  {
    name: 'namespace going',
    stderr:
      'Error: create: failed to create: secrets "sh.helm.release.v1.r.v1" is forbidden: unable to create new content in namespace term because it is being terminated',
    code: 'namespace-terminating',
    cause: 'the namespace term is being deleted.',
  },
  {
    name: 'record',
    stderr:
      'Error: create: failed to create: Secret "sh.helm.release.v1.big.v1" is invalid: data: Too long: may not be more than 1048576 bytes',
    code: 'record-too-large',
    cause: 'the release is too large for the Secret in which helm keeps it (1 MiB).',
  },
  {
    name: 'request too large, helm 4',
    stderr:
      'Error: server-side apply failed for object ns/big /v1, Kind=ConfigMap: Request entity too large: limit is 3145728',
    code: 'object-invalid',
    cause: 'ConfigMap ns/big is larger than the API server takes.',
  },
  {
    name: 'request too large, helm 3',
    stderr: 'Error: 1 error occurred:\n\t* etcdserver: request is too large\n\n',
    code: 'object-invalid',
    cause: 'an object is larger than the API server takes.',
  },
  {
    name: 'ownership, nobody',
    stderr:
      'Error: UPGRADE FAILED: Unable to continue with update: ConfigMap "owned" in namespace "ns" exists and cannot be imported into the current release: invalid ownership metadata; label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm"',
    code: 'ownership-conflict',
    cause: 'ConfigMap "owned" exists already and was not made by helm.',
  },
  {
    name: 'ownership, another release, helm 4',
    stderr:
      'Error: unable to continue with install: ConfigMap "owned" in namespace "ns" exists and cannot be imported into the current release: invalid ownership metadata; annotation validation error: key "meta.helm.sh/release-name" must equal "r2": current value is "r"',
    code: 'ownership-conflict',
    cause: 'ConfigMap "owned" exists already and belongs to the release r.',
  },
  {
    name: 'immutable, helm 3',
    stderr:
      'Error: UPGRADE FAILED: cannot patch "r" with kind Deployment: Deployment.apps "r" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"x"}}: field is immutable',
    code: 'immutable-field',
    cause: 'Deployment.apps "r" cannot be changed in spec.selector, which is immutable.',
  },
  {
    name: 'immutable, helm 4',
    stderr:
      'Error: UPGRADE FAILED: server-side apply failed for object ns/r /v1, Kind=ConfigMap: ConfigMap "r" is invalid: data: Forbidden: field is immutable when `immutable` is set',
    code: 'immutable-field',
    cause: 'ConfigMap "r" cannot be changed in data, which is immutable.',
  },
  {
    name: 'immutable StatefulSet',
    stderr: `Error: UPGRADE FAILED: cannot patch "db" with kind StatefulSet: StatefulSet.apps "db" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'template' are forbidden`,
    code: 'immutable-field',
    cause: `StatefulSet.apps "db" cannot be changed in spec: updates to statefulset spec for fields other than 'replicas', 'template' are forbidden.`,
    hint: 'Keep the field as it was, or delete the object with `kubectl delete --cascade=orphan`, which leaves its pods and their data, so that it is made anew.',
  },
  {
    name: 'a post-renderer',
    stderr:
      'Error: the post-renderer fail.sh ended with exit code 3:\nreading patches\nno such patch: web.yaml',
    code: 'post-renderer-failed',
    cause: 'the post-renderer fail.sh ended with exit code 3: no such patch: web.yaml.',
  },
  {
    name: 'a post-renderer that ends in a line of klog, as kubectl does',
    stderr:
      'Error: the post-renderer kustomization ended with exit code 1:\nE1121 19:02:03.123456   1234 run.go:74] "command failed" err="json: unknown field"',
    code: 'post-renderer-failed',
    cause:
      'the post-renderer kustomization ended with exit code 1: "command failed" err="json: unknown field".',
  },
  {
    name: 'a post-renderer without a word',
    stderr: 'Error: the post-renderer fail.sh printed nothing:\n',
    code: 'post-renderer-failed',
    cause: 'the post-renderer fail.sh printed nothing.',
  },
  {
    name: 'one conflict',
    stderr:
      'Error: UPGRADE FAILED: conflict occurred while applying object ns/r apps/v1, Kind=Deployment: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    code: 'apply-conflict',
    cause: 'Deployment r has fields that somebody else has set: kubectl manages spec.replicas.',
  },
  {
    name: 'two conflicts',
    stderr:
      'Error: UPGRADE FAILED: conflict occurred while applying object ns/r apps/v1, Kind=Deployment: Apply failed with 2 conflicts: conflicts with "M" using apps/v1:\n- .spec.replicas\n- .spec.paused',
    code: 'apply-conflict',
    cause:
      'Deployment r has fields that somebody else has set: M manages spec.replicas, spec.paused.',
  },
  {
    name: 'CRD missing',
    stderr:
      'Error: unable to build kubernetes objects from release manifest: resource mapping not found for name: "w" namespace: "" from "": no matches for kind "Widget" in version "foo.example.com/v1"\nensure CRDs are installed first',
    code: 'kind-unknown',
    cause: 'the cluster does not know the kind Widget of foo.example.com/v1.',
  },
  {
    name: 'field that the kind does not have, helm 4',
    stderr:
      'Error: UPGRADE FAILED: failed to create typed patch object (ns/w; /v1, Kind=ConfigMap): .dataa: field not declared in schema',
    code: 'object-invalid',
    cause: 'ns/w; /v1, Kind=ConfigMap does not fit its kind: .dataa: field not declared in schema.',
  },
  {
    name: 'not an object',
    stderr:
      'Error: UPGRADE FAILED: unable to build kubernetes objects from release manifest: error validating "": error validating data: [apiVersion not set, kind not set]',
    code: 'object-invalid',
    cause:
      'the chart renders something that is no valid object: [apiVersion not set, kind not set].',
  },
  {
    name: 'invalid name',
    stderr:
      'Error: failed to create resource: ConfigMap "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain',
    code: 'object-invalid',
    cause:
      'ConfigMap "Bad_Name" is not valid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain.',
  },
];

const run: Case[] = [
  {
    name: 'pending',
    stderr: 'Error: UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress',
    code: 'release-locked',
    cause: 'another helm is working on airbyte, or was interrupted.',
  },
  {
    name: 'no such revision',
    stderr: 'Error: release has no 99 version',
    code: 'release-not-found',
    cause: 'helm finds no such revision of airbyte in namespace data: release has no 99 version.',
  },
  {
    name: 'hook whose end helm 4 could not see, because its watch broke off',
    stderr:
      'level=WARN msg="upgrade failed" name=r\nError: UPGRADE FAILED: pre-upgrade hooks failed: resource Job/ns/r-x not ready. status: Unknown, message: \n',
    code: 'cluster-unreachable',
    cause: 'helm could no longer see what became of Job/ns/r-x (a pre-upgrade hook).',
  },
  {
    name: 'connection that ended without an answer',
    stderr:
      'Error: UPGRADE FAILED: update: failed to update: Put "https://k.example.com/api/v1/namespaces/ns/secrets/s": EOF',
    code: 'cluster-unreachable',
    cause:
      'the connection to the cluster was lost: update: failed to update: Put "https://k.example.com/api/v1/namespaces/ns/secrets/s": EOF.',
  },
  {
    name: 'cluster without its store',
    stderr: 'Error: UPGRADE FAILED: update: failed to update: etcdserver: request timed out',
    code: 'cluster-error',
    cause: 'the cluster could not answer: etcdserver: request timed out.',
  },
  {
    name: 'hook, helm 3',
    stderr:
      'Error: UPGRADE FAILED: pre-upgrade hooks failed: 1 error occurred:\n\t* job r-x failed: BackoffLimitExceeded\n\n',
    code: 'hook-failed',
    cause: 'a pre-upgrade hook failed: job r-x failed: BackoffLimitExceeded.',
  },
  {
    name: 'hook of an install, helm 3, in time',
    stderr:
      'Error: INSTALLATION FAILED: failed pre-install: 1 error occurred:\n\t* timed out waiting for the condition\n\n',
    code: 'hook-failed',
    cause: 'a pre-install hook failed: timed out waiting for the condition.',
  },
  {
    name: 'hook, helm 4',
    stderr:
      'Error: UPGRADE FAILED: pre-upgrade hooks failed: resource Job/ns/r-x not ready. status: Failed, message: Job Failed. failed: 1/1',
    code: 'hook-failed',
    cause:
      'a pre-upgrade hook failed: resource Job/ns/r-x not ready. status: Failed, message: Job Failed. failed: 1/1.',
  },
  {
    name: 'timeout',
    stderr: 'Error: UPGRADE FAILED: context deadline exceeded',
    code: 'timeout',
    cause: 'it did not end in time.',
  },
  {
    name: 'interrupted',
    stderr: 'Error: UPGRADE FAILED: context canceled',
    code: 'cancelled',
    cause: 'it was interrupted.',
  },
  {
    name: 'unknown',
    stderr: 'W1121 deprecated\nError: UPGRADE FAILED: something new happened\nand more',
    code: 'helm-failed',
    cause: 'something new happened.',
  },
  { name: 'nothing', stderr: '', code: 'helm-failed', cause: 'helm said nothing.' },
];

describe.each([
  ['templates', template],
  ['charts', chart],
  ['access', access],
  ['objects', object],
  ['the run', run],
])('%s', (_, cases) => {
  test.each(cases)('$name', ({ stderr, code, cause, hint, at }) => {
    const problem = parseHelmError(stderr, context);
    expect(problem).toMatchObject({ code, message: `Upgrading airbyte failed: ${cause}` });
    expect(problem.hint).not.toBe('');
    if (hint) expect(problem.hint).toBe(hint);
    if (at) expect(problem.at).toEqual(at);
  });
});

test('all that helm said is kept, unless the sentence has it', () => {
  const stderr = 'W1121 deprecated\nError: something new happened\nand more\n';
  expect(parseHelmError(stderr, context).said).toBe(stderr.trim());
  expect(parseHelmError('something new happened', context).said).toBeUndefined();
});

test('any text becomes one line with a hint', () => {
  const words = fc.constantFrom('Error: ', 'executing "x" at <', '>:', 'a/b:1:2', '\n', '- ', 'x"');
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string())), (parts) => {
      const problem = parseHelmError(parts.join(''), context);
      expect(problem.message).not.toContain('\n');
      expect(problem.message.length).toBeLessThan(600);
    }),
  );
});
