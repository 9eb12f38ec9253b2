import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

/** Variables of a process, as in `process.env`. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

const connectTimeout = 10_000;

/**
 * The proxy for an https URL by the variables that curl and others read: HTTPS_PROXY or ALL_PROXY, also in lower case,
 * unless NO_PROXY names the host. A proxy without a scheme is an http one, as in curl. Undefined: the way is direct.
 * @throws Error where the variable holds no URL of a proxy that is known here
 */
export function proxyFor(url: URL, env: ProxyEnvironment): URL | undefined {
  const read = (name: string): string => env[name.toLowerCase()] ?? env[name] ?? '';
  const value = read('HTTPS_PROXY') || read('ALL_PROXY');
  if (value === '' || isExempt(url, read('NO_PROXY'))) return undefined;
  const text = value.includes('://') ? value : `http://${value}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (proxy?.protocol === 'http:' || proxy?.protocol === 'https:') return proxy;
  throw new Error('the proxy in HTTPS_PROXY is neither an http nor an https URL');
}

/** What an editor's settings say of proxies, as VS Code calls them below `http.`. */
export interface ProxySettings {
  /** `off`: settings and system are left out. */
  readonly proxySupport?: string | undefined;
  readonly proxy?: string | undefined;
  readonly noProxy?: readonly string[] | undefined;
  /** Value of `Proxy-Authorization`. */
  readonly proxyAuthorization?: string | null | undefined;
}

/** The variables with an editor's settings in the place of those that they override, as VS Code has it for extensions. */
export function withProxySettings(env: ProxyEnvironment, settings: ProxySettings): ProxyEnvironment {
  const { proxySupport, proxy = '', noProxy = [], proxyAuthorization } = settings;
  if (proxySupport === 'off') return env;
  const named = proxy.trim();
  return {
    ...env,
    ...(named === '' ? {} : { https_proxy: withCredentials(named, proxyAuthorization ?? '') }),
    ...(noProxy.length === 0 ? {} : { no_proxy: noProxy.join(',') }),
  };
}

/** Credentials of the `Basic` scheme (RFC 7617) as a URL has them; other schemes need more than one header. */
function withCredentials(proxy: string, authorization: string): string {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization.trim())?.[1];
  const text = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (encoded === undefined || !URL.canParse(text)) return text;
  const url = new URL(text);
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password.join(':'));
  return url.href;
}

/** Entries are `*`, names with all names below them, addresses and networks such as `10.0.0.0/8`; each may have a port. */
function isExempt(url: URL, noProxy: string): boolean {
  const host = bare(url.hostname);
  const port = url.port || '443';
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      const [, name = '', only] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (name === '' || (only !== undefined && only !== port)) return false;
      if (name === '*') return true;
      const suffix = bare(name).replace(/^\*?\./, '');
      return host === suffix || host.endsWith(`.${suffix}`) || isInNetwork(host, suffix);
    });
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', bits = ''] = network.split('/');
  const family = isIP(address);
  if (family === 0 || family !== isIP(host) || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128))
    return false;
  const name = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(address, Number(bits), name);
  return list.check(host, name);
}

/** An agent whose connections go through the proxy by CONNECT (RFC 9110 section 9.3.6); TLS is spoken with the target. */
export function proxyAgent(proxy: URL, options: https.AgentOptions): https.Agent {
  return Object.assign(new https.Agent(options), {
    createConnection(target: tls.ConnectionOptions, done: (error: Error | null, socket?: Duplex) => void): void {
      openTunnel(proxy, `${target.host?.includes(':') ? `[${target.host}]` : target.host}:${target.port}`).then(
        (socket) => done(null, tls.connect({ ...target, socket })),
        done,
      );
    },
  });
}

/** A lone percent sign, as in a password that nobody encoded, stands for itself. */
function decoded(text: string): string {
  return decodeURIComponent(text.replace(/%(?![\da-f]{2})/gi, '%25'));
}

function openTunnel(proxy: URL, authority: string): Promise<Duplex> {
  const { username, password, protocol } = proxy;
  const credentials = Buffer.from(`${decoded(username)}:${decoded(password)}`);
  const authorization = username === '' ? {} : { 'proxy-authorization': `Basic ${credentials.toString('base64')}` };
  // Credentials are no part of any message.
  const shown = `the proxy ${protocol}//${proxy.host}`;
  return new Promise((resolve, reject) => {
    const request = (protocol === 'https:' ? https : http).request({
      host: bare(proxy.hostname),
      port: proxy.port || (protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...authorization },
      agent: false,
      timeout: connectTimeout,
    });
    request.once('connect', (answer, socket, head) => {
      if (answer.statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.destroy();
      const next = answer.statusCode === 407 ? 'write its user and password into HTTPS_PROXY' : 'check HTTPS_PROXY';
      reject(new Error(`${shown} answered with HTTP status ${answer.statusCode}; ${next}, or NO_PROXY for no proxy`));
    });
    request.once('timeout', () => request.destroy(new Error('no answer')));
    request.once('error', (error) =>
      reject(new Error(`${shown} of HTTPS_PROXY does not work (${error.message})`, { cause: error })),
    );
    request.end();
  });
}
