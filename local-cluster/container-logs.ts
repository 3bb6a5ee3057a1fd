/** What the containers of a scenario have said so far. Written from the Pod's state alone, so it always fits it. */

interface Running {
  readonly startedAt: string;
}

interface Terminated extends Running {
  readonly finishedAt: string;
}

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: {
    readonly running?: Running;
    readonly terminated?: Terminated;
    readonly waiting?: { readonly reason: string };
  };
  readonly lastState?: { readonly terminated?: Terminated };
}

export interface Pod {
  readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> };
  readonly spec: { readonly restartPolicy: string };
  readonly status: {
    readonly conditions?: readonly { type: string; reason?: string; message?: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface Line {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text: string;
}

export interface Run {
  /** Counts from 1: how often the container has been started. */
  readonly number: number;
  readonly ended: boolean;
  readonly lines: readonly Line[];
}

export type Instance = 'current' | 'previous';

/** What a container says at the beginning of a run, and at its end: of itself, or when it has become ready. */
interface Part {
  readonly begin: readonly string[];
  readonly end: readonly string[];
}

const service: Part = { begin: ['starting'], end: ['listening on port 8080'] };
const task: Part = { begin: ['starting', 'step 1 of 2', 'step 2 of 2'], end: ['done'] };

const scenarios: Readonly<Record<string, Part>> = {
  'crash-loop': {
    begin: ['starting', 'reading the configuration'],
    end: ['config: DATABASE_URL is not set'],
  },
  'crash-twice': {
    begin: ['starting', 'connecting to the database'],
    end: ['database:5432: connection refused'],
  },
  fail: {
    begin: ['starting', 'applying migration 7'],
    end: ['migration 7: relation "accounts" does not exist'],
  },
  unready: {
    begin: ['starting', 'listening on port 8080', 'GET /healthz 503: the database does not answer'],
    end: [],
  },
  hang: { begin: ['starting', 'waiting for the migration lock'], end: [] },
};

/** @throws what a kubelet answers instead of a log: validateContainerLogStatus in kubernetes/pkg/kubelet/kubelet_pods.go */
export function readRun(pod: Pod, container: string, instance: Instance): Run {
  const status = statusOf(pod, container);
  const place = `container "${container}" in pod "${pod.metadata.name}"`;
  const { running, terminated, waiting } = status?.state ?? {};
  const last = status?.lastState?.terminated;
  const restarts = status?.restartCount ?? 0;
  if (instance === 'previous') {
    if (!last) throw new Error(`previous terminated ${place} not found`);
    return {
      number: restarts,
      ended: true,
      lines: say(pod, container, { ...last, run: restarts }),
    };
  }
  const now = running ?? terminated;
  if (status && now) {
    const run = restarts + 1;
    const lines = say(pod, container, { ready: status.ready, ...now, run });
    return { number: run, ended: !running, lines };
  }
  if (last) return readRun(pod, container, 'previous'); // crashed, and waiting to be started again
  throw new Error(
    `${place} is waiting to start: ${reasons[waiting?.reason ?? ''] ?? waiting?.reason ?? 'ContainerCreating'}`,
  );
}

const reasons: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

function statusOf(pod: Pod, container: string): ContainerStatus | undefined {
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status;
  return [...containerStatuses, ...initContainerStatuses].find(({ name }) => name === container);
}

interface Moment {
  readonly run: number;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly ready?: boolean;
}

function say(pod: Pod, container: string, { run, startedAt, finishedAt, ready }: Moment): Line[] {
  const start = Date.parse(startedAt);
  const literal = pod.metadata.annotations?.['local-cluster/log'];
  if (literal !== undefined) return stamp(literal.trimEnd().split('\n'), start);
  const { begin, end } = partOf(pod, container, run);
  const [first = '', ...rest] = begin;
  const opening = [`${container}: ${first}, run ${run}`, ...rest];
  const lines = stamp(opening, start);
  if (finishedAt !== undefined)
    return [...lines, ...stamp(end, Date.parse(finishedAt) + opening.length)];
  return ready ? [...lines, ...stamp(end, start + opening.length)] : lines;
}

function partOf(pod: Pod, container: string, run: number): Part {
  const isInit = pod.status.initContainerStatuses?.some(({ name }) => name === container);
  if (isInit) return task;
  const mark = pod.status.conditions?.find(({ type }) => type === 'local-cluster/scenario');
  const befallen = mark?.message?.split(' ').includes(container);
  const recovered = mark?.reason === 'crash-twice' && run > 2;
  const scenario = befallen && !recovered ? scenarios[mark?.reason ?? ''] : undefined;
  return scenario ?? (pod.spec.restartPolicy === 'Always' ? service : task);
}

function stamp(texts: readonly string[], start: number): Line[] {
  return texts.map((text, index) => ({ time: start + index, text }));
}
