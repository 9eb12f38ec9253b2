import { entryOf } from '../../../../text/entry-of.ts';
import { withWord } from '../../evaluate/by-key.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { howToLoad } from '../../how-to-load.ts';
import { loadBefore } from '../load-module.ts';
import type { ApacheContext } from '../rule.ts';
import type { BadValue } from './value-check.ts';

/** Modules whose file uses functions of another, which has to be there by then: "undefined symbol". Measured with 2.4.71. */
const builtOn: Readonly<Record<string, string>> = {
  cache_disk: 'cache',
  cache_socache: 'cache',
  dav_fs: 'dav',
  dav_lock: 'dav',
  session_cookie: 'session',
  session_crypto: 'session',
  session_dbd: 'session',
};

/** What modules ask for when all are loaded, and the code of their message. */
const askedFor: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  auth_form: { session: 'AH02617', request: 'AH02618' },
  authnz_ldap: { ldap: 'AH01749' },
  heartmonitor: { slotmem_shm: 'AH02284' },
  lbmethod_bybusyness: { proxy: 'AH10151' },
  lbmethod_byrequests: { proxy: 'AH10152' },
  lbmethod_bytraffic: { proxy: 'AH10150' },
};

/** A module that stops the start since another one is not loaded, or only behind it. */
export function checkNeeds(module: string, load: Statement, context: ApacheContext): BadValue | undefined {
  const { modules, modulesCertain } = context.evaluation;
  if (!modulesCertain || load.branches.length > 0) return undefined;
  const base = /^proxy_(?!html$)/.test(module) ? 'proxy' : entryOf(builtOn, module);
  if (base !== undefined) {
    const isThere = modules.has(base);
    const loads = withWord(context.evaluation, 'loadmodule', `${base}_module`);
    if (isThere && (loads.length === 0 || loads.some(({ order }) => order < load.order))) return undefined;
    const why = isThere ? 'is loaded only further down' : 'no LoadModule loads';
    return lacking(load, base, context, {
      what: `mod_${module} cannot be loaded before mod_${base}, which ${why}`,
      log: 'undefined symbol',
      step: isThere ? `Move that line before this one` : undefined,
    });
  }
  const [needed, log] = Object.entries(entryOf(askedFor, module) ?? {}).find(([name]) => !modules.has(name)) ?? [];
  if (needed === undefined || log === undefined) return undefined;
  return lacking(load, needed, context, { what: `mod_${module} needs mod_${needed}, which no LoadModule loads`, log });
}

function lacking(
  load: Statement,
  needed: string,
  context: ApacheContext,
  { what, log, step }: { readonly what: string; readonly log: string; readonly step?: string | undefined },
): BadValue {
  const loadIt = `Load ${needed}_module before it ${howToLoad(needed, context.project.target)}`;
  return {
    argument: load.args[0],
    message: `${what}: Apache does not start (${log}). ${step ?? loadIt}`,
    fixes: step === undefined ? loadBefore(needed, load, context) : [],
  };
}
