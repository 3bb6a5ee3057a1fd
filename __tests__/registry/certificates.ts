/** A certificate authority that no machine knows, and a server's certificate of it for this machine. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildModule } from '../../local-cluster/build/cache.ts';
import { certificates } from '../../local-cluster/build/modules.ts';

export interface Certificates {
  /** Path of the authority's certificate, PEM. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
  /** The same, read. */
  readonly pem: { readonly ca: string; readonly cert: string; readonly key: string };
}

/** Writes them into the folder, which exists; the server may have further names, such as `*.amazonaws.com`. */
export async function makeCertificates(
  folder: string,
  names: readonly string[] = [],
): Promise<Certificates> {
  const program = path.join(await buildModule(certificates, console.error), 'certificates');
  await promisify(execFile)(program, [folder, ...names]);
  const at = (name: string) => path.join(folder, name);
  const read = (name: string) => readFileSync(at(name), 'utf8');
  return {
    authority: at('ca.crt'),
    certificate: at('serving.crt'),
    key: at('serving.key'),
    pem: { ca: read('ca.crt'), cert: read('serving.crt'), key: read('serving.key') },
  };
}
