import type { Ports } from './commands/plan.ts';
import type { ReleaseObject } from './release/object.ts';
import type { ReleaseSpec } from './release/spec.ts';
import { parseYaml } from './release/yaml.ts';
import { findNamedSecrets } from './secrecy/named-secrets.ts';
import type { Redactor } from './secrecy/redactor.ts';
import type { State } from './state/state.ts';

/** What a run learns to hide while it goes on. */
export function createLearning(
  redactor: Redactor,
): Pick<Ports, 'learnSecrets' | 'guessSecrets' | 'learnValues'> {
  const learnObjects = (all: readonly ReleaseObject[]) => {
    const objects = all.map(({ object }) => object);
    redactor.addPublic(JSON.stringify(objects.filter(({ kind }) => kind !== 'Secret')));
    for (const object of objects) redactor.addSecretObject(object);
  };
  return {
    learnSecrets: (state, rendering) => learnObjects([...rendering.objects, ...toKnown(state)]),
    guessSecrets(state, layers) {
      learnObjects(toKnown(state));
      for (const layer of layers) {
        const values = 'values' in layer ? layer.values : parseYamlOrNothing(layer.text);
        for (const secret of findNamedSecrets(values)) redactor.add(secret);
      }
    },
    learnValues: (values, spec) => {
      redactor.addPublic(toOpenText(spec));
      for (const leaf of toLeaves(values)) redactor.add(leaf);
    },
  };
}

/** Some texts only helm can read (release/yaml-map.ts). */
export function parseYamlOrNothing(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    return undefined;
  }
}

/** What the newest and the last good revision consist of. */
function toKnown({ history, lastGood }: State): readonly ReleaseObject[] {
  const known = [history.at(-1), history.find((one) => one.number === lastGood)];
  return known.flatMap((revision) => revision?.objects ?? []);
}

/** What a release says of itself without any secret: names, and layers that were never encrypted. */
function toOpenText({ target, chart, layers }: ReleaseSpec): string {
  const open = layers.filter((layer) => layer.type !== 'file' || layer.decrypt === undefined);
  const texts = open.map((layer) =>
    'values' in layer ? JSON.stringify(layer.values) : layer.text,
  );
  const { environment, release, namespace } = target;
  return [environment, release, namespace.name, chart.written, ...texts].join('\n');
}

/** Every scalar below a value, as text; a number also as Go prints a float: `7.5e+09`. */
function toLeaves(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(toLeaves);
  if (typeof value === 'number') {
    return [String(value), value.toExponential().replace(/(?<=e[+-])\d$/, '0$&')];
  }
  return value === null || value === undefined ? [] : [String(value)];
}
