import { DeployError } from '../errors.ts';
import type { ServerCluster } from '../release/cluster-spec.ts';
import type { ClusterAccess, LoginWorld } from './access.ts';
import { parseClaims } from './claims.ts';

/** Milliseconds; a token that ends sooner may end before the run does, whose timeout is not known here. */
const SOON = 3_600_000;

/**
 * With a token that somebody else issued, and that nobody renews.
 * @throws DeployError `login-expired`
 */
export function openServer(spec: ServerCluster, world: LoginWorld): ClusterAccess {
  const { token } = spec;
  world.hide(token);
  const { sub, exp } = parseClaims(token);
  if (exp !== undefined) checkEnd(exp * 1000, world);
  return {
    endpoint: spec.endpoint,
    connection: spec.connection,
    identity: sub || 'the owner of `cluster.token`',
    mint: async () => ({ token }),
    explain: () => undefined,
    registry: async () => undefined,
  };
}

function checkEnd(end: number, { clock, warn }: LoginWorld): void {
  const left = end - clock.now().getTime();
  const at = toUtc(end);
  const code = 'login-expired';
  if (left <= 0) {
    throw new DeployError(code, `\`cluster.token\` expired at ${at}.`, { hint: RENEW });
  }
  if (left > SOON) return;
  const minutes = Math.ceil(left / 60_000);
  const message = `\`cluster.token\` ends at ${at}, in ${minutes} min, and nobody renews it.`;
  warn({ code, message, hint: `${RENEW} A run that goes on longer fails.` });
}

const RENEW = 'Issue a new one, such as with `kubectl create token --duration`.';

/** `2026-11-21 12:31:07 UTC`. */
function toUtc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
