import { describe, expect, test } from '@jest/globals';
import type { ToldStep } from '../../src/report/report.ts';
import { type Phrase, toPlain } from '../../src/report/story/phrase.ts';
import { toStory } from '../../src/report/story/story.ts';
import { RUN, readTarget } from './reports.ts';

const CRDS: Pick<ToldStep, 'type' | 'title'> = {
  type: 'apply-crds',
  title: 'apply CRDs: CustomResourceDefinition a',
};
const UPGRADE: Pick<ToldStep, 'type' | 'title'> = { type: 'upgrade', title: 'helm upgrade' };

/** A deploy that failed before helm changed anything, after these steps. */
function tell(...steps: readonly (Pick<ToldStep, 'type' | 'title'> & Partial<ToldStep>)[]) {
  const { remediation: _, ...target } = readTarget('crash-loop-rolled-back');
  const [step] = target.steps as readonly [ToldStep];
  const { outcome, now } = toStory(
    {
      ...target,
      result: 'failed',
      failure: target.failure && { ...target.failure, phase: 'before-change' },
      steps: steps.map((one) => ({ ...step, result: 'done', ...one })),
    },
    RUN,
  );
  return [outcome, ...now].map((phrase: Phrase) => toPlain(phrase));
}

describe('a failure before helm', () => {
  test('has changed nothing', () => {
    expect(tell({ ...UPGRADE, result: 'failed' })).toEqual([
      'failed before any change',
      expect.stringMatching(/^Nothing was changed: Revision /),
    ]);
  });

  test('tells what was done for it and stays', () => {
    expect(tell(CRDS, { ...UPGRADE, result: 'failed' })).toEqual([
      'failed before the release was changed',
      expect.stringMatching(/^The release was not changed: Revision /),
      'What was done before stays: apply CRDs: CustomResourceDefinition a.',
    ]);
  });

  test('tells what was done in part', () => {
    expect(tell({ ...CRDS, result: 'failed' }).at(-1)).toBe(
      'What was done before stays: apply CRDs: CustomResourceDefinition a (as far as it came).',
    );
  });
});

describe('the cluster could not be asked any more', () => {
  const { remediation, ...rolledBack } = readTarget('crash-loop-rolled-back');
  const lost = { ...rolledBack, isLost: true, history: [], revision: undefined } as const;
  const tellNow = (target: typeof lost, more: object) =>
    toStory({ ...target, ...more }, RUN).now.map((phrase: Phrase) => toPlain(phrase));

  test('in a rollback: what stands is not guessed', () => {
    const failure = { cause: 'the cluster was not reached (read ECONNRESET).', commands: [] };
    const broken = { ...remediation, result: 'failed', failure };
    expect(tellNow(lost, { result: 'failed', remediation: broken })).toEqual([
      expect.stringMatching(/^What became of revision \d+ is not known: this run could no longer/),
      'Rollback: the cluster was not reached (read ECONNRESET).',
    ]);
  });

  test('after a cancel: no revision is denied', () => {
    expect(tellNow(lost, { result: 'cancelled' })).toEqual([
      expect.stringMatching(/^What became of revision \d+ is not known/),
    ]);
    const none = { result: 'cancelled', attempted: undefined };
    expect(tellNow(lost, none)).toEqual(['No revision was made.']);
  });
});
