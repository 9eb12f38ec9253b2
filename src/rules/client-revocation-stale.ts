import type { Certificate } from '../certificates/certificate.ts';
import type { RevocationList } from '../certificates/containers/crl.ts';
import { momentText } from '../certificates/status.ts';
import type { TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { CertificateFile, Rule, RuleContext } from './rule.ts';
import { inheritors, writtenSettings } from './support/shared-settings.ts';

/** OpenSSL refuses a client's certificate where the list of each CA above it is absent or out of date (RFC 5280 section 6.3.3). */
export const clientRevocationStale: Rule = {
  id: 'client-revocation-stale',
  title: 'Revocation lists refuse client certificates that are good',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    for (const shared of writtenSettings(context.model, 'revocationLists')) {
      const path = knownValue(shared.setting);
      const asking = shared.endpoints.find(({ tls }) => asksClients(tls));
      if (path == null || asking === undefined) continue;
      const file = context.certificateFile(path);
      if (mayListElsewhere(context, asking.tls)) continue;
      if (isUnhashed(file)) {
        yield {
          message: `No file in ${path} is named after the hash of a CA and ends in .r0, as OpenSSL looks for revocation lists, so every client certificate is refused (error log: unable to get certificate CRL). Make links of such names with "openssl rehash ${path}".`,
          location: shared.location,
          related: inheritors(shared),
        };
        continue;
      }
      const authorities = authoritiesOf(context, asking.tls);
      const { revocationLists } = file;
      // Nothing in it is another finding, and one that is not here is none.
      if (revocationLists.length === 0 && file.certificates.length === 0) continue;
      const troubles = authorities.flatMap((authority) => troubleWith(authority, revocationLists, context.now) ?? []);
      const expired = troubles.find(({ kind }) => kind === 'expired');
      const [first] = troubles;
      if (first === undefined || (troubles.length < authorities.length && expired === undefined)) continue;
      const nobody = troubles.length === authorities.length;
      const { what, log } = expired ?? first;
      yield {
        message: `${path} ${what}, so ${nobody ? 'every client certificate is refused' : 'client certificates of that CA are refused'} (error log: ${log}). Put the current list there and reload the server, and automate both to happen before each list expires.`,
        location: shared.location,
        severity: nobody ? 'error' : 'warning',
        effect: nobody ? 'connect' : 'security',
        related: inheritors(shared),
      };
    }
  },
};

/** X509_LOOKUP_hash_dir(3). */
function isUnhashed(folder: CertificateFile): boolean {
  const inside = filesIn(folder);
  return (
    inside.some(({ revocationLists }) => revocationLists.length > 0) &&
    !inside.some(({ file }) => /\/[\da-f]{8}\.r\d+$/.test(file))
  );
}

function filesIn({ state }: CertificateFile) {
  return (state.kind === 'found' && state.inside) || [];
}

interface Trouble {
  readonly kind: 'none' | 'expired' | 'future';
  /** What the file does, after its name. */
  readonly what: string;
  /** X509_verify_cert_error_string(3). */
  readonly log: string;
}

/** Why OpenSSL takes no certificate of an authority; undefined where a list of it is current, or nobody can tell. */
function troubleWith({ subject }: Certificate, lists: readonly RevocationList[], now: Date): Trouble | undefined {
  const own = lists.filter(({ issuer }) => issuer === subject);
  if (own.length === 0) {
    return { kind: 'none', what: `holds no revocation list of ${subject}`, log: 'unable to get certificate CRL' };
  }
  const ends = own.map(({ nextUpdate }) => nextUpdate?.getTime() ?? Number.POSITIVE_INFINITY);
  const end = Math.max(...ends);
  if (end < now.getTime()) {
    const what = `holds a revocation list of ${subject} that expired on ${momentText(new Date(end))}`;
    return { kind: 'expired', what, log: 'CRL has expired' };
  }
  const start = Math.min(...own.map(({ thisUpdate }) => thisUpdate.getTime()));
  if (start <= now.getTime()) return undefined;
  const what = `holds a revocation list of ${subject} that is not valid before ${momentText(new Date(start))}`;
  return { kind: 'future', what, log: 'CRL is not yet valid' };
}

function asksClients({ clientVerification }: TlsSettings): boolean {
  const asked = knownValue(clientVerification);
  return asked !== undefined && asked !== 'off';
}

/** OpenSSL takes lists from the files and folders of CAs as well (measured). */
function mayListElsewhere({ certificateFile }: RuleContext, tls: TlsSettings): boolean {
  return [tls.clientCertificates, tls.trustedCertificate].some((setting) => {
    const path = setting && knownValue(setting);
    if (path == null) return path === undefined;
    const file = certificateFile(path);
    return [file, ...filesIn(file)].some(({ revocationLists }) => revocationLists.length > 0);
  });
}

/** The certificates that client certificates may end at; none where a file of them cannot be read. */
function authoritiesOf({ certificateFile }: RuleContext, tls: TlsSettings): readonly Certificate[] {
  const files = [tls.clientCertificates, tls.trustedCertificate].map((setting) => setting && knownValue(setting));
  if (files.includes(undefined)) return [];
  const named = [...new Set(files)].flatMap((path) => (path == null ? [] : certificateFile(path)));
  return named.every(({ state }) => state.kind === 'found') ? named.flatMap(({ certificates }) => certificates) : [];
}
