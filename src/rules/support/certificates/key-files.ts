import type { NamedPath } from '../../../tls/model/server-model.ts';
import type { CertificateFile } from '../../rule.ts';

/** True for a private key's file, and for a certificate's file that holds the key too. */
export function isKeyFile(purpose: NamedPath['purpose'], { keyKinds }: CertificateFile): boolean {
  return keyKinds.length > 0 && (purpose === 'key' || purpose.endsWith('certificate'));
}
