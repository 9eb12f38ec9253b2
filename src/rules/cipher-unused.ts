import { remember } from '../memory/remember.ts';
import { PlaceMap } from '../text/place-map.ts';
import { encloses } from '../text/range.ts';
import type { TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule, RuleContext } from './rule.ts';
import { changeShared } from './support/fixes.ts';
import { inheritors, type SharedSetting, writtenSettings } from './support/shared-settings.ts';
import { cipherGroups, idleCipherGroups } from './support/tls/cipher-groups.ts';
import { handshakesOf, offersOnlyTls13 } from './support/tls/handshakes.ts';

/** A cipher string for TLS 1.2 where only TLS 1.3 is spoken. */
export const cipherUnused: Rule = {
  id: 'cipher-unused',
  title: 'The cipher string has no effect under TLS 1.3',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    const { model } = context;
    const handshakes = handshakesOf(model);
    for (const shared of writtenSettings(model, 'cipherString')) {
      const text = knownValue(shared.setting);
      // A security level in the string is in force for TLS 1.3 too.
      if (text === undefined || text.includes('@SECLEVEL')) continue;
      const onlyTls13 = shared.endpoints.every(({ tls }) => offersOnlyTls13(handshakes(tls)) && !namesOlder(tls));
      // What stops the start has an effect.
      if (!onlyTls13 || refusedPlaces(context).has(shared.location)) continue;
      yield {
        message:
          'This cipher string applies to TLS 1.2 and older, but only TLS 1.3 is offered here, so it has no effect. Remove it.',
        location: shared.location,
        related: inheritors(shared),
        fixes: [
          {
            title: 'Remove the cipher string',
            // What stands around the sites, often in a file of the distribution, is meant for sites to come too.
            safe: isOwn(shared),
            changes: changeShared(shared, 'cipherString', text, undefined),
          },
        ],
      };
    }
  },
};

const refusedPlaces = remember((context: RuleContext) => {
  const places = new PlaceMap<true>();
  for (const { result, shared } of [...cipherGroups(context), ...idleCipherGroups(context)]) {
    if (result.error !== undefined) places.set(shared.location, true);
  }
  return places;
});

/** Written in the block of the one site that it is for. */
function isOwn({ location, owners: [site], sites }: SharedSetting<string>): boolean {
  return sites.length === 1 && site.block.file === location.file && encloses(site.block.range, location.range);
}

/** A list that names an older version too wants it, and so does one that is replaced: that none is left is another mistake. */
function namesOlder({ protocols: { origin }, replacedProtocols }: TlsSettings): boolean {
  if (knownValue(replacedProtocols)?.some((version) => version !== 'TLSv1.3')) return true;
  return origin.kind !== 'default' && origin.words.some(({ value }) => /^\+?(?:all|tlsv1(?:\.[12])?)$/i.test(value));
}
