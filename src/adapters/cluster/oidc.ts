import type { OutgoingHttpHeaders } from 'node:http';
import type { Plugin } from './exec.ts';
import type { OidcFields } from './kubeconfig.ts';

/** By `auth-provider: oidc`: its id-token, renewed with its refresh-token when it has expired. */
export function createOidcPlugin(config: OidcFields): Plugin {
  const issuer = config['idp-issuer-url'];
  // client-node 2.0.1 hands the issuer as a text to openid-client, which takes a URL only; and it keeps in
  // here what it renews.
  const own = { ...config, 'idp-issuer-url': issuer ? (URL.parse(issuer) ?? issuer) : undefined };
  const user = { name: 'user', authProvider: { name: 'oidc', config: own } };
  return {
    async complete(options) {
      const { OpenIDConnectAuth } = await import('@kubernetes/client-node/dist/oidc_auth.js');
      try {
        // A new one each time reads the expiry from the token; an old one takes seconds of life for a date.
        await new OpenIDConnectAuth().applyAuthentication(user, options);
      } catch (cause) {
        const why = (cause as Error).message;
        throw new Error(`its id-token has expired, and renewing it failed: ${why}`, { cause });
      }
      if ((options.headers as OutgoingHttpHeaders)['Authorization']) return;
      throw new Error(
        'its auth-provider has no id-token that is still good, nor all of refresh-token, client-id and idp-issuer-url to renew it',
      );
    },
    // A refused id-token cannot be told from a good one, and is renewed only by its expiry.
    forget() {},
  };
}
