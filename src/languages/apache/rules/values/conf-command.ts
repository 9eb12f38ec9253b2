import { createMemo } from '../../../../memory/memo.ts';
import { suggest } from '../../../../text/suggest.ts';
import { refusalOf } from '../../../../tls/cipher-string/cipher-string.ts';
import { type ConfValueProblem, confCommands, confValueProblem, groupsOf } from '../../../../tls/conf-commands.ts';
import { evaluateGroups } from '../../../../tls/groups.ts';
import { withKey, withKeyAt, withKeyIn } from '../../evaluate/by-key.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { ApacheContext } from '../rule.ts';
import { isSetFor, speaksTls } from './in-scope.ts';
import type { BadValue } from './value-check.ts';

/** `SSLOpenSSLConfCmd`: the names are read with the file, the values only when TLS is set up (AH02407). */
export function checkConfCommand(statement: Statement, context: ApacheContext): BadValue | undefined {
  const [name, value] = statement.args;
  if (!name || !value) return undefined;
  const command = confCommands.find((candidate) => candidate.toLowerCase() === name.value.toLowerCase());
  if (command === undefined) {
    const instead = suggest(name.value, confCommands);
    return {
      argument: name,
      message: `'${name.value}': invalid OpenSSL configuration command`,
      ...(instead === undefined ? {} : { instead }),
    };
  }
  if (!usesTls(statement, context)) return undefined;
  if (command === 'Certificate' && hasNoKey(statement, context)) {
    return {
      argument: name,
      message:
        'Apache does not start (AH02572): for a certificate set by a command, OpenSSL takes no key from the same file. Set it with SSLOpenSSLConfCmd PrivateKey, or set both with SSLCertificateFile and SSLCertificateKeyFile',
    };
  }
  const problem =
    confValueProblem(command, value.value, context.project.target.openssl, 'apache') ??
    overruledProblem(statement, command, value.value, context);
  if (problem === undefined) return undefined;
  const { reason, word, instead } = problem;
  const message = `Apache does not start with SSLOpenSSLConfCmd ${name.value} ${value.value} (AH02407): ${reason}`;
  if (word === undefined || instead === undefined) return { argument: value, message };
  return { argument: value, message, instead: value.value.replace(word, () => instead) };
}

/** Nothing that counts for a host names a key, or another certificate, whose key may be meant. */
function hasNoKey({ parents: [host] }: Statement, { evaluation, project }: ApacheContext): boolean {
  if (!project.complete || host === undefined) return false;
  const names = ['sslcertificatefile', 'sslcertificatekeyfile', 'mdomain', 'mdomainset'];
  const commands = [host, undefined].flatMap((level) => withKeyAt(evaluation, confCommand, level));
  return (
    !isSetFor(evaluation, names, host) && commands.every(({ args }) => kindOf(args[0]?.value ?? '') !== 'privatekey')
  );
}

/**
 * Where a later command of the same kind decides, the model shows that one, but OpenSSL still reads this one. The one
 * that decides is judged with the model.
 */
function overruledProblem(
  statement: Statement,
  command: string,
  value: string,
  { evaluation, project: { target } }: ApacheContext,
): (Partial<ConfValueProblem> & Pick<ConfValueProblem, 'reason'>) | undefined {
  const kind = kindOf(command);
  const isGroups = kind === 'groups';
  if (!isGroups && command !== 'CipherString') return undefined;
  const [own] = statement.parents;
  const others = own === undefined ? withKey(evaluation, confCommand) : withKeyIn(evaluation, confCommand, own);
  if ((lastOfKinds(others).get(kind) ?? 0) <= statement.order) return undefined;
  if (!isGroups) {
    const reason = refusalOf(value, target);
    return reason === undefined ? undefined : { reason };
  }
  const { error, unknown } = evaluateGroups(groupsOf(command, value), target);
  if (error === undefined) return undefined;
  const { word, suggestion } = unknown.find(({ fatal }) => fatal) ?? {};
  if (word === undefined || suggestion === undefined) return { reason: error.reason };
  return { reason: error.reason, word, instead: suggestion };
}

const confCommand = 'sslopensslconfcmd';

const lasts = createMemo<readonly Statement[], ReadonlyMap<string, number>>();

/** The order of the last command of each kind. */
function lastOfKinds(statements: readonly Statement[]): ReadonlyMap<string, number> {
  let found = lasts.get(statements);
  if (!found) {
    found = new Map(statements.map(({ args, order }) => [kindOf(args[0]?.value ?? ''), order]));
    lasts.set(statements, found);
  }
  return found;
}

function kindOf(command: string): string {
  return /^(?:groups|curves|ecdhparameters)$/i.test(command) ? 'groups' : command.toLowerCase();
}

/** mod_ssl hands its settings to OpenSSL only for servers that speak TLS; of a snippet that is taken for granted. */
function usesTls(statement: Statement, { evaluation, project }: ApacheContext): boolean {
  return !project.complete || speaksTls(evaluation, statement);
}
