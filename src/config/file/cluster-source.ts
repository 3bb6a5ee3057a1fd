import { type ClusterFields, toPlanFields } from '../cluster/login.ts';
import type { FieldPath, FieldSource } from '../fields.ts';
import { parseAll } from '../gather.ts';
import type { ConfigDocument } from './document.ts';
import { fillVariablesAt, type Variables } from './variables.ts';

/** The fields whose `${NAME}` is filled in. */
const WITH_VARIABLES = ['kubeconfig', 'credentials', 'access-token', 'token', 'proxy-url'] as const;

/**
 * What slipway.yaml says about the cluster of an environment. `login`: with whose login; the variables of
 * the other one are not asked for.
 * Throws `DeployErrors` for variables that are missing.
 */
export function toClusterSource(
  document: ConfigDocument,
  environment: string,
  { login, variables }: { readonly login: 'plan' | 'deploy'; readonly variables: Variables },
): FieldSource {
  const { plan, ...own }: ClusterFields =
    document.config.environments?.[environment]?.cluster ?? {};
  const fields = login === 'plan' ? toPlanFields({ ...own, plan }) : own;
  const isOfPlan = (field: unknown) =>
    login === 'plan' && Object.hasOwn(Object(plan), String(field));
  const toPath = ([cluster = '', ...path]: FieldPath): FieldPath =>
    isOfPlan(path[0]) ? [cluster, 'plan', ...path] : [cluster, ...path];
  const name = (path: FieldPath) => toPath(path).join('.');
  const at = (path: FieldPath) => document.at(['environments', environment, ...toPath(path)]);
  const fill = (field: string) => {
    const path = ['cluster', field];
    const text = fields[field];
    if (text === undefined) return undefined;
    const written = { name: name(path), text: String(text) };
    return fillVariablesAt(at(path), written, { ...variables, use: 'access' });
  };
  const filled = parseAll(
    Object.fromEntries(WITH_VARIABLES.map((field) => [field, () => fill(field)])),
  );
  return { fields: { cluster: { ...fields, ...filled } }, name, at };
}
