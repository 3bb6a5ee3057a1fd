import { runsOnUpgrade } from '../release/hook.ts';
import { findHookInputs, findUpgradeRuns, podSpecOf } from '../release/hook-inputs.ts';
import { groupOf, type ReleaseObject } from '../release/object.ts';
import type { Revision } from '../release/revision.ts';
import type { HookInputs } from '../state/state.ts';

/*
 * A hook that runs at every deploy may be skipped when it would do the same again: it did its work in
 * the newest revision, with an image and with inputs that are still the same (design.md rule 6).
 */

/** Why the record does not prove it of every hook; undefined when it does, as far as a record can. */
export function findUnprovedHook(newest: Revision): string | undefined {
  for (const object of newest.objects) {
    const why = runsOnUpgrade(object.hook) && findDoubt(object, newest);
    if (why) return `its hook ${toName(object)} ${why}`;
  }
  return undefined;
}

/** Whether the record says what the hooks read, so that it is worth to compare. */
export function hasInputs(newest: Revision): boolean {
  return newest.inputs !== '' || findUpgradeRuns(newest.objects).length === 0;
}

/** Why what the hooks read is not proved to be what it was; undefined when it is. */
export function findChangedInput(
  newest: Revision,
  inputs: HookInputs | undefined,
): string | undefined {
  const [run] = findUpgradeRuns(newest.objects);
  if (!run) return undefined;
  if (inputs?.type === 'not-checked') {
    return `its hook ${toName(run)} may find something else to do: ${inputs.reason}`;
  }
  if (newest.inputs === '') {
    return `what its hook ${toName(run)} reads changed while revision ${newest.number} was deployed, or was not recorded`;
  }
  if (inputs?.hash === newest.inputs) return undefined;
  return tellChanged(newest);
}

function tellChanged({ objects, number }: Revision): string {
  const read = findHookInputs(objects);
  const names = read.map(({ ref }) => `${ref.kind} ${ref.name}`).join(', ');
  const hooks = [...new Set(read.map(({ hook }) => `${hook.kind} ${hook.name}`))].join(', ');
  const subject = read.length === 1 ? names : `one of ${names}`;
  return `${subject} has changed since revision ${number}, and its hook ${hooks} reads it`;
}

function findDoubt(object: ReleaseObject, newest: Revision): string | undefined {
  const { ref, hook } = object;
  if (STILL.has(`${groupOf(ref.apiVersion)}/${ref.kind}`)) return undefined;
  if (!RUNS.has(`${groupOf(ref.apiVersion)}/${ref.kind}`))
    return 'may do something at every deploy';
  if (hook?.lastStarted === undefined || hook.lastStarted < newest.updated) {
    return `runs at every deploy, and did not run for revision ${newest.number}`;
  }
  if (hook.lastRun !== 'Succeeded') return `did not succeed in revision ${newest.number}`;
  return findMutableImage(podSpecOf(object.object));
}

const RUNS: ReadonlySet<string> = new Set(['batch/Job', '/Pod']);

/** Kinds that are there and do nothing: their live objects are compared. */
const STILL: ReadonlySet<string> = new Set([
  ...['/ConfigMap', '/Secret', '/ServiceAccount', '/Service', '/PersistentVolumeClaim'],
  ...['/Namespace', '/LimitRange', '/ResourceQuota'],
  ...['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map(
    (kind) => `rbac.authorization.k8s.io/${kind}`,
  ),
  ...['networking.k8s.io/Ingress', 'networking.k8s.io/NetworkPolicy'],
  ...['policy/PodDisruptionBudget', 'scheduling.k8s.io/PriorityClass'],
  ...['storage.k8s.io/StorageClass', 'apiextensions.k8s.io/CustomResourceDefinition'],
]);

/** As far as it names images. */
interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly {
    readonly image?: { readonly reference?: string; readonly pullPolicy?: string };
  }[];
}

interface Container {
  readonly image?: string;
  readonly imagePullPolicy?: string;
}

/** An image whose name may mean another one tomorrow; a digest never does, however it is pulled. */
function findMutableImage(podSpec: unknown): string | undefined {
  for (const { image = '', imagePullPolicy } of imagesOf((podSpec ?? {}) as PodSpec)) {
    if (image.includes('@')) continue;
    const tag = /:(?<tag>[^:/]+)$/.exec(image)?.groups?.['tag'];
    if (tag === undefined || tag === 'latest') {
      return `runs the image ${image}, which may be another one by now: give it a version or a digest`;
    }
    if (imagePullPolicy === 'Always') {
      return `pulls the image ${image} at every run (\`imagePullPolicy: Always\`), which may be another one by now`;
    }
  }
  return undefined;
}

function imagesOf({ containers, initContainers, volumes }: PodSpec): readonly Container[] {
  const mounted = (volumes ?? []).flatMap(({ image }) =>
    image ? [{ image: image.reference ?? '', imagePullPolicy: image.pullPolicy ?? '' }] : [],
  );
  return [...(initContainers ?? []), ...(containers ?? []), ...mounted];
}

function toName({ ref }: ReleaseObject): string {
  return `${ref.kind} ${ref.name}`;
}
