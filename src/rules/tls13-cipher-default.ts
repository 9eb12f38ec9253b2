import { listenerById, siteById } from '../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import { evaluateTls13CipherSuites } from '../tls/suites/tls13-cipher-suites.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { choosesTls13PerSite } from './support/server-facts.ts';
import { inheritors, isDefault } from './support/shared-settings.ts';
import { type CipherGroup, cipherGroups } from './support/tls/cipher-groups.ts';
import { handshakes } from './support/tls/handshakes.ts';
import { are, joinWords } from './support/words.ts';

/** Bits that a string of such suites asks for by leaving all others out. */
const strong = 256;

/** A cipher string that takes no short keys, beside TLS 1.3 suites that nobody chose (RFC 8446 appendix B.4). */
export const tls13CipherDefault: Rule = {
  id: 'tls13-cipher-default',
  title: 'The cipher string does not apply to TLS 1.3',
  severity: 'hint',
  effect: 'advice',
  *check(context) {
    for (const group of cipherGroups(context)) {
      const { suites } = group.result;
      if (isDefault(group.shared.setting) || suites.length === 0) continue;
      if (suites.some(({ bits }) => bits < strong)) continue;
      const report = judge(context, group);
      if (report !== undefined) yield report;
    }
  },
};

function judge({ model }: RuleContext, { shared }: CipherGroup): Report | undefined {
  const short = new Set<string>();
  const rest = new Set<string>();
  for (const { tls } of shared.endpoints) {
    const text = knownValue(tls.tls13CipherSuites);
    const offered = handshakes(model, tls).protocols?.offered ?? [];
    if (text === undefined || !isDefault(tls.tls13CipherSuites) || !offered.includes('TLSv1.3')) return undefined;
    for (const { name, bits } of evaluateTls13CipherSuites(text, model.target).suites) {
      (bits < strong ? short : rest).add(name);
    }
  }
  if (short.size === 0 || rest.size === 0) return undefined;
  const to = [...rest].join(':');
  return {
    message: `This string leaves out every suite of TLS 1.2 with keys below ${strong} bits, but TLS 1.3 has a list of its own, where ${joinWords([...short])} ${are(short.size)} still offered by default. Set that list too if keys below ${strong} bits are not wanted; 128 bits are enough for nearly everybody.`,
    location: shared.location,
    related: inheritors(shared),
    fixes: [
      {
        title: `Offer TLS 1.3 with ${joinWords([...rest])} only`,
        safe: false,
        changes: deciding(model, shared.endpoints).map((site) => changeSite(site, 'tls13CipherSuites', undefined, to)),
      },
    ],
  };
}

/** The sites whose suites of TLS 1.3 are in force at some endpoints. */
function deciding(model: ServerModel, endpoints: readonly Endpoint[]): readonly Site[] {
  const perSite = choosesTls13PerSite(model);
  const ids = endpoints.map(({ listener, site }) => (perSite ? site : listenerById(model, listener)?.defaultSite));
  return [...new Set(ids)].flatMap((id) => siteById(model, id ?? '') ?? []);
}
