import type { Certificate } from '../certificate.ts';
import { nodeOf } from '../chain/node.ts';
import { findRawExtension } from '../extensions/find.ts';
import type { CertificateLint } from './rule.ts';

const purpose: CertificateLint = {
  id: 'certificate-purpose',
  title: 'The extended key usage does not fit the use',
  reference: 'RFC 5280 section 4.2.1.12, Chrome Root Program Policy',
  *check({ certificate, role, classification, now }) {
    const purposes = certificate.extendedKeyUsage;
    const any = purposes.length === 0 || purposes.includes('anyExtendedKeyUsage');
    if (role === 'server' && !any && !purposes.includes('serverAuth')) {
      yield {
        severity: 'error',
        message: `Its extended key usage (${purposes.join(', ')}) does not include serverAuth; clients refuse it from a server. Issue it again with serverAuth.`,
      };
    }
    if (role === 'client' && !any && !purposes.includes('clientAuth')) {
      yield {
        severity: 'error',
        message: `Its extended key usage (${purposes.join(', ')}) does not include clientAuth; servers refuse it from a client. Issue it again with clientAuth.`,
      };
    }
    if (certificate.isCa || classification !== 'public' || now > certificate.notAfter) return;
    if (
      role !== 'client' &&
      purposes.length === 0 &&
      certificate.subjectAltNames.some((name) => /^(?:DNS|IP):/.test(name))
    ) {
      yield {
        severity: 'information',
        message:
          'It has no extended key usage, and public certificates for servers have to name serverAuth. Ask the CA for another one.',
      };
    }
    if (purposes.includes('serverAuth') && purposes.includes('clientAuth')) {
      yield {
        severity: 'information',
        message:
          'It is also meant for clients (clientAuth). Public CAs end that by 2027-03-15: to use it as a client certificate you will need another CA.',
      };
    }
  },
};

/** Of which OpenSSL wants one in a server's certificate (KU_TLS in v3_purp.c). */
const tlsUsages = ['digitalSignature', 'keyEncipherment', 'keyAgreement'];

const keyUsage: CertificateLint = {
  id: 'certificate-key-usage',
  title: 'The key usage does not allow what TLS needs',
  reference: 'RFC 8446 section 4.4.2.2, BR 7.1.2.7.11',
  *check({ certificate, isServer }) {
    const { keyUsage: usage, publicKey, isCa } = certificate;
    if (!isServer) return;
    if (usage.length === 0) {
      const extension = certificate.extensions.find(({ oid }) => oid === '2.5.29.15');
      if (extension !== undefined && extension.error === undefined) {
        yield {
          severity: 'warning',
          message:
            'Its key usage is there and allows nothing; OpenSSL and others refuse it. Issue it again with digitalSignature.',
        };
      }
      return;
    }
    const signs = usage.includes('digitalSignature');
    const onlySigns = publicKey.algorithm === 'EC' || publicKey.algorithm.startsWith('Ed');
    if (onlySigns && !signs) {
      yield {
        severity: 'warning',
        message: `Its key usage lacks digitalSignature, without which an ${publicKey.algorithm} key can do nothing in TLS; Chrome and OpenSSL refuse it. Issue it again with digitalSignature.`,
      };
    } else if (publicKey.algorithm === 'RSA' && !signs && usage.includes('keyEncipherment')) {
      yield {
        severity: 'warning',
        message:
          'Its key usage lacks digitalSignature: it only works with the RSA key exchange of TLS 1.2, and Chrome refuses it for all else. Issue it again with digitalSignature.',
      };
    }
    if (!onlySigns && !tlsUsages.some((each) => usage.includes(each))) {
      yield {
        severity: 'warning',
        message: `Its key usage (${usage.join(', ')}) allows nothing that TLS needs; OpenSSL and Chrome refuse it from a server. Issue it again with digitalSignature.`,
      };
    }
    // Of what could be a CA as well, the basic constraints tell.
    if (!isCa && !looksLikeCa(certificate) && (usage.includes('keyCertSign') || usage.includes('cRLSign'))) {
      yield {
        severity: 'information',
        message:
          'Its key usage lets it sign certificates or CRLs, which only a CA should. Leave keyCertSign and cRLSign out when you renew.',
      };
    }
  },
};

/** Signs certificates and has no other purpose. */
function looksLikeCa({ keyUsage: usage, extendedKeyUsage, version }: Certificate): boolean {
  return usage.includes('keyCertSign') && extendedKeyUsage.length === 0 && version === 3;
}

const caAsServer: CertificateLint = {
  id: 'certificate-ca-as-server',
  title: 'A CA certificate is used for a server',
  reference: 'RFC 5280 section 4.2.1.9, BR 7.1.2.7.8',
  *check({ certificate, role }) {
    const named = certificate.subjectAltNames.some((name) => /^(?:DNS|IP):/.test(name));
    if (certificate.isCa && (role === 'server' || named)) {
      yield {
        severity: role === 'server' ? 'warning' : 'information',
        message: `It says that it is a certification authority${named ? ' and names hosts' : ''}. As a server certificate Firefox refuses it, and who trusts it trusts all that its key signs; make it with CA:FALSE.`,
      };
    }
    if (certificate.version < 3 && !certificate.selfIssued) {
      const what =
        certificate.extensions.length > 0
          ? 'which has no extensions: clients may pass over those that are there'
          : 'without extensions: clients find no names in it';
      yield {
        severity: 'information',
        message: `It is of version ${certificate.version}, ${what}. Issue it again as version 3, which extensions make it.`,
      };
    }
  },
};

const basicConstraints: CertificateLint = {
  id: 'certificate-basic-constraints',
  title: 'The basic constraints are not right',
  reference: 'RFC 5280 section 4.2.1.9',
  *check({ certificate, parts }) {
    const extension = findRawExtension(parts, '2.5.29.19');
    if (certificate.isCa && extension !== undefined && !extension.critical) {
      yield {
        severity: 'information',
        message:
          'Its basic constraints are not marked critical, as they should be in a CA certificate; Python since 3.13 refuses it. Write critical,CA:TRUE when you make the next one.',
      };
    }
    const { pathLength } = nodeOf(certificate).basicConstraints ?? {};
    if (pathLength !== undefined && pathLength < 0) {
      yield {
        severity: 'warning',
        message: `Its path length is ${pathLength}: OpenSSL takes the whole certificate for invalid. Issue it again with pathlen:0 or more, or without one.`,
      };
    }
    if (!certificate.isCa && looksLikeCa(certificate)) {
      yield {
        severity: 'information',
        message:
          'Its key usage is that of a CA, but its basic constraints do not say that it is one: clients refuse what it signs. Issue it again with critical,CA:TRUE, or without keyCertSign where it is no CA.',
      };
    }
  },
};

/** Certificates that programs make or bring along so that something is there; nobody is meant to keep them. */
const placeholders: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/Internet Widgits Pty Ltd/, 'was made with the defaults of OpenSSL’s questions'],
  [/Kubernetes Ingress Controller Fake Certificate/, 'is what ingress-nginx shows where no Secret fits'],
  [/TRAEFIK DEFAULT CERT/, 'is Traefik’s default, shown where no other fits'],
  [/localhost\.localdomain/, 'was made by the installation of a Linux distribution'],
  [/O=Plesk|CN=Plesk/, 'is the default of Plesk'],
  [/FortiGate|O=Fortinet/, 'is the default of a Fortinet device'],
];

const placeholder: CertificateLint = {
  id: 'certificate-placeholder',
  title: 'The certificate is a placeholder',
  reference: 'RFC 9525 section 6',
  *check({ certificate, classification }) {
    // The makers of such devices have certificates of their own.
    if (classification === 'public') return;
    const found = placeholders.find(([pattern]) => pattern.test(certificate.subject));
    if (found !== undefined)
      yield {
        severity: 'information',
        message: `It ${found[1]}: no client trusts it. Put a certificate of your own in its place.`,
      };
  },
};

export const usageLints: readonly CertificateLint[] = [purpose, keyUsage, caAsServer, basicConstraints, placeholder];
