import { remember } from '../../../../memory/remember.ts';
import type { Location } from '../../../../text/range.ts';
import { challengePath } from '../../../../tls/model/challenge-path.ts';
import type { PathAnswer, ResponseHeader, Route } from '../../../../tls/model/server-model.ts';
import type { Setting } from '../../../../tls/model/setting.ts';
import type { Target } from '../../../../tls/target.ts';
import { everywhere } from '../../everywhere.ts';
import type { Item, Scope } from '../../scope.ts';
import { headRange, locate, outermost } from '../../scope.ts';
import { headersIn } from '../headers.ts';
import { inherited } from '../setting.ts';
import type { RequestFacts } from '../variables.ts';
import { ownAnswer } from './answer.ts';
import type { LocationBlock } from './locations.ts';
import { locationsOf } from './locations.ts';
import { countStatements, runRewrites } from './rewrite.ts';
import { mostTries } from './tries.ts';

/** What the locations of one server have in common. */
export interface Server {
  readonly target: Target;
  readonly entry: string;
  readonly facts: RequestFacts;
  readonly answer: (path: string) => PathAnswer;
}

/** The routes of a server, those inside others behind them. */
export function routesOf(
  chain: readonly Scope[],
  outside: Setting<readonly ResponseHeader[]>,
  server: Server,
): readonly Route[] {
  const found: Route[] = [];
  const [scope] = chain as readonly [Scope, ...Scope[]];
  const answer = withinReason(server.answer, found, scope);
  collectRoutes(chain, outside, { ...server, answer, returnsAlways: returnsAlways(scope) }, found);
  return found;
}

/** Every request is answered before a location is looked for (NGX_HTTP_SERVER_REWRITE_PHASE); error pages may name some. */
function returnsAlways(server: Scope): boolean {
  if (server.open || server.findFirst('return') === undefined) return false;
  for (let item = server.first; item; item = item.next) {
    if (item.name === 'return') return true;
    if (diverting.has(item.name)) return false;
  }
  return false;
}

const diverting: ReadonlySet<string> = new Set(['break', 'if', 'rewrite']);

const beyondReason: PathAnswer = { kind: 'unknown', reason: 'this server has too many locations and conditions' };

function withinReason(answer: Server['answer'], routes: readonly Route[], server: Scope): Server['answer'] {
  let isWithin: boolean | undefined;
  return (path) => {
    isWithin ??= routes.length * triesIn(server) <= mostTries;
    return isWithin ? answer(path) : beyondReason;
  };
}

/** How many statements and expressions a request may meet in a block, with the one inside of it that has most of them. */
function triesIn(scope: Scope): number {
  const inside = locationsOf(scope).reduce((most, location) => Math.max(most, triesIn(location.scope)), 0);
  const expressions = locationsOf(scope).filter(({ kind }) => kind === 'regex');
  return inside + expressions.length + countStatements(scope);
}

function collectRoutes(
  chain: readonly Scope[],
  outside: Setting<readonly ResponseHeader[]>,
  server: Server & { readonly returnsAlways: boolean },
  found: Route[],
): void {
  const locations = locationsOf(chain[0] as Scope);
  if (locations.length === 0) return;
  const passedOn = inherited(outside);
  for (const location of locations) {
    // What nginx asks for itself is sent to nobody, whatever its headers, and what no request comes to is not either.
    const isUnseen = isAskedWithin(location) || (server.returnsAlways && location.kind !== 'named');
    const headers = isUnseen ? passedOn : headersIn(location.scope, passedOn, server.target, server.facts);
    found.push(new LocationRoute(location, headers, chain, server));
    if (!isUnseen) collectConditions(location.scope, headers, server, found);
    if (locationsOf(location.scope).length > 0) collectRoutes([location.scope, ...chain], headers, server, found);
  }
}

/** A location for `auth_request` alone, which hears no more of its answer than the status. */
function isAskedWithin({ scope, pattern }: LocationBlock): boolean {
  return scope.findFirst('internal') !== undefined && askedWithin(outermost(scope)).has(pattern);
}

const askedWithin = remember(
  (root: Scope): ReadonlySet<string> =>
    new Set(everywhere(root, 'auth_request').map(({ args: [path] }) => path?.value.split('?', 1)[0] ?? '')),
);

/**
 * Conditions of a location with headers of their own: where an `if` holds, it is a block inside the location, with the rules of
 * inheritance that all blocks have. One for preflight requests of CORS is left out: the request itself follows, and its
 * answer has what that of the preflight lacks.
 */
function collectConditions(
  location: Scope,
  outside: Setting<readonly ResponseHeader[]>,
  server: Server,
  found: Route[],
): void {
  for (const item of location.find('if')) {
    if (!item.inner || isPreflight(item)) continue;
    const headers = headersIn(item.inner, inherited(outside), server.target, server.facts);
    if (headers.value !== outside.value) found.push(conditionRoute(item, item.inner, headers, outside));
  }
}

function conditionRoute(item: Item, scope: Scope, headers: Route['headers'], outside: Route['headers']): Route {
  return {
    pattern: `if ${item.args.map(({ value }) => value).join(' ')}`,
    kind: 'condition',
    answer: answerWithin(scope),
    headers,
    outside,
    location: locate(item, headRange(item)),
  };
}

/** What `return` or `rewrite` inside answers, whatever the path; mostly there is neither. */
function answerWithin(scope: Scope): PathAnswer {
  const result = runRewrites(scope, { path: '/', asked: '/', host: '', scheme: 'https', assigned: new Map() });
  return result.kind === 'answer'
    ? result.answer
    : { kind: 'unknown', reason: 'it depends on the request whether the condition holds' };
}

/** `if ($request_method = OPTIONS)`. */
function isPreflight({ args }: Item): boolean {
  return /^\(\s*\$request_method\s+=\s+OPTIONS\s*\)$/.test(args.map(({ value }) => value).join(' '));
}

/** A location whose answers are found when somebody asks: only few rules do, and of few locations. */
class LocationRoute implements Route {
  readonly headers: Route['headers'];
  readonly #block: LocationBlock;
  /** The blocks around it, innermost first. */
  readonly #around: readonly Scope[];
  readonly #server: Server;
  #answer: PathAnswer | undefined;

  constructor(block: LocationBlock, headers: Route['headers'], around: readonly Scope[], server: Server) {
    this.headers = headers;
    this.#block = block;
    this.#around = around;
    this.#server = server;
  }

  get pattern(): string {
    return this.#block.pattern;
  }

  get kind(): Route['kind'] {
    return this.#block.kind;
  }

  get location(): Location {
    const { item } = this.#block;
    return { file: item.file.document.file, range: headRange(item) };
  }

  get answer(): PathAnswer {
    this.#answer ??= isPath(this.kind)
      ? this.#server.answer(this.pattern)
      : { kind: 'unknown', reason: 'no single path stands for this location' };
    return this.#answer;
  }

  get own(): PathAnswer | undefined {
    if (!this.#takesChallenges()) return undefined;
    return ownAnswer([this.#block.scope, ...this.#around], challengePath, this.#server.entry);
  }

  #takesChallenges(): boolean {
    const { kind, pattern } = this;
    if (kind === 'prefix') return challengePath.startsWith(pattern) && pattern.startsWith('/.well-known');
    return kind === 'regex' && pattern.includes('acme-challenge') && this.#block.matches(challengePath) === true;
  }
}

function isPath(kind: Route['kind']): boolean {
  return kind === 'exact' || kind === 'prefix';
}
