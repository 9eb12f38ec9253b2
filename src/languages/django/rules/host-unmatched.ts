import { remember } from '../../../memory/remember.ts';
import type { Sequence } from '../evaluate/data.ts';
import { entriesOf, literals } from './entries.ts';
import type { DjangoRule } from './rule.ts';

/**
 * An entry in `ALLOWED_HOSTS` that no request can have (django.http.request.validate_host): what is compared is the name in
 * small letters, without port and without a dot at its end.
 */
export const hostUnmatched: DjangoRule = {
  id: 'host-unmatched',
  title: 'An allowed host that no request has',
  severity: 'warning',
  effect: 'connect',
  *check({ settings, project }) {
    for (const { value, list, location, change } of entriesOf(settings, 'ALLOWED_HOSTS', project)) {
      const problem = problemOf(value);
      if (problem === undefined || !list.isWhole) continue;
      const { reason, instead = [] } = problem;
      const allows = allowedBy(list);
      if (allows('*') || (instead.length > 0 && instead.every(allows))) continue;
      const next =
        instead.length === 0
          ? 'List each name and each address.'
          : `Write ${instead.map((host) => `"${host}"`).join(', ')}.`;
      yield {
        message: `No request has the host "${value}", so this allows nobody: ${reason}. Whoever asks for a host that nothing else here allows gets 400. ${next}`,
        location,
        fixes: instead.length === 0 ? [] : change(literals(instead)),
      };
    }
  },
};

interface Problem {
  /** Part of a sentence. */
  readonly reason: string;
  readonly instead?: readonly string[];
}

/** Only of what is plainly meant: nothing else, such as `%`, `{` or `$`, that something may put a name in the place of. */
const plain = /^(https?:\/\/)?((?:\*\.|\.)?[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])(:\d+)?(\/[\w./-]*)?$/i;
const placeholder = /__|^[A-Z_]+$/;

function problemOf(entry: string): Problem | undefined {
  const text = entry.trim();
  const several = /[,;\s]/.test(text) ? text.split(/\s*[,;\s]\s*/).filter((each) => each !== '') : [];
  if (several.length > 1) {
    const hosts = several.map(hostOf);
    return hosts.every((host) => host !== undefined)
      ? { reason: 'it is several in one text', instead: hosts }
      : undefined;
  }
  if (/^[\da-f]*:[\da-f:.]*:[\da-f.]*$/i.test(text))
    return { reason: 'addresses of IPv6 stand in brackets', instead: [`[${text.toLowerCase()}]`] };
  if (/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(text)) return { reason: 'Django knows no ranges of addresses' };
  const found = plain.exec(text);
  if (found === null) return undefined;
  const [, scheme, name = '', port, path] = found;
  const host = hostOf(text);
  if (host === undefined || host === entry.toLowerCase()) return undefined;
  return { reason: reasonOf(scheme, name, port, path), instead: [host] };
}

function reasonOf(
  scheme: string | undefined,
  name: string,
  port: string | undefined,
  path: string | undefined,
): string {
  if (scheme !== undefined) return `a host has no "${scheme}" before it`;
  if (path !== undefined) return `a host ends without "${path}"`;
  if (port !== undefined) return 'Django compares without the port';
  if (name.startsWith('*.')) return 'a domain with all its subdomains begins with a dot, and not with a star';
  return name.endsWith('.') ? 'Django compares without the dot at the end' : 'it has spaces around it';
}

/** The name that is meant, as Django compares it; undefined where that is not plain. */
function hostOf(text: string): string | undefined {
  const [, , name] = plain.exec(text) ?? [];
  return name === undefined || placeholder.test(name)
    ? undefined
    : name.toLowerCase().replace(/^\*\./, '.').replace(/\.$/, '');
}

/** A domain with a dot before it stands for itself too (django.utils.http.is_same_domain). */
const allowedBy = remember(({ items }: Sequence): ((host: string) => boolean) => {
  const entries = new Set(items.flatMap(({ value }) => (typeof value === 'string' ? value.toLowerCase() : [])));
  return (host) => {
    if (entries.has(host)) return true;
    const dotted = `.${host}`;
    for (let at = 0; at >= 0; at = dotted.indexOf('.', at + 1)) if (entries.has(dotted.slice(at))) return true;
    return false;
  };
});
