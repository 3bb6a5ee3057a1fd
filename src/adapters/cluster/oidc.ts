import type { RequestOptions } from 'node:https';
import type { Plugin } from './exec.ts';
import type { OidcFields } from './kubeconfig.ts';

/**
 * By `auth-provider: oidc`: its id-token while it is good. It is not renewed: what client-node has
 * for that cannot (kubernetes-client/javascript#2202), and a token for a job can be fresh.
 */
export function createOidcPlugin(config: OidcFields): Plugin {
  const token = config['id-token'];
  return {
    async complete(options: RequestOptions) {
      if (!token) throw new Error('its auth-provider has no id-token');
      if (readExpiry(token) <= Date.now()) {
        throw new Error('its id-token has expired; renew it in the step that makes the kubeconfig');
      }
      options.headers = { ...options.headers, Authorization: `Bearer ${token}` };
    },
    forget() {},
  };
}

/** Milliseconds since the epoch, of a JSON Web Token; what cannot be read is left to the server. */
function readExpiry(token: string): number {
  try {
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const { exp } = JSON.parse(claims) as { readonly exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
