import { DeployError } from '../../errors.ts';
import type { Credentials } from '../../release/spec.ts';
import type { Fields } from '../fields.ts';

/** The login of private charts; undefined when none is given. No message quotes the password. */
export function parseCredentials(fields: Fields): Credentials | undefined {
  const username = fields.text('registry-username');
  const password = fields.text('registry-password');
  if (username === '' && password === '') return undefined;
  if (username !== '' && password !== '') return { username, password };
  const [given, missing] =
    username === ''
      ? (['registry-password', 'registry-username'] as const)
      : (['registry-username', 'registry-password'] as const);
  throw new DeployError(
    'credentials-incomplete',
    `\`${given}\` is given, but \`${missing}\` is missing or empty.`,
    {
      hint: 'Give both; a secret that this run cannot read is empty.',
      at: fields.at(given),
    },
  );
}
