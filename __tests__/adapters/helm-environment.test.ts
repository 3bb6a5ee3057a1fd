import { expect, test } from '@jest/globals';
import { toHelmEnvironment } from '../../src/adapters/helm-environment.ts';

const ours = {
  PATH: '/bin',
  HOME: '/root',
  https_proxy: 'http://proxy:3128',
  NO_PROXY: 'localhost',
  SSL_CERT_FILE: '/ca.pem',
  TMPDIR: '/tmp',
  KUBECONFIG: '/root/.kube/config',
  HELM_DRIVER: 'configmap',
  HELM_NAMESPACE: 'other',
  HELM_KUBETOKEN: 'secret',
  HELM_PLUGINS: '/root/plugins',
  'INPUT_REGISTRY-PASSWORD': 'secret',
  GITHUB_TOKEN: 'secret',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://github',
  ACTIONS_RUNTIME_TOKEN: 'secret',
  AWS_SECRET_ACCESS_KEY: 'secret',
  GOOGLE_APPLICATION_CREDENTIALS: '/google.json',
  CLOUDSDK_CONFIG: '/gcloud',
  AZURE_CONFIG_DIR: '/azure',
  AAD_LOGIN_METHOD: 'spn',
  REQUESTS_CA_BUNDLE: '/python.pem',
  NODE_EXTRA_CA_CERTS: '/node.pem',
  DATABASE_URL: 'secret',
  EMPTY: undefined,
};

const own = {
  KUBECONFIG: '/private/kubeconfig.json',
  HELM_CACHE_HOME: '/private/helm/cache',
  HELM_CONFIG_HOME: '/private/helm/config',
  HELM_DATA_HOME: '/private/helm/data',
  HELM_PLUGINS: '/private/helm/plugins',
  KUBECACHEDIR: '/private/helm/kube',
  NO_COLOR: '1',
};
const basics = {
  PATH: '/bin',
  HOME: '/root',
  https_proxy: 'http://proxy:3128',
  NO_PROXY: 'localhost',
  SSL_CERT_FILE: '/ca.pem',
  TMPDIR: '/tmp',
};

const environment = (usesExec: boolean) =>
  toHelmEnvironment(ours, {
    home: '/private/helm',
    kubeconfig: { path: '/private/kubeconfig.json', usesExec },
  });

test('helm gets what it needs and nothing else', () => {
  expect(environment(false)).toEqual({ ...basics, ...own });
});

test('a login program gets its cloud and the OIDC token of GitHub as well', () => {
  expect(environment(true)).toEqual({
    ...basics,
    ...own,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://github',
    AWS_SECRET_ACCESS_KEY: 'secret',
    GOOGLE_APPLICATION_CREDENTIALS: '/google.json',
    CLOUDSDK_CONFIG: '/gcloud',
    AZURE_CONFIG_DIR: '/azure',
    AAD_LOGIN_METHOD: 'spn',
    REQUESTS_CA_BUNDLE: '/python.pem',
  });
});

test('on Windows names are spelt as Windows spells them', () => {
  const windows = {
    Path: 'C:\\Windows\\system32',
    SystemRoot: 'C:\\Windows',
    ProgramData: 'C:\\ProgramData',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    TEMP: 'D:\\a\\_temp',
    UserProfile: 'C:\\Users\\runneradmin',
  };
  const helm = {
    home: '/private/helm',
    kubeconfig: { path: '/private/kubeconfig.json', usesExec: false },
  };
  const all = toHelmEnvironment({ ...windows, Input_Token: 'secret', helm_driver: 'sql' }, helm);
  expect(all).toEqual({ ...windows, ...own });
});
