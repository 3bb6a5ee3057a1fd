// Writes the tables of inputs and outputs in README.md from action.yml; with --check it only
// says whether they are what action.yml gives.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Action {
  readonly inputs: Readonly<Record<string, ActionInput>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

interface ActionInput {
  readonly description: string;
  readonly default?: string;
  readonly required?: boolean;
}

/** The README with its tables replaced; `action` is the text of action.yml. */
export function renderReadme(readme: string, action: string): string {
  const { inputs, outputs } = parse(action) as Action;
  return replaceBetween(
    replaceBetween(readme, 'inputs', renderInputs(inputs)),
    'outputs',
    renderOutputs(outputs),
  );
}

function renderInputs(inputs: Action['inputs']): string {
  const rows = Object.entries(inputs).map(([name, input]) => [
    `\`${name}\``,
    renderDefault(input),
    input.description,
  ]);
  return renderTable(['input', 'default', 'meaning'], rows);
}

function renderDefault(input: ActionInput): string {
  if (input.required) return '**required**';
  return input.default === undefined ? '' : `\`${input.default}\``;
}

function renderOutputs(outputs: Action['outputs']): string {
  const rows = Object.entries(outputs).map(([name, { description }]) => [
    `\`${name}\``,
    description,
  ]);
  return renderTable(['output', 'meaning'], rows);
}

export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}

/** Throws when the text has no such markers. */
export function replaceBetween(text: string, marker: string, content: string): string {
  const [start, end] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`There is no place between ${start} and ${end}`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

function main(): void {
  const root = join(import.meta.dirname, '..');
  const path = join(root, 'README.md');
  const before = readFileSync(path, 'utf8');
  const after = renderReadme(before, readFileSync(join(root, 'action.yml'), 'utf8'));
  if (before === after) return;
  if (process.argv.includes('--check')) {
    console.error('The tables of README.md are not those of action.yml.');
    console.error('Run: node scripts/node24.js scripts/readme.ts');
    process.exitCode = 1;
    return;
  }
  writeFileSync(path, after);
}

if (import.meta.main) main();
