/**
 * The log of a step as GitHub's page would show it: workflow commands are obeyed or hidden, groups
 * are indented below their title. Format of the commands: actions/toolkit, packages/core/src/command.ts.
 */
import { paint, type Style } from './terminal.ts';

/** `::name key=value,key=value::message`. */
const COMMAND = /^::(?<name>[a-z-]+)(?: (?<properties>.*?))?::(?<message>.*)$/;

const LEVELS: Readonly<Record<string, Style>> = {
  error: 'red',
  warning: 'yellow',
  notice: 'cyan',
};

/** How a line of the story begins, and what its colour is. */
const LINES: readonly (readonly [RegExp, Style])[] = [
  [/^\s*(✗|❌|🚨)/u, 'red'],
  [/^\s*(✓|✅)/u, 'green'],
  [/^\s*(!|→|⚠)/u, 'yellow'],
  [/^\s*(… |\| |note: |helm: |helm \d|still waiting |\[command\])/u, 'dim'],
  // The objects of a plan.
  [/^ {2}\+ /, 'green'],
  [/^ {2}~ /, 'yellow'],
  [/^ {2}[−-] /u, 'red'],
];

/** Takes the log in pieces as they come, and gives whole lines for a terminal. */
export function createWorkflowLog(print: (line: string) => void) {
  let rest = '';
  let isInGroup = false;

  const show = (line: string) => {
    const command = COMMAND.exec(line)?.groups;
    if (!command) return print(`${isInGroup ? '  ' : ''}${renderLine(line)}`);
    const { name = '', message = '', properties = '' } = command;
    if (name === 'group' || name === 'endgroup') isInGroup = name === 'group';
    if (name === 'group') print(paint('bold', `▸ ${decode(message)}`));
    // What is left is between the step and the runner: outputs, state, masks, paths.
    if (name in LEVELS) print(renderAnnotation(name, properties, decode(message)));
  };

  return {
    add(text: string): void {
      const lines = `${rest}${text}`.split(/\r?\n/);
      rest = lines.pop() ?? '';
      lines.forEach(show);
    },
    /** Shows a last line without its end. */
    end(): void {
      if (rest !== '') show(rest);
      rest = '';
    },
  };
}

function renderLine(line: string): string {
  const style = LINES.find(([pattern]) => pattern.test(line))?.[1];
  return style ? paint(style, line) : line;
}

/** `error: title` and the message below it. */
function renderAnnotation(level: string, properties: string, message: string): string {
  const title = /(?:^|,)title=([^,]*)/.exec(properties)?.[1] ?? '';
  const lines = [`${level}: ${decode(title)}`, ...message.split('\n').map((line) => `  ${line}`)];
  return lines.map((line) => paint(LEVELS[level] ?? 'red', line)).join('\n');
}

function decode(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}
