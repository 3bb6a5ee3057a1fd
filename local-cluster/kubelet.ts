/**
 * The one thing of a kubelet that kwok leaves out and deployments need: container logs that fit the Pod's scenario.
 * The nodes name this server as their kubelet, so the API server's log requests end here.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from './api.ts';
import { type Instance, type Line, type Pod, type Run, readRun } from './container-logs.ts';
import type { Connection } from './kubeconfig.ts';

const glance = 250;

export interface Kubelet {
  readonly port: number;
  close(): void;
}

/** @param connection how to ask for Pods; called only when a log is asked for */
export async function startKubelet(
  certificates: string,
  connection: () => Connection,
): Promise<Kubelet> {
  const [key, cert] = await Promise.all(
    ['serving.key', 'serving.crt'].map((name) => readFile(path.join(certificates, name))),
  );
  const server = createServer({ key, cert }, (request, response) => {
    const url = new URL(request.url ?? '/', 'https://kubelet');
    answer(url, connection(), response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(400);
      response.end((error as Error).message);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(url: URL, connection: Connection, response: ServerResponse): Promise<void> {
  const [, action, namespace, name, container = ''] = url.pathname.split('/');
  if (action !== 'containerLogs') throw new Error(`the local cluster has logs, but no ${action}`);
  const instance: Instance = url.searchParams.get('previous') === 'true' ? 'previous' : 'current';
  const read = async () => {
    const { status, body } = await call(connection, `/api/v1/namespaces/${namespace}/pods/${name}`);
    if (status !== 200) throw new Error(`pod "${name}" does not exist`);
    return readRun(body as Pod, container, instance);
  };

  const run = await read();
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.write(format(choose(run.lines, url.searchParams), url.searchParams));
  if (url.searchParams.get('follow') === 'true')
    await follow(run, read, (lines) => {
      response.write(format(lines, url.searchParams));
      return !response.closed;
    });
  response.end();
}

/** Passes on what comes, until the run has ended or nobody listens any more. */
async function follow(
  first: Run,
  read: () => Promise<Run>,
  pass: (lines: readonly Line[]) => boolean,
): Promise<void> {
  let run = first;
  while (!run.ended) {
    await sleep(glance);
    const next = await read().catch(() => undefined); // the Pod is gone
    if (next?.number !== run.number || !pass(next.lines.slice(run.lines.length))) return;
    run = next;
  }
}

/** https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#get-read-log-of-the-specified-pod */
function choose(lines: readonly Line[], options: URLSearchParams): readonly Line[] {
  const seconds = options.get('sinceSeconds');
  const since = seconds
    ? Date.now() - Number(seconds) * 1000
    : Date.parse(options.get('sinceTime') ?? '1970-01-01');
  const tail = Number(options.get('tailLines') ?? lines.length);
  const recent = lines.filter(({ time }) => time >= since);
  return recent.slice(Math.max(0, recent.length - tail));
}

function format(lines: readonly Line[], options: URLSearchParams): Buffer {
  const stamped = options.get('timestamps') === 'true';
  const text = lines.map(({ time, text }) => (stamped ? `${nano(time)} ${text}\n` : `${text}\n`));
  const limit = options.get('limitBytes');
  return Buffer.from(text.join('')).subarray(0, limit ? Number(limit) : undefined);
}

/** A time as container runtimes write it, with nanoseconds. */
function nano(time: number): string {
  return new Date(time).toISOString().replace('Z', '000000Z');
}
