import type { Certificate } from '../certificates/certificate.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { UpstreamConnection } from '../tls/model/upstream-connection.ts';
import type { Report, Rule } from './rule.ts';
import { isPublic, nameOf } from './support/certificates/certificate-words.ts';

/**
 * A public certificate that this server shows as a client, to a server that will not get such a one again (Chrome Root Program
 * Policy 1.8: of those issued from 2027-03-15 on none has clientAuth; older ones keep it).
 */
export const clientAuthenticationEnding: Rule = {
  id: 'client-authentication-ending',
  title: 'Public CAs stop issuing client certificates',
  severity: 'warning',
  effect: 'security',
  *check({ model, certificateFile }) {
    for (const upstream of model.upstreams) {
      for (const { file } of knownValue(upstream.certificates) ?? []) {
        const [leaf] = certificateFile(file.value).certificates;
        if (leaf !== undefined) yield* judge(upstream, leaf, file.location);
      }
    }
  },
};

function* judge({ to }: UpstreamConnection, leaf: Certificate, location: Report['location']): Iterable<Report> {
  const usages = leaf.extendedKeyUsage;
  const isClient = usages.length === 0 || usages.includes('clientAuth') || usages.includes('anyExtendedKeyUsage');
  if (!isClient) {
    yield {
      message: `The certificate of ${nameOf(leaf)} is presented to ${to}, but is for ${usages.join(', ')} only: a server that checks refuses it. Public CAs no longer issue client certificates; get one from your own CA.`,
      location,
    };
  } else if (isPublic(leaf) && usages.includes('clientAuth')) {
    yield {
      message: `The certificate of ${nameOf(leaf)} is presented to ${to}. Public CAs are dropping clientAuth from new certificates, all of them by 2027-03-15: once it is renewed, that server refuses it. Get one from your own CA.`,
      location,
    };
  }
}
