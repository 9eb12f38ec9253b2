import { suggest } from '../../../../text/suggest.ts';
import type { Target } from '../../../../tls/target.ts';
import type { NameUse } from '../../expressions/parse.ts';
import { serverVariables } from '../../expressions/variables.ts';
import { notLoaded } from '../../how-to-load.ts';
import { networkProblem } from '../values/network.ts';

let variables: readonly string[] | undefined;
let tlsVariables: readonly string[] | undefined;

/** Variables of the core, and those of mod_ssl that people write. */
function knownVariables() {
  variables ??= serverVariables('expression').map(({ name }) => name);
  tlsVariables ??= serverVariables('tls').map(({ name }) => name);
  return { variables, tlsVariables };
}

const functions = (
  'req http req_novary resp reqenv osenv note env tolower toupper escape unescape base64 unbase64 md5 sha1 file ' +
  'filesize ldap'
).split(' ');
/** Functions that a module other than the core brings. */
const functionsOfModules: Readonly<Record<string, string>> = { ssl: 'ssl', hc: 'proxy_hcheck' };
const binary = ['ipmatch', 'strmatch', 'strcmatch', 'fnmatch'];
const unary = /^[defhnsxzAFLRTU]$/;

/** Which of httpd's modules are loaded, as far as it is known. */
export interface KnownModules {
  /** Undefined where nobody can tell. */
  readonly isLoaded: (module: string) => boolean | undefined;
  /** Modules from elsewhere may bring names of their own. */
  readonly mayHaveOthers: boolean;
  readonly target: Target;
}

/** What is wrong with a name, in httpd's words; undefined where nothing is, or where nobody can tell. */
export function nameProblem(use: NameUse, modules: KnownModules): { message: string; instead?: string } | undefined {
  const lower = use.name.toLowerCase();
  switch (use.kind) {
    case 'variable': {
      if (lower.startsWith('ssl_')) return missing(`Variable '${use.name}'`, 'ssl', modules);
      const { variables, tlsVariables } = knownVariables();
      if (variables.includes(use.name.toUpperCase())) return undefined;
      return unknown(`Variable '${use.name}'`, use.name, [...variables, ...tlsVariables], modules);
    }
    case 'function': {
      const module = Object.hasOwn(functionsOfModules, lower) ? functionsOfModules[lower] : undefined;
      if (module !== undefined) return missing(`Function '${use.name}'`, module, modules);
      return functions.includes(lower) ? undefined : unknown(`Function '${use.name}'`, use.name, functions, modules);
    }
    case 'list':
      if (lower === 'peerextlist') return missing("List-returning function 'PeerExtList'", 'ssl', modules);
      if (functions.includes(lower)) return { message: `Function '${use.name}' returns no list; in takes { … }` };
      return unknown(`List-returning function '${use.name}'`, use.name, ['PeerExtList'], modules);
    case 'unary':
      if (!unary.test(use.name)) return unknown(`Unary operator '-${use.name}'`, use.name, [], modules);
      return use.name === 'R' ? networkOf(use) : undefined;
    case 'binary':
      if (lower === 'ipmatch') return networkOf(use);
      return binary.includes(lower)
        ? undefined
        : unknown(
            `Binary operator '-${use.name}'`,
            use.name,
            [...binary, 'in', 'eq', 'ne', 'lt', 'le', 'gt', 'ge'],
            modules,
          );
  }
}

function missing(what: string, module: string, { isLoaded, target }: KnownModules): { message: string } | undefined {
  return isLoaded(module) === false
    ? { message: `${what} does not exist: it comes with mod_${module}, ${notLoaded(module, target)}` }
    : undefined;
}

function unknown(
  what: string,
  name: string,
  candidates: readonly string[],
  { mayHaveOthers }: KnownModules,
): { message: string; instead?: string } | undefined {
  const instead = suggest(name, candidates);
  if (instead === undefined) return mayHaveOthers ? undefined : { message: `${what} does not exist` };
  return { message: `${what} does not exist`, instead };
}

function networkOf({ name, constant }: NameUse): { message: string } | undefined {
  if (constant === undefined) return { message: `-${name} requires subnet/netmask as constant argument` };
  // A string ends at its first NUL.
  const problem = networkProblem(constant.split('\0', 1)[0] ?? '');
  return problem === undefined
    ? undefined
    : { message: `parsing of subnet/netmask failed: '${constant}' is no address or network` };
}

/** True for a name that stands in `%{…}`. */
export function isVariable(name: string): boolean {
  const { variables, tlsVariables } = knownVariables();
  return variables.includes(name) || tlsVariables.includes(name);
}
