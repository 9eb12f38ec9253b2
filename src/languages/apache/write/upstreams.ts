import { remember } from '../../../memory/remember.ts';
import type { FileEdit } from '../../../text/edit.ts';
import type { Location } from '../../../text/range.ts';
import type { Change } from '../../../tls/model/change.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ServerScope } from '../lower/scopes/scopes.ts';
import { backendAt } from '../lower/upstreams/backends.ts';
import { decideProxy, proxySectionsOf } from '../lower/upstreams/proxy-sections.ts';
import type { Draft, WriteContext } from './draft.ts';
import { insertAfter, insertInto, removeStatement, replaceStatement } from './place.ts';
import { quoteWord } from './quote.ts';
import { protocolWords } from './settings.ts';

/** `SSLProxyProtocol`, where it stands or where it has to. */
export function upstreamProtocolsDraft(
  { to, scope: where }: Change & { readonly setting: 'upstreamProtocols' },
  scope: ServerScope,
  context: WriteContext,
): Draft {
  const places = placesFor(scope, to?.location, where === 'origin');
  const old = places.map((directives) => directives('sslproxyprotocol')).find(({ length }) => length > 0) ?? [];
  if (to !== undefined) {
    return linesDraft([['SSLProxyProtocol', protocolWords(to.protocols)]], places, scope, to, context);
  }
  return { edits: old.map((statement) => removeStatement(statement, context.texts)), touched: old };
}

/** Verification of a backend's certificate and of its name, or one part of that. */
export function upstreamDraft(
  { to }: Change & { readonly setting: 'upstreamVerify' },
  scope: ServerScope,
  context: WriteContext,
): Draft {
  if (!to) return { refused: 'Switch verification off by hand, if it must be.' };
  if (to.only !== 'depth' && (preservesHost(scope.statements) || preservesHost(scope.inheritedStatements))) {
    return {
      refused:
        'With ProxyPreserveHost on, the certificate of the backend has to be for the names that clients ask for. Give it such a certificate first.',
    };
  }
  const depth: readonly Line[] = to.depth === undefined ? [] : [['SSLProxyVerifyDepth', String(to.depth + 1)]];
  const name: readonly Line[] = isNamed(scope, to.location) ? [['SSLProxyCheckPeerName', 'on']] : [];
  const trusted: readonly Line[] =
    to.trustedCertificate === undefined ? [] : [['SSLProxyCACertificateFile', quoteWord(to.trustedCertificate)]];
  const wanted: readonly Line[] =
    to.only === 'depth'
      ? depth
      : to.only === 'name'
        ? name
        : [['SSLProxyVerify', 'require'], ...name, ...depth, ...trusted];
  return linesDraft(wanted, placesFor(scope, to.location, false), scope, to, context);
}

/** Apache finds no address in a certificate: its name can be checked where the backend has one. */
function isNamed({ statements }: ServerScope, location: Location): boolean {
  return !/^[a-z]\w*:\/\/(?:\[|[\d.]+(?:[:/]|$))/i.test(backendAt(statements, location)?.to ?? '');
}

/** Asked once for a server, however many backends it has. */
const preservesHost = remember((statements: readonly Statement[]) => statements.some(mayPreserveHost));

/** `ProxyPreserveHost`, somewhere in a server and not off. */
function mayPreserveHost({ key, args: [word], children }: Statement): boolean {
  if (key === 'proxypreservehost') return word?.value.toLowerCase() !== 'off';
  return children.some(mayPreserveHost);
}

/** Name and value of a directive. */
type Line = readonly [name: string, value: string];

/** The directives of a name that stand in one place. */
type Directives = (key: string) => readonly Statement[];

/** Replaces the one of each name that has the last word, and adds the others. */
function linesDraft(
  wanted: readonly Line[],
  places: readonly Directives[],
  scope: ServerScope,
  { location }: { readonly location?: Location },
  { texts }: WriteContext,
): Draft {
  const touched: Statement[] = [];
  const edits: FileEdit[] = [];
  const lines: string[] = [];
  for (const [name, value] of wanted) {
    const before = lastOf(name.toLowerCase(), places);
    if (before === undefined) lines.push(`${name} ${value}`);
    else {
      touched.push(before);
      edits.push(replaceStatement(before, `${before.node.name} ${value}`));
    }
  }
  if (lines.length === 0) return { edits, touched };
  const last = sectionFor(scope, location)?.foreign?.children.at(-1);
  const edit = last ? insertAfter(last, lines, texts) : insertInto(scope, /^sslproxy/, lines, texts);
  if (!edit) return { refused: `There is no place for ${lines.join(' and ')} in this file.` };
  return { edits: [...edits, edit], touched };
}

function lastOf(key: string, places: readonly Directives[]): Statement | undefined {
  for (const directives of places) {
    const last = directives(key).at(-1);
    if (last !== undefined) return last;
  }
  return undefined;
}

const none: readonly never[] = [];

/** Where directives say how a backend is spoken to, the place with the last word first. */
function placesFor(scope: ServerScope, location: Location | undefined, inherits: boolean): readonly Directives[] {
  const found = sectionFor(scope, location);
  const inSection: Directives = (key) => found?.section.children.filter((child) => child.key === key) ?? none;
  if (found?.foreign) return [inSection];
  const inServer: Directives = (key) => scope.own.get(key) ?? none;
  return inherits ? [inSection, inServer, (key) => scope.inherited.get(key) ?? []] : [inSection, inServer];
}

/**
 * The `<Proxy>` section that decides for the backend of a place. A foreign one, the main server's seen from a virtual host,
 * heeds nothing that stands in the virtual host.
 */
function sectionFor(
  { block, statements, inheritedStatements }: ServerScope,
  location: Location | undefined,
): { readonly section: Statement; readonly foreign: Statement | undefined } | undefined {
  const backend = location && backendAt(statements, location);
  if (!backend) return undefined;
  const { section } = decideProxy(backend.asked, proxySectionsOf(statements), proxySectionsOf(inheritedStatements));
  return section && { section, foreign: section.parents[0] === block ? undefined : section };
}
