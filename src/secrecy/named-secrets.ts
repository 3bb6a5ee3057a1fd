/** Names under which values files and kubeconfigs keep what is secret. */
const SECRET_NAME = /pass|pwd|secret|token|key|credential|auth|cert|licen[cs]e|dsn|salt/i;

/** Whether a name says that what it names is secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/**
 * The texts of a tree whose name, or a name above them, says that they are secret. A guess, for when
 * no Secret object says it: names of Secrets are among them, passwords under plain names are not.
 */
export function findNamedSecrets(tree: unknown): readonly string[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([name, below]) =>
    isSecretName(name) ? textsOf(below) : findNamedSecrets(below),
  );
}

function textsOf(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node).flatMap(textsOf);
}
