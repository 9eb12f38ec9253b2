import { forAdmitted } from '../../../../tls/model/admitted.ts';
import type { PathAnswer } from '../../../../tls/model/server-model.ts';
import type { Scope } from '../../scope.ts';
import { findLast, locate } from '../../scope.ts';
import { fillWhatIsKnown } from '../variables.ts';
import { type Content, contentForAdmitted, contentOf, filesOf, handlerOf, undecidedIn } from './content.ts';
import { errorPageOf, hasRecursivePages } from './error-pages.ts';
import type { LocationBlock } from './locations.ts';
import { findLocation, locationsOf } from './locations.ts';
import type { Request } from './request.ts';
import type { RewriteResult } from './rewrite.ts';
import { byRequest, runRewrites } from './rewrite.ts';

/**
 * What a server answers to a request, in the order of nginx's phases: rewriting of the server, search of the location,
 * its own rewriting, access, content; then the error page of what came out, if that is an error.
 * @param chain the `server` block and `http` around it, innermost first
 * @param entry the main file, whose folder relative paths start at
 */
export function answerOf(chain: readonly Scope[], asked: Asked, entry: string): PathAnswer {
  return answerWithPlace(chain, asked, entry).answer;
}

/**
 * The same, with the location whose settings it has, undefined where none has the path, the `if` of it that held, and the path in
 * the end.
 */
export interface PlacedAnswer {
  readonly answer: PathAnswer;
  readonly location: LocationBlock | undefined;
  readonly within: Scope | undefined;
  readonly path: string;
}

export function answerWithPlace(chain: readonly Scope[], asked: Asked, entry: string, internal = false): PlacedAnswer {
  const walk = walkOf(chain, asked, entry, internal);
  const answer: PathAnswer = walk ? fromServer(walk, asked.path) : { kind: 'none', reason: 'there is no server' };
  const { location, within, path } = walk?.state ?? { location: undefined, within: undefined, path: asked.path };
  return { answer, location, within, path };
}

/** What is answered to a request that is refused with a status before its path is looked at: the error page, if there is one. */
export function answerToStatus(chain: readonly Scope[], asked: Asked, entry: string, status: number): PathAnswer {
  const walk = walkOf(chain, asked, entry, false);
  const owner = walk?.server.owner;
  return walk && owner
    ? replaced(walk, { kind: 'status', status, location: locate(owner) }, chain, asked.path)
    : { kind: 'none', reason: 'there is no server' };
}

/** A request; what is said of variables comes before what they are by themselves. */
type Asked = Omit<Request, 'assigned'> & Partial<Pick<Request, 'assigned'>>;

function walkOf(chain: readonly Scope[], asked: Asked, entry: string, internal: boolean): Walk | undefined {
  const [server] = chain;
  const state: Walk['state'] = { turns: 10, location: undefined, within: undefined, path: asked.path };
  const request = { ...asked, asked: asked.path, assigned: new Map(asked.assigned) };
  return server && { server, chain, request, entry, state, inPlace: false, internal, inErrorPage: false };
}

/** A request on its way through a server. */
interface Walk {
  readonly server: Scope;
  readonly chain: readonly Scope[];
  readonly request: Request;
  readonly entry: string;
  /** How often nginx may still begin anew (NGX_HTTP_MAX_URI_CHANGES), and where the request is. */
  readonly state: { turns: number; location: LocationBlock | undefined; within: Scope | undefined; path: string };
  /** The path was rewritten in a place that it stays in (`valid_location` of nginx is 0). */
  readonly inPlace: boolean;
  /** The server itself asks, by an error page or `try_files`. */
  readonly internal: boolean;
  /** An error of an error page has no page again. */
  readonly inErrorPage: boolean;
  /** It is followed what an `if` leads to of which nobody knows whether it holds. */
  readonly inUndecided?: boolean;
  /** The status of the error whose page is made, which a text of the page's own is sent with. */
  readonly sentWith?: number | undefined;
}

function fromServer(walk: Walk, asked: string): PathAnswer {
  const { server, chain, request } = walk;
  come(walk, undefined, asked);
  const first = runRewrites(server, { ...request, path: asked });
  if (first.kind !== 'go-on') return beforeLocations(settled(walk, first, chain));
  const answer = fromLocations({ ...walk, inPlace: first.inPlace }, first.path);
  return server.open && (answer.kind === 'files' || answer.kind === 'proxy') ? fromUnread : answer;
}

/** What cannot be read may rewrite before any location is looked for. */
const fromUnread: PathAnswer = { kind: 'unknown', reason: 'an included file or a template may answer first' };

/** An answer of the server itself, for which no location was looked for. */
function beforeLocations(answer: PathAnswer): PathAnswer {
  return answer.kind === 'redirect' || answer.kind === 'status' ? { ...answer, first: true } : answer;
}

/** What the location of a path answers, and the one that it is rewritten to. */
function fromLocations(walk: Walk, first: string): PathAnswer {
  const { server, chain, request, state } = walk;
  let path = first;
  while (state.turns-- > 0) {
    const found = findLocation(server, path);
    if (found === 'unknown') return { kind: 'unknown', reason: 'a location cannot be evaluated here' };
    if (found === 'none') {
      come(walk, undefined, path);
      return inContent(walk, chain, undefined, path);
    }
    const result = inLocation(walk, found, path, path !== request.path);
    if (typeof result !== 'string') return result;
    path = result;
  }
  return tooOften(walk);
}

/** What a location answers, or the path whose location is to be looked for instead. */
function inLocation(walk: Walk, location: LocationBlock, path: string, changed: boolean): PathAnswer | string {
  come(walk, location, path);
  const limited = limitOf(location.scope);
  const around = [...(limited ? [limited] : []), ...enclosing(location.scope, walk.server), ...walk.chain];
  if (!changed && !walk.internal) {
    const closed = around.find((scope) => findLast(scope, 'internal') !== undefined);
    const internal = closed && findLast(closed, 'internal');
    if (internal) return replaced(walk, { kind: 'status', status: 404, location: locate(internal) }, around, path);
  }
  // It stands in the place of the location, whose own statements it does not have.
  if (limited) return inContent(walk, around, location, path);
  const rewritten = runRewrites(location.scope, { ...walk.request, path });
  const scopes = rewritten.within ? [rewritten.within, ...around] : around;
  walk.state.within = rewritten.within;
  if (rewritten.kind !== 'go-on') return settled(walk, rewritten, scopes);
  if (rewritten.again) return rewritten.path;
  const placed = { ...walk, inPlace: walk.inPlace || rewritten.inPlace };
  // What follows from one of them is not asked for others again.
  const undecided = walk.inUndecided ? [] : (rewritten.undecided ?? []);
  const others = undecided.map((other) => {
    const inside = { ...placed, state: { ...walk.state }, inUndecided: true };
    return inContent(inside, [other, ...around], location, rewritten.path).kind;
  });
  come(walk, location, rewritten.path, rewritten.within);
  const answer = inContent(placed, scopes, location, rewritten.path);
  return others.every((kind) => kind === answer.kind) ? answer : { kind: 'unknown', reason: byRequest };
}

/** The block of a `limit_except` that takes requests by GET: who names GET alone means HEAD too (ngx_http_update_location_config). */
function limitOf(scope: Scope): Scope | undefined {
  const limit = scope.findFirst('limit_except');
  return limit?.args.every(({ value }) => value.toUpperCase() !== 'GET') ? limit.inner : undefined;
}

function come({ state }: Walk, location: LocationBlock | undefined, path: string, within?: Scope): void {
  state.location = location;
  state.within = within;
  state.path = path;
}

function inContent(
  walk: Walk,
  scopes: readonly Scope[],
  location: LocationBlock | undefined,
  path: string,
): PathAnswer {
  const { entry, inPlace } = walk;
  const content = contentOf(scopes, location, path, entry, inPlace);
  if (content.kind !== 'denied' || !content.admitted) return followed(walk, content, scopes, path);
  const refused = replaced(walk, content, scopes, path);
  if (refused !== content && !leavesWithout(refused, walk.request, content.by)) return refused;
  const inside = followed(walk, contentForAdmitted(scopes, location, path, entry, inPlace), scopes, path);
  return { ...content, admitted: forAdmitted(inside) };
}

/**
 * A page of theirs leaves those who are not let in without the site, and so does a redirect to another host; one to the same host, or an
 * answer of another kind, does not. Who is asked for a password and led away instead can never enter one.
 */
function leavesWithout(refused: PathAnswer, { host }: Request, by: string): boolean {
  if (refused.kind === 'status') return refused.status >= 400;
  if (refused.kind !== 'redirect' || by !== 'deny') return false;
  const other = /^https?:\/\/([^/:?#]+)/i.exec(refused.to)?.[1];
  return other !== undefined && other.toLowerCase() !== host.toLowerCase();
}

function followed(walk: Walk, content: Content, scopes: readonly Scope[], path: string): PathAnswer {
  if (content.kind !== 'next') return replaced(walk, content, scopes, path);
  const { target, item } = content;
  const status = /^=(\d{3})$/.exec(target)?.[1];
  if (status) return replaced(walk, { kind: 'status', status: Number(status), location: locate(item) }, scopes, path);
  return elsewhere({ ...walk, internal: true }, target, path);
}

/** A `return` with a text is sent as it is; all else, redirects too, may have an error page. */
function settled(
  walk: Walk,
  { answer, body, path }: RewriteResult & { readonly kind: 'answer' },
  scopes: readonly Scope[],
): PathAnswer {
  if (!body || answer.kind === 'redirect') return replaced(walk, answer, scopes, path);
  return answer.kind === 'status' ? { ...answer, status: walk.sentWith ?? answer.status } : answer;
}

/** The answer, or that of the error page that stands for it (ngx_http_special_response_handler); `path`: what was rewritten till then. */
function replaced(walk: Walk, answer: PathAnswer, scopes: readonly Scope[], path: string): PathAnswer {
  const status = statusOf(answer);
  const page = status === undefined || walk.inErrorPage ? undefined : errorPageOf(scopes, status);
  if (page === undefined || status === undefined) return answer;
  const { target, response, item } = page;
  const to = target && fillWhatIsKnown(target, { ...walk.request, path }, scopes[0] as Scope);
  if (!to || namesPlace.test(to)) return { kind: 'unknown', reason: 'a variable or a template names the error page' };
  if (!/^[/@]/.test(to)) {
    return {
      kind: 'redirect',
      status: redirects.has(Number(response)) ? Number(response) : 302,
      to,
      location: locate(item),
    };
  }
  const sentWith = response === '' ? undefined : Number(response ?? status);
  const again = { ...walk, internal: true, inErrorPage: !hasRecursivePages(scopes), sentWith };
  const shown = elsewhere(again, to, path);
  const isContent = shown.kind === 'files' || shown.kind === 'proxy';
  const isText = shown.kind === 'status' && shown.status === sentWith;
  // What the page has is sent with the error's own status, unless the line names another; a redirect keeps where it leads to.
  if (sentWith === undefined || sentWith === 200 || !(isContent || isText)) return shown;
  if (answer.kind === 'redirect' && redirects.has(sentWith)) return { ...answer, status: sentWith };
  return isContent ? { kind: 'status', status: sentWith, location: locate(item) } : shown;
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** A variable decides which path it is, or whether it is one: what a path is asked with does not. */
const namesPlace = /^(?:[/@][^?]*\$|\$(?!\w+:\/\/|\{\w+\}:\/\/))/;

/** The status of an answer that has an error page where one is set. */
function statusOf(answer: PathAnswer): number | undefined {
  if (answer.kind === 'redirect') return answer.status;
  if (answer.kind === 'status') return answer.status >= 300 && answer.status !== 444 ? answer.status : undefined;
  if (answer.kind !== 'denied' || answer.by === 'auth_request') return undefined;
  return answer.by === 'deny' ? 403 : 401;
}

/** A path, which goes through the whole server again, or a named location. */
function elsewhere(walk: Walk, target: string, path: string): PathAnswer {
  if (target.startsWith('@')) return atNamed(walk, target, path);
  return walk.state.turns-- > 0 ? fromServer(walk, target.split('?')[0] ?? target) : tooOften(walk);
}

function tooOften({ server: { owner } }: Walk): PathAnswer {
  // Directives of a server may stand without it.
  if (owner === undefined) return { kind: 'unknown', reason: 'it leads to itself' };
  return { kind: 'status', status: 500, location: locate(owner) };
}

function atNamed(walk: Walk, name: string, path: string): PathAnswer {
  const location = locationsOf(walk.server).find(({ kind, pattern }) => kind === 'named' && pattern === name);
  if (!location) return { kind: 'unknown', reason: `no location is called ${name}` };
  const result = walk.state.turns-- > 0 ? inLocation(walk, location, path, true) : undefined;
  if (typeof result === 'string') return fromLocations(walk, result);
  return result ?? tooOften(walk);
}

/**
 * What the location itself would answer if nothing came before it and everybody were let in.
 * @param scopes its block and those around it, innermost first
 */
export function ownAnswer(scopes: readonly Scope[], path: string, entry: string): PathAnswer {
  if (scopes[0]?.findFirst('return')) return { kind: 'unknown', reason: 'it answers by "return"' };
  return undecidedIn(scopes) ?? handlerOf(scopes) ?? filesOf(scopes, path, entry);
}

/** The location and the locations around it, innermost first. */
/** A block and those around it within the server, innermost first. */
export function enclosing(scope: Scope, server: Scope): readonly Scope[] {
  const scopes: Scope[] = [];
  for (let current: Scope | undefined = scope; current && current !== server; current = current.owner?.outer) {
    scopes.push(current);
  }
  return scopes;
}
