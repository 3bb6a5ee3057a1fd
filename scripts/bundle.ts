// Builds dist/ from src/: tsc to JavaScript, then ncc to one file an entry and further ones for what is
// loaded when needed (ncc cannot load TypeScript 7).
// The output is the same on every machine, so that CI can compare it with what is committed.
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderLicenses } from './licenses.ts';

const root = join(import.meta.dirname, '..');
// Below the root, where imports find node_modules, and always the same: ncc numbers modules by their
// paths. Swapped in at the end, for those who run dist now.
const draft = join(root, '.bundle');
/** Entries in src/, and where their bundles go in dist/. */
const ENTRIES = [
  { entry: 'index.js', into: '.' },
  { entry: 'credential.js', into: 'credential' },
] as const;

function run(script: string, ...args: readonly string[]): void {
  const program = join(root, 'node_modules', script);
  execFileSync(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Returns the statistics of ncc: which modules are in it. */
function bundle({ entry, into }: (typeof ENTRIES)[number]): string {
  const stats = join(draft, `${entry}.stats.json`);
  const output = ['-o', join(draft, 'dist', into), '--minify', '--quiet', '--stats-out', stats];
  run('@vercel/ncc/dist/ncc/cli.js', 'build', join(draft, 'lib', entry), ...output);
  return readFileSync(stats, 'utf8');
}

try {
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', join(draft, 'lib'));
  const stats = ENTRIES.map(bundle).join('\n');
  writeFileSync(join(draft, 'dist', 'licenses.txt'), renderLicenses(stats));
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  renameSync(join(draft, 'dist'), join(root, 'dist'));
} finally {
  rmSync(draft, { recursive: true, force: true });
}
