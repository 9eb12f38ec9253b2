import type { Fix } from '../../../text/finding.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import { atLeastVersion } from '../../../text/version.ts';
import { describeServer } from '../../../tls/target.ts';
import { type Item, isSequence, type Sequence } from '../evaluate/data.ts';
import type { DjangoRule } from './rule.ts';
import { everyWritten, isOwnPart, isWrittenIn, lowered, valueLocation, type Written } from './written.ts';

/** Entries without a scheme are refused since 4.0 (check 4_0.E001); before, those with one matched nothing. */
export const schemeSince = '4.0';

/** A name or an address, and no word that something else puts in its place: `__HOST__`, `{{ host }}`, `YOUR_HOST`. */
const host = /^(?:\*\.|\.)?(?!_)[\w-]+(?:\.[\w-]+)*(?::\d+)?\/?$/;
const placeholder = /^[A-Z_]+$/;

/** An origin in `CSRF_TRUSTED_ORIGINS` that is a host. */
export const originSchemeMissing: DjangoRule = {
  id: 'origin-scheme-missing',
  title: 'A trusted origin has no scheme',
  severity: 'error',
  effect: 'start',
  *check({ settings, project }) {
    const { target } = project;
    if (!atLeastVersion(target.django, schemeSince)) return;
    const refuses = `${describeServer('django', target)} refuses migrations and most manage.py commands with it (4_0.E001), and it trusts nobody`;
    const told = new PlaceMap<true>();
    for (const setting of everyWritten(settings, 'CSRF_TRUSTED_ORIGINS')) {
      const { data } = setting;
      if (typeof data === 'string') {
        if (data.length > 0) yield { ...ofText(setting, data, refuses), ...lowered(setting) };
        continue;
      }
      if (!isSequence(data)) continue;
      const all = data.items.filter(({ value }) => isHost(value) || value === '*');
      const isOwn = ({ location }: Item) => isOwnPart(location, setting, project);
      const own = all.filter(isOwn);
      for (const { value, location } of own) {
        // What several branches have from one place is told there once.
        if (told.has(location)) continue;
        told.set(location, true);
        const origin = originOf(String(value));
        const message =
          origin === undefined
            ? `"${value}" is not an origin, nor a wildcard for all of them: ${refuses}. List each one that may send forms, such as "https://example.com".`
            : `"${value}" is a host, not an origin: ${refuses}. Write "${origin}".`;
        const fixes = origin === undefined ? [] : [change(`'${origin}'`, location)];
        yield { message, location, ...lowered(setting), fixes };
      }
      if (own.length < all.length) yield { ...ofOthers(setting, data, refuses, isOwn), ...lowered(setting) };
    }
  },
};

function isHost(value: unknown): boolean {
  return typeof value === 'string' && host.test(value) && !placeholder.test(value);
}

function originOf(value: string): string | undefined {
  if (!isHost(value)) return undefined;
  const name = value.toLowerCase().replace(/\/$/, '');
  // Browsers leave out the usual ports, and Django's own server for developers speaks no TLS.
  const isPlain = /:80$/.test(name) || /^(?:localhost|127\.[\d.]+)(?::(?!443$)\d+)?$/.test(name);
  return `${isPlain ? 'http' : 'https'}://${name.startsWith('.') ? '*' : ''}${name.replace(/:(?:80|443)$/, '')}`;
}

/** Hosts that another setting names, and needs as they are. */
function ofOthers(setting: Written, { items, isWhole }: Sequence, refuses: string, isOwn: (item: Item) => boolean) {
  const origins = items.map(({ value }) => (typeof value === 'string' ? originOf(value) : undefined));
  // What other lines of the setting add goes on being added.
  const isHere =
    setting.isSole &&
    setting.place.isPlain &&
    items.every((item) => isWrittenIn(item.location, setting) || !isOwn(item));
  const isKnown = isWhole && isHere && origins.every((origin) => origin !== undefined);
  const location = valueLocation(setting);
  return {
    message: `The hosts of another setting are not origins: ${refuses}. Write each with its scheme, such as "${origins.find((origin) => origin !== undefined) ?? 'https://example.com'}".`,
    location,
    fixes: isKnown ? [change(`[${origins.map((origin) => `'${origin}'`).join(', ')}]`, location)] : [],
  };
}

/** Python goes through a text letter by letter, as through a list; one in parentheses alone is no tuple. */
function ofText(setting: Written, text: string, refuses: string) {
  const location = valueLocation(setting);
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const origins = words.map((word) => originOf(word) ?? word);
  const isKnown = origins.every((origin) => /^[a-z]+:\/\/[\w*.:-]+$/.test(origin));
  const list = `[${origins.map((origin) => `'${origin}'`).join(', ')}]`;
  return {
    message: `CSRF_TRUSTED_ORIGINS is a string, not a list, and Django takes each character of it for an origin: ${refuses}. Write it as a list${isKnown ? `: ${list}` : ", such as ['https://example.com']"}.`,
    location,
    fixes: isKnown && setting.isSole && setting.place.isPlain ? [change(list, location)] : [],
  };
}

function change(newText: string, location: ReturnType<typeof valueLocation>): Fix {
  return { title: `Change to ${newText}`, safe: false, edits: [{ ...location, newText }] };
}
