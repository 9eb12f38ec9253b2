/** Headers of answers that say something about security or caches, with the values that most sites want, the first one first. */
const proposedHeaders: ReadonlyMap<string, readonly string[]> = new Map([
  ['Strict-Transport-Security', ['"max-age=63072000"', '"max-age=63072000; includeSubDomains"', '"max-age=300"']],
  ['Content-Security-Policy', []],
  ['X-Content-Type-Options', ['nosniff']],
  ['X-Frame-Options', ['DENY', 'SAMEORIGIN']],
  ['Referrer-Policy', ['strict-origin-when-cross-origin', 'same-origin', 'no-referrer']],
  ['Permissions-Policy', []],
  ['Cache-Control', ['no-store', 'no-cache', '"public, max-age=3600"']],
]);

export const proposedHeaderNames: readonly string[] = [...proposedHeaders.keys()];

/** Values to propose for a header, whatever its letters' case; none where it is not known or has none that fits most. */
export function proposedHeaderValues(name: string): readonly string[] {
  const known = proposedHeaderNames.find((header) => header.toLowerCase() === name.toLowerCase());
  return proposedHeaders.get(known ?? '') ?? [];
}
