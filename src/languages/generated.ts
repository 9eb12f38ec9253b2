const mark =
  /^\s*#.*\b(?:do not (?:edit|modify|make changes)|auto-?generated|(?:is|was) generated|generated (?:by(?! (?:nginxconfig|mozilla|https?:))|automatically)|changes will be (?:lost|erased|overwritten)|managed by (?:ansible|puppet|chef|salt|gitlab-ctl))\b/im;

/**
 * True where a comment at the start of a file says that a program writes it, and would write over what anybody changes. What a
 * page on the web made once does not: it belongs to whoever took it.
 */
export function saysGenerated(text: string): boolean {
  return mark.test(text.slice(0, 1000));
}
