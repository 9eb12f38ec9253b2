import { request } from 'node:https';

/** Whom to ask, by an address and a name that need not belong together. */
export interface HeadersTarget {
  readonly host: string;
  readonly port: number;
  /** For SNI and `Host`; empty: neither names anything but the address. */
  readonly serverName: string;
  /** Milliseconds for everything. Default: 10 000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ResponseHeaders {
  readonly status: number;
  /** Values by the header's name in small letters, each as often as it was sent. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** Asks for `/` over TLS, verifying nothing, and reads no body. Undefined where no answer came. */
export function responseHeaders(target: HeadersTarget): Promise<ResponseHeaders | undefined> {
  const { host, port, serverName, timeout = 10_000 } = target;
  const limit = AbortSignal.timeout(timeout);
  const signal = target.signal === undefined ? limit : AbortSignal.any([target.signal, limit]);
  return new Promise((resolve) => {
    const asked = request(
      {
        host,
        port,
        servername: serverName,
        rejectUnauthorized: false,
        agent: false,
        signal,
        ...(serverName === '' ? {} : { headers: { host: port === 443 ? serverName : `${serverName}:${port}` } }),
      },
      (response) => {
        const values = new Map<string, string[]>();
        const { rawHeaders, statusCode = 0 } = response;
        for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
          const name = rawHeaders[at]?.toLowerCase() ?? '';
          values.set(name, [...(values.get(name) ?? []), rawHeaders[at + 1] ?? '']);
        }
        response.destroy();
        resolve({ status: statusCode, values });
      },
    );
    asked.once('error', () => resolve(undefined));
    asked.end();
  });
}
