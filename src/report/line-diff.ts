export interface DiffLine {
  readonly type: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Above this product of lengths the changed middle is told as one block: the table would not fit in memory. */
const MAX_CELLS = 1_000_000;

/** A shortest way from one list of lines to another, by the longest common subsequence. */
export function diffLines(
  before: readonly string[],
  after: readonly string[],
): readonly DiffLine[] {
  const head = countEqual(before, after);
  const tail = countEqual(before.slice(head).toReversed(), after.slice(head).toReversed());
  return [
    ...mark('same', before.slice(0, head)),
    ...diffMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...mark('same', before.slice(before.length - tail)),
  ];
}

function countEqual(a: readonly string[], b: readonly string[]): number {
  const differs = a.findIndex((line, i) => line !== b[i]);
  return differs < 0 ? a.length : differs;
}

function diffMiddle(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  if (a.length * b.length > MAX_CELLS) return [...mark('removed', a), ...mark('added', b)];
  const width = b.length + 1;
  const common = toCommonLengths(a, b);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [old = '', now = ''] = [a[i], b[j]];
    if (old === now) lines.push({ type: 'same', text: old });
    else if (at(i + 1, j) >= at(i, j + 1)) lines.push({ type: 'removed', text: old });
    else lines.push({ type: 'added', text: now });
    const { type } = lines.at(-1) as DiffLine;
    if (type !== 'added') i++;
    if (type !== 'removed') j++;
  }
  return [...lines, ...mark('removed', a.slice(i)), ...mark('added', b.slice(j))];
}

/** Length of the longest common subsequence of what follows each pair of positions. */
function toCommonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [right, below, diagonal] = [
        i * width + j + 1,
        (i + 1) * width + j,
        (i + 1) * width + j + 1,
      ];
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[diagonal] ?? 0) + 1
          : Math.max(lengths[right] ?? 0, lengths[below] ?? 0);
    }
  }
  return lengths;
}

function mark(type: DiffLine['type'], lines: readonly string[]): readonly DiffLine[] {
  return lines.map((text) => ({ type, text }));
}
