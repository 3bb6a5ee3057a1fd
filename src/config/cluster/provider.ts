import { DeployError } from '../../errors.ts';
import type { Fields } from '../fields.ts';
import { parseAt, parseEach } from '../gather.ts';
import { parseChoice, type Written } from '../scalars.ts';
import { findInsteadOfAks } from '../unavailable.ts';
import { AWS_REGION, EKS_ARN } from './aws-names.ts';
import { GKE_PATH, GOOGLE_LOCATION } from './google-names.ts';
import { ALL_FIELDS, IN_WORDS, listUsers, type Provider } from './provider-fields.ts';
import { contradiction, isGiven, nameOf } from './written.ts';

/** A way to a cluster, and what says that it is the one. */
interface Choice {
  readonly provider: Provider;
  /** As a message shows it, such as `cluster-provider: eks` or `gcp-project`. */
  readonly because: string;
}

/**
 * How the cluster is reached: as `provider` says, or as the other fields tell.
 * @throws DeployErrors when they tell nothing or several things, or hold what this way does not use
 */
export function parseProvider(fields: Fields): Provider {
  const choice = parseAt(
    fields.at('cluster', 'provider'),
    () => parseGiven(fields) ?? infer(fields),
  );
  checkFields(fields, choice);
  return choice.provider;
}

function parseGiven(fields: Fields): Choice | undefined {
  const written = { name: nameOf(fields, 'provider'), text: fields.text('cluster', 'provider') };
  if (written.text === '') return undefined;
  refuseAks(written);
  const provider = parseChoice(written, ['eks', 'gke', 'kubeconfig', 'in-cluster']);
  const byServer = provider === 'kubeconfig' && isGiven(fields, 'server');
  return {
    provider: byServer && !isGiven(fields, 'kubeconfig') ? 'server' : provider,
    because: `${written.name}: ${written.text}`,
  };
}

function refuseAks({ name, text }: Written): void {
  const hint = findInsteadOfAks(text);
  if (hint === undefined) return;
  throw new DeployError(
    'input-unavailable',
    `\`${name}\` is \`${text}\`, and Slipway does not log in to AKS by itself.`,
    { hint },
  );
}

function infer(fields: Fields): Choice {
  const [first, ...others] = findSigns(fields);
  if (!first) {
    if (isGiven(fields, 'server')) return { provider: 'server', because: nameOf(fields, 'server') };
    throw isGiven(fields, 'name') ? undecided(fields) : nothingGiven(fields);
  }
  const other = others.find(({ provider }) => provider !== first.provider);
  if (!other) return first;
  throw contradiction(
    `\`${first.because}\` is for ${IN_WORDS[first.provider]}, and \`${other.because}\` for ${IN_WORDS[other.provider]}.`,
    'Remove what is not meant: a run has one cluster.',
  );
}

/** Whatever only one way has, or what is written as only one cloud writes it. */
function findSigns(fields: Fields): readonly Choice[] {
  const sign = (provider: Provider, field: string) => ({
    provider,
    because: nameOf(fields, field),
  });
  const own = ALL_FIELDS.filter((field) => isGiven(fields, field)).flatMap((field) => {
    const [provider, ...others] = listUsers(field);
    return provider && others.length === 0 ? [sign(provider, field)] : [];
  });
  const written = (
    [
      ['eks', 'name', EKS_ARN],
      ['gke', 'name', GKE_PATH],
      ['eks', 'location', AWS_REGION],
      ['gke', 'location', GOOGLE_LOCATION],
    ] as const
  ).flatMap(([provider, field, pattern]) =>
    pattern.test(fields.text('cluster', field)) ? [sign(provider, field)] : [],
  );
  const named = isGiven(fields, 'server') && isGiven(fields, 'name');
  return [...own, ...written, ...(named ? [sign('eks', 'server')] : [])];
}

function checkFields(fields: Fields, { provider, because }: Choice): void {
  const strange = ALL_FIELDS.filter(
    (field) => isGiven(fields, field) && !listUsers(field).includes(provider),
  );
  parseEach(strange, (field) =>
    parseAt(fields.at('cluster', field), () => {
      throw new DeployError(
        'input-unused',
        `\`${nameOf(fields, field)}\` does not go with \`${because}\`.`,
        {
          hint: `Remove it: it is for ${listUsers(field)
            .map((user) => IN_WORDS[user])
            .join(' and ')}.`,
        },
      );
    }),
  );
}

function undecided(fields: Fields): DeployError {
  const [provider, name, location] = ['provider', 'name', 'location'].map((field) =>
    nameOf(fields, field),
  );
  return new DeployError(
    'input-missing',
    `\`${name}\` is given, and nothing tells where that cluster is.`,
    {
      hint: `Set \`${location}\`, such as \`eu-west-1\` for EKS or \`europe-west1\` for GKE; or \`${provider}\` to \`eks\` or \`gke\`.`,
    },
  );
}

function nothingGiven(fields: Fields): DeployError {
  const of = (...names: readonly string[]) =>
    names.map((name) => `\`${nameOf(fields, name)}\``).join(', ');
  return new DeployError(
    'input-missing',
    `No cluster is given: both ${of('name')} and ${of('kubeconfig')} are missing or empty.`,
    {
      hint:
        `Give ${of('name', 'location', 'role-to-assume')} for EKS, ${of('name', 'location', 'project', 'workload-identity-provider')} for GKE, ` +
        `or ${of('kubeconfig')}; a secret that this run cannot read is empty.`,
    },
  );
}
