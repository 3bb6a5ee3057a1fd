// Builds dist/ from src/: tsc to JavaScript, then ncc to one file (ncc cannot load TypeScript 7).
// The output is the same on every machine, so that CI can compare it with what is committed.
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderLicenses } from './licenses.ts';

const root = join(import.meta.dirname, '..');
// Below the root, where imports find node_modules, and always the same: ncc numbers modules by their
// paths. Swapped in at the end, for those who run dist now.
const draft = join(root, '.bundle');

function run(script: string, ...args: readonly string[]): void {
  const program = join(root, 'node_modules', script);
  execFileSync(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

try {
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', join(draft, 'lib'));
  const stats = join(draft, 'stats.json');
  const output = ['-o', join(draft, 'dist'), '--minify', '--quiet', '--stats-out', stats];
  run('@vercel/ncc/dist/ncc/cli.js', 'build', join(draft, 'lib', 'index.js'), ...output);
  writeFileSync(join(draft, 'dist', 'licenses.txt'), renderLicenses(readFileSync(stats, 'utf8')));
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  renameSync(join(draft, 'dist'), join(root, 'dist'));
} finally {
  rmSync(draft, { recursive: true, force: true });
}
