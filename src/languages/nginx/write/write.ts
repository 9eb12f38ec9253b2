import { distinctEdits } from '../../../text/distinct-edits.ts';
import type { FileEdit } from '../../../text/edit.ts';
import type { Change, WriteResult } from '../../../tls/model/change.ts';
import { siteById } from '../../../tls/model/parts.ts';
import type { ServerModel, Site } from '../../../tls/model/server-model.ts';
import { originLocation } from '../../../tls/model/setting.ts';
import type { Project } from '../../language.ts';
import { rootScope } from '../configuration.ts';
import type { NginxFile } from '../parse/file.ts';
import { affectedEndpoints } from './affected.ts';
import {
  writeChallengeDirectory,
  writeChallengeRoute,
  writeRedirect,
  writeRedirectOverTls,
  writeRedirectWithPath,
} from './answers.ts';
import { besideRemoved } from './beside-removed.ts';
import { removeHeader, writeHeader } from './header.ts';
import { writeHttp3 } from './http3.ts';
import { blockOf, findItem, type Place } from './index-of.ts';
import { writeListener, writeTls } from './listener.ts';
import { writeName } from './names.ts';
import { dropOption, optionOf } from './options.ts';
import { overrulingCommand } from './overruled.ts';
import type { Outcome } from './place.ts';
import { refused } from './place.ts';
import { wantedCommand, wantedDirective, writeCertificates, writeDirective, writeHttp2 } from './settings.ts';
import { headerOf, routeAt, settingOf } from './settings-of.ts';
import { writeStapling } from './stapling.ts';
import { writeUpstreamProtocols, writeUpstreamVerify } from './upstreams.ts';

/** Writes changes of the model back as edits that keep the style of what stands there. */
export function write(project: Project<NginxFile>, model: ServerModel, changes: readonly Change[]): WriteResult {
  const written: FileEdit[] = [];
  for (const change of changes) {
    const site = siteById(model, change.site);
    if (!site) return { kind: 'refused', reason: `There is no site ${change.site} in this configuration.` };
    const outcome = writeOne(project, model, site, change);
    if (outcome.kind === 'refused') return outcome;
    written.push(...outcome.edits);
  }
  return new Written(besideRemoved(distinctEdits(written), project), model, changes);
}

/** Whom the edits concern takes a look at every site: only who asks pays for it. */
class Written {
  readonly kind = 'edits';
  readonly edits: readonly FileEdit[];
  readonly #model: ServerModel;
  readonly #changes: readonly Change[];

  constructor(edits: readonly FileEdit[], model: ServerModel, changes: readonly Change[]) {
    this.edits = edits;
    this.#model = model;
    this.#changes = changes;
  }

  get affectedEndpoints(): ReturnType<typeof affectedEndpoints> {
    return affectedEndpoints(this.#model, this.#changes);
  }
}

function writeOne(project: Project<NginxFile>, model: ServerModel, site: Site, change: Change): Outcome {
  const block = blockOf(project, site);
  if (!block) return refused('This server is in a snippet without a "server" block: change the snippet by hand.');
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
    case 'siteName':
      return writeName(change, block.scope);
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
    case 'redirectKeepsPath': {
      const item = change.to && findItem(project, change.to);
      return item ? writeRedirectWithPath(item) : refused('The redirect is not found in the text.');
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
      const wanted = wantedCommand(change, scope) ?? wantedDirective(change);
      if (!wanted) return refused(`nginx has no directive for this setting (${change.setting}).`);
      const command = wanted.name === 'ssl_conf_command' ? undefined : overrulingCommand(change, site, block.scope);
      return command === undefined
        ? writeDirective(wanted, scope, owner)
        : refused(`${command} decides here. Change it by hand.`);
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
  const { setAt, alone } = change.from ?? {};
  const item = alone && setAt && findItem(project, setAt);
  if (item && change.to === undefined && item.name === 'add_header') return removeHeader(item, alone, project.target);
  const setIn = change.scope === 'origin' ? placeOfHeader(project, site, change) : undefined;
  if (setIn) return writeHeader(change.from, change.to, setIn.scope, setIn.owner, site.headers, project.target);
  if (!location) return writeHeader(change.from, change.to, block.scope, block.owner, site.headers, project.target);
  const owner = findItem(project, location);
  const route = routeAt(site, location);
  if (!owner?.inner || !route) return refused('The location is not found in the text.');
  return writeHeader(change.from, change.to, owner.inner, owner, route.headers, project.target);
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

/** For `scope: 'origin'`: the block whose directive sets the value, wherever it is inherited from. */
function placeFor(project: Project<NginxFile>, model: ServerModel, site: Site, change: Change): Place | undefined {
  if (change.scope !== 'origin' || !(change.setting in site.tls)) return undefined;
  const location = originLocation(settingOf(model, site, change));
  const item = location && findItem(project, location);
  if (!item) return undefined;
  const owner = item.outer.owner ?? blockOf(project, site)?.owner;
  return owner ? { scope: item.outer, owner } : undefined;
}
