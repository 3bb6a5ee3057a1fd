/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as slipway.yaml has them */
/*
 * Whatever a file, a chart, a server or a program says: it is understood, or refused by an error with a
 * code and a hint; never another error, never without end. A new parser is a line of the table. Those
 * of YAML and kubeconfigs, and those whose answers can be checked, have properties of their own
 * (`fc.assert` beside their tests).
 */
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseChecksumFile } from '../../src/adapters/tools/checksum.ts';
import { parseOrigin } from '../../src/adapters/tools/origin.ts';
import { parseChartVersion } from '../../src/config/chart/chart-version.ts';
import { parseHelmArgs } from '../../src/config/helm-args.ts';
import { parseSetting, parseSettingLine } from '../../src/config/values/settings.ts';
import { DeployError, DeployErrors } from '../../src/errors.ts';
import { parseChartYaml, withRequirements } from '../../src/release/chart.ts';
import { parseFetchError } from '../../src/release/helm-error-fetch.ts';
import { findHookInputs } from '../../src/release/hook-inputs.ts';
import { parseManifest, toHookObjects } from '../../src/release/manifest.ts';
import { findPodReads } from '../../src/release/pod-reads.ts';
import { parseRecord } from '../../src/release/record.ts';
import { checkSkew } from '../../src/release/skew.ts';
import { parseTar } from '../../src/release/tar.ts';
import { usesOf } from '../../src/release/template-text.ts';
import { findNamedSecrets } from '../../src/secrecy/named-secrets.ts';
import { findUrlSecrets } from '../../src/secrecy/url-secrets.ts';
import { parse, REPOSITORY } from '../config/samples.ts';

const place = { file: 'charts/api/Chart.yaml' };
const chart = {
  name: 'api',
  version: '1',
  appVersion: '',
  type: 'application',
  dependencies: [],
} as const;

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  'slipway.yaml': (text) => parseFile('slipway.yaml', text),
  'a release in slipway.yaml': (text) => parseFile('slipway.yaml', `releases:\n  api: ${text}`),
  'an environment in slipway.yaml': (text) =>
    parseFile(
      'slipway.yaml',
      `releases: { api: { chart: charts/api } }\nenvironments:\n  x: ${text}`,
    ),
  'a values file': (text) =>
    parse({ values: 'values/base.yaml' }, withFile('values/base.yaml', text)),
  'a name of a values file': (text) => parse({ values: text }),
  'a line of set': (text) => parseSettingLine({ number: 1, text }),
  'a path of set-json': (text) => parseSetting(text, 1, '`set-json`'),
  'a kubeconfig': (text) => parseFile('kubeconfig.yaml', text),
  '.tool-versions': (text) =>
    parse({ 'helm-version': '.tool-versions' }, withFile('.tool-versions', text)),
  'helm-args': (text) => parseHelmArgs([{ text }]),
  'Chart.yaml': (text) => parseChartYaml(text, place),
  'requirements.yaml': (text) => withRequirements(chart, text, place),
  'a chart version': (text) => parseChartVersion({ name: 'chart-version', text }),
  'the text of a template': (text) =>
    usesOf([{ path: 'templates/all.yaml', bytes: Buffer.from(text) }], [text]),
  'a rendered manifest': (text) => findHookInputs(parseManifest(text, 'shop')),
  'hooks of a record': (text) =>
    toHookObjects([{ manifest: text, last_run: { started_at: text } }], ''),
  'a release record': (text) => parseRecord(toRecord(text)).objects,
  'a compressed release record': (text) => parseRecord(toRecord(gzipSync(text))).objects,
  'what helm says of a fetch': (text) =>
    parseFetchError(text, { doing: '', from: 'dependency', version: '', credentials: 'none' }),
  'a checksum file': (text) => parseChecksumFile(text, 'helm.tar.gz'),
  'an address of a mirror': (text) => parseOrigin(text, 'https://get.helm.sh'),
  'an address with a login': (text) => findUrlSecrets(text),
  'versions of kubectl and the server': (text) => checkSkew(text, text),
};

/** What stands in the objects of a chart or a server, where nothing has checked it. */
const READERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  'the pods of a hook': findPodReads,
  'names of secrets': findNamedSecrets,
  'an object with a hook': (value) =>
    findHookInputs(parseManifest(JSON.stringify({ ...Object(value), ...JOB }), 'shop')),
  'annotations of a hook': (value) =>
    parseManifest(
      JSON.stringify({ ...JOB, metadata: { name: 'job', annotations: value } }),
      'shop',
    ),
  'the payload of a record': (value) =>
    parseRecord(toRecord(JSON.stringify({ ...PAYLOAD, ...Object(value) }))).objects,
};

const HOOK = { name: 'job', annotations: { 'helm.sh/hook': 'pre-upgrade' } };
const JOB = { apiVersion: 'batch/v1', kind: 'Job', metadata: HOOK };
const PAYLOAD = { version: 1, info: { status: 'deployed' } };

function withFile(name: string, text: string) {
  return { ...REPOSITORY, [`/repository/${name}`]: text };
}

function parseFile(name: string, text: string): unknown {
  return parse({ environment: 'x' }, withFile(name, text));
}

function toRecord(payload: string | Buffer) {
  const inner = Buffer.from(payload).toString('base64');
  const data = { release: Buffer.from(inner).toString('base64') };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'sh.helm.release.v1.api.v1' },
    data,
  };
}

const names = fc.constantFrom(
  ...[
    'apiVersion',
    'kind',
    'metadata',
    'name',
    'annotations',
    'helm.sh/hook',
    'spec',
    'template',
    'items',
  ],
  ...[
    'chart',
    'namespace',
    'values',
    'set',
    'set-json',
    'set-file',
    'values-inline',
    'environments',
    'timeout',
  ],
  ...[
    'dependencies',
    'repository',
    'version',
    'info',
    'status',
    'manifest',
    'hooks',
    'config',
    'secretRef',
  ],
  ...[
    'post-renderer',
    'cluster',
    'kubeconfig',
    'vars',
    'needs',
    '__proto__',
    'constructor',
    '<<',
    '',
  ],
);
const words = fc.constantFrom(
  ...[
    'pre-upgrade',
    'api',
    'charts/api',
    '{environment}',
    '{vars.x}',
    '${NAME}',
    'oci://a/b',
    '1.10',
    'v1',
  ],
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(words, fc.string({ maxLength: 20 }), fc.integer(), fc.constantFrom(true, null, 1e300)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4 }),
  ),
}));
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'ab:-=.,\\"\'[]{}&*!|>#@% \n\t0$'), maxLength: 60 }),
  fc
    .array(
      fc.oneof(names, words, fc.constantFrom(': ', '\n', '  ', '- ', '&a ', '*a ', '---\n', '/')),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
  value.map((one) => JSON.stringify(one)),
  value.map((one) => stringify(one)),
);

test.each(Object.entries(PARSERS))('%s', (_, parser) => expectTyped(text, parser));

test.each(Object.entries(READERS))('%s', (_, reader) => expectTyped(value, reader));

test('an archive', () => {
  const bytes = fc.oneof(fc.uint8Array({ maxLength: 3000 }), tarLike());
  fc.assert(
    fc.property(bytes, (archive) => {
      try {
        parseTar(archive);
      } catch (error) {
        // Who unpacks says which archive it was.
        expect(String(error)).toMatch(/^Error: the archive is (?:broken|cut off)$/);
      }
    }),
    { numRuns: 1000 },
  );
});

/** Blocks that look like headers, with sizes and types of all kinds. */
function tarLike(): fc.Arbitrary<Uint8Array> {
  const size = fc.oneof(fc.constantFrom('00000000000', '00000000010', '-0000000001'), fc.string());
  const block = fc.tuple(size, fc.constantFrom('0', '5', 'L', 'x', 'g'), fc.string());
  return fc.array(block, { maxLength: 4 }).map((blocks) => {
    const archive = Buffer.alloc(blocks.length * 512);
    for (const [index, [length, type, name]] of blocks.entries()) {
      archive.write(name, index * 512, 99);
      archive.write(length, index * 512 + 124, 12);
      archive.write(type, index * 512 + 156, 1);
    }
    return archive;
  });
}

function expectTyped<T>(arbitrary: fc.Arbitrary<T>, parser: (given: T) => unknown): void {
  fc.assert(
    fc.property(arbitrary, (given) => {
      try {
        parser(given);
      } catch (error) {
        if (!(error instanceof DeployError || error instanceof DeployErrors)) throw error;
        for (const { code, message, hint } of error.problems) {
          expect({ code, message, hint }).toEqual({
            code: expect.stringMatching(/^[a-z-]+$/),
            message: expect.stringMatching(/\.$/),
            hint: expect.stringMatching(/\S/),
          });
        }
      }
    }),
    { numRuns: 300 },
  );
}
