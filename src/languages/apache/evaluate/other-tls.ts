import { withKey } from './by-key.ts';
import type { Evaluation } from './evaluation.ts';

interface OtherModule {
  /** A directive of its own without which it speaks no TLS. */
  readonly sign: string;
  /** Whether directives of mod_ssl's names are its own, with other values. */
  readonly sharesNames: boolean;
}

/** Modules that speak TLS in mod_ssl's stead: GnuTLS, NSS, Rustls, and those of IBM's and Oracle's servers. */
const others: ReadonlyMap<string, OtherModule> = new Map([
  ['gnutls', { sign: 'gnutlsenable', sharesNames: false }],
  ['nss', { sign: 'nssengine', sharesNames: false }],
  ['tls', { sign: 'tlsengine', sharesNames: false }],
  ['ibm_ssl', { sign: 'sslenable', sharesNames: true }],
  ['ossl', { sign: 'sslwallet', sharesNames: true }],
]);

/** The module that may speak TLS here, where it is not mod_ssl, or not mod_ssl alone. */
export function otherTlsModule(evaluation: Evaluation): string | undefined {
  const isAlone = !evaluation.modules.has('ssl');
  for (const [name, { sign }] of others) {
    if ((isAlone && evaluation.modules.has(name)) || withKey(evaluation, sign).length > 0) return name;
  }
  return undefined;
}

/** True where what reads like a directive of mod_ssl's is another module's. */
export function isSslOfOthers(evaluation: Evaluation): boolean {
  const name = otherTlsModule(evaluation);
  return name !== undefined && others.get(name)?.sharesNames === true;
}
