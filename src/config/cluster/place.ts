import type { Workspace } from '../workspace.ts';

/** What a cluster's fields are read against. */
export interface ClusterPlace {
  readonly workspace: Workspace;
  /** Of this process: region and project may stand there, as other tools of the clouds take them. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The first of these variables that has a value; a step that has nothing to say exports an empty one. */
export function findVariable(
  environment: ClusterPlace['environment'],
  names: readonly string[],
): { readonly name: string; readonly text: string } | undefined {
  for (const name of names) {
    const text = environment[name]?.trim() ?? '';
    if (text !== '') return { name, text };
  }
  return undefined;
}
