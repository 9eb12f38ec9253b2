import { readFile } from 'node:fs/promises';
import { type LogOutputChannel, workspace } from 'vscode';
import type { Program, Target } from '../../../tls/target.ts';
import { settings } from '../../ids.ts';
import { runProgram } from '../../run-program.ts';
import { readSetting } from '../../settings.ts';
import { installedTarget, type ProgramAnswers } from './versions.ts';

/** Versions of the server programs on this machine, for whoever set none. */
export interface InstalledVersions {
  /** The target with what `nginx -V` or `apache2 -v` say, where nobody stated one and programs may be run. */
  refine(target: Target, server: Program): Promise<Target>;
}

/** Asks each program once a window, and only in a trusted workspace. */
export function createInstalledVersions(log: LogOutputChannel): InstalledVersions {
  const asked = new Map<string, Promise<ProgramAnswers>>();
  return {
    async refine(target, server) {
      // Each project has its own Django, and the machine's says nothing of it.
      if (server === 'django') return target;
      const isWanted = target.assumed && workspace.isTrusted && readSetting(settings.detectVersions, true);
      if (!isWanted) return target;
      const answers = asked.get(server) ?? (server === 'nginx' ? askNginx(log) : askApache(log));
      asked.set(server, answers);
      return installedTarget(server, await answers, target);
    },
  };
}

async function askNginx(log: LogOutputChannel): Promise<ProgramAnswers> {
  for (const program of ['nginx', 'angie', 'openresty']) {
    const output = await outputOf(program, ['-V'], log);
    if (output !== undefined) return { nginx: { program, output }, system: await systemText() };
  }
  return {};
}

async function askApache(log: LogOutputChannel): Promise<ProgramAnswers> {
  for (const program of ['apache2', 'httpd']) {
    const output = await outputOf(program, ['-v'], log);
    if (output === undefined) continue;
    const openssl = await outputOf('openssl', ['version'], log);
    return { apache: { program, output }, openssl, system: await systemText() };
  }
  return {};
}

async function outputOf(program: string, args: readonly string[], log: LogOutputChannel): Promise<string | undefined> {
  const { code, output } = await runProgram(program, args, log);
  return code === 0 ? output : undefined;
}

function systemText(): Promise<string> {
  return readFile('/etc/os-release', 'utf8').catch(() => '');
}
