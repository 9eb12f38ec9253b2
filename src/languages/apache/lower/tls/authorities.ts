import type { Statement } from '../../evaluate/statement.ts';
import type { ServerScope } from '../scopes/scopes.ts';
import { type Scope, settle } from '../scopes/settle.ts';
import { readFlag } from './tls-words.ts';

/** A server, and whether it speaks TLS to its clients. */
type Server = readonly [scope: ServerScope, speaksTls: boolean];

/** Files and folders of CAs, of what they have revoked and of certificates for backends, that the start of a server depends on. */
export interface Authorities {
  /** Folders that are all that a server has to read the names of its CAs from. */
  readonly only: ReadonlySet<Statement>;
  /** Those for backends that are read, as `SSLProxyEngine` is on, whether a backend is spoken to or not. */
  readonly upstream: ReadonlySet<Statement>;
}

/**
 * Among them folders which are all that a server has to read the names of its CAs from: it does not start
 * where no file in there holds a certificate (`ssl_init_ctx_verify`, AH01896).
 */
export function authoritiesRead(servers: Iterable<Server>): Authorities {
  const found = new Set<Statement>();
  const read = new Set<Statement>();
  for (const [scope, speaksTls] of servers) {
    const trusted = lastOf(scope, 'sslcacertificatefile', 'sslcacertificatepath');
    const named = lastOf(scope, 'sslcadnrequestfile', 'sslcadnrequestpath');
    // The names that clients are told may come from elsewhere, and are read only where a CA is trusted.
    if (speaksTls && trusted.length > 0) add(named.length > 0 ? named : trusted);
    for (const proxy of [scope, ...proxySections(scope)]) {
      const upstream = lastOf(proxy, ...upstreamKeys);
      const others = lastOf(proxy, ...otherKeys);
      if (upstream.length + others.length === 0 || !connectsOverTls(proxy)) continue;
      add(upstream);
      for (const statement of [...upstream, ...others]) if (statement.branches.length === 0) read.add(statement);
    }
  }
  return { only: found, upstream: read };

  function add([source, other]: readonly Statement[]): void {
    if (source === undefined || other !== undefined) return;
    if (source.key.endsWith('path') && source.branches.length === 0) found.add(source);
  }
}

const upstreamKeys = ['sslproxycacertificatefile', 'sslproxycacertificatepath'];
/** Read besides. */
const otherKeys = ['sslproxycarevocationfile', 'sslproxymachinecertificatefile', 'sslproxymachinecertificatepath'];

/** `<Proxy>` sections set up connections of their own, with what the server around them has for the rest. */
function* proxySections({ statements, own, inherited }: ServerScope): Iterable<Scope> {
  if (!own.has('proxy') && !own.has('proxymatch')) return;
  for (const { key, children } of statements) {
    if ((key !== 'proxy' && key !== 'proxymatch') || !children.some((child) => child.key.startsWith('sslproxy')))
      continue;
    const around = new Map<string, readonly Statement[]>();
    const inside = new Map<string, readonly Statement[]>();
    for (const each of [...upstreamKeys, ...otherKeys, 'sslproxyengine']) {
      around.set(each, [...(inherited.get(each) ?? []), ...(own.get(each) ?? [])]);
      inside.set(
        each,
        children.filter((child) => child.key === each),
      );
    }
    yield { own: inside, inherited: around };
  }
}

/** Of each directive the one in force; more than one where the last stands under a condition. */
function lastOf({ own, inherited }: Scope, ...keys: readonly string[]): readonly Statement[] {
  let found = none;
  for (const key of keys) {
    const [before, after] = [inherited.get(key), own.get(key)];
    if (!before && !after) continue;
    const all = [...(before ?? none), ...(after ?? none)];
    const last = all.findLastIndex(({ branches }) => branches.length === 0);
    found = [...found, ...all.slice(Math.max(0, last))];
  }
  return found;
}

const none: readonly Statement[] = [];

function connectsOverTls(scope: Scope): boolean {
  const { value } = settle<boolean>(scope, ['sslproxyengine'], false, '', ({ args: [word] }) => readFlag(word?.value));
  return value.kind === 'known' && value.value;
}
