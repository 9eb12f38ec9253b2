import type { Severity } from '../../text/finding.ts';
import { bigIntegerOf, childrenOf, type Element, readElement } from '../asn1/der.ts';
import { attributeValues } from '../asn1/names.ts';
import { readRsaKey } from '../asn1/public-key.ts';
import type { CertificateRequest } from '../containers/request.ts';
import { coversHost } from '../host-names.ts';
import { digestInName } from '../signature-algorithm.ts';
import { judgeKey } from '../weak-keys/judge.ts';
import { publicNameFault } from './internal-names.ts';
import type { CertificateFinding } from './lint.ts';
import { addressFault, dnsNameFault, looksLikeHost } from './names.ts';

/** A request, with what several lints read of it. */
interface RequestSubject {
  readonly request: CertificateRequest;
  /** Its distinguished name and its SubjectPublicKeyInfo. */
  readonly subject: Element;
  readonly spki: Element;
  /** The names of hosts that it asks for: `DNS:…`, `IP:…`. */
  readonly hosts: readonly string[];
}

/** As `CertificateLint`; most bear the name of the one that would tell the same of the certificate. */
interface RequestLint {
  readonly id: string;
  readonly reference: string;
  check(subject: RequestSubject): Iterable<{ readonly severity: Severity; readonly message: string }>;
}

const signature: RequestLint = {
  id: 'request-signature',
  reference: 'RFC 2986 section 4.2',
  *check({ request }) {
    if (request.signature === 'bad')
      yield {
        severity: 'error',
        message: 'The request is not signed by its own key, or was changed since. Every CA refuses it; make it again.',
      };
  },
};

const compromised: RequestLint = {
  id: 'certificate-compromised-key',
  reference: 'BR 6.1.1.3',
  *check({ request, spki }) {
    const weakness = judgeKey(spki, request.spkiSha256);
    if (weakness !== undefined)
      yield { severity: 'error', message: `${weakness.message} A public CA must refuse it. Make a new key.` };
  },
};

function spellsOutCurve({ algorithm, curve }: CertificateRequest['publicKey']): boolean {
  return algorithm === 'EC' && curve?.startsWith('explicit') === true;
}

const weakKey: RequestLint = {
  id: 'certificate-weak-key',
  reference: 'BR 6.1.5',
  *check({ request, spki }) {
    const { algorithm, bits = 0, curve } = request.publicKey;
    if (readRsaKey(spki) !== undefined && (bits < 2048 || bits % 8 !== 0)) {
      yield {
        severity: 'warning',
        message: `An RSA key of ${bits} bits is refused by public CAs, which want 2048 or more, and a multiple of 8. Make a key of 2048 bits, or EC P-256.`,
      };
    } else if (spellsOutCurve(request.publicKey)) {
      return;
    } else if (algorithm === 'EC' && !['P-256', 'P-384', 'P-521'].includes(curve ?? '')) {
      yield {
        severity: 'warning',
        message: `Public CAs take no keys on the curve ${curve ?? 'that is not named'}. Make one on P-256.`,
      };
    } else if (algorithm !== 'RSA' && algorithm !== 'EC') {
      yield {
        severity: 'warning',
        message: `Public CAs take no ${algorithm} keys for servers, only RSA and EC. Make one on P-256.`,
      };
    }
  },
};

const explicitCurve: RequestLint = {
  id: 'certificate-weak-key',
  reference: 'RFC 5480 section 2.1.1',
  *check({ request }) {
    if (spellsOutCurve(request.publicKey))
      yield {
        severity: 'warning',
        message:
          'The key spells out its curve instead of naming it, which public CAs refuse. Make one without -param_enc explicit.',
      };
  },
};

const exponent: RequestLint = {
  id: 'certificate-rsa-exponent',
  reference: 'BR 6.1.6',
  *check({ spki }) {
    const rsa = readRsaKey(spki);
    const value = rsa && bigIntegerOf(rsa.exponent);
    if (value !== undefined && value < 65537n)
      yield {
        severity: 'information',
        message: `The public exponent is ${value}, and many public CAs refuse less than 65537. Make the key without -pkeyopt rsa_keygen_pubexp.`,
      };
  },
};

const weakSignature: RequestLint = {
  id: 'certificate-weak-signature',
  reference: 'BR 7.1.3.2',
  *check({ request }) {
    if (/^(?:md|sha1)/.test(digestInName(request.signatureAlgorithm) ?? ''))
      yield {
        severity: 'warning',
        message: `The request is signed with ${request.signatureAlgorithm}, which CAs refuse. Make it again with -sha256.`,
      };
  },
};

const noNames: RequestLint = {
  id: 'certificate-no-names',
  reference: 'RFC 8555 section 7.4',
  *check({ hosts }) {
    if (hosts.length === 0)
      yield {
        severity: 'information',
        message:
          'It asks for no subject alternative names. Some CAs take the common name for one, others ignore it. Add subjectAltName (openssl req -addext).',
      };
  },
};

/** Whether a subject alternative name is one of a host. */
function isHost(name: string): boolean {
  return /^(?:DNS|IP):/.test(name);
}

/** Why no client can match a name; undefined where one can. */
function syntaxFault(name: string): string | undefined {
  const host = hostIn(name);
  return name.startsWith('IP:') ? addressFault(host) : dnsNameFault(host);
}

/** `example.com` of `DNS:example.com`. */
function hostIn(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const nameSyntax: RequestLint = {
  id: 'certificate-name-syntax',
  reference: 'RFC 5280 section 4.2.1.6',
  *check({ hosts }) {
    for (const name of hosts) {
      const fault = syntaxFault(name);
      const what = name.startsWith('IP:') ? 'An address' : `The DNS name “${hostIn(name)}”`;
      if (fault !== undefined)
        yield { severity: 'warning', message: `${what} ${fault}. CAs refuse it; correct it or leave it out.` };
    }
  },
};

const internalName: RequestLint = {
  id: 'certificate-internal-name',
  reference: 'BR 4.2.2',
  *check({ hosts }) {
    for (const name of hosts) {
      const fault = syntaxFault(name) === undefined ? publicNameFault(hostIn(name)) : undefined;
      if (fault !== undefined)
        yield {
          severity: 'information',
          message: `${hostIn(name)} ${fault}: a public CA must refuse it, a private one need not. Leave it out if the request is for a public one.`,
        };
    }
  },
};

const nameKinds: RequestLint = {
  id: 'certificate-name-kinds',
  reference: 'BR 7.1.2.7.12',
  *check({ request, hosts }) {
    const others = request.subjectAltNames.filter((name) => !isHost(name));
    if (hosts.length > 0 && others.length > 0)
      yield {
        severity: 'information',
        message: `Certificates of public CAs for servers hold names and addresses of hosts only, and not ${others.join(', ')}: some leave it out, others refuse the request.`,
      };
  },
};

const mustStaple: RequestLint = {
  id: 'certificate-must-staple',
  reference: 'RFC 7633 section 4',
  *check({ request }) {
    if (request.extensions.some(({ name }) => name === 'tlsFeature'))
      yield {
        severity: 'information',
        message:
          'It asks for must-staple. Let’s Encrypt refuses that since it ended OCSP; leave it out, unless your CA still has a responder.',
      };
  },
};

const commonName: RequestLint = {
  id: 'certificate-common-name',
  reference: 'BR 7.1.4.3',
  *check({ request, subject, hosts }) {
    if (hosts.length === 0) return;
    for (const name of attributeValues(subject, 'CN')) {
      if (looksLikeHost(name) && !coversHost(request, name))
        yield {
          severity: 'warning',
          message: `The common name ${name} is not among the names asked for. Add it to them, or leave it out.`,
        };
    }
  },
};

const lints: readonly RequestLint[] = [
  signature,
  compromised,
  weakKey,
  explicitCurve,
  exponent,
  weakSignature,
  noNames,
  nameSyntax,
  internalName,
  nameKinds,
  mustStaple,
  commonName,
];

/** What a public CA will refuse in a request, before an order is spent on it; in the order of `lints`. */
export function lintRequest(request: CertificateRequest): CertificateFinding[] {
  const hosts = request.subjectAltNames.filter(isHost);
  const subject = { request, ...fieldsOf(request), hosts };
  return lints.flatMap(({ id, reference, check }) =>
    [...check(subject)].map((found) => ({ rule: id, ...found, reference })),
  );
}

function fieldsOf({ der }: CertificateRequest): Pick<RequestSubject, 'subject' | 'spki'> {
  const info = readElement(der, readElement(der).content);
  const [, subject, spki] = childrenOf(info);
  if (subject === undefined || spki === undefined) throw new Error('The request was read before');
  return { subject, spki };
}
