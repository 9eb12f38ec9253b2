import type { Statement } from '../evaluate/statement.ts';
import { type Scope, settle } from './settle.ts';
import { readFlag } from './tls.ts';

/** A server, and whether it speaks TLS to its clients. */
type Server = readonly [scope: Scope, speaksTls: boolean];

/**
 * Directives that name a folder which is all that a server has to read the names of its CAs from: it does not start
 * where no file in there holds a certificate (`ssl_init_ctx_verify`, AH01896).
 */
export function onlyAuthorities(servers: Iterable<Server>): ReadonlySet<Statement> {
  const found = new Set<Statement>();
  for (const [scope, speaksTls] of servers) {
    const trusted = lastOf(scope, 'sslcacertificatefile', 'sslcacertificatepath');
    const named = lastOf(scope, 'sslcadnrequestfile', 'sslcadnrequestpath');
    // The names that clients are told may come from elsewhere, and are read only where a CA is trusted.
    if (speaksTls && trusted.length > 0) add(named.length > 0 ? named : trusted);
    const upstream = lastOf(scope, 'sslproxycacertificatefile', 'sslproxycacertificatepath');
    if (upstream.length > 0 && connectsOverTls(scope)) add(upstream);
  }
  return found;

  function add([source, other]: readonly Statement[]): void {
    if (source === undefined || other !== undefined) return;
    if (source.key.endsWith('path') && source.branches.length === 0) found.add(source);
  }
}

/** Of each directive the one in force; more than one where the last stands under a condition. */
function lastOf({ own, inherited }: Scope, ...keys: readonly string[]): readonly Statement[] {
  return keys.flatMap((key) => {
    const all = [...(inherited.get(key) ?? []), ...(own.get(key) ?? [])];
    return all.slice(
      Math.max(
        0,
        all.findLastIndex(({ branches }) => branches.length === 0),
      ),
    );
  });
}

function connectsOverTls(scope: Scope): boolean {
  const { value } = settle<boolean>(scope, ['sslproxyengine'], false, '', ({ args: [word] }) => readFlag(word?.value));
  return value.kind === 'known' && value.value;
}
