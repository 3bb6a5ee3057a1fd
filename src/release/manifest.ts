import { DeployError } from '../errors.ts';
import { parseHook } from './hook.ts';
import { type Hook, type KubeObject, type ReleaseObject, toKey, toRef } from './object.ts';
import { parseYaml, YamlError } from './yaml.ts';

/**
 * The objects of a manifest, in its order: what `helm template` prints (hooks after the rest) or
 * what a release record keeps. Lists are taken apart; an object without a namespace gets the
 * release's in its key.
 * @throws DeployError `manifest-invalid`
 */
export function parseManifest(text: string, namespace: string): ReleaseObject[] {
  // helm names a file of CRDs once, at its top: before a `---` of its own there are comments only.
  let above = '';
  return splitDocuments(text).flatMap((document, index) => {
    const source = /^# Source: (.+?)\s*$/m.exec(document)?.[1] ?? above;
    const objects = parseDocument(document, { source, number: index + 1 });
    above = objects.length === 0 ? source : '';
    return objects.map((object) => toReleaseObject(object, { source, namespace }));
  });
}

/** A hook as helm's release record keeps it. */
export interface StoredHook {
  readonly path?: string;
  readonly manifest: string;
  readonly last_run?: { readonly phase?: string; readonly started_at?: string };
}

/**
 * The hooks of a release record. Events, weight and policies are read from the annotations, as they
 * are for a rendering: helm fills in defaults in the record, and the two must compare equal.
 * @throws DeployError `manifest-invalid`
 */
export function toHookObjects(hooks: readonly StoredHook[], namespace: string): ReleaseObject[] {
  return hooks.flatMap(({ manifest, path, last_run }) =>
    parseManifest(manifest, namespace).map((object) => ({
      ...object,
      source: path || object.source,
      ...(object.hook && { hook: { ...object.hook, ...toLastRun(last_run) } }),
    })),
  );
}

function toLastRun({ phase, started_at }: StoredHook['last_run'] = {}): Partial<Hook> {
  const lastStarted = Date.parse(started_at ?? '');
  return {
    ...(phase && { lastRun: phase }),
    ...(Number.isFinite(lastStarted) && { lastStarted }),
  };
}

/** Leaves out what only `helm test` creates. */
export function withoutTests(objects: readonly ReleaseObject[]): ReleaseObject[] {
  return objects.filter(({ hook }) => !hook?.events.every((event) => event === 'test'));
}

/** helm 4.2.1 to 4.2.4 print these two lines before a chart from a registry (helm/helm#32215). */
const PULL_PROGRESS = /^(?:(?:Pulled|Digest): [^\n]*\n)+/;

/** Documents end at every line that begins with `---`, as kubectl has it, whatever follows there. */
function splitDocuments(text: string): string[] {
  const documents = text.replace(PULL_PROGRESS, '').split(/(?:^|\n)---[^\n]*(?:\n|$)/);
  return documents[0] === '' ? documents.slice(1) : documents;
}

interface DocumentPlace {
  /** Template, empty when unknown. */
  readonly source: string;
  /** Counts from 1. */
  readonly number: number;
}

function parseDocument(text: string, place: DocumentPlace): readonly KubeObject[] {
  const known = parsed.get(text);
  if (known) return known;
  const objects = flatten(parseText(text, place)).map((value) => toObject(value, place));
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(text, objects);
  return objects;
}

/**
 * What documents came to, by their text. Most documents of a rendering are also in the record of the
 * last revision: parsing them is most of the cost of a plan, and the same object needs no comparison.
 */
const parsed = new Map<string, readonly KubeObject[]>();
/** Bounds the memory; far above what one release has. */
const MAX_PARSED = 4000;

function parseText(text: string, place: DocumentPlace): unknown {
  try {
    return parseYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw invalid(place, `is not valid YAML: ${error.reason} (its line ${error.line})`);
  }
}

/** Any kind with `items` is a list to kubectl, also List itself. */
function flatten(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  const { kind, items } = value as { kind?: unknown; items?: unknown };
  const isList = typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items);
  return isList ? items.flatMap(flatten) : [value];
}

function toObject(value: unknown, place: DocumentPlace): KubeObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(place, 'is not a Kubernetes object: it is not a map');
  }
  const object = value as Partial<KubeObject>;
  for (const field of ['apiVersion', 'kind'] as const) {
    if (!isText(object[field])) throw invalid(place, `is not a Kubernetes object: no ${field}`);
  }
  const name = nameOf(object.metadata);
  if (name === undefined) throw invalid(place, `is a ${object.kind} without metadata.name`);
  return object.metadata?.name === name
    ? (object as KubeObject)
    : ({ ...object, metadata: { ...object.metadata, name } } as KubeObject);
}

/** A hook may leave the end of its name to the API server; its key is then what it begins with. */
function nameOf(metadata: KubeObject['metadata'] | undefined): string | undefined {
  return [metadata?.name, metadata?.['generateName']].find(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function toReleaseObject(
  object: KubeObject,
  { source, namespace }: { source: string; namespace: string },
): ReleaseObject {
  const ref = toRef(object, namespace);
  const hook = parseHook(object);
  return { key: toKey(ref), ref, object, source, ...(hook && { hook }) };
}

function invalid({ source, number }: DocumentPlace, what: string): DeployError {
  const document = `Document ${number} of the rendered manifest${source && ` (${source})`}`;
  return new DeployError('manifest-invalid', `${document} ${what}.`, {
    hint: 'Correct that template of the chart, or the values that it prints.',
  });
}
