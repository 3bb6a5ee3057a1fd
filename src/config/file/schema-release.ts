import { z } from 'zod';
import { anyValues, duration, text, textWithVariables } from './schema-text.ts';

const PLACEHOLDERS = 'Takes placeholders such as `{environment}`.';

const chart = z
  .union([
    text,
    z.strictObject({
      name: text
        .meta({
          description: `Folder of the chart, its name in \`repository\`, or an \`oci://\` address. ${PLACEHOLDERS}`,
          examples: ['airbyte', 'charts/api', 'oci://ghcr.io/acme/charts/api'],
        })
        .optional(),
      repository: text
        .meta({
          description: `Address of the chart repository, or the part of an \`oci://\` address before the name. ${PLACEHOLDERS}`,
          examples: ['https://airbytehq.github.io/charts'],
        })
        .optional(),
      version: text
        .meta({
          description: `Exact version, range, digest (\`sha256:…\`), or \`latest\`; not for a folder. ${PLACEHOLDERS}`,
          examples: ['2.2.0', '~2.2', 'latest'],
        })
        .optional(),
      'plain-http': z
        .boolean()
        .meta({
          description: 'Speak http instead of https with the registry.',
          default: false,
          examples: [true],
        })
        .optional(),
      'ca-file': text
        .meta({
          description: `File with the certificates of the authorities that the server is checked against. ${PLACEHOLDERS}`,
          examples: ['certificates/ca.pem'],
        })
        .optional(),
      keyring: text
        .meta({
          description: `Keyring with the public keys that the chart's \`.prov\` file is verified with. ${PLACEHOLDERS}`,
          examples: ['keys/charts.gpg'],
        })
        .optional(),
    }),
  ])
  .meta({
    description: `The chart: a folder, an \`oci://\` address, or a map that says more. ${PLACEHOLDERS}`,
    examples: [
      'charts/api',
      { name: 'airbyte', repository: 'https://airbytehq.github.io/charts', version: '2.2.0' },
    ],
  });

const namespace = z
  .union([
    text,
    z.strictObject({
      name: text
        .meta({
          description: `Name of the namespace. ${PLACEHOLDERS}`,
          examples: ['airbyte', 'airbyte-{environment}'],
        })
        .optional(),
      create: z
        .boolean()
        .meta({
          description: 'Create the namespace when it is absent.',
          default: true,
          examples: [false],
        })
        .optional(),
      labels: z
        .record(z.string(), z.string())
        .meta({
          description: 'Labels of the namespace when it is created; one that exists keeps its own.',
          examples: [{ team: 'data' }],
        })
        .optional(),
    }),
  ])
  .meta({
    description: `Namespace of the release. ${PLACEHOLDERS}`,
    examples: ['airbyte', { name: 'airbyte', labels: { team: 'data' } }],
  });

const values = z
  .array(
    z
      .union([
        text,
        z.strictObject({
          file: text.meta({
            description: `Path or glob. ${PLACEHOLDERS}`,
            examples: ['values/{environment}.yaml'],
          }),
          optional: z
            .boolean()
            .meta({ description: 'The file may be missing.', default: false, examples: [true] })
            .optional(),
          decrypt: z
            .enum(['sops'])
            .meta({
              description: 'Decrypt the file with the `sops` on PATH.',
              examples: ['sops'],
            })
            .optional(),
        }),
      ])
      .meta({
        description: 'A path or glob, with a leading `?` when it may be missing; or a map.',
        examples: ['values/base.yaml', { file: 'values/secrets.yaml', decrypt: 'sops' }],
      }),
  )
  .meta({
    description: `Values files in their order; later ones win. Globs are sorted, a leading \`?\` makes one optional. ${PLACEHOLDERS}`,
    examples: [['values/base.yaml', '?values/{environment}.yaml']],
  });

const postRenderer = z
  .union([
    text,
    z.strictObject({
      program: text.meta({
        description: `Path of the program. ${PLACEHOLDERS}`,
        examples: ['scripts/add-labels.sh'],
      }),
      args: z
        .array(text)
        .meta({ description: 'Arguments of the program.', examples: [['--team', 'data']] })
        .optional(),
    }),
    z.strictObject({
      kustomization: text.meta({
        description: `Folder with a kustomization.yaml. ${PLACEHOLDERS}`,
        examples: ['kustomize/{environment}'],
      }),
    }),
  ])
  .meta({
    description:
      'Changes the manifest before it is planned and applied: a program that reads it from stdin and writes it to stdout, or a kustomization.',
    examples: [
      'scripts/add-labels.sh',
      { program: 'scripts/add-labels.sh', args: ['--team', 'data'] },
      { kustomization: 'kustomize/{environment}' },
    ],
  });

/** Fields of a release, under the names of the inputs; what is absent is decided elsewhere. */
export const releaseShape = {
  chart: chart.optional(),
  namespace: namespace.optional(),
  'registry-username': textWithVariables
    .meta({
      description: `User for a private registry or chart repository. \`\${NAME}\` is filled in.`,
      examples: [`\${REGISTRY_USERNAME}`],
    })
    .optional(),
  'registry-password': z
    .string()
    .regex(/^\$\{[A-Z_][A-Z0-9_]*\}$/)
    .meta({
      description: `Password for it, only as \`\${NAME}\`.`,
      examples: [`\${REGISTRY_PASSWORD}`],
      patternErrorMessage: `Write \`registry-password: \${REGISTRY_PASSWORD}\`, and give the step that variable in its \`env:\` from a secret.`,
    })
    .optional(),
  values: values.optional(),
  'values-inline': anyValues
    .meta({
      description: 'Values; they win over `values`.',
      examples: [{ replicas: 2, resources: { limits: { memory: '1Gi' } } }],
    })
    .optional(),
  set: z
    .record(z.string(), z.string())
    .meta({
      description: `Values by dotted path, always texts; they win over \`values\` and \`values-inline\`. \`\\.\` is a dot in a name, \`\${NAME}\` is filled in.`,
      examples: [{ 'server.image.tag': `\${IMAGE_TAG}` }],
    })
    .optional(),
  'set-file': z
    .record(z.string(), text)
    .meta({
      description: `Files by dotted path; the content of the file becomes the value. ${PLACEHOLDERS}`,
      examples: [{ 'server.config': 'config/{environment}.toml' }],
    })
    .optional(),
  'set-json': anyValues
    .meta({
      description:
        'Values by dotted path; a text is read as JSON, anything else is taken as it is. They win over `values` and `values-inline`.',
      examples: [{ 'server.tolerations': [{ key: 'spot', operator: 'Exists' }] }],
    })
    .optional(),
  timeout: duration
    .meta({
      description:
        'Time for all hooks and the rollout together. A rollback has the same time again.',
      default: '10m',
      examples: ['20m', '1h30m'],
    })
    .optional(),
  'on-failure': z
    .enum(['rollback', 'hold'])
    .meta({
      description:
        '`rollback` to the last good revision, or `hold` what failed for you to look at.',
      default: 'rollback',
      examples: ['hold'],
    })
    .optional(),
  'skip-unchanged': z
    .boolean()
    .meta({
      description: 'Do nothing when it is proved that nothing would change.',
      default: true,
      examples: [false],
    })
    .optional(),
  'wait-for-lock': duration
    .meta({
      description: 'How long to wait while another run deploys the same release.',
      default: '0s',
      examples: ['5m'],
    })
    .optional(),
  'helm-args': z
    .array(text)
    .meta({
      description: 'Further arguments for helm, for what has no field here.',
      examples: [['--enable-dns']],
    })
    .optional(),
  'post-renderer': postRenderer.optional(),
  'server-side': z
    .union([z.boolean(), z.literal('auto')])
    .meta({
      description:
        'Apply on the server. `auto`: a new release as the helm in use does it, an old one as it was last applied.',
      default: 'auto',
      examples: [true],
    })
    .optional(),
  'force-conflicts': z
    .boolean()
    .meta({
      description: 'Take fields that somebody else manages, when applying on the server.',
      default: false,
      examples: [true],
    })
    .optional(),
  'take-ownership': z
    .boolean()
    .meta({
      description: 'Take over objects that exist and belong to no release, or to another one.',
      default: false,
      examples: [true],
    })
    .optional(),
  'skip-schema-validation': z
    .boolean()
    .meta({
      description: "Do not check the values against the chart's `values.schema.json`.",
      default: false,
      examples: [true],
    })
    .optional(),
  'history-max': z
    .int()
    .min(1)
    .meta({
      description:
        'Revisions that helm keeps, at least; the last good one is never removed. 0, which is no limit to helm, is refused: the namespace would fill up.',
      default: 10,
      examples: [10],
    })
    .optional(),
  wait: z
    .enum(['ours', 'helm'])
    .meta({
      description:
        'Who waits until workloads are ready: `ours`, or `helm` as well, for a chart whose post-hooks need ready pods.',
      default: 'ours',
      examples: ['ours'],
    })
    .optional(),
  crds: z
    .enum(['helm', 'apply', 'skip'])
    .meta({
      description:
        "The CRDs of the chart's `crds/`: `helm` installs them once, `apply` brings them up to date before every deploy, `skip` leaves them out.",
      default: 'helm',
      examples: ['apply'],
    })
    .optional(),
};
