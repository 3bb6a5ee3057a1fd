import type { CommandResult } from '../ports.ts';
import type { Credentials } from '../release/spec.ts';
import { type Configuration, toConfigurationArguments } from './repositories.ts';

/** A helm as the files beside this one use it. */
export interface RunnableHelm {
  /** Such as `4.3.1`. */
  readonly version: string;
  /** A private folder for helm's caches and configuration. */
  readonly home: string;
  readonly run: (
    args: readonly string[],
    extras?: { readonly stdin?: string },
  ) => Promise<CommandResult>;
}

export interface Login {
  /** With its port, when it has one. */
  readonly host: string;
  readonly credentials: Credentials;
  /** Flags of the connection. */
  readonly connection: readonly string[];
}

/** Logs in to a registry for as long as the configuration lives. The password comes by stdin. */
export function login(
  { run }: RunnableHelm,
  { host, credentials, connection }: Login,
  configuration: Configuration,
): Promise<CommandResult> {
  const { username, password } = credentials;
  return run(
    [
      ...['registry', 'login', host, `--username=${username}`, '--password-stdin'],
      ...connection,
      ...toConfigurationArguments(configuration),
    ],
    { stdin: password },
  );
}

/** What a login over http is called: `--insecure` before helm 3.18 (helm.md §5.6). */
export function toPlainHttpFlag(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor < 18 ? '--insecure' : '--plain-http';
}
