import type { Fix } from '../../../text/finding.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import { askedHostOf } from '../../../tls/model/asked-host.ts';
import type { PathAnswer } from '../../../tls/model/server-model.ts';
import type { Project, TextReport } from '../../language.ts';
import { mainFile } from '../beside-main.ts';
import { isConditional } from '../conditions.ts';
import { effective } from '../effective.ts';
import { everywhere } from '../everywhere.ts';
import { answerOf, answerToStatus, answerWithPlace } from '../lower/answers/answer.ts';
import { errorPageOf } from '../lower/answers/error-pages.ts';
import { locationsOf } from '../lower/answers/locations.ts';
import { listensOf } from '../lower/listen.ts';
import { namesOf } from '../lower/site-names.ts';
import type { NginxFile } from '../parse/file.ts';
import type { Item, Scope } from '../scope.ts';
import { isWithin, locate } from '../scope.ts';
import { writeRedirectOverTls } from '../write/answers.ts';
import { ownership, replaceArguments } from '../write/place.ts';
import type { ScopeRule } from './rule.ts';

/**
 * `error_page` that leads a client to an address where it gets the same error. nginx answers 495, 496 and 497 before it looks at
 * the path (ngx_http_process_request), and puts pages in the place of its own redirects too.
 */
export const errorPageLoop: ScopeRule = {
  id: 'error-page-loop',
  title: 'An error page leads back to the address that was asked for',
  severity: 'warning',
  effect: 'connect',
  contexts: ['http'],
  check(scope, project) {
    const root = scope.owner?.outer ?? scope;
    const pages = everywhere(root, 'error_page').filter(
      (item) => isWithin(item.outer, scope) && item.args.some(({ value }) => telling.test(value)),
    );
    if (pages.length === 0) return [];
    const isOfAll = pages.some(({ outer }) => outer === scope);
    const found = new PlaceMap<TextReport>();
    const owners = ownersIn(scope);
    for (const { inner: server } of scope.find('server')) {
      if (!server || !(isOfAll || server.findFirst('error_page'))) continue;
      const site = siteOf(server, scope, project, owners);
      if (site.ports.length === 0) continue;
      for (const report of [...ofRefused(site), ...ofRedirects(site)]) {
        if (!found.has(report.location)) found.set(report.location, report);
      }
    }
    return [...found.values()];
  },
};

/** Statuses with which the rule deals. */
const telling = /^(?:49[567]|30[12378])$/;

interface Site {
  readonly server: Scope;
  readonly chain: readonly [Scope, Scope];
  readonly entry: string;
  /** The host that it is asked for. */
  readonly host: string;
  /** Whether a name, in small letters, is its own on a port. */
  isOwn(host: string, port: number): boolean;
  /** Those on which it speaks TLS. */
  readonly ports: readonly number[];
}

/** Stands for whichever host is asked for. */
const anyHost = 'name.invalid';

/** The one server that has a name on a port, by `name:port`; undefined for names that several have there, at other addresses or in vain. */
function ownersIn(scope: Scope): ReadonlyMap<string, Scope | undefined> {
  const owners = new Map<string, Scope | undefined>();
  for (const { inner: server } of scope.find('server')) {
    if (!server) continue;
    const ports = new Set(listensOf(server).map(({ port }) => port));
    for (const { kind, text } of namesOf(server)) {
      if (kind !== 'exact') continue;
      for (const port of ports) {
        const key = `${text.toLowerCase()}:${port}`;
        owners.set(key, !owners.has(key) || owners.get(key) === server ? server : undefined);
      }
    }
  }
  return owners;
}

function siteOf(
  server: Scope,
  scope: Scope,
  project: Project<NginxFile>,
  owners: ReadonlyMap<string, Scope | undefined>,
): Site {
  const host = askedHostOf(namesOf(server)) ?? anyHost;
  const ports = listensOf(server).flatMap((listen) =>
    listen.speaksTls && listen.transport === 'tcp' && listen.unknown === undefined && listen.port > 0
      ? listen.port
      : [],
  );
  return {
    server,
    chain: [server, scope],
    entry: mainFile(project),
    host,
    // Who asks for a name comes to the same server again, whoever else has it.
    isOwn: (name, port) => name === host || owners.get(`${name}:${port}`) === server,
    ports: [...new Set(ports)],
  };
}

type Scheme = 'http' | 'https';

/** What a client asks a site for; `$http_host` has the port where it is none that the scheme means. */
function asked({ host }: Site, scheme: Scheme, port: number, path: string) {
  const isUsual = port === usualPort(scheme);
  const assigned = new Map([['http_host', isUsual ? host : `${host}:${port}`]]);
  return { host, scheme, path, port: String(port), assigned };
}

function usualPort(scheme: Scheme): number {
  return scheme === 'https' ? 443 : 80;
}

/** True for a redirect to a site's own name by this scheme and port. */
function leadsTo(answer: PathAnswer, { isOwn }: Site, scheme: Scheme, port: number): answer is Redirect {
  if (answer.kind !== 'redirect') return false;
  const [, to, host = '', own] = /^(https?):\/\/([^/:?#$%{]+)(?::(\d+))?(?=[/?#]|$)/i.exec(answer.to) ?? [];
  return to?.toLowerCase() === scheme && isOwn(host.toLowerCase(), port) && Number(own ?? usualPort(scheme)) === port;
}

type Redirect = PathAnswer & { readonly kind: 'redirect' };

/** The page of a status, where it is there in any case. */
function pageOf({ chain, server }: Site, status: number): Item | undefined {
  const item = errorPageOf(chain, status)?.item;
  return item && isSure(item, server) ? item : undefined;
}

/** What a server inherits may be replaced by an include that is not read. */
function isSure(item: Item, server: Scope): boolean {
  return !isConditional(item) && (item.outer === server || !server.open);
}

/** Of whom nginx refuses before it looks at the path. */
function* ofRefused(site: Site): Iterable<TextReport> {
  const setting = effective(site.server, 'ssl_verify_client');
  const verifies = setting && isSure(setting, site.server) ? setting.args[0]?.value.toLowerCase() : undefined;
  const plain = refusedAt(site, 497, 'http');
  if (plain) {
    const { page, answer, port } = plain;
    yield {
      rule: 'error-page-loop',
      message: `Whoever speaks plain HTTP to port ${port}, which speaks TLS, is sent to ${shown(answer)}: that is plain HTTP to this port again, ${outcome}. Write https:// there.`,
      location: locate(page),
      related: relatedTo(page, answer),
      fixes: overTls(page),
    };
  }
  const missing = verifies === 'on' ? refusedAt(site, 496, 'https') : undefined;
  const found = missing ?? (verifies === 'on' || verifies === 'optional' ? refusedAt(site, 495, 'https') : undefined);
  if (!found || !setting) return;
  const { page, answer } = found;
  const who = missing ? 'no client certificate' : 'a client certificate that is refused';
  yield {
    rule: 'error-page-loop',
    message: `Whoever brings ${who} is sent to ${shown(answer)}, where it is refused again, ${outcome}. Name a path or @name of this server, which is shown without a certificate, or an address that asks for none.`,
    location: locate(page),
    related: [{ location: locate(setting), message: 'The certificate is verified here' }, ...relatedTo(page, answer)],
  };
}

const outcome = 'till browsers give up and show an error';

interface Refused {
  readonly page: Item;
  readonly port: number;
  readonly answer: Redirect;
}

/** The page of a status that leads back to a port on which the status is given. */
function refusedAt(site: Site, status: number, scheme: Scheme): Refused | undefined {
  const page = pageOf(site, status);
  if (page === undefined) return undefined;
  for (const port of site.ports) {
    const answer = answerToStatus(site.chain, asked(site, scheme, port, '/'), site.entry, status);
    if (leadsTo(answer, site, scheme, port)) return { page, port, answer };
  }
  return undefined;
}

/** Redirects of a site's own of which a page makes one to the address that was asked for. */
function* ofRedirects(site: Site): Iterable<TextReport> {
  for (const status of [301, 302, 303, 307, 308]) {
    const page = pageOf(site, status);
    const port = site.ports.find((each) => comesBack(site, status, each));
    const example = page && port !== undefined ? exampleOf(site, page, status, port) : undefined;
    if (page === undefined || example === undefined) continue;
    yield {
      rule: 'error-page-loop',
      message: `This page takes the place of redirects with status ${status} of the server's own: ${example.what} is sent to the address that was asked for, ${outcome}. Take ${status} out of the list.`,
      location: locate(page),
      // Which folders there are is not looked at.
      ...(example.isSure ? {} : { severity: 'information', effect: 'advice' }),
      related: example.related ? [{ location: locate(example.related), message: 'Such a redirect' }] : [],
      fixes: withoutStatus(page, status),
    } as TextReport;
  }
}

/** The page of a status leads to whatever address was asked for. */
function comesBack(site: Site, status: number, port: number): boolean {
  const path = '/any/path';
  const answer = answerToStatus(site.chain, asked(site, 'https', port, path), site.entry, status);
  return leadsTo(answer, site, 'https', port) && pathOf(answer) === path;
}

function pathOf({ to }: Redirect): string {
  return /^https?:\/\/[^/]+(\/[^?#]*)/i.exec(to)?.[1] ?? '/';
}

/** What hands requests on: a path that ends with a slash is then asked for without it by a redirect (ngx_http_core_find_location). */
const passes = ['proxy_pass', 'fastcgi_pass', 'uwsgi_pass', 'scgi_pass', 'memcached_pass', 'grpc_pass'];

interface Example {
  readonly what: string;
  readonly isSure: boolean;
  readonly related?: Item;
}

function exampleOf(site: Site, page: Item, status: number, port: number): Example | undefined {
  const { server, chain, entry } = site;
  const isOf = (scope: Scope) => errorPageOf([scope, ...chain], status)?.item === page;
  const locations = locationsOf(server).filter(({ kind }) => kind === 'exact' || kind === 'prefix');
  const written = new Set(locations.map(({ pattern }) => pattern));
  for (const { kind, pattern, scope, item } of locations) {
    if (!isOf(scope) || isConditional(item)) continue;
    const bare = pattern.slice(0, -1);
    const isCompleted = status === 301 && kind === 'prefix' && /.\/$/.test(pattern) && !server.open;
    if (
      isCompleted &&
      !written.has(bare) &&
      passes.some((name) => scope.findFirst(name)) &&
      reaches(site, bare, port)
    ) {
      return { what: `"${bare}", which nginx completes with a slash,`, isSure: true, related: item };
    }
    const statement = scope.findFirst('return');
    if (statement?.args[0]?.value !== String(status)) continue;
    const answer = answerOf(chain, asked(site, 'https', port, pattern), entry);
    if (leadsTo(answer, site, 'https', port) && pathOf(answer) === pattern) {
      return { what: `"${pattern}"`, isSure: true, related: statement };
    }
  }
  const { answer, location } = answerWithPlace(chain, asked(site, 'https', port, '/'), entry);
  return status === 301 && answer.kind === 'files' && isOf(location?.scope ?? server)
    ? { what: 'a folder that is asked for without the slash at its end', isSure: false }
    : undefined;
}

/** The server itself neither answers a path nor rewrites it. */
function reaches(site: Site, path: string, port: number): boolean {
  const placed = answerWithPlace(site.chain, asked(site, 'https', port, path), site.entry);
  return placed.path === path && !('first' in placed.answer);
}

function shown({ to }: Redirect): string {
  return to.replace(anyHost, '$host');
}

/** Where the redirect is made, if that is not the page itself. */
function relatedTo(page: Item, { location }: Redirect) {
  const { file, range } = locate(page);
  const isPage = location.file === file && location.range.start === range.start;
  return isPage ? [] : [{ location, message: 'The redirect is made here' }];
}

function overTls(page: Item): readonly Fix[] {
  const outcome = writeRedirectOverTls(page);
  return outcome.kind === 'edits' ? [{ title: 'Lead to https://', safe: false, edits: outcome.edits }] : [];
}

function withoutStatus(page: Item, status: number): readonly Fix[] {
  const others = page.args.map(({ value }) => value).filter((value) => value !== String(status));
  // One status is left.
  if (!/^\d+$/.test(others[0] ?? '') || ownership(page) !== undefined) return [];
  return [{ title: `Take ${status} out of the list`, safe: false, edits: [replaceArguments(page, others)] }];
}
