import type { Command } from 'vscode';
import { commands } from '../../ids.ts';

/**
 * What a click on a row does. It hands nothing over, since VS Code forgets what commands of rows hand over as soon as the
 * view asks for its rows again, and a click before they are drawn anew would fail: the row that is clicked is selected.
 */
export const inspect: Command = { command: commands.inspectSelectedCertificate, title: 'Inspect' };
