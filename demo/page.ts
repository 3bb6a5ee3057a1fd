/** Markdown as a page that looks the way GitHub shows it, in one file that needs no network. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Marked, type Tokens } from 'marked';

export interface Page {
  readonly title: string;
  readonly markdown: string;
  /**
   * Where GitHub shows it: a comment stands in its author's box and keeps its line ends, a document
   * (such as a job summary) does neither.
   */
  readonly kind: 'document' | 'comment';
}

const STYLE = readFileSync(path.join(import.meta.dirname, 'page.css'), 'utf8');

/** Nothing is loaded and no script runs, whatever the Markdown holds; GitHub would remove it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const ALERTS: Readonly<Record<string, string>> = {
  NOTE: 'ⓘ Note',
  TIP: '💡 Tip',
  IMPORTANT: '❕ Important',
  WARNING: '⚠ Warning',
  CAUTION: '⛔ Caution',
};

export function renderPage({ title, markdown, kind }: Page): string {
  const body = toHtml(markdown, kind);
  const author = '<header><b>github-actions</b> <i>bot</i> commented</header>';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${quoted(title)}</title>
<style>
${STYLE}</style>
<h1 class="where">${quoted(title)}</h1>
<main class="${kind}">${kind === 'comment' ? author : ''}<article>
${body}</article></main>
</html>
`;
}

function toHtml(markdown: string, kind: Page['kind']): string {
  const parser = new Marked({
    gfm: true,
    breaks: kind === 'comment',
    renderer: {
      code: ({ text, lang }) => `<pre><code>${toLines(text, lang ?? '')}</code></pre>\n`,
      // `false` leaves it to marked.
      blockquote(token) {
        return toAlert(token, (tokens) => this.parser.parse(tokens));
      },
    },
  });
  return parser.parse(markdown, { async: false });
}

const DIFF: Readonly<Record<string, string>> = {
  '+': 'added',
  '-': 'removed',
  '!': 'changed',
  '@': 'place',
};

/** A fence; the lines of a diff in their colours. */
function toLines(text: string, language: string): string {
  return text
    .split('\n')
    .map((line) => {
      const name = language === 'diff' ? DIFF[line[0] ?? ''] : undefined;
      return name ? `<span class="${name}">${quoted(line)}</span>` : quoted(line);
    })
    .join('\n');
}

/** `> [!CAUTION]`: GitHub's coloured box; `false` when it is another quotation. */
function toAlert(
  { tokens, text }: Tokens.Blockquote,
  parse: (tokens: Tokens.Blockquote['tokens']) => string,
): string | false {
  const kind = /^\[!(\w+)\](?=\n|$)/.exec(text)?.[1] ?? '';
  const title = ALERTS[kind];
  if (!title) return false;
  const body = parse(tokens)
    .replace(`[!${kind}]`, '')
    .replace(/^<p>\s*(<br>)?/, '<p>');
  return `<blockquote class="${kind.toLowerCase()}"><p class="kind">${title}</p>${body}</blockquote>\n`;
}

/** Text as it is, inside HTML. */
function quoted(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
