import { DeployError } from '../errors.ts';
import { resolvePath } from '../paths.ts';
import type { HelmSettings, PostRenderer } from '../release/spec.ts';
import { parseField } from './field.ts';
import type { Fields } from './fields.ts';
import { parseAll, parseAt } from './gather.ts';
import { parseHelmArgs } from './helm-args.ts';
import { fillIn } from './placeholders.ts';
import { parseChoice, parseSwitch, type Written } from './scalars.ts';
import type { ValuesPlace } from './values/values-files.ts';

/** helm's own surface, as far as the user chooses it. */
export function parseHelmSettings(fields: Fields, place: ValuesPlace): HelmSettings {
  const isOn = (name: string) =>
    parseField(fields, [name], { otherwise: 'false', parse: parseSwitch });
  return parseAll({
    args: () => parseArgs(fields),
    postRenderer: () =>
      parseAt(fields.at('post-renderer'), () =>
        parsePostRenderer(fields.get('post-renderer'), place),
      ),
    serverSide: () =>
      parseField(fields, ['server-side'], {
        otherwise: 'auto',
        parse: (written) => {
          const word = parseChoice(written, ['auto', 'true', 'false']);
          return word === 'auto' ? word : word === 'true';
        },
      }),
    forceConflicts: () => isOn('force-conflicts'),
    takeOwnership: () => isOn('take-ownership'),
    skipSchemaValidation: () => isOn('skip-schema-validation'),
  });
}

function parseArgs(fields: Fields): readonly string[] {
  const lines = (fields.get('helm-args') ?? []) as readonly string[];
  return parseHelmArgs(lines.map((text, index) => ({ text, at: fields.at('helm-args', index) })));
}

/** As the schema lets it through. */
type Said =
  | string
  | { readonly program: string; readonly args?: readonly string[] }
  | { readonly kustomization: string };

function parsePostRenderer(said: unknown, place: ValuesPlace): PostRenderer | undefined {
  if (said === undefined) return undefined;
  const written = typeof said === 'string' ? { program: said } : (said as Exclude<Said, string>);
  if ('kustomization' in written) {
    const folder = { name: 'post-renderer.kustomization', text: written.kustomization };
    return { type: 'kustomization', folder: find(folder, 'folder', place) };
  }
  const path = find({ name: 'post-renderer', text: written.program }, 'file', place);
  return { type: 'program', path, args: written.args ?? [] };
}

function find(said: Written, kind: 'file' | 'folder', place: ValuesPlace): string {
  const written = fillIn(said, place.placeholders);
  const path = resolvePath(place.directory(), written);
  if (place.files.kind(path) === kind) return path;
  throw new DeployError(
    'post-renderer-missing',
    `\`${said.name}\` names \`${written}\`, but there is no ${kind === 'file' ? 'program' : 'folder'} ${path}.`,
    {
      hint: 'Correct the path; it starts in `working-directory`. A program on PATH needs a small script that calls it.',
    },
  );
}
