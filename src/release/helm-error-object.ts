import type { Rule } from './helm-error-rule.ts';

/** Objects that the API server, or helm before it, does not take. */
export const OBJECT_RULES: readonly Rule[] = [
  {
    code: 'webhook-unavailable',
    pattern: /failed calling webhook "(?<name>[^"\n]+)": (?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `the admission webhook ${groups('name')} does not answer: ${groups('said')}`,
      hint: 'Ask its owner to bring it back; it is not part of this release.',
    }),
  },
  {
    code: 'admission-denied',
    pattern: /admission webhook "(?<name>[^"\n]+)" denied the request(?:: (?<said>[^\n]*))?/,
    explain: (groups) => ({
      cause: `the admission webhook ${groups('name')} refused an object: ${groups('said') || 'without a reason'}`,
      hint: 'Change the values or the chart so that the rule is met, or ask the owner of the rule.',
    }),
  },
  {
    code: 'admission-denied',
    pattern:
      /(?<object>\S+ "[^"\n]+") is forbidden: ValidatingAdmissionPolicy '(?<name>[^'\n]+)'[^\n]*? denied request: (?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `the policy ${groups('name')} refused ${groups('object')}: ${groups('said')}`,
      hint: 'Change the values or the chart so that the policy is met, or ask its owner.',
    }),
  },
  {
    code: 'admission-denied',
    pattern: /(?<object>\S+ "[^"\n]+") is forbidden: violates PodSecurity (?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `${groups('object')} violates PodSecurity ${groups('said')}`,
      hint: 'Set the security context that the level asks for, or change the label of the namespace.',
    }),
  },
  {
    code: 'quota-exceeded',
    pattern: /(?<object>\S+ "[^"\n]+") is forbidden: exceeded quota: (?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `${groups('object')} exceeds the quota ${groups('said')}`,
      hint: 'Raise the quota, or ask for less.',
    }),
  },
  {
    code: 'namespace-missing',
    pattern: /namespaces "(?<name>[^"\n]+)" not found/,
    explain: (groups) => ({
      cause: `there is no namespace ${groups('name')}`,
      hint: 'Set `create-namespace: true`, or create it first.',
    }),
  },
  {
    code: 'namespace-terminating',
    pattern: /in namespace (?<name>\S+) because it is being terminated/,
    explain: (groups) => ({
      cause: `the namespace ${groups('name')} is being deleted`,
      hint: 'Wait until it is gone, then run again.',
    }),
  },
  {
    code: 'record-too-large',
    pattern: /sh\.helm\.release\.v1\.\S+" is invalid: data: Too long/,
    explain: () => ({
      cause: 'the release is too large for the Secret in which helm keeps it (1 MiB)',
      hint: 'Take out what is large in the values, `set-file` above all, and list what the chart does not need in its .helmignore: every value and every file in its folder counts.',
    }),
  },
  {
    code: 'object-invalid',
    pattern:
      /[^\n]*object (?<name>\S+) \S+, Kind=(?<kind>\w+): Request entity too large|Request entity too large|etcdserver: request is too large/,
    explain: (groups) => ({
      cause: groups('kind')
        ? `${groups('kind')} ${groups('name')} is larger than the API server takes`
        : 'an object is larger than the API server takes',
      hint: 'Make it smaller: Kubernetes keeps about 1 MiB of an object. What is large in the values, such as a `set-file`, belongs in an image, a volume or an object store.',
    }),
  },
  {
    code: 'ownership-conflict',
    pattern:
      /unable to continue with \w+: (?<object>\S+ "[^"\n]+")(?: in namespace "(?<namespace>[^"\n]*)")? exists and cannot be imported into the current release: (?<said>[^\n]*)/i,
    explain: (groups) => ({
      cause: `${groups('object')} exists already and ${toOwner(groups('said'))}`,
      hint: 'Remove or rename one of the two, or set `take-ownership: true` in slipway.yaml when it is to belong to this release.',
    }),
  },
  {
    code: 'immutable-field',
    pattern: /(?<object>[^\s:"]+ "[^"\n]+") is invalid: (?<said>[^\n]*?)field is immutable/,
    explain: (groups) => ({
      // The values in between are long, and may be anything.
      cause: `${groups('object')} cannot be changed in ${fieldOf(groups('said'))}, which is immutable`,
      hint: 'Keep the field as it was, or delete the object or give it a new name so that it is made anew.',
    }),
  },
  {
    code: 'immutable-field',
    pattern:
      /(?<object>[^\s:"]+ "[^"\n]+") is invalid: (?<field>[\w.[\]]+): Forbidden: (?<said>updates to [^\n]*? are forbidden)/,
    explain: (groups) => ({
      cause: `${groups('object')} cannot be changed in ${groups('field')}: ${groups('said')}`,
      hint: groups('object').startsWith('StatefulSet')
        ? 'Keep the field as it was, or delete the object with `kubectl delete --cascade=orphan`, which leaves its pods and their data, so that it is made anew.'
        : 'Keep the field as it was, or delete the object so that it is made anew.',
    }),
  },
  {
    code: 'apply-conflict',
    pattern:
      /(?:applying object (?:(?<namespace>[^\s/]+)\/)?(?<name>\S+) \S+, Kind=(?<kind>\w+): )?Apply failed with (?<said>\d+ conflicts?: [\s\S]*)/,
    explain: (groups) => {
      const object = groups('kind') ? `${groups('kind')} ${groups('name')}` : 'an object';
      const { told, fields } = toConflicts(groups('said'));
      return {
        cause: `${object} has fields that somebody else has set: ${told}`,
        hint: `Leave ${fields} out of the chart when it is right that somebody else sets it (an autoscaler owns replicas), or set \`force-conflicts: true\`: it takes back what the chart says, at every deploy.`,
      };
    },
  },
  {
    code: 'kind-unknown',
    pattern: /no matches for kind "(?<kind>[^"\n]+)" in version "(?<version>[^"\n]+)"/,
    explain: (groups) => ({
      cause: `the cluster does not know the kind ${groups('kind')} of ${groups('version')}`,
      hint: 'Install its CRD first, or use a chart for this version of Kubernetes if the API was removed.',
    }),
  },
  {
    code: 'kind-unknown',
    pattern: /current release manifest contains removed kubernetes api\(s\)[^\n]*/i,
    explain: () => ({
      cause: 'the deployed revision has objects of an API that the cluster no longer has',
      hint: 'Rewrite its record with the helm plugin mapkubeapis, then run again.',
    }),
  },
  {
    code: 'object-invalid',
    pattern:
      /failed to create typed patch object \((?<object>[^)\n]+)\): (?:errors:\s*)?(?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `${groups('object')} does not fit its kind: ${groups('said')}`,
      hint: 'Correct that field in the chart or its values.',
    }),
  },
  {
    code: 'object-invalid',
    pattern: /error validating "": (?:error validating data: )?(?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `the chart renders something that is no valid object: ${groups('said')}`,
      hint: 'Correct the template that prints it, or the values that it prints.',
    }),
  },
  {
    code: 'object-invalid',
    pattern: /(?<object>[^\s:"]+ "[^"\n]+") is invalid: (?<said>[^\n]*)/,
    explain: (groups) => ({
      cause: `${groups('object')} is not valid: ${groups('said')}`,
      hint: 'Correct that field in the chart or its values.',
    }),
  },
];

function toOwner(said: string): string {
  const owner = /must equal "[^"]*": current value is "(?<owner>[^"]*)"/.exec(said)?.groups?.[
    'owner'
  ];
  return owner ? `belongs to the release ${owner}` : 'was not made by helm';
}

function fieldOf(said: string): string {
  return /^(?:\[)?([\w.[\]-]+?): /.exec(said)?.[1] ?? 'a field';
}

/** More than these are in the whole text. */
const MAX_FIELDS = 3;

/**
 * `conflict with "m" with subresource "scale" using v1: .spec.replicas`, or one manager with its fields
 * a line each. Several objects have such a text each; the first is told.
 */
function toConflicts(said: string): { readonly told: string; readonly fields: string } {
  const [first = ''] = said.split(/\nconflict occurred while/);
  const managers = [...first.matchAll(/conflicts? with "(?<manager>[^"\n]+)"[^:\n]*:/g)];
  const names = [...first.matchAll(/(?:: |\n- )(?<field>\.[^\n]*)/g)].map((one) => one[1] ?? '');
  const fields = [...new Set(names.map((one) => one.trim().replace(/^\./, '')))];
  if (managers.length === 0 || fields.length === 0) return { told: first, fields: 'them' };
  const shown = fields.slice(0, MAX_FIELDS).join(', ');
  const more = fields.length > MAX_FIELDS ? ` and ${fields.length - MAX_FIELDS} more` : '';
  const who = [...new Set(managers.map((one) => one[1] ?? ''))].join(' and ');
  return { told: `${who} manages ${shown}${more}`, fields: `${shown}${more}` };
}
