import { isKept } from '../../release/hook.ts';
import type { ReleaseObject } from '../../release/object.ts';
import type { Change, FieldChange } from '../plan.ts';
import { type Consumers, restartsPods, toConsumers, type Versions } from './consumers.ts';
import { planFields } from './fields.ts';
import { withoutNulls } from './nulls.ts';
import { compareChanges } from './order.ts';
import { isSecret, planSecretFields } from './secret.ts';
import { planTellingFields } from './telling.ts';

/**
 * What helm will do to the objects of a release to get from one rendering to another; `before` is
 * empty on a first install. Destructive changes come first. Left out is what helm will not do: hooks
 * that do not run now are not applied, hooks that are gone and objects marked
 * `helm.sh/resource-policy: keep` are not deleted.
 */
export function planChanges(
  before: readonly ReleaseObject[],
  after: readonly ReleaseObject[],
): readonly Change[] {
  const old = index(before);
  const wanted = index(after);
  const operation = before.length === 0 ? 'install' : 'upgrade';
  const pairs = [...wanted].flatMap(([key, object]) => {
    const known = old.get(key);
    return known ? [{ before: known, after: object }] : [];
  });
  const consumers = toConsumers(pairs);
  return [
    ...[...old].filter(([key]) => !wanted.has(key)).flatMap(([, object]) => toDelete(object)),
    ...pairs
      .filter((pair) => isApplied(pair.after, operation))
      .flatMap((pair) => toUpdate(pair, consumers)),
    ...[...wanted]
      .filter(([key, object]) => !old.has(key) && isApplied(object, operation))
      .map(([, object]) => toCreate(object)),
  ].sort(compareChanges);
}

/**
 * helm keeps hooks and manifest apart: an object that moves from one to the other is created there
 * and deleted here. Of two equal keys helm applies the later one last.
 */
function index(objects: readonly ReleaseObject[]): ReadonlyMap<string, ReleaseObject> {
  return new Map(
    objects.map((one) => [
      `${one.hook ? 'hook ' : ''}${one.key}`,
      { ...one, object: withoutNulls(one.object) },
    ]),
  );
}

function isApplied({ hook }: ReleaseObject, operation: 'install' | 'upgrade'): boolean {
  return !hook || hook.events.some((event) => event.endsWith(`-${operation}`));
}

function toCreate(object: ReleaseObject): Change {
  return { ...toChange(object), action: 'create', fields: planTellingFields(object.object) };
}

function toDelete(object: ReleaseObject): Change[] {
  if (object.hook || isKept(object.object)) return [];
  return [{ ...toChange(object), action: 'delete' }];
}

function toUpdate(pair: Versions, consumers: Consumers): Change[] {
  const fields = toFields(pair);
  if (fields.length === 0) return [];
  return [
    {
      ...toChange(pair.after),
      action: 'update',
      fields,
      restartsPods: restartsPods(pair),
      keptBy: consumers(pair),
    },
  ];
}

function toFields({ before, after }: Versions): FieldChange[] {
  const [old, wanted] = [before.object, after.object];
  if (old === wanted) return [];
  return isSecret(old) ? planSecretFields(old, wanted) : planFields(old, wanted);
}

function toChange({ key, ref, hook }: ReleaseObject): Omit<Change, 'action'> {
  return { key, ref, hook: hook?.events ?? [], fields: [], restartsPods: false, keptBy: [] };
}
