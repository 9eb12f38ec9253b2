import type { PublicKey } from '../certificates/certificate.ts';
import { smallestRsaBits } from '../tls/security-level.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { type DeployedCertificate, deployedCertificates } from './support/deployed-certificates.ts';
import { securityLevelOf } from './support/security-levels.ts';
import { joinWords } from './support/words.ts';

/** A certificate whose key can be broken, or that clients or the library refuse. */
export const certificateWeakKey: Rule = {
  id: 'certificate-weak-key',
  title: "The certificate's key is too weak",
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const deployed of deployedCertificates(context)) {
      const { algorithm, bits = 0 } = deployed.leaf.publicKey;
      if (algorithm.startsWith('RSA')) yield* judgeRsa(context, deployed, bits);
      else yield* judgeCurve(context, deployed, deployed.leaf.publicKey);
    }
  },
};

function* judgeRsa(context: RuleContext, { pair, sites }: DeployedCertificate, bits: number): Iterable<Report> {
  const { model, profile } = context;
  const level = securityLevelOf(model, sites);
  if (bits < smallestRsaBits(level)) {
    yield {
      message: `The RSA key of ${pair.file.value} has ${bits} bits, and ${describeOpenssl(model.target)} takes ${smallestRsaBits(level)} at least: the server does not start (error log: ee key too small). Get a certificate with a new key.`,
      location: pair.file.location,
    };
  } else if (bits < Math.min(2048, profile.rsaBits)) {
    yield {
      message: `The RSA key of ${pair.file.value} has ${bits} bits: browsers refuse fewer than 2048. Get a certificate with a new key.`,
      location: pair.file.location,
      effect: 'connect',
    };
  }
}

/** Browsers know P-256, P-384 and P-521, and nothing else in certificates. */
const common: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521']);

function* judgeCurve(
  { profile }: RuleContext,
  { pair }: DeployedCertificate,
  { algorithm, curve }: PublicKey,
): Iterable<Report> {
  const name = algorithm === 'EC' ? curve : algorithm;
  if (name === undefined || common.has(name) || profile.certificateCurves.some((known) => known === name)) return;
  yield {
    message: `The certificate ${pair.file.value} has a key on ${name}, which no browser takes. ${joinWords(profile.certificateCurves, 'or')} would do.`,
    location: pair.file.location,
    severity: 'information',
    effect: 'advice',
  };
}
