import { codesOf, planOf, problemsOf } from '../parts.ts';
import type { ReportTarget } from '../report.ts';
import { type Phrase, toMarkdown, toPlain } from '../story/phrase.ts';
import { type Story, targetName } from '../story/story.ts';
import { clip } from '../text.ts';
import { alert, fence, page } from './blocks.ts';
import { code, html, inline, prose } from './inline.ts';
import { codeLink } from './problems.ts';
import { leftOut, type Sheet } from './sheet.ts';

/** `### ❌ production `airbyte/airbyte` — deploy failed, rolled back to revision 3`. */
export function renderTitle(target: ReportTarget, story: Story, level: string): string {
  const { environment, release } = targetName(target);
  const who = [inline(environment), code(release)].filter((part) => part !== '').join(' ');
  const outcome = toMarkdown(story.outcome);
  return `${level} ${story.glyph} ${who === '' ? outcome : `${who} — ${outcome}`}`;
}

/** The same for the summary of a folded section. */
export function titleHtml(target: ReportTarget, story: Story): string {
  const { environment, release } = targetName(target);
  const name = release === '' ? '' : `<code>${html(release)}</code>`;
  const who = [html(environment), name].filter((part) => part !== '').join(' ');
  const outcome = html(toPlain(story.outcome));
  return `${story.glyph} ${who === '' ? outcome : `${who} — ${outcome}`}`;
}

/** Why, now, and what is not undone: the paragraphs that everybody reads. */
export function renderLead(target: ReportTarget, story: Story, sheet: Sheet): string {
  const alarm = story.glyph === '🚨' ? alert('CAUTION', ['The release needs a person now.']) : '';
  return page([
    alarm,
    renderLock(target, sheet),
    paragraph('Why', story.why, sheet, toCodeLinks(target)),
    paragraph('Now', story.now, sheet),
    warnings(story, sheet),
    list('Not undone', story.notUndone, sheet),
  ]);
}

/** The next action, at the end, with the commands to type. */
export function renderNext(story: Story, { detail }: Sheet): string {
  const commands = story.commands.slice(0, Math.max(2, detail.items));
  return page([
    story.next.length === 0 ? '' : `**Next:** ${sentences(story.next, detail.sentence)}`,
    commands.length === 0 ? '' : fence(commands.join('\n'), 'sh'),
  ]);
}

/** Notes: what a reader should know beside the result. */
export function renderNotes(notes: readonly string[], sheet: Sheet): string {
  const { items, sentence } = sheet.detail;
  const shown = notes.slice(0, items).map((note) => `- ${prose(clip(note, sentence))}`);
  return page([shown.join('\n'), leftOut(notes.length - shown.length, 'note', sheet)]);
}

/** A plan that was made beside another run tells so before all else. */
function renderLock(target: ReportTarget, { detail }: Sheet): string {
  const lock = planOf(target)?.lock;
  if (!lock) return '';
  const told = [lock.message, lock.hint].filter((part) => part !== '');
  const [message = '', ...hint] = told.map((part) => prose(clip(part, detail.sentence)));
  return alert('NOTE', [[`${message} · ${codeLink(lock.code)}`, ...hint].join('<br>')]);
}

/** Behind the cause; problems have their own. */
function toCodeLinks(target: ReportTarget): string {
  if (problemsOf(target).length > 0) return '';
  return codesOf(target)
    .map((code) => ` · ${codeLink(code)}`)
    .join('');
}

function paragraph(
  label: string,
  phrases: readonly Phrase[],
  sheet: Sheet,
  behindFirst = '',
): string {
  const shown = phrases.slice(0, Math.max(3, sheet.detail.items));
  if (shown.length === 0) return '';
  const lines = shown.map((phrase) => toMarkdown(clipPhrase(phrase, sheet.detail.sentence)));
  const [first = '', ...others] = lines;
  const more = leftOut(phrases.length - shown.length, 'line', sheet);
  return page([`**${label}:** ${[first + behindFirst, ...others].join('<br>')}`, more]);
}

function warnings({ warnings: phrases }: Story, sheet: Sheet): string {
  if (phrases.length === 0) return '';
  const shown = phrases.slice(0, Math.max(3, sheet.detail.items));
  const lines = shown.map((phrase) => toMarkdown(clipPhrase(phrase, sheet.detail.sentence)));
  return page([alert('WARNING', lines), leftOut(phrases.length - shown.length, 'line', sheet)]);
}

/** One sentence stays in the line, several become a list. */
function list(label: string, phrases: readonly Phrase[], sheet: Sheet): string {
  if (phrases.length < 2) return paragraph(label, phrases, sheet);
  const shown = phrases.slice(0, sheet.detail.items);
  const lines = shown.map((phrase) => `- ${toMarkdown(clipPhrase(phrase, sheet.detail.sentence))}`);
  const more = leftOut(phrases.length - shown.length, 'line', sheet);
  return page([`**${label}:**`, lines.join('\n'), more]);
}

function sentences(phrases: readonly Phrase[], max: number): string {
  return phrases.map((phrase) => toMarkdown(clipPhrase(phrase, max))).join(' ');
}

function clipPhrase(phrase: Phrase, max: number): Phrase {
  return phrase.map((part) => ({ ...part, text: clip(part.text, max) }));
}
