import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { until } from '../../../local-cluster/wait.ts';
import { createCluster } from '../../../src/adapters/cluster.ts';
import { type Answering, type ApiDouble, refuse, startApi, succeed } from './api-double.ts';

let api: ApiDouble;
let cancel: AbortController;
afterEach(() => {
  cancel.abort();
  api.close();
});

const pods = { apiVersion: 'v1', kind: 'Pod', namespace: 'ns' };
const pod = (name: string, resourceVersion: string) => ({
  kind: 'Pod',
  metadata: { name, resourceVersion },
});

/** Watches the double; `seen` fills with one word for each call back. */
async function watch(answer: Answering): Promise<string[]> {
  api = await startApi(answer);
  cancel = new AbortController();
  const seen: string[] = [];
  const listener = {
    replaced: (objects: readonly { metadata: { name: string } }[]) =>
      void seen.push(`replaced ${objects.map(({ metadata }) => metadata.name)}`),
    changed: (object: { metadata: { name: string } }) =>
      void seen.push(`changed ${object.metadata.name}`),
    deleted: (object: { metadata: { name: string } }) =>
      void seen.push(`deleted ${object.metadata.name}`),
    refused: (error: { status: number }) => void seen.push(`refused ${error.status}`),
  };
  createCluster(api.kubeconfig).watch(pods, listener, cancel.signal);
  return seen;
}

/** Answers lists with one pod, and the nth watch by the nth script; further ones stay open. */
function scripted(...scripts: readonly ((response: ServerResponse) => void)[]): Answering {
  let watches = 0;
  return (response, { line }) => {
    if (!line.includes('watch=true')) {
      return succeed(response, { metadata: { resourceVersion: '10' }, items: [pod('a', '9')] });
    }
    response.writeHead(200).flushHeaders();
    scripts[watches++]?.(response);
  };
}

function send(response: ServerResponse, type: string, object: object): void {
  response.write(`${JSON.stringify({ type, object })}\n`);
}

const versions = () =>
  api.requests
    .filter(({ line }) => line.includes('watch=true'))
    .map(({ line }) => new URL(line.slice(4), 'http://x').searchParams.get('resourceVersion'));

function when(seen: string[], ...expected: string[]): Promise<unknown> {
  return until(`${expected} in ${seen}`, async () => expected.every((each) => seen.includes(each)));
}

test('lists, then tells every change', async () => {
  const seen = await watch(
    scripted((response) => {
      send(response, 'ADDED', pod('b', '11'));
      send(response, 'MODIFIED', pod('b', '12'));
      send(response, 'BOOKMARK', pod('', '13'));
      send(response, 'DELETED', pod('b', '14'));
    }),
  );
  await when(seen, 'deleted b');
  expect(seen).toEqual(['replaced a', 'changed b', 'changed b', 'deleted b']);
  expect(api.requests[1]?.line).toBe(
    'GET /prefix/api/v1/namespaces/ns/pods?watch=true&allowWatchBookmarks=true&timeoutSeconds=240&resourceVersion=10',
  );
});

test('goes on from the last version seen after an end, a break and half a line', async () => {
  const seen = await watch(
    scripted(
      (response) => {
        send(response, 'BOOKMARK', pod('', '13'));
        response.end();
      },
      (response) => {
        send(response, 'ADDED', pod('b', '20'));
        setTimeout(() => response.destroy(), 10);
      },
      (response) => response.write('{"type":"ADD\n'),
      (response) => send(response, 'ADDED', pod('c', '21')),
    ),
  );
  await when(seen, 'changed c');
  expect(seen).toEqual(['replaced a', 'changed b', 'changed c']);
  expect(versions()).toEqual(['10', '13', '20', '20']);
});

test('lists again when the version is too old', async () => {
  const expired = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' };
  const seen = await watch(
    scripted(
      (response) => send(response, 'ERROR', expired),
      (response) => send(response, 'ADDED', pod('b', '11')),
    ),
  );
  await when(seen, 'changed b');
  expect(seen).toEqual(['replaced a', 'replaced a', 'changed b']);
});

test('lists again when the watch is answered with 410', async () => {
  let watches = 0;
  const seen = await watch((response, { line }) => {
    if (!line.includes('watch=true')) return succeed(response, { metadata: {}, items: [] });
    if (watches++ === 0) return refuse(response, 410, { reason: 'Expired' });
    return send(response, 'ADDED', pod('b', '11'));
  });
  await when(seen, 'changed b');
  expect(seen).toEqual(['replaced ', 'replaced ', 'changed b']);
});

test('starts again when the server is away for a while', async () => {
  let requests = 0;
  const seen = await watch((response, request, nth) => {
    if (requests++ < 4) return response.destroy();
    return scripted()(response, request, nth);
  });
  await when(seen, 'replaced a');
});

test.each([403, 404])('ends when refused with %s', async (code) => {
  const seen = await watch((response) => refuse(response, code));
  await when(seen, `refused ${code}`);
  expect(api.requests).toHaveLength(1);
});

test('an abort closes the connection, and nothing is told afterwards', async () => {
  let open: ServerResponse | undefined;
  const seen = await watch(
    scripted((response) => {
      open = response;
      send(response, 'ADDED', pod('b', '11'));
    }),
  );
  await when(seen, 'changed b');
  const closed = once(open as ServerResponse, 'close');
  cancel.abort();
  await closed;
  expect(api.requests).toHaveLength(2);
  expect(seen).toEqual(['replaced a', 'changed b']);
});

test('an open watch does not keep the process alive', async () => {
  await watch(scripted());
  const source = path.resolve(import.meta.dirname, '../../../src/adapters/cluster.ts');
  const program = `
    import { createCluster } from ${JSON.stringify(source)};
    const [kubeconfig] = process.argv.slice(1);
    await new Promise((resolve) => {
      const nothing = () => {};
      const listener = { replaced: resolve, changed: nothing, deleted: nothing, refused: nothing };
      createCluster(kubeconfig).watch(${JSON.stringify(pods)}, listener, new AbortController().signal);
    });
    console.log('done');`;
  const args = ['--input-type=module', '--eval', program, api.kubeconfig];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  expect(await once(child, 'exit')).toEqual([0, null]);
});
