import { contentOf } from '../asn1/der.ts';
import { extensionNames } from '../asn1/oids.ts';
import { violatedConstraint } from '../chain/name-constraints.ts';
import { nodeOf, shortName } from '../chain/node.ts';
import { findRawExtension } from '../extensions/find.ts';
import type { CertificateLint } from './rule.ts';

const extensions: CertificateLint = {
  id: 'certificate-extensions',
  title: 'An extension is there twice, unknown and critical, or broken',
  reference: 'RFC 5280 section 4.2',
  *check({ certificate }) {
    const seen = new Set<string>();
    for (const { oid, name, critical, error } of certificate.extensions) {
      if (seen.has(oid))
        yield {
          severity: 'warning',
          message: `The extension ${name} is there twice; many clients refuse the certificate. Issue it again with it once.`,
        };
      seen.add(oid);
      if (critical && extensionNames[oid] === undefined) {
        yield {
          severity: 'information',
          message: `The extension ${oid} is critical and not known here; a client that does not know it either must refuse the certificate. Make sure that yours do, or issue it again with the extension not critical.`,
        };
      }
      if (error !== undefined)
        yield {
          severity: 'information',
          message: `The extension ${name} is damaged: ${error}. Strict clients refuse the certificate; issue it again.`,
        };
    }
  },
};

const serialNumber: CertificateLint = {
  id: 'certificate-serial-number',
  title: 'The serial number is not positive or too long',
  reference: 'RFC 5280 section 4.1.2.2',
  *check({ certificate, parts }) {
    const { serialNumber: serial, selfIssued } = certificate;
    const [first, second = 0] = contentOf(parts.serialNumber);
    const isPadded = parts.serialNumber.end - parts.serialNumber.content > 1 && first === (second > 0x7f ? 0xff : 0);
    if (first === undefined || isPadded) {
      yield {
        severity: 'warning',
        message: `The serial number ${first === undefined ? 'is empty' : 'is written with a needless octet in front'}, and OpenSSL and Go read nothing of such a certificate. Issue it again with another program.`,
      };
      return;
    }
    // Roots are trusted as they are, and several well-known ones have the serial number 0.
    if (selfIssued && certificate.isCa) return;
    if (serial.startsWith('-') || /^0*$/.test(serial)) {
      yield {
        severity: 'information',
        message: `The serial number ${serial.startsWith('-') ? `${serial} is negative; Go programs since 1.23 and others refuse the certificate` : 'is 0, and clients may refuse the certificate, as RFC 5280 wants a positive one'}. Issue it again with a random one.`,
      };
    } else if (parts.serialNumber.end - parts.serialNumber.content > 20) {
      yield {
        severity: 'information',
        message:
          'The serial number has more than 20 octets; GnuTLS and others refuse the certificate. Issue it again with a shorter one.',
      };
    }
  },
};

const nameConstraints: CertificateLint = {
  id: 'certificate-name-constraints',
  title: 'Name constraints exclude the certificate, or are none',
  reference: 'RFC 5280 section 4.2.1.10',
  *check({ certificate, parts, issuers }) {
    const node = nodeOf(certificate);
    for (const issuer of issuers) {
      const constraints = nodeOf(issuer).nameConstraints;
      const violated = constraints && violatedConstraint(constraints, node);
      if (violated !== undefined) {
        yield {
          severity: 'error',
          message: `“${shortName(issuer)}” above it may not issue it: ${violated}. Clients refuse it; have it issued by another CA, or for other names.`,
        };
      }
    }
    const extension = findRawExtension(parts, '2.5.29.30');
    if (extension === undefined) return;
    if (!certificate.isCa) {
      yield {
        severity: 'information',
        message: 'It has name constraints without being a CA; strict clients refuse it. Leave them out when you renew.',
      };
      return;
    }
    const own = node.nameConstraints;
    if (own !== undefined && own.permitted.length === 0 && own.excluded.length === 0) {
      yield {
        severity: 'information',
        message:
          'Its name constraints are empty, and constrain nothing: name what is permitted or excluded, or leave them out.',
      };
    }
    if (!extension.critical) {
      yield {
        severity: 'hint',
        message:
          'Its name constraints are not critical: clients that do not know them will not obey them. Write critical when you make the next one.',
      };
    }
  },
};

export const encodingLints: readonly CertificateLint[] = [extensions, serialNumber, nameConstraints];
