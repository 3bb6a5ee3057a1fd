import { isScalar } from 'yaml';
import { resolveScalar } from './yaml-scalar.ts';

/** A plain scalar that helm takes for something else than it looks like. */
export interface ScalarTrap {
  readonly text: string;
  /** What it is to helm: `a boolean`. */
  readonly kind: string;
  /** How it is printed, which is as secret as the text itself. */
  readonly shown: string;
  readonly hint: string;
}

const QUOTE = 'Write it in quotes if it is a text.';

/**
 * What go-yaml v2 makes of a value without quotes, when that is not what a reader sees there; such
 * as `on`, `0123`, `1.10` (helm.md §1.5). `name` is of the nearest key: `tag: 1.0` is a text to its
 * writer, and `factor: 1.0` is none.
 */
export function findScalarTrap(node: unknown, name: string): ScalarTrap | undefined {
  if (!isScalar(node) || node.type !== 'PLAIN' || node.tag !== undefined) return undefined;
  const text = String(node.value);
  const told = toTrap(text, name);
  return told && { text, ...told };
}

type Told = Omit<ScalarTrap, 'text'>;

function toTrap(text: string, name: string): Told | undefined {
  const value = resolveOrNothing(text);
  if (typeof value === 'boolean') return toBooleanTrap(text, value);
  return typeof value === 'number' ? toNumberTrap(text, value, name) : undefined;
}

/** Nothing for what helm refuses, such as `.inf`. */
function resolveOrNothing(text: string): unknown {
  try {
    return resolveScalar({ text, tag: undefined, plain: true });
  } catch {
    return undefined;
  }
}

function toBooleanTrap(text: string, value: boolean): Told | undefined {
  if (/^(?:true|false)$/i.test(text)) return undefined;
  const hint = `Write \`"${text}"\` for the text, or \`${value}\`.`;
  return { kind: 'a boolean', shown: String(value), hint };
}

function toNumberTrap(text: string, value: number, name: string): Told | undefined {
  if (isOctal(text) && !isOctalName(name)) {
    return { kind: 'an octal number', shown: String(value), hint: QUOTE };
  }
  if (/^[-+]?\d+$/.test(text) && !isOctal(text)) return toIntegerTrap(text, value, name);
  const isOther = isLikeVersion(text) || /^0[bo]/i.test(text) || text.includes('_');
  const isText = isVersionName(name) && String(value) !== text;
  return isOther || isText ? { kind: 'a number', shown: toPrinted(value), hint: QUOTE } : undefined;
}

function toIntegerTrap(text: string, value: number, name: string): Told | undefined {
  // `08` has no octal digits, so it is decimal.
  if (/^[-+]?0\d/.test(text)) return { kind: 'a number', shown: String(value), hint: QUOTE };
  const isText = isVersionName(name) || text.length >= IDENTIFIER_DIGITS;
  if (!isText || Math.abs(value) < PRINTED_PLAINLY) return undefined;
  const kind = Number.isSafeInteger(value) ? 'a number' : 'a number of 16 digits at most';
  const hint = `${QUOTE} Templates print such a number with an exponent.`;
  return { kind, shown: toPrinted(value), hint };
}

/** Numbers of so many digits are names: of an AWS account, a Google project. */
const IDENTIFIER_DIGITS = 12;

function isOctal(text: string): boolean {
  return /^[-+]?0[0-7_]+$/.test(text);
}

/** `defaultMode: 0644` is meant to be octal. */
function isOctalName(name: string): boolean {
  return /mode|mask|permissions?$/i.test(name);
}

/** `1.10` and `3.20` lose what makes them versions, and `1234e5` is the abbreviation of a commit. */
function isLikeVersion(text: string): boolean {
  return /^[1-9]\d*\.\d*[1-9]0$/.test(text) || /^\d+e\d+$/i.test(text);
}

function isVersionName(name: string): boolean {
  return /(?:version|tag|revision|commit|sha)$/i.test(name);
}

/** Go prints a float64 with an exponent from here on, and every number of values is one. */
const PRINTED_PLAINLY = 1e6;

function toPrinted(value: number): string {
  if (Math.abs(value) < PRINTED_PLAINLY) return String(value);
  return value.toExponential().replace(/e\+(\d)$/, 'e+0$1');
}
