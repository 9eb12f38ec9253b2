import type { Statement } from '../../evaluate/statement.ts';
import type { ApacheContext } from '../rule.ts';
import { cacheSizeProblem } from './cache-size.ts';
import type { BadValue, ValueCheck, ValueChecks } from './value-check.ts';

/** What is cached, and where. Messages are httpd's own. */
export const cachingChecks: ValueChecks = {
  cacheenable: checkCacheEnable,
  cachedisable: checkCacheDisable,
  cachekeybaseurl: ({ args: [address] }) =>
    address && !/^(?:[a-z][a-z\d+.-]*:|\/\/.)/i.test(address.value)
      ? {
          argument: address,
          message: `URL '${address.value}' must contain at least one of a scheme, a hostname or a port`,
        }
      : undefined,
  cachesocache: sharedCache('', 'Apache does not start (AH02392): '),
  authncachesocache: sharedCache('AuthnCacheSOCache: '),
};

/** The path of a `<Location>` around, or the expression of a `<LocationMatch>`. */
function pathAround({ parents }: Statement): string | undefined {
  const section = parents.findLast(({ key }) => key.startsWith('location'));
  return section?.args.at(-1)?.value;
}

function checkCacheEnable(statement: Statement): BadValue | undefined {
  const [provider, path] = statement.args;
  if (!provider) return undefined;
  if (provider.value.startsWith('/')) {
    return {
      argument: provider,
      message: `provider (${provider.value}) starts with a '/'. Are url and provider switched?`,
    };
  }
  const around = pathAround(statement);
  if (around === undefined) {
    return path
      ? undefined
      : { argument: provider, message: `CacheEnable provider (${provider.value}) is missing an URL` };
  }
  return path && !path.value.startsWith(around)
    ? {
        argument: path,
        message: 'When in a Location, CacheEnable must specify a path or an URL below that location',
      }
    : undefined;
}

function checkCacheDisable(statement: Statement): BadValue | undefined {
  const [argument] = statement.args;
  if (!argument) return undefined;
  if (pathAround(statement) !== undefined) {
    return /^on$/i.test(argument.value)
      ? undefined
      : { argument, message: "CacheDisable must be followed by the word 'on' when in a Location", instead: 'on' };
  }
  return /^\/|:/.test(argument.value) ? undefined : { argument, message: 'CacheDisable must specify a path or an URL' };
}

/**
 * A module for caches that processes share, by the name of its provider, and the size that is written behind it.
 * @param start how the message about the size begins
 */
function sharedCache(who: string, start = who): ValueCheck {
  return ({ args: [argument] }, { evaluation }: ApacheContext) => {
    if (!argument) return undefined;
    const [name = ''] = argument.value.split(':');
    const isKnown = /^(?:shmcb|dbm|memcache|redis|dc|default)$/.test(name);
    const module = name === 'default' ? 'socache_shmcb' : `socache_${name}`;
    if (isKnown && (!evaluation.modulesCertain || evaluation.modules.has(module))) {
      const problem = cacheSizeProblem(argument.value);
      return problem === undefined ? undefined : { argument, message: `${start}${problem}` };
    }
    const hint = isKnown ? `load ${module}_module for it` : 'shmcb is the usual one';
    return { argument, message: `${who}Unknown socache provider '${name}'; ${hint}` };
  };
}
