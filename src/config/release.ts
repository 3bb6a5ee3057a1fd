import type { Problem } from '../errors.ts';
import type { Policy, ReleaseSpec, ValuesLayer } from '../release/spec.ts';
import { toTrapWarnings } from '../release/trap-warnings.ts';
import { parseChart } from './chart/chart.ts';
import { parseDuration, parseTimeout } from './duration.ts';
import { parseField } from './field.ts';
import type { Fields } from './fields.ts';
import { once, parseAll, parseAt } from './gather.ts';
import { parseHelmSettings } from './helm-settings.ts';
import { parseNamespaceName } from './names.ts';
import { fillIn, type Placeholders } from './placeholders.ts';
import { parseChoice, parseSwitch, type Written } from './scalars.ts';
import { parseLayers } from './values/layers.ts';
import type { Workspace } from './workspace.ts';

/** All of a release but the way to its cluster, which a job has one of. */
export type ReleaseDraft = Omit<ReleaseSpec, 'cluster'>;

export interface ReleasePlace extends Workspace {
  /** Each throws when it is wrong itself. */
  readonly environment: () => string;
  readonly release: () => string;
  readonly vars: Placeholders;
  readonly needs: readonly string[];
}

/** What all sources say about one release, typed. Throws `DeployErrors` with all problems at once. */
export function parseRelease(fields: Fields, place: ReleasePlace): ReleaseDraft {
  const { environment, release, vars } = place;
  const outer = { environment, release, ...vars };
  const namespace = once(() => parseNamespace(fields, outer));
  const inside = { ...place, placeholders: { environment, release, namespace, ...vars } };
  const draft = parseAll({
    target: () =>
      parseAll({
        environment,
        release,
        namespace: () =>
          parseAll({
            name: namespace,
            create: () =>
              parseField(fields, ['namespace', 'create'], {
                otherwise: 'true',
                parse: parseSwitch,
              }),
            labels: () => (fields.get('namespace', 'labels') ?? {}) as Record<string, string>,
          }),
      }),
    chart: () => parseAt(fields.at('chart', 'name'), () => parseChart(fields, inside)),
    layers: () => parseLayers(fields, inside),
    policy: () => parsePolicy(fields),
    helm: () => parseHelmSettings(fields, inside),
  });
  return {
    ...draft,
    needs: place.needs,
    warnings: draft.layers.flatMap((layer) => findTraps(layer, place)),
  };
}

/** What helm reads otherwise than one would think, in what a person wrote as YAML for helm. */
function findTraps(layer: ValuesLayer, { toAnnotated }: Workspace): readonly Problem[] {
  if (layer.type === 'inline') return toTrapWarnings({ name: '`values-inline`', text: layer.text });
  if (layer.type !== 'file' || layer.decrypt) return [];
  const { written, path, text } = layer;
  return toTrapWarnings({ name: `\`${written}\``, text, file: toAnnotated(path) });
}

function parseNamespace(fields: Fields, placeholders: Placeholders): string {
  const name = fields.name('namespace', 'name');
  return parseAt(fields.at('namespace', 'name'), () =>
    parseNamespaceName({
      name,
      text: fillIn({ name, text: fields.text('namespace', 'name') }, placeholders),
    }),
  );
}

function parsePolicy(fields: Fields): Policy {
  const read = <T>(name: string, otherwise: string, parse: (written: Written) => T) =>
    parseField(fields, [name], { otherwise, parse });
  return parseAll({
    timeout: () => read('timeout', '10m', parseTimeout),
    onFailure: () => read('on-failure', 'rollback', (it) => parseChoice(it, ['rollback', 'hold'])),
    skipUnchanged: () => read('skip-unchanged', 'true', parseSwitch),
    waitForLock: () => read('wait-for-lock', '0s', parseDuration),
    historyMax: () => read('history-max', '10', ({ text }) => Number(text)),
    wait: () => read('wait', 'ours', (it) => parseChoice(it, ['ours', 'helm'])),
    crds: () => read('crds', 'helm', (it) => parseChoice(it, ['helm', 'apply', 'skip'])),
  });
}
