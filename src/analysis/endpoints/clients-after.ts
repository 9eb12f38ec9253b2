import type { FileEdit } from '../../text/edit.ts';
import { knownClients } from '../../tls/clients/clients.ts';
import type { Endpoint, ServerModel, TlsSettings } from '../../tls/model/server-model.ts';
import type { Run } from '../run.ts';
import { meetClients } from './endpoint-clients.ts';
import { onlyEndpoints, viewEndpoints } from './endpoints.ts';
import { modelAfter } from './model-after.ts';

/** Names of clients, in the order of `knownClients`. */
export interface ClientsAfter {
  readonly lost: readonly string[];
  readonly gained: readonly string[];
}

/** Clients that connect to a site now and would not after edits, and the other way round; undefined where nobody can know. */
export function clientsAfter(run: Run, site: string, edits: readonly FileEdit[], now: Date): ClientsAfter | undefined {
  const asked = run.model.endpoints.filter((endpoint) => endpoint.site === site).map(keyOf);
  return compare(run, modelAfter(run, edits), new Set(asked), now);
}

/**
 * The same of all endpoints that the edits give another handshake; undefined also where that is none, or where the
 * configuration is so large that the answer would keep somebody waiting.
 */
export function clientsAfterFix(run: Run, edits: readonly FileEdit[], now: Date): ClientsAfter | undefined {
  let size = 0;
  for (const { document } of run.project.files.values()) size += document.text.length;
  if (size > largest) return undefined;
  const after = modelAfter(run, edits);
  const asked = changedEndpoints(run.model, after);
  return asked.size === 0 ? undefined : compare(run, after, asked, now);
}

/** Characters of a configuration whose clients are asked while a menu opens: some 10,000 lines. */
const largest = 300_000;
/** Endpoints that are asked at the most: those of thousands of sites differ in little but their names. */
const most = 50;

/** What decides who can connect. */
const deciding = [
  'protocols',
  'cipherString',
  'tls13CipherSuites',
  'groups',
  'serverPreference',
  'certificates',
  'dhParameters',
  'confCommands',
] as const satisfies readonly (keyof TlsSettings)[];

function changedEndpoints(before: ServerModel, after: ServerModel): ReadonlySet<string> {
  const later = new Map(after.endpoints.map((endpoint) => [keyOf(endpoint), endpoint]));
  const changed = new Set<string>();
  for (const endpoint of before.endpoints) {
    const key = keyOf(endpoint);
    const same = later.get(key);
    if (same !== undefined && decidingValues(endpoint) !== decidingValues(same)) changed.add(key);
    if (changed.size === most) break;
  }
  return changed;
}

function decidingValues({ tls }: Endpoint): string {
  // Places move with the text around them.
  return JSON.stringify(
    deciding.map((name) => tls[name].value),
    (key, value) => (key === 'location' ? undefined : value),
  );
}

/** What stays the same of an endpoint when the text around it moves. */
function keyOf({ listener, name }: { readonly listener: string; readonly name: string }): string {
  return `${listener} ${name}`;
}

function compare(run: Run, after: ServerModel, asked: ReadonlySet<string>, now: Date): ClientsAfter | undefined {
  const outcomes = outcomesOf(run.model, run, asked, now);
  const later = outcomesOf(after, run, asked, now);
  const lost = new Set<string>();
  const gained = new Set<string>();
  let isKnown = false;
  for (const [key, clients] of outcomes) {
    for (const [client, connects] of clients) {
      const then = later.get(key)?.get(client);
      if (connects === undefined || then === undefined) continue;
      isKnown = true;
      if (connects !== then) (then ? gained : lost).add(client);
    }
  }
  if (!isKnown) return undefined;
  const names = knownClients().map(({ name }) => name);
  return { lost: names.filter((name) => lost.has(name)), gained: names.filter((name) => gained.has(name)) };
}

/** By endpoint and name of a client: whether it connects; undefined where that hangs on what is not known. */
type Outcomes = ReadonlyMap<string, ReadonlyMap<string, boolean | undefined>>;

/** Those of the endpoints that are asked about, as far as TLS is spoken there and something can be said. */
function outcomesOf(model: ServerModel, { certificateFile }: Run, asked: ReadonlySet<string>, now: Date): Outcomes {
  const isAsked = (endpoint: Endpoint) => asked.has(keyOf(endpoint));
  const views = viewEndpoints(onlyEndpoints(model, isAsked), certificateFile, now);
  const meet = meetClients(views, model, certificateFile);
  const found = new Map<string, Map<string, boolean | undefined>>();
  for (const view of views) {
    if (view.tls !== true || !isAsked(view.endpoint)) continue;
    const meetings = meet(view, knownClients());
    if (typeof meetings === 'string') continue;
    const outcomes = meetings.map(({ client, handshake: { kind } }) => {
      return [client.name, kind === 'unknown' ? undefined : kind === 'agreed'] as const;
    });
    found.set(keyOf(view.endpoint), new Map(outcomes));
  }
  return found;
}
