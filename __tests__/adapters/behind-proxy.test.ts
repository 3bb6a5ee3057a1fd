import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCommand } from '../../src/adapters/command.ts';
import { installHelm } from '../../src/adapters/tools/install.ts';
import { helmMirror, MIRRORED_HELM_VERSIONS } from '../mirror/helm-mirror.ts';
import { toTarGz } from '../mirror/tar.ts';
import type { Task } from './behind-proxy.ts';
import { toKubeconfig } from './cluster/api-double.ts';
import { createCertificate } from './cluster/certificate.ts';
import { type ProxyDouble, startHttpProxy } from './cluster/proxy-double.ts';

/* A company's network: names exist for the proxy only, and everything has a certificate of its own CA. */

const NAME = 'everything.invalid';
const ADDRESS = `https://${NAME}:8443`;
const CHART = 'apiVersion: v2\nname: api\nversion: 1.0.0\n';
const KUBECTL = '/tools/release/v1.36.2/bin/linux/amd64/kubectl';

const program = '#!/bin/sh\n';
const CONTENT: Readonly<Record<string, string | Buffer>> = {
  [KUBECTL]: program,
  [`${KUBECTL}.sha256`]: createHash('sha256').update(program).digest('hex'),
  '/api/v3/repos/o/r/commits/abc/pulls?per_page=100': JSON.stringify([{ number: 7 }]),
  '/version': JSON.stringify({ gitVersion: 'v1.36.3' }),
  '/charts/api-1.0.0.tgz': toTarGz([{ name: 'api/Chart.yaml', content: Buffer.from(CHART) }]),
};

const folder = mkdtempSync(path.join(tmpdir(), 'slipway-proxy-'));
const put = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
let server: Server;
let proxy: ProxyDouble;
let environment: Record<string, string>;
let task: Task;

beforeAll(async () => {
  const { key, cert } = createCertificate(NAME);
  server = createServer({ key, cert }, ({ url = '' }, response) => {
    const content = CONTENT[url];
    if (url.startsWith('/api/')) response.setHeader('content-type', 'application/json');
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await startHttpProxy((server.address() as AddressInfo).port);
  environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    RUNNER_TEMP: folder,
    GITHUB_API_URL: `${ADDRESS}/api/v3`,
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    NODE_EXTRA_CA_CERTS: put('ca.pem', cert),
  };
  const helms = MIRRORED_HELM_VERSIONS.map(async (version) => {
    const request = { toolCache: path.join(folder, 'helms'), temp: folder, log: () => undefined };
    return (await installHelm({ version, mirror: await helmMirror(), ...request })).path;
  });
  task = {
    address: ADDRESS,
    folder,
    kubeconfig: put('kubeconfig', JSON.stringify(toKubeconfig(ADDRESS, { token: 'abc' }))),
    helms: await Promise.all(helms),
  };
}, 60_000);

afterAll(() => {
  proxy.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

test('tools, GitHub, the cluster and charts come through HTTPS_PROXY, trusted by NODE_EXTRA_CA_CERTS', async () => {
  const script = path.join(import.meta.dirname, 'behind-proxy.ts');
  const { stdout, stderr, code } = await runCommand({
    path: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', script, JSON.stringify(task)],
    environment,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
    kubectl: 'checksum-file',
    pullRequest: 7,
    server: 'v1.36.3',
    charts: task.helms.map(() => `${CHART}\n`),
  });
  // kubectl and its checksum, GitHub, the cluster, and each helm: all asked for the name.
  expect(new Set(proxy.asked)).toEqual(new Set([`${NAME}:8443`]));
  expect(proxy.asked.length).toBeGreaterThanOrEqual(5);
}, 60_000);
