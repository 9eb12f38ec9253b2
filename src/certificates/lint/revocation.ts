import { shortName } from '../chain/node.ts';
import { readOr } from '../extensions/find.ts';
import { readTlsFeatures } from '../extensions/usage.ts';
import { lifetimeOf, momentText, revocationText } from '../status.ts';
import { internalNameFault } from './internal-names.ts';
import type { CertificateLint } from './rule.ts';

const day = 86_400_000;

const mustStaple: CertificateLint = {
  id: 'certificate-must-staple',
  title: 'The certificate demands a stapled OCSP response',
  reference: 'RFC 7633 section 4',
  *check({ certificate, parts, stapling, isServer }) {
    if (!isServer || !readOr(parts, '1.3.6.1.5.5.7.1.24', readTlsFeatures, []).includes(5)) return;
    if (certificate.ocspUrls.length === 0) {
      yield {
        severity: 'error',
        message:
          'It demands a stapled OCSP response (must staple) but names no OCSP responder to get one from. Firefox refuses the connection. Issue it again without must-staple.',
      };
    } else if (stapling === false) {
      yield {
        severity: 'error',
        message:
          'It demands a stapled OCSP response (must staple), and the server does not staple. Firefox refuses the connection. Switch stapling on (ssl_stapling, SSLUseStapling), or issue it again without.',
      };
    }
  },
};

const staplingWithoutResponder: CertificateLint = {
  id: 'certificate-stapling-impossible',
  title: 'Stapling is on, and there is nothing to staple',
  reference: 'RFC 6066 section 8',
  *check({ certificate, stapling }) {
    if (stapling === true && certificate.ocspUrls.length === 0) {
      yield {
        severity: 'information',
        message:
          'It names no OCSP responder, so stapling does nothing. Let’s Encrypt and others ended OCSP in 2025; the setting can go.',
      };
    }
  },
};

const noRevocation: CertificateLint = {
  id: 'certificate-no-revocation',
  title: 'The certificate cannot be revoked',
  reference: 'CA/Browser Forum Baseline Requirements 7.1.2.11.2',
  *check({ certificate, classification, isServer }) {
    if (classification !== 'public' || !isServer || lifetimeOf(certificate) <= 7 * day) return;
    if (certificate.crlUrls.length > 0 || certificate.ocspUrls.length > 0) return;
    yield {
      severity: 'information',
      message:
        'It names neither a CRL nor an OCSP responder, as public certificates of more than 7 days have to. Ask the CA for another one.',
    };
  },
};

const revoked: CertificateLint = {
  id: 'certificate-revoked',
  title: 'The certificate is revoked',
  reference: 'RFC 5280 section 5',
  *check({ certificate, now, revocation }) {
    // Clients refuse it whatever a list says.
    if (revocation === undefined || now > certificate.notAfter) return;
    const { thisUpdate, fromResponse } = revocation;
    const said = fromResponse === true ? 'an OCSP response' : 'the list';
    yield {
      severity: 'warning',
      message: `Revoked ${revocationText(revocation)}, says ${said} of its CA of ${momentText(thisUpdate)}: whoever checks that refuses it. Replace it where it is still in use.`,
    };
  },
};

const issuerRevoked: CertificateLint = {
  id: 'certificate-issuer-revoked',
  title: 'A CA above the certificate is revoked',
  reference: 'RFC 5280 section 6.1.3',
  *check({ certificate, now, revokedIssuer }) {
    if (revokedIssuer === undefined || now > certificate.notAfter) return;
    const { issuer, revocation } = revokedIssuer;
    yield {
      severity: 'warning',
      message: `The CA “${shortName(issuer)}” above it was revoked ${revocationText(revocation)}: whoever checks the whole chain refuses what it issued. Have it issued by another CA.`,
    };
  },
};

const isHttp = (address: string) => /^http:/i.test(address);

const url: CertificateLint = {
  id: 'certificate-url',
  title: 'An address in the certificate cannot be fetched',
  reference: 'RFC 5280 section 8, BR 7.1.2.11.2',
  *check({ certificate, classification }) {
    const { ocspUrls, caIssuersUrls, crlUrls } = certificate;
    const lists = [ocspUrls, caIssuersUrls, crlUrls];
    // Who has one way to fetch it needs no other.
    const isElsewhere = (address: string) => lists.some((list) => list.includes(address) && list.some(isHttp));
    for (const address of new Set(lists.flat())) {
      if (address.trim() === '') {
        yield {
          severity: 'information',
          message:
            'It holds an empty address of a CRL, an issuer or an OCSP responder. Fill it in, or leave it out, in the CA’s configuration.',
        };
      } else if (/^https:/i.test(address)) {
        yield {
          severity: 'information',
          message: `${address} uses https: clients do not fetch it, because checking that server could need the same address again. Have the CA write http into the next one.`,
        };
      } else if (classification === 'public' && !isHttp(address)) {
        if (!isElsewhere(address))
          yield {
            severity: 'information',
            message: `${address} is no http address; TLS clients do not fetch others. Have the CA add one of http.`,
          };
      } else if (classification === 'public') {
        const host = /^http:\/\/(?:\[([^\]]*)\]|([^/:?#]*))/i
          .exec(address)
          ?.slice(1)
          .find((part) => part !== undefined);
        const fault = host === undefined ? undefined : internalNameFault(host);
        if (fault !== undefined)
          yield {
            severity: 'information',
            message: `${address} is on a host that ${fault}: clients elsewhere cannot fetch it. Ask the CA for another one.`,
          };
      }
    }
  },
};

export const revocationLints: readonly CertificateLint[] = [
  mustStaple,
  staplingWithoutResponder,
  noRevocation,
  revoked,
  issuerRevoked,
  url,
];
