import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { parseConfig } from '../../src/config/file/document.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const list = (pattern: string) => globSync(pattern, { cwd: ROOT }).toSorted();

describe('what the pages quote', () => {
  const quotes = list('docs/*.md').flatMap((page) =>
    [...read(page).matchAll(/^<!-- file: (.*) -->\n```\w+\n(.*?)^```$/gms)].map(
      ([, file = '', text = '']) => ({ page, file, text }),
    ),
  );

  test.each(quotes)('$page: $file, from its beginning', ({ file, text }) => {
    expect(read(file).startsWith(text)).toBe(true);
  });

  test('there is something', () => {
    expect(quotes.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['examples/eks/trust-deploy.json']),
    );
  });
});

test('links lead to files and headings that are there', () => {
  const pages = [...list('docs/*.md'), ...list('examples/**/*.md')];
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:)([^)#]*)#?([^)]*)\)/g)]
      .map(([, to = '', heading = '']) => ({
        file: to === '' ? page : path.join(path.dirname(page), to),
        heading,
      }))
      .filter(({ file, heading }) => list(file).length === 0 || !hasHeading(file, heading))
      .map(({ file, heading }) => `${page}: ${file}#${heading}`),
  );
  expect(broken).toEqual([]);
});

/** By GitHub's rule for anchors. */
function hasHeading(file: string, anchor: string): boolean {
  if (anchor === '') return true;
  const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => text);
  const toAnchor = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-');
  return headings.some((heading) => toAnchor(heading) === anchor);
}

describe('examples/eks and examples/gke', () => {
  const NAMES = [
    ['Group', 'slipway-deployers', 'slipway-deploy@acme-data.iam.gserviceaccount.com'],
    ['Group', 'slipway-planners', 'slipway-plan@acme-data.iam.gserviceaccount.com'],
  ] as const;

  test('the manifests differ in nothing but whom they name', () => {
    const names = list('examples/eks/rbac/*.yaml').map((file) => path.basename(file));
    expect(list('examples/gke/rbac/*.yaml').map((file) => path.basename(file))).toEqual(names);
    for (const name of names) {
      const wanted = NAMES.reduce(
        (text, [kind, group, user]) =>
          text
            .replaceAll(
              new RegExp(`kind: ${kind}\n( +)name: ${group}$`, 'gm'),
              `kind: User\n$1name: ${user}`,
            )
            .replace(
              `has(request.userInfo.groups) && '${group}' in request.userInfo.groups`,
              `has(request.userInfo.username) && request.userInfo.username == '${user}'`,
            ),
        read(`examples/eks/rbac/${name}`),
      );
      expect(read(`examples/gke/rbac/${name}`)).toBe(wanted);
    }
  });

  test('the trust policies differ in the subject only', () => {
    expect(read('examples/eks/trust-plan.json')).toBe(
      read('examples/eks/trust-deploy.json').replaceAll('environment:production', 'pull_request'),
    );
  });

  test.each(['eks', 'gke'])('%s: the schema and the action take its slipway.yaml', (cloud) => {
    const ajv = new Ajv({ allErrors: true, keywords: ['patternErrorMessage'] });
    const validate = ajv.compile(JSON.parse(read('schema/slipway.schema.json')));
    const text = read(`examples/${cloud}/slipway.yaml`);
    validate(parse(text));
    expect(validate.errors).toBeNull();
    expect(() => parseConfig(text, 'slipway.yaml')).not.toThrow();
  });
});
