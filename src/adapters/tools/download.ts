import { copyFile } from 'node:fs/promises';
import { DeployError } from '../../errors.ts';
import type { Item } from './origin.ts';
import type { Tool } from './tool.ts';

/** `downloadTool` tries three times, 10 to 20 s apart; an answer of 4xx is final, but 408 and 429. */
const ATTEMPTS = 3;
const RETRIED = new Set([408, 429]);
/** OpenSSL's words for a certificate that nobody we trust vouches for, as Node's error codes have them. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)/;

/** For messages: what is being done, such as `Installing helm 4.3.0`, and for which tool. */
interface Purpose {
  readonly tool: Tool;
  readonly doing: string;
}

/** What went wrong: a status, or what Node says. */
type Failure = Error & { readonly httpStatusCode?: number; readonly code?: string };

/** Brings a file of the origin to `target`. */
export async function download(item: Item, target: string, purpose: Purpose): Promise<void> {
  try {
    if (item.kind === 'folder') return await copyFile(item.address, target);
    // Loaded here only: the import costs some 100 ms that a hit in the tool cache need not pay.
    const { downloadTool } = await import('@actions/tool-cache');
    await downloadTool(item.address, target, item.authorization);
  } catch (error) {
    throw toDeployError(error as Failure, item, purpose);
  }
}

function toDeployError(error: Failure, item: Item, { tool, doing }: Purpose): DeployError {
  const { httpStatusCode: status, code } = error;
  if (status === 404 || (item.kind === 'folder' && code === 'ENOENT')) {
    const answer = status === undefined ? '' : ' (404)';
    return new DeployError('tool-not-found', `${doing}: there is no ${item.shown}${answer}.`, {
      hint: `${toMissing(item, tool)} ${tool.versions}`,
      cause: error,
    });
  }
  return new DeployError('tool-download-failed', `${doing}: ${toReason(error, item)}.`, {
    hint: UNTRUSTED.test(code ?? '') ? DISTRUST : toUnreachable(item, tool),
    cause: error,
  });
}

function toReason({ httpStatusCode: status, message, code }: Failure, item: Item): string {
  if (item.kind === 'folder') return `${item.shown} could not be read (${code ?? message})`;
  if (status === undefined)
    return `downloading ${item.shown} failed ${ATTEMPTS} times (${message || code})`;
  const times = status >= 500 || RETRIED.has(status) ? `, ${ATTEMPTS} times` : '';
  return `${item.shown} answered ${status}${times}`;
}

const DISTRUST =
  "Set NODE_EXTRA_CA_CERTS in the `env:` of the job or step to a PEM file with your network's or mirror's CA.";

function toMissing({ kind }: Item, { input, checksum }: Tool): string {
  if (kind === 'publisher') return `Check \`${input}\`.`;
  const place = kind === 'folder' ? 'the `tool-mirror` folder' : '`tool-mirror`';
  return `Check \`${input}\`, or add the file and its ${checksum} to ${place}.`;
}

function toUnreachable({ kind }: Item, { publisher }: Tool): string {
  if (kind === 'folder') return 'Check that `tool-mirror` is right and that this job may read it.';
  if (kind === 'mirror')
    return 'Check that `tool-mirror` is right and that this runner may read it; a login can stand in the URL, kept in a secret.';
  return `Run the job again; where runners cannot reach ${new URL(publisher).host}, set HTTPS_PROXY in the \`env:\` of the step, or \`tool-mirror\` to a URL or a folder with the same files.`;
}
