import type { ResponseHeader, Route, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { fewAlike } from './support/few-related.ts';
import { findHeader, routesWithHeaders } from './support/headers/headers.ts';
import { inRoute, losingRoutes, losingSites, lossOf, lossOfSites } from './support/headers/lost-headers.ts';
import { sendHeader } from './support/headers/send-header.ts';
import {
  binds,
  losesHsts,
  type SiteWithoutHsts,
  severityWithoutHsts,
  sitesWithoutHsts,
} from './support/headers/without-hsts.ts';
import { httpTlsSites, isOnHttpsPort } from './support/sites/http-sites.ts';

/** A block with headers of its own, which replace the site's, HSTS among them. */
export const hstsLost: Rule = {
  id: 'hsts-lost',
  title: 'A block loses the HSTS header',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    yield* ofSites(model);
    for (const site of httpTlsSites(model)) {
      if (routesWithHeaders(site).length === 0) continue;
      for (const { route, location, lost } of losingRoutes(site, binds)) {
        const [header] = lost;
        if (header === undefined) continue;
        const isMinor =
          route.kind === 'condition' ||
          isForParts(route) ||
          isPassedOn(route, site, header) ||
          !isOnHttpsPort(model, site);
        yield {
          ...(isMinor ? { severity: 'information', effect: 'advice' } : {}),
          message: lossOf(model, route, [header.name]),
          location,
          related: [{ location: header.location, message: 'The header that is lost' }],
          fixes: [
            {
              title: `Send ${header.name} from "${route.pattern}" too`,
              safe: false,
              changes: [
                { setting: 'header', site: site.id, from: undefined, to: inRoute(header, route), scope: 'site' },
              ],
            },
          ],
        };
      }
    }
  },
};

/** Whole sites that lose what the block around them sends. */
function* ofSites(model: ServerModel): Iterable<Report> {
  const without = sitesWithoutHsts(model).filter(losesHsts);
  const bySite = new Map(without.map((each) => [each.site, each]));
  for (const losing of losingSites([...bySite.keys()], binds)) {
    const { sites, location, lost } = losing;
    const [first, ...others] = sites;
    const [{ name, value, written = value, location: header }] = lost;
    const severity = severityWithoutHsts(model, bySite.get(first) as SiteWithoutHsts);
    yield {
      severity,
      effect: severity === 'warning' ? 'security' : 'advice',
      message: lossOfSites(losing, [name]),
      location,
      related: [
        { location: header, message: 'The header that is lost' },
        ...fewAlike(others, ({ label }) => `${label} too`),
      ],
      fixes: [
        {
          title: `Send ${name} here too`,
          safe: false,
          changes: sites.flatMap((site) => sendHeader(model, site, { name, value: written })),
        },
      ],
    };
  }
}

/** The block of all paths hands the start page on to one that sends the header, as `try_files $uri @app` does, and answers with files only. */
function isPassedOn({ kind, pattern }: Route, site: Site, { name }: ResponseHeader): boolean {
  if (kind !== 'prefix' || pattern !== '/') return false;
  // The start page has a block of its own, and says nothing of the others.
  if (site.routes.some((other) => other.kind === 'exact' && other.pattern === '/')) return false;
  const { rootHeaders } = site;
  return rootHeaders !== undefined && findHeader(knownValue(rootHeaders) ?? [], name) !== undefined;
}

/** Files that pages bring along, by their extensions: whoever gets one has been to a page. */
function isForParts({ kind, pattern }: Route): boolean {
  const [, several, one] = /\\\.(?:\((?:\?:)?([\w|?]+)\)|(\w+))\$?$/.exec(pattern.replaceAll('(\\.map)?', '')) ?? [];
  const extensions = (several ?? one ?? '').split('|');
  return kind === 'regex' && extensions.every((extension) => parts.has(extension.toLowerCase().replaceAll('?', '')));
}

const parts: ReadonlySet<string> = new Set(
  `css js mjs map wasm tflite png jpg jpeg gif svg svgz ico cur webp avif bmp heic tif tiff eot otf ttc ttf woff woff2
  aac flac m4a mid midi mp3 mp4 avi flv mov mpg mpeg oga ogg ogv wav webm wmv`.split(/\s+/),
);
