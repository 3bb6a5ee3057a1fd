import type { Files } from '../ports.ts';
import type { Policy, ReleaseSpec } from '../release/spec.ts';
import type { Command } from '../report/report.ts';
import { parseChart } from './chart.ts';
import { parseCluster } from './cluster.ts';
import { parseCommand } from './command.ts';
import { parseDuration, parseTimeout } from './duration.ts';
import { once, parseAll } from './gather.ts';
import { type Given, toGiven } from './given.ts';
import { checkKnown, checkUsed } from './known.ts';
import { parseLayers } from './layers.ts';
import { parseEnvironment, parseNamespace, parseRelease } from './names.ts';
import { parseChoice, parsePullRequest, parseSwitch } from './scalars.ts';
import { type HelmSource, parseHelm } from './tools.ts';
import { toWorkspace, type Workspace } from './workspace.ts';

/** What the inputs ask for, typed; after this nothing is a raw text with a meaning. */
export interface Inputs {
  readonly command: Command;
  readonly spec: ReleaseSpec;
  readonly tools: HelmSource;
  readonly github: GitHubInputs;
}

export interface GitHubInputs {
  /** Empty when there is none. */
  readonly token: string;
  readonly comment: boolean;
  /** Undefined: found from the event. */
  readonly pullRequest?: number | undefined;
}

export interface InputSource {
  /** As `readInputs` takes them from the environment. */
  readonly inputs: ReadonlyMap<string, string>;
  /** Name of the event that started the workflow (GITHUB_EVENT_NAME). */
  readonly event: string;
  readonly files: Files;
  /** The workspace, an absolute path (GITHUB_WORKSPACE). */
  readonly directory: string;
}

/** Reads and checks every input. Throws `DeployErrors` with all problems at once. */
export function parseInputs(source: InputSource): Inputs {
  const given = toGiven(source.inputs);
  const command = once(() => parseCommand(given, source.event));
  const known = once(() => checkKnown(given));
  const workspace = toWorkspace(given, source.files, source.directory);
  const { spec, tools, github } = parseAll({
    known,
    used: () => checkUsed(given, command()),
    tools: () => parseHelm(given, workspace),
    spec: () => parseSpec(given, { ...workspace, known }),
    github: () => parseGitHub(given),
  });
  return { command: command(), spec, tools, github };
}

function parseSpec(given: Given, source: Workspace & { known: () => void }): ReleaseSpec {
  const environment = once(() => parseEnvironment(given));
  const release = once(() => parseRelease(given));
  const namespace = once(() => parseNamespace(given));
  const placeholders = { environment, release, namespace };
  return parseAll({
    target: () =>
      parseAll({
        environment,
        release,
        namespace: () =>
          parseAll({
            name: namespace,
            create: () => parseSwitch(given, 'create-namespace'),
            labels: () => ({}),
          }),
      }),
    cluster: () => parseCluster(given, source),
    chart: () => {
      // With a repository `chart` is not meant as a folder: one problem is enough.
      if (given.has('chart-repository')) source.known();
      return parseChart(given, source);
    },
    layers: () => parseLayers(given, { ...source, placeholders }),
    policy: () => parsePolicy(given),
    needs: () => [],
    helm: () => ({
      args: [],
      serverSide: 'auto' as const,
      forceConflicts: false,
      takeOwnership: false,
      skipSchemaValidation: false,
    }),
    warnings: () => [],
  });
}

function parsePolicy(given: Given): Policy {
  return parseAll({
    timeout: () => parseTimeout('timeout', given.text('timeout')),
    onFailure: () => parseChoice(given, 'on-failure', ['rollback', 'hold']),
    skipUnchanged: () => parseSwitch(given, 'skip-unchanged'),
    waitForLock: () => parseDuration('wait-for-lock', given.text('wait-for-lock')),
    historyMax: () => 10,
    wait: () => 'ours' as const,
    crds: () => 'helm' as const,
  });
}

/**
 * Where to report, as far as these inputs can be read: a run that is refused for another input
 * belongs on the pull request, too. Never throws.
 */
export function readGitHubInputs(inputs: ReadonlyMap<string, string>): GitHubInputs {
  const given = toGiven(inputs);
  try {
    return parseGitHub(given);
  } catch {
    return { token: given.text('github-token'), comment: true };
  }
}

function parseGitHub(given: Given): GitHubInputs {
  return parseAll({
    token: () => given.text('github-token'),
    comment: () => parseSwitch(given, 'comment'),
    pullRequest: () => parsePullRequest(given),
  });
}
