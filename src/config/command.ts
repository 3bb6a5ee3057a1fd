import { DeployError } from '../errors.ts';
import { findNearest } from '../nearest.ts';
import type { Command } from '../report/report.ts';
import type { Given } from './given.ts';
import { UNAVAILABLE_COMMANDS } from './unavailable.ts';

/** What `auto` means, by the event that started the workflow (design.md section 1). */
const BY_EVENT: ReadonlyMap<string, Command> = new Map([
  ['pull_request', 'plan'],
  ['merge_group', 'plan'],
  ['push', 'deploy'],
  ['workflow_dispatch', 'deploy'],
  ['repository_dispatch', 'deploy'],
  ['release', 'deploy'],
]);

const USE = 'Use `auto`, `plan`, `deploy` or `setup`.';
const EXPLICIT = 'Set `command: plan` or `command: deploy`.';

/** The command to run. Throws when there is no such command, or none that `auto` would choose. */
export function parseCommand(given: Given, event: string): Command {
  const text = given.text('command');
  if (text === 'plan' || text === 'deploy' || text === 'setup') return text;
  if (text === 'auto') return chooseCommand(event);
  if (UNAVAILABLE_COMMANDS.includes(text)) {
    throw new DeployError(
      'command-unavailable',
      `\`command: ${text}\` is not available yet in this version of Slipway.`,
      { hint: USE },
    );
  }
  const [nearest] = findNearest(text, ['auto', 'plan', 'deploy', 'setup']);
  throw new DeployError(
    'input-invalid',
    `\`command\` is \`${text}\`, which Slipway does not know.`,
    {
      hint: nearest ? `Did you mean \`${nearest}\`?` : USE,
    },
  );
}

function chooseCommand(event: string): Command {
  const command = BY_EVENT.get(event);
  if (command) return command;
  // Both run with the rights of the base branch on what a stranger may have written.
  if (event === 'pull_request_target' || event === 'issue_comment') {
    throw new DeployError(
      'command-unavailable',
      `\`command: auto\` does not act on ${event} yet: this version of Slipway cannot plan without the cluster.`,
      {
        hint: 'Run on pull_request instead; set `command` only where nobody else can change what is checked out.',
      },
    );
  }
  throw new DeployError(
    'command-missing',
    event
      ? `\`command: auto\` has no meaning for the event ${event}.`
      : '`command: auto` needs the event of the workflow, and there is none (GITHUB_EVENT_NAME).',
    { hint: EXPLICIT },
  );
}
