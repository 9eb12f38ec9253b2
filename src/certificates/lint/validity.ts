import { tags } from '../asn1/der.ts';
import { latin1, visible } from '../asn1/strings.ts';
import { shortName } from '../chain/node.ts';
import { limitAt } from '../lifetime-limits.ts';
import { describeStatus, isNeverValid, lifetimeOf, momentText, spanText, urgencyOf } from '../status.ts';
import type { CertificateLint } from './rule.ts';

const day = 86_400_000;

const expired: CertificateLint = {
  id: 'certificate-expired',
  title: 'The certificate has expired',
  reference: 'RFC 5280 section 6.1.3',
  *check({ certificate, now }) {
    if (now > certificate.notAfter || isNeverValid(certificate))
      yield { severity: 'error', message: `${describeStatus(certificate, now)} Clients refuse it; renew it.` };
  },
};

const notYetValid: CertificateLint = {
  id: 'certificate-not-yet-valid',
  title: 'The certificate is not valid yet',
  reference: 'RFC 5280 section 6.1.3',
  *check({ certificate, now }) {
    if (now < certificate.notBefore && !isNeverValid(certificate)) {
      yield {
        severity: 'error',
        message: `${describeStatus(certificate, now)} Until then clients refuse it; compare the clock of this machine.`,
      };
    }
  },
};

const expiresSoon: CertificateLint = {
  id: 'certificate-expires-soon',
  title: 'Renewal is overdue',
  reference: 'RFC 5280 section 4.1.2.5',
  *check({ certificate, now }) {
    const urgency = urgencyOf(certificate, now);
    if (urgency !== 'critical' && urgency !== 'soon') return;
    const left = certificate.notAfter.getTime() - now.getTime();
    const message = certificate.isCa
      ? `${capitalized(spanText(left))} left. It expires on ${momentText(certificate.notAfter)}, and what it issued ends with it: have its successor in place before.`
      : `${capitalized(spanText(left))} left, ${shareOf(left, lifetimeOf(certificate))}: it should have been renewed by now. It expires on ${momentText(certificate.notAfter)}.`;
    yield { severity: urgency === 'critical' ? 'warning' : 'information', message };
  },
};

function shareOf(left: number, whole: number): string {
  if (whole > 10 * day && left < whole / 6) return 'less than a sixth of its lifetime';
  if (left < whole / 3) return 'less than a third of its lifetime';
  return 'less than a week';
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const timeEncoding: CertificateLint = {
  id: 'certificate-time-encoding',
  title: 'The validity is written otherwise than clients read it',
  reference: 'RFC 5280 section 4.1.2.5',
  *check({ certificate, parts }) {
    for (const [what, time, read] of [
      ['start', parts.notBefore, certificate.notBefore],
      ['end', parts.notAfter, certificate.notAfter],
    ] as const) {
      const text = latin1(time.bytes, time.content, time.end);
      const digits = time.tag === tags.utcTime ? 12 : 14;
      const isUsual = /^\d*Z$/.test(text) && text.length === digits + 1;
      if (isUsual && !Number.isNaN(read.getTime())) continue;
      const why = isUsual
        ? 'which is no date: clients'
        : `and OpenSSL and others, which take only ${digits} digits and a Z,`;
      yield {
        severity: 'warning',
        message: `The ${what} of its validity is written as “${visible(text.slice(0, 30))}”, ${why} refuse the certificate. Issue it again with another program.`,
      };
    }
  },
};

const issuerExpires: CertificateLint = {
  id: 'certificate-issuer-expires',
  title: 'A certificate above expires first',
  reference: 'RFC 5280 section 6.1.3',
  *check({ certificate, issuers, now }) {
    for (const issuer of issuers) {
      // Dates that cannot be read compare as false.
      if (!(issuer.notAfter < certificate.notAfter) || now > certificate.notAfter) continue;
      const gone = now > issuer.notAfter;
      yield {
        severity: gone ? 'error' : urgencyOf(issuer, now) === 'critical' ? 'warning' : 'information',
        message: `“${shortName(issuer)}” above it ${gone ? 'expired' : 'expires'} on ${momentText(issuer.notAfter)}, before this certificate. The whole chain ends with it: look for a newer certificate of that CA.`,
      };
    }
  },
};

const lifetime: CertificateLint = {
  id: 'certificate-lifetime',
  title: 'The certificate is valid for longer than clients accept',
  reference: 'CA/Browser Forum Baseline Requirements 6.3.2',
  *check({ certificate, classification, isServer }) {
    if (!isServer) return;
    const days = Math.ceil(lifetimeOf(certificate) / day);
    const limit = limitAt(certificate.notBefore);
    if (limit === undefined || Number.isNaN(days)) return;
    if (classification === 'public' && days > limit.days) {
      const since = limit.from.toISOString().slice(0, 10);
      yield {
        severity: 'warning',
        message: `It is valid for ${days} days; public certificates issued since ${since} may be valid for ${limit.days}. Browsers may refuse it. Issue it again for ${limit.days} days at most.`,
      };
    } else if (classification === 'private' && days > 825) {
      yield {
        severity: 'information',
        message: `It is valid for ${days} days. Apple’s systems refuse server certificates of more than 825 days, from private CAs too. Issue it again for less where they connect.`,
      };
    }
  },
};

export const validityLints: readonly CertificateLint[] = [
  expired,
  notYetValid,
  expiresSoon,
  timeEncoding,
  issuerExpires,
  lifetime,
];
