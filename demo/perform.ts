/** Plays one scene: the action runs as on a runner, its log is shown live, and what it says is checked and kept. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import {
  type ActionResult,
  type RunningAction,
  startAction,
} from '../__tests__/action/run-action.ts';
import type { GitHubDouble } from '../__tests__/fakes/github-double.ts';
import { type Texts, toTexts, writeTexts } from './keep.ts';
import { type Scene, SECRETS, WORKFLOW } from './scenes.ts';
import { say } from './terminal.ts';
import { createWorkflowLog } from './workflow-log.ts';

/** What all scenes share. */
export interface Stage {
  /** Of the double. */
  readonly repository: string;
  readonly github: GitHubDouble;
  /** The machine's part of `with:`: kubeconfig and helm. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly toolCache: string;
  /** Folder of all scenes. */
  readonly out: string;
  /** Called with the action that runs now. */
  readonly onStart: (action: RunningAction) => void;
}

export interface Performed {
  readonly scene: Scene;
  readonly result: ActionResult;
  /** Milliseconds. */
  readonly took: number;
  /** Where its files are. */
  readonly folder: string;
  /** How it differs from what the scene expects, a few words each. */
  readonly differences: readonly string[];
}

export async function perform(scene: Scene, stage: Stage): Promise<Performed> {
  const begin = performance.now();
  const log = createWorkflowLog(say);
  const action = startAction({
    inputs: { ...WORKFLOW, set: scene.set.join('\n'), ...stage.inputs },
    event: scene.event,
    payload: scene.event === 'push' ? {} : { pull_request: { number: scene.pullRequest } },
    environment: toEnvironment(scene, stage),
    toolCache: stage.toolCache,
    onOutput: log.add,
  });
  stage.onStart(action);
  const result = await action.ended;
  log.end();

  const comment = stage.github.comments.find(({ issue }) => issue === scene.pullRequest);
  const texts = toTexts(scene, { ...result, comment: comment?.body ?? '' });
  const folder = path.join(stage.out, scene.name);
  writeTexts(texts, folder);
  const took = performance.now() - begin;
  const differences = [...findDifferences(scene, result), ...findSecrets(texts)];
  if (!comment) differences.push('no comment on the pull request');
  return { scene, result, took, folder, differences };
}

/** Stands for the commit that the run is of, so that the double finds its pull request. */
export function commitOf({ pullRequest }: Scene): string {
  return createHash('sha1').update(`pull request ${pullRequest}`).digest('hex');
}

function toEnvironment(scene: Scene, { repository, github }: Stage): Record<string, string> {
  return {
    GITHUB_REPOSITORY: repository,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: github.url,
    GITHUB_SHA: commitOf(scene),
    // A newer run has a greater number.
    GITHUB_RUN_ID: `470${scene.name[0]}`,
  };
}

function findDifferences({ expected }: Scene, { code, outputs, summary }: ActionResult): string[] {
  const wanted = Object.entries(expected.outputs).filter(([name, text]) => outputs[name] !== text);
  return [
    ...(code === expected.exitCode ? [] : [`exit code ${code}, not ${expected.exitCode}`]),
    ...wanted.map(([name, text]) => `output ${name} is ${outputs[name] ?? 'absent'}, not ${text}`),
    ...expected.summary
      .filter((pattern) => !pattern.test(summary))
      .map((pattern) => `the job summary does not tell ${pattern}`),
  ];
}

function findSecrets(texts: Texts): string[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    SECRETS.filter((secret) => text.includes(secret) || text.includes(btoa(secret))).map(
      (secret) => `${name} holds the secret ${secret}`,
    ),
  );
}
