/** What the demo itself says, between the logs of the action. */
import path from 'node:path';
import { renderMarkdownText } from './markdown-text.ts';
import type { Performed } from './perform.ts';
import { SCENES, type Scene, SECRETS, WORKFLOW } from './scenes.ts';
import { paint, say, sayRule, show, terminalWidth } from './terminal.ts';

export function sayWelcome(): void {
  console.log();
  say(paint('bold', '⚓ Slipway demo'));
  say();
  say(
    'A real Kubernetes starts on this machine: API server, scheduler, controllers and etcd. Only its nodes are played, ' +
      'so that images need not exist and pods can fail on demand. Then one workflow runs as GitHub’s runner would run it, ' +
      `${SCENES.length} times. Ctrl-C stops everything.`,
  );
  say();
}

/** What happens next and why; the first time with the whole step, later with what it differs in. */
export function sayScene(scene: Scene, index: number): void {
  console.log('\n');
  sayRule(`${index + 1} of ${SCENES.length}`, scene.title);
  console.log();
  say(scene.story);
  say();
  say(paint('dim', index === 0 ? renderStep(scene) : renderTrigger(scene)));
  say();
}

/** The job summary as text, and whether the scene ended as it should. */
export function sayAct({ scene, result, took, differences, folder }: Performed): void {
  say();
  say(paint('dim', 'The job summary:'));
  say();
  const summary = renderMarkdownText(result.summary, terminalWidth() - 6);
  show(summary.replace(/^/gm, paint('dim', '│ ')));
  say();
  const ended = `${result.outputs['outcome'] ?? 'no outcome'}, exit code ${result.code}`;
  if (differences.length === 0) {
    const expected = scene.expected.exitCode === 0 ? '' : ', as it should: this deploy is broken';
    say(paint('green', `✓ ${ended}${expected} (${toSeconds(took)})`));
  }
  for (const difference of differences) say(paint('red', `✗ not as expected: ${difference}`));
  const files = ['summary.html', 'comment.html', 'log.txt'];
  say(paint('dim', `  ${toShown(folder)}/: ${files.join(', ')}; the Markdown beside them`));
}

export function sayEnd(
  performed: readonly Performed[],
  { out, took }: { out: string; took: number },
): void {
  console.log('\n');
  sayRule('The end', 'what you have seen');
  console.log();
  for (const { scene, result, took: own, differences } of performed) {
    const mark = differences.length === 0 ? paint('green', '✓') : paint('red', '✗');
    const told = `${scene.title.padEnd(24)} ${(result.outputs['outcome'] ?? 'no outcome').padEnd(12)}`;
    say(`${mark} ${told} ${paint('dim', toSeconds(own).padStart(6))}`);
    for (const difference of differences) say(paint('red', `  ${difference}`));
  }
  say();
  say(`All of it in ${toSeconds(took)}, cluster included. The cluster is gone again; what stays:`);
  say();
  say(`  ${paint('bold', `${toShown(out)}/index.html`)}  opens in a browser and leads to:`);
  for (const { folder } of performed) {
    const name = `${toShown(folder)}/`.padEnd(28);
    say(`  ${name} ${paint('dim', 'summary.md .html · comment.md .html · log.txt')}`);
  }
  say();
  say('To try next:');
  say('- Change demo/chart, demo/values or demo/scenes.ts, break something, and start again.');
  say('- `npm run cluster` leaves a cluster running for your own helm and kubectl.');
  say('- README.md has the workflow to copy into your repository.');
  console.log();
}

/** The step as the workflow would have it; secrets as GitHub shows them. */
function renderStep(scene: Scene): string {
  const inputs = Object.entries({ ...WORKFLOW, set: hideSecrets(scene).join('\n') });
  const lines = inputs.map(([name, text]) => {
    const value = text.includes('\n') ? `|\n${text.replace(/^/gm, '      ')}` : text;
    return `    ${name}: ${value}`;
  });
  return ['- uses: slipway-deploy/slipway@v1', '  with:', ...lines].join('\n');
}

function renderTrigger(scene: Scene): string {
  return `on: ${scene.event}   set: ${hideSecrets(scene).join('  ')}`;
}

function hideSecrets({ set }: Scene): readonly string[] {
  return set.map((line) => SECRETS.reduce((text, secret) => text.replace(secret, '***'), line));
}

function toShown(file: string): string {
  return path.relative(process.cwd(), file);
}

function toSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
