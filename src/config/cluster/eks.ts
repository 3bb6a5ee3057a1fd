import { DeployError } from '../../errors.ts';
import type { EksCluster, Endpoint } from '../../release/cluster-spec.ts';
import type { Fields } from '../fields.ts';
import { once, parseAll, parseAt } from '../gather.ts';
import { required, type Written } from '../scalars.ts';
import { parseAwsLogin } from './aws-login.ts';
import { AWS_REGION, EKS_ARN, EKS_NAME } from './aws-names.ts';
import { type ClusterPlace, findVariable } from './place.ts';
import { parseConnection, parseEndpoint } from './server.ts';
import { contradiction, invalid, isGiven, nameOf, parseWritten, unused } from './written.ts';

/** Where AWS's own tools look for the region. */
const REGION_VARIABLES = ['AWS_REGION', 'AWS_DEFAULT_REGION'];

/** A cluster of EKS, named by its name or its ARN. */
export function parseEks(fields: Fields, { environment }: ClusterPlace): EksCluster {
  const named = once(() => parseWritten(fields, 'name', parseName));
  const region = once(() => parseRegion(fields, () => named().region, environment));
  const parts = parseAll({
    name: () => named().name,
    region,
    login: () => parseAwsLogin(fields, region),
    endpoint: () => parseOwnEndpoint(fields),
    connection: () => parseConnection(fields),
  });
  return { provider: 'eks', ...parts };
}

function parseName(written: Written): { readonly name: string; readonly region?: string } {
  const text = required(written, 'Name the cluster as EKS does, or give its ARN.');
  const [, , region, ofArn] = EKS_ARN.exec(text) ?? [];
  if (region !== undefined && ofArn !== undefined) {
    return { name: ofArn, region: parseAwsRegion({ name: written.name, text: region }) };
  }
  if (EKS_NAME.test(text)) return { name: text };
  throw invalid(
    written,
    'which is no name of a cluster of EKS',
    'Write its name, such as `data-prod`, or its ARN.',
  );
}

function parseRegion(
  fields: Fields,
  ofArn: () => string | undefined,
  environment: ClusterPlace['environment'],
): string {
  return parseWritten(fields, 'location', (written) => {
    if (written.text === '') return ofArn() ?? readRegion(written, environment);
    const region = parseAwsRegion(written);
    const other = ofArn() ?? region;
    if (other === region) return region;
    throw contradiction(
      `\`${written.name}\` is \`${region}\`, and the ARN in \`${nameOf(fields, 'name')}\` is of \`${other}\`.`,
      `Remove \`${written.name}\`, or correct one of them.`,
    );
  });
}

function readRegion({ name }: Written, environment: ClusterPlace['environment']): string {
  const found = findVariable(environment, REGION_VARIABLES);
  if (found) return parseAwsRegion(found);
  throw new DeployError(
    'input-missing',
    `\`${name}\` is missing or empty, and so are ${REGION_VARIABLES.join(' and ')}.`,
    { hint: 'Set it to the region of the cluster, such as `eu-west-1`.' },
  );
}

function parseAwsRegion(written: Written): string {
  const { text } = written;
  if (AWS_REGION.test(text)) return text;
  const withoutZone = text.replace(/(?<=\d)[a-z]$/, '');
  throw invalid(
    written,
    'which is no region of AWS',
    AWS_REGION.test(withoutZone)
      ? `Write the region without the zone: \`${withoutZone}\`.`
      : 'Write the region of the cluster, such as `eu-west-1`.',
  );
}

/** Undefined: DescribeCluster tells it. */
function parseOwnEndpoint(fields: Fields): Endpoint | undefined {
  if (isGiven(fields, 'server')) return parseEndpoint(fields);
  if (!isGiven(fields, 'ca')) return undefined;
  return parseAt(fields.at('cluster', 'ca'), () => {
    throw unused(nameOf(fields, 'ca'), nameOf(fields, 'server'));
  });
}
