import { DeployError } from '../../errors.ts';
import { resolvePath } from '../../paths.ts';
import type { ChartOfRegistry, ChartOfRepository, ChartRef } from '../../release/spec.ts';
import type { Fields } from '../fields.ts';
import { parseAll, parseAt } from '../gather.ts';
import { fillIn } from '../placeholders.ts';
import { parseSwitch, required } from '../scalars.ts';
import type { ValuesPlace } from '../values/values-files.ts';
import { parseChartFolder } from './chart-folder.ts';
import { parseChartVersion } from './chart-version.ts';
import { parseCredentials } from './credentials.ts';

/** A folder, the name of a chart in a repository, or `oci://`. */
export function parseChart(fields: Fields, place: ValuesPlace): ChartRef {
  const name = read(fields, place, 'name');
  const written = required(
    name,
    `Give the folder of the Helm chart, such as \`chart: charts/api\`; its name, with \`${fields.name('chart', 'repository')}\`; or \`oci://…\`.`,
  );
  const repository = read(fields, place, 'repository');
  if (/^oci:\/\//i.test(written)) return parseOfRegistry(fields, place, written);
  if (/^oci:\/\//i.test(repository.text)) {
    return parseOfRegistry(fields, place, `${repository.text.replace(/\/+$/, '')}/${written}`);
  }
  if (repository.text !== '') return parseOfRepository(fields, place, written);
  return parseFolder(fields, place, written);
}

function parseFolder(fields: Fields, place: ValuesPlace, written: string): ChartRef {
  const { folder, credentials } = parseAll({
    folder: () =>
      parseChartFolder(written, { ...place, repository: fields.name('chart', 'repository') }),
    credentials: () => parseCredentials(fields),
    version: () => refuseVersion(fields),
    only: () => refuseRemoteOnly(fields, ['plain-http', 'ca-file', 'keyring']),
  });
  return { ...folder, credentials };
}

function refuseVersion(fields: Fields): void {
  if (fields.text('chart', 'version') === '') return;
  const name = fields.name('chart', 'version');
  throw new DeployError(
    'chart-version-unused',
    `\`${name}\` is given, but the chart is a folder.`,
    {
      hint: `Remove \`${name}\`: the folder's Chart.yaml says its version. For a chart of a repository give \`${fields.name('chart', 'repository')}\` as well.`,
    },
  );
}

/** Fields of the chart that mean something only for one kind of it. */
function refuseRemoteOnly(fields: Fields, names: readonly string[]): void {
  const given = names.find((name) => fields.get('chart', name) !== undefined);
  if (given === undefined) return;
  throw new DeployError(
    'chart-field-unused',
    `\`${fields.name('chart', given)}\` is given, and this kind of chart does not use it.`,
    {
      hint: `Remove it; \`plain-http\` is for \`oci://\`, \`ca-file\` and \`keyring\` are for charts that are fetched.`,
      at: fields.at('chart', given),
    },
  );
}

function parseOfRepository(fields: Fields, place: ValuesPlace, name: string): ChartOfRepository {
  const { url, remote } = parseAll({
    url: () => parseAt(fields.at('chart', 'repository'), () => parseUrl(fields, place)),
    remote: () => parseRemote(fields, place),
    only: () => refuseRemoteOnly(fields, ['plain-http']),
    name: () => checkName(fields, name),
  });
  return { type: 'repository', name, url, written: tell(name, remote, url), ...remote };
}

function parseOfRegistry(fields: Fields, place: ValuesPlace, written: string): ChartOfRegistry {
  const [, reference = '', tag = '', digest = ''] =
    /^(oci:\/\/[^/@]+(?:\/[^:@]*)?)(?::([^@]*))?(?:@(.*))?$/i.exec(written) ?? [];
  if (!/^oci:\/\/\w[\w.-]*(:\d+)?(\/[a-z0-9._-]+)+$/i.test(reference)) {
    throw new DeployError('chart-invalid', '`chart` is no address of a chart in a registry.', {
      hint: 'Write `oci://host/path/name`, with the version in `chart-version`.',
      at: fields.at('chart', 'name'),
    });
  }
  // What helm takes behind the name is a version as well.
  const inName = [tag, digest].filter(Boolean).join('@');
  const { remote, plainHttp } = parseAll({
    remote: () => parseRemote(fields, place, inName),
    plainHttp: () => {
      const text = fields.text('chart', 'plain-http');
      return text !== '' && parseSwitch({ name: fields.name('chart', 'plain-http'), text });
    },
  });
  return {
    type: 'registry',
    reference,
    plainHttp,
    written: tell('', remote, reference),
    ...remote,
  };
}

type Remote = Pick<ChartOfRepository, 'version' | 'digest' | 'credentials' | 'caFile' | 'keyring'>;

function parseRemote(fields: Fields, place: ValuesPlace, inName = ''): Remote {
  const given = read(fields, place, 'version');
  if (inName !== '' && given.text !== '' && given.text !== inName) {
    throw new DeployError(
      'chart-version-invalid',
      `\`chart\` ends with \`${inName}\`, and \`${given.name}\` is \`${given.text}\`.`,
      {
        hint: 'Keep one of the two.',
        at: fields.at('chart', 'version'),
      },
    );
  }
  const { version, credentials, caFile, keyring } = parseAll({
    version: () =>
      parseAt(fields.at('chart', 'version'), () =>
        parseChartVersion({ ...given, text: given.text || inName }),
      ),
    credentials: () => parseCredentials(fields),
    caFile: () => parseFile(fields, place, 'ca-file'),
    keyring: () => parseFile(fields, place, 'keyring'),
  });
  return { ...version, credentials, caFile, keyring };
}

/** Absolute path of a file that must be there; empty when the field is not given. */
function parseFile(fields: Fields, place: ValuesPlace, field: string): string {
  const { name, text } = read(fields, place, field);
  if (text === '') return '';
  const path = resolvePath(place.directory(), text);
  if (place.files.kind(path) === 'file') return path;
  throw new DeployError(
    'chart-file-missing',
    `\`${name}\` names \`${text}\`, but there is no file ${path}.`,
    {
      hint: 'Correct the path; it starts in `working-directory`.',
      at: fields.at('chart', field),
    },
  );
}

function parseUrl(fields: Fields, place: ValuesPlace): string {
  const { name, text } = read(fields, place, 'repository');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new DeployError(
      'chart-repository-invalid',
      `\`${name}\` is not an address of a chart repository.`,
      {
        hint: 'Write its URL, such as `https://airbytehq.github.io/charts`; `oci://…` for a registry.',
      },
    );
  }
  if (url.username === '' && url.password === '') return text;
  throw new DeployError('chart-repository-invalid', `\`${name}\` holds a user name or password.`, {
    hint: 'Give them as `registry-username` and `registry-password`.',
  });
}

function checkName(fields: Fields, name: string): void {
  if (/^[A-Za-z0-9][\w.-]*$/.test(name)) return;
  const repository = fields.name('chart', 'repository');
  throw new DeployError(
    'chart-invalid',
    `\`chart\` is \`${name}\`, which is no name of a chart in \`${repository}\`.`,
    {
      hint: `Write the name alone, such as \`airbyte\`; remove \`${repository}\` for a chart of this repository.`,
      at: fields.at('chart', 'name'),
    },
  );
}

function read(fields: Fields, place: ValuesPlace, field: string) {
  const name = fields.name('chart', field);
  const text = parseAt(fields.at('chart', field), () =>
    fillIn({ name, text: fields.text('chart', field) }, place.placeholders),
  );
  return { name, text };
}

/** Such as `airbyte 2.2.0 of https://…`. */
function tell(name: string, { version, digest }: Remote, address: string): string {
  const which = version || digest.slice(0, 'sha256:'.length + 12) || 'latest';
  return name === '' ? `${address} ${which}` : `${name} ${which} of ${address}`;
}
