import type { Project, TextReport } from '../../language.ts';
import { readListen } from '../lower/listen.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';
import type { ScopeRule } from './rule.ts';

/** A block that lacks what it cannot be without. */
export const incompleteBlock: ScopeRule = {
  id: 'incomplete-block',
  title: 'Block without a directive that it needs',
  severity: 'error',
  effect: 'start',
  contexts: ['main', 'upstream', 'stream-upstream', 'server', 'stream-server', 'mail-server', 'acme_issuer'],
  check(scope, project) {
    // Most blocks are servers of http, of which each certificate needs a key and nothing else is wanted; where the whole
    // configuration is seen, the rule certificate-key-missing says so.
    if (scope.context === 'server') return project.complete || hasKeys(scope) ? none : [...lacks(scope, project)];
    return [...lacks(scope, project)];
  },
};

const none: readonly TextReport[] = [];

function* lacks(scope: Scope, project: Project): Generator<TextReport> {
  const { owner } = scope;
  if (!owner && scope.context === 'main' && project.complete) yield* events(scope, project.entry);
  if (!owner || scope.open || hasUnknown(scope)) return;
  if (!project.complete && /^(?:stream-)?server$/.test(scope.context ?? '')) yield* keys(scope, owner);
  switch (scope.context) {
    case 'upstream':
    case 'stream-upstream':
      yield* upstream(scope, owner);
      break;
    case 'stream-server':
      yield* streamServer(scope, owner);
      break;
    case 'mail-server':
      if (project.complete) yield* mailServer(scope, owner);
      break;
    case 'acme_issuer':
      if (scope.find('uri').length === 0)
        yield report(owner, 'No "uri" is given for this issuer. Set the address of the CA\'s directory.');
      break;
    default:
      break;
  }
}

function report(owner: Item, message: string): TextReport {
  const { close } = owner.block ?? { close: owner };
  return {
    rule: 'incomplete-block',
    message,
    location: locate(owner, owner.nameWord),
    related: [{ location: locate(owner, close), message: 'The block ends here.' }],
  };
}

function* upstream(scope: Scope, owner: Item): Generator<TextReport> {
  const servers = scope.find('server');
  const name = owner.args[0]?.value ?? '';
  if (servers.length === 0)
    yield report(owner, `No servers are inside upstream "${name}". Add one, or remove the block.`);
  else if (servers.every(({ args }) => args.some(({ value }) => value === 'backup'))) {
    yield report(owner, `Upstream "${name}" has only backup servers. Remove "backup" from one.`);
  }
  const method = ['ip_hash', 'hash', 'random'].flatMap((directive) => scope.find(directive))[0];
  for (const item of servers) {
    const word = item.args.find(({ value }) => value === 'backup');
    if (word && method && method.order < item.order) {
      yield {
        rule: 'incomplete-block',
        message: `The balancing method "${method.name}" does not support parameter "backup". Remove it, or choose another method ("least_conn").`,
        location: locate(item, word),
        related: [{ location: locate(item), message: 'The server is given here.' }],
      };
    }
  }
}

/** The main file needs an `events` block; a file that only holds `http` may be included by it. */
function* events(scope: Scope, entry: string): Generator<TextReport> {
  const http = ['http', 'stream', 'mail'].map((name) => scope.findFirst(name)).find((block) => block !== undefined);
  if (scope.open || !http || scope.find('events').length > 0 || !entry.endsWith('/nginx.conf')) return;
  yield {
    rule: 'incomplete-block',
    message: 'No "events" section in configuration: add "events { }".',
    location: locate(http, http.nameWord),
    fixes: [
      {
        title: 'Add "events { }"',
        safe: true,
        edits: [{ ...locate(http, { start: http.start, end: http.start }), newText: 'events {\n}\n\n' }],
      },
    ],
  };
}

/** True where a block itself has the key of its only certificate, or no certificate at all. */
function hasKeys(scope: Scope): boolean {
  const first = scope.findFirst('ssl_certificate');
  if (!first) return true;
  return scope.findLast('ssl_certificate') === first && scope.findFirst('ssl_certificate_key') !== undefined;
}

/** Every certificate needs a key, of the same block or of the one around it, which is not seen here. */
function* keys(scope: Scope, owner: Item): Generator<TextReport> {
  const certificates = scope.find('ssl_certificate');
  const own = scope.find('ssl_certificate_key');
  const available = own.length > 0 ? own : owner.outer.find('ssl_certificate_key');
  const without = certificates[available.length];
  if (!without || owner.outer.open || owner.file.templates.length > 0) return;
  yield {
    rule: 'incomplete-block',
    severity: 'information',
    effect: 'advice',
    message: `This file sets no "ssl_certificate_key" for certificate "${without.args[0]?.value ?? ''}": nginx starts only if the block around the server does. Set the key here if it does not.`,
    location: locate(without),
  };
}

const handlers = ['proxy_pass', 'return', 'pass', 'js_content', 'content_by_lua_block', 'content_by_lua_file'];

function* streamServer(scope: Scope, owner: Item): Generator<TextReport> {
  if (scope.find('listen').length === 0) yield report(owner, 'No "listen" is defined for this stream server.');
  else if (!handlers.some((name) => scope.find(name).length > 0)) {
    yield report(owner, 'No handler for this stream server: it needs "proxy_pass" or "return".');
  }
}

/** Ports by which nginx knows the protocol: POP3, IMAP, SMTP. */
const mailPorts: ReadonlySet<number> = new Set([110, 995, 143, 993, 25, 465, 587]);

function* mailServer(scope: Scope, owner: Item): Generator<TextReport> {
  if (scope.find('auth_http').length === 0 && owner.outer.find('auth_http').length === 0 && !owner.outer.open) {
    yield report(owner, 'No "auth_http" is defined for this mail server. Set the address that checks logins.');
  }
  const listens = scope.find('listen').flatMap(readListen);
  if (listens.length === 0) yield report(owner, 'No "listen" is defined for this mail server.');
  else if (
    scope.find('protocol').length === 0 &&
    !listens.some(({ port, unknown }) => unknown !== undefined || mailPorts.has(port))
  ) {
    yield report(owner, 'Unknown mail protocol for this server: it does not follow from a port, so set "protocol".');
  }
}

/** A module that nobody knows may bring its own handler. */
function hasUnknown(scope: Scope): boolean {
  return scope.items.some(({ inner }) => inner?.content === 'unknown');
}
