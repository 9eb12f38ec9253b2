import type { FileEdit } from '../../../text/edit.ts';
import type { ChangeableSettings } from '../../../tls/model/change.ts';
import type { ProtocolVersion } from '../../../tls/protocols.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast } from '../scope.ts';
import type { Outcome } from './place.ts';
import { edits, insertAfter, ownership, quoted, refused, remove, replaceArguments } from './place.ts';

type Verification = Omit<ChangeableSettings['upstreamVerify'], 'location'>;

/** Verifies what is behind the server: `proxy_ssl_verify` with all that it needs, or one part of that. */
export function writeUpstreamVerify(to: Verification | undefined, pass: Item): Outcome {
  const prefix = pass.name.replace(/pass$/, '');
  const scope = pass.outer;
  const wanted = to === undefined ? [['ssl_verify', 'off'] as const] : linesOf(to);
  const changes: FileEdit[] = [];
  const lines: string[] = [];
  for (const [name, value] of wanted) {
    const item = findLast(scope, prefix + name);
    const reason = item && ownership(item);
    if (reason !== undefined) return refused(reason);
    if (!item) lines.push(`${prefix}${name} ${quoted(value)};`);
    else if (item.args[0]?.value !== value) changes.push(replaceArguments(item, [value]));
  }
  const reason = ownership(pass);
  if (reason !== undefined) return refused(reason);
  return edits(...changes, ...(lines.length > 0 ? [insertAfter(pass, lines)] : []));
}

function linesOf({
  trustedCertificate,
  depth,
  name,
  only,
}: Verification): readonly (readonly [name: string, value: string])[] {
  const depthLines = depth === undefined ? [] : [['ssl_verify_depth', String(depth)] as const];
  if (only === 'depth') return depthLines;
  const named = name === undefined ? [] : [['ssl_name', name] as const];
  const names = [...named, ['ssl_server_name', 'on'] as const];
  if (only === 'name') return names;
  // nginx does not start with verification but without trusted certificates; this is Debian's bundle.
  const trusted = trustedCertificate ?? '/etc/ssl/certs/ca-certificates.crt';
  return [['ssl_verify', 'on'], ...depthLines, ['ssl_trusted_certificate', trusted], ...names];
}

/**
 * Sets the protocols of a connection: where they come from, or beside the directive that opens it.
 * @param pass `proxy_pass`, `grpc_pass` or `uwsgi_pass`
 */
export function writeUpstreamProtocols(
  protocols: readonly ProtocolVersion[] | undefined,
  pass: Item,
  fromOrigin: boolean,
): Outcome {
  const name = `${pass.name.replace(/pass$/, '')}ssl_protocols`;
  const scope = (fromOrigin ? settingScope(pass.outer, name) : undefined) ?? pass.outer;
  const same = scope.find(name);
  const reason = [...same, pass].map(ownership).find((found) => found !== undefined);
  if (reason !== undefined) return refused(reason);
  if (protocols === undefined) return edits(...same.map(remove));
  const last = same.at(-1);
  if (last) return edits(...same.slice(0, -1).map(remove), replaceArguments(last, protocols));
  return edits(insertAfter(pass, [`${name} ${protocols.join(' ')};`]));
}

/** The innermost block that has the directive, from a block outwards. */
function settingScope(scope: Scope, name: string): Scope | undefined {
  for (let current: Scope | undefined = scope; current; current = current.owner?.outer) {
    if (findLast(current, name)) return current;
  }
  return undefined;
}
