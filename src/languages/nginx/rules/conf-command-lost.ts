import type { TextReport } from '../../language.ts';
import { everywhere } from '../everywhere.ts';
import { isConditional } from '../lower/conditions.ts';
import { asksForTls } from '../lower/sites.ts';
import { type Item, isWithin, locate, outermost, type Scope } from '../scope.ts';
import { insertAfter, ownership } from '../write/place.ts';
import type { ScopeRule } from './rule.ts';

const command = 'ssl_conf_command';

/**
 * A server with an `ssl_conf_command` of its own, which has none of those around it (module ngx_http_ssl_module,
 * `ssl_conf_command`; ngx_conf_merge_ptr_value).
 */
export const confCommandLost: ScopeRule = {
  id: 'conf-command-lost',
  title: 'A server loses OpenSSL commands of the block around it',
  severity: 'information',
  effect: 'advice',
  contexts: ['http', 'stream', 'mail'],
  check(scope) {
    const around = scope.find(command);
    if (around.length === 0) return [];
    const blocks = everywhere(outermost(scope), command).map(({ outer }) => outer);
    const servers = new Set(blocks.filter((block) => block.owner?.name === 'server' && isWithin(block, scope)));
    return [...servers].flatMap((server) => reportOn(server, around));
  },
};

/** None where an include that cannot be read may bring the rest. */
function reportOn(server: Scope, around: readonly Item[]): readonly TextReport[] {
  const own = server.find(command);
  const names = new Set(own.map(nameOf));
  const lost = around.filter((item) => !names.has(nameOf(item)));
  const [last] = own.slice(-1);
  if (last === undefined || lost.length === 0 || server.open || !asksForTls(server)) return [];
  if ([...own, ...lost].some((item) => isConditional(item) || item.args.some(({ templated }) => templated))) return [];
  const said = lost.map(({ args }) => `"${args.map(({ value }) => value).join(' ')}"`).join(' and ');
  const [them, are] = lost.length === 1 ? ['it', 'is'] : ['them', 'are'];
  const lines = lost.map(({ file, start, end }) => file.document.text.slice(start, end));
  return [
    {
      rule: 'conf-command-lost',
      message: `This server has an ${command} of its own, and so inherits none from the block around it: ${said} ${are} not in force here. If this server needs ${them} too, repeat ${them} here.`,
      location: locate(last),
      related: lost.map((item) => ({ location: locate(item), message: 'Lost in this server' })),
      fixes: [last, ...lost].some((item) => ownership(item) !== undefined)
        ? []
        : [{ title: `Repeat ${said} here`, safe: false, edits: [insertAfter(last, lines)] }],
    },
  ];
}

/** Names are compared without case (SSL_CONF_cmd(3)). */
function nameOf({ args: [name] }: Item): string {
  return name?.value.toLowerCase() ?? '';
}
