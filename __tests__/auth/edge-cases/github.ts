import { requestIdToken } from '../../../src/auth/github-oidc.ts';
import { toJwt } from '../../cloud/github.ts';
import { type EdgeCase, NOW, type Scene } from './edge-case.ts';

const NONE = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' };

const ask = (job: ReturnType<Scene['job']>) => requestIdToken('sts.amazonaws.com', job);

/** A job that began so many minutes ago; the times are in its request token. */
const requestTokenOf = (minutes: number, { withStart = true } = {}) => {
  const iat = NOW / 1000 - minutes * 60;
  return toJwt({ ...(withStart && { iat }), exp: iat + 22_200 });
};

const TOO_LATE = {
  code: 'oidc-failed',
  message:
    "The job's OIDC request token is no longer accepted (job running 6 h 12 min; GitHub ends it about 6 h after start).",
  hint: 'Split the job: each job has a request token of its own.',
};
const NO_TOKEN_HINT =
  'Something else may have answered in its place, such as a proxy: let the runner reach GitHub directly, or re-run the job.';

/** auth.md, section 11: GitHub OIDC. */
export const GITHUB: readonly EdgeCase[] = [
  {
    number: 1,
    when: 'the job may not ask for a token',
    provoke: ({ job }) => ask(job({ environment: NONE })),
    code: 'oidc-unavailable',
    message: 'GitHub did not offer this job an OIDC token.',
    hint: 'Add "permissions: id-token: write" (and "contents: read") to the job; in a reusable workflow the caller must grant it too.',
  },
  {
    number: 2,
    when: 'the pull request is from a fork',
    provoke: ({ job }) => ask(job({ environment: NONE, fromFork: true })),
    code: 'oidc-unavailable',
    message: 'Pull requests from forks never get OIDC tokens.',
    hint: 'Check them with `against: none`, which needs no cluster, and deploy on push.',
  },
  {
    number: 3,
    when: 'GitHub answers 503, again and again',
    provoke({ job, aws }) {
      aws.github.fail(...Array.from({ length: 5 }, () => ({ status: 503, body: 'busy' })));
      return ask(job());
    },
    code: 'oidc-failed',
    message: "GitHub's OIDC service did not answer after 5 tries (last: HTTP 503).",
    hint: 'This is usually temporary: re-run the job.',
  },
  {
    number: 3,
    when: 'nobody listens',
    provoke: ({ job }) =>
      ask(job({ environment: { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://127.0.0.1:1/?a=b' } })),
    code: 'oidc-failed',
    message: "GitHub's OIDC service did not answer after 5 tries (last: ECONNREFUSED).",
    hint: 'Check that the runner reaches it: name resolution, firewall, HTTPS_PROXY and NO_PROXY; then re-run the job.',
  },
  ...[401, 403].map((status) => ({
    number: 4,
    when: `the job is too old: ${status}`,
    provoke({ job, aws }: Scene) {
      aws.github.fail({ status });
      const bearer = requestTokenOf(372, { withStart: status === 401 });
      return ask(job({ environment: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } }));
    },
    ...TOO_LATE,
  })),
  {
    number: 5,
    when: 'an answer without a token',
    provoke({ job, aws }) {
      aws.github.fail({ body: { count: 3, other: 'x' } });
      return ask(job());
    },
    code: 'oidc-failed',
    message: "GitHub's OIDC service answered without a token (HTTP 200, keys: count, other).",
    hint: NO_TOKEN_HINT,
  },
  {
    number: 5,
    when: 'a page of somebody else',
    provoke({ job, aws }) {
      aws.github.fail({ body: '<html>' });
      return ask(job());
    },
    code: 'oidc-failed',
    message: "GitHub's OIDC service answered without a token (HTTP 200, no JSON object).",
    hint: NO_TOKEN_HINT,
  },
];
