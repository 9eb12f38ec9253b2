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

/** `^/app(.*)$`, which takes `/app.evil.example` as well as `/app/page`. */
const restOfName = /^\^?((?:[\w/.-]|\\.)*[\w-])\(\.([*+])\??\)\$?$/;

/** What an expression has before a group that takes any text behind a name, and the same with a group that begins with a slash. */
export function restOfNameIn(pattern: string): { readonly name: string; readonly mended: string } | undefined {
  const [, before, times] = restOfName.exec(pattern) ?? [];
  if (before === undefined || times === undefined) return undefined;
  // The slash alone is text of any length, too.
  const mended = `${pattern.startsWith('^') ? '^' : ''}${before}(/.*)${times === '*' ? '?' : ''}$`;
  return { name: before.replaceAll('\\', '').replace(/^\/?/, '/'), mended };
}

/** True where what stands before the first group is no whole host: `http://127.0.0.1:$1` and `https://www.$1` mean a port and a name. */
export function asksForMore(target: string): boolean {
  return /^[^$]*(?:\$(?!\d)[^$]*)*[.:@-]\$1/.test(target);
}

/** What makes another host of one: behind a port a name is an error, unless all before it is a user's. */
export function otherHost(host: string): string {
  return /:(?:\d+|%\{\w+\}|\$\{?\w+\}?)$/.test(host) ? '@evil.example' : '.evil.example';
}
