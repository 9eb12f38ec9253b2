import { issuanceCommand } from '../operations/command/issuance.ts';
import type { Command } from './io.ts';

/** ACME commands: their arguments are read where the operations are. */
export const issuance =
  (name: 'issue' | 'renew' | 'revoke' | 'account' | 'import' | 'export'): Command =>
  (args, io) =>
    issuanceCommand(name, args, io);
