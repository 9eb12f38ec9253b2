import { effective, isOpenAround } from '../effective.ts';
import type { Item, Scope } from '../scope.ts';
import { allScopes, locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** A realm without users: ngx_http_auth_basic_handler lets everybody in, without a word (measured with nginx 1.26.3). */
export const passwordFileMissing: DirectiveRule = {
  id: 'password-file-missing',
  title: 'A password is required, but nobody is asked for it',
  severity: 'warning',
  effect: 'security',
  concerns: ({ fact }) => fact?.name === 'auth_basic',
  check({ item, scope, project }) {
    if (!project.complete || !isRealm(item) || isOpenAround(scope) || isAskedOtherwise(scope)) return undefined;
    if (effective(scope, 'auth_basic_user_file') || allScopes(scope).some(mayNameUsers)) return undefined;
    return {
      rule: 'password-file-missing',
      message:
        'No "auth_basic_user_file" is in force here, so nginx asks nobody for a password and lets everybody in. Set the password file.',
      location: locate(item),
    };
  },
};

function isRealm({ args }: Item): boolean {
  const [realm] = args;
  return realm !== undefined && realm.value !== 'off' && !realm.templated && !realm.value.includes('$');
}

/** True where something else finds out who is there. */
function isAskedOtherwise(scope: Scope): boolean {
  return ['auth_request', 'auth_jwt'].some((name) => effective(scope, name) !== undefined);
}

/** A block inside may have the file that belongs to the realm. */
function mayNameUsers(scope: Scope): boolean {
  return scope.open || scope.findFirst('auth_basic_user_file') !== undefined;
}
