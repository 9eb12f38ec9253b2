import { shortName } from '../chain/node.ts';
import type { ContainerContent, ContainerObject } from '../containers/content.ts';

/**
 * Keys of Secrets of Kubernetes’ type for TLS that are not those of the certificate beside them, with what to say of each;
 * the API server takes them without looking.
 */
export function mismatchedSecrets({ objects }: ContainerContent): ReadonlyMap<ContainerObject, string> {
  const certificates = new Map<string, ContainerObject>();
  for (const object of objects) {
    const { set } = object.source;
    if (object.kind === 'certificate' && set !== undefined && !certificates.has(set)) certificates.set(set, object);
  }
  const found = new Map<ContainerObject, string>();
  if (certificates.size === 0) return found;
  for (const object of objects) {
    const name = /^(.*)\btls\.key$/.exec(object.source.set ?? '')?.[1];
    if (object.kind !== 'privateKey' || name === undefined) continue;
    const certificate = certificates.get(`${name}tls.crt`);
    const { spkiSha256 } = object.key;
    if (certificate?.kind !== 'certificate' || spkiSha256 === undefined) continue;
    if (spkiSha256 === certificate.certificate.spkiSha256) continue;
    const owner = shortName(certificate.certificate);
    found.set(
      object,
      `${name}tls.key is not the key of ${name}tls.crt (“${owner}”): no server can use the two together. Put the key of that certificate there.`,
    );
  }
  return found;
}
