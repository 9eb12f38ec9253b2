import type { FileEdit } from '../../text/edit.ts';
import type { Change } from '../../tls/model/change.ts';
import { defaultSiteOf } from '../../tls/model/parts.ts';
import type { Site, TlsSettings } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import type { Run } from '../run.ts';
import { modelAfter } from './model-after.ts';

/** What a default site may decide for all of its address, as messages call it. */
const names = {
  protocols: 'protocol versions',
  groups: 'groups',
  cipherString: 'cipher suites',
  serverPreference: 'preferences',
  sessionTickets: 'session tickets',
} as const satisfies Partial<Record<keyof TlsSettings, string>>;

type Name = keyof typeof names;

/** Settings that changes give a site and its clients do not get, since the default site of an address decides for all there. */
export interface Overruled {
  /** As messages call them. */
  readonly settings: readonly string[];
  /** The site that decides, with the id that it has after the edits. */
  readonly by: Pick<Site, 'id' | 'label'>;
  readonly listener: string;
}

/**
 * The first address of a site where something of the changes has no effect; undefined where all has.
 * @param edits that write the changes
 */
export function overruledChanges(
  run: Run,
  site: string,
  changes: readonly Change[],
  edits: readonly FileEdit[],
): Overruled | undefined {
  const after = modelAfter(run, edits);
  // Its id moves with the text, and its place among the sites does not.
  const own = after.sites[run.model.sites.findIndex(({ id }) => id === site)];
  if (own === undefined) return undefined;
  for (const { site: id, isDefault, listener, tls } of after.endpoints) {
    if (id !== own.id || isDefault) continue;
    const settings = (Object.keys(names) as Name[]).filter((name) => {
      const to = changes.find(({ setting }) => setting === name)?.to;
      return to !== undefined && isSame(own.tls, name, to) === true && isSame(tls, name, to) === false;
    });
    const deciding = defaultSiteOf(after, listener);
    if (settings.length > 0 && deciding !== undefined)
      return { settings: settings.map((name) => names[name]), by: deciding, listener };
  }
  return undefined;
}

/** Undefined where nobody knows. */
function isSame(tls: TlsSettings, name: Name, wanted: unknown): boolean | undefined {
  const value = knownValue<unknown>(tls[name]);
  return value === undefined ? undefined : JSON.stringify(value) === JSON.stringify(wanted);
}
