import type { FileEdit } from '../../../text/edit.ts';
import type { Fix } from '../../../text/finding.ts';
import { describeServer, isBackported } from '../../../tls/target.ts';
import type { TextReport } from '../../language.ts';
import { hangsOnVersion, mayBeLeftOut } from '../conditions.ts';
import { rootScope } from '../configuration.ts';
import { broughtByFixes } from '../data/brought-by-fixes.ts';
import type { DirectiveFact } from '../facts/directives.ts';
import { isPresent } from '../facts/directives.ts';
import { loadsOthers } from '../facts/variables.ts';
import { compare } from '../facts/versions.ts';
import { firstOfFork, forkOf } from '../forks.ts';
import { readListen } from '../lower/listen.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';
import type { Visit } from '../visit.ts';
import { ownership, remove } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

/** A directive that the target version does not have yet, or has no longer. */
export const directiveVersion: DirectiveRule = {
  id: 'directive-version',
  title: 'Directive that the target version does not have',
  severity: 'error',
  effect: 'start',
  concerns: ({ facts, fact, version }) =>
    facts.length > 0 &&
    (isOfPlus(facts) ||
      facts.every((one) => isOld(one, version)) ||
      (fact?.source === 'open' && isOld(fact, version)) ||
      ownOf(facts, fact, version) !== undefined),
  check(visit) {
    const { item, facts, fact: found, project, scope } = visit;
    const { target } = project;
    const { nameWord: name, args } = item;
    if (hangsOnVersion(item)) return undefined;
    if (isOfPlus(facts)) return onlyOfPlus(visit);
    // What is only assumed is a distribution's.
    const mayHave = broughtByFixes.has(name.value) && !target.distribution;
    if (isBackported(name.value, 'nginx', target) || (mayHave && target.assumed)) return undefined;
    const own = ownOf(facts, found, target.nginx);
    // What a module of somebody else takes by the same name reads otherwise.
    if (own && !own.words.includes(args[0]?.value ?? '')) return undefined;
    const fact = own ?? found;
    // Of a name that other blocks have already, only what is new in this block counts.
    const elsewhere = facts.some((one) => !isOld(one, target.nginx));
    const place = elsewhere && scope.owner ? ` in "${scope.owner.name}"` : '';
    const about = elsewhere && fact ? [fact] : facts;
    // What nginx took over came from them.
    if (cameWith(about, target.nginx) !== undefined && forkOf(project) !== undefined) return undefined;
    const fixes = movable.has(name.value) ? moveToListen(item, scope) : withoutIt(item, about, target.nginx);
    return {
      rule: 'directive-version',
      message: `${describeServer('nginx', target)} does not know "${name.value}"${place}: ${history(about, target.nginx, fixes[0])}${mayHave ? ' A distribution may have brought it to this version with a security fix.' : ''}`,
      ...(mayHave ? { severity: 'warning' as const } : {}),
      location: locate(item, name),
      fixes: fixes.map((fix) => (fix.safe && mayBeLeftOut(item) ? { ...fix, safe: false } : fix)),
    };
  },
};

function isOfPlus(facts: readonly DirectiveFact[]): boolean {
  return facts.length > 0 && facts.every(({ source }) => source === 'commercial');
}

/** It stands in the documentation of the open nginx, and may be what runs: said once. Who writes for another fork has that. */
function onlyOfPlus({ item, project }: Visit): TextReport | undefined {
  if (project.target.fork !== undefined || firstOfFork(project) !== item) return undefined;
  // Others have written an `auth_jwt` too.
  if (loadsOthers(rootScope(project))) return undefined;
  return {
    rule: 'directive-version',
    message: `${describeServer('nginx', project.target)} does not know "${item.name}", which is of NGINX Plus, and does not start with it. Remove it, unless that or another server made from nginx runs here.`,
    severity: 'information',
    effect: 'advice',
    location: locate(item, item.nameWord),
  };
}

function isOld(fact: DirectiveFact, version: string): boolean {
  return (fact.source === 'open' || fact.source === 'removed') && !isPresent(fact, version);
}

/** nginx's own directive, where the target has but a module of somebody else with a directive of that name (`sticky`). */
function ownOf(facts: readonly DirectiveFact[], fact: DirectiveFact | undefined, version: string) {
  return fact?.source === 'third-party' ? facts.find((one) => isOld(one, version)) : undefined;
}

/** What is left to do where a directive has no successor. */
const removeIt = 'Remove it.';

function cameWith(facts: readonly DirectiveFact[], version: string): string | undefined {
  const firsts = facts.flatMap(({ present }) => present.map(([first]) => first));
  return firsts.filter((first) => first !== '' && compare(first, version) > 0).sort(compare)[0];
}

/** When it was there, and what to do now: what the fix does, where it moves the directive. */
function history(facts: readonly DirectiveFact[], version: string, fix?: Fix): string {
  const since = cameWith(facts, version);
  if (since !== undefined) {
    const otherwise = fix?.title.startsWith('Move') ? 'make it a parameter of "listen", as it was before' : 'remove it';
    return `it came with ${since}. Upgrade, or ${otherwise}.`;
  }
  const last = facts
    .flatMap(({ present }) => present)
    .map(([, end]) => end)
    .sort(compare)
    .at(-1);
  const successor = facts.find(({ successor }) => successor !== undefined)?.successor;
  const instead = successor === undefined ? removeIt : `Use "${successor}" instead.`;
  return `${last} was the last release with it. ${instead}`;
}

/** What is gone, with nothing in its place, can only be taken out. */
function withoutIt(item: Item, facts: readonly DirectiveFact[], version: string): readonly Fix[] {
  const { nameWord: name, block } = item;
  if (block || ownership(item) !== undefined || !history(facts, version).endsWith(removeIt)) return [];
  return [{ title: `Remove "${name.value}"`, safe: false, edits: [remove(item)] }];
}

/** Directives of a server that were, or became, a parameter of its addresses. */
const movable: ReadonlySet<string> = new Set(['ssl', 'http2']);

/** HTTP, SMTP, POP3, IMAP and submission, the last four of which begin TLS by STARTTLS. */
const plainPorts: ReadonlySet<number> = new Set([80, 25, 110, 143, 587]);

/**
 * `ssl on` becomes the parameter of each `listen` but those on ports of plain text, `http2 on` of each that speaks TLS, where
 * browsers ask for HTTP/2; `off` goes away. Servers inherit it from the block around them.
 */
function moveToListen(item: Item, scope: Scope): readonly Fix[] {
  const name = item.nameWord.value;
  if (item.args[0]?.value.toLowerCase() !== 'on') {
    // One around it goes to the addresses of all servers that do not say so.
    const isException = scope.owner?.outer.findFirst(name) !== undefined;
    return [{ title: `Remove "${name} off"`, safe: !isException, edits: [remove(item)] }];
  }
  // What stands here a second time has nothing to move once the first one is.
  if (scope.findFirst(name) !== item) return [];
  const servers = scope.find('server').flatMap(({ inner }) => (inner && !inner.findFirst(name) ? [inner] : []));
  const written = [scope, ...servers].flatMap((server) => server.find('listen'));
  const listens = written.filter((listen) => {
    const [first] = readListen(listen);
    const has = (parameter: string) => first?.parameters.includes(parameter) === true;
    if (first === undefined || has(name) || has('quic')) return false;
    return name === 'http2' ? has('ssl') : first.port === undefined || !plainPorts.has(first.port);
  });
  const added = listens.map((listen) => insertParameter(listen, name));
  const title = added.length > 0 ? `Move "${name}" to "listen"` : `Remove "${name}"`;
  // "ssl" may be said of each address already.
  const isIdle = name === 'ssl' && added.length === 0 && written.some(speaksTls);
  // Without an address to say it of, here at least, nobody would speak TLS any more.
  if (name === 'ssl' && added.length === 0 && !isIdle) return [];
  return [{ title, safe: isIdle, edits: [remove(item), ...added] }];
}

function speaksTls(listen: Item): boolean {
  return readListen(listen)[0]?.parameters.includes('ssl') === true;
}

function insertParameter(listen: Item, parameter: string): FileEdit {
  const words = listen.args;
  const before = (parameter === 'http2' ? words.find(({ value }) => value === 'ssl') : words[0]) ?? listen.nameWord;
  const { end } = rangeOf(listen, before);
  return { ...locate(listen, { start: end, end }), newText: ` ${parameter}` };
}
