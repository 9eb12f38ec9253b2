/** Any text behind a slash. */
const restOfPath = /^\^?(?:[\w/.-]|\\.)*\/\??\((?:\.[*+]\??|\[\^\/\][*+])\)\$?$/;
/** All of a path that starts without a slash. */
const wholePath = /^\^?\((?:\.[*+]\??|\[\^\/\][*+])\)\$?$/;

/**
 * True where the first group of an expression holds what a path has behind a slash, as in `^/(.*)$`.
 * @param isRelative the path starts without a slash, as in a `.htaccess`
 */
export function takesRestOfPath(pattern: string, isRelative = false): boolean {
  return restOfPath.test(pattern) || (isRelative && wholePath.test(pattern));
}
