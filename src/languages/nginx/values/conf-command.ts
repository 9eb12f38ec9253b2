import { suggest } from '../../../text/suggest.ts';
import { confCommands, confStoreCommands } from '../../../tls/conf-commands.ts';
import { confOptions } from '../../../tls/conf-options.ts';
import type { Scope } from '../scope.ts';
import type { ValueCheck } from './complaint.ts';

const commands = [...confCommands, ...confStoreCommands];
const protocols = ['None', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3', 'DTLSv1', 'DTLSv1.2'];

/** `ssl_conf_command`: nginx hands it to OpenSSL where TLS is set up, and does not start if that knows no such thing. */
export const checkConfCommand: ValueCheck = ([name, value], { scope }) => {
  if (!name || !value || !isUsed(scope)) return undefined;
  const known = (words: readonly string[], word: string) =>
    words.some((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (!known(commands, name.value)) {
    return { message: `OpenSSL has no command "${name.value}".`, word: name, instead: suggest(name.value, commands) };
  }
  const command = name.value.toLowerCase();
  if (command === 'options') {
    const wrong = value.value.split(',').find((option) => !known(confOptions, option.replace(/^[+-]/, '')));
    if (wrong === undefined) return undefined;
    return { message: `OpenSSL has no option "${wrong}".`, word: value, instead: suggest(wrong, confOptions) };
  }
  if ((command === 'minprotocol' || command === 'maxprotocol') && !protocols.includes(value.value)) {
    return {
      message: `OpenSSL has no protocol "${value.value}".`,
      word: value,
      instead: suggest(value.value, protocols),
    };
  }
  if (command === 'protocol') {
    const wrong = value.value
      .split(',')
      .find((word) => !known(['ALL', ...protocols], word.trim().replace(/^[+-]/, '')));
    if (wrong !== undefined) return { message: `OpenSSL has no protocol "${wrong}".`, word: value };
  }
  return undefined;
};

/** True where a server of this block really speaks TLS, so that the command is carried out. */
function isUsed(scope: Scope): boolean {
  if (scope.context === 'http' || scope.context === 'stream' || scope.context === 'mail') {
    return scope
      .find('server')
      .some(({ inner }) => inner !== undefined && isUsed(inner) && inner.find('ssl_conf_command').length === 0);
  }
  return (
    scope.find('ssl_certificate').length > 0 ||
    scope
      .find('listen')
      .some(({ directive }) => directive.args.some(({ value }) => value === 'ssl' || value === 'quic'))
  );
}
