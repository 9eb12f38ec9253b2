import type { TlsSettings } from '../../../../tls/model/server-model.ts';
import { unknown } from '../../../../tls/model/setting.ts';
import type { Item, Scope } from '../../scope.ts';

/** NTLS (TLCP) has suites, groups and pairs of certificates that OpenSSL has not: a library made from it speaks it. */
const directives: ReadonlySet<string> = new Set([
  'enable_ntls',
  'ssl_ntls',
  'ssl_sign_certificate',
  'ssl_enc_certificate',
]);

export function asksForNtls({ name, args }: Item): boolean {
  return directives.has(name) && args[0]?.value !== 'off';
}

/** True where a server, or what is around it, asks for NTLS. */
export function speaksNtls(scope: Scope): boolean {
  for (const name of directives) {
    const item = scope.findLast(name);
    if (item) return asksForNtls(item);
  }
  const outer = scope.owner?.outer;
  return outer !== undefined && speaksNtls(outer);
}

const reason = 'NTLS comes with a library other than OpenSSL';

export function isNtls({ certificates: { value } }: TlsSettings): boolean {
  return value.kind === 'unknown' && value.reason === reason;
}

/** What nobody knows of a server that another library serves. */
export function withoutOpenssl(settings: TlsSettings): TlsSettings {
  const because = unknown(reason);
  const { protocols, cipherString, groups, certificates } = settings;
  return {
    ...settings,
    protocols: { value: because, origin: protocols.origin },
    cipherString: { value: because, origin: cipherString.origin },
    groups: { value: because, origin: groups.origin },
    certificates: { value: because, origin: certificates.origin },
  };
}
