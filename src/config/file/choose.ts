import { DeployError } from '../../errors.ts';
import { findNearest } from '../../nearest.ts';
import { parseEach } from '../gather.ts';

/** The names that the input `releases` means: names and globs (`*`, `?`), one a line or separated by commas. */
export function chooseReleases(
  wanted: readonly string[],
  names: readonly string[],
): readonly string[] {
  if (wanted.length === 0) return names;
  const chosen = parseEach(wanted, (pattern) => {
    const matching = names.filter((name) => toPattern(pattern).test(name));
    if (matching.length > 0) return matching;
    const [nearest] = findNearest(pattern, names);
    throw new DeployError('release-unknown', `\`${pattern}\` is no release of the file.`, {
      hint: nearest ? `Did you mean \`${nearest}\`?` : `It has ${list(names)}.`,
    });
  }).flat();
  return names.filter((name) => chosen.includes(name));
}

/** The environment of the file that the input `environment` names; empty for a file that has none. */
export function chooseEnvironment(wanted: string, names: readonly string[]): string {
  if (names.length === 0 || names.includes(wanted)) return wanted;
  if (wanted === '') {
    throw new DeployError('environment-missing', '`environment` is missing or empty.', {
      hint: `Set it to ${list(names)}, as the file names them.`,
    });
  }
  const [nearest] = findNearest(wanted, names);
  throw new DeployError(
    'environment-unknown',
    `\`environment\` is \`${wanted}\`, which is no environment of the file.`,
    { hint: nearest ? `Did you mean \`${nearest}\`?` : `It has ${list(names)}.` },
  );
}

function toPattern(glob: string): RegExp {
  const escaped = glob.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/\*+/g, '.*').replaceAll('?', '.')}$`);
}

/** Enough to choose from. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 10).map((name) => `\`${name}\``);
  return `${shown.join(', ')}${names.length > shown.length ? ', …' : ''}`;
}
