import { createMemo } from '../../../memory/memo.ts';
import { remember } from '../../../memory/remember.ts';
import { rememberTexts } from '../../../memory/remember-texts.ts';
import { distinctEdits } from '../../../text/distinct-edits.ts';
import type { FileEdit } from '../../../text/edit.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { Location } from '../../../text/range.ts';
import type { Change, WriteResult } from '../../../tls/model/change.ts';
import { siteById } from '../../../tls/model/parts.ts';
import type { ServerModel, Site } from '../../../tls/model/server-model.ts';
import { knownValue, type Origin } from '../../../tls/model/setting.ts';
import type { ProtocolVersion } from '../../../tls/protocols.ts';
import type { Project } from '../../language.ts';
import { factOf } from '../directives/facts.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { missingModule } from '../evaluate/missing-module.ts';
import { defaultServerRoot } from '../evaluate/server-root.ts';
import type { Statement } from '../evaluate/statement.ts';
import { howToLoad } from '../how-to-load.ts';
import { lowerApache } from '../lower/lower.ts';
import { type ServerScope, serverScopes, siteIds } from '../lower/scopes/scopes.ts';
import { readHeader } from '../lower/sites/headers.ts';
import { speaksHttp2 } from '../lower/sites/sites.ts';
import { limitProtocols, limitsOf, versionsWithin } from '../lower/tls/protocols.ts';
import type { ApacheFile } from '../syntax.ts';
import { affectedEndpoints, lowerEdited } from './affected.ts';
import { certificateEdits } from './certificates.ts';
import { challengeEdits } from './challenge.ts';
import type { Draft, WriteContext } from './draft.ts';
import { nameDraft } from './names.ts';
import { editedHost } from './one-host.ts';
import {
  clearOfRemovals,
  insertAfter,
  insertBefore,
  insertInto,
  removeStatement,
  replaceStatement,
  type Texts,
  textsOf,
} from './place.ts';
import { quoteWord } from './quote.ts';
import { redirectEdits, redirectOnlyPlainEdits, redirectOverTlsEdits, redirectWithPathEdits } from './redirect.ts';
import { generatedFile, refusalFor } from './refusal.ts';
import { directiveForms } from './settings.ts';
import { staplingCompanions } from './stapling.ts';
import { upstreamDraft, upstreamProtocolsDraft } from './upstreams.ts';

/** Writes changes of the model back as edits of the text, or says why they cannot be written. */
export function writeApache(project: Project<ApacheFile>, model: ServerModel, changes: readonly Change[]): WriteResult {
  const context: WriteContext = { project, model, evaluation: evaluate(project), texts: textsOf(project) };
  const drafts: FileEdit[] = [];
  for (const change of changes) {
    const draft = draftOf(change, context);
    if ('refused' in draft) return { kind: 'refused', reason: draft.refused };
    for (const statement of draft.touched) {
      const reason = refusalFor(statement, project);
      if (reason !== undefined) return { kind: 'refused', reason };
    }
    for (const { file } of draft.edits) {
      const reason = generatedFile(file, context.texts(file));
      if (reason !== undefined) return { kind: 'refused', reason };
    }
    drafts.push(...draft.edits);
  }
  const edits = clearOfRemovals(distinctEdits(drafts));
  const unloaded = needsModule(edits, context);
  if (unloaded !== undefined) return { kind: 'refused', reason: unloaded };
  const isChallenge = changes.some(({ setting }) => setting === 'challengeDirectory');
  let after: ServerModel | undefined;
  const edited = () => {
    after ??= lowerEdited(project, edits);
    return after;
  };
  const isServed = (change: Change): boolean => {
    if (change.setting !== 'challengeDirectory') return true;
    const site = siteById(model, change.site);
    const alone = changes.length === 1 && site && editedHost(project, scopeOf(site, context.evaluation)?.block, edits);
    const served = alone
      ? lowerApache(alone).sites[0]
      : edited().sites[model.sites.findIndex(({ id }) => id === change.site)];
    return served?.challengeAnswer.kind === 'files';
  };
  if (isChallenge && !changes.every(isServed)) {
    const reason =
      'Something else would still answer the challenge path. Look at the <Location> blocks and conditions around it.';
    return { kind: 'refused', reason };
  }
  return {
    kind: 'edits',
    edits,
    // Lowering the whole text again takes as long as reading it: only who asks pays for it.
    get affectedEndpoints() {
      return affectedEndpoints(model, edited());
    },
  };
}

/** With a directive that no module brings, Apache would not start any more. */
function needsModule(edits: readonly FileEdit[], { evaluation, model }: WriteContext): string | undefined {
  if (!evaluation.modulesCertain) return undefined;
  for (const { newText } of edits) {
    const unloaded = unloadedIn(evaluation)(newText);
    if (unloaded === undefined) continue;
    const { name, module } = unloaded;
    return `${name} needs mod_${module}, which is not loaded here. Load it first ${howToLoad(module, model.target)}.`;
  }
  return undefined;
}

/** What fixes write is mostly the same at all their places. */
const unloadedIn = remember((evaluation: Evaluation) =>
  rememberTexts((text): { readonly name: string; readonly module: string } | undefined => {
    for (const [, key = ''] of text.matchAll(/^\s*<?([a-z]\w+)/gim)) {
      const fact = factOf(key.toLowerCase());
      const module = fact && missingModule(fact.modules, evaluation);
      if (module !== undefined) return { name: fact?.name ?? key, module };
    }
    return undefined;
  }),
);

function draftOf(change: Change, context: WriteContext): Draft {
  const { model, project, evaluation, texts } = context;
  if (change.setting === 'redirectOnlyPlain') {
    const statement = change.to && statementAtPlace(change.to, evaluation);
    return statement
      ? redirectOnlyPlainEdits(statement, evaluation.all, texts)
      : { refused: 'The redirect is not found in the text.' };
  }
  const site = siteById(model, change.site);
  const scope = site && scopeOf(site, evaluation);
  if (!site || !scope) return { refused: 'The site of this change is not in the configuration.' };
  switch (change.setting) {
    case 'header':
      return headerDraft(change, scope, context);
    case 'certificates':
      return certificateEdits(change, site, scope, texts);
    case 'challengeDirectory': {
      if (change.to === undefined) return { refused: 'Remove the Alias of the challenge directory by hand.' };
      const root = evaluation.serverRoot ?? defaultServerRoot(project);
      return challengeEdits(scope, change.to, factsOf(site), root, texts);
    }
    case 'redirectToHttps':
      return redirectEdits(scope, site, texts);
    case 'redirectOverTls': {
      const statement = change.to && statementAtPlace(change.to, evaluation);
      return statement ? redirectOverTlsEdits(statement) : { refused: 'The redirect is not found in the text.' };
    }
    case 'redirectKeepsPath': {
      const statement = change.to && statementAtPlace(change.to, evaluation);
      return statement ? redirectWithPathEdits(statement) : { refused: 'The redirect is not found in the text.' };
    }
    case 'siteName':
      return nameDraft(change, scope, texts);
    case 'listener':
      return listenerDraft(change, context);
    case 'upstreamVerify':
      return upstreamDraft(change, scope, context);
    case 'upstreamProtocols':
      return upstreamProtocolsDraft(change, scope, context);
    case 'renewalWindow':
      return renewalWindowDraft(change, context);
    case 'tls': {
      const heir = change.to === true ? heirWithoutTls(scope, evaluation) : undefined;
      return heir
        ? { refused: `SSLEngine on of the main server would have <VirtualHost ${heir.node.raw}> speak TLS too.` }
        : directiveDraft(change, site, scope, context);
    }
    case 'earlyData':
    case 'http3':
      return { refused: `Apache has no setting for ${change.setting === 'http3' ? 'HTTP/3' : 'TLS 1.3 early data'}.` };
    case 'http2':
      return change.to === true && !speaksHttp2(evaluation)
        ? { refused: 'Without mod_http2, or with mpm_prefork, there is no HTTP/2: load mod_http2 and mpm_event first.' }
        : directiveDraft(change, site, scope, context);
    default:
      return directiveDraft(change, site, scope, context);
  }
}

/** A virtual host that takes from the main server whether it speaks TLS. */
function heirWithoutTls({ block }: ServerScope, evaluation: Evaluation): Statement | undefined {
  if (block !== undefined) return undefined;
  const heirs = [...scopesOf(evaluation).hosts.values()].filter(({ own }) => !own.has('sslengine'));
  return heirs[0]?.block;
}

function scopeOf(site: Site, evaluation: Evaluation): ServerScope | undefined {
  const { main, hosts } = scopesOf(evaluation);
  return site.id.endsWith(':main') ? main : hosts.get(site.id);
}

interface ScopeIndex {
  readonly main: ServerScope;
  /** By site id. */
  readonly hosts: ReadonlyMap<string, ServerScope>;
}

const scopeIndexes = createMemo<Evaluation, ScopeIndex>();
const statementIndexes = createMemo<Evaluation, PlaceMap<Statement>>();

/** Made once for a project: a thousand fixes ask for it. */
function scopesOf(evaluation: Evaluation): ScopeIndex {
  let index = scopeIndexes.get(evaluation);
  if (!index) {
    const { main, hosts } = serverScopes(evaluation);
    index = { main, hosts: new Map([...siteIds(hosts)].map(([scope, id]) => [id, scope])) };
    scopeIndexes.set(evaluation, index);
  }
  return index;
}

/** Statements by file and offset; of a macro that is used twice, the first. */
function indexOf(evaluation: Evaluation): PlaceMap<Statement> {
  let index = statementIndexes.get(evaluation);
  if (!index) {
    index = new PlaceMap();
    for (const statement of evaluation.all) {
      const place = { file: statement.file, range: statement.node.range };
      if (!index.has(place)) index.set(place, statement);
    }
    statementIndexes.set(evaluation, index);
  }
  return index;
}

function factsOf(site: Site) {
  const ports = new Set(site.bindings.map(({ listener }) => Number(/\d+$/.exec(listener)?.[0])));
  return {
    https: knownValue(site.tls.enabled),
    port: ports.size === 1 ? [...ports][0] : undefined,
    names: site.names.filter(({ kind }) => kind === 'exact').map(({ text }) => text),
  };
}

/** One setting that is one directive: replaced where it stands, removed, or added to the block. */
function directiveDraft(change: Change, site: Site, scope: ServerScope, context: WriteContext): Draft {
  const form = directiveForms.get(change.setting);
  if (!form) return { refused: `Apache has no setting for ${change.setting}.` };
  const { texts, evaluation } = context;
  const origin = originOf(change, site);
  const old = statementAt(origin, evaluation);
  if (old && !form.isIt(old) && (change.scope === 'origin' || old.key === 'sslopensslconfcmd')) {
    return { refused: `${old.node.name} ${old.args[0]?.value ?? ''} decides here. Change it by hand.` };
  }
  const isOwn = old !== undefined && (scope.own.get(old.key)?.includes(old) ?? false);
  const target = old && form.isIt(old) && (isOwn || change.scope === 'origin') ? old : undefined;
  const command = change.setting === 'protocols' && change.to ? limitingCommand(change.to, scope, context) : undefined;
  if (command) return { refused: `${command.node.name} ${command.node.raw} takes some of them away again.` };
  if (change.to === undefined) {
    if (!target) return { refused: `${change.setting} is not set here.` };
    const found = isOwn ? (scope.own.get(target.key) ?? []).filter(form.isIt) : [target];
    const all = change.setting === 'stapling' ? [...found, ...staplingCompanions(found, scope, context)] : found;
    return { edits: all.map((statement) => removeStatement(statement, texts)), touched: all };
  }
  const text = form.text(change, target, site);
  if (target) return { edits: [replaceStatement(target, inColumn(target, text, texts))], touched: [target] };
  const place = form.onlyMainServer ? scopesOf(evaluation).main : scope;
  const host = place.statements.length === 0 ? scope.block : undefined;
  const edit = host ? insertBefore(host, [text], texts) : insertInto(place, form.family, [text], texts);
  return edit ? { edits: [edit], touched: [] } : { refused: `There is no place for ${text} in this file.` };
}

/** The arguments of a directive stay in the column in which they stand: many files have them one below the other. */
function inColumn({ node: { name, range }, file }: Statement, text: string, texts: Texts): string {
  const { start } = range;
  const [gap = ' '] = /^[ \t]+/.exec(texts(file).slice(start + name.length, range.end)) ?? [];
  return text.startsWith(`${name} `) ? `${name}${gap}${text.slice(name.length + 1)}` : text;
}

/** A command of OpenSSL that would leave another list of protocols than the one that is wanted. */
function limitingCommand(
  wanted: readonly ProtocolVersion[],
  { own, inherited }: ServerScope,
  { model: { target } }: WriteContext,
): Statement | undefined {
  const commands = [...(inherited.get('sslopensslconfcmd') ?? []), ...(own.get('sslopensslconfcmd') ?? [])];
  let limits = limitsOf(wanted);
  let last: Statement | undefined;
  for (const command of commands) {
    const [name, value] = command.args;
    const next = limitProtocols(limits, name?.value ?? '', value?.value ?? '');
    if (next !== limits) last = command;
    limits = next;
  }
  return versionsWithin(limits, target).join() === wanted.join() ? undefined : last;
}

function originOf(change: Change, site: Site): Origin {
  const { tls } = site;
  if (change.setting === 'tls') return tls.enabled.origin;
  if (change.setting === 'http2' || change.setting === 'acmeProtocol') return tls.alpn.origin;
  const setting = change.setting in tls ? tls[change.setting as keyof typeof tls] : undefined;
  return typeof setting === 'object' ? setting.origin : { kind: 'default', because: '' };
}

function statementAt(origin: Origin, evaluation: Evaluation): Statement | undefined {
  return origin.kind === 'default' ? undefined : statementAtPlace(origin.location, evaluation);
}

function statementAtPlace(place: Location, evaluation: Evaluation): Statement | undefined {
  return indexOf(evaluation).get(place);
}

/** `Header always set NAME "VALUE"` in the server's own block, in place of what is there. */
function headerDraft(
  change: Change & { readonly setting: 'header' },
  scope: ServerScope,
  context: WriteContext,
): Draft {
  const { texts, evaluation } = context;
  const name = (change.to ?? change.from)?.name;
  if (name === undefined) return { refused: 'The change names no header.' };
  const isIt = (statement: Statement) => readHeader(statement)?.name.toLowerCase() === name.toLowerCase();
  const route = change.to?.route;
  if (route && change.to) return routeHeader(route, change.to, isIt, context);
  const setAt = change.from?.setAt;
  const found = setAt && statementAt({ kind: 'explicit', location: setAt, words: [] }, evaluation);
  // A section that has the header of its own says it for its part of the site alone.
  const own = found && isIt(found) ? [found] : (scope.own.get('header') ?? []).filter(isIt);
  const inherited = change.scope === 'origin' ? (scope.inherited.get('header') ?? []).filter(isIt) : [];
  const old = own.length > 0 ? own : inherited;
  const last = old.findLast((statement) => readHeader(statement)?.action !== 'unset');
  if (change.to === undefined) {
    return { edits: old.map((statement) => removeStatement(statement, texts)), touched: old };
  }
  const { value } = change.to;
  if (last) {
    const header = readHeader(last);
    const argument = header && header.valueIndex >= 0 ? last.args[header.valueIndex] : undefined;
    if (header && argument && change.to.always && !header.always) {
      const first = last.args[0] ?? argument;
      const range = /^onsuccess$/i.test(first.value)
        ? first.range
        : { start: first.range.start, end: first.range.start };
      const newText = range.start === range.end ? 'always ' : 'always';
      return { edits: [{ file: last.file, range, newText }], touched: [last] };
    }
    if (argument) {
      const edit = { file: last.file, range: argument.range, newText: quoteWord(value, argument.quote || '"') };
      return { edits: [edit], touched: [last] };
    }
  }
  const line = `Header always set ${name} ${quoteWord(value, '"')}`;
  const edit = insertInto(scope, /^(?:header|ssl)/, [line], texts);
  return edit ? { edits: [edit], touched: [] } : { refused: 'There is no place for a Header in this file.' };
}

/** The same inside a section that has headers of its own. */
function routeHeader(
  route: Location,
  { name, value }: { readonly name: string; readonly value: string },
  isIt: (statement: Statement) => boolean,
  { evaluation, texts }: WriteContext,
): Draft {
  const section = statementAtPlace(route, evaluation);
  const last = section?.children.at(-1);
  if (!section || !last) return { refused: 'The section of this change is not in the configuration.' };
  const old = section.children.filter(isIt);
  const line = `Header always set ${name} ${quoteWord(value, '"')}`;
  const [first, ...rest] = old;
  if (!first) return { edits: [insertAfter(last, [line], texts)], touched: [] };
  return {
    edits: [replaceStatement(first, line), ...rest.map((other) => removeStatement(other, texts))],
    touched: old,
  };
}

/** One more `Listen` beside the one that it is like. */
function listenerDraft(change: Change & { readonly setting: 'listener' }, { evaluation, texts }: WriteContext): Draft {
  const { to } = change;
  if (!to) return { refused: 'Remove the Listen by hand: virtual hosts may depend on it.' };
  const like = evaluation.all.find(
    ({ key, args }) =>
      key === 'listen' && (args[0]?.value.endsWith(`:${to.port}`) || args[0]?.value === String(to.port)),
  );
  if (!like) return { refused: `The main file opens port ${to.port} with Listen; it is not among the files at hand.` };
  return { edits: [insertAfter(like, [`Listen ${to.address}:${to.port}`], texts)], touched: [] };
}

/** The word of `MDRenewWindow`. */
function renewalWindowDraft(
  { to }: Change & { readonly setting: 'renewalWindow' },
  { evaluation }: WriteContext,
): Draft {
  if (!to) return { refused: 'Take the line of MDRenewWindow away by hand.' };
  const { file, range } = to.location;
  const statement = evaluation.all.find(
    ({ key, args: [word], ...each }) =>
      key === 'mdrenewwindow' && each.file === file && word?.range.start === range.start,
  );
  const word = statement?.args[0];
  if (!statement || !word) return { refused: 'The renewal window is not found in the text.' };
  return { edits: [{ file, range: word.range, newText: quoteWord(to.value, word.quote) }], touched: [statement] };
}
