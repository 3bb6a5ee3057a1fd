import { Sha256 } from '@aws-crypto/sha256-js';
import { STSClient } from '@aws-sdk/client-sts';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentials } from './session.ts';
import type { Aws } from './transport.ts';

/** Beyond it EKS refuses a token: https://github.com/kubernetes-sigs/aws-iam-authenticator/issues/1106 */
export const LARGEST_TOKEN = 4096;

/**
 * The host that the verifier of EKS accepts for the cluster's region, by the SDK's own rules with its flags
 * for FIPS and dual stack. Never an address of AWS_ENDPOINT_URL_STS: EKS itself asks there who signed.
 */
export async function readStsHost(aws: Aws): Promise<string> {
  const { config } = new STSClient(aws.client);
  const [UseFIPS, UseDualStack] = await Promise.all([
    config.useFipsEndpoint(),
    config.useDualstackEndpoint(),
  ]);
  const parameters = { Region: aws.region, UseFIPS, UseDualStack, UseGlobalEndpoint: false };
  return config.endpointProvider(parameters).url.host;
}

export interface TokenRequest {
  /** As EKS calls the cluster. */
  readonly cluster: string;
  readonly region: string;
  /** Of STS. */
  readonly host: string;
  readonly now: Date;
}

/**
 * A request of GetCallerIdentity, signed for this cluster alone, that EKS sends in our place to learn who
 * we are. It refuses any parameter beyond these nine (aws-iam-authenticator, pkg/token), whose stated
 * life of 60 s it does not mind: it counts 15 minutes from the signature.
 */
export async function signToken(
  credentials: AwsCredentials,
  { cluster, region, host, now }: TokenRequest,
): Promise<string> {
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const request = new HttpRequest({
    method: 'GET',
    protocol: 'https:',
    hostname: host,
    path: '/',
    headers: { host, 'x-k8s-aws-id': cluster },
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
  });
  const { query = {} } = await signer.presign(request, { expiresIn: 60, signingDate: now });
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  const url = `https://${host}/?${pairs.join('&')}`;
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}
