import { type CipherSuite, type Weakness, weaknesses, weaknessText } from '../tls/suites/cipher-suites.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { inheritors } from './support/shared-settings.ts';
import { useProfile, withoutSuites } from './support/tls/cipher-fixes.ts';
import { type CipherGroup, cipherGroups } from './support/tls/cipher-groups.ts';
import { suiteLocation } from './support/tls/cipher-places.ts';
import { targetAtLevel } from './support/tls/security-levels.ts';
import { are, joinSome, joinWords, suiteShare } from './support/words.ts';

/** Weaknesses of the suite's own making, with the keyword that forbids all such suites. */
const exclusions: Partial<Record<Weakness, string>> = {
  'no-encryption': 'eNULL',
  anonymous: 'aNULL',
  export: 'EXPORT',
  rc4: 'RC4',
  des: 'DES',
  md5: 'MD5',
  '3des': '3DES',
  'obsolete-cipher': 'IDEA:!SEED',
  'short-tag': 'AESCCM8',
};

const grave: ReadonlySet<Weakness> = new Set(['no-encryption', 'anonymous', 'export']);

/** Cipher suites that protect nothing, or nothing for long, and that clients can negotiate here. */
export const cipherWeak: Rule = {
  id: 'cipher-weak',
  title: 'Weak cipher suites are offered',
  severity: 'error',
  effect: 'security',
  *check(context) {
    for (const group of cipherGroups(context)) {
      const weak = group.offered.filter(
        (suite) => weaknessOf(suite) !== undefined && !context.profile.cipherSuites.includes(suite.name),
      );
      if (weak.length > 0) yield report(context, group, weak);
    }
  },
};

/** Nobody has forged a short tag yet, for each try costs the connection: default lists of OpenSSL before 3.2 have such suites. */
function seriousness(kinds: readonly Weakness[]): Pick<Report, 'severity' | 'effect'> {
  if (kinds.every((kind) => kind === 'short-tag')) return { severity: 'information', effect: 'advice' };
  return { severity: kinds.some((kind) => grave.has(kind)) ? 'error' : 'warning', effect: 'security' };
}

function weaknessOf(suite: CipherSuite): Weakness | undefined {
  return weaknesses(suite).find((weakness) => exclusions[weakness] !== undefined);
}

function report(context: RuleContext, group: CipherGroup, weak: readonly CipherSuite[]): Report {
  const kinds = [...new Set(weak.flatMap((suite) => weaknessOf(suite) ?? []))];
  const words = kinds.flatMap((kind) => exclusions[kind] ?? []);
  return {
    message: `${suiteShare(weak.length, group.offered.length)} offered with ${describeOpenssl(targetAtLevel(context.model.target, group.result.securityLevel))} ${are(weak.length)} weak: ${joinSome(weak.map(({ name }) => name))} (${joinWords(kinds.map((kind) => weaknessText[kind]))}). Leave ${weak.length === 1 ? 'it' : 'them'} out.`,
    location: suiteLocation(group, weak),
    ...seriousness(kinds),
    related: inheritors(group.shared),
    fixes: [
      ...withoutSuites(context, group, weak, words, { title: 'Leave the weak cipher suites out', safe: false }),
      ...useProfile(context, group),
    ],
  };
}
