import { DeployError } from '../errors.ts';
import { required, type Written } from './scalars.ts';

/** helm: maxReleaseNameLen and validName in pkg/chart/v2/util/validate_name.go. */
export const RELEASE_LENGTH = 53;
export const RELEASE_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Kubernetes: a namespace is an RFC 1123 label. */
const NAMESPACE_LENGTH = 63;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export const ENVIRONMENT_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** A name that helm takes for a release. */
export function parseReleaseName(written: Written): string {
  const name = required(written, 'Name the Helm release, such as `release: airbyte`.');
  if (name.length > RELEASE_LENGTH) {
    throw new DeployError(
      'release-name-too-long',
      `\`${written.name}: ${name}\` has ${name.length} characters; helm allows ${RELEASE_LENGTH}.`,
      { hint: `Shorten it by ${name.length - RELEASE_LENGTH}.` },
    );
  }
  if (RELEASE_NAME.test(name)) return name;
  throw invalid(
    written,
    'lower-case letters, digits, `-` and `.`, with a letter or digit at both ends',
  );
}

/** A name that Kubernetes takes for a namespace. */
export function parseNamespaceName(written: Written): string {
  const name = required(
    written,
    'Name the namespace of the release, such as `namespace: airbyte`.',
  );
  if (name.length > NAMESPACE_LENGTH) {
    throw new DeployError(
      'input-invalid',
      `\`${written.name}: ${name}\` has ${name.length} characters; Kubernetes allows ${NAMESPACE_LENGTH}.`,
      { hint: `Shorten it by ${name.length - NAMESPACE_LENGTH}.` },
    );
  }
  if (NAMESPACE.test(name)) return name;
  throw invalid(written, 'lower-case letters, digits and `-`, with a letter or digit at both ends');
}

/** Empty when none was given. It becomes a part of paths, so it may hold nothing that means something there. */
export function parseEnvironment(text: string): string {
  if (text === '' || (ENVIRONMENT_NAME.test(text) && !text.includes('..'))) return text;
  throw invalid(
    { name: 'environment', text },
    'letters, digits, `-`, `_` and `.`, with a letter or digit at both ends',
  );
}

function invalid({ name, text }: Written, rule: string): DeployError {
  const fixed = toName(text);
  return new DeployError('input-invalid', `\`${name}: ${text}\` is not a valid name.`, {
    hint: `Use ${rule}${fixed ? `, such as \`${fixed}\`` : ''}.`,
  });
}

function toName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
