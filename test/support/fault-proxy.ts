import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import type { Pebble } from './pebble.ts';
import { freePort } from './ports.ts';

/** What happens to one request. */
export type Fault =
  | 'pass'
  /** Never reaches the CA. */
  | 'cut'
  /** Reaches the CA, but its answer is lost. */
  | 'cut-after'
  /** Reaches the CA half a second later, when what it asks about has been decided. */
  | 'late'
  /** Is answered without end. */
  | 'endless'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string }
  /** The CA's answer comes otherwise than it was sent: its headers, as JSON, and its body. */
  | { readonly change: (text: string) => string };

export interface FaultProxy {
  /** The CA as seen through the proxy: the same, but for its directory. */
  readonly pebble: Pebble;
  /** `POST /order-plz` of every request since the last `reset`. */
  readonly requests: readonly string[];
  /** Decoded payloads of the signed requests, in the same order; undefined for others. */
  readonly payloads: readonly unknown[];
  /** Sets what happens from now on, and forgets the requests. @param choose gets the number of the request, from 1 */
  reset(choose: (number: number, request: string) => Fault): void;
  stop(): Promise<void>;
}

/** Stands between a client and Pebble. Pebble writes its URLs as the client's Host header says, so that all goes this way. */
export async function startFaultProxy(pebble: Pebble): Promise<FaultProxy> {
  const port = await freePort();
  const upstream = new URL(pebble.directory);
  const requests: string[] = [];
  const payloads: unknown[] = [];
  let choose: (number: number, request: string) => Fault = () => 'pass';
  const agent = new https.Agent({ keepAlive: true, ca: readFileSync(pebble.caFile) });
  const server = https.createServer(
    { key: readFileSync(join(pebble.folder, 'api.key')), cert: readFileSync(join(pebble.folder, 'api.pem')) },
    async (request, response) => {
      const name = `${request.method} ${request.url}`;
      requests.push(name);
      const body = await readAll(request);
      payloads.push(payloadOf(body));
      const fault = choose(requests.length, name);
      if (fault === 'cut') return void request.socket.destroy();
      if (fault === 'late') await new Promise((resolve) => setTimeout(resolve, 500));
      if (fault === 'endless') {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '.repeat(65_536)), 1);
        request.socket.once('close', () => clearInterval(timer));
        return;
      }
      if (typeof fault === 'object' && 'status' in fault) {
        response.writeHead(fault.status, fault.headers);
        return void response.end(fault.body);
      }
      const forwarded = https.request(
        {
          host: upstream.hostname,
          port: upstream.port,
          path: request.url,
          method: request.method,
          headers: request.headers,
          agent,
        },
        (answer) => {
          if (fault === 'cut-after') {
            answer.resume();
            answer.once('end', () => request.socket.destroy());
            return;
          }
          const status = answer.statusCode ?? 502;
          if (typeof fault === 'object') return void changed(answer, fault, status, response);
          response.writeHead(status, answer.headers);
          answer.pipe(response);
        },
      );
      forwarded.once('error', () => request.socket.destroy());
      forwarded.end(body);
    },
  );
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    pebble: { ...pebble, directory: `https://127.0.0.1:${port}/dir` },
    requests,
    payloads,
    reset(next) {
      requests.length = 0;
      payloads.length = 0;
      choose = next;
    },
    async stop() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function changed(
  answer: IncomingMessage,
  { change }: Extract<Fault, { change: unknown }>,
  status: number,
  response: ServerResponse,
): Promise<void> {
  const { 'content-length': _, ...headers } = answer.headers;
  const body = change(String(await readAll(answer)));
  response.writeHead(status, JSON.parse(change(JSON.stringify(headers))));
  response.end(body);
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

function payloadOf(body: Buffer): unknown {
  try {
    const { payload } = JSON.parse(body.toString());
    return payload === '' ? null : JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    return undefined;
  }
}
