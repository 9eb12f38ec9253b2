import type { Location } from '../../../../text/range.ts';
import type { Binding, Site, SiteName, TlsSettings } from '../../../../tls/model/server-model.ts';
import { byDefault, known, knownValue, type Origin, unknown } from '../../../../tls/model/setting.ts';
import type { Target } from '../../../../tls/target.ts';
import { leavesHttpsUnset } from '../../answers/unset-https.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { otherTlsModule } from '../../evaluate/other-tls.ts';
import { headLocation, locationOf, mayBeLeftOut, type Statement, wordLocation } from '../../evaluate/statement.ts';
import { hostOfServerName } from '../../server-name.ts';
import { isUncertain } from '../../uncertain.ts';
import { type ServerScope, speaksOfTls } from '../scopes/scopes.ts';
import { originOf } from '../scopes/settle.ts';
import { openHeaders, openSettings, type Unseen, unknownSettings, unseenIn } from '../scopes/unseen.ts';
import { command, hasCommands, withoutCommands } from '../tls/commands.ts';
import { domainsWithNames, hasMainName, withNames } from '../tls/domain-index.ts';
import { httpsRequired, managedHsts, managedPairs } from '../tls/managed.ts';
import { lowerTls } from '../tls/tls.ts';
import { lowerHeaders } from './headers.ts';
import { httpsByListen } from './https-by-listen.ts';
import type { OpenAddress } from './listeners.ts';
import { VirtualHost } from './virtual-host.ts';

export interface SiteOptions {
  readonly file: string;
  readonly target: Target;
  readonly complete: boolean;
  readonly evaluation: Evaluation;
  readonly resolve: (path: string) => string;
}

export function listenerId(address: { readonly host: string; readonly port: number }): string {
  return `${address.host}:${address.port}`;
}

/** Addresses of Apache have no parameters. */
export function bindingTo(listener: string, location: Location): Binding {
  return { listener, location, parameters: [], locationOf: () => location };
}

/** The open addresses that lead to the address of a virtual host, as it is written. */
export type Reach = (address: string) => readonly OpenAddress[];

/** Site of one virtual host, or of the main server, with the listeners that lead to it. */
export function lowerSite(scope: ServerScope, id: string, reached: Reach, options: SiteOptions): VirtualHost {
  const { block } = scope;
  const { target, complete, resolve } = options;
  const because = `Apache ${target.apache}`;
  const names = siteNames(scope);
  const bindings = block ? hostBindings(block, reached) : [];
  const tlsOptions = {
    target,
    enabledByListen: block !== undefined && httpsByListen(options.evaluation).has(block),
    enabledElsewhere: enabledElsewhere(scope, options),
    resolve,
    http2: speaksHttp2(options.evaluation),
  };
  const unseen = unseenIn(scope, options.evaluation);
  const other = otherTlsModule(options.evaluation);
  const tlsOf = (settings: TlsSettings) => {
    const own = withManaged(withCommanded(settings, scope), scope, matchedNames(scope, names), resolve);
    return other === undefined
      ? byCertbot(openSettings(own, unseen), scope, unseen)
      : unknownSettings(own, `mod_${other} may speak TLS here`);
  };
  const tls = tlsOf(lowerTls(scope, tlsOptions));
  const required = isManaged(scope, matchedNames(scope, names)) ? httpsRequired(scope) : undefined;
  const headers = withManagedHsts(openHeaders(lowerHeaders(scope, because), unseen), required);
  const ports = new Set(bindings.map(({ listener }) => Number(/\d+$/.exec(listener)?.[0])));
  const facts = {
    https: knownValue(tls.enabled),
    port: ports.size === 1 ? [...ports][0] : undefined,
    names: names.filter(({ kind }) => kind === 'exact').map(({ text }) => text),
    leavesHttpsUnset: () => complete && leavesHttpsUnset(options.evaluation),
  };
  const head = block ? headLocation(block) : mainLocation(scope, options.file);
  return new VirtualHost({
    id,
    label: siteLabel(scope, names, complete),
    location: head,
    block: block ? locationOf(block) : head,
    condition: conditionOf(block),
    names,
    bindings,
    tls,
    tlsBeforeCommands: hasCommands(scope) ? tlsOf(lowerTls(withoutCommands(scope), tlsOptions)) : undefined,
    headers,
    questions: { scope, facts, resolve, unseen, required, evaluation: options.evaluation, complete: options.complete },
  });
}

/** mod_http2 is loaded, or may be; it does not work in processes of mpm_prefork (AH10034). */
export function speaksHttp2({ modules, modulesCertain }: Evaluation): boolean {
  return !modules.has('mpm_prefork') && (!modulesCertain || modules.has('http2'));
}

/** The names that mod_md looks for; `MDMatchNames servernames` leaves the aliases out. */
function matchedNames({ own, inherited, block }: ServerScope, names: readonly SiteName[]): readonly SiteName[] {
  const mode = (own.get('mdmatchnames') ?? inherited.get('mdmatchnames'))?.at(-1)?.args[0]?.value.toLowerCase();
  const hasOther = !own.has('servername') && block !== undefined && hasMainName(block);
  const main = hasOther ? inherited.get('servername')?.at(-1) : undefined;
  // That of the machine, where nothing says it.
  const other: SiteName | undefined = hasOther
    ? main
      ? nameOf(main)
      : { text: '', kind: 'unknown', location: locationOf(block) }
    : undefined;
  const all = other ? [other, ...names] : names;
  return mode === 'servernames' ? all.slice(0, own.has('servername') || other ? 1 : 0) : all;
}

function isManaged(scope: ServerScope, names: readonly SiteName[]): boolean {
  if (!hasManaged(scope)) return false;
  const texts = names.map(({ text }) => text);
  return [scope.own, scope.inherited].some((map) =>
    ['mdomain', 'mdomainset'].some((key) => domainsWithNames(map.get(key) ?? [], texts).length > 0),
  );
}

function withManagedHsts(headers: Site['headers'], required: ReturnType<typeof httpsRequired>): Site['headers'] {
  const { value, origin } = headers;
  if (required?.status !== 301 || value.kind !== 'known') return headers;
  const own = value.value.filter(({ name }) => name.toLowerCase() !== 'strict-transport-security');
  if (own.length < value.value.length) return headers;
  const location = locationOf(required.by);
  const hsts = { name: 'Strict-Transport-Security', value: managedHsts, always: true, location };
  return { value: { kind: 'known', value: [...own, hsts] }, origin };
}

function hasManaged({ own, inherited }: ServerScope): boolean {
  return [own, inherited].some((map) => map.has('mdomain') || map.has('mdomainset'));
}

/** A command for OpenSSL may bring the certificate where no directive does. */
function withCommanded(tls: TlsSettings, { own, inherited }: ServerScope): TlsSettings {
  if (tls.certificates.origin.kind !== 'default') return tls;
  const brings = [own, inherited].some((map) =>
    map.get(command)?.some(({ args: [name] }) => /^certificate$/i.test(name?.value ?? '')),
  );
  if (!brings) return tls;
  return { ...tls, certificates: { ...tls.certificates, value: unknown('a command for OpenSSL names it') } };
}

/** With the certificates that mod_md gets or is given for this site's names, where it speaks TLS. */
function withManaged(
  tls: TlsSettings,
  scope: ServerScope,
  names: readonly SiteName[],
  resolve: (path: string) => string,
): TlsSettings {
  if (!hasManaged(scope)) return tls;
  const managed = managedFor(names, tls.managed);
  const own = knownValue(tls.certificates);
  const texts = names.map(({ text }) => text);
  const given = own === undefined || knownValue(tls.enabled) === false ? [] : managedPairs(scope, texts, resolve);
  if (given === undefined) {
    const value = unknown('the files of a managed domain are not all known');
    return { ...tls, managed, certificates: { value, origin: tls.certificates.origin } };
  }
  const [first] = given;
  if (own === undefined || first === undefined) return { ...tls, managed };
  const origin: Origin =
    tls.certificates.origin.kind === 'default'
      ? { kind: 'inherited', location: first.file.location, words: [first.file] }
      : tls.certificates.origin;
  return { ...tls, managed, certificates: { value: { kind: 'known', value: [...own, ...given] }, origin } };
}

/** The managed domains that this site has a name of; unknown where a name that nobody knows may be theirs. */
function managedFor(names: readonly SiteName[], managed: TlsSettings['managed']): NonNullable<TlsSettings['managed']> {
  const all = managed ?? byDefault([], 'no MDomain');
  if (all.value.kind !== 'known') return all;
  const value = withNames(
    all.value.value,
    names.map(({ text }) => text),
  );
  const isOpen = value.length === 0 && all.value.value.length > 0 && names.some(({ kind }) => kind === 'unknown');
  return { value: isOpen ? unknown('it depends on a name') : { kind: 'known', value }, origin: all.origin };
}

/** A snippet may be included where TLS is already on: what is meant for it says nothing against it. */
function enabledElsewhere(scope: ServerScope, { complete, evaluation }: SiteOptions): string | undefined {
  if (complete || (scope.block && httpsByListen(evaluation).has(scope.block))) return undefined;
  // A file with virtual hosts is part of no other: what stands outside them is for all, and makes the main server no site of TLS.
  if (!scope.block && evaluation.statements.some(({ key }) => key === 'virtualhost')) return undefined;
  const isTlsPort =
    scope.block?.args.some(({ value }) => value.endsWith(':443')) ?? evaluation.context !== 'server config';
  if (!speaksOfTls(scope) && !isTlsPort) return undefined;
  return 'SSLEngine is not set in this file, which may be part of a larger configuration';
}

/** Certbot leaves `SSLEngine on` to a file of its own, which is seldom beside what it writes. */
function byCertbot(tls: TlsSettings, { own }: ServerScope, unseen: Unseen | undefined): TlsSettings {
  if (!unseen?.inBlock || tls.enabled.value.kind !== 'unknown' || !own.has('sslcertificatefile')) return tls;
  const isCertbots = ({ args: [path], branches }: Statement) =>
    /letsencrypt\/options-ssl-apache\.conf$/.test(path?.value ?? '') && branches.length === 0;
  const include = own.get('include')?.find(isCertbots);
  return include ? { ...tls, enabled: { value: known(true), origin: originOf(include, false) } } : tls;
}

/** Whether a template or a definition may leave out what stands in a virtual host that is there. */
function mayBeAbsent({ branches }: Statement): boolean {
  return branches.some(mayBeLeftOut);
}

/** What decides whether a virtual host is there at all. */
function conditionOf(block: Statement | undefined): string | undefined {
  const open = block?.branches.filter(mayBeLeftOut);
  if (!open || open.length === 0) return undefined;
  return open.map(({ kind, subject, holds }) => `${kind} ${subject} ${holds}`).join('\n');
}

function siteNames(scope: ServerScope): readonly SiteName[] {
  const names: SiteName[] = [];
  const serverName = scope.own.get('servername')?.at(-1);
  // An empty one is refused, which is told.
  if (serverName && (serverName.args[0]?.value ?? '') !== '') names.push(nameOf(serverName));
  for (const alias of scope.own.get('serveralias') ?? []) {
    const isOpen = mayBeAbsent(alias);
    alias.args.forEach(({ value }, index) => {
      names.push({ text: value, kind: isOpen ? 'unknown' : nameKind(value), location: wordLocation(alias, index) });
    });
  }
  return names;
}

function nameOf(serverName: Statement): SiteName {
  const text = hostOfServerName(serverName.args[0]?.value ?? '');
  const kind = mayBeAbsent(serverName) ? 'unknown' : nameKind(text);
  return { text, kind, location: wordLocation(serverName, 0) };
}

function nameKind(text: string): SiteName['kind'] {
  if (isUncertain(text)) return 'unknown';
  if (text === '*') return 'catch-all';
  return /[*?]/.test(text) ? 'wildcard' : 'exact';
}

function siteLabel(scope: ServerScope, names: readonly SiteName[], complete: boolean): string {
  const address = scope.block?.node.raw;
  const name = names[0]?.text;
  if (address !== undefined)
    return name === undefined ? `virtual host ${address}` : `virtual host ${name} (${address})`;
  if (!complete) return name === undefined ? 'the server of this file' : `server ${name}`;
  return name === undefined ? 'main server' : `main server ${name}`;
}

function hostBindings(block: Statement, reached: Reach): readonly Binding[] {
  const bindings = new Map<string, Binding>();
  block.args.forEach((argument, index) => {
    for (const listener of reached(argument.value)) {
      const id = listenerId(listener);
      if (!bindings.has(id)) bindings.set(id, bindingTo(id, wordLocation(block, index)));
    }
  });
  return [...bindings.values()];
}

/** Where findings about an absence are shown: the directive that makes the main server speak TLS, or its first one. */
function mainLocation(scope: ServerScope, file: string) {
  const statement = scope.own.get('sslengine')?.[0] ?? scope.own.get('servername')?.[0] ?? scope.statements[0];
  return statement ? headLocation(statement) : { file, range: { start: 0, end: 0 } };
}
