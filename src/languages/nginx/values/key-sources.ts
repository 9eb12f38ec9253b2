import { describeServer } from '../../../tls/target.ts';
import { rootScope } from '../configuration.ts';
import { reaches } from '../facts/versions.ts';
import { readBehind } from '../lower/upstreams/read-behind.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import type { ValueCheck } from './complaint.ts';
import { hasVariable } from './complaint.ts';

/** True for a certificate or a key that is no file: it stands in the text, in an engine or in a key store, or is nothing. */
function isSource(word: Word | undefined): boolean {
  return /^(?:data:|engine:|store:|$)/.test(word?.value ?? '-');
}

/**
 * `data:PEM`, `engine:NAME:ID` and `store:URI`, as ngx_ssl_load_certificate_key reads them. A server reads them at start where
 * it has a certificate, whether it speaks TLS or not, and mail where it does; those for backends are read where TLS leads there.
 */
export const checkKeySource: ValueCheck = ([word], { version }, visit) => {
  if (!isSource(word) && !hasVariable(word)) return undefined;
  const { item, scope, project } = visit;
  // Braces are what other tools fill in.
  if (
    word &&
    hasVariable(word) &&
    isRead(scope, item.name, speaksTlsOfMail) &&
    !word.templated &&
    !word.value.includes('${')
  ) {
    return {
      message: `"${word.value}" is taken for the name of a file: "${item.name}" takes no variables in mail.`,
      word,
    };
  }
  if (!word || !isSource(word) || hasVariable(word)) return undefined;
  const { value } = word;
  const isShown = !item.name.startsWith('ssl_');
  // Nothing takes back what a block around it shows to backends.
  if (isShown ? value === '' || !readBehind(rootScope(project)).has(item) : !isRead(scope, item.name, isReadBy))
    return undefined;
  if (value === '') return { message: `"${item.name}" names no file.`, word };
  if (value.startsWith('data:')) {
    if (value.includes('-----BEGIN ')) return undefined;
    return { message: `"${item.name} data:" must be followed by PEM: there is no "-----BEGIN".`, word };
  }
  if (item.name.endsWith('ssl_certificate')) return undefined;
  if (value.startsWith('engine:')) {
    if (value.indexOf(':', 'engine:'.length) > 0) return undefined;
    return { message: `"${value}" names an engine and no key: write "engine:NAME:ID".`, word };
  }
  if (reaches(version, '1.29.0')) return undefined;
  return {
    message: `"store:" is taken for the name of a file by ${describeServer('nginx', project.target)}: keys in stores came with 1.29.0. Upgrade, or name a file.`,
    word,
  };
};

const servers: ReadonlySet<Scope['context']> = new Set(['server', 'stream-server', 'mail-server']);
const around: ReadonlySet<Scope['context']> = new Set(['http', 'stream', 'mail']);

function speaksTls({ args }: Item): boolean {
  return args.some(({ value }) => value === 'ssl');
}

/** Mail over TLS, be it that a client asks for it first. */
function speaksTlsOfMail(server: Scope): boolean {
  if (server.context !== 'mail-server') return false;
  return (
    server.find('listen').some(speaksTls) ||
    inForce(server, 'starttls').some(({ args }) => args[0]?.value.toLowerCase() !== 'off')
  );
}

/** True in a server that reads its pair at start, and around one that does and has none of its own. */
function isRead(scope: Scope, name: string, isReadIn: (server: Scope) => boolean): boolean {
  if (servers.has(scope.context)) return isReadIn(scope);
  return (
    around.has(scope.context) &&
    !scope.open &&
    scope.find('server').some(({ inner }) => inner && !inner.open && !inner.findFirst(name) && isReadIn(inner))
  );
}

/** A pair of which either holds a variable is read at each handshake. */
function isReadBy(server: Scope): boolean {
  if (server.context === 'mail-server' && !speaksTlsOfMail(server)) return false;
  const certificates = inForce(server, 'ssl_certificate');
  const all = [...certificates, ...inForce(server, 'ssl_certificate_key')];
  return certificates.length > 0 && !all.some(({ args }) => hasVariable(args[0]));
}

/** A server's own list, else that of the block around it. */
function inForce(server: Scope, name: string): readonly Item[] {
  const own = server.find(name);
  return own.length > 0 ? own : (server.owner?.outer.find(name) ?? own);
}
