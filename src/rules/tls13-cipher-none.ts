import type { Endpoint } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import { defaultTls13CipherSuites, evaluateTls13CipherSuites } from '../tls/suites/tls13-cipher-suites.ts';
import { describeOpenssl } from '../tls/target.ts';
import type { ModelFix, Report, Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, type SharedSetting, writtenSettings } from './support/shared-settings.ts';
import { httpsSites } from './support/sites/http-sites.ts';
import { handshakes } from './support/tls/handshakes.ts';
import { securityLevelOf, targetAtLevel } from './support/tls/security-levels.ts';
import { joinSome } from './support/words.ts';

/** A list of TLS 1.3 suites that leaves none, or none that clients have (RFC 8446 section 9.1). */
export const tls13CipherNone: Rule = {
  id: 'tls13-cipher-none',
  title: 'No client can use the TLS 1.3 suites',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    for (const shared of writtenSettings(context.model, 'tls13CipherSuites')) {
      const report = judge(context, shared);
      if (report !== undefined) yield report;
    }
  },
};

function judge(context: RuleContext, shared: SharedSetting<string>): Report | undefined {
  const { model } = context;
  const text = knownValue(shared.setting);
  const speaking = shared.endpoints.filter(({ tls }) => handshakes(model, tls).protocols?.offered.includes('TLSv1.3'));
  if (text === undefined || speaking.length === 0) return undefined;
  const found = { location: shared.location, related: inheritors(shared) };
  // Whether one of them is in force hangs on the level, which each endpoint has from its cipher string.
  const offered = speaking.map(({ tls }) => suitesAt(context, tls, text));
  if (offered.includes(undefined)) return undefined;
  if (offered.every((names) => names?.length === 0)) {
    return { ...found, message: nothingLeft(context, speaking, text), fixes: [leave(shared, text)] };
  }
  if (offered.some((names) => names?.some((name) => commonSuites.has(name)))) return undefined;
  const isForBrowsers = shared.sites.some((site) => httpsSites(model).includes(site));
  const names = joinSome([...new Set(offered.flatMap((suites) => suites ?? []))]);
  return {
    ...found,
    message: `For TLS 1.3 only ${names} is offered, which no browser supports and other clients only if configured to: TLS 1.3 clients cannot connect. Offer ${mandatory} too.`,
    ...(isForBrowsers ? {} : { severity: 'information', effect: 'advice' }),
    fixes: [
      {
        title: `Offer ${mandatory} too`,
        safe: false,
        changes: changeShared(shared, 'tls13CipherSuites', text, `${mandatory}:${text}`),
      },
    ],
  };
}

/** The one that every implementation has, unless a profile of its own says otherwise. */
const mandatory = 'TLS_AES_128_GCM_SHA256';
const commonSuites: ReadonlySet<string> = new Set(defaultTls13CipherSuites.split(':'));

/** Names of the suites that the security level leaves; undefined where OpenSSL refuses the list as a whole. */
function suitesAt({ model }: RuleContext, tls: Endpoint['tls'], text: string): readonly string[] | undefined {
  const target = targetAtLevel(model.target, securityLevelOf(model, [{ tls }]));
  const { suites, error } = evaluateTls13CipherSuites(text, target);
  return error === undefined ? suites.map(({ name }) => name) : undefined;
}

function nothingLeft({ model }: RuleContext, speaking: readonly Endpoint[], text: string): string {
  const words = text.split(':').filter((word) => word.trim() !== '');
  if (words.length === 0) {
    return 'The list of TLS 1.3 suites is empty: OpenSSL then refuses every handshake, also of older versions (error log: no ciphers available), so no client can connect. Leave the suites to OpenSSL.';
  }
  const target = targetAtLevel(model.target, securityLevelOf(model, speaking));
  return `${describeOpenssl(target)} allows no suite of this list for TLS 1.3 (${joinSome(words)}), and does not fall back to an older version for a client that supports it: no such client can connect. Leave the suites to OpenSSL.`;
}

function leave(shared: SharedSetting<string>, text: string): ModelFix {
  return {
    title: 'Leave the TLS 1.3 suites to OpenSSL',
    safe: true,
    changes: changeShared(shared, 'tls13CipherSuites', text, undefined),
  };
}
