import { type OutgoingHttpHeaders, validateHeaderValue } from 'node:http';
import type { RequestOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import { ApiError } from '../../ports.ts';
import { createExecPlugin, type Plugin } from './exec.ts';
import type { Access } from './kubeconfig.ts';
import { createOidcPlugin } from './oidc.ts';
import { createSecret, readTls, toImpersonation } from './static.ts';

/** Every way to log in that a kubeconfig has. */
export interface Login {
  /** Certificates and headers. Throws `ApiError` with status 0 when the login fails. */
  make(): Promise<RequestOptions>;
  /** After a 401: nothing that was given before is used again. */
  forget(): void;
}

export function createLogin(access: Access): Login {
  const secret = createSecret(access.user);
  const plugin = toPlugin(access);
  return {
    async make() {
      try {
        const headers = toImpersonation(access.user);
        const options = { ...readTls(access), headers };
        const authorization = secret();
        if (authorization) headers['Authorization'] = authorization;
        else await plugin?.complete(options);
        checkCertificates(options);
        checkHeaders(headers);
        return options;
      } catch (cause) {
        const why = (cause as Error).message;
        throw new ApiError(0, 'Login', `logging in with the kubeconfig's user failed: ${why}`, {
          cause,
        });
      }
    },
    forget: () => plugin?.forget(),
  };
}

/** As client-go: a certificate is preferred to a program. */
function toPlugin({ cluster, user }: Access): Plugin | undefined {
  const certificate = user['client-certificate-data'] || user['client-certificate'];
  if (user.exec) return certificate ? undefined : createExecPlugin(user.exec, cluster);
  const provider = user['auth-provider'];
  return provider ? createOidcPlugin(provider.config ?? {}) : undefined;
}

/* What Node would find at every request is found here, where it can be said what it is about. */

function checkCertificates({ ca, cert, key }: RequestOptions): void {
  try {
    createSecureContext({ ca, cert, key });
  } catch (cause) {
    const why = (cause as Error).message;
    throw new Error(`its certificates or its key cannot be used: ${why}`, { cause });
  }
}

function checkHeaders(headers: OutgoingHttpHeaders): void {
  for (const [name, value] of Object.entries(headers)) {
    for (const each of [value].flat()) validateHeaderValue(name, String(each));
  }
}
