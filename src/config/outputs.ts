/** The outputs of action.yml; the contract test holds the two and the README together. */
export const OUTPUTS = [
  {
    name: 'outcome',
    description:
      '`unchanged`, `planned`, `deployed`, `rolled-back`, `held`, `failed`, `refused`, `cancelled` or `ready` (`setup`).',
  },
  {
    name: 'reason-code',
    description: 'Why, as one word for machines, such as `crash-loop` or `values-missing`.',
  },
  {
    name: 'changed',
    description: '`true` when the plan has something to do, or the deploy did something.',
  },
  {
    name: 'revision',
    description: 'Newest revision of the release after the run; empty when there is none.',
  },
  {
    name: 'url',
    description:
      'Address of what runs: the first host of its Ingresses or HTTPRoutes, while a good revision does; otherwise empty.',
  },
  {
    name: 'kubeconfig',
    description:
      'Path of a kubeconfig for the later steps of the job, which have it as KUBECONFIG as well; only of `setup`.',
  },
  {
    name: 'result',
    description: 'All of it as JSON, with `schema: 1`.',
  },
] as const;

export type OutputName = (typeof OUTPUTS)[number]['name'];
