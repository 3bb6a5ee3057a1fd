import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { EOL } from 'node:os';

/*
 * What the runner understands, in its two forms: a line on stdout, and files named by the environment
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). By hand, because
 * @actions/core loads an HTTP client with it, which is a third of the time in which this action starts.
 */

export type Fields = Readonly<Record<string, string | number>>;

/** A command on stdout: `::error title=Crash loop,line=3::message`. */
export function issueCommand(name: string, message: string, fields: Fields = {}): void {
  const given = Object.entries(fields).map(([key, value]) => `${key}=${escapeField(`${value}`)}`);
  const head = [name, given.join(',')].filter(Boolean).join(' ');
  printLine(`::${head}::${escapeMessage(message)}`);
}

export function printLine(line: string): void {
  process.stdout.write(line + EOL);
}

/** Outside of a runner there is no file, and a line on stdout says it. */
export function setOutput(name: string, value: string): void {
  if (!appendTo('GITHUB_OUTPUT', assign(name, value))) issueCommand('set-output', value, { name });
}

/** For the post step of this action, which finds it as `STATE_<name>`. */
export function saveState(name: string, value: string): void {
  if (!appendTo('GITHUB_STATE', assign(name, value))) issueCommand('save-state', value, { name });
}

/** For later steps of the job. */
export function addPath(folder: string): void {
  if (!appendTo('GITHUB_PATH', folder)) issueCommand('add-path', folder);
}

function appendTo(variable: string, text: string): boolean {
  const file = process.env[variable];
  if (!file) return false;
  appendFileSync(file, text + EOL);
  return true;
}

/** The delimiter is random, so that no value can end itself early and set another name. */
function assign(name: string, value: string): string {
  const delimiter = `end-${randomUUID()}`;
  return [`${name}<<${delimiter}`, value, delimiter].join(EOL);
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeField(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
