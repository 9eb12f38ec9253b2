import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { outputOf, run } from './run.mjs';

const lists = JSON.parse(readFileSync(new URL('./debian-packages.json', import.meta.url), 'utf8'));

/**
 * Installs what is missing of the named lists in `debian-packages.json`: as root on Debian or Ubuntu. Anywhere else it
 * throws, with the one command that would do it.
 */
export function installDebianPackages(names) {
  const wanted = Object.assign({}, ...names.map((name) => lists[name]));
  const missing = Object.keys(wanted).filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const command = `apt-get install --no-install-recommends -y ${missing.join(' ')}`;
  if (!isDebian())
    throw new Error(`These packages are installed on Debian or Ubuntu only. In a container:\n\n${inContainer}\n`);
  if (process.getuid?.() !== 0)
    throw new Error(`Some Debian packages are missing. This installs them:\n\n  sudo ${command}\n`);

  console.log('Installing Debian packages:');
  for (const name of missing) console.log(`  ${name.padEnd(32)}${wanted[name]}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  withoutStartingServices(() => {
    // One source that does not answer is no reason to stop; what it lacks, the installation tells.
    outputOf('apt-get', [...wait, 'update']);
    // dpkg's progress goes to nobody: only what fails is of interest.
    run('apt-get', [...wait, 'install', '--no-install-recommends', '-y', ...missing], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  });
}

const inContainer = '  docker run --rm -it -v "$PWD:/tls-workbench" -w /tls-workbench node:20-trixie npm test';

function isDebian() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

function isInstalled(name) {
  return /^Status: install ok installed$/m.test(outputOf('dpkg', ['--status', name]) ?? '');
}

/** nginx and apache2 would start at once on ports 80 and 443; Debian's policy file says that they must not. */
function withoutStartingServices(install) {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    if (ours) rmSync(policy);
  }
}
