import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../support/ports.ts';
import { codeServerEntry } from '../../support/tools.ts';

export interface Server {
  readonly port: number;
  /** Its logs, settings and state; `data/logs` has one folder a window. */
  readonly dataFolder: string;
  stop(): Promise<void>;
}

/** What keeps the window still, and a file unsaved until a test saves it. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  'editor.minimap.enabled': false,
};

/**
 * Starts VS Code on a free loopback port, with everything it writes below `folder`.
 * `extensions`: packed extensions to install first. `trusted: false` leaves workspace trust to be asked for.
 */
export async function startServer(
  folder: string,
  options: {
    readonly extensions?: readonly string[];
    readonly settings?: Readonly<Record<string, unknown>> | undefined;
    readonly trusted?: boolean | undefined;
    readonly env?: Readonly<Record<string, string>> | undefined;
  } = {},
): Promise<Server> {
  const dataFolder = join(folder, 'data');
  mkdirSync(join(dataFolder, 'User'), { recursive: true });
  writeFileSync(
    join(dataFolder, 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2),
  );
  writeFileSync(join(folder, 'config.yaml'), 'auth: none\n');
  const folders = ['--user-data-dir', dataFolder, '--extensions-dir', join(folder, 'extensions')];
  const common = [codeServerEntry(), ...folders, '--config', join(folder, 'config.yaml')];
  const env = { ...process.env, ...options.env };
  for (const extension of options.extensions ?? []) {
    await promisify(execFile)(process.execPath, [...common, '--install-extension', extension], { env });
  }
  const port = await freePort();
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  if (options.trusted !== false) quiet.push('--disable-workspace-trust');
  // A process group of its own, so that stop() also reaches the extension hosts.
  const child = spawn(process.execPath, [...common, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, ...quiet], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout.on('data', (chunk) => output.push(String(chunk)));
  child.stderr.on('data', (chunk) => output.push(String(chunk)));
  await answers(port, child, output);
  return { port, dataFolder, stop: () => stop(child) };
}

async function answers(port: number, child: ChildProcess, output: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) break;
    const ready = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await pause(100);
  }
  await stop(child);
  throw new Error(`code-server did not start:\n${output.join('')}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended = child.exitCode !== null ? Promise.resolve() : new Promise((exit) => child.once('exit', exit));
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended by itself.
  }
  await ended;
}
