import { namesPolicy } from '../tls/cipher-string/cipher-string.ts';
import type { ProtocolVersion } from '../tls/protocols.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { inErrorLog } from './support/server-facts.ts';
import { inheritors } from './support/shared-settings.ts';
import { sendsNothing } from './support/sites/refused.ts';
import { useProfile } from './support/tls/cipher-fixes.ts';
import { type CipherGroup, cipherGroups, idleCipherGroups } from './support/tls/cipher-groups.ts';
import { handshakes } from './support/tls/handshakes.ts';
import { targetAtLevel } from './support/tls/security-levels.ts';
import { isSetByCommand } from './support/tls/set-by-command.ts';
import { partLocation } from './support/tls/value-parts.ts';
import { protocolNames } from './support/words.ts';

/** A cipher string that leaves nothing to negotiate. */
export const cipherNone: Rule = {
  id: 'cipher-none',
  title: 'No cipher suite is left',
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const group of cipherGroups(context)) {
      if (mayHaveOthers(group)) continue;
      const report = group.result.error === undefined ? reportNothing(context, group) : reportRefusal(context, group);
      if (report !== undefined) yield report;
    }
    for (const group of idleCipherGroups(context)) {
      if (group.result.error !== undefined && !mayHaveOthers(group)) yield reportRefusal(context, group);
    }
  },
};

/** An engine may bring what the string selects. */
function mayHaveOthers({ result }: CipherGroup): boolean {
  return (
    result.error !== 'invalid command' &&
    result.unmatched.some(({ reason, operator }) => reason === 'engine' && operator === 'add')
  );
}

/** The library does not take the string. */
function reportRefusal(context: RuleContext, group: CipherGroup): Report {
  const { shared, text, result } = group;
  const { model } = context;
  const isUnreadable = result.error === 'invalid command';
  const what = namesPolicy(text)
    ? `"${text.split(':')[0]}" is a policy of Red Hat's or SUSE's OpenSSL, which OpenSSL ${model.target.openssl} of ${model.target.label} does not have`
    : isUnreadable
      ? `OpenSSL cannot read "${text.slice(result.errorRange?.start ?? 0, result.errorRange?.end)}" in the cipher string`
      : `No cipher suite of ${describeOpenssl(model.target)} matches the cipher string`;
  const failure = isSetByCommand(shared) ? 'refused-command' : isUnreadable ? 'unreadable-ciphers' : 'no-cipher';
  return {
    message: `${what}, so the server does not start${inErrorLog(model, failure)}. Correct the string, or use the list of a guideline.`,
    location: result.errorRange === undefined ? shared.location : partLocation(shared, text, result.errorRange),
    related: inheritors(shared),
    fixes: repaired(context, group),
  };
}

/** The library takes the string, and security level or protocols leave nothing of it for some endpoint that needs it. */
function reportNothing(context: RuleContext, group: CipherGroup): Report | undefined {
  const { model } = context;
  // Its result is that of the only endpoint then.
  if (group.shared.endpoints.length === 1 && group.result.suites.length > 0) return undefined;
  let older: Set<ProtocolVersion> | undefined;
  for (const { tls } of group.shared.endpoints) {
    const { ciphers, protocols } = handshakes(model, tls);
    if (ciphers?.suites.length !== 0) continue;
    older ??= new Set();
    for (const protocol of protocols?.offered ?? []) if (protocol !== 'TLSv1.3') older.add(protocol);
  }
  // A site that hangs up on everybody may be meant to break off handshakes so.
  if (older === undefined || older.size === 0 || group.shared.sites.every(sendsNothing)) return undefined;
  const needs = [...older];
  // Lists of today have nothing for older ones.
  const isLast = needs.includes('TLSv1.2');
  return {
    message: `With ${describeOpenssl(targetAtLevel(model.target, group.result.securityLevel))} the cipher string leaves no suite for ${protocolNames(needs)}: clients that speak nothing newer cannot connect. ${isLast ? 'Use the list of a guideline' : 'Offer TLS 1.2'}.`,
    location: group.shared.location,
    effect: 'connect',
    related: inheritors(group.shared),
    fixes: isLast ? repaired(context, group) : [],
  };
}

function repaired(context: RuleContext, group: CipherGroup) {
  return useProfile(context, group).map((fix) => ({ ...fix, safe: true }));
}
