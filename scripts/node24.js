// Runs a program under Node 24, the runtime of the action, whatever Node started this one.
// The binary comes from npm for Linux and Windows (optionalDependencies in package.json); elsewhere,
// as on macOS, the Node on PATH must itself be 24 or newer, because it has to run TypeScript.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const platform = process.platform === 'win32' ? 'win' : process.platform;
const folder = join(import.meta.dirname, '..', 'node_modules', `node-${platform}-${process.arch}`);
const pinned = join(folder, 'bin', platform === 'win' ? 'node.exe' : 'node');
const node = existsSync(pinned) ? pinned : process.execPath;
if (node === process.execPath && Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`Slipway needs Node 24; npm has no build of it for ${platform}-${process.arch}.`);
  console.error(
    'Install Node 24 from https://nodejs.org, or run npm ci again with optional packages.',
  );
  process.exit(1);
}

const child = spawn(node, process.argv.slice(2), { stdio: 'inherit' });
// A terminal sends its signals to the whole group; these only keep us alive until the child has gone.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
