import type { CipherSuite } from '../../tls/cipher-suites.ts';
import type { TlsSettings } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import type { RuleContext } from '../rule.ts';

/** Kinds of certificate as cipher suites call them: `RSA`, `ECDSA`, `DSS`. */
export type CertificateKinds = ReadonlySet<string>;

const kindOfKey: Readonly<Record<string, string>> = {
  RSA: 'RSA',
  'RSA-PSS': 'RSA',
  EC: 'ECDSA',
  Ed25519: 'ECDSA',
  Ed448: 'ECDSA',
  DSA: 'DSS',
};

/** Undefined unless every certificate could be read: one that lies elsewhere may be of any kind. */
export function certificateKinds(context: RuleContext, tls: TlsSettings): CertificateKinds | undefined {
  const pairs = knownValue(tls.certificates);
  if (pairs === undefined || pairs.length === 0 || mayBeManaged(tls)) return undefined;
  const kinds = new Set<string>();
  for (const { file } of pairs) {
    const [leaf] = context.certificateFile(file.value).certificates;
    const kind = kindOfKey[leaf?.publicKey.algorithm ?? ''];
    if (kind === undefined) return undefined;
    kinds.add(kind);
  }
  return kinds;
}

function mayBeManaged({ managed }: TlsSettings): boolean {
  return managed !== undefined && knownValue(managed)?.length !== 0;
}

/** True where one of the certificates can authenticate the suite, or where the certificates are not known. */
export function canAuthenticate(kinds: CertificateKinds | undefined, suite: CipherSuite): boolean {
  return kinds === undefined || suite.authentication === 'None' || kinds.has(suite.authentication);
}
