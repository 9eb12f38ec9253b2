import { type Disposable, commands as editorCommands } from 'vscode';
import type { Command } from './ids.ts';

/** Registers a command by an id that the manifest knows: another one does not compile. */
export function registerCommand<Arguments extends unknown[]>(
  id: Command,
  run: (...args: Arguments) => unknown,
): Disposable {
  return editorCommands.registerCommand(id, run);
}

/** Sets a key for `when` clauses, and only when it changes: each call is a message to the window. */
export function createContextKey<T extends string | boolean | number>(key: string): (value: T) => void {
  let current: T | undefined;
  return (value) => {
    if (value === current) return;
    current = value;
    void editorCommands.executeCommand('setContext', key, value);
  };
}
