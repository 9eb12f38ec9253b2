import type { Location } from '../../../text/range.ts';
import { askedHostOf } from '../../../tls/model/asked-host.ts';
import { challengePath } from '../../../tls/model/challenge-path.ts';
import type { PathAnswer, ResponseHeader, Site, SiteName, TlsSettings } from '../../../tls/model/server-model.ts';
import type { Setting, Value } from '../../../tls/model/setting.ts';
import { known, knownValue, unknown } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { byCondition, conditionOf, isConditional } from '../conditions.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast, locate } from '../scope.ts';
import { answerOf, answerWithPlace } from './answers/answer.ts';
import type { MayRedirect } from './answers/redirects.ts';
import { headersOfRoot } from './answers/root-headers.ts';
import { routesOf } from './answers/routes.ts';
import { headersIn, type SharesHeaders } from './headers.ts';
import { http2Directive } from './http2.ts';
import type { Listen } from './listen.ts';
import { assumedListen, defaultListen, listensOf, overDatagrams } from './listen.ts';
import { explicitSetting, setting } from './setting.ts';
import { namesOf } from './site-names.ts';
import { applyConfCommands } from './tls/conf-commands.ts';
import { tlsIn } from './tls/tls.ts';
import { backendHeaders } from './upstreams/backend-headers.ts';
import type { RequestFacts } from './variables.ts';

/** A site with what its endpoints are made from. */
export interface LoweredSite {
  readonly site: Site;
  readonly item: Item;
  readonly scope: Scope;
  readonly listens: readonly Listen[];
  /** What the directive says; undefined where there is none. */
  readonly http2: Setting<boolean> | undefined;
}

/** What a `server` inherits from the block around it. */
export interface Outside {
  readonly scope: Scope;
  readonly tls: TlsSettings;
  readonly headers: Setting<readonly ResponseHeader[]>;
  /** The same for sites that speak TLS: a variable may hang on that. */
  readonly tlsHeaders: Setting<readonly ResponseHeader[]>;
  readonly application: Site['application'];
  /** Addresses that blocks before open: those of `http` for a server of `stream`. */
  readonly taken: ReadonlySet<string>;
  /** Its `ssl_conf_command` directives. */
  readonly confCommands: readonly Item[];
  /** Bare directives with a server thought around them: whether TLS is on stands elsewhere. */
  readonly snippet: boolean;
  /** Some server of this configuration gets certificates over ACME by http-01, so nginx answers challenges itself. */
  readonly answersChallenges: Item | undefined;
  readonly mayRedirect: MayRedirect;
  readonly sharesHeaders: SharesHeaders;
  /** Some `return 444` stands in this configuration, by which a server answers nobody. */
  readonly hangsUp: boolean;
  readonly target: Target;
  /** The main file, from whose folder relative paths start. */
  readonly entry: string;
}

/** What nobody can know is named for people. */
const unknownHost = 'HOST';

export function lowerSite(item: Item, scope: Scope, outside: Outside): LoweredSite {
  const { target, entry } = outside;
  const named = listensOf(scope);
  const listens = boundTo(item, scope, named, outside);
  const enabled = outside.snippet && named.length === 0 ? elsewhere : enabledBy(item, scope, listens);
  const written = tlsIn(scope, outside.tls, entry, enabled);
  const tls = applyConfCommands(scope, outside.confCommands, written);
  const facts = factsOf(tls);
  const headers = headersIn(scope, facts === overTls ? outside.tlsHeaders : outside.headers, target, facts);
  const site = new ServerBlock(item, scope, listens, tls, headers, outside);
  if (written !== tls) site.tlsBeforeCommands = written;
  return { site, item, scope, listens, http2: http2Directive(scope, item) };
}

/** What a site's requests have in common. */
function factsOf({ enabled }: TlsSettings): RequestFacts {
  const speaksTls = knownValue(enabled);
  return speaksTls === undefined ? nothing : speaksTls ? overTls : plain;
}

const nothing: RequestFacts = {};
const overTls: RequestFacts = { scheme: 'https' };
const plain: RequestFacts = { scheme: 'http' };

/** A `server` block. What needs its locations, and the places of it all, are found when somebody asks. */
class ServerBlock implements Site {
  readonly id: string;
  readonly names: Site['names'];
  readonly bindings: Site['bindings'];
  readonly tls: TlsSettings;
  tlsBeforeCommands: Site['tlsBeforeCommands'] = undefined;
  readonly headers: Site['headers'];
  readonly #item: Item;
  readonly #scope: Scope;
  readonly #outside: Outside;
  #routes: Site['routes'] | undefined;
  #ports: Ports | undefined;
  #rootAnswer: PathAnswer | undefined;
  #plainAnswer: PathAnswer | undefined;
  #challengeAnswer: PathAnswer | undefined;

  constructor(
    item: Item,
    scope: Scope,
    listens: readonly Listen[],
    tls: TlsSettings,
    headers: Site['headers'],
    outside: Outside,
  ) {
    this.id = `${item.file.document.file}:${item.start}`;
    this.names = namesOf(scope);
    this.bindings = listens;
    this.tls = tls;
    this.headers = headers;
    this.#item = item;
    this.#scope = scope;
    this.#outside = outside;
  }

  get headersAround(): Site['headersAround'] {
    const around = factsOf(this.tls) === overTls ? this.#outside.tlsHeaders : this.#outside.headers;
    return around.origin.kind === 'default' || around.value === this.headers.value ? undefined : around;
  }

  get label(): string {
    return labelOf(this.names, this.bindings);
  }

  get isNameless(): boolean {
    return this.names.length === 0 && !this.#scope.open && this.application === 'http' && !isConditional(this.#item);
  }

  get condition(): Site['condition'] {
    return conditionOf(this.#item);
  }

  get application(): Site['application'] {
    return this.#outside.application;
  }

  get location(): Location {
    return locate(this.#item, this.#item.nameWord);
  }

  get block(): Location {
    return locate(this.#item);
  }

  get routes(): Site['routes'] {
    this.#routes ??= this.application === 'http' ? this.#findRoutes() : [];
    return this.#routes;
  }

  get routesShareHeaders(): boolean {
    return this.#outside.sharesHeaders(this.#scope);
  }

  get rootHeaders(): Site['rootHeaders'] {
    if (this.application !== 'http' || this.routesShareHeaders) return undefined;
    const host = this.#startHost();
    const answer = (path: string, internal = true) =>
      answerWithPlace(this.#chain, this.#request(path, this.#scheme, host), this.#outside.entry, internal);
    return headersOfRoot(
      this.#scope,
      answer('/', false),
      answer,
      this.headers,
      this.#outside.target,
      factsOf(this.tls),
    );
  }

  get rootAnswer(): PathAnswer {
    this.#rootAnswer ??= this.#answer('/');
    return this.#rootAnswer;
  }

  get neverRedirects(): boolean {
    return !this.#outside.mayRedirect(this.#scope);
  }

  get plainAnswer(): PathAnswer {
    this.#plainAnswer ??= this.#answer('/', 'http');
    return this.#plainAnswer;
  }

  answerUnder(name: string, scheme: 'http' | 'https', path = '/'): PathAnswer {
    return this.#answer(path, scheme, name.toLowerCase());
  }

  backendHeaders(): Value<readonly string[]> {
    return backendHeaders(this.#scope);
  }

  get challengeAnswer(): PathAnswer {
    const { answersChallenges } = this.#outside;
    this.#challengeAnswer ??= answersChallenges
      ? { kind: 'managed', location: locate(answersChallenges) }
      : this.#answer(challengePath);
    return this.#challengeAnswer;
  }

  get plainChallengeAnswer(): PathAnswer {
    return this.#scheme === 'http' || this.#outside.answersChallenges
      ? this.challengeAnswer
      : this.#answer(challengePath, 'http');
  }

  get refusesAll(): boolean {
    if (this.tls.rejectHandshake && knownValue(this.tls.rejectHandshake) === true) return true;
    if (!this.#outside.hangsUp) return false;
    const { rootAnswer } = this;
    return rootAnswer.kind === 'status' && rootAnswer.status === 444 && this.#answer('/any').kind === 'status';
  }

  /** The block and the one around it. */
  get #chain(): readonly [Scope, Scope] {
    return [this.#scope, this.#outside.scope];
  }

  get #scheme(): 'http' | 'https' {
    return knownValue(this.tls.enabled) === true ? 'https' : 'http';
  }

  #findRoutes(): Site['routes'] {
    const answer = (path: string) => this.#answer(path);
    const { target, entry } = this.#outside;
    return routesOf(this.#chain, this.headers, {
      target,
      entry,
      facts: factsOf(this.tls),
      answer,
    });
  }

  #answer(path: string, scheme = this.#scheme, host = askedHostOf(this.names) ?? unknownHost): PathAnswer {
    if (this.application !== 'http') {
      return { kind: 'none', reason: `a ${this.application} server answers no paths` };
    }
    return answerOf(this.#chain, this.#request(path, scheme, host), this.#outside.entry);
  }

  #request(path: string, scheme = this.#scheme, host = askedHostOf(this.names) ?? unknownHost) {
    return { path, host, scheme, port: this.#portFor(path, scheme) };
  }

  /** The host whose start page it has: where a server without a name leads all others to one, that one. */
  #startHost(): string {
    const asked = askedHostOf(this.names);
    if (asked !== undefined) return asked;
    const { rootAnswer } = this;
    const host = rootAnswer.kind === 'redirect' ? /^https?:\/\/([^/:?#]+)/i.exec(rootAnswer.to)?.[1] : undefined;
    if (host === undefined || host === unknownHost) return unknownHost;
    return this.answerUnder(host, this.#scheme).kind === 'redirect' ? unknownHost : host;
  }

  /** The port that is asked, where it can be but one. */
  #portFor(path: string, scheme: 'http' | 'https'): string | undefined {
    if (path === challengePath) return scheme === 'https' ? '443' : '80';
    this.#ports ??= portsOf(listensOf(this.#scope));
    return this.#ports[scheme];
  }
}

type Ports = Readonly<Record<'http' | 'https', string | undefined>>;

function portsOf(listens: readonly Listen[]): Ports {
  return { http: onlyPort(listens, false), https: onlyPort(listens, true) };
}

function onlyPort(listens: readonly Listen[], speaksTls: boolean): string | undefined {
  let port: number | undefined;
  for (const listen of listens) {
    if (listen.speaksTls !== speaksTls) continue;
    if (listen.unknown !== undefined || (port ?? listen.port) !== listen.port) return undefined;
    ({ port } = listen);
  }
  return port === undefined ? undefined : String(port);
}

const reason = 'the snippet does not say where it listens';
const elsewhere: Setting<boolean> = { value: unknown(reason), origin: { kind: 'default', because: reason } };

/** An address for what names none: nginx's own default, or one that is assumed for a snippet about TLS. */
function boundTo(item: Item, scope: Scope, written: readonly Listen[], outside: Outside): readonly Listen[] {
  const { taken, application } = outside;
  if (taken.size > 0) return written.map((listen) => (taken.has(listen.id) ? listen.apart(application) : listen));
  if (written.length > 0) return written;
  if (outside.snippet) {
    const aboutTls = scope.items.some(({ name }) => name.startsWith('ssl_'));
    return aboutTls ? [assumedListen(item, reason)] : [];
  }
  return scope.open || outside.application !== 'http' ? [] : [defaultListen(item)];
}

function speaksTls(listen: Listen): boolean {
  return listen.speaksTls;
}

const on = known(true);
const maybe: Value<boolean> = unknown(byCondition);

/** TLS is spoken where a `listen` says `ssl` or `quic`, or with `ssl on` up to 1.25.0; undefined where nothing does. */
function enabledBy(item: Item, scope: Scope, listens: readonly Listen[]): Setting<boolean> | undefined {
  const listen = listens.find(speaksTls);
  if (listen?.transport === 'udp') return overDatagrams;
  return listen ? explicitSetting(on, listen.item) : switchedOn({ item, scope });
}

/**
 * `ssl on` of a server or of the block around it, by which every address spoke TLS where that server is the default one
 * (ngx_http_init_connection, up to 1.25.0), and `starttls` of mail, by which clients ask for it; undefined where nothing says so.
 */
export function switchedOn({ item, scope }: Pick<LoweredSite, 'item' | 'scope'>): Setting<boolean> | undefined {
  return saysOn('ssl', item, scope) ?? (item.outer.context === 'mail' ? saysOn('starttls', item, scope) : undefined);
}

/** True where one of its addresses speaks TLS, or may: `listen … ssl` or `switchedOn`. */
export function asksForTls(server: Scope): boolean {
  return (
    listensOf(server).some(({ speaksTls }) => speaksTls) ||
    (server.owner !== undefined && switchedOn({ item: server.owner, scope: server }) !== undefined)
  );
}

function saysOn(name: 'ssl' | 'starttls', item: Item, scope: Scope): Setting<boolean> | undefined {
  const said = findLast(scope, name) ?? findLast(item.outer, name);
  const value = said?.args[0]?.value.toLowerCase();
  if (!said || !(value === 'on' || (name === 'starttls' && value === 'only'))) return undefined;
  return setting(isConditional(said) ? maybe : on, said, scope);
}

function labelOf(names: readonly SiteName[], bindings: Site['bindings']): string {
  const name = names.find(({ kind }) => kind !== 'catch-all')?.text;
  if (name) return `server ${name}`;
  // What is said of a site is mostly about its TLS.
  const shown =
    bindings.find(({ parameters }) => parameters.includes('ssl') || parameters.includes('quic')) ?? bindings[0];
  return shown ? `server on ${shown.listener}` : 'server';
}
