import { isNode } from 'yaml';
import { DeployError, type Place } from '../../errors.ts';
import { toPosition } from '../../release/yaml-error.ts';

export interface YamlSource {
  readonly text: string;
  readonly file: string;
}

export type LinePlace = Required<Place> & { readonly line: number; readonly column: number };

export function placeOf(offset: number, { text, file }: YamlSource): LinePlace {
  return { file, ...toPosition(text, offset) };
}

/** Where a node begins; the beginning of the text for what is not there. */
export function offsetOf(node: unknown): number {
  return (isNode(node) && node.range?.[0]) || 0;
}

/** For what YAML allows and this file may not have. */
export function brokenAt(
  offset: number,
  source: YamlSource,
  { what, hint }: { what: string; hint: string },
): DeployError {
  const at = placeOf(offset, source);
  return new DeployError(
    'config-broken',
    `\`${source.file}\` cannot be read: line ${at.line}, column ${at.column}: ${what}.`,
    { hint, at },
  );
}
