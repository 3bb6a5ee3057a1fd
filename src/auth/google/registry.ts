/**
 * Whether a host is a registry of Google's that takes the tokens of a universe: Artifact Registry or
 * what was Container Registry. Nobody else may ever be given one.
 * https://docs.cloud.google.com/artifact-registry/docs/docker/authentication#token
 */
export function isRegistry(host: string, universe: string): boolean {
  if (universe !== 'googleapis.com') return host.endsWith(`.${universe}`);
  return /^([a-z0-9-]+-docker\.pkg\.dev|([a-z0-9-]+\.)?gcr\.io)$/.test(host);
}
