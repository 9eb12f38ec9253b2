import { rememberTexts } from '../../../memory/remember-texts.ts';
import { entryOf } from '../../../text/entry-of.ts';
import { groupBy } from '../../../text/group-by.ts';
import type { ModelNote, ServerModel, SharedCache, Site } from '../../../tls/model/server-model.ts';
import type { Target } from '../../../tls/target.ts';
import type { Project } from '../../language.ts';
import { mainFile } from '../beside-main.ts';
import { conditionalPlaces, isConditional } from '../conditions.ts';
import { rootScope } from '../configuration.ts';
import { everywhere, everywhereIn } from '../everywhere.ts';
import type { TlsDefaults } from '../facts/defaults.ts';
import { tlsDefaults } from '../facts/defaults.ts';
import type { NginxFile } from '../parse/file.ts';
import { applicationOf, headRange, type Item, locate, type Scope } from '../scope.ts';
import { bareBlock, serverAround } from '../snippet.ts';
import { redirectingServers } from './answers/redirects.ts';
import { untakenRedirects } from './answers/untaken.ts';
import { clientDemandsOf, looksAtClients } from './client-demands.ts';
import { addressesOf, endpointsOf, listenersOf } from './endpoints.ts';
import { headersIn, headersOfLocations, noHeaders } from './headers.ts';
import type { Owner, OwnerOf } from './owners.ts';
import { ownersOf } from './owners.ts';
import { pathsOf } from './paths.ts';
import { parseSize } from './setting.ts';
import type { LoweredSite, Outside } from './sites.ts';
import { lowerSite } from './sites.ts';
import { inlineTexts } from './tls/inline.ts';
import { defaultTls, inheritedTls, tlsIn } from './tls/tls.ts';
import { upstreamsOf } from './upstreams/upstreams.ts';

/** What nginx would do with a configuration, or with a snippet where its context is known. */
export function lower(project: Project<NginxFile>): ServerModel {
  const root = rootScope(project);
  const defaults = tlsDefaults(project.target);
  const sites: LoweredSite[] = [];
  const bare = bareBlock(root);
  for (const blocks of groupBy(topBlocks(root, bare), ({ application }) => application).values()) {
    const taken = new Set(sites.flatMap(({ listens }) => listens.map(({ id }) => id)));
    for (const block of blocks) sites.push(...lowerBlock(block, taken, root, bare !== undefined, project, defaults));
  }
  const addresses = addressesOf(sites);
  const ownerOf = ownersOf(sites, root);
  const inline = inlineTexts(root);
  return {
    server: 'nginx',
    target: project.target,
    // Servers that are not here may say otherwise.
    complete: project.complete && bare === undefined,
    file: project.entry,
    listeners: listenersOf(addresses),
    sites: sites.map(({ site }) => site),
    ...endpointsOf(addresses, project.target),
    clientDemands: clientDemandsOf(root, ownerOf),
    looksAtClients: () => looksAtClients(root, project.files.values()),
    upstreams: upstreamsOf(root, ownerOf, defaults, mainFile(project)),
    sessionCaches: everywhere(root, 'ssl_session_cache').flatMap(cachesOf),
    paths: pathsOf(root, ownerOf, mainFile(project), project.target),
    ...(inline && { inline }),
    notes: notesOf(root, ownerOf),
    mayVary: headersMayVary(root) ? ['headers'] : [],
    ...conditionalPlaces(project.files.values()),
  };
}

/** `http`, `stream` and `mail` blocks; a snippet's top level stands for the block that it would be in. */
function topBlocks(
  root: Scope,
  bare: Scope | undefined,
): readonly { readonly scope: Scope; readonly application: Site['application'] }[] {
  if (bare) return [{ scope: serverAround(bare), application: 'http' }];
  switch (root.context) {
    case 'main':
      return (['http', 'stream', 'mail'] as const).flatMap((application) =>
        root.find(application).flatMap(({ inner }) => (inner ? [{ scope: inner, application }] : [])),
      );
    case 'http':
    case 'stream':
    case 'mail':
      return [{ scope: root, application: root.context }];
    default:
      return [];
  }
}

/** `taken`: addresses of other applications' blocks before, each of which is another listener there. */
function lowerBlock(
  { scope, application }: { readonly scope: Scope; readonly application: Site['application'] },
  taken: ReadonlySet<string>,
  root: Scope,
  isBare: boolean,
  project: Project<NginxFile>,
  defaults: TlsDefaults,
): readonly LoweredSite[] {
  const issuer = scope.find('acme_issuer').find(({ inner }) => (inner ? usesHttp01(inner) : false));
  const servers = scope.find('server').filter(({ inner }) => inner !== undefined);
  const managed = issuer && servers.some(({ inner }) => (inner?.find('acme_certificate').length ?? 0) > 0);
  const outside: Outside = {
    scope,
    tls: inheritedTls(tlsIn(scope, defaultTls(defaults), mainFile(project))),
    headers: outerHeaders(scope, 'http', project.target),
    tlsHeaders: outerHeaders(scope, 'https', project.target),
    application,
    taken,
    confCommands: scope.find('ssl_conf_command'),
    snippet: isBare,
    answersChallenges: managed ? issuer : undefined,
    mayRedirect: redirectingServers(root),
    sharesHeaders: headersOfLocations(root),
    hangsUp: everywhere(root, 'return').some(({ args }) => Number(args[0]?.value) === 444),
    target: project.target,
    entry: mainFile(project),
  };
  return servers.map((item) => lowerSite(item, item.inner as Scope, outside));
}

function outerHeaders(scope: Scope, scheme: 'http' | 'https', target: Target): Outside['headers'] {
  return headersIn(scope, noHeaders(target), target, { scheme });
}

function usesHttp01(issuer: Scope): boolean {
  const challenge = issuer.find('challenge').at(-1)?.args[0]?.value ?? 'http-01';
  return challenge.startsWith('http');
}

function cachesOf(item: Item): readonly SharedCache[] {
  if (isConditional(item)) return [];
  return item.args.flatMap(({ value, templated }) => {
    const match = /^shared:([^:]+):(.+)$/.exec(value);
    const size = parseSize(match?.[2] ?? '');
    return match && size !== undefined && !templated
      ? [{ name: match[1] ?? '', application: applicationOf(item.outer), size, location: locate(item) }]
      : [];
  });
}

/** Only a variable in a header's value can have several values. */
function headersMayVary(root: Scope): boolean {
  return everywhereIn(root, ['add_header', 'more_set_headers']).some(({ args }) =>
    args.some(({ value, templated }) => templated || value.includes('$')),
  );
}

const obsoleteHeaders: Readonly<Record<string, string>> = {
  'public-key-pins': 'public-key-pins',
  'public-key-pins-report-only': 'public-key-pins',
  'expect-ct': 'expect-ct',
};

/** Large configurations have thousands of headers, of few names. */
const obsoleteHeader = rememberTexts((name) => ({ kind: entryOf(obsoleteHeaders, name.toLowerCase()) }));

function siteOf(owner: Owner): LoweredSite | undefined {
  return typeof owner === 'string' ? undefined : owner;
}

/** History that still stands in the text: `ssl on`, HPKP, Expect-CT; redirects that plain HTTP does not get. */
function notesOf(root: Scope, ownerOf: OwnerOf): readonly ModelNote[] {
  const notes: ModelNote[] = [];
  for (const item of everywhere(root, 'ssl')) {
    const site = siteOf(ownerOf(item));
    if (!site || item.outer.first !== site.scope.first) continue;
    const text = `ssl ${item.args[0]?.value ?? ''}`;
    notes.push({ kind: 'ssl-on', text, site: site.site.id, location: locate(item) });
  }
  for (const item of everywhere(root, 'add_header')) {
    const text = item.args[0]?.value ?? '';
    const { kind } = obsoleteHeader(text);
    const site = kind && siteOf(ownerOf(item))?.site.id;
    if (kind && site) notes.push({ kind, text, site, location: locate(item) });
  }
  for (const { item, reason } of untakenRedirects(root)) {
    const site = siteOf(ownerOf(item))?.site.id;
    if (site) notes.push({ kind: 'redirect-untaken', text: reason, site, location: locate(item, headRange(item)) });
  }
  return notes;
}
