/** A release deployed by a login into the cloud, and that nothing of the login is left behind. */
import { expect } from '@jest/globals';
import type { ActionResult } from '../action/run-action.ts';
import { createStep, type Step } from '../action/step.ts';
import type { Cloud } from '../cloud/world.ts';
import { createWorld } from '../cluster/world.ts';

type Inputs = Readonly<Record<string, string>>;

export type LoginWorld = Awaited<ReturnType<typeof createLoginWorld>>;

export interface LoginOptions {
  /** Inputs of the login. */
  readonly login: Inputs;
  /** Of the job; the cloud's by default. */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function createLoginWorld(cloud: Cloud, helm: string, options: LoginOptions) {
  const world = await createWorld(helm, cloud.cluster);
  const { login, environment = cloud.environment } = options;
  const toInputs = (inputs: Inputs) => ({ kubeconfig: '', ...login, ...inputs });
  const end = async (step: Step, ended: Promise<ActionResult>): Promise<ActionResult> => {
    const result = await ended;
    expect(step.left()).toEqual([]);
    expectNoSecret(cloud, [...toTexts(result), ...step.texts()]);
    step.end();
    return result;
  };
  return {
    ...world,
    /** All calls of helm for this release, with their environment. */
    callsOfHelm: () =>
      world.allHelmCalls().filter((call) => call.arguments.includes(world.namespace)),
    step: () => createStep(environment),
    /** Runs a step to its end, after which nothing is in RUNNER_TEMP and no secret anywhere. */
    run(inputs: Inputs = {}, more: Parameters<typeof world.run>[1] = {}): Promise<ActionResult> {
      const step = createStep({ ...environment, ...more.environment });
      const started = world.run(toInputs(inputs), { ...more, environment: step.environment });
      return end(step, started);
    },
    start(step: Step, inputs: Inputs = {}) {
      return world.start(toInputs(inputs), { environment: step.environment });
    },
  };
}

/** Masks tell the runner itself, and it hides them. */
export function toTexts({ log, summary, outputs }: ActionResult): readonly string[] {
  return [log.replaceAll(/^::add-mask::.*$/gm, ''), summary, JSON.stringify(outputs)];
}

/** Nothing that a double gave is in the texts, raw or in base64. */
export function expectNoSecret(cloud: Cloud, texts: readonly string[]): void {
  const needles = cloud.secrets().flatMap((it) => [it, Buffer.from(it).toString('base64')]);
  expect(needles.filter((needle) => texts.some((text) => text.includes(needle)))).toEqual([]);
}
