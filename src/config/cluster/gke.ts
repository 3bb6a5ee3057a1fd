import { DeployError } from '../../errors.ts';
import type { GkeCluster } from '../../release/cluster-spec.ts';
import type { Fields } from '../fields.ts';
import { once, parseAll, parseAt } from '../gather.ts';
import { required, type Written } from '../scalars.ts';
import { parseGoogleLogin } from './google-login.ts';
import { GKE_NAME, GKE_PATH, GOOGLE_LOCATION, PROJECT } from './google-names.ts';
import { type ClusterPlace, findVariable } from './place.ts';
import { parseConnection } from './server.ts';
import { contradiction, invalid, nameOf, parseWritten, unused } from './written.ts';

/** Where Google's own tools look for the project; `google-github-actions/auth` sets all of them. */
const PROJECT_VARIABLES = [
  'CLOUDSDK_CORE_PROJECT',
  'GOOGLE_CLOUD_PROJECT',
  'GCLOUD_PROJECT',
  'GCP_PROJECT',
];

/** A cluster of GKE, named by its name or by its full resource name. */
export function parseGke(fields: Fields, { environment }: ClusterPlace): GkeCluster {
  const named = once(() => parseWritten(fields, 'name', parseName));
  const universe = fields.text('cluster', 'universe') || 'googleapis.com';
  const parts = parseAll({
    name: () => named().name,
    location: () => parseLocation(fields, () => named().location),
    project: () => parseProject(fields, () => named().project, environment),
    login: () => parseGoogleLogin(fields, universe),
    membership: () => parseMembership(fields),
    connection: () => parseConnection(fields),
  });
  const via = (fields.text('cluster', 'endpoint') || 'auto') as GkeCluster['via'];
  return { provider: 'gke', ...parts, via, universe };
}

interface Named {
  readonly name: string;
  readonly location?: string;
  readonly project?: string;
}

function parseName(written: Written): Named {
  const text = required(written, 'Name the cluster as GKE does.');
  const [, project, location, ofPath] = GKE_PATH.exec(text) ?? [];
  const name = ofPath ?? text;
  if (!GKE_NAME.test(name)) {
    throw invalid(
      written,
      'which is no name of a cluster of GKE',
      'Write its name, such as `data`, or `projects/<project>/locations/<location>/clusters/<name>`.',
    );
  }
  if (project === undefined || location === undefined) return { name };
  return {
    name,
    location: parseGoogleLocation({ name: written.name, text: location }),
    project: parseProjectId({ name: written.name, text: project }),
  };
}

function parseLocation(fields: Fields, ofName: () => string | undefined): string {
  return parseWritten(fields, 'location', (written) => {
    if (written.text !== '') {
      return agree(fields, { ...written, text: parseGoogleLocation(written) }, ofName);
    }
    return required(
      { ...written, text: ofName() ?? '' },
      'Set it to the region of the cluster, such as `europe-west1`, or to its zone if it is a zonal one, such as `europe-west1-b`.',
    );
  });
}

function parseProject(
  fields: Fields,
  ofName: () => string | undefined,
  environment: ClusterPlace['environment'],
): string {
  return parseWritten(fields, 'project', (written) => {
    if (written.text !== '') {
      return agree(fields, { ...written, text: parseProjectId(written) }, ofName);
    }
    const told = ofName();
    if (told !== undefined) return told;
    const found = findVariable(environment, PROJECT_VARIABLES);
    if (found) return parseProjectId(found);
    throw new DeployError(
      'input-missing',
      `\`${written.name}\` is missing or empty, and so are ${PROJECT_VARIABLES.slice(0, 2).join(' and ')}.`,
      { hint: 'Set it to the id of the project that the cluster is in.' },
    );
  });
}

/** What a field says, unless the full name of the cluster says something else. */
function agree(fields: Fields, { name, text }: Written, ofName: () => string | undefined): string {
  const other = ofName() ?? text;
  if (other === text) return text;
  throw contradiction(
    `\`${name}\` is \`${text}\`, and \`${nameOf(fields, 'name')}\` says \`${other}\`.`,
    `Remove \`${name}\`, or correct one of them.`,
  );
}

function parseGoogleLocation(written: Written): string {
  if (GOOGLE_LOCATION.test(written.text)) return written.text;
  throw invalid(
    written,
    'which is no region or zone of Google',
    'Write the region of the cluster, such as `europe-west1`, or its zone, such as `europe-west1-b`.',
  );
}

function parseProjectId(written: Written): string {
  if (PROJECT.test(written.text)) return written.text;
  throw invalid(
    written,
    'which is no id of a project',
    'Write the id, such as `acme-data`: lower-case letters, digits and `-`; the name beside it is only for people.',
  );
}

function parseMembership(fields: Fields): string {
  const membership = fields.text('cluster', 'membership');
  if (membership === '' || fields.text('cluster', 'endpoint') === 'gateway') return membership;
  return parseAt(fields.at('cluster', 'membership'), () => {
    throw unused(nameOf(fields, 'membership'), `${nameOf(fields, 'endpoint')}: gateway`);
  });
}
