import { baseName } from '../../../../text/path.ts';
import { lastBefore, withKey, withWord } from '../../evaluate/by-key.ts';
import { isHttpdModule, moduleName, moduleOfFile } from '../../evaluate/modules.ts';
import { conditionsAround, type Statement } from '../../evaluate/statement.ts';
import type { ApacheContext } from '../rule.ts';
import { checkNeeds } from './module-needs.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** Modules, and what each of them has once. Messages are the modules' own where they have one. */
export const moduleChecks: ValueChecks = {
  loadmodule: checkLoadModule,
  sslfips: checkFips,
  wsgidaemonprocess: checkDaemon,
};

/** What Debian's httpd has compiled in (`apache2 -l`); the files of these are not in its folder either. */
const builtIn = new Set(['core', 'so', 'watchdog', 'http', 'log_config', 'logio', 'version', 'unixd']);

/**
 * The file has to bring a module of the name, `ssl_module` in `mod_ssl.so`. The name of one that is loaded already is
 * passed over with a warning, whatever the file (AH01574).
 */
function checkLoadModule(statement: Statement, context: ApacheContext): BadValue | undefined {
  const {
    args: [name, file],
    order,
    branches,
  } = statement;
  const { evaluation, project } = context;
  if (!name || !file) return undefined;
  const { distribution } = project.target;
  const isDebian =
    /^(?:debian|ubuntu)$/.test(distribution?.id ?? '') || file.value.startsWith('/usr/lib/apache2/modules/');
  if (isDebian && builtIn.has(moduleName(name.value))) {
    if (!name.value.endsWith('_module')) return undefined;
    return { argument: name, message: `module ${name.value} is built-in and can't be loaded: remove the line` };
  }
  const brought = moduleOfFile(file.value);
  if (brought === undefined) return undefined;
  if (name.value === `${brought}_module`) return checkNeeds(brought, statement, context);
  const before = lastBefore(withWord(evaluation, 'loadmodule', name.value.toLowerCase()), order);
  if (before?.args[0]?.value === name.value) return undefined;
  const message = `Can't locate API module structure '${name.value}' in file ${file.value}`;
  const instead = `${brought}_module`;
  // The name of another module: one of the two words is the wrong one.
  const other = name.value.endsWith('_module') ? name.value.slice(0, -'_module'.length) : undefined;
  const isTaken = withKey(evaluation, 'loadmodule').some(
    (each) => each.args[0]?.value === instead && each.branches.length === 0 && branches.length === 0,
  );
  if (other !== undefined && other !== brought && isHttpdModule(other)) {
    if (!isTaken) return { argument: name, message: `${message}, which brings ${instead}` };
    const library = file.value.replace(baseName(file.value), () => `mod_${other}.so`);
    return { argument: file, message, instead: library };
  }
  return { argument: name, message, instead };
}

/** Once on and once off is refused, in whichever order; the main server alone takes the directive. */
function checkFips({ args: [value], order }: Statement, { evaluation }: ApacheContext): BadValue | undefined {
  const isOn = ({ args: [word] }: Statement) => word?.value.toLowerCase() === 'on';
  const first = withKey(evaluation, 'sslfips').find(({ branches }) => branches.length === 0);
  if (!value || !first || first.order >= order || first.uncertain) return undefined;
  const differs = (value.value.toLowerCase() === 'on') !== isOn(first);
  return differs ? { argument: value, message: 'Conflicting SSLFIPS options, cannot be both On and Off' } : undefined;
}

/** Daemon processes have names of their own, whichever virtual host they stand in: certbot copies them from one to another. */
function checkDaemon({ args: [name], order }: Statement, { evaluation }: ApacheContext): BadValue | undefined {
  if (!name) return undefined;
  const before = withWord(evaluation, 'wsgidaemonprocess', name.value.toLowerCase()).some(
    (each) => each.order < order && each.args[0]?.value === name.value && conditionsAround(each).length === 0,
  );
  return before
    ? {
        argument: name,
        message: `Name duplicates previous WSGI daemon definition: "${name.value}" is defined before. Remove this line: virtual hosts with the same ServerName can share the first, others need another name`,
      }
    : undefined;
}
