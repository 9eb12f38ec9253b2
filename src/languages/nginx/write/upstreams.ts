import type { FileEdit } from '../../../text/edit.ts';
import type { ProtocolVersion } from '../../../tls/protocols.ts';
import type { Item, Scope } from '../scope.ts';
import { findLast } from '../scope.ts';
import type { Outcome } from './place.ts';
import { edits, insertAfter, ownership, quoted, refused, remove, replaceArguments } from './place.ts';

/** Verifies what is behind the server: `proxy_ssl_verify` with all that it needs. */
export function writeUpstreamVerify(
  to: { readonly trustedCertificate?: string; readonly depth?: number } | undefined,
  pass: Item,
): Outcome {
  const prefix = pass.name.replace(/pass$/, '');
  const scope = pass.outer;
  const wanted: readonly (readonly [string, string | undefined])[] = [
    ['ssl_verify', to ? 'on' : 'off'],
    ['ssl_verify_depth', to?.depth === undefined ? undefined : String(to.depth)],
    // nginx does not start with verification but without trusted certificates; this is Debian's bundle.
    ['ssl_trusted_certificate', to ? (to.trustedCertificate ?? '/etc/ssl/certs/ca-certificates.crt') : undefined],
    ['ssl_server_name', to ? 'on' : undefined],
  ];
  const changes: FileEdit[] = [];
  const lines: string[] = [];
  for (const [name, value] of wanted) {
    if (value === undefined) continue;
    const item = findLast(scope, prefix + name);
    const reason = item && ownership(item);
    if (reason !== undefined) return refused(reason);
    if (!item) lines.push(`${prefix}${name} ${quoted(value)};`);
    else if (item.directive.args[0]?.value !== value) changes.push(replaceArguments(item, [value]));
  }
  const reason = ownership(pass);
  if (reason !== undefined) return refused(reason);
  return edits(...changes, ...(lines.length > 0 ? [insertAfter(pass, lines)] : []));
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
