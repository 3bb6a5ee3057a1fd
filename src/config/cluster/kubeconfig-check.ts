import { DeployError } from '../../errors.ts';
import { findNearest } from '../../nearest.ts';
import { parseYamlMap, type YamlText } from '../../release/yaml-map.ts';
import type { Written } from '../scalars.ts';

const HOW = 'Give what `kubectl config view --raw --minify --flatten` prints.';

/**
 * Throws when a kubeconfig has no cluster, or not the context that is to be used; without one this is its
 * own current context. Its values stay untold.
 */
export function checkKubeconfig(source: YamlText, context: Written): void {
  const config = parseYamlMap(source);
  if (!config) return;
  if (toNames(config['clusters']).length === 0) {
    throw new DeployError('kubeconfig-invalid', 'The kubeconfig has no `clusters`.', { hint: HOW });
  }
  const contexts = toNames(config['contexts']);
  const chosen = context.text || config['current-context'];
  if (typeof chosen !== 'string' || chosen === '') {
    throw new DeployError(
      'kube-context-missing',
      `The kubeconfig has no \`current-context\`, and \`${context.name}\` is not given.`,
      { hint: toHint(context, contexts) },
    );
  }
  if (contexts.includes(chosen)) return;
  throw new DeployError('kube-context-missing', `The kubeconfig has no context \`${chosen}\`.`, {
    hint: toHint(context, [...findNearest(chosen, contexts), ...contexts]),
  });
}

function toHint({ name }: Written, contexts: readonly string[]): string {
  const names = [...new Set(contexts)].slice(0, 3).map((context) => `\`${context}\``);
  return names.length > 0 ? `Set \`${name}\` to ${names.join(' or ')}.` : HOW;
}

function toNames(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.map((item) => item?.name).filter((name) => typeof name === 'string');
}
