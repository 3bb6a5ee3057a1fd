// The licenses of everything that the bundle is made of: ncc's own list misses what webpack inlines.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Name, version and license text of each package in the bundle, by the statistics that ncc leaves. */
export function renderLicenses(stats: string): string {
  const folders = stats.matchAll(/node_modules\/((?:@[\w.-]+\/)?[\w.-]+)/g);
  return [...new Set([...folders].map(([, name = '']) => name))]
    .sort()
    .map((name) => `${name} ${readPackage(name).version}\n\n${readLicense(name)}\n`)
    .join('\n');
}

function readPackage(name: string): { readonly version?: string; readonly license?: string } {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
}

/** The text of the package's license file; what its package.json says when it has none. */
function readLicense(name: string): string {
  const folder = join(root, 'node_modules', name);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
  if (texts.length === 0) return `License: ${readPackage(name).license}`;
  return texts.map((text) => text.replaceAll('\r', '').trim()).join('\n\n');
}
