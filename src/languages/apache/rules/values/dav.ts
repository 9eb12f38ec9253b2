import { suggest } from '../../../../text/suggest.ts';
import { isHttpdModule } from '../../evaluate/modules.ts';
import { isUncertain, type Statement } from '../../evaluate/statement.ts';
import { howToLoad } from '../../how-to-load.ts';
import type { ApacheContext } from '../rule.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

export const davChecks: ValueChecks = { dav: checkProvider };

/** Which module brings what `Dav` names; `On` is the first (`dav_cmd_dav`, measured with 2.4.71). */
const modulesOf: Readonly<Record<string, string>> = { filesystem: 'dav_fs', svn: 'dav_svn' };

/** A provider has to be there when the line is read. Names are compared with case, `On` and `Off` without. */
function checkProvider({ args: [argument] }: Statement, context: ApacheContext): BadValue | undefined {
  const { modules, modulesCertain } = context.evaluation;
  const value = argument?.value ?? '';
  if (!modulesCertain || !modules.has('dav') || isUncertain(value) || /^off$/i.test(value)) return undefined;
  const name = /^on$/i.test(value) ? 'filesystem' : value;
  const message = `Unknown DAV provider: ${name}`;
  const module = Object.hasOwn(modulesOf, name) ? modulesOf[name] : undefined;
  if (module !== undefined) {
    if (modules.has(module)) return undefined;
    const load = `Load ${module}_module ${howToLoad(module, context.project.target)}`;
    return { argument, message: `${message}; it comes with mod_${module}, which no LoadModule loads. ${load}` };
  }
  // A module of somebody else's may bring one of any name.
  const isForeign = [...modules].some((each) => each !== 'dav_svn' && /dav/.test(each) && !isHttpdModule(each));
  const instead = suggest(value, ['On', 'Off', ...Object.keys(modulesOf)]);
  return isForeign || instead === undefined ? undefined : { argument, message, instead };
}
