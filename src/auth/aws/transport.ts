import type { Readable } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AuthWorld } from '../access.ts';
import { readWhole, toTimeout } from '../https.ts';
import { createProxyAgent, toProxyRefusal } from '../proxy-agent.ts';

/** No service answered; holds nothing of the request, whatever the SDK makes of it. */
export class Silence extends Error {
  /** Of Node. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Silence';
    this.code = code;
  }
}

/** How every client of AWS here reaches its service. */
export interface Aws {
  readonly world: AuthWorld;
  readonly region: string;
  /** For each client. The retries are ours (`callAws`), because AWS's own are not told in the log. */
  readonly client: {
    readonly region: string;
    readonly maxAttempts: 1;
    readonly requestHandler: NodeHttpHandler;
  };
  /** Milliseconds by which AWS's clock was ahead of ours in its last answer; 0 before the first. */
  skew(): number;
}

/** Milliseconds. AWS is near, or there is no way to it. */
const CONNECTION_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 15_000;

/**
 * Goes by the environment's proxy. The SDK itself reads `AWS_ENDPOINT_URL_…`, `AWS_USE_FIPS_ENDPOINT` and
 * `AWS_USE_DUALSTACK_ENDPOINT` of the process.
 */
export function createAws(region: string, world: AuthWorld): Aws {
  const agent = createProxyAgent(world.environment);
  const handler = new NodeHttpHandler({
    httpAgent: agent,
    httpsAgent: agent,
    connectionTimeout: CONNECTION_TIMEOUT,
    requestTimeout: REQUEST_TIMEOUT,
    throwOnRequestTimeout: true,
  });
  let skew = 0;
  const handle = handler.handle.bind(handler);
  handler.handle = async (request, options) => {
    try {
      const { response } = await handle(request, options);
      const told = Date.parse(response.headers['date'] ?? '');
      if (!Number.isNaN(told)) skew = told - world.clock.now().getTime();
      response.body = await readInTime(response.body);
      return { response };
    } catch (error) {
      throw toProxyRefusal(error) ?? toSilence(error);
    }
  };
  return {
    world,
    region,
    client: { region, maxAttempts: 1, requestHandler: handler },
    skew: () => skew,
  };
}

/** The SDK's own limit of time ends with the head of an answer. */
async function readInTime(body: Readable): Promise<Buffer> {
  const timer = setTimeout(() => body.destroy(toTimeout(REQUEST_TIMEOUT)), REQUEST_TIMEOUT);
  try {
    return await readWhole(body);
  } finally {
    clearTimeout(timer);
  }
}

function toSilence(error: unknown): Silence {
  const { name, code = '', message } = error as NodeJS.ErrnoException;
  const told = message.replace(/\/\/[^\s/@]*@/g, '//'); // The login of a proxy.
  // The SDK calls a connection that was reset a timeout as well.
  return new Silence(code || (name === 'TimeoutError' ? 'ETIMEDOUT' : ''), told);
}
