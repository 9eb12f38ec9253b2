import { atLeastVersion, type Version } from '../text/version.ts';
import { describeOpenssl, describeServer, type Program, type Target } from './target.ts';

/** The newest versions whose sources the facts here were read from. */
const newestKnown: Readonly<Record<Exclude<Program, 'django'> | 'openssl', Version>> = {
  nginx: '1.31.5',
  apache: '2.4.71',
  openssl: '4.0',
};

/**
 * Where the target is newer than all that is known here, a sentence that says so: what nobody knows here it may have. Undefined
 * where it is not.
 */
export function newerThanKnown(program: keyof typeof newestKnown, target: Target): string | undefined {
  const newest = newestKnown[program];
  if (atLeastVersion(newest, target[program])) return undefined;
  const described = program === 'openssl' ? describeOpenssl(target) : describeServer(program, target);
  return `${described} is newer than ${newest}, the newest that is known here, and may have it: try it there.`;
}
