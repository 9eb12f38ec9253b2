import { remember } from '../../../../memory/remember.ts';
import { entryOf } from '../../../../text/entry-of.ts';
import { suggest } from '../../../../text/suggest.ts';
import { withKey } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { isHttpdModule } from '../../evaluate/modules.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { notLoaded } from '../../how-to-load.ts';
import { isUncertain } from '../../uncertain.ts';
import type { ApacheContext } from '../rule.ts';
import { linesToTellAt } from './missing-providers.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

export const davChecks: ValueChecks = { dav: checkProvider };

/** Which module brings what `Dav` names; `On` is the first (`dav_cmd_dav`, measured with 2.4.71). */
const modulesOf: Readonly<Record<string, string>> = { filesystem: 'dav_fs', svn: 'dav_svn' };

function nameIn({ args: [argument] }: Statement): string {
  const value = argument?.value ?? '';
  return /^on$/i.test(value) ? 'filesystem' : value;
}

const tellingLines = remember((evaluation: Evaluation) =>
  linesToTellAt(withKey(evaluation, 'dav'), (line) => entryOf(modulesOf, nameIn(line)), evaluation),
);

/** A provider has to be there when the line is read. Names are compared with case, `On` and `Off` without. */
function checkProvider(statement: Statement, context: ApacheContext): BadValue | undefined {
  const [argument] = statement.args;
  const { modules, modulesCertain } = context.evaluation;
  const value = argument?.value ?? '';
  if (!modulesCertain || !modules.has('dav') || isUncertain(value) || /^off$/i.test(value)) return undefined;
  const name = nameIn(statement);
  const message = `Unknown DAV provider: ${name}`;
  const module = entryOf(modulesOf, name);
  if (module !== undefined) {
    if (modules.has(module) || !tellingLines(context.evaluation).has(statement)) return undefined;
    const load = notLoaded(module, context.project.target);
    return { argument, message: `${message}; it comes with mod_${module}, ${load}`, module };
  }
  // A module of somebody else's may bring one of any name.
  const isForeign = [...modules].some((each) => each !== 'dav_svn' && /dav/.test(each) && !isHttpdModule(each));
  const instead = suggest(value, ['On', 'Off', ...Object.keys(modulesOf)]);
  return isForeign || instead === undefined ? undefined : { argument, message, instead };
}
