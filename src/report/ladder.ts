/** How much is told. Every rung is a complete rendering; nothing is ever cut afterwards. */
export interface Detail {
  /** Objects whose fields are shown one by one; destructive ones come first. */
  readonly fields: number;
  /** Objects that are listed; 0 means counts alone. */
  readonly objects: number;
  /** Lines of one value, log excerpt or error. */
  readonly lines: number;
  /** Entries of any other list: problems, notes, findings, events. */
  readonly items: number;
  /** Releases that are told beyond their row, worst first. */
  readonly targets: number;
  /** Characters of a sentence of others. */
  readonly sentence: number;
}

/** From everything to counts. The last rung is bounded in every part, so it always fits. */
export const LADDER: readonly [Detail, ...Detail[]] = [
  {
    fields: Infinity,
    objects: Infinity,
    lines: Infinity,
    items: Infinity,
    targets: Infinity,
    sentence: 2000,
  },
  { fields: 200, objects: 2000, lines: 100, items: 100, targets: 100, sentence: 2000 },
  { fields: 50, objects: 500, lines: 50, items: 50, targets: 50, sentence: 1000 },
  { fields: 20, objects: 200, lines: 20, items: 20, targets: 30, sentence: 1000 },
  { fields: 5, objects: 50, lines: 10, items: 10, targets: 20, sentence: 500 },
  { fields: 0, objects: 50, lines: 5, items: 5, targets: 10, sentence: 500 },
  { fields: 0, objects: 0, lines: 0, items: 2, targets: 5, sentence: 200 },
];

/** A comment may have 65,536 characters; counted in bytes with room for what the API adds. */
export const COMMENT_BUDGET = 60_000;
/** A step's summary may have 1 MiB; over it GitHub drops the whole summary. */
export const SUMMARY_BUDGET = 1_000_000;

/** The renderings that fit the budget (UTF-8 bytes), fullest first; the last rung is always among them. */
export function* renderRungs(
  render: (detail: Detail) => string,
  budget: number,
): Generator<string> {
  for (const detail of LADDER) {
    const text = render(detail);
    const isLast = detail === LADDER.at(-1);
    if (isLast || Buffer.byteLength(text) <= budget) yield text;
  }
}

/** The fullest rendering that fits. */
export function renderWithin(render: (detail: Detail) => string, budget: number): string {
  const [text = ''] = renderRungs(render, budget).take(1);
  return text;
}
