import path from 'node:path';
import { DeployError } from '../../errors.ts';
import type { GkeCluster, GoogleLogin } from '../../release/cluster-spec.ts';
import type { AuthWorld, TokenSource } from '../access.ts';
import { connectGoogle, type Google } from './client.ts';
import { createFromCredentials } from './credentials.ts';
import { createFederation } from './federation.ts';
import { impersonate } from './impersonate.ts';
import { readMachine } from './metadata.ts';
import type { GoogleToken, Mint } from './token.ts';

/** As `TokenSource`, with the owner of each token. */
export interface GoogleTokens extends TokenSource {
  mint(): Promise<GoogleToken>;
}

/** Tokens for a GKE cluster and for Google's own services; the cluster itself is not asked. */
export function createGoogleTokens(spec: GkeCluster, world: AuthWorld): GoogleTokens {
  return createTokens(spec.login, connectGoogle(spec.universe, world));
}

export function createTokens(
  { source, serviceAccount }: GoogleLogin,
  google: Google,
): GoogleTokens {
  let mintOwn: Mint | undefined;
  return {
    async mint() {
      mintOwn ??= createSource(source, google);
      const own = await mintOwn();
      if (serviceAccount === '' || serviceAccount === own.identity) return own;
      return impersonate(serviceAccount, own, google);
    },
  };
}

function createSource(source: GoogleLogin['source'], google: Google): Mint {
  switch (source.type) {
    case 'federation':
      return createFederation(source, google);
    case 'credentials':
      return createFromCredentials({ json: source.json, named: `\`${source.name}\`` }, google);
    case 'access-token':
      return createStatic(source.token, google);
    case 'ambient':
      return createAmbient(google);
  }
}

function createStatic(token: string, google: Google): Mint {
  if (token.trim() === '') {
    throw new DeployError('login-missing', '`cluster.access-token` is empty.', {
      hint: 'Secrets are not passed to runs from forks or Dependabot; otherwise check the name of the variable.',
    });
  }
  google.world.hide(token);
  const identity = 'the owner of `cluster.access-token`';
  return async () => ({ token, identity, member: '' });
}

/** The file is read once: the step that made it may take it away before we end. */
function createAmbient(google: Google): Mint {
  const { environment, files } = google.world;
  const file = environment['GOOGLE_APPLICATION_CREDENTIALS'];
  if (!file) return () => readMachine(google);
  const json = files.read(path.resolve(file));
  if (json !== undefined) {
    const named = 'GOOGLE_APPLICATION_CREDENTIALS';
    return createFromCredentials({ json, named }, google);
  }
  const message = 'GOOGLE_APPLICATION_CREDENTIALS points to a file that does not exist (any more).';
  throw new DeployError('login-missing', message, {
    hint: 'Was actions/checkout run after google-github-actions/auth? It empties the workspace: check out first, or set `gcp-workload-identity-provider`.',
  });
}
