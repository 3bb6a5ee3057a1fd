import { DeployError } from '../errors.ts';
import { type FieldSource, type Fields, mergeFields } from './fields.ts';
import { chooseEnvironment, chooseReleases } from './file/choose.ts';
import { toClusterSource } from './file/cluster-source.ts';
import type { ConfigDocument } from './file/document.ts';
import { toFileSource } from './file/file-fields.ts';
import { orderByNeeds } from './file/needs.ts';
import type { Variables } from './file/variables.ts';
import { once, parseEach } from './gather.ts';
import type { Given } from './given.ts';
import { toInputSource } from './input-fields.ts';
import type { InputName } from './inputs.ts';
import { parseEnvironment, parseReleaseName } from './names.ts';
import type { Placeholders } from './placeholders.ts';

/** One release that this run is about, with all that is said about it. */
export interface Wish {
  readonly fields: Fields;
  /** Each throws when it is wrong itself. */
  readonly environment: () => string;
  readonly release: () => string;
  readonly vars: Placeholders;
  readonly needs: readonly string[];
}

/** What this run is about; each part is read when it is asked for, and throws when it is wrong itself. */
export interface Wishes {
  readonly environment: () => string;
  readonly cluster: () => Fields;
  /** In `needs` order. */
  readonly releases: () => readonly Wish[];
}

/** The one release of a job without slipway.yaml. */
export function readInputWishes(given: Given): Wishes {
  const fields = mergeFields([toInputSource(given)]);
  const environment = once(() => parseEnvironment(given.text('environment')));
  const release = once(() => parseReleaseName({ name: 'release', text: given.text('release') }));
  return {
    environment,
    cluster: () => fields,
    releases: () => {
      refuseChoice(given);
      return [{ fields, environment, release, vars: {}, needs: [] }];
    },
  };
}

function refuseChoice(given: Given): void {
  if (!given.has('releases')) return;
  throw new DeployError(
    'input-unused',
    '`releases` chooses from slipway.yaml, and there is none.',
    {
      hint: 'Name the one release of this step with `release`, or add slipway.yaml.',
    },
  );
}

/** The environments of a file that a run without one may be about: all of them when only files are checked. */
export function listEnvironments(document: ConfigDocument, given: Given): readonly string[] {
  const names = Object.keys(document.config.environments ?? {});
  return given.text('environment') === '' && names.length > 0 ? names : [given.text('environment')];
}

/** What a run wants of slipway.yaml. */
export interface Wanted {
  /** Name of the environment. */
  readonly environment: string;
  /** Who logs in to the cluster. */
  readonly login: 'plan' | 'deploy';
  readonly variables: Variables;
}

/** What slipway.yaml says in one environment; what inputs say as well wins. */
export function readFileWishes(document: ConfigDocument, given: Given, wanted: Wanted): Wishes {
  const { environments = {} } = document.config;
  const environment = once(() =>
    chooseEnvironment(parseEnvironment(wanted.environment), Object.keys(environments)),
  );
  return {
    environment,
    cluster: () => {
      const name = environment();
      const own = environments[name]?.cluster ? [toClusterSource(document, name, wanted)] : [];
      return mergeFields([...own, toInputSource(given)]);
    },
    releases: () => readReleases(document, given, { ...wanted, environment: environment() }),
  };
}

function readReleases(
  document: ConfigDocument,
  given: Given,
  { environment, variables }: Wanted,
): readonly Wish[] {
  const { environments = {}, releases } = document.config;
  const names = chooseReleases(toWanted(given), Object.keys(releases));
  refuseAmbiguous(given, names);
  const source = (...path: readonly string[]) => toFileSource(document, path, variables);
  const needy = Object.entries(releases).map(([name, { needs = [] }]) => ({
    name,
    needs,
    at: (index: number) => document.at(['releases', name, 'needs', index]),
  }));
  const ordered = orderByNeeds(needy).filter(({ name }) => names.includes(name));
  const vars = toPlaceholders(environments[environment]?.vars ?? {});
  const inputs = toInputSource(given);
  return parseEach(ordered, ({ name, needs }) => ({
    fields: mergeFields([...toSources(document, { name, environment }, source), inputs]),
    environment: () => environment,
    release: once(() => parseReleaseName({ name: 'releases', text: name })),
    vars,
    needs: needs.filter((need) => names.includes(need)),
  }));
}

/** Lowest first. */
function toSources(
  { config }: ConfigDocument,
  { name, environment }: { readonly name: string; readonly environment: string },
  source: (...path: readonly string[]) => FieldSource,
): readonly FieldSource[] {
  const overrides = config.releases[name]?.environments?.[environment];
  return [
    ...(config.defaults ? [source('defaults')] : []),
    source('releases', name),
    ...(overrides ? [source('releases', name, 'environments', environment)] : []),
  ];
}

/** `release` names one, as it does without a file. */
function toWanted(given: Given): readonly string[] {
  const one = given.text('release');
  const several = given
    .lines('releases')
    .flatMap(({ text }) => text.split(/[\s,]+/).filter(Boolean));
  if (one !== '' && several.length > 0) {
    throw new DeployError('input-ambiguous', '`release` and `releases` are both given.', {
      hint: 'Keep `releases`: both choose from slipway.yaml.',
    });
  }
  return one === '' ? several : [one];
}

/** Inputs that can be meant for one release only. */
const OF_ONE: readonly InputName[] = [
  'chart',
  'chart-repository',
  'chart-version',
  'values',
  'values-inline',
  'set',
];

function refuseAmbiguous(given: Given, names: readonly string[]): void {
  if (names.length < 2) return;
  parseEach(
    OF_ONE.filter((name) => given.has(name)),
    (name) => {
      throw new DeployError(
        'input-ambiguous',
        `\`${name}\` belongs to one release, and this run has ${names.length}: ${names.join(', ')}.`,
        { hint: `Choose one with \`releases\`, or write \`${name}\` into slipway.yaml.` },
      );
    },
  );
}

function toPlaceholders(vars: Readonly<Record<string, unknown>>): Placeholders {
  return Object.fromEntries(
    Object.entries(vars).map(([name, value]) => [`vars.${name}`, () => String(value)]),
  );
}
