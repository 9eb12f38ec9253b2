const mark =
  /^\s*#.*\b(?:do not (?:edit|modify|make changes)|auto-?generated|(?:is|was) generated|generated (?:by|automatically)|changes will be (?:lost|erased|overwritten)|managed by (?:ansible|puppet|chef|salt|gitlab-ctl))\b/im;

/** True where a comment at the start of a file says that a program writes it, and would write over what anybody changes. */
export function saysGenerated(text: string): boolean {
  return mark.test(text.slice(0, 1000));
}
