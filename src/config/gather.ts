import { DeployError, DeployErrors, type Place, type Problem } from '../errors.ts';

/**
 * Runs every parser, also after one has failed, so that the user sees all problems at once.
 * Throws `DeployErrors` with each problem once, even when several parsers stumble over the same value.
 */
export function parseAll<T extends Record<string, () => unknown>>(
  parsers: T,
): { readonly [Key in keyof T]: ReturnType<T[Key]> } {
  const keys = Object.keys(parsers);
  const values = parseEach(keys, (key) => parsers[key]?.());
  return Object.fromEntries(keys.map((key, index) => [key, values[index]])) as {
    [Key in keyof T]: ReturnType<T[Key]>;
  };
}

/** The same for a list: one parser, many texts. */
export function parseEach<T, U>(
  items: readonly T[],
  parse: (item: T, index: number) => U,
): readonly U[] {
  const problems = new Map<string, Problem>();
  const values: U[] = [];
  for (const [index, item] of items.entries()) {
    try {
      values.push(parse(item, index));
    } catch (error) {
      for (const problem of problemsOf(error)) problems.set(JSON.stringify(problem), problem);
    }
  }
  if (problems.size > 0) throw new DeployErrors([...problems.values()]);
  return values;
}

/**
 * Parses, and says of every problem that does not know its place that it is here: the field of
 * slipway.yaml that was parsed.
 */
export function parseAt<T>(place: Place | undefined, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!place) throw error;
    throw new DeployErrors(
      problemsOf(error).map((problem) => ({ ...problem, at: problem.at ?? place })),
    );
  }
}

/**
 * Parses when first asked and remembers the answer, also when it is an error: whoever depends on a
 * value that is wrong repeats the same problem, which `parseAll` tells once.
 */
export function once<T>(parse: () => T): () => T {
  let answer: { readonly value: T } | { readonly error: unknown } | undefined;
  return () => {
    answer ??= attempt(parse);
    if ('error' in answer) throw answer.error;
    return answer.value;
  };
}

function attempt<T>(parse: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: parse() };
  } catch (error) {
    return { error };
  }
}

/** Rethrows what is no error of the user. */
function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof DeployError || error instanceof DeployErrors) return error.problems;
  throw error;
}
