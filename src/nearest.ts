/** Names that differ from what was written by a typing mistake, nearest first. */
export function findNearest(written: string, known: Iterable<string>): readonly string[] {
  // A third of the letters may be wrong; beyond that a suggestion is a guess.
  const off = (name: string) => Math.abs(name.length - written.length);
  const allowed = Math.max(2, Math.floor(written.length / 3));
  return (
    [...known]
      .map((name) => ({ name, distance: editDistance(written.toLowerCase(), name.toLowerCase()) }))
      .filter(({ name, distance }) => distance <= allowed && distance < name.length)
      // Of two equally near ones, letters are rather swapped than lost.
      .sort((a, b) => a.distance - b.distance || off(a.name) - off(b.name))
      .map(({ name }) => name)
  );
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other. */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const best = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(swapped ? Math.min(best, at(beforeLast, column - 2) + 1) : best);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, to.length);
}

function at(distances: readonly number[], index: number): number {
  return distances[index] ?? Number.POSITIVE_INFINITY;
}
