import { evaluateCipherString } from '../../../tls/cipher-string/cipher-string.ts';
import type { Scope } from '../scope.ts';
import type { ValueCheck } from './complaint.ts';
import { complaintOfCommand } from './conf-command.ts';

/** The directive that opens connections with settings of a prefix, and the addresses that are spoken to over TLS. */
const passes: Readonly<Record<string, readonly [name: string, tls: RegExp]>> = {
  proxy: ['proxy_pass', /^https:/i],
  grpc: ['grpc_pass', /^grpcs:/i],
  uwsgi: ['uwsgi_pass', /^suwsgi:/i],
};

/** `proxy_ssl_ciphers`, …: nginx does not start with a string in which OpenSSL knows nothing. */
export const checkCiphersBehind: ValueCheck = ([value], _known, { scope, item, project }) => {
  if (!value || value.value.includes('$') || !isUsed(scope, item.name)) return undefined;
  const { error } = evaluateCipherString(value.value, project.target);
  return error === undefined
    ? undefined
    : { message: `OpenSSL knows none of these ciphers: ${value.value}.`, word: value };
};

/** `proxy_ssl_conf_command`, …: handed to OpenSSL where a connection over TLS is set up. */
export const checkConfCommandBehind: ValueCheck = (args, _known, { scope, item, project }) =>
  isUsed(scope, item.name) ? complaintOfCommand(args, project.target) : undefined;

/** True where a connection over TLS gets its setting from this block. */
function isUsed(scope: Scope, directive: string): boolean {
  const [pass, tls] = passes[directive.slice(0, directive.indexOf('_'))] ?? [];
  if (pass === undefined || tls === undefined) return false;
  if (scope.find(pass).some(({ directive: { args } }) => tls.test(args[0]?.value ?? ''))) return true;
  return scope.items.some(
    ({ inner }) => inner?.content === 'directives' && inner.find(directive).length === 0 && isUsed(inner, directive),
  );
}
