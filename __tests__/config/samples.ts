import { type Fields, mergeFields } from '../../src/config/fields.ts';
import { parseConfig } from '../../src/config/file/document.ts';
import { type Given, toGiven } from '../../src/config/given.ts';
import { toInputSource } from '../../src/config/input-fields.ts';
import { type Inputs, parseInputs } from '../../src/config/parse.ts';
import { toWorkspace, type Workspace } from '../../src/config/workspace.ts';
import { fakeFiles } from '../fakes/files.ts';

export const KUBECONFIG = `apiVersion: v1
kind: Config
clusters:
  - name: local
    cluster: { server: "https://127.0.0.1:6443" }
contexts:
  - { name: staging, context: { cluster: local, user: me } }
  - { name: production, context: { cluster: local, user: me } }
current-context: staging
users:
  - { name: me, user: { token: hunter2 } }
`;

/** A repository with a chart and values, checked out at /repository. */
export const REPOSITORY = {
  '/repository/charts/api/Chart.yaml': 'name: api\nversion: 1.0.0\n',
  '/repository/values/base.yaml': 'replicas: 1\n',
  '/repository/values/production.yaml': 'replicas: 3\n',
  '/repository/kubeconfig.yaml': KUBECONFIG,
};

/** The smallest inputs that are right. */
export const INPUTS = {
  release: 'api',
  namespace: 'apps',
  chart: 'charts/api',
  kubeconfig: 'kubeconfig.yaml',
};

type Texts = Readonly<Record<string, string>>;

export function given(inputs: Texts): Given {
  return toGiven(new Map(Object.entries(inputs)));
}

/** What the inputs alone say. */
export function fieldsOf(inputs: Texts): Fields {
  return mergeFields([toInputSource(given(inputs))]);
}

export function workspace(files: Texts = REPOSITORY, inputs: Texts = {}): Workspace {
  return toWorkspace(given(inputs), fakeFiles(files), '/repository');
}

export function parse(inputs: Texts, files: Texts = REPOSITORY): Inputs {
  return parseInputs(
    {
      inputs: new Map(Object.entries({ ...INPUTS, ...inputs })),
      event: 'push',
      environment: {},
      files: fakeFiles(files),
      directory: '/repository',
    },
    parseConfig,
  );
}
