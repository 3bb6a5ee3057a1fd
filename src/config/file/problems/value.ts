import { z } from 'zod';
import type { Problem } from '../../../errors.ts';
import { findNearest } from '../../../nearest.ts';
import type { FieldPath } from '../../fields.ts';
import { findInsteadOfAks } from '../../unavailable.ts';
import { findVariable, text } from '../schema-text.ts';
import { type Found, findRule, hintForType, isSecret, writeLike } from './hints.ts';
import { shorten, showPath } from './path.ts';
import {
  describeType,
  findMeaning,
  findSchema,
  joinWords,
  renderExample,
  toOptions,
} from './words.ts';

/** One value that the schema refuses. */
export function explainValue(found: Found, issue: z.core.$ZodIssue): Problem {
  const at = found.tree.at(found.path);
  return { ...describe(found, issue), at };
}

type Told = Omit<Problem, 'at'>;

function describe(found: Found, issue: z.core.$ZodIssue): Told {
  const { value, path } = found;
  if (value === undefined) return missing(path);
  if (value === null) return empty(path);
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') return wrongType(found);
  if (issue.code === 'invalid_value') {
    return typeof value === 'string' ? unknownWord(found, value) : wrongType(found);
  }
  return refused(found, issue);
}

function missing(path: FieldPath): Told {
  return {
    code: 'config-missing',
    message: `${showPath(path)} is missing.`,
    hint: writeLike(path),
  };
}

function empty(path: FieldPath): Told {
  const written = renderExample(path);
  return {
    code: 'config-wrong-type',
    message: `${showPath(path)} has no value.`,
    hint: written
      ? `Remove it, or give it one, such as \`${written}\`.`
      : 'Remove it, or give it one; an empty text is `""`.',
  };
}

function wrongType(found: Found): Told {
  const schema = findSchema(found.path);
  return {
    code: 'config-wrong-type',
    message: `${showPath(found.path)} is ${describeValue(found)}, not ${schema ? describeType(schema) : 'that'}.`,
    hint: hintForType(found),
  };
}

function describeValue({ value, source, path }: Found): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const secret = isSecret(path);
  if (typeof value === 'string') return secret ? 'a text' : `the text \`${shorten(value)}\``;
  if (typeof value === 'number') return secret ? 'a number' : `the number ${source ?? value}`;
  return secret ? '`true` or `false`' : `\`${value}\``;
}

function unknownWord(found: Found, value: string): Told {
  const { path } = found;
  if (findVariable(value) !== undefined) return variable(found, value);
  const insteadOfAks = path.at(-1) === 'provider' ? findInsteadOfAks(value) : undefined;
  if (insteadOfAks !== undefined) {
    return {
      code: 'config-invalid',
      message: `${showPath(path)} is \`${shorten(value)}\`, and Slipway does not log in to AKS by itself.`,
      hint: insteadOfAks,
    };
  }
  const words = wordsOf(path);
  const [nearest] = findNearest(value, words);
  return {
    code: 'config-invalid',
    message: `${showPath(path)} is \`${shorten(value)}\`, which Slipway does not know.`,
    hint: nearest
      ? `Did you mean \`${nearest}\`?`
      : `Use ${joinWords(words.map((word) => `\`${word}\``))}.`,
  };
}

function wordsOf(path: FieldPath): readonly string[] {
  const schema = findSchema(path);
  return (schema ? toOptions(schema) : []).flatMap((option) =>
    option instanceof z.ZodEnum ? option.options.map(String) : [],
  );
}

function refused(found: Found, issue: z.core.$ZodIssue): Told {
  const { path, value } = found;
  if (value === '') return blank(path);
  if (isWrittenOut(path)) return writtenOut(found);
  if (typeof value === 'string' && findVariable(value) !== undefined) return variable(found, value);
  if (typeof value === 'number') return outOfRange(found, issue);
  if (issue.code === 'too_big') return tooMany(path, Number(issue.maximum));
  return typeof value === 'string' ? malformed(path, value) : nothingIn(path);
}

function malformed(path: FieldPath, value: string): Told {
  return {
    code: 'config-invalid',
    message: `${showPath(path)} is \`${shorten(value)}\`, which has no meaning there.`,
    hint: findRule(path) ?? writeLike(path),
  };
}

function nothingIn(path: FieldPath): Told {
  return {
    code: 'config-missing',
    message: `${showPath(path)} has nothing in it.`,
    hint: writeLike(path),
  };
}

function tooMany(path: FieldPath, maximum: number): Told {
  return {
    code: 'config-invalid',
    message: `${showPath(path)} has more than ${maximum} items.`,
    hint: `Keep ${maximum} of them.`,
  };
}

function blank(path: FieldPath): Told {
  return {
    code: 'config-invalid',
    message: `${showPath(path)} is an empty text.`,
    hint: `${writeLike(path)} Or remove it.`,
  };
}

function outOfRange({ path, value }: Found, issue: z.core.$ZodIssue): Told {
  const limit = issue.code === 'too_small' ? `less than ${issue.minimum}` : 'too large';
  return {
    code: 'config-invalid',
    message: `${showPath(path)} is ${value}, ${limit}.`,
    hint:
      value === 0 && path.at(-1) === 'history-max'
        ? 'Write how many revisions to keep, such as `history-max: 10`: without a limit they fill the namespace with Secrets.'
        : (findRule(path) ?? writeLike(path)),
  };
}

/** Fields that take a secret by the name of its variable. */
const BY_NAME = ['registry-password', 'kubeconfig', 'credentials', 'access-token', 'token'];

function isWrittenOut(path: FieldPath): boolean {
  return BY_NAME.includes(String(path.at(-1)));
}

function writtenOut({ path, tree }: Found): Told {
  return {
    code: 'config-invalid',
    message: `${showPath(path)} is written out in \`${tree.file}\`, for everybody who can read the repository.`,
    hint: findRule(path) ?? writeLike(path),
  };
}

/** `${NAME}` where nothing is filled in. */
function variable({ path }: Found, value: string): Told {
  const name = findVariable(value);
  return {
    code: 'config-variable',
    message: `${showPath(path)} holds \`\${${name}}\`, which is not filled in there.`,
    hint: toVariableHint(path, `\`$\${${name}}\``),
  };
}

function toVariableHint(path: FieldPath, plain: string): string {
  if (path.includes('values-inline') || path.includes('set-json')) {
    return `Give this value in \`set\`, where it is; or write ${plain} if the chart shall get it as it stands.`;
  }
  const isOfRelease = path[0] !== 'environments';
  const instead = isOfRelease
    ? 'Use `{environment}`, or `{vars.…}` with `vars` in the environment.'
    : 'Write it out.';
  return `${instead} ${findMeaning(text).patternErrorMessage}`;
}
