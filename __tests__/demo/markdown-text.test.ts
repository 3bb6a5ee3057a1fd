import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { renderMarkdownText } from '../../demo/markdown-text.ts';

const MARKDOWN = `<!-- hidden -->

## ✅ production \`shop/shop\` — done

> [!CAUTION]
> Look.

**Why:** one &amp; two.<br>
Open [the shop](https://shop.example.com)

|  | Object |
| --- | --- |
| ~ | Deployment \`shop/api\` |
| + | Job |

<details><summary>~ Deployment <code>shop/api</code></summary>

\`\`\`diff
- 1
+ 2
\`\`\`

</details>

- first
- second
`;

const render = (width: number) => stripVTControlCharacters(renderMarkdownText(MARKDOWN, width));

test('a summary is readable as text', () => {
  expect(render(Infinity)).toBe(`✅ production shop/shop — done

┃ CAUTION
┃ Look.

Why: one & two.
Open the shop

   Object
~  Deployment shop/api
+  Job

▾ ~ Deployment shop/api

  - 1
  + 2

- first
- second`);
});

test('the widest column gives way', () => {
  const table = `| Step | Result |\n| --- | --- |\n| rollback | ${'long words '.repeat(5)}|`;
  expect(stripVTControlCharacters(renderMarkdownText(table, 40))).toBe(`Step      Result
rollback  long words long words long
          words long words long words`);
});
