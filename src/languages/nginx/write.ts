import type { FileEdit } from '../../text/edit.ts';
import type { AffectedEndpoint, Change, WriteResult } from '../../tls/model/change.ts';
import type { ResponseHeader, ServerModel, Site, TlsSettings } from '../../tls/model/server-model.ts';
import { originLocation, type Setting } from '../../tls/model/setting.ts';
import type { Project } from '../language.ts';
import { rootScope } from './configuration.ts';
import { protocolsPerServer } from './facts/defaults.ts';
import type { NginxFile } from './parse/file.ts';
import { writeChallengeDirectory, writeChallengeRoute, writeRedirect, writeRedirectOverTls } from './write/answers.ts';
import { writeHeader } from './write/header.ts';
import { http3Listeners, writeHttp3 } from './write/http3.ts';
import { blockOf, findItem, type Place } from './write/index-of.ts';
import { writeListener, writeTls } from './write/listener.ts';
import { dropOption, optionOf } from './write/options.ts';
import type { Outcome } from './write/place.ts';
import { refused } from './write/place.ts';
import { wantedDirective, writeCertificates, writeDirective, writeHttp2 } from './write/settings.ts';
import { writeStapling } from './write/stapling.ts';
import { writeUpstreamProtocols, writeUpstreamVerify } from './write/upstreams.ts';

/** Writes changes of the model back as edits that keep the style of what stands there. */
export function write(project: Project<NginxFile>, model: ServerModel, changes: readonly Change[]): WriteResult {
  const edits: FileEdit[] = [];
  const affected = new Map<string, AffectedEndpoint>();
  for (const change of changes) {
    const site = model.sites.find(({ id }) => id === change.site);
    if (!site) return { kind: 'refused', reason: `There is no site ${change.site} in this configuration.` };
    const outcome = writeOne(project, model, site, change);
    if (outcome.kind === 'refused') return outcome;
    for (const edit of outcome.edits) {
      const known = edits.some(
        ({ file, range, newText }) =>
          file === edit.file &&
          newText === edit.newText &&
          range.start === edit.range.start &&
          range.end === edit.range.end,
      );
      if (!known) edits.push(edit);
    }
    for (const endpoint of affectedBy(model, site, change)) {
      affected.set(`${endpoint.listener} ${endpoint.site} ${endpoint.name}`, endpoint);
    }
  }
  return { kind: 'edits', edits, affectedEndpoints: [...affected.values()] };
}

function writeOne(project: Project<NginxFile>, model: ServerModel, site: Site, change: Change): Outcome {
  const block = blockOf(project, site);
  if (!block) return refused('This server stands in a snippet without a "server" block: change the snippet by hand.');
  const { scope, owner } = placeFor(project, model, site, change) ?? block;
  switch (change.setting) {
    case 'certificates':
      return writeCertificates(change, scope, owner);
    case 'http2':
      return writeHttp2(change.to === true, scope, owner, project.target);
    case 'tls':
      return writeTls(change.to === true, block.scope);
    case 'header':
      return writeHeaderAt(project, change, site, block);
    case 'listener':
      return change.to
        ? writeListener(change.to, block.scope, block.owner, site, model)
        : refused('An address is not removed by itself.');
    case 'challengeDirectory':
      return writeChallengeDirectory(change.to, block.scope, block.owner);
    case 'challengeRoute':
      return writeChallengeRoute(block.scope, block.owner);
    case 'redirectToHttps':
      return writeRedirect(block.scope, block.owner);
    case 'redirectOverTls': {
      const item = change.to && findItem(project, change.to);
      return item ? writeRedirectOverTls(item) : refused('The redirect is not found in the text.');
    }
    case 'upstreamVerify': {
      const wish = change.to ?? change.from;
      const pass = wish && findItem(project, wish.location);
      return pass ? writeUpstreamVerify(change.to, pass) : refused('The connection is not found in the text.');
    }
    case 'upstreamProtocols': {
      const wish = change.to ?? change.from;
      const pass = wish && findItem(project, wish.location);
      return pass
        ? writeUpstreamProtocols(change.to?.protocols, pass, change.scope === 'origin')
        : refused('The connection is not found in the text.');
    }
    case 'http3':
      return writeHttp3(change.to === true, block.scope, model);
    case 'stapling':
      return writeStapling(change, scope, owner, rootScope(project));
    default: {
      const option = optionOf[change.setting];
      if (option !== undefined && change.to !== true) return dropOption(option, scope);
      const wanted = wantedDirective(change);
      return wanted
        ? writeDirective(wanted, scope, owner)
        : refused(`nginx has no directive for this setting (${change.setting}).`);
    }
  }
}

/** A header of the site, or of one of its locations. */
function writeHeaderAt(
  project: Project<NginxFile>,
  change: Change & { readonly setting: 'header' },
  site: Site,
  block: Place,
): Outcome {
  const location = (change.to ?? change.from)?.route;
  const setIn = change.scope === 'origin' ? placeOfHeader(project, site, change) : undefined;
  if (setIn) return writeHeader(change.from, change.to, setIn.scope, setIn.owner, site.headers);
  if (!location) return writeHeader(change.from, change.to, block.scope, block.owner, site.headers);
  const owner = findItem(project, location);
  const route = site.routes.find((candidate) => candidate.location.range.start === location.range.start);
  if (!owner?.inner || !route) return refused('The location is not found in the text.');
  return writeHeader(change.from, change.to, owner.inner, owner, route.headers);
}

/** The block whose directive sets a header that the site or one of its locations sends. */
function placeOfHeader(
  project: Project<NginxFile>,
  site: Site,
  change: Change & { readonly setting: 'header' },
): Place | undefined {
  const header = headerOf(site, change);
  const item = header && findItem(project, header.location);
  return item?.outer.owner && { scope: item.outer, owner: item.outer.owner };
}

function headerOf(site: Site, { from }: Change & { readonly setting: 'header' }): ResponseHeader | undefined {
  const lists = [site.headers, ...site.routes.map(({ headers }) => headers)];
  const setAt = from?.setAt;
  return lists.flatMap(listedHeaders).find(({ name, value, location }) => {
    if (name !== from?.name || value !== from.value) return false;
    return setAt === undefined || (location.file === setAt.file && location.range.start === setAt.range.start);
  });
}

function listedHeaders({ value }: Setting<readonly ResponseHeader[]>): readonly ResponseHeader[] {
  switch (value.kind) {
    case 'unknown':
      return [];
    case 'one-of':
      return value.values.flat();
    default:
      return value.value;
  }
}

/** For `scope: 'origin'`: the block whose directive sets the value, wherever it is inherited from. */
function placeFor(project: Project<NginxFile>, model: ServerModel, site: Site, change: Change): Place | undefined {
  if (change.scope !== 'origin' || !(change.setting in site.tls)) return undefined;
  const location = originLocation(settingOf(model, site, change));
  const item = location && findItem(project, location);
  if (!item) return undefined;
  const owner = item.outer.owner ?? blockOf(project, site)?.owner;
  return owner ? { scope: item.outer, owner } : undefined;
}

/** The setting that clients of a site get, which may be another server's. */
function settingOf(model: ServerModel, site: Site, change: Change): Setting<unknown> {
  const name = change.setting as keyof TlsSettings;
  const endpoint = model.endpoints.find((candidate) => candidate.site === site.id);
  return (endpoint?.tls[name] ?? site.tls[name]) as Setting<unknown>;
}

/** What clients notice: those of every site that shares the directive, and of every backend of a default one. */
function affectedBy(model: ServerModel, site: Site, change: Change): readonly AffectedEndpoint[] {
  if (change.setting === 'listener' && change.to) {
    const { address, port } = change.to;
    const listener = `${address === '*' ? '0.0.0.0' : address}:${port}`;
    const names = site.names.length > 0 ? site.names.map(({ text }) => text) : [site.label, '*'];
    const others = model.endpoints.filter((endpoint) => endpoint.listener === listener);
    return [...names.map((name) => ({ listener, site: site.id, name })), ...others];
  }
  if (change.setting === 'http3') {
    const names = site.names.length > 0 ? site.names.map(({ text }) => text) : [site.label, '*'];
    return http3Listeners(site, model).flatMap((listener) => [
      ...names.map((name) => ({ listener, site: site.id, name })),
      ...model.endpoints.filter((endpoint) => endpoint.listener === listener),
    ]);
  }
  const sites = new Set([site.id, ...sharing(model, site, change)]);
  const handshake = ['groups', ...(protocolsPerServer(model.target) ? [] : ['protocols', 'tls13CipherSuites'])];
  const shared = handshake.includes(change.setting) || change.setting === 'tls' || change.setting === 'http2';
  const listeners = new Set(
    model.listeners
      .filter(({ id, defaultSite }) =>
        change.setting === 'tls' || change.setting === 'http2'
          ? site.bindings.some(({ listener }) => listener === id)
          : sites.has(defaultSite),
      )
      .map(({ id }) => id),
  );
  return model.endpoints
    .filter((endpoint) => sites.has(endpoint.site) || (shared && listeners.has(endpoint.listener)))
    .map(({ listener, site: id, name }) => ({ listener, site: id, name }));
}

function sharing(model: ServerModel, site: Site, change: Change): readonly string[] {
  if (change.setting === 'upstreamProtocols') return sharingUpstreams(model, change);
  if (change.setting === 'header') return sharingHeader(model, site, change);
  if (change.scope !== 'origin' || !(change.setting in site.tls)) return [];
  const location = originLocation(settingOf(model, site, change));
  if (!location) return [];
  return model.sites
    .filter((other) => {
      const setting = other.tls[change.setting as keyof TlsSettings] as Setting<unknown> | undefined;
      const from = setting && originLocation(setting);
      return from?.file === location.file && from.range.start === location.range.start;
    })
    .map(({ id }) => id);
}

/** Sites that send a header which is set in one place for all of them. */
function sharingHeader(model: ServerModel, site: Site, change: Change & { readonly setting: 'header' }) {
  const location = change.scope === 'origin' ? headerOf(site, change)?.location : undefined;
  if (!location) return [];
  return model.sites
    .filter(({ headers, routes }) =>
      [headers, ...routes.map((route) => route.headers)]
        .flatMap(listedHeaders)
        .some(
          (header) => header.location.file === location.file && header.location.range.start === location.range.start,
        ),
    )
    .map(({ id }) => id);
}

/** Sites whose connections get their protocols from the same directive. */
function sharingUpstreams(model: ServerModel, change: Change & { readonly setting: 'upstreamProtocols' }) {
  const wish = change.to ?? change.from;
  const changed = model.upstreams.find(
    ({ location }) => location.file === wish?.location.file && location.range.start === wish.location.range.start,
  );
  const origin = changed && change.scope === 'origin' ? originLocation(changed.protocols) : undefined;
  return model.upstreams
    .filter(({ protocols }) => {
      const from = originLocation(protocols);
      return from !== undefined && from.file === origin?.file && from.range.start === origin.range.start;
    })
    .map(({ site }) => site);
}
