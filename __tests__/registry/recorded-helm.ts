/** A real helm that writes down what it is called with (`readCalls`), as the action uses it. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createHelm } from '../../src/adapters/helm.ts';
import type { Helm } from '../../src/ports.ts';
import { type HELMS, toShim } from '../action/helm-shim.ts';

/** `home`: where it keeps its files. `environment`: besides that of this process. */
export async function createRecordedHelm(
  folder: string,
  { version, read }: (typeof HELMS)[number],
  environment: Readonly<Record<string, string>> = {},
): Promise<Helm & { readonly home: string }> {
  const at = (name: string) => path.join(folder, `${name}-${version}`);
  mkdirSync(path.join(folder, 'calls'), { recursive: true });
  if (!existsSync(at('helm'))) writeFileSync(at('helm'), await read(), { mode: 0o755 });
  writeFileSync(at('shim'), toShim(at('helm'), path.join(folder, 'calls')), { mode: 0o755 });
  const helm = createHelm({
    path: at('shim'),
    version,
    kubeconfig: { path: '/nowhere', usesExec: false },
    home: at('home'),
    environment: { ...process.env, ...environment },
  });
  return { ...helm, home: at('home') };
}
