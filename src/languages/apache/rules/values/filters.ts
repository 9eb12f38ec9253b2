import { suggest } from '../../../../text/suggest.ts';
import { withKey } from '../../evaluate/by-key.ts';
import { isCompiledIn, isHttpdModule } from '../../evaluate/modules.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { notLoaded } from '../../how-to-load.ts';
import type { Argument } from '../../syntax.ts';
import { isUncertain } from '../../uncertain.ts';
import type { ApacheContext } from '../rule.ts';
import { isBrokenPattern } from './broken-pattern.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** Filters of what is sent. Messages are httpd's own. */
export const filterChecks: ValueChecks = {
  addoutputfilterbytype: ({ args: [names] }, context) =>
    names && checkProviders(names, names.value.split(';'), context),
  filterprovider: ({ args: [, name] }, context) => name && checkProviders(name, [name.value], context),
  extfilterdefine: checkExternal,
  substitute: checkSubstitute,
};

/** `s/pattern/replacement/flags`, with any character between, which no backslash escapes. */
function checkSubstitute({ args: [argument] }: Statement): BadValue | undefined {
  const [whole, , pattern = '', flags = ''] =
    /^s(.)((?:(?!\1).)*)\1(?:(?!\1).)*\1(.*)$/is.exec(argument?.value ?? '') ?? [];
  if (whole === undefined) return undefined;
  if (pattern === '') return { argument, message: 'Bad Substitute format, must be a complete s/// pattern' };
  if (!/^[infq]*$/i.test(flags)) {
    const hint = /^[infqg]*$/i.test(flags)
      ? ': every match is replaced without g'
      : /[^a-z]/i.test(flags)
        ? ': choose a delimiter that is in none of the parts'
        : '';
    return { argument, message: `Bad Substitute flag, only s///[infq] are supported${hint}` };
  }
  return !/n/i.test(flags) && isBrokenPattern(pattern)
    ? { argument, message: 'Substitute could not compile regex' }
    : undefined;
}

/** Output filters by the module that brings them, in lower case. */
const filtersOf: Readonly<Record<string, readonly string[]>> = {
  brotli: ['brotli_compress'],
  bucketeer: ['bucketeer'],
  buffer: ['buffer'],
  cache: [
    ...['cache', 'cache_invalidate', 'cache_out', 'cache_out_subreq', 'cache_remove_url', 'cache_save'],
    'cache_save_subreq',
  ],
  case_filter: ['casefilter'],
  charset_lite: ['xlateout'],
  data: ['data'],
  deflate: ['deflate', 'inflate'],
  dumpio: ['dumpio_out'],
  expires: ['mod_expires'],
  headers: ['fixup_headers_err', 'fixup_headers_out'],
  include: ['includes'],
  proxy_html: ['proxy-html'],
  ratelimit: ['rate_limit'],
  sed: ['sed'],
  session: ['mod_session_out'],
  substitute: ['substitute'],
  xml2enc: ['xml2enc'],
};

const modulesOfFilters: ReadonlyMap<string, string> = new Map(
  Object.entries(filtersOf).flatMap(([module, names]) => names.map((name) => [name, module])),
);

/** Those of httpd itself, which nobody has a reason to name. */
const innerFilter =
  /^(?:byterange|chunk|content_length|core|http_\w+|h2_\w+|log_\w+|old_write|subreq_core|proxy_\w+|ssl\b.*)$/i;

/** mod_filter looks the filters up while it reads; those of others may be there under any name. */
function checkProviders(
  argument: Argument,
  names: readonly string[],
  { evaluation, project: { target } }: ApacheContext,
): BadValue | undefined {
  if (!evaluation.modulesCertain) return undefined;
  for (const name of names) {
    if (isDefined(name, evaluation)) continue;
    const module = modulesOfFilters.get(name.toLowerCase());
    if (module !== undefined && !evaluation.modules.has(module)) {
      return {
        argument,
        message: `Unknown filter provider ${name}: it comes with mod_${module}, ${notLoaded(module, target)}`,
      };
    }
    if (module !== undefined || innerFilter.test(name) || isUncertain(name) || hasForeignModule(evaluation)) continue;
    return { argument, message: `Unknown filter provider ${name}`, ...meantFilter(argument, name, evaluation) };
  }
  return undefined;
}

function meantFilter(
  { value }: Argument,
  name: string,
  { modules }: ApacheContext['evaluation'],
): Pick<BadValue, 'instead'> {
  const loaded = [...modulesOfFilters].flatMap(([filter, module]) => (modules.has(module) ? [filter] : []));
  const near = suggest(name, loaded)?.toUpperCase();
  return near === undefined ? {} : { instead: value.replace(name, () => near) };
}

function hasForeignModule({ modules }: ApacheContext['evaluation']): boolean {
  return [...modules].some((module) => !isCompiledIn(module) && !isHttpdModule(module));
}

/** `ExtFilterDefine` and `LuaOutputFilter` give names. */
function isDefined(name: string, evaluation: ApacheContext['evaluation']): boolean {
  return ['extfilterdefine', 'luaoutputfilter']
    .flatMap((key) => withKey(evaluation, key))
    .some(({ args: [defined] }) => defined?.value.toLowerCase() === name.toLowerCase());
}

function checkExternal({ args: [, ...words] }: Statement): BadValue | undefined {
  for (const argument of words) {
    const { value } = argument;
    // The command is read with quotes of its own.
    if (/^cmd=/i.test(value)) return undefined;
    const [, mode] = /^mode=(.*)$/i.exec(value) ?? [];
    if (mode !== undefined && !/^(?:in|out)put$/i.test(mode)) return { argument, message: `Invalid mode: '${mode}'` };
    if (!/^(?:preservescontentlength$|(?:mode|ftype|enableenv|disableenv|intype|outtype)=)/i.test(value)) {
      return { argument, message: `Unexpected parameter: '${value}'` };
    }
  }
  return undefined;
}
