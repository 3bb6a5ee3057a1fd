/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as slipway.yaml has them */
import { describe, expect, test } from '@jest/globals';
import { fillVariables, type Variables } from '../../../src/config/file/variables.ts';
import type { Problem } from '../../../src/errors.ts';
import { tell } from '../telling.ts';

const environment: Readonly<Record<string, string>> = { TAG: '1.2.3', EMPTY: '' };

function fill(text: string, missing: Variables['missing']['value'] = 'error') {
  const warnings: Problem[] = [];
  const filled = fillVariables({ name: 'set.image.tag', text }, 'value', {
    read: (name) => environment[name],
    missing: { value: missing, access: 'error' },
    warn: (problem) => warnings.push(problem),
  });
  return { filled, warnings };
}

describe('variables of the process environment', () => {
  test.each([
    ['${TAG}', '1.2.3'],
    ['v${TAG}-${TAG}', 'v1.2.3-1.2.3'],
    ['$${TAG} and ${TAG}', '${TAG} and 1.2.3'],
    ['$TAG {TAG} ${} ${a-b}', '$TAG {TAG} ${} ${a-b}'],
  ])('%s is %s', (text, filled) => {
    expect(fill(text)).toEqual({ filled, warnings: [] });
  });

  test.each(['ABSENT', 'EMPTY'])('%s is missing: an error before a deploy', (name) => {
    expect(tell(() => fill(`\${${name}}`))).toEqual([
      `\`set.image.tag\` needs the environment variable ${name}, which is missing or empty. Set it in the \`env:\` of the step; a literal \`\${\` is written \`$\${\`.`,
    ]);
  });

  test('a plan is made without it, and says so', () => {
    const { filled, warnings } = fill('v${ABSENT}', 'late-bound');
    expect(filled).toBe('v${ABSENT}');
    expect(warnings).toMatchObject([{ code: 'late-bound' }]);
  });
});
