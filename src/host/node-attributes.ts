import { spawnSync } from 'node:child_process';

/**
 * Gives a file what another one has besides its content: owner and mode, and what Node has no way to, POSIX ACLs, labels of
 * SELinux and extended attributes. Changes times too.
 * @returns false where nobody knows whether there was something to copy, as with BusyBox alone
 */
export function copyAttributes(from: string, to: string): boolean {
  if (process.platform !== 'linux') return true;
  const { status } = run('cp', ['--attributes-only', '--preserve=all', '--', from, to]);
  // A cp that knows how and is not let do it all has done what can be done.
  return status === 0 || run('cp', ['--version']).stdout.includes('GNU') || copyAcl(from, to);
}

/** Where no cp does it, whoever sets ACLs has these programs, which come apart from BusyBox. */
function copyAcl(from: string, to: string): boolean {
  const { status, stdout } = run('getfacl', ['--absolute-names', '--omit-header', '--', from]);
  return status === 0 && run('setfacl', ['--set-file=-', '--', to], stdout).status === 0;
}

function run(program: string, args: readonly string[], input = '') {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', input, timeout: 10_000 });
  return { status, stdout: stdout ?? '' };
}
