import type { Location } from '../../../text/range.ts';
import type {
  Binding,
  PathAnswer,
  ResponseHeader,
  Site,
  SiteName,
  TlsSettings,
} from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { known, knownValue, unknown } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast, locate } from '../scope.ts';
import { answerOf } from './answer.ts';
import { applyConfCommands } from './conf-commands.ts';
import { headersIn } from './headers.ts';
import type { Listen } from './listen.ts';
import { defaultListen, listenerId, readListen } from './listen.ts';
import { routesOf } from './routes.ts';
import { explicitOrigin } from './setting.ts';
import { tlsIn } from './tls.ts';

/** A site with what its endpoints are made from. */
export interface LoweredSite {
  readonly site: Site;
  readonly item: Item;
  readonly scope: Scope;
  readonly listens: readonly Listen[];
}

/** What a `server` inherits from the block around it. */
export interface Outside {
  readonly scope: Scope;
  readonly tls: TlsSettings;
  readonly headers: Setting<readonly ResponseHeader[]>;
  readonly application: Site['application'];
  /** Bare directives with a server thought around them: whether TLS is on stands elsewhere. */
  readonly snippet: boolean;
  /** Some server of this configuration gets certificates over ACME by http-01, so nginx answers challenges itself. */
  readonly answersChallenges: Item | undefined;
}

const challengePath = '/.well-known/acme-challenge/TOKEN';

/** A host that the site is asked for: its first name, or one that a pattern stands for. */
function askedHost(names: Site['names']): string {
  const exact = names.find(({ kind }) => kind === 'exact');
  const pattern = names.find(({ kind }) => kind === 'wildcard')?.text ?? '';
  return exact?.text ?? (pattern.replace(/^\*/, 'www').replace(/^\./, '').replace(/\*$/, 'com') || 'example.com');
}

export function lowerSite(item: Item, scope: Scope, outside: Outside, target: Target, entry: string): LoweredSite {
  const written = scope.find('listen').flatMap(readListen);
  const listens = listensOf(scope, written, outside);
  const names = namesOf(scope);
  const enabled = outside.snippet && written.length === 0 ? elsewhere : enabledBy(scope, listens);
  const tls = applyConfCommands(scope, outside.scope, tlsIn(scope, outside.tls, entry, enabled));
  const headers = outside.application === 'http' ? headersIn(scope, outside.headers, target) : outside.headers;
  const chain = [scope, outside.scope];
  const host = askedHost(names);
  const scheme = knownValue(tls.enabled) === true ? 'https' : 'http';
  const answer = (path: string): PathAnswer =>
    outside.application === 'http'
      ? answerOf(chain, { path, host, scheme }, entry)
      : { kind: 'none', reason: `a ${outside.application} server answers no paths` };
  const managedBy = outside.answersChallenges;
  const site = new ServerBlock(
    item,
    {
      label: labelOf(names, listens),
      names,
      bindings: listens.map((listen) => bindingOf(listen, item)),
      tls,
      headers,
      routes: outside.application === 'http' ? routesOf(chain, headers, { target, entry, answer }) : [],
      application: outside.application,
    },
    (path) => (managedBy && path === challengePath ? { kind: 'managed', location: locate(managedBy) } : answer(path)),
  );
  return { site, item, scope, listens };
}

type Written = Pick<Site, 'label' | 'names' | 'bindings' | 'tls' | 'headers' | 'routes' | 'application'>;

/** A `server` block. What answers its paths is found when somebody asks. */
class ServerBlock implements Site {
  readonly id: string;
  readonly label: string;
  readonly location: Location;
  readonly block: Location;
  readonly names: Site['names'];
  readonly bindings: Site['bindings'];
  readonly tls: TlsSettings;
  readonly headers: Site['headers'];
  readonly routes: Site['routes'];
  readonly application: Site['application'];
  readonly #answer: (path: string) => PathAnswer;
  #rootAnswer: PathAnswer | undefined;
  #challengeAnswer: PathAnswer | undefined;

  constructor(item: Item, written: Written, answer: (path: string) => PathAnswer) {
    this.id = `${item.file.document.file}:${item.directive.start}`;
    this.label = written.label;
    this.location = locate(item, item.directive.name);
    this.block = locate(item);
    this.names = written.names;
    this.bindings = written.bindings;
    this.tls = written.tls;
    this.headers = written.headers;
    this.routes = written.routes;
    this.application = written.application;
    this.#answer = answer;
  }

  get rootAnswer(): PathAnswer {
    this.#rootAnswer ??= this.#answer('/');
    return this.#rootAnswer;
  }

  get challengeAnswer(): PathAnswer {
    this.#challengeAnswer ??= this.#answer(challengePath);
    return this.#challengeAnswer;
  }

  get refusesAll(): boolean {
    if (this.tls.rejectHandshake && knownValue(this.tls.rejectHandshake) === true) return true;
    const { rootAnswer } = this;
    return rootAnswer.kind === 'status' && rootAnswer.status === 444 && this.#answer('/any').kind === 'status';
  }
}

const reason = 'the snippet does not say where it listens';
const elsewhere: Setting<boolean> = { value: unknown(reason), origin: { kind: 'default', because: reason } };

/** An address for what names none: nginx's own default, or one that is assumed for a snippet about TLS. */
function listensOf(scope: Scope, written: readonly Listen[], outside: Outside): readonly Listen[] {
  if (written.length > 0) return written;
  if (outside.snippet) {
    const aboutTls = scope.items.some(({ name }) => name.startsWith('ssl_'));
    return aboutTls ? [{ ...defaultListen, address: '*:443', port: 443, unknown: reason }] : [];
  }
  return scope.open || outside.application !== 'http' ? [] : [defaultListen];
}

/** TLS is spoken where a `listen` says `ssl` or `quic`, or with `ssl on` up to 1.25.0; undefined where nothing does. */
function enabledBy(scope: Scope, listens: readonly Listen[]): Setting<boolean> | undefined {
  const listen = listens.find(({ tls }) => tls !== undefined);
  const old = findLast(scope, 'ssl');
  const source = listen?.item ?? (old?.directive.args[0]?.value === 'on' ? old : undefined);
  return source && { value: known(true), origin: explicitOrigin(source) };
}

function namesOf(scope: Scope): readonly SiteName[] {
  return scope.find('server_name').flatMap((item) =>
    item.directive.args
      .filter(({ value }) => value !== '')
      .map((word) => ({
        text: word.value,
        kind: word.templated || word.value.includes('${') ? 'unknown' : nameKind(word.value),
        location: locate(item, word),
      })),
  );
}

function nameKind(text: string): SiteName['kind'] {
  if (text.startsWith('~')) return 'regex';
  if (text === '_' || text === '*') return 'catch-all';
  if (text === '$hostname') return 'unknown';
  if (text.includes('*') || text.startsWith('.')) return 'wildcard';
  return 'exact';
}

function labelOf(names: readonly SiteName[], listens: readonly Listen[]): string {
  const name = names.find(({ kind }) => kind !== 'catch-all')?.text;
  if (name) return `server ${name}`;
  const first = listens[0];
  return first ? `server on ${listenerId(first)}` : 'server';
}

function bindingOf(listen: Listen, server: Item): Binding {
  return {
    listener: listenerId(listen),
    location: listen.item ? locate(listen.item) : locate(server, server.directive.name),
    parameters: listen.parameters,
  };
}
