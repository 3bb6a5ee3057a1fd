import path from 'node:path';
import { DeployError } from '../../errors.ts';
import { toLogin } from '../../secrecy/url-secrets.ts';

/** Where a tool comes from: its publisher, or a mirror in the publishers' layouts. */
export type Origin =
  | { readonly kind: 'publisher' | 'mirror'; readonly url: URL }
  | { readonly kind: 'folder'; readonly path: string };

/** One file of an origin. */
export interface Item {
  readonly kind: Origin['kind'];
  /** A path, or a URL without credentials; its query may hold a secret, such as a signature. */
  readonly address: string;
  /** The header for the credentials that the mirror's URL holds. */
  readonly authorization: string | undefined;
  /** The address without its query: for logs and messages. */
  readonly shown: string;
}

/** The input `tool-mirror` (a folder is already absolute) → the origin. */
export function parseOrigin(mirror: string | undefined, publisher: string): Origin {
  const text = mirror?.trim() ?? '';
  if (text === '') return { kind: 'publisher', url: new URL(publisher) };
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return { kind: 'folder', path: text };
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new DeployError(
      'input-invalid',
      '`tool-mirror` is neither a URL with https:// or http:// nor a folder.',
      {
        hint: 'Write the URL or the folder that holds the files, such as https://mirror.example.com/tools.',
      },
    );
  }
  return { kind: 'mirror', url };
}

/** A file by the path that its publisher gives it. */
export function locate(origin: Origin, file: string): Item {
  if (origin.kind === 'folder') {
    const address = path.join(origin.path, file);
    return { kind: 'folder', address, authorization: undefined, shown: address };
  }
  const url = new URL(origin.url);
  const authorization = toAuthorization(url);
  url.username = '';
  url.password = '';
  url.hash = '';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${file}`;
  const shown = `${url.origin}${url.pathname}`;
  return { kind: origin.kind, address: url.href, authorization, shown };
}

function toAuthorization(url: URL): string | undefined {
  if (url.username === '' && url.password === '') return undefined;
  return `Basic ${Buffer.from(toLogin(url)).toString('base64')}`;
}
