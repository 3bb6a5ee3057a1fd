/** `place: message [code]` and `→ hint` of each problem, as the log ends with them. */
export function problemsIn(log: string): readonly string[] {
  return log
    .split('\n')
    .filter((line) => /^ {2}✗ | {4}→ /.test(line))
    .map((line) => line.trim().replace(/^✗ /, ''));
}

/** The places that GitHub annotates, as the log names them: `file:line:column`. */
export function annotatedPlaces(log: string): readonly string[] {
  return [
    ...log.matchAll(/^::error title=[^:]*?,file=([^,:]+)(?:,line=(\d+))?(?:,col=(\d+))?::/gm),
  ].map(([, ...parts]) => parts.filter(Boolean).join(':'));
}

/** Those that what is told asks for. Problems without a place share an annotation; of more than three the third counts the rest. */
export function placesToAnnotate(told: readonly string[]): readonly string[] {
  const places = told.flatMap((line) => /^(\S*\.[\w-]+(?::\d+)*): /.exec(line)?.[1] ?? []);
  const shared = told.length > 2 * places.length ? 1 : 0;
  return places.slice(0, shared + places.length > 3 ? 2 - shared : places.length);
}
