import path from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What any program needs to run, to find temporary space and to reach the network. */
const BASICS = new Set(
  `PATH HOME USER LANG LC_ALL TMPDIR TMP TEMP
   HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY SSL_CERT_FILE SSL_CERT_DIR
   USERPROFILE HOMEDRIVE HOMEPATH SYSTEMROOT SYSTEMDRIVE WINDIR PATHEXT COMSPEC
   APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES PROGRAMFILES(X86)`
    .split(/\s+/)
    .filter(Boolean),
);

/**
 * Where the login programs of a kubeconfig (`exec`) look for their cloud's credentials, for GitHub's
 * OIDC token (kubelogin asks for it itself: auth.md §4), and those in Python for CAs.
 */
const CLOUD =
  /^(?:(?:AWS|GOOGLE|CLOUDSDK|AZURE|AAD)_|ACTIONS_ID_TOKEN_REQUEST_(?:URL|TOKEN)$|REQUESTS_CA_BUNDLE$)/;

/**
 * The environment of helm: what it needs and nothing else, so no `INPUT_*`, no `GITHUB_TOKEN`, no
 * `ACTIONS_*`, and no `HELM_*` by which the machine could change what helm does. What lets somebody
 * into a cloud goes along only when the kubeconfig logs in through a program, which gets its
 * environment from helm: written into the kubeconfig's `exec.env` it would be a secret in a file.
 */
export function toHelmEnvironment(
  ours: Environment,
  helm: {
    readonly home: string;
    readonly kubeconfig: { readonly path: string; readonly usesExec: boolean };
  },
): Record<string, string> {
  const { home, kubeconfig } = helm;
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(ours)) {
    const passes = BASICS.has(name.toUpperCase()) || (kubeconfig.usesExec && CLOUD.test(name));
    if (passes && value !== undefined) kept[name] = value;
  }
  return {
    ...kept,
    KUBECONFIG: kubeconfig.path,
    // All four below our own folder: repositories, registry logins, caches and plugins of the
    // machine stay out (a Helm 4 plugin makes every command of Helm 3 fail: helm.md §2.2).
    HELM_CACHE_HOME: path.join(home, 'cache'),
    HELM_CONFIG_HOME: path.join(home, 'config'),
    HELM_DATA_HOME: path.join(home, 'data'),
    HELM_PLUGINS: path.join(home, 'plugins'),
    // Else below HOME, where another run could leave a stale list of the cluster's APIs.
    KUBECACHEDIR: path.join(home, 'kube'),
    NO_COLOR: '1',
  };
}
