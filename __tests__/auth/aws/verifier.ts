import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { buildTool } from '../../../local-cluster/tools.ts';
import { startHttpProxy } from '../../adapters/cluster/proxy-double.ts';
import type { AwsWorld } from './aws-world.ts';

/** What EKS itself runs says of a token for a cluster, with our STS in the place of AWS's. */
export async function verify(token: string, cluster: string, { aws, certificates }: AwsWorld) {
  const binary = await buildTool('aws-iam-authenticator-0.6.13');
  const proxy = await startHttpProxy(aws.port);
  const env = {
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    SSL_CERT_FILE: certificates.authority,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'eu-west-1',
  };
  const command = ['verify', '-t', token, '-i', cluster, '-o', 'json'];
  const run = promisify(execFile)(binary, command, { env }).finally(() => proxy.close());
  const { stdout } = await run;
  // Warnings go before it.
  const told: Record<string, string> = JSON.parse(stdout.slice(stdout.indexOf('{')));
  return { ...told, asked: proxy.asked };
}
