/** Whom the API server asks about a token that it does not know itself. */
import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import type { Certificates } from '../registry/certificates.ts';
import { type HttpsDouble, startHttps } from './https-double.ts';

/** https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1 */
export interface WebhookUser {
  readonly username: string;
  readonly groups?: readonly string[];
}

/** Whose token it is; undefined: nobody's, or one that has ended. */
export type Review = (token: string) => Promise<WebhookUser | undefined>;

/** All that the API server logs of these users' requests hangs on it: local-cluster/audit-policy.yaml. */
const LOGGED = 'cloud';

/** Writes the kubeconfig for `startCluster({ tokenWebhook })`. */
export async function startTokenWebhook(
  certificates: Certificates,
  kubeconfig: string,
  review: Review,
): Promise<HttpsDouble> {
  const { pem, authority } = certificates;
  const webhook = await startHttps(pem, async ({ body }) => {
    const user = await review(JSON.parse(body).spec.token);
    const status = user
      ? { authenticated: true, user: { ...user, groups: [...(user.groups ?? []), LOGGED] } }
      : { authenticated: false };
    return { body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', status } };
  });
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'webhook', cluster: { server: webhook.url, 'certificate-authority': authority } },
    ],
    users: [{ name: 'api-server', user: {} }],
    contexts: [{ name: 'webhook', context: { cluster: 'webhook', user: 'api-server' } }],
    'current-context': 'webhook',
  };
  writeFileSync(kubeconfig, stringify(config));
  return webhook;
}
