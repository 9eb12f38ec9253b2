import type { Located } from '../../../../text/range.ts';
import type { CertificatePair } from '../../../../tls/model/certificate-pair.ts';
import type { ManagedCertificate } from '../../../../tls/model/server-model.ts';
import type { Setting } from '../../../../tls/model/setting.ts';
import { locationOf, type Statement } from '../../evaluate/statement.ts';
import { isUncertain } from '../../uncertain.ts';
import { type Scope, settleList } from '../scopes/settle.ts';
import { domainsWithNames, managedNames, words } from './domain-index.ts';

/** Directives that say which certificates mod_md gets, and how. */
export const managingKeys = [
  'mdomain',
  'mdomainset',
  'mdcertificateauthority',
  'mdcachallenges',
  'mdchallengedns01',
  'mdportmap',
  'mdrenewwindow',
];

/** Domains that mod_md manages: `MDomain`, `<MDomainSet>` and `MDMember`, with the authority and the challenge in force. */
export function managedCertificates(scope: Scope, because: string): Setting<readonly ManagedCertificate[]> {
  const outside: Last = (key) => scope.own.get(key)?.at(-1) ?? scope.inherited.get(key)?.at(-1);
  const common = policyOf(outside);
  return settleList<ManagedCertificate>(scope, ['mdomain', 'mdomainset'], because, (statement) => {
    if (hasOwnFiles(statement)) return undefined;
    const { children } = statement;
    // What stands in the section is for its domain alone.
    const inside: Last = (key) => children.findLast((child) => child.key === key) ?? outside(key);
    const policy = children.length === 0 ? common : policyOf(inside);
    return { ...policy, names: managedNames(statement), location: locationOf(statement) };
  });
}

/** The last directive of a name that is in force. */
type Last = (key: string) => Statement | undefined;

function policyOf(last: Last) {
  const issuer = last('mdcertificateauthority')?.args[0]?.value ?? 'letsencrypt';
  const chosen = words(last('mdcachallenges'));
  const tried = chosen.length > 0 ? chosen : ['tls-alpn-01', 'http-01', 'dns-01'];
  // Without a command that sets the record, mod_md leaves dns-01 out.
  const usable = last('mdchallengedns01') === undefined ? tried.filter((name) => name !== 'dns-01') : tried;
  const challenge = (usable.length > 0 ? usable : tried).join(' ');
  return {
    issuer,
    challenge,
    ...(last('mdportmap') === undefined ? {} : { portsMapped: true }),
    ...renewalWindow(last('mdrenewwindow')),
  };
}

/** A domain with `MDCertificateFile`: mod_md asks no authority for it. */
export function hasOwnFiles({ children }: Statement): boolean {
  return children.some(({ key }) => key === 'mdcertificatefile');
}

/** Its files do not come in pairs, at which Apache stops. */
export function isUneven({ children }: Statement): boolean {
  const count = (name: string) => children.filter(({ key }) => key === name).length;
  return count('mdcertificatefile') !== count('mdcertificatekeyfile');
}

/** One of its paths has a variable that nobody here knows. */
function isUnclear({ children }: Statement): boolean {
  const own = children.filter(({ key }) => key === 'mdcertificatefile' || key === 'mdcertificatekeyfile');
  return own.some(({ args: [path] }) => !path || isUncertain(path.value));
}

/**
 * The files that managed domains bring for a site of these names; mod_md adds them behind the site's own. Undefined where they
 * are uneven, or a path is not known.
 */
export function managedPairs(
  scope: Scope,
  names: readonly string[],
  resolve: (path: string) => string,
): readonly CertificatePair[] | undefined {
  const { own, inherited } = scope;
  const matching = [inherited, own].flatMap((map) => domainsWithNames(map.get('mdomainset') ?? [], names));
  if (matching.some((domain) => isUneven(domain) || isUnclear(domain))) return undefined;
  const pairs = matching.flatMap(({ children }) => {
    const files = children.filter(({ key }) => key === 'mdcertificatefile').flatMap(locatedPath);
    const keys = children.filter(({ key }) => key === 'mdcertificatekeyfile').flatMap(locatedPath);
    return files.map((file, index) => ({ file, keyFile: keys[index] ?? null }));
  });
  const spare = keysWithoutCertificate(scope).flatMap(locatedPath);
  const keys = [...spare, ...pairs.map(({ keyFile }) => keyFile)];
  return spare.length === 0 ? pairs : pairs.map(({ file }, index) => ({ file, keyFile: keys[index] ?? null }));

  function locatedPath({ file, args: [path] }: Statement): readonly Located<string>[] {
    if (!path || isUncertain(path.value)) return [];
    return [{ value: resolve(path.value), location: { file, range: path.range } }];
  }
}

/** Keys that a server has of its own and no certificates for: mod_ssl gives them to those that follow. */
function keysWithoutCertificate({ own, inherited }: Scope): readonly Statement[] {
  const [keys, certificates] = ['sslcertificatekeyfile', 'sslcertificatefile'].map((name) => {
    const ours = own.get(name) ?? [];
    return [...ours, ...(inherited.get(name) ?? []).slice(ours.length)];
  }) as [Statement[], Statement[]];
  return keys.slice(certificates.length);
}

/** What `MDRequireHttps` makes of plain HTTP for managed names, where it says so. */
export function httpsRequired({
  own,
  inherited,
}: Scope): { readonly status: 301 | 302; readonly by: Statement } | undefined {
  const by = own.get('mdrequirehttps')?.at(-1) ?? inherited.get('mdrequirehttps')?.at(-1);
  const word = by?.args[0]?.value.toLowerCase();
  if (!by || by.branches.length > 0 || (word !== 'temporary' && word !== 'permanent')) return undefined;
  return { status: word === 'permanent' ? 301 : 302, by };
}

/** Half a year, sent over TLS with `MDRequireHttps permanent`. */
export const managedHsts = 'max-age=15768000';

function renewalWindow(statement: Statement | undefined): Pick<ManagedCertificate, 'renewalWindow'> {
  const [word] = statement?.args ?? [];
  if (statement === undefined || word === undefined || isUncertain(word.value)) return {};
  return { renewalWindow: { value: word.value, location: { file: statement.file, range: word.range } } };
}
