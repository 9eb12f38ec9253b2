import { withKey } from '../../evaluate/by-key.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { Argument } from '../../syntax.ts';
import type { ApacheContext } from '../rule.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** Filters of what is sent. Messages are httpd's own. */
export const filterChecks: ValueChecks = {
  addoutputfilterbytype: ({ args: [names] }, context) =>
    names && checkProviders(names, names.value.split(';'), context),
  filterprovider: ({ args: [, name] }, context) => name && checkProviders(name, [name.value], context),
  extfilterdefine: checkExternal,
};

/** Filters that people name, by the module that brings them. */
const modulesOfFilters: ReadonlyMap<string, string> = new Map(
  Object.entries({
    brotli_compress: 'brotli',
    buffer: 'buffer',
    deflate: 'deflate',
    includes: 'include',
    inflate: 'deflate',
    'proxy-html': 'proxy_html',
    rate_limit: 'ratelimit',
    sed: 'sed',
    substitute: 'substitute',
    xlateout: 'charset_lite',
    xml2enc: 'xml2enc',
  }),
);

/** mod_filter looks the filters up while it reads; those of others may be there under any name. */
function checkProviders(
  argument: Argument,
  names: readonly string[],
  { evaluation }: ApacheContext,
): BadValue | undefined {
  if (!evaluation.modulesCertain) return undefined;
  for (const name of names) {
    const module = modulesOfFilters.get(name.toLowerCase());
    if (module === undefined || evaluation.modules.has(module) || isDefined(name, evaluation)) continue;
    return { argument, message: `Unknown filter provider ${name}: mod_${module} is not loaded` };
  }
  return undefined;
}

function isDefined(name: string, evaluation: ApacheContext['evaluation']): boolean {
  return withKey(evaluation, 'extfilterdefine').some(
    ({ args: [defined] }) => defined?.value.toLowerCase() === name.toLowerCase(),
  );
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
