import { ACCESS } from './access.ts';
import type { BadInput } from './case.ts';
import { CHARTS } from './charts.ts';
import { CLOUDS } from './clouds.ts';
import { CONFIG_FILE } from './config-file.ts';
import { FIELDS } from './fields.ts';
import { INPUTS } from './inputs.ts';
import { RENDERING } from './rendering.ts';
import { SOURCES } from './sources.ts';
import { TOOLS } from './tools.ts';
import { VALUES } from './values.ts';

export const BAD_INPUTS: readonly BadInput[] = [
  ...INPUTS,
  ...CONFIG_FILE,
  ...FIELDS,
  ...VALUES,
  ...CHARTS,
  ...SOURCES,
  ...TOOLS,
  ...RENDERING,
  ...CLOUDS,
  ...ACCESS,
];
