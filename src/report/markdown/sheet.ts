import type { Detail } from '../ladder.ts';
import type { RunRef } from '../report.ts';
import { link } from './inline.ts';

/** What every section needs: how much to tell, and where the rest is. */
export interface Sheet {
  readonly form: 'summary' | 'comment';
  readonly run: RunRef;
  readonly detail: Detail;
}

/** `12 more objects are in the log of this run`; empty when nothing was left out. */
export function leftOut(count: number, noun: string, { form, run }: Sheet): string {
  if (count <= 0) return '';
  const where = form === 'comment' ? 'the summary or log of the run' : 'the log of the run';
  return `_${count} more ${noun}${count === 1 ? '' : 's'} in ${link(where, run.url)}._`;
}

/** Linux' own limit of a path is 4,096; a longer link would help nobody. */
const MAX_PATH = 1000;
const OUTSIDE = /^(\/|[A-Za-z]:|\.\.)/;

/** The address of a file at the commit of this run; undefined for a path outside the repository. */
export function fileUrl(run: RunRef, file: string, line: number | undefined): string | undefined {
  const repository = repositoryUrl(run);
  if (!repository || file.length > MAX_PATH || OUTSIDE.test(file)) return undefined;
  const path = file.toWellFormed().replace(/^\.\//, '').split('/').map(encodeURIComponent);
  return `${repository}/blob/${run.sha}/${path.join('/')}${line === undefined ? '' : `#L${line}`}`;
}

/** `https://github.com/acme/deploy`, taken from the address of the run. */
export function repositoryUrl({ url, repository }: RunRef): string | undefined {
  const at = url.indexOf(`/${repository}/`);
  return at < 0 ? undefined : url.slice(0, at + repository.length + 1);
}
