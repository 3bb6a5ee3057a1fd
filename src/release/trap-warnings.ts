import type { Problem } from '../errors.ts';
import { findYamlTraps, type YamlTrap } from './yaml-traps.ts';

/** A text of values as a user wrote it. */
export interface ValuesText {
  /** How messages call it, such as `` `values/base.yaml` ``. */
  readonly name: string;
  readonly text: string;
  /** Path to annotate; absent when it is not a file. */
  readonly file?: string | undefined;
}

/** Of one text; the rest is counted. */
const TOLD = 5;

/** What in a layer of values looks wrong and stops nothing: helm takes it, in its own way. */
export function toTrapWarnings(layer: ValuesText): readonly Problem[] {
  const traps = findYamlTraps(layer.text);
  const told = traps.slice(0, TOLD).map((trap) => toWarning(trap, layer));
  const rest = traps.slice(TOLD);
  return rest.length === 0 ? told : [...told, toCount(rest, layer)];
}

function toWarning({ line, column, code, message, hint }: YamlTrap, layer: ValuesText): Problem {
  const { name, file } = layer;
  if (file === undefined) return { code, message: `In ${name}, line ${line}, ${message}.`, hint };
  return { code, message: `In ${name} ${message}.`, hint, at: { file, line, column } };
}

function toCount(rest: readonly YamlTrap[], { name, file }: ValuesText): Problem {
  const lines = [...new Set(rest.map(({ line }) => line))];
  const shown = lines.slice(0, 10).join(', ') + (lines.length > 10 ? ', …' : '');
  return {
    code: 'values-trap',
    message: `${rest.length} more of the kind are in ${name}, on lines ${shown}.`,
    hint: 'Put in quotes what is a text, and write every key once.',
    at: file === undefined ? undefined : { file, line: lines[0] ?? 1 },
  };
}
