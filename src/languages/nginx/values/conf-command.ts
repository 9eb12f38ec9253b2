import { suggest } from '../../../text/suggest.ts';
import { confCommands, confStoreCommands, confValueProblem } from '../../../tls/conf-commands.ts';
import type { Target } from '../../../tls/target.ts';
import type { Word } from '../parse/tree.ts';
import type { Scope } from '../scope.ts';
import type { Complaint, ValueCheck } from './complaint.ts';

const commands = [...confCommands, ...confStoreCommands];

/** `ssl_conf_command`: nginx hands it to OpenSSL where TLS is set up, and does not start if that refuses it. */
export const checkConfCommand: ValueCheck = (args, _known, { scope, project }) =>
  isUsed(scope) ? complaintOfCommand(args, project.target) : undefined;

/** What OpenSSL holds against a command and its value. */
export function complaintOfCommand([name, value]: readonly Word[], { openssl }: Target): Complaint | undefined {
  if (!name || !value) return undefined;
  const known = commands.some((command) => command.toLowerCase() === name.value.toLowerCase());
  if (!known) {
    return { message: `OpenSSL has no command "${name.value}".`, word: name, instead: suggest(name.value, commands) };
  }
  const problem = confValueProblem(name.value, value.value, openssl, 'nginx');
  if (problem === undefined) return undefined;
  const { reason, word, instead } = problem;
  return {
    message: `OpenSSL refuses the value of ${name.value}: ${reason}.`,
    word: value,
    instead: instead === undefined ? undefined : value.value.replace(word, instead),
  };
}

/** True where a server of this block really speaks TLS, so that the command is carried out. */
function isUsed(scope: Scope): boolean {
  if (scope.context === 'http' || scope.context === 'stream' || scope.context === 'mail') {
    return scope
      .find('server')
      .some(({ inner }) => inner !== undefined && isUsed(inner) && inner.find('ssl_conf_command').length === 0);
  }
  return (
    scope.find('ssl_certificate').length > 0 ||
    scope.find('listen').some(({ args }) => args.some(({ value }) => value === 'ssl' || value === 'quic'))
  );
}
