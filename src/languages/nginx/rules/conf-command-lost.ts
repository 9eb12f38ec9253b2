import type { Target } from '../../../tls/target.ts';
import type { TextReport } from '../../language.ts';
import { isConditional } from '../conditions.ts';
import { effective } from '../effective.ts';
import { protocolsPerServer } from '../facts/defaults.ts';
import { type Listen, listenerId, listensOf } from '../lower/listen.ts';
import { asksForTls } from '../lower/sites.ts';
import { type Item, locate, type Scope } from '../scope.ts';
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
  check(scope, { target }) {
    const around = scope.find(command);
    if (around.length === 0) return [];
    const servers = scope.find('server').flatMap(({ inner }) => (inner?.findFirst(command) ? [inner] : []));
    if (servers.length === 0) return [];
    const deciding = decidingServers(scope);
    const overTls = addressesOverTls(scope);
    return servers
      .filter((server) => asksForTls(server) || hasTlsOfAnother(server, overTls))
      .flatMap((server) =>
        reportOn(
          server,
          deciding.has(server) ? around : around.filter((item) => !isDecidedBefore(nameOf(item), target)),
        ),
      );
  },
};

/** Servers with which the handshakes of an address begin: that with `default_server`, else the first one. */
function decidingServers(scope: Scope): ReadonlySet<Scope> {
  const deciding = new Map<string, Listen>();
  for (const { inner } of scope.find('server')) {
    for (const listen of inner ? listensOf(inner) : []) {
      const known = deciding.get(listenerId(listen));
      if (known === undefined || (listen.isDefault && !known.isDefault)) deciding.set(listenerId(listen), listen);
    }
  }
  return new Set([...deciding.values()].map(({ item }) => item.outer));
}

/** Ids of addresses on which one of the servers speaks TLS: then all do. */
function addressesOverTls(scope: Scope): ReadonlySet<string> {
  const listens = scope.find('server').flatMap(({ inner }) => (inner ? listensOf(inner) : []));
  return new Set(listens.filter(({ speaksTls }) => speaksTls).map(listenerId));
}

/** Without a certificate nginx would set nothing up for the server, and carry out no commands. */
function hasTlsOfAnother(server: Scope, overTls: ReadonlySet<string>): boolean {
  return (
    effective(server, 'ssl_certificate') !== undefined &&
    listensOf(server).some((listen) => overTls.has(listenerId(listen)))
  );
}

/**
 * What nginx has from the default server of the address, whichever the client names: what OpenSSL copies when a connection
 * begins, and until 1.29.1 what it chooses before it reads the name. Measured with nginx 1.26.3 and OpenSSL 3.5.
 */
function isDecidedBefore(name: string, target: Target): boolean {
  return (
    ['groups', 'numtickets', 'recordpadding'].includes(name) ||
    (/^(?:ciphersuites|(?:min|max)?protocol)$/.test(name) && !protocolsPerServer(target))
  );
}

/** None where an include that cannot be read may bring the rest. */
function reportOn(server: Scope, around: readonly Item[]): readonly TextReport[] {
  const own = server.find(command);
  const names = new Set(own.map(nameOf));
  const lost = around.filter((item) => !names.has(nameOf(item)));
  const [last] = own.slice(-1);
  if (last === undefined || lost.length === 0 || server.open) return [];
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

/** Names are compared without case, and groups have three of them (SSL_CONF_cmd(3)). */
function nameOf({ args: [name] }: Item): string {
  return (name?.value.toLowerCase() ?? '').replace(/^(?:curves|ecdhparameters)$/, 'groups');
}
