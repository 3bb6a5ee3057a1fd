import { DeployError } from '../../errors.ts';
import { type JsonMap, parseJsonMap } from '../../release/json.ts';

/** JSON with credentials, and how messages call where it came from. */
export interface CredentialsText {
  /** Secret. */
  readonly json: string;
  readonly named: string;
}

/** @throws DeployError `login-missing` when it is empty, `input-invalid`; neither quotes it */
export function parseCredentials({ json, named }: CredentialsText): JsonMap {
  if (json.trim() === '') {
    throw new DeployError('login-missing', `${named} is empty.`, {
      hint: 'Secrets are not passed to runs from forks or Dependabot; otherwise check the name of the secret.',
    });
  }
  const fields = parseJsonMap(json);
  if (fields) return fields;
  throw new DeployError('input-invalid', `${named} is not the JSON of Google credentials.`, {
    hint: 'Give it the whole file as Google made it, from { to }, not in base64.',
  });
}

/** @throws DeployError `input-invalid` */
export function readField(name: string, fields: JsonMap, { named }: CredentialsText): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new DeployError('input-invalid', `${named} has no ${name}.`, {
    hint: 'Give it the whole file as Google made it.',
  });
}
