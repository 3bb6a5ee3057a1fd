import { z } from 'zod';
import {
  EXTERNAL_ID,
  POLICY_ARN,
  ROLE_ARN,
  ROLE_ARN_HINT,
  SESSION_NAME,
} from '../cluster/aws-names.ts';
import {
  DOMAIN,
  IDENTITY_PROVIDER,
  MEMBERSHIP,
  SERVICE_ACCOUNT,
  SERVICE_ACCOUNT_HINT,
} from '../cluster/google-names.ts';
import type { LoginField } from '../cluster/login.ts';
import { anyValues, text, textWithVariables } from './schema-text.ts';

const ROLE = 'arn:aws:iam::111122223333:role/deploy';

const role = z.string().regex(ROLE_ARN);

/** Never written out: everybody who reads the repository would have it. */
function secret(field: string, variable: string, description: string) {
  return z
    .string()
    .regex(/^\$\{[A-Z_][A-Z0-9_]*\}$/)
    .meta({
      description: `${description} Only as \`\${NAME}\`.`,
      examples: [`\${${variable}}`],
      patternErrorMessage: `Write \`${field}: \${${variable}}\`, and give the step that variable in its \`env:\` from a secret.`,
    });
}

const login = {
  'role-to-assume': role
    .meta({
      description:
        "EKS: role that is assumed with GitHub's OIDC token. Default: the AWS credentials that the step has.",
      examples: [ROLE],
      patternErrorMessage: ROLE_ARN_HINT,
    })
    .optional(),
  'role-chaining': z
    .strictObject({
      'role-to-assume': role.meta({
        description: 'EKS: role that is assumed with the credentials so far.',
        examples: ['arn:aws:iam::444455556666:role/deploy'],
        patternErrorMessage: ROLE_ARN_HINT,
      }),
      'external-id': z
        .string()
        .regex(EXTERNAL_ID)
        .meta({
          description: 'External id that the trust policy of that role asks for.',
          examples: ['acme-deploy'],
          patternErrorMessage: 'Use letters, digits and `_+=,.@:/-`, 2 to 1224 of them.',
        })
        .optional(),
    })
    .meta({
      description: 'EKS: a second role, such as one of another account.',
      examples: [{ 'role-to-assume': 'arn:aws:iam::444455556666:role/deploy' }],
    })
    .optional(),
  'role-session-name': z
    .string()
    .regex(SESSION_NAME)
    .meta({
      description:
        'EKS: name of the session in the records of AWS. Default: made of repository and run.',
      examples: ['slipway-production'],
      patternErrorMessage: 'Use letters, digits and `_+=,.@-`, 2 to 64 of them.',
    })
    .optional(),
  'role-duration-seconds': z
    .int()
    .min(900)
    .max(43_200)
    .meta({
      description:
        'EKS: how long the credentials of the role live; they are renewed in any case. With `role-chaining` 3600 at most.',
      default: 3600,
      examples: [3600],
      patternErrorMessage:
        'Write seconds, from 900 to 43200, such as `role-duration-seconds: 3600`.',
    })
    .optional(),
  audience: text
    .meta({
      description:
        "Audience of GitHub's OIDC token. Default: `sts.amazonaws.com` for AWS, the address of the provider for Google.",
      examples: ['sts.amazonaws.com'],
    })
    .optional(),
  'inline-session-policy': z
    .union([text, anyValues])
    .meta({
      description:
        'EKS: policy that narrows the role, as a map or as JSON; 2048 characters at most.',
      examples: [
        {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'eks:DescribeCluster', Resource: '*' }],
        },
      ],
    })
    .optional(),
  'managed-session-policies': z
    .array(
      z
        .string()
        .regex(POLICY_ARN)
        .meta({
          examples: ['arn:aws:iam::111122223333:policy/describe-cluster'],
          patternErrorMessage:
            'Write the ARN of the policy, such as `arn:aws:iam::111122223333:policy/describe-cluster`.',
        }),
    )
    .min(1)
    .max(10)
    .meta({
      description: 'EKS: ARNs of policies that narrow the role, 10 at most.',
      examples: [['arn:aws:iam::111122223333:policy/describe-cluster']],
    })
    .optional(),
  'workload-identity-provider': z
    .string()
    .regex(IDENTITY_PROVIDER)
    .meta({
      description:
        "GKE: provider that takes GitHub's OIDC token. Default: the Google credentials that the step has.",
      examples: [
        'projects/123456789012/locations/global/workloadIdentityPools/github/providers/acme',
      ],
      patternErrorMessage:
        'Write `projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>`, with the number of the project, not its id.',
    })
    .optional(),
  'service-account': z
    .string()
    .regex(SERVICE_ACCOUNT)
    .meta({
      description: 'GKE: service account to act as; without one the login itself is used.',
      examples: ['deploy@acme-data.iam.gserviceaccount.com'],
      patternErrorMessage: SERVICE_ACCOUNT_HINT,
    })
    .optional(),
  credentials: secret(
    'credentials',
    'GCP_CREDENTIALS',
    'GKE: JSON of a service-account key or of a credential configuration, raw or in base64.',
  ).optional(),
  'access-token': secret(
    'access-token',
    'GCP_ACCESS_TOKEN',
    'GKE: an access token, which cannot be renewed.',
  ).optional(),
  kubeconfig: textWithVariables
    .regex(/^[^\n]*$/)
    .meta({
      description: `Path of the kubeconfig, or \`\${NAME}\` for its content, raw or in base64. Only what is given here is used.`,
      examples: [`\${KUBECONFIG}`, 'kubeconfig.yaml'],
      patternErrorMessage: `Write its path, or \`kubeconfig: \${KUBECONFIG}\`, and give the step that variable in its \`env:\` from a secret.`,
    })
    .optional(),
  context: text
    .meta({
      description: 'Context of the kubeconfig. Default: its `current-context`.',
      examples: ['staging'],
    })
    .optional(),
  token: secret('token', 'KUBE_TOKEN', 'Token for `server`.').optional(),
} satisfies Readonly<Record<LoginField, z.ZodType>>;

const accounts = z
  .array(
    z
      .union([
        z.string().regex(/^\d{12}$/),
        // YAML drops zeros in front: what is left of such a number is shorter.
        z.int().min(100_000_000_000).max(999_999_999_999),
      ])
      .meta({
        examples: ['111122223333'],
        patternErrorMessage:
          'Write the 12 digits of the account in quotes, such as `"012345678901"`: YAML drops zeros in front of a number.',
      }),
  )
  .min(1)
  .meta({
    description:
      'EKS: accounts that the login may be of; any other is refused before the cluster is touched.',
    examples: [['111122223333']],
  });

export const cluster = z
  .strictObject({
    provider: z
      .enum(['eks', 'gke', 'kubeconfig', 'in-cluster'])
      .meta({
        description:
          'How the cluster is reached. Default: what the other fields tell; `in-cluster`, for runners in pods of it, is never assumed.',
        examples: ['eks'],
      })
      .optional(),
    name: text
      .meta({
        description: 'Name of the cluster; its ARN on EKS or its full resource name on GKE.',
        examples: ['data-prod'],
      })
      .optional(),
    location: text
      .meta({
        description: 'Region on EKS (default: `AWS_REGION` of the step), region or zone on GKE.',
        examples: ['eu-west-1', 'europe-west1', 'europe-west1-b'],
      })
      .optional(),
    project: text
      .meta({
        description:
          'GKE: project of the cluster. Default: `CLOUDSDK_CORE_PROJECT` or `GOOGLE_CLOUD_PROJECT` of the step.',
        examples: ['acme-data'],
      })
      .optional(),
    ...login,
    'allowed-account-ids': accounts.optional(),
    endpoint: z
      .enum(['auto', 'internal', 'dns', 'gateway'])
      .meta({
        description:
          'GKE: the way to the API server. `auto`: by address, or by DNS where addresses are switched off; `gateway`: the Connect gateway of the fleet.',
        default: 'auto',
        examples: ['dns'],
      })
      .optional(),
    membership: z
      .string()
      .regex(MEMBERSHIP)
      .meta({
        description:
          'GKE with `endpoint: gateway`: membership in the fleet. Default: what the cluster says.',
        examples: ['projects/acme-data/locations/europe-west1/memberships/data'],
        patternErrorMessage:
          'Write `projects/<project>/locations/<location>/memberships/<name>`, as `gcloud container fleet memberships list` has it.',
      })
      .optional(),
    universe: z
      .string()
      .regex(DOMAIN)
      .meta({
        description: 'GKE: domain of the cloud.',
        default: 'googleapis.com',
        examples: ['googleapis.com'],
        patternErrorMessage: 'Write the domain alone, such as `googleapis.com`.',
      })
      .optional(),
    server: z
      .string()
      .regex(/^https:\/\/[^\s/?#@]+(?:\/[^\s?#@]*)?$/)
      .meta({
        description:
          'Address of the API server: with `token` for a cluster of any kind; on EKS with `ca`, for a role that may not describe the cluster.',
        examples: ['https://k8s.example.com:6443'],
        patternErrorMessage: 'Write its whole address, beginning with `https://`.',
      })
      .optional(),
    ca: text
      .meta({
        description:
          'Certificate of the authority of `server`, in PEM or base64 of it. Default: those that the runner trusts.',
        examples: ['LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJ…'],
      })
      .optional(),
    'tls-server-name': text
      .meta({
        description: 'Name that the certificate of the API server is checked against.',
        examples: ['k8s.internal.example.com'],
      })
      .optional(),
    'proxy-url': textWithVariables
      .meta({
        description: `Proxy on the way to the API server. Default: what \`HTTPS_PROXY\` and \`NO_PROXY\` say. \`\${NAME}\` is filled in.`,
        examples: ['http://proxy.example.com:3128'],
      })
      .optional(),
    plan: z
      .strictObject(login)
      .meta({
        description:
          'The login for `command: plan`, with fewer rights: the fields from `role-to-assume` to `token`. It replaces the login of the cluster whole; only `workload-identity-provider`, `audience` and `kubeconfig` need not be said again.',
        examples: [{ 'role-to-assume': 'arn:aws:iam::111122223333:role/plan' }],
      })
      .optional(),
  })
  .meta({
    description: 'The cluster of the environment, and who logs in to it.',
    examples: [
      { name: 'data-prod', location: 'eu-west-1', 'role-to-assume': ROLE },
      { kubeconfig: `\${KUBECONFIG}`, context: 'staging' },
    ],
  });
