import type { Problem } from '../errors.ts';
import type { Files } from '../ports.ts';
import type { AuthWorld } from './access.ts';

/** What the login of the action itself needs; the exec plugin does with less. */
export interface LoginWorld extends AuthWorld {
  readonly files: Files;
  warn(problem: Problem): void;
}
