/** The files that a scene leaves: log, job summary and comment, the latter two as Markdown and as a page. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderPage } from './page.ts';
import type { Performed } from './perform.ts';
import type { Scene } from './scenes.ts';

/** By name of the file. */
export type Texts = Readonly<Record<string, string>>;

interface Told {
  readonly log: string;
  readonly summary: string;
  readonly comment: string;
}

export function toTexts(scene: Scene, { log, summary, comment }: Told): Texts {
  const title = (what: string) => `Slipway demo · ${scene.title} · ${what}`;
  const onPullRequest = title(`comment on pull request #${scene.pullRequest}`);
  return {
    'log.txt': log,
    'summary.md': summary,
    'summary.html': renderPage({
      title: title('job summary'),
      markdown: summary,
      kind: 'document',
    }),
    'comment.md': comment,
    'comment.html': renderPage({ title: onPullRequest, markdown: comment, kind: 'comment' }),
  };
}

export function writeTexts(texts: Texts, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text);
}

/** A page that leads to all others. */
export function writeIndex(performed: readonly Performed[], out: string): void {
  const rows = performed.map(({ scene, result, took }) => {
    const link = (text: string, file: string) => `[${text}](${scene.name}/${file})`;
    const pages = [
      link('summary', 'summary.html'),
      link('comment', 'comment.html'),
      link('log', 'log.txt'),
    ];
    const outcome = (result.outputs['outcome'] ?? '').replaceAll('-', '\u2011'); // in one line
    const time = `${(took / 1000).toFixed(1)} s`;
    return `| **${scene.title}**<br>${scene.story} | ${outcome} | ${time} | ${pages.join('<br>')} |`;
  });
  const table = ['| Scene | Outcome | Took | Look at |', '| --- | --- | --- | --- |', ...rows];
  const markdown = ['## ⚓ Slipway demo', '', ...table, ''].join('\n');
  writeTexts(
    { 'index.html': renderPage({ title: 'Slipway demo', markdown, kind: 'document' }) },
    out,
  );
}
