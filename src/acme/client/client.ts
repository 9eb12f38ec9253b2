import { createHash, createPrivateKey } from 'node:crypto';
import { createHttpClient, type HttpClient, type HttpResponse, NetworkError } from '../../network/http.ts';
import type { ProxyEnvironment } from '../../network/proxy.ts';
import { timeText } from '../time-text.ts';
import { type AcmeResponse, checkedUrl, type Directory, originOf, readAnswer, readDirectory } from './answers.ts';
import type { AcmeClientOptions } from './options.ts';
import { AcmeProblem, cancelled, isAcmeError } from './problem.ts';
import { pause } from './wait.ts';

/** Requests to one CA with one account key: signed, with nonces reused, refused nonces retried, errors typed. */
export interface AcmeClient {
  readonly options: AcmeClientOptions;
  accountUrl: string | undefined;
  directory(): Promise<Directory>;
  /** Begins to get what the first signed request needs; its failure is told by that request. */
  prepare(): void;
  /** POST-as-GET where `payload` is null. @throws AcmeProblem */
  post(
    url: string,
    payload: unknown,
    how?: { readonly useKey?: boolean; readonly maxBytes?: number },
  ): Promise<AcmeResponse>;
  /** Unauthenticated GET, as ARI wants it. @throws AcmeProblem */
  get(url: string): Promise<AcmeResponse>;
  /** JWS of `payload` by this client's key without a nonce: the inner part of a key change. */
  sign(url: string, payload: unknown): Promise<object>;
  publicJwk(): Promise<Readonly<Record<string, string>>>;
  /** `token.thumbprint` (RFC 8555 section 8.1). @throws AcmeProblem where the token is not base64url */
  keyAuthorization(token: string): Promise<string>;
  close(): void;
}

const requestTimeout = 30_000;
const nonceDeadline = 60_000;
/** So many refused nonces in a row are replaced at once. */
const promptNonces = 20;
/** A wait that the CA asks for is kept up to this; a longer one is shown to the user as `retryAt`. */
const longestWait = 10_000;

/** What requests to one CA by one key have in common, and may be kept from one run to the next in a process. */
export interface AcmeConnection {
  readonly http: HttpClient;
  readonly nonces: string[];
  directory: Promise<Directory> | undefined;
  signer: Promise<Signer> | undefined;
}

/** @param env names the proxy, where there is one */
export function createConnection(ca: string | undefined, env?: ProxyEnvironment): AcmeConnection {
  const http = createHttpClient({ ca, env, userAgent: 'tls-workbench (ACME)' });
  return { http, nonces: [], directory: undefined, signer: undefined };
}

/** @param connection of an earlier client for the same CA and key, whose nonces and directory are taken over */
export function createAcmeClient(options: AcmeClientOptions, connection = createConnection(options.ca)): AcmeClient {
  const { http, nonces } = connection;
  const origin = originOf(options.directoryUrl, options);
  let prefetched: Promise<string> | undefined;
  const key = (): Promise<Signer> => {
    connection.signer ??= createSigner(options.directoryUrl, options.accountKey);
    return connection.signer;
  };

  const exchange = async (method: 'GET' | 'HEAD' | 'POST', url: string, body?: string, maxBytes?: number) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await http.request({
          url,
          method,
          timeout: requestTimeout,
          signal: options.signal,
          ...(maxBytes === undefined ? {} : { maxBytes }),
          ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/jose+json' } }),
        });
        const nonce = response.headers['replay-nonce'];
        if (typeof nonce === 'string' && /^[\w-]{1,512}$/.test(nonce)) nonces.push(nonce);
        return response;
      } catch (error) {
        // A signed request may not be repeated as it is: its nonce may be spent.
        if (method !== 'POST' && error instanceof NetworkError && error.code === 'cut' && attempt < 3) continue;
        throw networkProblem(options, error);
      }
    }
  };

  const read = (response: HttpResponse, what: string): AcmeResponse => readAnswer(response, what, origin, options);

  const client: AcmeClient = {
    options,
    accountUrl: options.accountUrl,

    directory() {
      connection.directory ??= (async () => {
        const url = options.directoryUrl;
        const response = await ask('GET', url, `Directory of ${options.issuer} (${url})`);
        return readDirectory(response, origin, options);
      })().catch((error: unknown) => {
        connection.directory = undefined;
        throw error;
      });
      return connection.directory;
    },

    prepare() {
      if (nonces.length > 0) return;
      prefetched ??= freshNonce();
      prefetched.catch(() => undefined);
      key().catch(() => undefined);
    },

    async post(named, payload, how = {}) {
      const checked = checkedUrl(named, origin, options);
      // A CA looks for a URL as it gave it.
      const url = URL.canParse(named) ? named : checked;
      const started = Date.now();
      let cuts = 0;
      let busy = 0;
      let stale = 0;
      for (;;) {
        const [nonce, signer] = await Promise.all([takeNonce(), key()]);
        const kid = how.useKey ? undefined : client.accountUrl;
        const body = JSON.stringify(signer.sign(url, payload, { nonce, ...(kid === undefined ? {} : { kid }) }));
        try {
          return read(await exchange('POST', url, body, how.maxBytes), options.issuer);
        } catch (error) {
          if (isAcmeError(error, 'badNonce') && Date.now() - started < nonceDeadline) {
            // Every nonce of that age may be refused: only the one that came with the refusal is kept.
            nonces.splice(0, Math.max(0, nonces.length - 1));
            // A CA whose servers do not know each other's nonces takes one of the next; one that takes none is spared.
            if (++stale > promptNonces) await pause(Math.min(50 * 2 ** (stale - promptNonces), 5000), options.signal);
            continue;
          }
          if (error instanceof AcmeProblem && error.type === 'connection-cut' && ++cuts < 3) continue;
          if (await shortWait(error, ++busy)) continue;
          throw error;
        }
      }
    },

    async get(url) {
      checkedUrl(url, origin, options);
      return read(await exchange('GET', url), options.issuer);
    },

    sign: async (url, payload) => (await key()).sign(url, payload, {}),
    publicJwk: async () => (await key()).jwk,
    async keyAuthorization(token) {
      return `${checkedToken(token)}.${(await key()).thumbprint}`;
    },
    close: () => http.close(),
  };

  async function takeNonce(): Promise<string> {
    const fetching = prefetched;
    prefetched = undefined;
    return nonces.pop() ?? (await (fetching ?? freshNonce()));
  }

  async function freshNonce(): Promise<string> {
    const { newNonce } = await client.directory();
    const left = nonces.pop();
    if (left !== undefined) return left;
    await ask('HEAD', newNonce, options.issuer);
    const nonce = nonces.pop();
    if (nonce !== undefined) return nonce;
    throw new AcmeProblem(
      'unexpected-answer',
      `${options.issuer} gives no nonce at ${newNonce}: this is no working ACME server. Correct the directory of the issuer in the plan.`,
    );
  }

  /** An unsigned request, for which a CA that is busy for a moment is waited for as well. */
  async function ask(method: 'GET' | 'HEAD', url: string, what: string): Promise<AcmeResponse> {
    for (let busy = 1; ; busy++) {
      try {
        return read(await exchange(method, url), what);
      } catch (error) {
        if (!(await shortWait(error, busy))) throw error;
      }
    }
  }

  /** True where the CA was overloaded and named a time that is near, which has passed now. */
  async function shortWait(error: unknown, attempt: number): Promise<boolean> {
    if (!(error instanceof AcmeProblem) || error.status !== 503 || attempt > 3) return false;
    const now = options.now().getTime();
    const until = new Date(Math.max(error.retryAt?.getTime() ?? now, now + 500 * attempt));
    if (until.getTime() - now > longestWait) return false;
    options.onWait?.(until, `${options.issuer} is busy`);
    await pause(until.getTime() - now, options.signal);
    return true;
  }

  return client;
}

/** RFC 8555 section 8.1: base64url, so that it can never be a path. */
export function checkedToken(token: string): string {
  if (/^[A-Za-z0-9_-]{16,256}$/.test(token)) return token;
  const shown = JSON.stringify(token.slice(0, 60));
  throw new AcmeProblem(
    'hostile-answer',
    `The CA sent the challenge token ${shown}, which is not base64url. Nothing was written; do not use this CA.`,
  );
}

interface Signer {
  readonly jwk: Readonly<Record<string, string>>;
  readonly thumbprint: string;
  sign(url: string, payload: unknown, header: { nonce?: string; kid?: string }): object;
}

/** acme-client is loaded with the first signature; `reflect-metadata` must be there before its certificate library. */
async function loadSigning() {
  await import('reflect-metadata');
  return (await import('acme-client/src/http.js')).default;
}

/** What makes signing requests is bigger, and only needed while the CA is at work. */
async function loadRequests() {
  await import('reflect-metadata');
  return (await import('acme-client/src/crypto/index.js')).default;
}

async function createSigner(directoryUrl: string, accountKey: string): Promise<Signer> {
  const HttpClient = await loadSigning();
  const library = new HttpClient(directoryUrl, Buffer.from(accountKey));
  const jwk = library.getJwk();
  // Else OpenSSL reads the PEM anew for each signature, which takes five times as long as signing.
  library.accountKey = createPrivateKey(accountKey);
  return {
    jwk,
    thumbprint: createHash('sha256').update(JSON.stringify(jwk)).digest('base64url'),
    sign: (url, payload, header) => library.createSignedBody(url, payload, header),
  };
}

/** Names and addresses of a certificate signing request. @throws Error where it is none */
export async function readRequestNames(pem: string): Promise<readonly string[]> {
  const crypto = await loadRequests();
  const { commonName, altNames } = crypto.readCsrDomains(pem);
  return altNames.length === 0 && commonName !== null ? [commonName] : altNames;
}

function networkProblem(options: AcmeClientOptions, error: unknown): unknown {
  if (!(error instanceof NetworkError)) return error;
  if (error.code === 'aborted') return cancelled();
  const about = `Issuer ${options.issuer}: ${error.message}`;
  const say = (type: string, next: string) => new AcmeProblem(type, `${about} ${next}`, { cause: error });
  switch (error.code) {
    case 'untrusted':
      if (error.cause instanceof Error && 'code' in error.cause && isAboutTime(error.cause.code))
        return say('ca-untrusted', `This machine's clock says ${timeText(new Date())}: correct it, if that is wrong.`);
      return say('ca-untrusted', trustStep(options, error.cause));
    case 'too-large':
    case 'redirect':
      return say('hostile-answer', 'Check the directory URL of the issuer.');
    case 'cut':
      return say('connection-cut', 'Run it again; the order goes on where it stopped.');
    default:
      return say('ca-unreachable', 'Check the directory URL and the network, and run it again.');
  }
}

function trustStep(options: AcmeClientOptions, cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'Write the directory of the issuer with a name that the certificate has.';
  if (options.ca === undefined) return 'Name the CA\'s own root with "ca: FILE" in the issuer, if it is a private CA.';
  return 'The file that "ca" of the issuer names holds other roots: put the one of this server there.';
}

function isAboutTime(code: unknown): boolean {
  return code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED';
}
