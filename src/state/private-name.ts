/**
 * What a private file or folder of one release is called, such as `chart.shop.api`. A namespace has no
 * dot, so no two releases share one.
 */
export function toPrivateName(what: string, namespace: string, release: string): string {
  return `${what}.${namespace}.${release}`;
}
