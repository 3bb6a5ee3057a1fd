import { describe, expect, test } from '@jest/globals';
import { DeployErrors } from '../../src/errors.ts';
import type { HelmSettings } from '../../src/release/spec.ts';
import { readRenderingOptions } from '../../src/state/rendering-options.ts';
import { makeSpec } from '../fakes/plan.ts';

const FLAGS = {
  template: ['--enable-dns', '--description'],
  upgrade: ['--enable-dns', '--description', '--hide-notes'],
  rollback: [],
};

function read(settings: Partial<HelmSettings>, version = '4.2.3') {
  const spec = makeSpec();
  const asked: string[] = [];
  const helm = {
    version,
    readFlags: async (command: keyof typeof FLAGS) => {
      asked.push(command);
      return new Set(FLAGS[command]);
    },
  };
  const options = readRenderingOptions({ ...spec, helm: { ...spec.helm, ...settings } }, helm);
  return options.then(
    ({ further }) => ({ further, asked }),
    (error: unknown) => (error instanceof DeployErrors ? error.problems : Promise.reject(error)),
  );
}

test('each command gets what it knows', async () => {
  expect(await read({ args: ['--enable-dns', '--hide-notes', '--description=a=b'] })).toMatchObject(
    {
      further: {
        template: ['--enable-dns', '--description=a=b'],
        upgrade: ['--enable-dns', '--hide-notes', '--description=a=b'],
      },
    },
  );
});

test('helm is not asked without reason', async () => {
  expect(await read({ args: [] })).toMatchObject({ asked: [] });
});

test('what upgrade does not know is named, with the nearest, and without its value', async () => {
  expect(await read({ args: ['--enabel-dns', '--frobnicate=secret'] })).toEqual([
    {
      code: 'helm-args-unknown',
      message: '`helm-args` has --enabel-dns, which `helm upgrade` of helm 4.2.3 does not know.',
      hint: 'Write --enable-dns if that is what you mean, or choose another `helm-version`.',
    },
    {
      code: 'helm-args-unknown',
      message: '`helm-args` has --frobnicate, which `helm upgrade` of helm 4.2.3 does not know.',
      hint: 'Look for it in `helm upgrade --help`, or choose another `helm-version`.',
    },
  ]);
});

describe('settings that came with a version', () => {
  test.each<[Partial<HelmSettings>, string, string, needs: string]>([
    [{ takeOwnership: true }, '3.16.4', '3.17.0', '`take-ownership: true` needs helm 3.17'],
    [
      { skipSchemaValidation: true },
      '3.15.1',
      '3.16.0',
      '`skip-schema-validation: true` needs helm 3.16',
    ],
    [{ serverSide: true }, '3.22.0', '4.0.0', '`server-side: true` needs helm 4.0'],
  ])('%j', async (settings, old, first, needs) => {
    expect(await read(settings, old)).toMatchObject([
      { code: 'helm-too-old', message: `${needs}, and this run uses helm ${old}.` },
    ]);
    expect(await read(settings, first)).toHaveProperty('further');
  });
});
