import { attributeValues } from '../asn1/names.ts';
import type { Certificate } from '../certificate.ts';
import { addressKey, coversHost } from '../host-names.ts';
import { publicNameFault } from './internal-names.ts';
import type { CertificateLint, LintSubject } from './rule.ts';

function dnsNames({ certificate }: LintSubject): string[] {
  return certificate.subjectAltNames.flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : []));
}

function hasName({ subjectAltNames }: Certificate, start: string): boolean {
  return subjectAltNames.some((name) => name.startsWith(start));
}

function namesHosts(certificate: Certificate): boolean {
  return hasName(certificate, 'DNS:') || hasName(certificate, 'IP:');
}

const noNames: CertificateLint = {
  id: 'certificate-no-names',
  title: 'The certificate names no host',
  reference: 'RFC 9525 section 2',
  *check(subject) {
    const { certificate, parts, isServer, role } = subject;
    if (!isServer || namesHosts(certificate)) return;
    // Workloads of a mesh know each other by SPIFFE identities, and ask for no host.
    if (role !== 'server' && hasName(certificate, 'URI:spiffe://')) return;
    const certain = role === 'server' || certificate.extendedKeyUsage.includes('serverAuth');
    // Who names people and no purpose is for mail.
    const isForMail = hasName(certificate, 'email:') && !attributeValues(parts.subject, 'CN').some(looksLikeHost);
    if (!certain && isForMail) return;
    yield {
      severity: certain ? 'error' : 'information',
      message:
        'It has no subject alternative name of a host or an address. Browsers and most other clients ignore the common name, and refuse it. Issue it again with the names in subjectAltName.',
    };
  },
};

const nameMismatch: CertificateLint = {
  id: 'certificate-name-mismatch',
  title: 'A host name of the server is not in the certificate',
  reference: 'RFC 9525 section 6.3',
  *check({ certificate, hosts }) {
    const missing = (hosts ?? []).filter((host) => !coversHost(certificate, host));
    if (missing.length > 0) {
      yield {
        severity: 'error',
        message: `It is not valid for ${missing.join(', ')}, which the server answers to with it. Issue it again with ${missing.length === 1 ? 'that name' : 'those names'}, or use another certificate there.`,
      };
    }
  },
};

/** Whether a common name is meant for clients, and not for people. */
export function looksLikeHost(name: string): boolean {
  return /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(name);
}

const commonName: CertificateLint = {
  id: 'certificate-common-name',
  title: 'The common name is not among the names',
  reference: 'CA/Browser Forum Baseline Requirements 7.1.4.3',
  *check({ certificate, parts, isServer, classification }) {
    if (!isServer || !namesHosts(certificate)) return;
    for (const name of attributeValues(parts.subject, 'CN')) {
      const listed = certificate.subjectAltNames.some((each) => each === `DNS:${name}` || each === `IP:${name}`);
      if (listed) continue;
      if (looksLikeHost(name) && !coversHost(certificate, name)) {
        yield {
          severity: 'warning',
          message: `The common name ${name} is not among the subject alternative names. Clients ignore the common name, so it is not valid for ${name}. Add it to the names when you renew.`,
        };
      } else if (classification === 'public') {
        yield {
          severity: 'hint',
          message: `The common name “${name}” is not written as one of the subject alternative names.`,
        };
      }
    }
  },
};

const nameSyntax: CertificateLint = {
  id: 'certificate-name-syntax',
  title: 'A name is none that a client can match',
  reference: 'RFC 5280 section 4.2.1.6, RFC 9525 section 6.3',
  *check(subject) {
    for (const name of dnsNames(subject)) {
      const fault = dnsNameFault(name);
      if (fault !== undefined)
        yield {
          severity: 'warning',
          message: `The DNS name “${name}” ${fault}. ${hasPartialStar(name) ? 'Browsers and curl match it with no host' : 'No client matches it'}; leave it out or correct it when you renew.`,
        };
      else if (isTooWide(name))
        yield {
          severity: 'warning',
          message: `The DNS name “${name}” has only one label behind its *. Browsers and OpenSSL match it with no host; name each host when you renew.`,
        };
    }
    for (const name of subject.certificate.subjectAltNames) {
      const fault = name.startsWith('IP:') ? addressFault(name.slice(3)) : undefined;
      if (fault !== undefined)
        yield {
          severity: 'warning',
          message: `An address ${fault}; Go programs refuse the whole certificate. Leave it out, or correct it, and issue the certificate again.`,
        };
    }
  },
};

/** Why an address is none; undefined where it is one. What is none is shown in hex. */
export function addressFault(address: string): string | undefined {
  if (!/^[\da-f]*$/.test(address)) return undefined;
  return `has ${address.length / 2} octets (${address}) instead of 4 or 16`;
}

/** Clients in Go and Java match such a name; Chromium, Firefox and OpenSSL (X509_check_host(3)) want two labels behind the *. */
function isTooWide(name: string): boolean {
  return /^\*\.[^.]+$/.test(name);
}

/** As in w*.example.org, which OpenSSL (X509_check_host(3)), and so Node.js and nginx as a client, still match. */
function hasPartialStar(name: string): boolean {
  return /^(?!\*\.)[^.*]*\*[^.*]*(?:\.[^.*]+){2,}$/.test(name);
}

/** Why no client can match a DNS name; undefined where one can. Also what a request's preflight asks. */
export function dnsNameFault(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (name === '*') return 'is a * alone';
  if (addressKey(name) !== undefined) return 'is an address, which belongs into an IP entry';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name)) return 'is a URL';
  if (/[\s\\]/.test(name)) return 'has spaces or control characters';
  if (/:\d+$/.test(name)) return 'has a port';
  if (/\P{ASCII}/u.test(name)) return 'is not in ASCII; international names are written with xn--';
  if (name.endsWith('.')) return 'ends with a dot';
  if (name.length > 253) return 'is longer than 253 characters';
  const labels = name.split('.');
  if (labels.some((label) => label === '')) return 'has an empty label';
  if (labels.some((label) => label.length > 63)) return 'has a label of more than 63 characters';
  if (labels.some((label, index) => label.includes('*') && (index > 0 || label !== '*'))) {
    return 'has a * that is not alone in the left-most label';
  }
  if (
    labels.some(
      (label, index) => !/^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/i.test(label) && !(index === 0 && label === '*'),
    )
  ) {
    return 'has characters that host names do not have';
  }
  return undefined;
}

const internalName: CertificateLint = {
  id: 'certificate-internal-name',
  title: 'A public certificate names an internal host',
  reference: 'CA/Browser Forum Baseline Requirements 7.1.2.7.12',
  *check({ certificate, classification, isServer }) {
    if (classification !== 'public' || !isServer) return;
    for (const name of certificate.subjectAltNames) {
      const [, value] = /^(?:DNS|IP):(.*)$/.exec(name) ?? [];
      // Of a name that is none, that is told already.
      const isNone =
        value === undefined || (name.startsWith('DNS:') && (dnsNameFault(value) !== undefined || isTooWide(value)));
      const fault = isNone ? undefined : publicNameFault(value);
      if (fault !== undefined)
        yield {
          severity: 'warning',
          message: `${value} ${fault}; a public CA may not certify it, and must revoke the certificate. Take a private CA for such names.`,
        };
    }
  },
};

export const nameLints: readonly CertificateLint[] = [noNames, nameMismatch, commonName, nameSyntax, internalName];
