import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Credentials } from '../release/spec.ts';

/*
 * What helm keeps in its home: the repositories it knows and the registries it is logged in to. Ours
 * are made for one command and gone after it, so no password outlives the chart that it was for.
 */

export interface RepositoryEntry {
  readonly name: string;
  readonly url: string;
  readonly credentials?: Credentials | undefined;
  /** Path of a CA bundle; empty: the machine's. */
  readonly caFile: string;
}

/** The files of one use, in a folder (0700) of its own. */
export interface Configuration {
  readonly folder: string;
  readonly repositories: string;
  readonly registries: string;
}

/** Hands out the files, and removes them when `use` has ended, however that was. */
export async function withConfiguration<T>(
  home: string,
  content: { readonly repositories: readonly RepositoryEntry[]; readonly hosts: readonly string[] },
  use: (configuration: Configuration) => Promise<T>,
): Promise<T> {
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(path.join(home, 'login-'));
  try {
    return await use({
      folder,
      repositories: write(folder, 'repositories.yaml', toRepositories(content.repositories)),
      registries: write(folder, 'registries.json', toRegistries(content.hosts)),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The flags by which any command of helm uses these files. */
export function toConfigurationArguments({ repositories, registries }: Configuration): string[] {
  return ['--repository-config', repositories, '--registry-config', registries];
}

/** JSON is YAML, and leaves no doubt which password is a text. */
function toRepositories(entries: readonly RepositoryEntry[]): object {
  const repositories = entries.map(({ name, url, credentials, caFile }) => ({
    name,
    url,
    ...(credentials ?? {}),
    ...(caFile && { caFile }),
  }));
  return { apiVersion: '', repositories };
}

/**
 * helm keeps a login in the machine's keychain, where it would stay, unless the file has an entry
 * already (oras-go, `DetectDefaultNativeStore`). Without a login the file stays empty.
 */
function toRegistries(hosts: readonly string[]): object {
  return hosts.length === 0 ? {} : { auths: Object.fromEntries(hosts.map((host) => [host, {}])) };
}

function write(folder: string, name: string, content: object): string {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
  return file;
}
