/** What another process needs to know of a running cluster, as a file. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Subject, User } from './users.ts';

export interface Description {
  readonly directory: string;
  readonly server: string;
  readonly auditLog: string;
  readonly kubeconfigs: Readonly<Record<User, string>>;
  readonly subjects: Readonly<Record<User, Subject>>;
}

export function writeDescription(description: Description): void {
  const file = path.join(description.directory, 'cluster.json');
  writeFileSync(file, JSON.stringify(description, undefined, 2));
}

export function readDescription(file: string): Description {
  return JSON.parse(readFileSync(file, 'utf8'));
}
