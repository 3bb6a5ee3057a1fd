/*
 * The clouds of these tests prove themselves: the API server lets in whom the real verifier of EKS and the
 * double of Google know, by tokens that were made by hand, and nobody else.
 */
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { AwsV4Signer } from 'aws4fetch';
import { type Call, call } from '../../local-cluster/api.ts';
import { connect } from '../../local-cluster/kubeconfig.ts';
import type { Session } from '../cloud/aws-sts.ts';
import { EKS, GKE, SUBJECTS, toPrincipal } from '../cloud/places.ts';
import { type Cloud, startCloud } from '../cloud/world.ts';

jest.setTimeout(120_000);

const DEPLOYER = `arn:aws:sts::111122223333:assumed-role/production/shop-4711`;
const PLANNER = `arn:aws:sts::111122223333:assumed-role/production-read/shop-4711`;

let cloud: Cloud;
let agent: Agent;
beforeAll(async () => {
  cloud = await startCloud();
  await cloud.cluster.addNamespace('shop');
  const ca = readFileSync(path.join(cloud.cluster.directory, 'certificates', 'ca.crt'));
  agent = new Agent({ keepAlive: true, ca });
});
afterAll(() => cloud.stop());

const ask = (token: string, url: string, options?: Call) =>
  call({ server: cloud.cluster.server, agent, token }, url, options);

/** The name by which the API server knows the token's owner; its status when it does not. */
async function nameOf(token: string): Promise<string | number> {
  const url = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
  const { status, body } = await ask(token, url, { method: 'POST', body: {} });
  return status === 201 ? body.status.userInfo.username : status;
}

function addSession(arn: string, seconds = 3600): Session {
  const accessKeyId = `ASIA${cloud.aws.sessions.size}`;
  const expiresAt = Date.now() + seconds * 1000;
  return cloud.aws.addSession({ arn, accessKeyId, sessionToken: 'a/session+token==', expiresAt });
}

/** As auth.md §2.3 has it. */
async function toToken(
  session: Session,
  { cluster = EKS.cluster as string, at = new Date() } = {},
) {
  const query = 'Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Expires=60';
  const signer = new AwsV4Signer({
    ...{ method: 'GET', url: `https://sts.${EKS.region}.amazonaws.com/?${query}` },
    ...{ headers: { 'x-k8s-aws-id': cluster }, allHeaders: true, signQuery: true },
    ...{ accessKeyId: session.accessKeyId, secretAccessKey: session.secretAccessKey },
    ...{ sessionToken: session.sessionToken, service: 'sts', region: EKS.region },
    datetime: at.toISOString().replace(/[:-]|\.\d{3}/g, ''),
  });
  const { url } = await signer.sign();
  return `k8s-aws-v1.${Buffer.from(url.href).toString('base64url')}`;
}

describe('EKS', () => {
  test('a token of a role is the user of its access entry', async () => {
    const token = await toToken(addSession(DEPLOYER));
    expect(await nameOf(token)).toBe('eks-deployer');
    expect((await ask(token, '/api/v1/namespaces/shop/secrets')).status).toBe(200);
    expect((await ask(token, '/api/v1/namespaces/default/secrets')).status).toBe(403);
  });

  test('the role for plans reads and does not write', async () => {
    const token = await toToken(addSession(PLANNER));
    expect(await nameOf(token)).toBe('eks-planner');
    expect((await ask(token, '/api/v1/namespaces/shop/secrets')).status).toBe(200);
    const body = { metadata: { name: 'mine' } };
    const write = await ask(token, '/api/v1/namespaces/shop/configmaps', { method: 'POST', body });
    expect(write.status).toBe(403);
  });

  test.each([
    ['is for another cluster', () => toToken(addSession(DEPLOYER), { cluster: 'data-test' })],
    ['is 16 minutes old', () => toToken(addSession(DEPLOYER), { at: ago(16 * 60) })],
    ['has credentials that have ended', () => toToken(addSession(DEPLOYER, -1))],
    [
      'is signed with another key',
      () => toToken({ ...addSession(DEPLOYER), secretAccessKey: 'x' }),
    ],
    [
      'is of a role without access entry',
      () => toToken(addSession(DEPLOYER.replace('/prod', '/'))),
    ],
    ['is none', async () => 'nonsense'],
  ])('401 for a token that %s, and the audit log has it', async (_, make) => {
    const before = cloud.refusals().length;
    expect((await ask(await make(), '/api/v1/namespaces/shop/pods')).status).toBe(401);
    expect(cloud.refusals().slice(before)).toEqual([
      expect.stringContaining('list /api/v1/namespaces/shop/pods'),
    ]);
  });
});

describe('GKE', () => {
  /** By the double's own requests, without a library. */
  const exchange = async (subject: string) => {
    cloud.github.claims = { ...cloud.github.claims, sub: subject };
    const audience = `https://iam.googleapis.com/${GKE.provider}`;
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } =
      cloud.github.environment;
    const idToken = await request(`${url}&audience=${encodeURIComponent(audience)}`, { token });
    const { body } = await request(`${cloud.google.url}/v1/token`, {
      body: {
        audience: `//iam.googleapis.com/${GKE.provider}`,
        subjectToken: idToken.body.value,
      },
    });
    return String(body.access_token);
  };
  const impersonate = async (federated: string, email: string) => {
    const url = `${cloud.google.url}/v1/projects/-/serviceAccounts/${email}:generateAccessToken`;
    const scope = ['https://www.googleapis.com/auth/userinfo.email'];
    return request(url, { token: federated, body: { scope, lifetime: '3600s' } });
  };
  const authority = () => readFileSync(cloud.environment['NODE_EXTRA_CA_CERTS'] as string);
  const request = (url: string, { token = '', body }: { token?: string; body?: object }) =>
    call(
      { server: url, agent: new Agent({ ca: authority() }), token },
      url,
      body && { method: 'POST', body },
    );

  test('a federated token is a principal, one of a service account its address', async () => {
    const federated = await exchange(SUBJECTS.deploy);
    expect(await nameOf(federated)).toBe(toPrincipal(SUBJECTS.deploy));
    const { body } = await impersonate(federated, GKE.deployAccount);
    expect(await nameOf(body.accessToken)).toBe(GKE.deployAccount);
    expect((await ask(body.accessToken, '/api/v1/namespaces/shop/secrets')).status).toBe(200);
  });

  test('a pull request may not act as the deployer', async () => {
    const federated = await exchange(SUBJECTS.plan);
    expect(await impersonate(federated, GKE.deployAccount)).toMatchObject({ status: 403 });
    const { body } = await impersonate(federated, GKE.planAccount);
    expect(await nameOf(body.accessToken)).toBe(GKE.planAccount);
  });

  test('401 for a token that nobody made', async () => {
    expect(await nameOf('ya29.nobody')).toBe(401);
  });
});

test('those whom the cluster knows itself are let in as before', async () => {
  const { token = '' } = connect(cloud.cluster.kubeconfig('deployer'));
  expect(await nameOf(token)).toBe('deployer');
});

function ago(seconds: number): Date {
  return new Date(Date.now() - seconds * 1000);
}
