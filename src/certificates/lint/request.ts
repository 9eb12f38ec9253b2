import { bigIntegerOf, childrenOf, readElement } from '../asn1/der.ts';
import { attributeValues } from '../asn1/names.ts';
import { readRsaKey } from '../asn1/public-key.ts';
import type { CertificateRequest } from '../containers/request.ts';
import { coversHost } from '../host-names.ts';
import { digestInName } from '../signature-algorithm.ts';
import { judgeKey } from '../weak-keys/judge.ts';
import { publicNameFault } from './internal-names.ts';
import type { CertificateFinding } from './lint.ts';
import { addressFault, dnsNameFault, looksLikeHost } from './names.ts';

/** What a public CA will refuse in a request, before an order is spent on it. */
export function lintRequest(request: CertificateRequest): CertificateFinding[] {
  const findings: CertificateFinding[] = [];
  const add = (rule: string, severity: CertificateFinding['severity'], message: string, reference: string) => {
    findings.push({ rule, severity, message, reference });
  };
  if (request.signature === 'bad') {
    add(
      'request-signature',
      'error',
      'The request is not signed by its own key, or was changed since. Every CA refuses it; make it again.',
      'RFC 2986 section 4.2',
    );
  }
  const { spki, subject } = fieldsOf(request);
  const weakness = judgeKey(spki, request.spkiSha256);
  if (weakness !== undefined) {
    add(
      'certificate-compromised-key',
      'error',
      `${weakness.message} A public CA must refuse it. Make a new key.`,
      'BR 6.1.1.3',
    );
  }
  const { algorithm, bits = 0, curve } = request.publicKey;
  const rsa = readRsaKey(spki);
  if (rsa !== undefined && (bits < 2048 || bits % 8 !== 0)) {
    add(
      'certificate-weak-key',
      'warning',
      `An RSA key of ${bits} bits is refused by public CAs, which want 2048 or more, and a multiple of 8. Make a key of 2048 bits, or EC P-256.`,
      'BR 6.1.5',
    );
  } else if (algorithm === 'EC' && curve?.startsWith('explicit') === true) {
    add(
      'certificate-weak-key',
      'warning',
      'The key spells out its curve instead of naming it, which public CAs refuse. Make one without -param_enc explicit.',
      'RFC 5480 section 2.1.1',
    );
  } else if (algorithm === 'EC' && !['P-256', 'P-384', 'P-521'].includes(curve ?? '')) {
    add(
      'certificate-weak-key',
      'warning',
      `Public CAs take no keys on the curve ${curve ?? 'that is not named'}. Make one on P-256.`,
      'BR 6.1.5',
    );
  } else if (algorithm !== 'RSA' && algorithm !== 'EC') {
    add(
      'certificate-weak-key',
      'warning',
      `Public CAs take no ${algorithm} keys for servers, only RSA and EC. Make one on P-256.`,
      'BR 6.1.5',
    );
  }
  if (rsa !== undefined && bigIntegerOf(rsa.exponent) < 65537n) {
    add(
      'certificate-rsa-exponent',
      'information',
      `The public exponent is ${bigIntegerOf(rsa.exponent)}, and many public CAs refuse less than 65537. Make the key without -pkeyopt rsa_keygen_pubexp.`,
      'BR 6.1.6',
    );
  }
  if (/^(?:md|sha1)/.test(digestInName(request.signatureAlgorithm) ?? '')) {
    add(
      'certificate-weak-signature',
      'warning',
      `The request is signed with ${request.signatureAlgorithm}, which CAs refuse. Make it again with -sha256.`,
      'BR 7.1.3.2',
    );
  }
  const hosts = request.subjectAltNames.filter((name) => /^(?:DNS|IP):/.test(name));
  if (hosts.length === 0) {
    add(
      'certificate-no-names',
      'information',
      'It asks for no subject alternative names. ACME takes the names from there; the common name alone is ignored. Add subjectAltName (openssl req -addext).',
      'RFC 8555 section 7.4',
    );
  }
  for (const name of hosts) {
    const host = name.slice(name.indexOf(':') + 1);
    const isAddress = name.startsWith('IP:');
    const badly = isAddress ? addressFault(host) : dnsNameFault(host);
    if (badly !== undefined)
      add(
        'certificate-name-syntax',
        'warning',
        `${isAddress ? 'An address' : `The DNS name “${host}”`} ${badly}. CAs refuse it; correct it or leave it out.`,
        'RFC 5280 section 4.2.1.6',
      );
    const fault = badly === undefined ? publicNameFault(host) : undefined;
    if (fault !== undefined)
      add(
        'certificate-internal-name',
        'information',
        `${host} ${fault}: a public CA must refuse it, a private one need not. Leave it out if the request is for a public one.`,
        'BR 4.2.2',
      );
  }
  const others = request.subjectAltNames.filter((name) => !/^(?:DNS|IP):/.test(name));
  if (hosts.length > 0 && others.length > 0) {
    add(
      'certificate-name-kinds',
      'information',
      `Certificates of public CAs for servers hold names and addresses of hosts only, and not ${others.join(', ')}: some leave it out, others refuse the request.`,
      'BR 7.1.2.7.12',
    );
  }
  if (request.extensions.some(({ name }) => name === 'tlsFeature')) {
    add(
      'certificate-must-staple',
      'information',
      'It asks for must-staple. Let’s Encrypt refuses that since it ended OCSP; leave it out, unless your CA still has a responder.',
      'RFC 7633 section 4',
    );
  }
  for (const name of attributeValues(subject, 'CN')) {
    if (hosts.length > 0 && looksLikeHost(name) && !coversHost(request, name)) {
      add(
        'certificate-common-name',
        'warning',
        `The common name ${name} is not among the names asked for. Add it to them, or leave it out.`,
        'BR 7.1.4.3',
      );
    }
  }
  return findings;
}

function fieldsOf({ der }: CertificateRequest) {
  const info = readElement(der, readElement(der).content);
  const [, subject, spki] = childrenOf(info);
  if (subject === undefined || spki === undefined) throw new Error('The request was read before');
  return { subject, spki };
}
