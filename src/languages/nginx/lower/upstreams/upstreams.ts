import type { CertificatePair } from '../../../../tls/model/certificate-pair.ts';
import type { Setting } from '../../../../tls/model/setting.ts';
import { byDefault, known, unknown } from '../../../../tls/model/setting.ts';
import type { UpstreamConnection } from '../../../../tls/model/upstream-connection.ts';
import { isConditional } from '../../conditions.ts';
import { everywhereIn } from '../../everywhere.ts';
import type { TlsDefaults } from '../../facts/defaults.ts';
import type { Item, Scope } from '../../scope.ts';
import { locate } from '../../scope.ts';
import { assignedWithin } from '../answers/rewrite.ts';
import type { OwnerOf } from '../owners.ts';
import { inherited, pathReader, readFlag, readNumber, readString, setting, settingIn } from '../setting.ts';
import type { LoweredSite } from '../sites.ts';
import { certificatesIn, protocolsIn } from '../tls/tls.ts';
import { fillWhatIsKnown } from '../variables.ts';
import { groupOf } from './groups.ts';

/** Blocks inside a server that may open connections of their own. */
const blocks: ReadonlySet<string> = new Set(['location', 'if', 'limit_except']);

/** The directives that open a connection of their own, and the prefix of their TLS settings. */
const families = [
  { pass: 'proxy_pass', prefix: 'proxy_', tls: /^https:/i, plain: /^http:/i },
  { pass: 'grpc_pass', prefix: 'grpc_', tls: /^grpcs:/i, plain: /^(?:grpc:|unix:|[\w.-]+(?::\d+)?$)/i },
  { pass: 'uwsgi_pass', prefix: 'uwsgi_', tls: /^suwsgi:/i, plain: /^./ },
] as const;
const familyOf = new Map<string, (typeof families)[number]>(families.map((family) => [family.pass, family]));

/** TLS connections that the servers open, those of their locations too. */
export function upstreamsOf(
  root: Scope,
  ownerOf: OwnerOf,
  defaults: TlsDefaults,
  entry: string,
): readonly UpstreamConnection[] {
  const found: UpstreamConnection[] = [];
  const mayBeStream = root.context !== 'main' || root.find('stream').length > 0;
  for (const item of everywhereIn(root, familyOf.keys())) {
    const family = familyOf.get(item.name) as (typeof families)[number];
    const plain = isPlain(item, family);
    // Most connections are plain, which is told without looking around; only of stream the address does not tell.
    if (plain && !mayBeStream) continue;
    const owner = ownerOf(item);
    if (owner === 'shared' || owner === 'nobody' || owner.site.application === 'mail') continue;
    if (plain && owner.site.application !== 'stream') continue;
    const scopes = blocksAround(item, owner);
    if (!scopes || isConditional(item)) continue;
    const connection = connectionOf(owner.site.id, item, family, scopes, owner.site.application, defaults, entry);
    if (connection) found.push(connection);
  }
  return found;
}

/** The blocks from a directive up to the one around its server; undefined where one of them opens no connections. */
function blocksAround(item: Item, { scope, item: server }: LoweredSite): readonly Scope[] | undefined {
  const around: Scope[] = [];
  for (let at = item.outer; at.first !== scope.first; at = at.owner.outer) {
    if (!at.owner || !blocks.has(at.owner.name)) return undefined;
    around.push(at);
  }
  around.push(scope, server.outer);
  return around;
}

function connectionOf(
  site: string,
  item: Item,
  family: (typeof families)[number],
  scopes: readonly Scope[],
  application: 'http' | 'stream' | 'mail',
  defaults: TlsDefaults,
  entry: string,
): UpstreamConnection | undefined {
  const to = addressOf(item, scopes);
  const byScheme = application === 'stream' ? undefined : tlsByScheme(item, to, family, scopes[0] as Scope);
  if (byScheme && isKnownFalse(byScheme)) return undefined;
  const { prefix } = family;
  const of = <T>(value: T): Setting<T> => byDefault(value, defaults.because);
  const through = <T>(outside: Setting<T>, step: (scope: Scope, outside: Setting<T>) => Setting<T>): Setting<T> =>
    scopes.reduceRight((setting, scope) => step(scope, inherited(setting)), outside);
  const flag = (name: string) => through(of(false), (scope, outside) => settingIn(scope, name, outside, readFlag));
  const tls = byScheme ?? flag('proxy_ssl');
  if (isKnownFalse(tls)) return undefined;
  return {
    site,
    to,
    group: groupOf(to, scopes.at(-1) as Scope),
    tls,
    verify: flag(`${prefix}ssl_verify`),
    verifyDepth: through(of(defaults.upstreamVerifyDepth), (scope, outside) =>
      settingIn(scope, `${prefix}ssl_verify_depth`, outside, readNumber),
    ),
    trustedCertificate: through(of<string | null>(null), (scope, outside) =>
      settingIn(scope, `${prefix}ssl_trusted_certificate`, outside, pathReader(entry)),
    ),
    revocationLists: through(of<string | null>(null), (scope, outside) =>
      settingIn(scope, `${prefix}ssl_crl`, outside, pathReader(entry)),
    ),
    sessionReuse: sharesSessions(item)
      ? through(of(true), (scope, outside) => settingIn(scope, `${prefix}ssl_session_reuse`, outside, readFlag))
      : setting(unknown('the address is looked up for each request'), item, scopes[0] as Scope),
    serverName: flag(`${prefix}ssl_server_name`),
    wantedName: through(of<string | null>(null), (scope, outside) =>
      settingIn(scope, `${prefix}ssl_name`, outside, readString),
    ),
    protocols: through(of(defaults.upstreamProtocols), (scope, outside) =>
      protocolsIn(scope, `${prefix}ssl_protocols`, outside),
    ),
    cipherString: through(of(defaults.upstreamCipherString), (scope, outside) =>
      settingIn(scope, `${prefix}ssl_ciphers`, outside, readString),
    ),
    certificates: through(of<readonly CertificatePair[]>([]), (scope, outside) =>
      certificatesIn(scope, outside, entry, prefix),
    ),
    location: locate(item),
  };
}

/** Connections to addresses that nginx knows from the start share the sessions of each (ngx_http_upstream_save_round_robin_peer_session). */
function sharesSessions({ args }: Item): boolean {
  return args[0]?.value.includes('$') === false;
}

function isKnownFalse({ value }: Setting<boolean>): boolean {
  return value.kind === 'known' && !value.value;
}

/** True where the address itself says that a connection is not encrypted. */
function isPlain(item: Item, family: (typeof families)[number]): boolean {
  const word = item.args[0];
  if (!word || word.templated) return false;
  return !family.tls.test(word.value) && !dependsOnVariable.test(word.value);
}

const dependsOnVariable = /^\$|^\w*\$/;

/**
 * The address with what `set` and `map` say of its variables.
 * @param scopes the block and those around it, innermost first
 */
export function addressOf(item: Item, scopes: readonly Scope[]): string {
  const written = item.args[0]?.value ?? '';
  if (!written.includes('$')) return written;
  return fillWhatIsKnown(written, { assigned: assignedWithin(scopes) }, scopes[0] as Scope);
}

function tlsByScheme(item: Item, to: string, family: (typeof families)[number], scope: Scope): Setting<boolean> {
  const word = item.args[0];
  if (!word || word.templated) return setting(unknown('a template fills in the address'), item, scope);
  if (family.tls.test(to)) return setting(known(true), item, scope);
  if (dependsOnVariable.test(to)) return setting(unknown('the address depends on a variable'), item, scope);
  return setting(known(false), item, scope);
}
