import type { CertificatePair, UpstreamConnection } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import { byDefault, known, unknown } from '../../../tls/model/setting.ts';
import type { TlsDefaults } from '../defaults.ts';
import type { Item, Scope } from '../scope.ts';
import { locate } from '../scope.ts';
import { inherited, originOf, pathReader, readFlag, readNumber, readString, settingIn } from './setting.ts';
import { certificatesIn, protocolsIn } from './tls.ts';

/** Blocks inside a server that may open connections of their own. */
const blocks: ReadonlySet<string> = new Set(['location', 'if', 'limit_except']);

/** The directives that open a connection of their own, and the prefix of their TLS settings. */
const families = [
  { pass: 'proxy_pass', prefix: 'proxy_', tls: /^https:/i, plain: /^http:/i },
  { pass: 'grpc_pass', prefix: 'grpc_', tls: /^grpcs:/i, plain: /^(?:grpc:|unix:|[\w.-]+(?::\d+)?$)/i },
  { pass: 'uwsgi_pass', prefix: 'uwsgi_', tls: /^suwsgi:/i, plain: /^./ },
] as const;
const familyOf = new Map<string, (typeof families)[number]>(families.map((family) => [family.pass, family]));

/** TLS connections that the blocks of one server open, those of its locations too. */
export function upstreamsIn(
  site: string,
  chain: readonly Scope[],
  application: 'http' | 'stream' | 'mail',
  defaults: TlsDefaults,
  entry: string,
): readonly UpstreamConnection[] {
  if (application === 'mail') return [];
  const found: UpstreamConnection[] = [];
  visit(chain);
  return found;

  function visit(scopes: readonly Scope[]): void {
    const scope = scopes[0] as Scope;
    for (const item of scope.items) {
      const family = familyOf.get(item.name);
      if (family) {
        const connection = connectionOf(site, item, family, scopes, application, defaults, entry);
        if (connection) found.push(connection);
      } else if (item.inner && blocks.has(item.name)) visit([item.inner, ...scopes]);
    }
  }
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
  const to = item.directive.args[0]?.value ?? '';
  const { prefix } = family;
  const of = <T>(value: T): Setting<T> => byDefault(value, defaults.because);
  const through = <T>(outside: Setting<T>, step: (scope: Scope, outside: Setting<T>) => Setting<T>): Setting<T> =>
    scopes.reduceRight((setting, scope) => step(scope, inherited(setting)), outside);
  const flag = (name: string) => through(of(false), (scope, outside) => settingIn(scope, name, outside, readFlag));
  const tls = application === 'stream' ? flag('proxy_ssl') : tlsByScheme(item, family, scopes[0] as Scope);
  if (tls.value.kind === 'known' && !tls.value.value) return undefined;
  return {
    site,
    to,
    tls,
    verify: flag(`${prefix}ssl_verify`),
    verifyDepth: through(of(defaults.upstreamVerifyDepth), (scope, outside) =>
      settingIn(scope, `${prefix}ssl_verify_depth`, outside, readNumber),
    ),
    trustedCertificate: through(of<string | null>(null), (scope, outside) =>
      settingIn(scope, `${prefix}ssl_trusted_certificate`, outside, pathReader(entry)),
    ),
    serverName: flag(`${prefix}ssl_server_name`),
    protocols: through(of(defaults.protocols), (scope, outside) =>
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

function tlsByScheme(item: Item, family: (typeof families)[number], scope: Scope): Setting<boolean> {
  const word = item.directive.args[0];
  const origin = originOf(item, scope);
  if (!word || word.templated) return { value: unknown('a template fills in the address'), origin };
  if (family.tls.test(word.value)) return { value: known(true), origin };
  if (/^\$|^\w*\$/.test(word.value)) return { value: unknown('the address depends on a variable'), origin };
  return { value: known(false), origin };
}
