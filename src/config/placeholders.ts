import { DeployError } from '../errors.ts';
import type { Written } from './scalars.ts';

/** What `{environment}` and so on stand for; each throws when it is wrong itself. Empty: not given. */
export type Placeholders = Readonly<Record<string, () => string>>;

/**
 * The text with its `{name}` replaced. Throws for one that has no meaning or no value; other braces,
 * such as those of a glob (`{a,b}`), are left.
 */
export function fillIn({ name: field, text }: Written, placeholders: Placeholders): string {
  return text.replaceAll(/\{([A-Za-z][\w.-]*)\}/g, (_, name: string) => {
    const read = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
    const problem = `\`${field}\` has \`{${name}}\` in \`${text}\``;
    if (!read) {
      const known = Object.keys(placeholders).map((key) => `\`{${key}}\``);
      const more = name.startsWith('vars.')
        ? `Add it to \`vars\` of the environment, or use`
        : 'Use';
      throw new DeployError('placeholder-unknown', `${problem}, which has no meaning.`, {
        hint: `${more} ${known.join(', ')}.`,
      });
    }
    const value = read();
    if (value !== '') return value;
    throw new DeployError('placeholder-empty', `${problem}, but \`${name}\` is not given.`, {
      hint: `Set \`${name}\`.`,
    });
  });
}
