import { remember } from '../memory/remember.ts';
import type { ServerModel, Site, SiteName } from '../tls/model/server-model.ts';
import type { Report, Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { flawOf } from './support/sites/host-name.ts';
import { listenersOf } from './support/sites/sites.ts';
import { joinWords } from './support/words.ts';

/** `a.example,` or `https://a.example/` as the name of a site: what clients ask for is a host (RFC 9110 section 7.2). */
export const nameUnreachable: Rule = {
  id: 'name-unreachable',
  title: 'A server name that no client asks for',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    for (const site of model.sites) {
      if (site.application === 'mail') continue;
      for (const name of site.names) {
        const flaw = name.kind === 'exact' || name.kind === 'wildcard' ? flawOf(name.text) : undefined;
        if (flaw !== undefined) yield report(model, site, name, flaw);
      }
    }
  },
};

/** One set for all names of a site, of which many may be wrong. */
const namesOf = remember((site: Site) => new Set(site.names.map(({ text }) => text.toLowerCase())));

function report(model: ServerModel, site: Site, { text, location }: SiteName, flaw: string): Report {
  const all = meantBy(text);
  const others = namesOf(site);
  const missing = all?.filter((name) => !others.has(name.toLowerCase()));
  if (all !== undefined && missing?.length === 0) {
    const has = all.length === 0 ? '' : ` The site already has ${joinWords(all)}.`;
    const message = `No client asks for "${text}": ${flaw}.${has} Remove it.`;
    return { message, location, severity: 'information', effect: 'advice' };
  }
  const meant = missing?.join(' ');
  const answers = listenersOf(model, site).every(({ defaultSite }) => defaultSite === site.id);
  const outcome = answers
    ? 'The site answers anyway, as the default of its address'
    : `Requests for ${missing === undefined ? 'the name that is meant' : joinWords(missing)} go to another site`;
  return {
    message: `No client asks for "${text}": ${flaw}. ${outcome}. Write ${meant ?? 'it as clients do'}.`,
    location,
    ...(answers ? { severity: 'information', effect: 'advice' } : {}),
    fixes:
      meant === undefined
        ? []
        : [
            {
              title: `Write ${meant}`,
              safe: !meant.includes(' '),
              changes: [changeSite(site, 'siteName', { location, text }, { location, text: meant })],
            },
          ],
  };
}

/** The names that it holds; undefined where nobody can tell. */
function meantBy(text: string): readonly string[] | undefined {
  const names = text.split(/[,;\s]+/).flatMap((part) => {
    const name = part
      .replace(/^[a-z]+:\/\//i, '')
      .replace(/\/.*$/, '')
      .replace(/:\d+$/, '');
    return name === '' ? [] : [name];
  });
  const isFine = names.every((name) => /^(?:\*?\.)?[\w-]+(?:\.[\w-]+)*(?:\.\*)?$/.test(name));
  return isFine ? [...new Set(names)] : undefined;
}
