/* Whatever a message names as an input or a field is there for the reader to set. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';
import { parse } from 'yaml';
import { type Node, nodesOf } from './docs/reason-codes.ts';

const ROOT = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const ACTION = parse(read('action.yml')) as Readonly<Record<'inputs' | 'outputs', object>>;
const INPUTS = new Set([...Object.keys(ACTION.inputs), ...Object.keys(ACTION.outputs)]);

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly definitions?: Readonly<Record<string, Schema>>;
}
const SCHEMA = JSON.parse(read('schema/slipway.schema.json')) as Schema;
const FIELDS = new Set(fieldsOf(SCHEMA));
const VALUES = new Set(valuesOf(SCHEMA));

/** Other words in backticks, which look like an input or a field and are neither. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'values of inputs': ['deploy', 'setup', 'none', 'latest', 'true', 'false'],
  'of workflows': ['env', 'with', 'permissions', 'pull-requests'],
  'of a kubeconfig': ['clusters', 'current-context', 'server'],
  'of Kubernetes': ['bind', 'edit', 'escalate', 'lookup'],
  programs: ['helm', 'kubectl', 'kustomize', 'sops'],
  'a key as YAML has it': ['key'],
  'names of the world': ['googleapis.com', 'sts.amazonaws.com', 'values.schema.json'],
  examples: ['acme-data', 'airbyte', 'data', 'data-prod'],
};
const OTHER = new Set(Object.values(OTHERS).flat());

/** Names of inputs are compared with action.yml elsewhere, with what is said of them. */
const FILES = globSync('src/**/*.ts', {
  cwd: ROOT,
  exclude: ['src/config/inputs.ts', 'src/config/outputs.ts'],
});

test.each([
  ['src/auth and what is around it', (file: string) => isOfLogin(file)],
  ['everything else', (file: string) => !isOfLogin(file)],
])('%s names inputs and fields that there are', (_, isMeant) => {
  const files = FILES.filter(isMeant);
  const named = files.flatMap((file) => namesIn(file).map((name) => ({ file, name })));
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ file, name }) => !isKnown(name, file))).toEqual([]);
});

/** Where a message names inputs as they are, and fields from `cluster` on. */
function isOfLogin(file: string): boolean {
  return /^src[/\\](auth[/\\]|connect|set-up)/.test(file);
}

function isKnown(name: string, file: string): boolean {
  if (INPUTS.has(name) || OTHER.has(name) || VALUES.has(name)) return true;
  return FIELDS.has(name) && (!isOfLogin(file) || /^cluster(\.|$)/.test(name));
}

/** What stands in backticks and is written as inputs and fields are, without a value after it. */
function namesIn(file: string): readonly string[] {
  return nodesOf(parseSync(read(file), { syntax: 'typescript' }))
    .flatMap(toText)
    .flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word))
    .map((word) => word.replace(/:( .*)?$/, ''))
    .filter((word) => /^[a-z]+([.-][a-z]+)*$/.test(word));
}

/** A literal as it is read; what is filled in breaks off the word around it. */
function toText(node: Node): readonly string[] {
  if (node['type'] === 'StringLiteral') return [String(node['value'])];
  if (node['type'] !== 'TemplateLiteral') return [];
  const quasis = node['quasis'] as readonly { readonly cooked: string }[];
  return [quasis.map(({ cooked }) => cooked).join('\0')];
}

/** Every field, by its own name and by all that stands before it. */
function fieldsOf(schema: Schema, above: readonly string[] = []): readonly string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, below]) => {
    const field = [...above, name];
    const names = [...field.keys()].map((start) => field.slice(start).join('.'));
    return [...names, ...fieldsOf(below, field)];
  });
  return [...own, ...partsOf(schema).flatMap(([part, key]) => fieldsOf(part, [...above, ...key]))];
}

/** The values that fields can have, where there are few. */
function valuesOf(schema: Schema): readonly string[] {
  const below = [...Object.values(schema.properties ?? {}), ...partsOf(schema).map(([it]) => it)];
  return [...(schema.enum ?? []), schema.const].map(String).concat(below.flatMap(valuesOf));
}

/** What a schema is made of, with the key that leads there. */
function partsOf(schema: Schema): readonly (readonly [Schema, readonly string[]])[] {
  const { $ref = '', additionalProperties: each, items, anyOf = [] } = schema;
  const same = [...anyOf, items, SCHEMA.definitions?.[$ref.split('/').at(-1) ?? '']];
  return [
    ...same.flatMap((part) => (part ? [[part, []] as const] : [])),
    ...(typeof each === 'object' ? [[each, ['*']] as const] : []),
  ];
}
