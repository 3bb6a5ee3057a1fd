import { DeployError } from '../errors.ts';
import { findNearest } from '../nearest.ts';
import { parseYamlMap, type YamlText } from '../release/yaml-map.ts';

const HOW = 'Give what `kubectl config view --raw --minify --flatten` prints.';

/** Throws when a kubeconfig has no cluster, or not the context that is to be used. Its values stay untold. */
export function checkKubeconfig(source: YamlText, context: string): void {
  const config = parseYamlMap(source);
  if (!config) return;
  if (toNames(config['clusters']).length === 0) {
    throw new DeployError('kubeconfig-invalid', 'The kubeconfig has no `clusters`.', { hint: HOW });
  }
  const contexts = toNames(config['contexts']);
  const chosen = context || config['current-context'];
  if (typeof chosen !== 'string' || chosen === '') {
    throw new DeployError(
      'kube-context-missing',
      'The kubeconfig has no `current-context`, and `kube-context` is not given.',
      { hint: toHint(contexts) },
    );
  }
  if (contexts.includes(chosen)) return;
  throw new DeployError('kube-context-missing', `The kubeconfig has no context \`${chosen}\`.`, {
    hint: toHint([...findNearest(chosen, contexts), ...contexts]),
  });
}

function toHint(contexts: readonly string[]): string {
  const names = [...new Set(contexts)].slice(0, 3).map((name) => `\`${name}\``);
  return names.length > 0 ? `Set \`kube-context\` to ${names.join(' or ')}.` : HOW;
}

function toNames(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.map((item) => item?.name).filter((name) => typeof name === 'string');
}
