import { describe, expect, test } from '@jest/globals';
import { parseCommand } from '../../src/config/command.ts';
import { given } from './samples.ts';
import { tell } from './telling.ts';

describe('command', () => {
  test.each([
    ['pull_request', 'plan'],
    ['merge_group', 'plan'],
    ['push', 'deploy'],
    ['workflow_dispatch', 'deploy'],
    ['repository_dispatch', 'deploy'],
    ['release', 'deploy'],
  ])('auto on %s is %s', (event, command) => {
    expect(parseCommand(given({}), event)).toBe(command);
    expect(parseCommand(given({ command: 'auto' }), event)).toBe(command);
  });

  test.each(['plan', 'deploy', 'setup'])('%s is itself on any event', (command) => {
    expect(parseCommand(given({ command }), 'schedule')).toBe(command);
  });

  test.each([
    [
      'auto',
      'schedule',
      '`command: auto` has no meaning for the event schedule. Set `command: plan` or `command: deploy`.',
    ],
    [
      'auto',
      '',
      '`command: auto` needs the event of the workflow, and there is none (GITHUB_EVENT_NAME). Set `command: plan` or `command: deploy`.',
    ],
    [
      'auto',
      'pull_request_target',
      '`command: auto` does not act on pull_request_target yet: this version of Slipway cannot plan without the cluster. Run on pull_request instead; set `command` only where nobody else can change what is checked out.',
    ],
    [
      'auto',
      'issue_comment',
      '`command: auto` does not act on issue_comment yet: this version of Slipway cannot plan without the cluster. Run on pull_request instead; set `command` only where nobody else can change what is checked out.',
    ],
    [
      'promote',
      'push',
      '`command: promote` is not available yet in this version of Slipway. Use `auto`, `plan`, `deploy` or `setup`.',
    ],
    [
      'uninstall',
      'push',
      '`command: uninstall` is not available yet in this version of Slipway. Use `auto`, `plan`, `deploy` or `setup`.',
    ],
    [
      'depoly',
      'push',
      '`command` is `depoly`, which Slipway does not know. Did you mean `deploy`?',
    ],
    [
      'upgrade',
      'push',
      '`command` is `upgrade`, which Slipway does not know. Use `auto`, `plan`, `deploy` or `setup`.',
    ],
  ])('%s on %s is refused', (command, event, told) => {
    expect(tell(() => parseCommand(given({ command }), event))).toEqual([told]);
  });
});
