import type { HttpResponse } from '../../network/http.ts';
import type { AcmeClientOptions } from './options.ts';
import { AcmeProblem, isRecord, parseRetryAfter, problemFromResponse } from './problem.ts';

/** What the CA offers (RFC 8555 section 7.1.1), every URL checked. */
export interface Directory {
  readonly newNonce: string;
  readonly newAccount: string;
  readonly newOrder: string;
  readonly revokeCert: string | undefined;
  readonly keyChange: string | undefined;
  /** RFC 9773. */
  readonly renewalInfo: string | undefined;
  readonly termsOfService: string | undefined;
  readonly externalAccountRequired: boolean;
  /** Names that CAA records may allow this CA by. */
  readonly caaIdentities: readonly string[];
  /** Profile name → what the CA says of it (draft-ietf-acme-profiles). */
  readonly profiles: ReadonlyMap<string, string>;
}

export interface AcmeResponse {
  readonly url: string;
  readonly status: number;
  /** The body as JSON; undefined where it is none. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly location: string | undefined;
  /** URLs of `Link` headers with `rel="alternate"` or `rel="next"`. */
  readonly links: { readonly alternate: readonly string[]; readonly next: string | undefined };
  readonly retryAt: Date | undefined;
}

/** An answer in the form that the rest works with. @throws AcmeProblem where it is an error, a redirect or no ACME at all */
export function readAnswer(
  response: HttpResponse,
  what: string,
  origin: URL,
  options: AcmeClientOptions,
): AcmeResponse {
  const parsed = parse(response);
  const retryAt = parseRetryAfter(response.headers['retry-after'], options.now(), response.headers.date);
  if (response.status >= 300) {
    if (response.status < 400) throw redirected(options, response);
    const [body, next] = parsed.isJson
      ? [parsed.json, undefined]
      : [{ detail: unexpectedBody(response) }, otherwiseStep(response.status)];
    throw problemFromResponse(what, response.status, body, retryAt, next);
  }
  const { location } = response.headers;
  return {
    url: response.url,
    status: response.status,
    json: parsed.json,
    text: response.body.toString('utf8'),
    location: location === undefined ? undefined : checkedUrl(location, origin, options, response.url),
    links: linksOf(response, origin, options),
    retryAt,
  };
}

interface Parsed {
  readonly isJson: boolean;
  readonly json: Readonly<Record<string, unknown>>;
}

function parse(response: HttpResponse): Parsed {
  try {
    const json: unknown = JSON.parse(response.body.toString('utf8'));
    return isRecord(json) ? { isJson: true, json } : { isJson: false, json: {} };
  } catch {
    return { isJson: false, json: {} };
  }
}

function unexpectedBody(response: HttpResponse): string {
  const type = response.headers['content-type'] ?? 'no content type';
  return `${response.url} answered with HTTP status ${response.status} and ${type} instead of an ACME answer`;
}

/** Where no ACME server has answered, as its answers are JSON. */
function otherwiseStep(status: number): string {
  if (status >= 500 || status === 429) return 'Run it again later.';
  const isRefusal = status === 401 || status === 403 || status === 407;
  const proxy = 'A proxy or a firewall on the way may have refused: ask who runs it, or check';
  return `${isRefusal ? proxy : 'Check'} the directory URL of the issuer.`;
}

function redirected(options: AcmeClientOptions, response: HttpResponse): AcmeProblem {
  const to = response.headers.location ?? 'nowhere';
  return new AcmeProblem(
    'hostile-answer',
    `${options.issuer} redirects ${response.url} to ${to.slice(0, 200)}. ACME requests are not redirected; use the final URL as the issuer's directory if it is right.`,
    { status: response.status },
  );
}

/** @throws AcmeProblem where the directory is neither https nor on this machine */
export function originOf(directoryUrl: string, options: AcmeClientOptions): URL {
  const url = URL.canParse(directoryUrl) ? new URL(directoryUrl) : undefined;
  const isLocal = url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return url;
  throw new AcmeProblem(
    'bad-directory',
    `Issuer ${options.issuer}: ${directoryUrl} is no https URL. Correct its directory in the plan.`,
  );
}

/**
 * A CA that names URLs on other hosts could make us call anything: it must be allowed to in the plan.
 * @param base what a relative one counts from
 */
export function checkedUrl(url: unknown, origin: URL, options: AcmeClientOptions, base = origin.href): string {
  const parsed = typeof url === 'string' && URL.canParse(url, base) ? new URL(url, base) : undefined;
  const allowed = parsed !== undefined && (parsed.host === origin.host || (options.hosts ?? []).includes(parsed.host));
  if (allowed && parsed.protocol === origin.protocol) return parsed.href;
  const shown = String(url).slice(0, 200);
  throw new AcmeProblem(
    'hostile-answer',
    `${options.issuer} (${origin.host}) sends us to ${shown}. Requests stay on the directory's host; if that is right, add the other host to the issuer's "hosts" in the plan.`,
  );
}

/**
 * The addresses that a CA names (RFC 8555 section 7.1.1).
 * @throws AcmeProblem where one is missing, or on a host that is not the CA's
 */
export function readDirectory(response: AcmeResponse, origin: URL, options: AcmeClientOptions): Directory {
  const { json } = response;
  const required = (name: string): string => {
    if (json[name] !== undefined) return checkedUrl(json[name], origin, options);
    throw new AcmeProblem(
      'unexpected-answer',
      `${response.url} is no ACME directory: it has no "${name}". Correct the directory of issuer ${options.issuer}.`,
    );
  };
  const optional = (name: string): string | undefined =>
    json[name] === undefined ? undefined : checkedUrl(json[name], origin, options);
  const meta = isRecord(json['meta']) ? json['meta'] : {};
  const terms = meta['termsOfService'];
  const profiles = isRecord(meta['profiles']) ? Object.entries(meta['profiles']) : [];
  return {
    newNonce: required('newNonce'),
    newAccount: required('newAccount'),
    newOrder: required('newOrder'),
    revokeCert: optional('revokeCert'),
    keyChange: optional('keyChange'),
    renewalInfo: optional('renewalInfo'),
    termsOfService: typeof terms === 'string' ? terms : undefined,
    externalAccountRequired: meta['externalAccountRequired'] === true,
    caaIdentities: Array.isArray(meta['caaIdentities']) ? meta['caaIdentities'].map(String) : [],
    profiles: new Map(profiles.map(([name, about]) => [name, String(about)])),
  };
}

function linksOf(response: HttpResponse, origin: URL, options: AcmeClientOptions): AcmeResponse['links'] {
  const header = response.headers['link'] ?? '';
  const text = Array.isArray(header) ? header.join(', ') : header;
  const found = [...text.matchAll(/<([^>]{1,2000})>\s*;[^,<]*?rel="?([a-z]+)"?/gi)].slice(0, 20);
  const urls = (relation: string) =>
    found.filter(([, , rel]) => rel === relation).map(([, url]) => checkedUrl(url, origin, options, response.url));
  return { alternate: urls('alternate'), next: urls('next')[0] };
}
