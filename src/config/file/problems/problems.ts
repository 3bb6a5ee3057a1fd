import { z } from 'zod';
import type { Problem } from '../../../errors.ts';
import { findNearest } from '../../../nearest.ts';
import type { FieldPath } from '../../fields.ts';
import type { DocumentTree } from '../document-tree.ts';
import type { Found } from './hints.ts';
import { showPath } from './path.ts';
import { explainUnknown } from './unknown.ts';
import { explainValue } from './value.ts';
import { findMeaning, findSchema, toOptions, toShape } from './words.ts';

type Issue = z.core.$ZodIssue;

/** Unknown keys of one map that are told; more are another kind of file, and nobody reads them. */
const TOLD = 50;

/** What the schema refuses in slipway.yaml, in the words of its fields, each with its place. */
export function toProblems(issues: readonly Issue[], tree: DocumentTree): readonly Problem[] {
  return issues.flatMap((issue) => explain(issue, issue.path as FieldPath, tree));
}

function explain(issue: Issue, path: FieldPath, tree: DocumentTree): readonly Problem[] {
  if (issue.code === 'invalid_union') return explainUnion(issue, path, tree);
  if (issue.code === 'invalid_key') return [explainName(path, tree)];
  const value = findValue(tree.value, path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, TOLD)
      .map((key) => explainUnknown({ key, path, parent: value, tree }));
  }
  if (value === undefined && isMisspelt(path, tree)) return [];
  return [explainValue(toFound(path, tree), issue)];
}

/** A required field whose place a key of nearly that name takes: that key is what is told. */
function isMisspelt(path: FieldPath, tree: DocumentTree): boolean {
  const parent = path.slice(0, -1);
  const fields = toOptions(findSchema(parent) ?? z.never()).flatMap((option) =>
    Object.keys(toShape(option)),
  );
  return Object.keys(Object(findValue(tree.value, parent))).some(
    (key) => !fields.includes(key) && findNearest(key, fields)[0] === path.at(-1),
  );
}

/** Says what is wrong with the one that was meant, by the type of what was written. */
function explainUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  path: FieldPath,
  tree: DocumentTree,
): readonly Problem[] {
  const schema = findSchema(path);
  const keys = Object.keys(Object(findValue(tree.value, path)));
  const [meant] = (schema ? toOptions(schema) : [])
    .map((option, index) => ({
      issues: issue.errors[index] ?? [],
      hits: keys.filter((key) => toShape(option)[key]).length,
    }))
    .filter(({ issues }) => !issues.some(isOtherType))
    .sort((a, b) => b.hits - a.hits);
  if (!meant) return [explainValue(toFound(path, tree), issue)];
  return meant.issues.flatMap((inner) =>
    explain(inner, [...path, ...(inner.path as FieldPath)], tree),
  );
}

function isOtherType(issue: Issue): boolean {
  return issue.path.length === 0 && ['invalid_type', 'invalid_value'].includes(issue.code);
}

function explainName(path: FieldPath, tree: DocumentTree): Problem {
  const [names] = toOptions(findSchema(path.slice(0, -1)) ?? z.never());
  const rule = names instanceof z.ZodRecord ? findMeaning(names.keyType) : {};
  return {
    code: 'config-invalid',
    message: `${showPath(path)} is not a valid name.`,
    hint: rule.patternErrorMessage ?? 'Choose another one.',
    at: tree.at(path),
  };
}

function toFound(path: FieldPath, tree: DocumentTree): Found {
  return { path, value: findValue(tree.value, path), source: tree.source(path), tree };
}

function findValue(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (parent, key) =>
      typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key)
        ? (parent as Readonly<Record<string | number, unknown>>)[key]
        : undefined,
    value,
  );
}
