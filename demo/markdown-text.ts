/** GitHub's Markdown as text for a terminal: enough of it to read a job summary there. */
import { marked, type Token, type Tokens } from 'marked';
import { indent, paint, type Style, widthOf, wrap } from './terminal.ts';

/** @param width columns to use; `Infinity` leaves lines as long as they are */
export function renderMarkdownText(markdown: string, width: number): string {
  return renderBlocks(marked.lexer(markdown), width);
}

function renderBlocks(tokens: readonly Token[], width: number): string {
  return tokens
    .map((token) => renderBlock(token, width))
    .filter((text) => text !== '')
    .join('\n\n');
}

function renderBlock(token: Token, width: number): string {
  switch (token.type) {
    case 'heading':
      return wrap(paint(['bold', 'underline'], inline(token.tokens ?? [])), width);
    case 'paragraph':
    case 'text':
      return wrap(inline(token.tokens ?? [token]), width);
    case 'list':
      return renderList(token as Tokens.List, width);
    case 'table':
      return renderTable(token as Tokens.Table, width);
    case 'code':
      return renderCode(token as Tokens.Code);
    case 'blockquote':
      return renderQuote(token as Tokens.Blockquote, width);
    case 'html':
      return renderHtml(token.raw);
    default:
      return '';
  }
}

/** A folded section is open here: its title, and below it what it holds. */
function renderHtml(html: string): string {
  const title = /<summary>(.*?)<\/summary>/s.exec(html)?.[1];
  return title === undefined ? '' : paint('bold', `▾ ${toText(title)}`);
}

function renderList({ items, ordered }: Tokens.List, width: number): string {
  return items
    .map((item, i) => {
      const mark = ordered ? `${i + 1}. ` : '- ';
      const body = renderBlocks(item.tokens, width - mark.length);
      return mark + indent(body, ' '.repeat(mark.length)).trimStart();
    })
    .join('\n');
}

const DIFF: Readonly<Record<string, Style>> = {
  '+': 'green',
  '-': 'red',
  '!': 'yellow',
  '@': 'cyan',
};

function renderCode({ text, lang }: Tokens.Code): string {
  const style = (line: string): Style => (lang === 'diff' && DIFF[line[0] ?? '']) || 'dim';
  return indent(
    text
      .split('\n')
      .map((line) => paint(style(line), line))
      .join('\n'),
  );
}

/** GitHub's coloured boxes begin with their kind: `[!CAUTION]`. */
function renderQuote({ tokens }: Tokens.Blockquote, width: number): string {
  const text = renderBlocks(tokens, width - 2);
  const told = text.replace(/^\[!(\w+)\]\s*/, (_, kind: string) => `${paint('red', kind)}\n`);
  return indent(told, '┃ ');
}

/** Columns as wide as their longest cell, but the widest gives way where the terminal ends. */
function renderTable({ header, rows }: Tokens.Table, width: number): string {
  const cells = [header, ...rows].map((row) => row.map(({ tokens }) => inline(tokens)));
  const widths = header.map((_, i) => Math.max(...cells.map((row) => widthOf(row[i] ?? ''))));
  const widest = widths.indexOf(Math.max(...widths));
  const others = widths.reduce((sum, one) => sum + one + GAP, -GAP) - (widths[widest] ?? 0);
  widths[widest] = Math.min(widths[widest] ?? 0, Math.max(MIN_COLUMN, width - others));
  const [titles = '', ...lines] = cells.map((row) => renderRow(row, widths));
  return [...(titles.trim() === '' ? [] : [paint('dim', titles)]), ...lines].join('\n');
}

/** Between two columns. */
const GAP = 2;
/** Narrower ones cannot be read. */
const MIN_COLUMN = 20;

function renderRow(row: readonly string[], widths: readonly number[]): string {
  const columns = row.map((cell, i) => wrap(cell, widths[i] ?? 0).split('\n'));
  const height = Math.max(...columns.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((lines, i) => pad(lines[line] ?? '', (widths[i] ?? 0) + GAP))
      .join('')
      .trimEnd(),
  ).join('\n');
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function inline(tokens: readonly Token[]): string {
  const text = tokens.map(renderInline).join('');
  return text.replace(/ *\n */g, '\n');
}

function renderInline(token: Token): string {
  switch (token.type) {
    case 'br':
      return '\n';
    case 'codespan':
      return paint('cyan', token['text'] as string);
    case 'strong':
      return paint('bold', inline(token.tokens ?? []));
    case 'em':
      return paint('italic', inline(token.tokens ?? []));
    case 'link':
      return renderLink(token as Tokens.Link);
    case 'html':
      return /^<br/.test(token.raw) ? '\n' : '';
    case 'escape':
      return token['text'] as string;
    default:
      return toText(token.raw).replaceAll('\n', ' ');
  }
}

function renderLink({ href, tokens }: Tokens.Link): string {
  const text = inline(tokens);
  return text === href ? paint('underline', href) : paint('underline', text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
};

function toText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replaceAll('\u200b', '');
}
