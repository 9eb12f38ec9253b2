import http from 'node:http';
import https from 'node:https';
import { type ProxyEnvironment, proxyAgent, proxyFor } from './proxy.ts';

/** One HTTP exchange. Nothing is followed, retried or decoded unless asked for. */
export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole exchange, redirects included. Default: 30 000. */
  readonly timeout?: number;
  /** Bytes of the answer's body; a longer one is an error. Default: 1 MiB. */
  readonly maxBytes?: number;
  /** Redirects that may be followed for GET and HEAD. Default: 0, and the redirect itself is the answer. */
  readonly redirects?: number;
}

export interface HttpResponse {
  /** URL that answered, after redirects. */
  readonly url: string;
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export type NetworkErrorCode = 'unreachable' | 'timeout' | 'aborted' | 'untrusted' | 'too-large' | 'redirect' | 'cut';

/** Why there is no answer. The message names the URL and is a whole sentence. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: NetworkErrorCode;
  readonly url: string;

  constructor(code: NetworkErrorCode, url: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.url = url;
  }
}

export interface HttpClient {
  /** @throws NetworkError where no complete answer came */
  request(request: HttpRequest): Promise<HttpResponse>;
  close(): void;
}

export interface HttpClientOptions {
  /** PEM of further trusted roots, for this client alone; the usual ones stay trusted only where `ca` is left out. */
  readonly ca?: string | undefined;
  readonly userAgent?: string;
  /** Connections are kept for the next request. Default: true. */
  readonly keepAlive?: boolean;
  /** Addresses of one family only. */
  readonly family?: 4 | 6;
  /** False: any certificate will do, as for the CAs that look at a challenge behind a redirect. Default: true. */
  readonly verify?: boolean;
  /** Variables such as HTTPS_PROXY and NO_PROXY; left out: every way is direct. Only https goes through a proxy. */
  readonly env?: ProxyEnvironment | undefined;
}

/** Opens nothing yet. Until `close` its connections are kept for further requests. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const keepAlive = options.keepAlive ?? true;
  const secure = { keepAlive, ...(options.ca === undefined ? {} : { ca: options.ca }) };
  const proxied = new Map<string, https.Agent>();
  const agents: Agents = {
    http: new http.Agent({ keepAlive }),
    https: new https.Agent(secure),
    through(proxy) {
      const agent = proxied.get(proxy.href) ?? proxyAgent(proxy, secure);
      proxied.set(proxy.href, agent);
      return agent;
    },
  };
  return {
    async request(request) {
      const deadline = Date.now() + (request.timeout ?? 30_000);
      let current = request;
      for (let followed = 0; ; followed++) {
        const response = await exchangeWithRetry(current, deadline, agents, options);
        const location = response.headers.location;
        const moved = [301, 302, 303, 307, 308].includes(response.status) && location !== undefined;
        const allowed = request.redirects ?? 0;
        if (!moved || allowed === 0 || request.method === 'POST') return response;
        if (followed >= allowed) {
          throw new NetworkError('redirect', request.url, `${request.url} redirects more than ${allowed} times.`);
        }
        current = { ...current, url: redirectTarget(response.url, location) };
      }
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
      for (const agent of proxied.values()) agent.destroy();
    },
  };
}

interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
  through(proxy: URL): https.Agent;
}

/** A kept connection may have been closed by the server while the request was on its way: that one try is repeated. */
async function exchangeWithRetry(request: HttpRequest, deadline: number, agents: Agents, options: HttpClientOptions) {
  const state = { reused: false };
  try {
    return await exchange(request, deadline, agents, options, state);
  } catch (error) {
    if (!state.reused || !(error instanceof NetworkError) || error.code !== 'cut') throw error;
    return await exchange(request, deadline, agents, options, state);
  }
}

function exchange(
  request: HttpRequest,
  deadline: number,
  agents: Agents,
  options: HttpClientOptions,
  state: { reused: boolean },
): Promise<HttpResponse> {
  const { url, signal } = request;
  const maxBytes = request.maxBytes ?? 1 << 20;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(aborted(url));
    let settled = false;
    const settle = (action: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      action();
    };
    const fail = (error: NetworkError): void =>
      settle(() => {
        reject(error);
        outgoing?.destroy();
      });
    const onAbort = (): void => fail(aborted(url));
    const seconds = Math.round((request.timeout ?? 30_000) / 1000);
    const timer = setTimeout(
      () => fail(new NetworkError('timeout', url, `${url} did not answer within ${seconds} seconds.`)),
      Math.max(0, deadline - Date.now()),
    );
    signal?.addEventListener('abort', onAbort, { once: true });
    let outgoing: http.ClientRequest | undefined;
    try {
      outgoing = start(request, agents, options);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail(new NetworkError('unreachable', url, `${url} cannot be asked for: ${reason}.`));
    }
    outgoing.on('error', (error) => {
      state.reused = outgoing?.reusedSocket ?? false;
      fail(describe(url, error));
    });
    outgoing.on('response', (incoming) => {
      const parts: Buffer[] = [];
      let size = 0;
      incoming.on('data', (part: Buffer) => {
        size += part.length;
        if (size > maxBytes) {
          fail(
            new NetworkError(
              'too-large',
              url,
              `${url} answered with more than ${maxBytes} bytes; the rest was refused.`,
            ),
          );
        } else parts.push(part);
      });
      incoming.on('error', (error) => fail(describe(url, error)));
      incoming.on('close', () => {
        if (!incoming.complete)
          fail(new NetworkError('cut', url, `${url} closed the connection in the middle of its answer.`));
      });
      incoming.on('end', () => {
        if (!incoming.complete) return;
        const { statusCode: status = 0, headers } = incoming;
        settle(() => resolve({ url, status, headers, body: Buffer.concat(parts) }));
      });
    });
    outgoing.end(request.body);
  });
}

function start(request: HttpRequest, agents: Agents, options: HttpClientOptions): http.ClientRequest {
  const url = new URL(request.url);
  const common = {
    ...(options.family === undefined ? {} : { family: options.family }),
    method: request.method ?? 'GET',
    headers: {
      'user-agent': options.userAgent ?? 'tls-workbench',
      ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
      ...request.headers,
    },
  };
  if (url.protocol === 'http:') return http.request(url, { ...common, agent: agents.http });
  if (url.protocol !== 'https:') throw new Error(`${url.protocol} is neither http nor https`);
  const proxy = proxyFor(url, options.env ?? {});
  // The roots stand in the request too: an editor's proxy support may replace the agent.
  return https.request(url, {
    ...common,
    agent: proxy === undefined ? agents.https : agents.through(proxy),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    ...(options.verify === false ? { rejectUnauthorized: false } : {}),
  });
}

function redirectTarget(from: string, location: string): string {
  try {
    return new URL(location, from).href;
  } catch {
    throw new NetworkError('redirect', from, `${from} redirects to ${JSON.stringify(location)}, which is no URL.`);
  }
}

function aborted(url: string): NetworkError {
  return new NetworkError('aborted', url, `The request to ${url} was cancelled.`);
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'its name does not resolve',
  EAI_AGAIN: 'its name could not be resolved now',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no network',
  ETIMEDOUT: 'connection timed out',
};

function describe(url: string, error: Error): NetworkError {
  const code = codeOf(error);
  if (code === 'ECONNRESET' || code === 'EPIPE' || code?.startsWith('HPE_')) {
    return new NetworkError('cut', url, `${url} closed the connection without a whole answer.`, { cause: error });
  }
  const reason = whyUnreachable(error);
  if (reason !== undefined) {
    return new NetworkError('unreachable', url, `${url} cannot be reached: ${reason}.`, { cause: error });
  }
  if (code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) {
    const message = `${url} presents a certificate that is not trusted here (${error.message}).`;
    return new NetworkError('untrusted', url, message, { cause: error });
  }
  return new NetworkError('unreachable', url, `${url} cannot be reached: ${error.message || String(code)}.`, {
    cause: error,
  });
}

/** Why no connection came about, as a clause; undefined where that is not known. */
export function whyUnreachable(error: unknown): string | undefined {
  const code = error instanceof Error ? codeOf(error) : undefined;
  return code === undefined ? undefined : reasons[code];
}

/** Where several addresses were tried, each with its own error, the first one speaks. */
function codeOf(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return codeOf(error.errors[0]);
  return undefined;
}
