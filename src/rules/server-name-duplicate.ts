import { leftOverOf } from '../text/left-over.ts';
import { type Location, samePlace } from '../text/range.ts';
import { placesOfName } from '../tls/model/name-places.ts';
import type { Binding, ServerModel, Site, SiteName } from '../tls/model/server-model.ts';
import type { Report, Rule } from './rule.ts';

/** A name that two sites claim on one listener: the second never answers for it. */
export const serverNameDuplicate: Rule = {
  id: 'server-name-duplicate',
  title: 'Two sites have the same name on one listener',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    if (model.ignoresNames === false) return;
    const told = new Set<SiteName | Site>();
    const listeners = new Map<string, Map<string, Claim>>();
    const defaults = new Map(model.listeners.map(({ id, defaultSite }) => [id, defaultSite]));
    for (const claim of claimsOf(model)) {
      const { site, name, binding } = claim;
      const { listener } = binding;
      const firsts = listeners.get(listener) ?? new Map<string, Claim>();
      if (firsts.size === 0) listeners.set(listener, firsts);
      // Nearly every name has one place, which nobody else has.
      const only = name.text.startsWith('.') ? undefined : name.text.toLowerCase();
      if (only !== undefined && !firsts.has(only)) {
        firsts.set(only, claim);
        continue;
      }
      const places = placesOfName(name.text);
      const first = places.map((place) => firsts.get(place)).find((found) => found !== undefined);
      const isAgain = first !== undefined && isReadAgain(site, first);
      // The default site of a listener answers for what nobody has, its own ignored names among it.
      const isMoot = !isAgain && (first?.site === site || name.text === '') && defaults.get(listener) === site.id;
      if (isMoot) continue;
      if (first === undefined) for (const place of places) firsts.set(place, claim);
      else if (mayBeAbsent(first.site, site) || mayBeAbsent(first.binding, binding)) continue;
      else {
        const cause = isAgain ? first.site : name;
        if (told.has(cause) || places.every((place) => firsts.get(place)?.site === site)) continue;
        told.add(cause);
        yield report(name, first, site, listener);
      }
    }
  },
};

/** Which site wants which name at which listener, in the order of the model. */
function* claimsOf({ sites }: ServerModel): Generator<Claim> {
  for (const site of sites) {
    const names = site.isNameless ? [{ text: '', kind: 'exact', location: site.location } as const] : site.names;
    for (const binding of site.bindings) {
      for (const name of names) {
        if (name.kind === 'exact' || name.kind === 'wildcard') yield { site, name, binding };
      }
    }
  }
}

/** Whether the one may be there without the other. */
function mayBeAbsent({ condition }: Conditional, other: Conditional): boolean {
  return condition !== undefined && condition !== other.condition;
}

type Conditional = Pick<Site, 'condition'>;

interface Claim {
  readonly site: Site;
  readonly name: SiteName;
  readonly binding: Binding;
}

/** What stands once is there twice because its file is, or the macro that has it. */
function isReadAgain(site: Site, first: Claim): boolean {
  return first.site !== site && samePlace(first.site.location, site.location);
}

function report({ text, location }: SiteName, first: Claim, site: Site, listener: string): Report {
  if (isReadAgain(site, first))
    return {
      message: `This site stands here once and is read twice, so that there are two of it on ${listener}, of which the first answers. Include its file once, or use its macro once.`,
      location,
    };
  if (text === '') return reportNameless(location, first, listener);
  const other = first.name.text;
  const inside = first.site === site;
  const copy = leftOverOf(location.file, first.name.location.file);
  const next =
    copy === undefined
      ? 'Remove the name here, or there.'
      : `By its name, ${copy} is a copy or was switched off: move it elsewhere.`;
  return {
    message: inside
      ? `The name ${text} is ignored, because ${other} beside it covers part of it: the default site of ${listener} answers for the rest. Write ${text.startsWith('.') ? text : other} alone.`
      : `Another site on ${listener} has the name ${other} already, so this one never answers for ${text}. ${next}`,
    location,
    related: [
      {
        // Both may include their names.
        location: samePlace(first.name.location, location) ? first.site.location : first.name.location,
        message: inside ? 'The other name' : `Answers for ${other}`,
      },
    ],
  };
}

/** "conflicting server name "" on …, ignored" (ngx_http_server_names). */
function reportNameless(location: Location, first: Claim, listener: string): Report {
  return {
    message: `Another site on ${listener} has no name either, so this one never answers there. Write the names that it is for, or remove it.`,
    location,
    related: [{ location: first.name.location, message: 'The first one' }],
  };
}
