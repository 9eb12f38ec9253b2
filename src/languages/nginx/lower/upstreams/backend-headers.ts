import { type Location, samePlace } from '../../../../text/range.ts';
import { forAdmitted } from '../../../../tls/model/admitted.ts';
import type { PathAnswer } from '../../../../tls/model/server-model.ts';
import { known, unknown, type Value } from '../../../../tls/model/setting.ts';
import { everywhere } from '../../everywhere.ts';
import { type Item, locate, type Scope } from '../../scope.ts';
import { isConditional } from '../conditions.ts';

/**
 * Headers that the backend of an answer is sent besides a client's own. Those of the nearest block that has some are all
 * (module ngx_http_proxy_module, `proxy_set_header`).
 */
export function backendHeaders(root: PathAnswer, within: Scope): Value<readonly string[]> {
  const answer = forAdmitted(root);
  const pass = answer.kind === 'proxy' ? passAt(answer.location, within) : undefined;
  if (pass === undefined || pass.name !== 'proxy_pass') return unknown('no backend is asked over HTTP');
  let last: Scope = pass.outer;
  for (let at: Scope | undefined = pass.outer; at; at = at.owner?.outer) {
    last = at;
    if (at.open || at.find('include').some(mayHaveHeaders))
      return unknown('a part of the configuration is not read here');
    const own = at.find('proxy_set_header');
    if (own.some((item) => isConditional(item) || item.args[0]?.templated)) return unknown('a condition decides');
    if (own.length > 0) return known(own.map(nameOf));
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

function passAt(place: Location, within: Scope): Item | undefined {
  let root = within;
  while (root.owner) root = root.owner.outer;
  return everywhere(root, 'proxy_pass').find((item) => samePlace(locate(item), place));
}
