import { DeployError } from '../errors.ts';
import type { Given } from './given.ts';
import type { InputName } from './inputs.ts';

/** helm: maxReleaseNameLen and validName in pkg/chart/v2/util/validate_name.go. */
const RELEASE_LENGTH = 53;
const RELEASE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Kubernetes: a namespace is an RFC 1123 label. */
const NAMESPACE_LENGTH = 63;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const ENVIRONMENT = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** A name that helm takes for a release. */
export function parseRelease(given: Given): string {
  const name = required(given, 'release', 'Name the Helm release, such as `release: airbyte`.');
  if (name.length > RELEASE_LENGTH) {
    throw new DeployError(
      'release-name-too-long',
      `\`release: ${name}\` has ${name.length} characters; helm allows ${RELEASE_LENGTH}.`,
      { hint: `Shorten it by ${name.length - RELEASE_LENGTH}.` },
    );
  }
  if (RELEASE.test(name)) return name;
  throw invalid(
    'release',
    name,
    'lower-case letters, digits, `-` and `.`, with a letter or digit at both ends',
  );
}

/** A name that Kubernetes takes for a namespace. */
export function parseNamespace(given: Given): string {
  const name = required(
    given,
    'namespace',
    'Name the namespace of the release, such as `namespace: airbyte`.',
  );
  if (name.length > NAMESPACE_LENGTH) {
    throw new DeployError(
      'input-invalid',
      `\`namespace: ${name}\` has ${name.length} characters; Kubernetes allows ${NAMESPACE_LENGTH}.`,
      { hint: `Shorten it by ${name.length - NAMESPACE_LENGTH}.` },
    );
  }
  if (NAMESPACE.test(name)) return name;
  throw invalid(
    'namespace',
    name,
    'lower-case letters, digits and `-`, with a letter or digit at both ends',
  );
}

/** Empty when none was given. It becomes a part of paths, so it may hold nothing that means something there. */
export function parseEnvironment(given: Given): string {
  const name = given.text('environment');
  if (name === '' || (ENVIRONMENT.test(name) && !name.includes('..'))) return name;
  throw invalid(
    'environment',
    name,
    'letters, digits, `-`, `_` and `.`, with a letter or digit at both ends',
  );
}

/** The text of an input that has no default and must be given. */
export function required(given: Given, name: InputName, hint: string): string {
  const text = given.text(name);
  if (text !== '') return text;
  throw new DeployError('input-missing', `\`${name}\` is missing or empty.`, { hint });
}

function invalid(input: InputName, name: string, rule: string): DeployError {
  const fixed = toName(name);
  return new DeployError('input-invalid', `\`${input}: ${name}\` is not a valid name.`, {
    hint: `Use ${rule}${fixed ? `, such as \`${fixed}\`` : ''}.`,
  });
}

function toName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
