import type { Certificate } from '../certificates/certificate.ts';
import type { ServerModel, Site } from '../tls/model/server-model.ts';
import { certificatesAtLevel, isOfFactors, servesKey } from '../tls/offer/certificates.ts';
import { smallestCurveBits, smallestRsaBits } from '../tls/security-level.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import {
  idleCertificates,
  type UsedCertificate,
  usedCertificates,
} from './support/certificates/deployed-certificates.ts';
import { inErrorLog, readsCertificatesAtOwnLevel } from './support/server-facts.ts';
import { securityLevelOf, targetAtLevel } from './support/tls/security-levels.ts';
import { joinWords } from './support/words.ts';

/** A certificate whose key can be broken, or that clients or the library refuse. */
export const certificateWeakKey: Rule = {
  id: 'certificate-weak-key',
  title: "The certificate's key is too weak",
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const used of usedCertificates(context)) {
      const report = judge(context, used);
      if (report !== undefined) yield { ...report, location: used.pair.file.location, related: used.otherUses };
    }
    for (const used of idleCertificates(context)) {
      const report = judge(context, used);
      if (report?.effect !== 'start') continue;
      yield { ...report, location: used.pair.file.location, related: used.otherUses };
    }
  },
};

function judge({ model, profile }: RuleContext, used: UsedCertificate): Omit<Report, 'location'> | undefined {
  const { pair, leaf, sites } = used;
  const { algorithm, bits } = leaf.publicKey;
  const file = pair.file.value;
  if (servesKey(leaf, model.target.openssl) === false) {
    return {
      message: `${describeOpenssl(model.target)} knows no TLS with the key of ${file} (${describeKey(leaf)}), so the server does not start${inErrorLog(model, 'unserved-certificate')}. ${withUsualKey(profile)}`,
      effect: 'start',
    };
  }
  const level = securityLevelOf(model, sites);
  // Commands for OpenSSL, which may raise it, come when the certificates have been read.
  const atStart = readsCertificatesAtOwnLevel(model)
    ? levelBeforeCommands(model, sites, level)
    : model.target.securityLevel;
  for (const [needed, effect] of [
    [atStart, 'start'],
    [level, 'connect'],
  ] as const) {
    if (certificatesAtLevel([leaf], needed, model.target.openssl).length > 0) continue;
    const wanted = describeOpenssl(targetAtLevel(model.target, needed));
    return {
      message: `The key of ${file} is too small (${describeKey(leaf)}): ${wanted} requires ${leastOf(leaf, needed)}, so ${effect === 'start' ? `the server does not start${inErrorLog(model, 'weak-key')}` : 'every handshake fails'}. Get a certificate with a new key.`,
      effect,
    };
  }
  if (algorithm.startsWith('RSA') && bits !== undefined && bits < profile.rsaBits) {
    if (bits >= 2048) {
      return {
        message: `The key of ${file} has ${bits} bits, and ${profile.source} asks for ${profile.rsaBits}. Get a certificate with a new key.`,
        severity: 'warning',
        effect: 'security',
      };
    }
    return {
      message: `The key of ${file} is too small (${describeKey(leaf)}): Apple's systems and all clients that have OpenSSL at security level 2 refuse fewer than 2048 bits. Get a certificate with a new key.`,
      effect: 'connect',
    };
  }
  if (algorithm === 'RSA') return undefined;
  const kind = describeKey(leaf);
  if (common.has(kind) || profile.certificateCurves.includes(kind)) return undefined;
  return {
    message: `The certificate ${file} has a key that no browser accepts (${kind}). ${withUsualKey(profile)}`,
    severity: 'information',
    effect: 'advice',
  };
}

/** `level`: the one that is in force once the commands are through. */
function levelBeforeCommands(model: ServerModel, sites: readonly Site[], level: number): number {
  if (sites.every(({ tlsBeforeCommands }) => tlsBeforeCommands === undefined)) return level;
  return securityLevelOf(
    model,
    sites.map(({ tls, tlsBeforeCommands = tls }) => ({ tls: tlsBeforeCommands })),
  );
}

function leastOf({ publicKey }: Certificate, level: number): string {
  if (isOfFactors(publicKey)) return `at least ${smallestRsaBits(level)} bits`;
  if (publicKey.algorithm === 'EC') return `at least ${smallestCurveBits(level)} bits`;
  return `keys with at least ${smallestCurveBits(level) / 2} bits of security`;
}

function withUsualKey({ certificateCurves }: RuleContext['profile']): string {
  return `Get a certificate with ${certificateCurves.length === 0 ? 'an RSA key' : `a key on ${joinWords(certificateCurves, 'or')}`}.`;
}

/** Curves that browsers know in certificates. */
const common: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521']);

/** `RSA, 1024 bits`, `P-256`, `Ed25519`. */
function describeKey({ publicKey: { algorithm, bits, curve } }: Certificate): string {
  if (algorithm === 'EC') return curve ?? algorithm;
  return bits === undefined ? algorithm : `${algorithm}, ${bits} bits`;
}
