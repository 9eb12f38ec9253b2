import type { TlsSettings } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import { authenticationKinds } from '../../tls/offer/certificates.ts';
import type { CipherSuite } from '../../tls/suites/cipher-suites.ts';
import type { RuleContext } from '../rule.ts';
import { remember } from './remember.ts';

/** Kinds of certificate as cipher suites call them: `RSA`, `ECDSA`, `DSS`. */
export type CertificateKinds = ReadonlySet<string>;

/** Undefined unless every certificate could be read: one that lies elsewhere may be of any kind. */
export function certificateKinds(context: RuleContext, tls: TlsSettings): CertificateKinds | undefined {
  return mayBeManaged(tls) ? undefined : kindsIn(context)(tls.certificates);
}

const kindsIn = remember((context: RuleContext) =>
  remember((certificates: TlsSettings['certificates']): CertificateKinds | undefined => {
    const pairs = knownValue(certificates) ?? [];
    const leaves = pairs.flatMap(({ file }) => context.certificateFile(file.value).certificates.slice(0, 1));
    const kinds = leaves.length < pairs.length ? undefined : authenticationKinds(leaves);
    return kinds?.size === 0 ? undefined : kinds;
  }),
);

function mayBeManaged({ managed }: TlsSettings): boolean {
  return managed !== undefined && knownValue(managed)?.length !== 0;
}

/** True where one of the certificates can authenticate the suite; of those that are not known, where one probably can. */
export function canAuthenticate(kinds: CertificateKinds | undefined, { authentication }: CipherSuite): boolean {
  return authentication === 'None' || (kinds ?? commonKinds).has(authentication);
}

/** DSA has been out of use for years. */
const commonKinds: CertificateKinds = new Set(['RSA', 'ECDSA']);
