// Sets up, builds, packs the extension, installs it into a real VS Code and opens examples/.
// `code` is used when it is there; else code-server shows VS Code in the browser until Ctrl+C.
// usage: node scripts/start.mjs [--port N]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeServerEntry } from './setup/code-server.mjs';
import { hasDesktopEditor } from './setup/desktop-editor.mjs';

const args = process.argv.slice(2);
if (args.length > 0 && !/^--port \d+$/.test(args.join(' '))) {
  console.error('usage: node scripts/start.mjs [--port N]');
  process.exit(2);
}

const extension = resolve('out/tls-workbench.vsix');
const examples = resolve('examples');

for (const [name, ...args] of [
  ['Set-up', 'scripts/setup.mjs', 'start'],
  ['Build', 'scripts/build.mjs'],
  ['Packing', 'scripts/package.mjs'],
  ['Making the example certificates', 'scripts/make-example-certificates.mjs'],
]) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${name} failed.`);
    process.exit(1);
  }
}
if (hasDesktopEditor()) openDesktop();
else await serve();

function openDesktop() {
  for (const args of [['--install-extension', extension, '--force'], [examples]]) {
    if (spawnSync('code', args, { stdio: 'inherit' }).status !== 0) process.exit(1);
  }
  console.log(
    `VS Code shows ${examples}. Open the TLS view in the activity bar, or nginx/mistakes/sites-enabled/shop.example.com.conf.`,
  );
}

async function serve() {
  const folder = resolve('.cache/start');
  const data = join(folder, 'data');
  mkdirSync(join(data, 'User'), { recursive: true });
  writeFileSync(join(folder, 'config.yaml'), 'auth: none\n');
  const settings = {
    'workbench.startupEditor': 'none',
    'extensions.ignoreRecommendations': true,
    'telemetry.telemetryLevel': 'off',
    'chat.disableAIFeatures': true,
    'git.openRepositoryInParentFolders': 'never',
  };
  const settingsFile = join(data, 'User/settings.json');
  // Later runs leave what somebody has chosen since.
  if (!existsSync(settingsFile)) writeFileSync(settingsFile, JSON.stringify(settings, undefined, 2));
  const common = [
    codeServerEntry,
    '--user-data-dir',
    data,
    '--extensions-dir',
    join(folder, 'extensions'),
    '--config',
    join(folder, 'config.yaml'),
  ];
  const installed = spawnSync(process.execPath, [...common, '--install-extension', extension, '--force'], {
    encoding: 'utf8',
  });
  if (installed.status !== 0) {
    console.error(`The extension could not be installed: ${installed.stdout}${installed.stderr}`);
    process.exit(1);
  }

  const port = await findPort();
  const quiet = [
    '--auth',
    'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-workspace-trust',
    '--disable-getting-started-override',
  ];
  // A process group of its own, so that Ctrl+C also ends the extension hosts.
  const server = spawn(process.execPath, [...common, ...quiet, '--bind-addr', `127.0.0.1:${port}`], {
    stdio: 'ignore',
    detached: true,
  });
  const end = (code) => {
    try {
      process.kill(-server.pid, 'SIGTERM');
    } catch {
      // It has ended by itself.
    }
    process.exit(code);
  };
  process
    .on('SIGINT', () => end(0))
    .on('SIGTERM', () => end(0))
    .on('SIGHUP', () => end(0));
  // npm hands SIGTERM to its shell, which goes without a word.
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) end(0);
  }, 500).unref();
  server.on('exit', (code) => {
    console.error('code-server has ended.');
    process.exit(code ?? 1);
  });
  while (
    !(await fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await pause(100);
  console.log(`\nVS Code with TLS Workbench: http://127.0.0.1:${port}/?folder=${encodeURI(examples)}`);
  console.log(
    'Open nginx/mistakes/sites-enabled/shop.example.com.conf, or the TLS view in the activity bar. Ctrl+C ends it.',
  );
}

/** The wanted port, or any free one where it is taken. */
async function findPort() {
  return (await listenOnce(Number(args[1] ?? 8090))) ?? (await listenOnce(0));
}

function listenOnce(port) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const { port: found } = probe.address();
      probe.close(() => done(found));
    });
  });
}
