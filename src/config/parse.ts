import type { Problem } from '../errors.ts';
import type { Files } from '../ports.ts';
import type { ClusterSpec } from '../release/cluster-spec.ts';
import type { ReleaseSpec, Target } from '../release/spec.ts';
import type { Command } from '../report/report.ts';
import { type SpokenNames, toSpokenNames } from './cluster/spoken-names.ts';
import { parseCluster } from './cluster.ts';
import { parseCommand } from './command.ts';
import { type ConfigReader, findConfigFile, readConfigFile } from './file/config-file.ts';
import type { Variables } from './file/variables.ts';
import { once, parseAll, parseEach } from './gather.ts';
import { type GitHubInputs, parseGitHub } from './github.ts';
import { type Given, toGiven } from './given.ts';
import { checkKnown, checkUsed } from './known.ts';
import { parseRelease, type ReleaseDraft } from './release.ts';
import { parseChoice, parseSwitch } from './scalars.ts';
import { parseTools, type ToolSource } from './tools.ts';
import {
  listEnvironments,
  readFileWishes,
  readInputWishes,
  type Wanted,
  type Wish,
  type Wishes,
} from './wishes.ts';
import { toWorkspace, type Workspace } from './workspace.ts';

/** What the inputs and slipway.yaml ask for, typed; after this nothing is a raw text with a meaning. */
export interface Inputs {
  readonly command: Command;
  /** Whether the job's releases come from slipway.yaml. */
  readonly usesFile: boolean;
  readonly work: Work;
  readonly tools: ToolSource;
  readonly github: GitHubInputs;
}

export type Work =
  /** Only the files are read: no cluster, no helm. */
  | {
      readonly type: 'check';
      readonly targets: readonly Target[];
      readonly warnings: readonly Problem[];
    }
  | {
      readonly type: 'run';
      /** In `needs` order. */
      readonly releases: readonly ReleaseSpec[];
      readonly names: SpokenNames;
      /** Whether the plan tells each value that a chart gets, and the layer that it is from. */
      readonly showValues: boolean;
    }
  /** Only the way to the cluster is made, for later steps of the job. */
  | {
      readonly type: 'setup';
      readonly cluster: ClusterSpec;
      readonly names: SpokenNames;
      /** Empty when none is named. */
      readonly environment: string;
    };

export interface InputSource {
  /** As `readInputs` takes them from the environment. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The process environment: for the `${NAME}` of slipway.yaml, and what clouds read there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Name of the event that started the workflow (GITHUB_EVENT_NAME). */
  readonly event: string;
  readonly files: Files;
  /** The workspace, an absolute path (GITHUB_WORKSPACE). */
  readonly directory: string;
}

/** Whether the job has a slipway.yaml: its reader takes 30 ms to load, which other jobs need not pay. */
export function usesConfigFile({ inputs, files, directory }: InputSource): boolean {
  const given = toGiven(inputs);
  try {
    return findConfigFile(given, toWorkspace(given, files, directory)) !== undefined;
  } catch {
    // parseInputs will say what is wrong.
    return false;
  }
}

/** Reads and checks every input and slipway.yaml. Throws `DeployErrors` with all problems at once. */
export function parseInputs(source: InputSource, readConfig: ConfigReader): Inputs {
  const given = toGiven(source.inputs);
  const workspace = toWorkspace(given, source.files, source.directory);
  const command = once(() => parseCommand(given, source.event));
  const file = once(() => readConfigFile(given, workspace, readConfig));
  const { tools, github, work } = parseAll({
    known: () => checkKnown(given),
    used: () => checkUsed(given, command()),
    tools: () => parseTools(given, workspace),
    github: () => parseGitHub(given),
    work: () => parseWork({ given, workspace, file, command, environment: source.environment }),
  });
  return { command: command(), usesFile: file() !== undefined, work, tools, github };
}

interface Sources {
  readonly given: Given;
  readonly workspace: Workspace;
  readonly file: () => ReturnType<typeof readConfigFile>;
  readonly command: () => Command;
  readonly environment: InputSource['environment'];
}

function parseWork(sources: Sources): Work {
  const { given } = sources;
  const { against, showValues } = parseAll({
    against: () =>
      parseChoice({ name: 'against', text: given.text('against') || 'live' }, ['live', 'none']),
    showValues: () => parseSwitch({ name: 'show-values', text: given.text('show-values') }),
  });
  if (commandOf(sources) === 'setup') return parseSetup(sources);
  return against === 'none' ? parseCheck(sources) : parseRun(sources, showValues);
}

/** A command that is wrong is a problem of its own, and hides no other one: a plan asks for least. */
function commandOf({ command }: Sources): Command {
  try {
    return command();
  } catch {
    return 'plan';
  }
}

function parseSetup(sources: Sources): Work {
  const { environment, cluster } = readWishes(sources, {
    environment: sources.given.text('environment'),
    login: 'deploy',
    late: { missing: { value: 'error', access: 'error' }, warn: () => undefined },
  });
  return {
    type: 'setup',
    ...parseAll({
      environment,
      cluster: () => parseCluster(cluster(), sources),
      names: () => toSpokenNames(cluster()),
    }),
  };
}

/** Without `environment` the files of every one are checked. */
function parseCheck(sources: Sources): Work {
  const { given, workspace } = sources;
  const document = sources.file();
  const late = {
    missing: { value: 'late-bound', access: 'late-bound' } as const,
    warn: () => undefined,
  };
  const drafts = parseEach(document ? listEnvironments(document, given) : [''], (environment) => {
    const { releases } = readWishes(sources, { environment, login: 'plan', late });
    return parseDrafts(releases(), workspace);
  }).flat();
  return {
    type: 'check',
    targets: drafts.map(({ target }) => target),
    warnings: drafts.flatMap(({ warnings }) => warnings),
  };
}

function parseRun(sources: Sources, showValues: boolean): Work {
  const { given, workspace } = sources;
  const isPlan = commandOf(sources) === 'plan';
  const lateBound: Problem[] = [];
  const wishes = readWishes(sources, {
    environment: given.text('environment'),
    login: isPlan ? 'plan' : 'deploy',
    late: {
      missing: { value: isPlan ? 'late-bound' : 'error', access: 'error' },
      warn: (problem) => void lateBound.push(problem),
    },
  });
  const { cluster, names, drafts } = parseAll({
    cluster: () => parseCluster(wishes.cluster(), sources),
    names: () => toSpokenNames(wishes.cluster()),
    drafts: () => parseDrafts(wishes.releases(), workspace),
  });
  const releases = drafts.map((draft, index) => ({
    ...draft,
    cluster,
    warnings: [...(index === 0 ? lateBound : []), ...draft.warnings],
  }));
  return { type: 'run', releases, names, showValues };
}

function readWishes(
  { given, file, environment }: Sources,
  { late, ...wanted }: Omit<Wanted, 'variables'> & { readonly late: Omit<Variables, 'read'> },
): Wishes {
  const document = file();
  if (!document) return readInputWishes(given);
  const variables = { ...late, read: (name: string) => environment[name] };
  return readFileWishes(document, given, { ...wanted, variables });
}

function parseDrafts(wishes: readonly Wish[], workspace: Workspace): readonly ReleaseDraft[] {
  return parseEach(wishes, ({ fields, ...wish }) =>
    parseRelease(fields, { ...workspace, ...wish }),
  );
}
