import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../support/ports.ts';
import { codeServer } from '../../support/tools.ts';
import { installedExtensions } from './installed-extensions.ts';

export interface Server {
  readonly port: number;
  /** Its logs, settings and state; `data/logs` has one folder a window. */
  readonly dataFolder: string;
  /** Ends the processes in which extensions run. VS Code starts them anew. */
  endExtensionHosts(): void;
  stop(): Promise<void>;
}

/** What keeps the window still, and a file unsaved until a test saves it. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  // Newer versions show some editors as a dialogue.
  'workbench.editor.useModal': 'off',
  // A panel or a view that opens meanwhile takes the keyboard, and would close a list before its answer.
  'workbench.quickOpen.closeOnFocusLost': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  // Servers that other tests start are none of the window's.
  'remote.autoForwardPorts': false,
  'editor.minimap.enabled': false,
};

/**
 * Starts VS Code on a free loopback port, with everything it writes below `folder`.
 * `extensions`: packed extensions to install first. `trusted: false` leaves workspace trust to be asked for. `editor`: which
 * VS Code.
 */
export async function startServer(
  folder: string,
  options: {
    readonly extensions?: readonly string[];
    readonly settings?: Readonly<Record<string, unknown>> | undefined;
    /** Settings of the machine on which extensions run, which for VS Code is another than the window's. */
    readonly machineSettings?: Readonly<Record<string, unknown>> | undefined;
    readonly trusted?: boolean | undefined;
    readonly editor?: 'oldest' | 'newest' | undefined;
    readonly env?: Readonly<Record<string, string>> | undefined;
  } = {},
): Promise<Server> {
  const dataFolder = join(folder, 'data');
  mkdirSync(join(dataFolder, 'User'), { recursive: true });
  const settings = { ...quietSettings, ...options.settings };
  writeFileSync(join(dataFolder, 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));
  if (options.machineSettings !== undefined) {
    mkdirSync(join(dataFolder, 'Machine'));
    writeFileSync(join(dataFolder, 'Machine', 'settings.json'), JSON.stringify(options.machineSettings));
  }
  const program = codeServer(options.editor ?? 'oldest');
  const extensions = join(folder, 'extensions');
  cpSync(await installedExtensions(program, options.extensions ?? []), extensions, { recursive: true });
  const folders = ['--user-data-dir', dataFolder, '--extensions-dir', extensions];
  const config = join(folder, 'config.yaml');
  writeFileSync(config, 'auth: none\n');
  const port = await freePort();
  const address = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--config', config];
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  if (options.trusted !== false) quiet.push('--disable-workspace-trust');
  // A process group of its own, so that stop() also reaches the extension hosts.
  const child = spawn(program.node, [program.entry, ...folders, ...address, ...quiet], {
    // The switch lets newer versions take the addresses of tests that run inside the extension host.
    env: { ...process.env, VSCODE_OPTIONS: 'enable-smoke-test-driver', ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout.on('data', (chunk) => output.push(String(chunk)));
  child.stderr.on('data', (chunk) => output.push(String(chunk)));
  await answers(port, child, output);
  return { port, dataFolder, endExtensionHosts: () => endExtensionHosts(child), stop: () => stop(child) };
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

/** They are in the group of the server's process. */
function endExtensionHosts({ pid }: ChildProcess): void {
  const processes = execFileSync('ps', ['-eo', 'pgid=,pid=,args='], { encoding: 'utf8' }).trim().split('\n');
  for (const line of processes) {
    const [group, process_, ...args] = line.trim().split(/\s+/);
    if (Number(group) === pid && args.includes('--type=extensionHost')) process.kill(Number(process_), 'SIGKILL');
  }
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
