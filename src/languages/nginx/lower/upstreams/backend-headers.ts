import { remember } from '../../../../memory/remember.ts';
import { groupBy } from '../../../../text/group-by.ts';
import { known, unknown, type Value } from '../../../../tls/model/setting.ts';
import { isConditional } from '../../conditions.ts';
import { everywhereIn } from '../../everywhere.ts';
import { enclosingServer, type Item, outermost, type Scope } from '../../scope.ts';
import { passes } from '../answers/content.ts';
import { tellsPlain } from './forwarded-scheme.ts';

/**
 * Headers that backends of a server may be sent besides a client's own, `host` where they are asked for the host that the client
 * asked for: which of them an application is nobody can tell.
 */
export function backendHeaders(server: Scope): Value<readonly string[]> {
  const names: string[] = [];
  for (const pass of passesByServer(outermost(server)).get(server) ?? []) {
    const own = pass.name === 'proxy_pass' ? headersAt(pass) : unknown('a backend is not asked over HTTP');
    if (own.kind !== 'known') return own;
    names.push(...own.value);
  }
  return known(names);
}

const passesByServer = remember((root: Scope) =>
  groupBy(everywhereIn(root, passes), ({ outer }) => enclosingServer(outer)),
);

/** Those of the nearest block that has some are all (module ngx_http_proxy_module, `proxy_set_header`). */
function headersAt({ outer }: Item): Value<readonly string[]> {
  let last = outer;
  for (let at: Scope | undefined = outer; at; at = at.owner?.outer) {
    last = at;
    if (at.open || at.find('include').some(mayHaveHeaders))
      return unknown('a part of the configuration is not read here');
    const own = at.find('proxy_set_header');
    if (own.some((item) => isConditional(item) || item.args[0]?.templated)) return unknown('a condition decides');
    if (own.length > 0) return known(own.filter((item) => !isOtherHost(item) && !tellsPlain(item)).map(nameOf));
  }
  // What a snippet is included in may have some.
  return last.context === 'main' ? known([]) : unknown('the main file is not known here');
}

/** Debian's `proxy_params`, which need not be at hand to judge the rest. */
function mayHaveHeaders({ args: [path] }: Item): boolean {
  return /params$/.test(path?.value ?? '');
}

function nameOf({ args: [name] }: Item): string {
  return name?.value.toLowerCase() ?? '';
}

function isOtherHost(item: Item): boolean {
  return nameOf(item) === 'host' && !/\$\{?(?:http_)?host\b|\$\{?server_name\b/.test(item.args[1]?.value ?? '');
}
