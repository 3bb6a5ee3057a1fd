import { rmSync } from 'node:fs';

/**
 * The clean-up step, also after a cancel or a crash of the main step: removes the private folder
 * with kubeconfig and values that it left.
 */
export async function post(): Promise<number> {
  const folder = process.env['STATE_slipway'];
  if (folder) rmSync(folder, { recursive: true, force: true });
  return 0;
}
