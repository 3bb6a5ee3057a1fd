import { z } from 'zod';
import { ENVIRONMENT_NAME, RELEASE_LENGTH, RELEASE_NAME } from '../names.ts';
import { cluster } from './schema-cluster.ts';
import { releaseShape } from './schema-release.ts';
import { text } from './schema-text.ts';

/*
 * What slipway.yaml may hold. The JSON Schema for editors and the table of docs/slipway-yaml.md are
 * made of it by scripts/schema.ts, and hints quote its examples. A field that is absent has no value
 * here: defaults come when file and inputs are laid over each other.
 */

const releaseName = z
  .string()
  .max(RELEASE_LENGTH)
  .regex(RELEASE_NAME)
  .meta({
    patternErrorMessage: `Use at most ${RELEASE_LENGTH} lower-case letters, digits, \`-\` and \`.\`, with a letter or digit at both ends.`,
  });

/** It becomes a part of paths, so it may hold nothing that means something there. */
const environmentName = z
  .string()
  .regex(ENVIRONMENT_NAME)
  .regex(/^(?!.*\.\.)/)
  .meta({
    patternErrorMessage:
      'Use letters, digits, `-`, `_` and `.`, with a letter or digit at both ends.',
  });

const variableName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/)
  .meta({ patternErrorMessage: 'Use letters, digits, `-` and `_`, with a letter in front.' });

const environment = z
  .strictObject({
    vars: z
      .record(variableName, z.union([text, z.number(), z.boolean()]))
      .meta({
        description: 'What `{vars.…}` stands for in this environment.',
        examples: [{ region: 'eu-west-1' }],
      })
      .optional(),
    cluster: cluster.optional(),
  })
  .meta({ examples: [{ cluster: { kubeconfig: `\${KUBECONFIG}` } }] });

const releaseFields = z.strictObject(releaseShape).meta({
  id: 'release-fields',
  examples: [{ timeout: '20m' }],
});

const release = z
  .strictObject({
    ...releaseShape,
    needs: z
      .array(text)
      .meta({
        description: 'Releases of this file that are deployed before this one.',
        examples: [['database']],
      })
      .optional(),
    environments: z
      .record(environmentName, releaseFields)
      .meta({
        description:
          'Fields that are different in one environment, by its name. They win over those of the release.',
        examples: [{ production: { timeout: '20m' } }],
      })
      .optional(),
  })
  .meta({ examples: [{ chart: 'charts/api', namespace: 'api' }] });

export const configSchema = z.strictObject({
  $schema: z
    .string()
    .meta({ description: 'Address of the JSON Schema, for editors; Slipway ignores it.' })
    .optional(),
  environments: z
    .record(environmentName, environment)
    .meta({
      description:
        'The environments, by name; the input `environment` chooses one. Without this field any name will do.',
      examples: [{ staging: { cluster: { kubeconfig: `\${KUBECONFIG}` } }, production: {} }],
    })
    .optional(),
  defaults: releaseFields
    .meta({
      description: 'Fields for all releases; those of a release win.',
      examples: [{ timeout: '20m' }],
    })
    .optional(),
  releases: z
    .record(releaseName, release)
    .refine((releases) => Object.keys(releases).length > 0, 'empty')
    .meta({
      description: 'The releases, by name; the input `releases` chooses some of them.',
      examples: [{ api: { chart: 'charts/api', namespace: 'api' } }],
      minProperties: 1,
    }),
});

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

export type Config = DeepReadonly<z.infer<typeof configSchema>>;
