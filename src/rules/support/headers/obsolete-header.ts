import { remember } from '../../../memory/remember.ts';
import { rememberTexts } from '../../../memory/remember-texts.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { ResponseHeader, ServerModel, Site } from '../../../tls/model/server-model.ts';
import type { ModelFix, Rule } from '../../rule.ts';
import { certainHeaders, headerLists } from './headers.ts';

/** A rule about response headers whose whole effect is history. */
export function noteRule(rule: {
  readonly id: string;
  readonly title: string;
  readonly headers: readonly string[];
  /** Why nobody needs them, as a clause. */
  readonly why: string;
  /** A value that is sent with reason all the same. */
  readonly meant?: RegExp;
}): Rule {
  const names = new Set(rule.headers.map((name) => name.toLowerCase()));
  for (const name of names) noted.add(name);
  return {
    id: rule.id,
    title: rule.title,
    severity: 'hint',
    effect: 'advice',
    *check({ model }) {
      for (const { header, sites } of headersNamed(model, names)) {
        const { name, value, location } = header;
        if (rule.meant?.test(value)) continue;
        yield {
          message: `${name} does nothing any more: ${rule.why}. Remove it.`,
          location,
          fixes: [removeHeader(`Remove ${name}`, true, sites[0], header)],
        };
      }
    },
  };
}

/** Takes away the one directive that sets a header: those beside it, of the same name and obsolete ones, have findings of their own. */
export function removeHeader(title: string, safe: boolean, site: Site, header: ResponseHeader): ModelFix {
  const { name, value, location } = header;
  const lowered = name.toLowerCase();
  const alone = noted.has(lowered) ? noted : new Set([...noted, lowered]);
  const from = { name, value, setAt: location, alone };
  return { title, safe, changes: [{ setting: 'header', site: site.id, from, to: undefined, scope: 'origin' }] };
}

interface HeaderSites {
  readonly header: ResponseHeader;
  readonly sites: [Site, ...Site[]];
}

/** The headers of some names (in small letters) that some answer has, once for each directive that sets one. */
function headersNamed(model: ServerModel, names: ReadonlySet<string>): readonly HeaderSites[] {
  const found: HeaderSites[] = [];
  // Inheritors mostly share the object; where they do not, the place tells.
  const byPlace = new PlaceMap<HeaderSites>();
  for (const [name, uses] of headerUses(model)) {
    if (!names.has(name.toLowerCase())) continue;
    for (const { header, site } of uses) {
      const { location } = header;
      const known = byPlace.get(location);
      if (known === undefined) {
        const first: HeaderSites = { header, sites: [site] };
        byPlace.set(location, first);
        found.push(first);
      } else if (known.sites.at(-1) !== site) known.sites.push(site);
    }
  }
  return found;
}

interface HeaderUse {
  readonly header: ResponseHeader;
  readonly site: Site;
}

/** The names that any such rule is about, in small letters. */
const noted = new Set<string>();

/** Large configurations have thousands of headers, of few names. */
const isNoted = rememberTexts((name) => ({ noted: noted.has(name.toLowerCase()) }));

/** Every header of those names in every answer, by its name as written. */
const headerUses = remember((model: ServerModel): ReadonlyMap<string, readonly HeaderUse[]> => {
  const uses = new Map<string, HeaderUse[]>();
  for (const site of model.sites) {
    for (const list of headerLists(site)) {
      for (const header of list.value.kind === 'partial' ? list.value.value : (certainHeaders(list) ?? [])) {
        if (!isNoted(header.name).noted) continue;
        const known = uses.get(header.name);
        if (known === undefined) uses.set(header.name, [{ header, site }]);
        else known.push({ header, site });
      }
    }
  }
  return uses;
});
