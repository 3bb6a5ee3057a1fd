/** One value of a tree that has nothing below it; empty maps and lists are leaves as well. */
export interface Leaf {
  /** Names of keys, and indices of lists. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** All leaves of a tree, in its order. */
export function toLeaves(tree: unknown, path: Leaf['path'] = []): readonly Leaf[] {
  if (Array.isArray(tree) && tree.length > 0) {
    return tree.flatMap((item, index) => toLeaves(item, [...path, index]));
  }
  if (typeof tree === 'object' && tree !== null && !Array.isArray(tree)) {
    const entries = Object.entries(tree);
    if (entries.length > 0) {
      return entries.flatMap(([key, value]) => toLeaves(value, [...path, key]));
    }
  }
  return path.length === 0 ? [] : [{ path, value: tree }];
}

/** Such as `server.image.tag`, `hosts[0].name`, `nodeSelector["kubernetes.io/os"]`. */
export function toPathText(path: Leaf['path']): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!/^[A-Za-z_][\w-]*$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}
