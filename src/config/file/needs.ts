import { DeployError, type Place } from '../../errors.ts';
import { findNearest } from '../../nearest.ts';

/** A release of the file, and those that it needs. */
export interface Needy {
  readonly name: string;
  readonly needs: readonly string[];
  /** Place of the name among the needs. */
  readonly at: (index: number) => Place | undefined;
}

/**
 * In an order in which every release comes after those that it needs, and otherwise as in the file.
 * Throws for a need that is no release, and for a circle.
 */
export function orderByNeeds<T extends Needy>(releases: readonly T[]): readonly T[] {
  const byName = new Map(releases.map((release) => [release.name, release]));
  for (const release of releases) checkNeeds(release, [...byName.keys()]);
  const ordered = new Set<T>();
  const visit = (release: T, path: readonly string[]): void => {
    if (ordered.has(release)) return;
    if (path.includes(release.name)) throw circle(release, [...path, release.name]);
    for (const need of release.needs) visit(byName.get(need) as T, [...path, release.name]);
    ordered.add(release);
  };
  for (const release of releases) visit(release, []);
  return [...ordered];
}

function checkNeeds({ name, needs, at }: Needy, known: readonly string[]): void {
  for (const [index, need] of needs.entries()) {
    if (known.includes(need)) continue;
    const [nearest] = findNearest(need, known);
    throw new DeployError(
      'needs-unknown',
      `Release \`${name}\` needs \`${need}\`, which is no release of the file.`,
      {
        hint: nearest
          ? `Did you mean \`${nearest}\`?`
          : `Remove it, or add \`${need}\` to \`releases\`.`,
        at: at(index),
      },
    );
  }
}

function circle({ name, at }: Needy, path: readonly string[]): DeployError {
  const round = path.slice(path.indexOf(name)).map((step) => `\`${step}\``);
  return new DeployError(
    'needs-cycle',
    `Releases need each other in a circle: ${round.join(' → ')}.`,
    {
      hint: 'Remove one of these `needs`: a release comes after all that it needs.',
      at: at(0),
    },
  );
}
