import { isAssumed } from '../../../tls/target.ts';
import type { ValueCheck } from './complaint.ts';

/** Systems whose user `nobody` is in a group `nogroup`, and that have no group of his name (Debian's base-passwd). */
const withNogroup: ReadonlySet<string> = new Set(['debian', 'ubuntu']);

/** Without a group, that of the user's name is taken (ngx_set_user). */
export const checkUser: ValueCheck = ([user, group], _, { project: { target } }) => {
  const named = group ?? user;
  if (named === undefined || named.value !== 'nobody' || named.templated) return undefined;
  if (!withNogroup.has(target.distribution?.id ?? '') || isAssumed('nginx', target)) return undefined;
  return {
    message: `${target.label} has no group "nobody"${group ? '' : ', which "user" takes where no group is named'}, so nginx does not start (error log: getgrnam("nobody") failed). Write "user ${user?.value} nogroup;".`,
    word: named,
    instead: group ? 'nogroup' : 'nobody nogroup',
  };
};
