import type { User } from '../../local-cluster/users.ts';

/**
 * One thing that a user can get wrong, and all that the log then says about it.
 *
 * Texts may hold what differs from run to run: `<workspace>`, `<namespace>`, `<sha256>`, and the servers
 * of `servers.ts` such as `<registry>`. It is filled in before the run, and put back in what the log says.
 */
export interface BadInput {
  readonly name: string;
  /** Fields of the schema of slipway.yaml that it is about, such as `releases.<name>.timeout`. */
  readonly fields?: readonly string[];
  /** slipway.yaml; without it the release is the one of the inputs. */
  readonly config?: string;
  /** Inputs that differ from those of a run that would succeed. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Files of the checkout beside those of every case. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Variables of the step's `env:`. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: User;
  readonly event?: string;
  /** Spoils the kubeconfig. */
  readonly kubeconfig?: (text: string) => string;
  /** Secrets that are in the namespace before. */
  readonly secrets?: readonly object[];
  /** By major; Helm 4 alone where the message is ours. */
  readonly helm?: readonly (3 | 4)[];
  /** Every problem as the log has it: `place: message [code]`, then `→ hint`. */
  readonly told: readonly string[];
}

/** The reason codes that a case is about, in the order of its log. */
export function codesOf({ told }: BadInput): readonly string[] {
  return told.flatMap((line) => /\[([a-z-]+)\]$/.exec(line)?.[1] ?? []);
}
