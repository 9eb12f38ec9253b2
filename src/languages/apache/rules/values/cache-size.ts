/** What httpd says of the size of `shmcb:PATH(SIZE)`, wherever such a cache is named (`socache_shmcb_create`). */
export function cacheSizeProblem(text: string): string | undefined {
  const [, size] = /^shmcb:[^()]*\(([^)]*)/.exec(text) ?? [];
  if (size === undefined) return undefined;
  if (size === '' || !text.endsWith(')')) {
    return 'Invalid argument: no closing parenthesis or cache size missing after pathname with parenthesis';
  }
  if (!/^\d+$/.test(size)) return 'Invalid argument: cache size not numerical';
  if (Number(size) < 8192) return 'Invalid argument: size has to be >= 8192 bytes';
  return Number(size) < 4_294_967_295
    ? undefined
    : 'Invalid argument: size has to be < 4294967295 bytes on this platform';
}
