import { DeployErrors, type Place, type Problem } from '../errors.ts';
import { findReason } from './owned-flags.ts';

export interface ArgumentLine {
  readonly text: string;
  readonly at?: Place | undefined;
}

/**
 * Further arguments for helm, one an entry: `--enable-dns`, `--description=text` or `--description text`;
 * blank and quotes end there, because no shell reads them. Each comes back as one argument with `=`.
 * Whether this helm knows them is asked later, of helm itself (`state/further-arguments.ts`).
 * @throws DeployErrors `helm-args-invalid` for what is no long flag, `helm-args-refused` for what has a field of ours
 */
export function parseHelmArgs(lines: readonly ArgumentLine[]): readonly string[] {
  const parsed = lines.map(parseLine);
  const problems = parsed.filter((one) => typeof one !== 'string');
  if (problems.length > 0) throw new DeployErrors(problems);
  return parsed.filter((one) => typeof one === 'string');
}

const LINE = /^--(?<name>[A-Za-z0-9][\w-]*)(?:(?:=|\s+)(?<value>[^\0]*))?$/;

function parseLine({ text, at }: ArgumentLine): string | Problem {
  const line = text.trim();
  const { name, value } = LINE.exec(line)?.groups ?? {};
  if (name === undefined) return toInvalid(line, at);
  const reason = findReason(name, unquote(value ?? ''));
  if (reason === undefined)
    return value === undefined ? `--${name}` : `--${name}=${unquote(value)}`;
  return {
    code: 'helm-args-refused',
    message: `\`helm-args\` may not have --${name}: ${reason.why}.`,
    hint: `${reason.instead}.`,
    at,
  };
}

function toInvalid(line: string, at: Place | undefined): Problem {
  // A short flag may carry its value in the same word, and what it is for is not to be seen.
  const [word = ''] = line.split(/[\s=]/);
  const isShort = /^-[A-Za-z]/.test(word);
  return {
    code: 'helm-args-invalid',
    message: isShort
      ? `\`helm-args\` has the short flag ${word.slice(0, 2)}.`
      : '`helm-args` has an entry that is no flag of helm: it does not begin with two dashes and a name.',
    hint: isShort
      ? 'Write the long form of it, such as `--description=text`.'
      : 'Write one flag an entry, such as `--enable-dns` or `--description=text`; the chart, the release and values have fields of their own.',
    at,
  };
}

/** Somebody who is used to a shell quotes; helm would take the quotes for a part of the value. */
function unquote(value: string): string {
  return (
    /^(?<quote>["'])(?<inner>.*)\k<quote>$/s.exec(value.trim())?.groups?.['inner'] ?? value.trim()
  );
}
