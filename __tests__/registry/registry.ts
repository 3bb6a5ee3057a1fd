/** A real registry (distribution v3) that wants a password, with the charts that a test puts into it. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { freePorts } from '../../local-cluster/ports.ts';
import { startKeeper } from '../../local-cluster/processes.ts';
import { buildTool } from '../../local-cluster/tools.ts';
import { until } from '../../local-cluster/wait.ts';
import type { Certificates } from './certificates.ts';
import { type PackedChart, sha256 } from './charts.ts';

/** Whom the servers of these tests let in. The password has what breaks quoting. */
export const LOGIN = { username: 'robot$shop', password: 'registry-pass & word:1"2' } as const;

/** bcrypt of that password, which is all that the registry takes; Node has no bcrypt to make it with. */
const HASH = '$2a$05$dXOiDhOPngQe90dCU.oQCu.YoZ68/rv.a0RWvr7RlRzFUkJ5MsbxC';

export interface Registry {
  /** `127.0.0.1:5000`, or with another name for it. */
  readonly host: string;
  /** Puts a chart there and returns the digest of its manifest; `provenance` is its `.prov` file. */
  push(repository: string, chart: PackedChart, provenance?: Buffer): Promise<string>;
  stop(): Promise<void>;
}

/** Over https with these certificates, over http without. */
export async function startRegistry(certificates?: Certificates): Promise<Registry> {
  const binary = await buildTool('registry-3.1.2');
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-registry-'));
  const [port] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  writeFileSync(path.join(folder, 'users'), `${LOGIN.username}:${HASH}\n`);
  mkdirSync(path.join(folder, 'storage'));
  const config = path.join(folder, 'config.yaml');
  writeFileSync(config, toConfig(folder, address, certificates));
  const keeper = startKeeper(folder);
  keeper.spawn(binary, ['serve', config], { stdio: 'ignore' });
  const call = toCall(address, certificates);
  await until('the registry', async () => (await call('GET', '/v2/')).status === 200);
  return {
    // helm 3.17 takes http for what is this machine by its number or by `localhost`, in these letters.
    host: certificates ? `LOCALHOST:${port}` : address,
    push: (repository, chart, provenance) => push(call, repository, { chart, provenance }),
    stop: () => keeper.end(),
  };
}

function toConfig(folder: string, host: string, certificates: Certificates | undefined): string {
  const tls = certificates && { certificate: certificates.certificate, key: certificates.key };
  return stringify({
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: path.join(folder, 'storage') } },
    http: { addr: host, ...(tls && { tls }) },
    auth: { htpasswd: { realm: 'shop', path: path.join(folder, 'users') } },
  });
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

type Call = (method: string, url: string, body?: Buffer, type?: string) => Promise<Answer>;

function toCall(host: string, certificates: Certificates | undefined): Call {
  const request = certificates ? requestHttps : requestHttp;
  const base = `${certificates ? 'https' : 'http'}://${host}`;
  return (method, url, body = Buffer.alloc(0), type = 'application/octet-stream') =>
    new Promise((resolve) => {
      const auth = `${LOGIN.username}:${LOGIN.password}`;
      const headers = { 'content-type': type, 'content-length': body.length };
      const options = { method, auth, headers, ca: certificates?.pem.ca };
      const sent = request(new URL(url, base), options, (response) => {
        const { statusCode: status = 0, headers: answered } = response.resume();
        response.on('end', () => resolve({ status, headers: answered }));
      });
      sent.on('error', () => resolve({ status: 0, headers: {} }));
      sent.end(body);
    });
}

/** The media types of a chart: https://helm.sh/docs/topics/registries/#helm-chart-manifest */
const TYPES = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.cncf.helm.config.v1+json',
  chart: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
  provenance: 'application/vnd.cncf.helm.chart.provenance.v1.prov',
} as const;

async function push(
  call: Call,
  repository: string,
  { chart, provenance }: { chart: PackedChart; provenance: Buffer | undefined },
): Promise<string> {
  const upload = async (bytes: Buffer, mediaType: string) => {
    const { headers } = await call('POST', `/v2/${repository}/blobs/uploads/`);
    const digest = sha256(bytes);
    const at = String(headers['location']);
    const url = `${at}${at.includes('?') ? '&' : '?'}digest=${digest}`;
    expectCreated((await call('PUT', url, bytes)).status, 'a blob');
    return { mediaType, digest, size: bytes.length };
  };
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: TYPES.manifest,
      config: await upload(Buffer.from(JSON.stringify(chart.metadata)), TYPES.config),
      layers: [
        await upload(chart.archive, TYPES.chart),
        ...(provenance ? [await upload(provenance, TYPES.provenance)] : []),
      ],
    }),
  );
  const url = `/v2/${repository}/manifests/${chart.version}`;
  expectCreated((await call('PUT', url, manifest, TYPES.manifest)).status, 'the manifest');
  return sha256(manifest);
}

function expectCreated(status: number, what: string): void {
  if (status !== 201) throw new Error(`The registry answered ${status} to ${what}`);
}
