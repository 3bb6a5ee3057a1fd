import { DeployError } from '../../errors.ts';
import type { Written } from '../scalars.ts';

/** Which chart of a repository or registry: what helm calls a version, and what only that chart has. */
export interface ChartVersion {
  /** Exact or a range; empty: the newest, or whatever has the digest. */
  readonly version: string;
  /** `sha256:…`; empty: any. */
  readonly digest: string;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Exact, a range, a digest, both (`1.2.3@sha256:…`), or `latest` written out (design.md section 1). */
export function parseChartVersion(written: Written): ChartVersion {
  const { name, text } = written;
  if (text === '') {
    // In the file it stands inside of `chart`.
    const key = name.slice(name.lastIndexOf('.') + 1);
    throw new DeployError('chart-version-missing', `\`${name}\` is missing or empty.`, {
      hint: `Write a version such as \`${key}: 1.2.3\`, a range such as \`^1.2.0\`, a digest, or \`latest\`: without one every run could deploy another chart.`,
    });
  }
  if (text === 'latest') return { version: '', digest: '' };
  const [, version = '', digest = ''] = /^(?:v?([^@]*?))??(?:@?(sha\d+:.*))?$/.exec(text) ?? [];
  if (digest !== '' && !DIGEST.test(digest))
    throw invalid(written, 'whose digest is not `sha256:` and 64 hexadecimal digits in lower case');
  if (!isVersion(version, digest)) throw invalid(written, 'which is no version, range or digest');
  return { version: text.slice(0, text.length - digest.length).replace(/@$/, ''), digest };
}

/** What Masterminds/semver takes as a version or a range, roughly; helm has the last word. */
function isVersion(version: string, digest: string): boolean {
  if (version === '') return digest !== '';
  return /^[\w\s.,*^~<>=!|+-]+$/.test(version) && /[\d*xX]/.test(version);
}

function invalid({ name, text }: Written, what: string): DeployError {
  return new DeployError('chart-version-invalid', `\`${name}\` is \`${text}\`, ${what}.`, {
    hint: 'Write a version such as `1.2.3`, a range such as `^1.2.0` or `>=1.2 <2`, `sha256:…`, both as `1.2.3@sha256:…`, or `latest`.',
  });
}
