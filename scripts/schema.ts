// Writes schema/slipway.schema.json and the tables of docs/slipway-yaml.md from src/config/file/schema.ts;
// with --check it only says whether they are what the schema gives.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import {
  describeType,
  findMeaning,
  renderValue,
  repeatsFields,
  type Schema,
  toOptions,
  toShape,
} from '../src/config/file/problems/words.ts';
import { configSchema } from '../src/config/file/schema.ts';
import { renderTable, replaceBetween } from './readme.ts';

/** Where editors find it; the tag moves with the major version of the action. */
export const SCHEMA_URL =
  'https://raw.githubusercontent.com/slipway-deploy/slipway/v1/schema/slipway.schema.json';

/** The JSON Schema for editors. Draft 7 is what all of them understand. */
export function renderJsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, {
    target: 'draft-7',
    io: 'input',
    override: ({ jsonSchema }) => {
      // The bound of JavaScript's integers, which nobody needs to be told.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const head = {
    $schema,
    $id: SCHEMA_URL,
    title: 'slipway.yaml',
    description: 'Environments and Helm releases that the GitHub Action Slipway plans and deploys.',
  };
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`;
}

/** The page with its tables replaced. */
export function renderPage(page: string): string {
  const { environments, releases } = configSchema.shape;
  const tables = {
    top: Object.entries(configSchema.shape).map(([name, field]) => renderRow(name, field)),
    environments: listRows(environments.unwrap().valueType, ''),
    releases: listRows(releases.valueType, ''),
  };
  return Object.entries(tables).reduce(
    (text, [marker, rows]) =>
      replaceBetween(text, marker, renderTable(['field', 'type', 'default', 'meaning'], rows)),
    page,
  );
}

type Row = readonly string[];

/** The fields of a map, each followed by those of the map that it holds itself, unless they are the same. */
function listRows(schema: Schema, prefix: string): readonly Row[] {
  return toOptions(schema).flatMap((option) =>
    option instanceof z.ZodArray
      ? listRows(option.element, `${prefix.replace(/\.$/, '')}[].`)
      : Object.entries(toShape(option)).flatMap(([name, field]) => [
          renderRow(prefix + name, field),
          ...(repeatsFields(field, option) ? [] : listRows(field, `${prefix}${name}.`)),
        ]),
  );
}

function renderRow(path: string, field: Schema): Row {
  const meaning = findMeaning(field);
  const written = meaning.default === undefined ? '' : `\`${renderValue(meaning.default)}\``;
  const required = field instanceof z.ZodOptional ? written : '**required**';
  return [`\`${path}\``, describeType(field), required, meaning.description ?? ''];
}

function main(): void {
  const root = join(import.meta.dirname, '..');
  const page = join(root, 'docs/slipway-yaml.md');
  const wanted = new Map([
    [join(root, 'schema/slipway.schema.json'), renderJsonSchema()],
    [page, renderPage(readFileSync(page, 'utf8'))],
  ]);
  const stale = [...wanted].filter(([path, text]) => read(path) !== text);
  if (stale.length === 0) return;
  if (process.argv.includes('--check')) {
    console.error(
      `Not what src/config/file/schema.ts gives: ${stale.map(([path]) => path).join(', ')}`,
    );
    console.error('Run: node scripts/node24.js scripts/schema.ts');
    process.exitCode = 1;
    return;
  }
  for (const [path, text] of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

if (import.meta.main) main();
