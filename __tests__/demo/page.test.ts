import { expect, test } from '@jest/globals';
import { renderPage } from '../../demo/page.ts';

const render = (markdown: string, kind: 'document' | 'comment' = 'document') =>
  renderPage({ title: 'a <b>', markdown, kind });

test('a page loads nothing and runs nothing', () => {
  const page = render('text');
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<link|url\(/);
  expect(page).toContain('<title>a &#60;b&#62;</title>');
});

test('the lines of a diff have their colours, and are text', () => {
  const page = render('```diff\n@@ a @@\n- <old>\n+ new\n! hidden\n same\n```');
  expect(page).toContain('<span class="place">@@ a @@</span>');
  expect(page).toContain('<span class="removed">- &#60;old&#62;</span>\n<span class="added">+ new');
  expect(page).toContain('<span class="changed">! hidden</span>\n same');
});

test('an alert is a box, another quotation is not', () => {
  const page = render('> [!CAUTION]\n> Act **now**.\n\n> said');
  expect(page).toContain('<blockquote class="caution"><p class="kind">⛔ Caution</p>');
  expect(page).toContain('<p>Act <strong>now</strong>.</p>');
  expect(page).toContain('<blockquote>\n<p>said</p>');
});

test('a comment keeps its line ends, a document does not', () => {
  expect(render('one\ntwo', 'comment')).toContain('one<br>two');
  expect(render('one\ntwo')).toContain('one\ntwo');
});
