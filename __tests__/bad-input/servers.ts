/** Servers and folders that the cases name, such as `<registry>`: what they are on this machine. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildTool } from '../../local-cluster/tools.ts';
import { helmMirror, IMPOSTOR_HELM_VERSION, publish } from '../mirror/helm-mirror.ts';
import { toTarGz } from '../mirror/tar.ts';
import { makeCertificates } from '../registry/certificates.ts';
import { packChart } from '../registry/charts.ts';
import { startRegistry } from '../registry/registry.ts';
import { serveRepository } from '../registry/repository.ts';
import type { Places } from './places.ts';

export interface Servers {
  readonly places: Places;
  stop(): Promise<void>;
}

const STRANGER = '#!/bin/sh\necho "Error: no moon in this night" >&2\nexit 1\n';

/** A version that nobody released, so that it is not pinned. */
const WRONG_HELM = '4.2.99';

export async function startServers(): Promise<Servers> {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-servers-'));
  const certificates = await makeCertificates(folder);
  const [registry, plain, broken, sops] = await Promise.all([
    startRegistry(certificates),
    startRegistry(),
    startBroken(),
    buildTool('sops-3.13.3'),
  ]);
  const charts = ['1.0.0', '1.2.0'].map((version) => packChart('app', version));
  for (const chart of charts) await registry.push('charts/app', chart);
  const repository = await serveRepository(charts, certificates);
  const places = {
    // helm is unpacked once.
    tools: process.env['SLIPWAY_TEST_TOOLS'] ?? path.join(folder, 'tool-cache'),
    registry: registry.host,
    'plain-port': plain.host.split(':')[1] ?? '',
    mirror: await helmMirror(),
    pinned: IMPOSTOR_HELM_VERSION,
    'no-digest': `sha256:${'0'.repeat(64)}`,
    repository: repository.url,
    broken: broken.url,
    certificates: certificates.authority,
    'wrong-tools': await makeWrongTools(path.join(folder, 'tools')),
    ciphertext: encrypt(path.dirname(sops), folder),
    sops: path.dirname(sops),
    path: process.env['PATH'] ?? '',
  };
  return {
    places: new Map(Object.entries(places)),
    async stop() {
      await Promise.all([registry.stop(), plain.stop(), repository.stop(), broken.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Answers everything as a server does that is out of order. */
async function startBroken() {
  const server = createServer((_, response) => {
    response.writeHead(500).end('out of order');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** By sops, for a key that nobody has any more. */
function encrypt(bin: string, folder: string): string {
  const key = path.join(folder, 'key.txt');
  execFileSync(path.join(bin, 'age-keygen'), ['-o', key], { stdio: 'ignore' });
  const recipient = /age1\w+/.exec(readFileSync(key, 'utf8'))?.[0] ?? '';
  const plain = path.join(folder, 'secrets.yaml');
  writeFileSync(plain, 'password: hunter2-abc\n');
  const args = ['--encrypt', '--age', recipient, plain];
  return execFileSync(path.join(bin, 'sops'), args, { encoding: 'utf8' });
}

/** Mirrors with one thing wrong in each, by the name of its folder. */
async function makeWrongTools(folder: string): Promise<string> {
  const at = (name: string) => {
    mkdirSync(path.join(folder, name), { recursive: true });
    return path.join(folder, name);
  };
  const archive = (name: string, text: string) =>
    toTarGz([{ name, content: Buffer.from(text), executable: true }]);
  const file = `helm-v${WRONG_HELM}-linux-amd64.tar.gz`;
  await publish(at('damaged'), WRONG_HELM, archive('linux-amd64/helm', '#!/bin/sh\n'));
  writeFileSync(path.join(folder, 'damaged', file), archive('linux-amd64/helm', '#!/bin/bash\n'));
  await publish(at('other-layout'), WRONG_HELM, archive('helm', '#!/bin/sh\n'));
  await publish(at('no-checksum'), WRONG_HELM, archive('linux-amd64/helm', '#!/bin/sh\n'));
  writeFileSync(path.join(folder, 'no-checksum', `${file}.sha256sum`), 'see the website\n');
  await publish(at('stranger'), WRONG_HELM, archive('linux-amd64/helm', STRANGER));
  mkdirSync(path.join(folder, 'empty'));
  return folder;
}
