import type { KubeObject, ReleaseObject } from '../release/object.ts';

interface IngressSpec {
  readonly rules?: readonly { readonly host?: string }[];
  readonly tls?: readonly unknown[];
}

/** Address of the application: the first host of its first Ingress or HTTPRoute; undefined without one. */
export function findUrl(objects: readonly ReleaseObject[]): string | undefined {
  const urls = objects.map(({ object }) => ingressUrl(object) ?? routeUrl(object));
  return urls.find((url) => url !== undefined);
}

function ingressUrl(object: KubeObject): string | undefined {
  if (object.kind !== 'Ingress') return undefined;
  const spec = object['spec'] as IngressSpec | undefined;
  const host = spec?.rules?.map((rule) => rule.host).find(isHost);
  return host && `${spec?.tls?.length ? 'https' : 'http'}://${host}`;
}

/** Whether a Gateway terminates TLS is not in the route; those that face people do. */
function routeUrl(object: KubeObject): string | undefined {
  if (object.kind !== 'HTTPRoute') return undefined;
  const spec = object['spec'] as { readonly hostnames?: readonly string[] } | undefined;
  const host = spec?.hostnames?.find(isHost);
  return host && `https://${host}`;
}

function isHost(host: unknown): host is string {
  return typeof host === 'string' && /^[a-z0-9][a-z0-9.-]*$/i.test(host);
}
