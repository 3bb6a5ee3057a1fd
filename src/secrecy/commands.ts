/**
 * A line of foreign output that the runner must not take for a workflow command. It looks for `::`
 * behind leading white space, and for `##[` anywhere (actions/runner: ActionCommand.cs, TryParseV2
 * and TryParse); it takes a lone carriage return for the end of a line.
 */
export function neutralizeCommands(line: string): string {
  return line
    .replaceAll('\r', ' ')
    .replace(/^(\s*):(?=:)/, '$1: ')
    .replaceAll('##[', '## [');
}
