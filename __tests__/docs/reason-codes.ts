import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

const SOURCE = join(import.meta.dirname, '../../src');

/** Types whose values are reason codes themselves. */
const TYPES = new Set(['FindingCode', 'PlanVerdict']);
/** Words of zod for its own issues. */
const FOREIGN = new Set(['custom']);

/** A node of the syntax tree, as swc writes it. */
export type Node = Readonly<Record<string, unknown>>;

/**
 * Every reason code that the source can emit, with the file that does: what is written for something
 * named `code` (property, variable, parameter, type), and what a DeployError is made with.
 */
export function findReasonCodes(): ReadonlyMap<string, string> {
  const files = globSync('**/*.ts', { cwd: SOURCE }).map((name) => {
    const text = readFileSync(join(SOURCE, name), 'utf8');
    return { name, nodes: nodesOf(parseSync(text, { syntax: 'typescript' })) };
  });
  const takers = new Map(files.flatMap(({ nodes }) => nodes.flatMap(toTaker)));
  const found = files.flatMap(({ name, nodes }) =>
    toTexts(nodes, takers).map((code) => [code, name] as const),
  );
  return new Map(found.filter(([code]) => !FOREIGN.has(code)));
}

/** The codes of one file; one that has been put into a variable before is found there. */
function toTexts(nodes: readonly Node[], takers: ReadonlyMap<string, number>): readonly string[] {
  const given = nodes.map((node) => codeIn(node, takers));
  const names = new Set(given.map(nameOf).filter((name) => name !== ''));
  const named = nodes
    .filter((node) => node['type'] === 'VariableDeclarator' && names.has(nameOf(node['id'])))
    .map((node) => node['init']);
  return [...given, ...named].flatMap(literals);
}

/** A function that takes a code, with its position. */
function toTaker(node: Node): readonly (readonly [string, number])[] {
  if (node['type'] !== 'FunctionDeclaration') return [];
  const parameters = node['params'] as readonly { readonly pat: Node }[];
  const at = parameters.findIndex(({ pat }) => nameOf(pat) === 'code');
  return at < 0 ? [] : [[nameOf(node['identifier']), at]];
}

/** Where something can be named `code`: the parts of the node that hold the name and what it is. */
const NAMED: Readonly<Record<string, readonly [string, string]>> = {
  KeyValueProperty: ['key', 'value'],
  VariableDeclarator: ['id', 'init'],
  AssignmentPattern: ['left', 'right'],
  TsPropertySignature: ['key', 'typeAnnotation'],
};

/** The expression or type that a code comes from. */
function codeIn(node: Node, takers: ReadonlyMap<string, number>): unknown {
  const type = String(node['type']);
  const args = (node['arguments'] ?? []) as readonly { readonly expression: unknown }[];
  const callee = nameOf(node['callee']);
  if (type === 'NewExpression') return callee === 'DeployError' ? args[0]?.expression : undefined;
  if (type === 'CallExpression') return args[takers.get(callee) ?? args.length]?.expression;
  if (type === 'TsTypeAliasDeclaration') {
    return TYPES.has(nameOf(node['id'])) ? node['typeAnnotation'] : undefined;
  }
  const [name = '', value = ''] = NAMED[type] ?? [];
  return nameOf(node[name]) === 'code' ? node[value] : undefined;
}

/** The texts that an expression or type can be; what is only compared with is none of them. */
function literals(value: unknown): readonly string[] {
  const node = value as Node | undefined | null;
  const below = (...parts: readonly string[]) => parts.flatMap((part) => literals(node?.[part]));
  switch (node?.['type']) {
    case 'StringLiteral':
      return /^[a-z]+(-[a-z0-9]+)*$/.test(String(node['value'])) ? [String(node['value'])] : [];
    case 'ConditionalExpression':
      return below('consequent', 'alternate');
    case 'BinaryExpression':
      return node['operator'] === '??' ? below('left', 'right') : [];
    case 'ParenthesisExpression':
      return below('expression');
    case 'TsTypeAnnotation':
      return below('typeAnnotation');
    case 'TsLiteralType':
      return below('literal');
    case 'TsUnionType':
      return (node['types'] as readonly unknown[]).flatMap(literals);
  }
  return [];
}

function nameOf(node: unknown): string {
  const { type, value } = Object(node) as Node;
  return type === 'Identifier' ? String(value) : '';
}

/** The node and all below it. */
export function nodesOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(nodesOf);
  return 'type' in value ? [value as Node, ...below] : below;
}
