import type { ValuesLayer } from '../release/spec.ts';
import { parseAll } from './gather.ts';
import type { Given } from './given.ts';
import { parseSettings } from './settings.ts';
import { parseValuesFiles, type ValuesPlace } from './values-files.ts';
import { parseYamlMap } from './yaml.ts';

/** All values in helm's order: files, then inline, then `set`; later wins. */
export function parseLayers(given: Given, place: ValuesPlace): readonly ValuesLayer[] {
  const { files, inline, set } = parseAll({
    files: () => parseValuesFiles(given.lines('values'), place),
    inline: () => parseInline(given),
    set: () => parseSet(given),
  });
  return [...files, ...inline, ...set];
}

function parseInline(given: Given): readonly ValuesLayer[] {
  const text = given.raw('values-inline');
  if (text.trim() === '') return [];
  parseYamlMap({ name: '`values-inline`', text });
  return [{ type: 'inline', text }];
}

function parseSet(given: Given): readonly ValuesLayer[] {
  const lines = given.lines('set');
  return lines.length === 0 ? [] : [{ type: 'set', values: parseSettings(lines) }];
}
