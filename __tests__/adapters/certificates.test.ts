import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { expect, test } from '@jest/globals';
import { withCertificates } from '../../src/adapters/certificates.ts';
import { runCommand } from '../../src/adapters/command.ts';
import { fakeFiles } from '../fakes/files.ts';
import { createCertificate } from './cluster/certificate.ts';

test.each([[{}], [{ SSL_CERT_FILE: '/own.pem', NODE_EXTRA_CA_CERTS: '/extra.pem' }]])(
  '%j stays as it is',
  (environment) => {
    const files = fakeFiles({});
    expect(withCertificates(environment, files)).toBe(environment);
    expect(files.written.size).toBe(0);
  },
);

/** Node reads the variable when it starts. */
async function inNode(extra: string): Promise<string> {
  const module = new URL('../../src/adapters/certificates.ts', import.meta.url).href;
  const script = `import { withCertificates } from '${module}';
    const writePrivate = (name, text) => (console.log(text), name);
    console.log(JSON.stringify(withCertificates({ NODE_EXTRA_CA_CERTS: '${extra}' }, { writePrivate })));`;
  const { stdout } = await runCommand({
    path: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
    environment: { NODE_EXTRA_CA_CERTS: extra },
  });
  return stdout;
}

test('a file that is not there changes nothing: Node has warned of it', async () => {
  expect(await inNode('/nowhere.pem')).toBe('{"NODE_EXTRA_CA_CERTS":"/nowhere.pem"}\n');
});

test('helm gets the certificates that Node knows, each once', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'slipway-ca-'));
  const { cert } = createCertificate('proxy.example');
  const extra = path.join(folder, 'ca.pem');
  writeFileSync(extra, cert + rootCertificates[0]);
  const said = await inNode(extra);
  rmSync(folder, { recursive: true });

  expect(said).toContain('"SSL_CERT_FILE":"certificates.pem"');
  const written =
    said.match(/-----BEGIN CERTIFICATE-----\n[^-]+\n-----END CERTIFICATE-----\n/g) ?? [];
  expect(written).toContain(cert);
  expect(written.length).toBeGreaterThan(rootCertificates.length);
  expect(new Set(written).size).toBe(written.length);
});
