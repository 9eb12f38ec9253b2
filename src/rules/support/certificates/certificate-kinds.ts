import { remember } from '../../../memory/remember.ts';
import type { CertificatePair } from '../../../tls/model/certificate-pair.ts';
import type { TlsSettings } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { authenticationKinds } from '../../../tls/offer/certificates.ts';
import type { CipherSuite } from '../../../tls/suites/cipher-suites.ts';
import type { RuleContext } from '../../rule.ts';

/** Kinds of certificate as cipher suites call them: `RSA`, `ECDSA`, `DSS`. */
export type CertificateKinds = ReadonlySet<string>;

/** Undefined unless every certificate could be read: one that lies elsewhere may be of any kind. */
export function certificateKinds(context: RuleContext, tls: TlsSettings): CertificateKinds | undefined {
  return mayBeManaged(tls) ? undefined : kindsIn(context)(tls.certificates);
}

const kindsIn = remember((context: RuleContext) => {
  // Many sites have the same files.
  const known = new Map<string, CertificateKinds | undefined>();
  return (certificates: TlsSettings['certificates']): CertificateKinds | undefined => {
    const pairs = knownValue(certificates) ?? [];
    const key =
      pairs.length === 1 ? (pairs[0] as CertificatePair).file.value : pairs.map(({ file }) => file.value).join('\0');
    if (!known.has(key)) known.set(key, kindsOf(pairs, context));
    return known.get(key);
  };
});

/** Sets of the same members in the same order are one object. */
const sets = new Map<string, CertificateKinds>();

function kindsOf(pairs: readonly CertificatePair[], context: RuleContext): CertificateKinds | undefined {
  const leaves = pairs.flatMap(({ file }) => context.certificateFile(file.value).certificates.slice(0, 1));
  const kinds = leaves.length < pairs.length ? undefined : authenticationKinds(leaves);
  if (kinds === undefined || kinds.size === 0) return undefined;
  const key = [...kinds].join(' ');
  const same = sets.get(key) ?? kinds;
  sets.set(key, same);
  return same;
}

function mayBeManaged({ managed }: TlsSettings): boolean {
  return managed !== undefined && knownValue(managed)?.length !== 0;
}

/** True where one of the certificates can authenticate the suite; of those that are not known, where one probably can. */
export function canAuthenticate(kinds: CertificateKinds | undefined, { authentication }: CipherSuite): boolean {
  return authentication === 'None' || (kinds ?? commonKinds).has(authentication);
}

/** DSA has been out of use for years. */
const commonKinds: CertificateKinds = new Set(['RSA', 'ECDSA']);
