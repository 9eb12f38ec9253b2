import { accessSync, constants } from 'node:fs';
import { shellLine } from '../../../text/shell.ts';
import type { ServerMessage } from './messages.ts';

const refusal = /permission denied|operation not permitted/i;

/**
 * What a server program could not do as this user, where it complains of nothing else: as root it may be content. Undefined
 * where it names a mistake.
 * @param isHidden whether this user may not look at a file: of such a key Apache says that it does not exist
 */
export function lackedRight(
  output: string,
  messages: readonly ServerMessage[],
  isHidden: (path: string) => boolean,
): string | undefined {
  const isLack = ({ message }: ServerMessage) => {
    const path = /["'](\/[^"']+)["']/.exec(message)?.[1];
    return refusal.test(message) || (path !== undefined && isHidden(path));
  };
  if (messages.length > 0) return messages.every(isLack) ? messages[0]?.message : undefined;
  // Debian's apache2ctl makes a folder first, and goes on without.
  return output.split(/\r?\n/).find((line) => refusal.test(line));
}

/** Why a program of this user failed, where root would not; undefined as root, and where nobody is. */
export function lackedRightHere(output: string, messages: readonly ServerMessage[]): string | undefined {
  if (process.getuid === undefined || process.getuid() === 0) return undefined;
  return lackedRight(output, messages, isHiddenHere);
}

function isHiddenHere(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

/** A command as a terminal takes it, with the rights of root. */
export function asRoot(program: string, args: readonly string[]): string {
  return shellLine(['sudo', program, ...args]);
}

/** False where a terminal would take a character for a key, as Ctrl+C in the name of a file: it would run what follows. */
export function isTypable(command: string): boolean {
  return !/\p{Cc}/u.test(command);
}
