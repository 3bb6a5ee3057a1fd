import { z } from 'zod';

/** `${NAME}`: a variable of the step's environment. A `$` before it makes it plain text. */
const VARIABLE = /(?:^|[^$])\$\{([A-Z_][A-Z0-9_]*)\}/;

/** The same, where editors check a whole text: there is none in it. */
const WITHOUT_VARIABLE = /^(?![\s\S]*(?:^|[^$])\$\{[A-Z_][A-Z0-9_]*\})/;

/** The name of the first `${NAME}` in a text. */
export function findVariable(text: string): string | undefined {
  return VARIABLE.exec(text)?.[1];
}

/** `$${` is how a text says `${`. */
function unescapeVariables(text: string): string {
  return text.replaceAll(`$\${`, `\${`);
}

/** Not empty, without `${NAME}`. */
export const text = z.string().min(1).regex(WITHOUT_VARIABLE).overwrite(unescapeVariables).meta({
  id: 'text',
  patternErrorMessage: `\`\${NAME}\` is filled in only in \`set\`, \`registry-username\`, \`registry-password\` and the secrets of \`cluster\`; \`$\${\` means \`\${\`.`,
});

/** Not empty; `${NAME}` in it is filled in later. */
export const textWithVariables = z.string().min(1);

/** Any value of YAML; its texts are without `${NAME}`. */
const anyValue = z.unknown().superRefine(refuseVariables).overwrite(unescapeAll);

/** A map of any values, by names or dotted paths. */
export const anyValues = z.record(z.string(), anyValue);

/** A length of time, as Go and helm write it; `parseDuration` reads it. */
export const duration = z
  .string()
  .regex(/^(\d+(\.\d+)?(ms|h|m|s))+$/)
  .meta({
    patternErrorMessage: 'Write a number with its unit, such as `10m`, `90s` or `1h30m`.',
  });

function refuseVariables(value: unknown, context: z.RefinementCtx): void {
  for (const { path, text } of textsIn(value)) {
    if (findVariable(text) === undefined) continue;
    context.addIssue({ code: 'custom', path: [...path], message: 'variable' });
  }
}

interface Text {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

function textsIn(value: unknown): readonly Text[] {
  if (typeof value === 'string') return [{ path: [], text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, below]) =>
    textsIn(below).map(({ path, text }) => ({ path: [key, ...path], text })),
  );
}

function unescapeAll(value: unknown): unknown {
  if (typeof value === 'string') return unescapeVariables(value);
  if (Array.isArray(value)) return value.map(unescapeAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, unescapeAll(below)]));
}
