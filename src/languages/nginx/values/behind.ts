import { refusalOf } from '../../../tls/cipher-string/cipher-string.ts';
import { evaluateGroups } from '../../../tls/groups.ts';
import { evaluateTls13CipherSuites } from '../../../tls/suites/tls13-cipher-suites.ts';
import type { Target } from '../../../tls/target.ts';
import { effective } from '../effective.ts';
import type { Word } from '../parse/tree.ts';
import type { Scope } from '../scope.ts';
import type { Complaint, ValueCheck } from './complaint.ts';
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
  const error = refusalOf(value.value, project.target);
  return error === undefined
    ? undefined
    : { message: `OpenSSL knows none of these ciphers: ${value.value}.`, word: value };
};

/** `proxy_ssl_conf_command`, …: handed to OpenSSL where a connection over TLS is set up. */
export const checkConfCommandBehind: ValueCheck = (args, _known, { scope, item, project }) =>
  isUsed(scope, item.name)
    ? (complaintOfCommand(args, project.target) ?? complaintOfList(args, project.target))
    : undefined;

/** Lists that rules judge where they are a site's own, and nobody else where they are for what lies behind. */
function complaintOfList([name, value]: readonly Word[], target: Target): Complaint | undefined {
  if (!name || !value || value.value.includes('$')) return undefined;
  const refused = (what: string) => ({ message: `OpenSSL refuses the value of ${name.value}: ${what}.`, word: value });
  switch (name.value.toLowerCase()) {
    case 'cipherstring':
      return refusalOf(value.value, target) && refused('it knows none of these ciphers');
    case 'ciphersuites':
      return evaluateTls13CipherSuites(value.value, target).error && refused('it knows none of these suites');
    case 'groups':
    case 'curves': {
      const { error } = evaluateGroups(value.value, target);
      return error && refused(error.reason);
    }
    default:
      return undefined;
  }
}

/** In stream the address does not tell. */
function encrypts(scope: Scope): boolean {
  return effective(scope, 'proxy_ssl')?.args[0]?.value.toLowerCase() === 'on';
}

/** True where a connection over TLS gets its setting from this block. */
function isUsed(scope: Scope, directive: string): boolean {
  const [pass, tls] = passes[directive.slice(0, directive.indexOf('_'))] ?? [];
  if (pass === undefined || tls === undefined) return false;
  const isStream = scope.context === 'stream-server';
  const speaksTls = (address: string) => (isStream ? encrypts(scope) : tls.test(address) || address.includes('$'));
  if (scope.find(pass).some(({ args }) => speaksTls(args[0]?.value ?? ''))) return true;
  return scope.items.some(
    ({ inner }) => inner?.content === 'directives' && inner.find(directive).length === 0 && isUsed(inner, directive),
  );
}
