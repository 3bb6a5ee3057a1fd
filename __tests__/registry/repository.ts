/** A chart repository as a web server hands it out over https: an index and archives. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificates } from './certificates.ts';
import { type PackedChart, sha256 } from './charts.ts';
import { LOGIN } from './registry.ts';

export interface Repository {
  /** `https://127.0.0.1:5001/charts` */
  readonly url: string;
  /** `GET /charts/index.yaml robot` for each request, the user empty for one without a login. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/** For those who know the password, unless it is public. */
export async function serveRepository(
  charts: readonly PackedChart[],
  certificates: Certificates,
  options: {
    /** Further ones beside the index, by name, such as `app-1.0.0.tgz.prov`. */
    readonly files?: Readonly<Record<string, Buffer>>;
    readonly access?: 'private' | 'public';
  } = {},
): Promise<Repository> {
  const all = new Map<string, Buffer>([
    ['index.yaml', Buffer.from(toIndex(charts))],
    ...charts.map((chart) => [toArchiveName(chart), chart.archive] as const),
    ...Object.entries(options.files ?? {}),
  ]);
  const requests: string[] = [];
  const server = createServer(certificates.pem, (request, response) => {
    const login = toLogin(request.headers.authorization);
    requests.push(`${request.method} ${request.url} ${login.split(':')[0]}`);
    const isKnown = login === `${LOGIN.username}:${LOGIN.password}`;
    if (!isKnown && options.access !== 'public') {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="charts"' }).end();
      return;
    }
    const file = all.get((request.url ?? '').replace('/charts/', ''));
    response.writeHead(file ? 200 : 404).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/charts`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** JSON is YAML. */
function toIndex(charts: readonly PackedChart[]): string {
  const entries: Record<string, unknown[]> = {};
  for (const chart of charts) {
    const digest = sha256(chart.archive).slice('sha256:'.length);
    entries[chart.name] ??= [];
    entries[chart.name]?.push({ ...chart.metadata, urls: [toArchiveName(chart)], digest });
  }
  return JSON.stringify({ apiVersion: 'v1', entries });
}

function toArchiveName({ name, version }: PackedChart): string {
  return `${name}-${version}.tgz`;
}

function toLogin(header = ''): string {
  return Buffer.from(header.replace(/^Basic /, ''), 'base64').toString();
}
