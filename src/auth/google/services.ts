import type { Environment } from '../../adapters/helm-environment.ts';

export type Service = keyof typeof VERSIONS;

/** The version in the path of each service that we ask; empty: none. */
const VERSIONS = {
  cloudresourcemanager: '/v3',
  connectgateway: '/v1',
  container: '/v1',
  gkehub: '/v1',
  iamcredentials: '/v1',
  oauth2: '',
  sts: '/v1',
} as const;

/**
 * Where a service is asked, with the version and without a slash at the end. Variables that users know
 * lead elsewhere: gcloud's `CLOUDSDK_API_ENDPOINT_OVERRIDES_STS`, without the version, and those of
 * google-github-actions, `GHA_ENDPOINT_OVERRIDE_sts`, with it.
 */
export function toServiceUrl(
  service: Service,
  { universe, environment }: { readonly universe: string; readonly environment: Environment },
): string {
  const version = VERSIONS[service];
  const full = environment[`GHA_ENDPOINT_OVERRIDE_${service}`];
  if (full) return withoutSlash(full);
  const base = environment[`CLOUDSDK_API_ENDPOINT_OVERRIDES_${service.toUpperCase()}`];
  return `${withoutSlash(base || `https://${service}.${universe}`)}${version}`;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
