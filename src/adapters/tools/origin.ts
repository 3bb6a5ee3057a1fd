import path from 'node:path';
import { DeployError } from '../../errors.ts';

/** https://helm.sh/docs/intro/install: all releases, each archive with its `.sha256sum` beside it. */
const PUBLISHER = 'https://get.helm.sh';

/** Where the archives come from: the publisher, or a mirror in its layout. */
export type Origin =
  | { readonly kind: 'publisher' | 'mirror'; readonly url: URL }
  | { readonly kind: 'folder'; readonly path: string };

/** One file of an origin. */
export interface Item {
  readonly kind: Origin['kind'];
  /** A URL or a path; may carry a secret, such as a signature in the query. */
  readonly address: string;
  /** The same without credentials and query: for logs and messages. */
  readonly shown: string;
}

/** The input `tool-mirror` (a folder is already absolute) → the origin. */
export function parseOrigin(mirror: string | undefined): Origin {
  const text = mirror?.trim() ?? '';
  if (text === '') return { kind: 'publisher', url: new URL(PUBLISHER) };
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { kind: 'folder', path: text };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new DeployError(
      'input-invalid',
      '`tool-mirror` is neither a URL with https:// or http:// nor a folder.',
      {
        hint: 'Write the URL or the folder that holds the archives, such as https://mirror.example.com/helm.',
      },
    );
  }
  return { kind: 'mirror', url };
}

/** A file by its publisher's name. */
export function locate(origin: Origin, name: string): Item {
  if (origin.kind === 'folder') {
    const file = path.join(origin.path, name);
    return { kind: 'folder', address: file, shown: file };
  }
  const url = new URL(origin.url);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${name}`;
  return { kind: origin.kind, address: url.href, shown: `${url.origin}${url.pathname}` };
}
