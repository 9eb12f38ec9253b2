import { execFileSync } from 'node:child_process';
import { defaultTarget } from '../../../src/analysis/target.ts';
import type { Target } from '../../../src/tls/target.ts';

/** The Apache of this machine, which shares the OpenSSL of the system. */
export function targetOfApache(): Target {
  const version = (program: string, args: readonly string[], pattern: RegExp) =>
    pattern.exec(execFileSync('sh', ['-c', `${program} ${args.join(' ')} 2>&1`], { encoding: 'utf8' }))?.[1] ?? '';
  return {
    ...defaultTarget,
    apache: version('/usr/sbin/apache2', ['-v'], /Apache\/(\S+)/),
    openssl: version('openssl', ['version'], /OpenSSL (\S+)/),
    securityLevel: 2,
    label: 'this machine',
    assumed: false,
  };
}
