import { editedProject } from '../../languages/edited-project.ts';
import type { FileEdit } from '../../text/edit.ts';
import { knownClients } from '../../tls/clients/clients.ts';
import type { Endpoint, ServerModel } from '../../tls/model/server-model.ts';
import type { Run } from '../run.ts';
import { meetClients } from './endpoint-clients.ts';
import { onlyEndpoints, viewEndpoints } from './endpoints.ts';

/** Names of clients, in the order of `knownClients`. */
export interface ClientsAfter {
  readonly lost: readonly string[];
  readonly gained: readonly string[];
}

/** Clients that connect to a site now and would not after edits, and the other way round; undefined where nobody can know. */
export function clientsAfter(run: Run, site: string, edits: readonly FileEdit[], now: Date): ClientsAfter | undefined {
  const { language, project, model } = run;
  const asked = model.endpoints.filter((endpoint) => endpoint.site === site).map(keyOf);
  const connecting = (of: ServerModel) => clientsOf(of, run, new Set(asked), now);
  const before = connecting(model);
  const after = connecting(language.lower(editedProject(project, edits, language.parse)));
  if (before === undefined || after === undefined) return undefined;
  const names = knownClients().map(({ name }) => name);
  return {
    lost: names.filter((name) => before.has(name) && !after.has(name)),
    gained: names.filter((name) => after.has(name) && !before.has(name)),
  };
}

/** What stays the same of an endpoint when the text around it moves. */
function keyOf({ listener, name }: { readonly listener: string; readonly name: string }): string {
  return `${listener} ${name}`;
}

/** Those that connect to every endpoint that is asked about, as far as TLS is spoken there. */
function clientsOf(
  model: ServerModel,
  { certificateFile }: Run,
  asked: ReadonlySet<string>,
  now: Date,
): ReadonlySet<string> | undefined {
  const isAsked = (endpoint: Endpoint) => asked.has(keyOf(endpoint));
  const views = viewEndpoints(onlyEndpoints(model, isAsked), certificateFile, now);
  const meet = meetClients(views, model, certificateFile);
  const refused = new Set<string>();
  let isKnown = false;
  for (const view of views.filter(({ endpoint, tls }) => tls === true && isAsked(endpoint))) {
    const meetings = meet(view, knownClients());
    if (typeof meetings === 'string') return undefined;
    isKnown = true;
    for (const { client, handshake } of meetings) if (handshake.kind !== 'agreed') refused.add(client.name);
  }
  return isKnown ? new Set(knownClients().flatMap(({ name }) => (refused.has(name) ? [] : [name]))) : undefined;
}
