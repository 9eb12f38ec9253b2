import { asksForMore, takesRestOfPath } from '../../../text/joined-host.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** `rewrite ^/(.*)$ https://example.com$1` answers `/page` with `https://example.compage`. */
export const targetSlashMissing: DirectiveRule = {
  id: 'target-slash-missing',
  title: 'Target without the slash that its path ends with',
  severity: 'warning',
  effect: 'security',
  concerns: ({ fact }) => fact?.name === 'rewrite',
  isPleased: ({ item }) => hostOf(item) === undefined,
  check({ item }) {
    const host = hostOf(item);
    const target = item.directive.args[1];
    if (host === undefined || target === undefined) return undefined;
    const location = locate(item, rangeOf(item.directive, target));
    const text = item.file.document.text.slice(location.range.start, location.range.end);
    const place = location.range.start + text.indexOf(host) + host.length;
    const edit = { file: location.file, range: { start: place, end: place }, newText: '/' };
    return {
      rule: 'target-slash-missing',
      message: `What follows the slash of the path is joined to the host: /page leads to ${host}page, and /.evil.example to somebody else's host. Write a slash behind the host: ${host}/.`,
      location,
      fixes: text.includes(host) ? [{ title: 'Write a slash behind the host', safe: true, edits: [edit] }] : [],
    };
  },
};

/** The scheme and host that the rest of a path is joined to. */
function hostOf({ directive: { args } }: Item): string | undefined {
  const [pattern, target] = args;
  if (!pattern || !target || pattern.templated || target.templated || !takesRestOfPath(pattern.value)) return undefined;
  if (asksForMore(target.value)) return undefined;
  return /^((?:https?|\$scheme):\/\/(?:[^/?#$\s]|\$(?!\d))+)\$1/.exec(target.value)?.[1];
}
