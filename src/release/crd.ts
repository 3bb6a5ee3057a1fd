import type { KubeObject } from './object.ts';

/** A CRD as it is applied: generators leave an empty status and time in the file, which are the server's. */
export function withoutServerFields({ status: _, ...object }: KubeObject): KubeObject {
  const { creationTimestamp: __, ...metadata } = object.metadata;
  return { ...object, metadata } as KubeObject;
}
