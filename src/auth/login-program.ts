import path from 'node:path';
import { DeployError } from '../errors.ts';
import type { AuthWorld } from './access.ts';

/** What to use instead of the programs of the clouds. */
const INSTEAD: Readonly<Record<string, string>> = {
  aws: 'eks',
  'aws-iam-authenticator': 'eks',
  gcloud: 'gke',
  'gke-gcloud-auth-plugin': 'gke',
};

/**
 * Helm would tell an absent program only after it has begun.
 * @throws DeployError `kubeconfig-invalid`
 */
export function checkLoginProgram(
  program: string,
  { environment, files }: Pick<AuthWorld, 'environment' | 'files'>,
): void {
  if (candidates(program, environment).some((file) => files.kind(file) === 'file')) return;
  const name = path.basename(program).replace(/\.exe$/i, '');
  const provider = INSTEAD[name];
  throw new DeployError(
    'kubeconfig-invalid',
    `Reading the kubeconfig: it calls "${program}", which this runner does not have.`,
    {
      hint: provider
        ? `Set \`cluster-provider: ${provider}\` with \`cluster-name\` and \`cluster-location\` instead of \`kubeconfig\`: it needs no program.`
        : `Install ${name} in an earlier step, or give a kubeconfig with a token.`,
    },
  );
}

function candidates(program: string, environment: AuthWorld['environment']): readonly string[] {
  const suffixes = ['', ...(environment['PATHEXT'] ?? '').split(';').filter(Boolean)];
  const isPath = /[\\/]/.test(program);
  // Windows spells it `Path`, and forgets that in a copy of its environment.
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(path.delimiter);
  const bases = isPath ? [program] : folders.filter(Boolean).map((it) => path.join(it, program));
  return bases.flatMap((base) => suffixes.map((suffix) => base + suffix));
}
