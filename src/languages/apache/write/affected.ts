import type { FileEdit } from '../../../text/edit.ts';
import type { AffectedEndpoint } from '../../../tls/model/change.ts';
import { siteById } from '../../../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site } from '../../../tls/model/server-model.ts';
import { editedProject } from '../../edited-project.ts';
import type { Project } from '../../language.ts';
import { lowerApache } from '../lower/lower.ts';
import { parseApache } from '../parse.ts';
import type { ApacheFile } from '../syntax.ts';

/** Endpoints that get something else after the edits: told by lowering both texts, so that nothing is overlooked. */
export function affectedEndpoints(before: ServerModel, after: ServerModel): readonly AffectedEndpoint[] {
  const old = before.endpoints.map((endpoint) => describe(endpoint, before));
  return after.endpoints
    .map((endpoint, index) => ({ endpoint, index }))
    .filter(({ endpoint, index }) => old[index] !== describe(endpoint, after))
    .map(({ endpoint, index }) => {
      const same = before.endpoints[index];
      const site =
        same && same.listener === endpoint.listener && same.name === endpoint.name ? same.site : endpoint.site;
      return { listener: endpoint.listener, site, name: endpoint.name };
    });
}

export function lowerEdited(project: Project<ApacheFile>, edits: readonly FileEdit[]): ServerModel {
  return lowerApache(editedProject(project, edits, parseApache));
}

/** Everything that a client could notice, places in the text left out. */
function describe(endpoint: Endpoint, model: ServerModel): string {
  const site = siteById(model, endpoint.site) as Site;
  const { tls, headers, listener, name, isDefault } = endpoint;
  const seen = { tls, headers, listener, name, isDefault, root: site.rootAnswer, challenge: site.challengeAnswer };
  return JSON.stringify(seen, (key, value) => (key === 'location' || key === 'origin' ? undefined : value));
}
