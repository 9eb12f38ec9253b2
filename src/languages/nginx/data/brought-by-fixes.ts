/** Directives that nginx got to mend a weakness (CVE-2026-49975, CVE-2021-3618): packages of older versions have them too. */
export const broughtByFixes: ReadonlySet<string> = new Set(['max_headers', 'max_errors']);
