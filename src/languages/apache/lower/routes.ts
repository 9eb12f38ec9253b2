import type { PathAnswer, ResponseHeader, Route } from '../../../tls/model/server-model.ts';
import { byDefault, type Setting } from '../../../tls/model/setting.ts';
import { readRedirect, redirectAnswer } from '../answers/redirect.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { HeaderList } from './headers.ts';
import type { ServerScope } from './scopes.ts';
import { originOf } from './settle.ts';

/** Aliases, redirects and sections that set headers, in the order of the text. */
export function lowerRoutes(
  scope: ServerScope,
  headers: Setting<readonly ResponseHeader[]>,
  because: string,
  resolve: (path: string) => string,
): readonly Route[] {
  const none = byDefault<readonly ResponseHeader[]>([], because);
  const routes: Route[] = [];
  for (const statement of scope.statements) {
    const pattern = statement.args[0]?.value ?? '';
    const location = locationOf(statement);
    if (statement.key === 'alias') {
      const target = statement.args[1]?.value ?? '';
      const directory = target.startsWith('/') ? target : resolve(target);
      routes.push({ pattern, kind: 'prefix', answer: { kind: 'files', directory, location }, headers: none, location });
    } else if (readRedirect(statement)) {
      const redirect = readRedirect(statement);
      const kind = redirect?.isRegex ? 'regex' : 'prefix';
      const from = redirect?.from ?? '/';
      const answer: PathAnswer = (kind === 'prefix' ? redirectAnswer(statement, from) : undefined) ?? {
        kind: 'redirect',
        status: redirect?.status ?? 302,
        to: redirect?.to ?? '',
        location,
      };
      routes.push({ pattern: from, kind, answer, headers: none, location });
    } else if (/^(?:location|directory|files)(?:match)?$/.test(statement.key) && pattern !== '/') {
      const route = sectionRoute(statement, pattern, headers);
      if (route) routes.push(route);
    }
  }
  return routes;
}

/** A section that has `Header` directives of its own, which go on where the server's leave off. */
function sectionRoute(
  section: Statement,
  pattern: string,
  headers: Setting<readonly ResponseHeader[]>,
): Route | undefined {
  const own = section.children.filter(({ key }) => key === 'header');
  const last = own.at(-1);
  if (!last || headers.value.kind !== 'known') return undefined;
  const list = new HeaderList(headers.value.value);
  for (const statement of own) list.take(statement);
  const reason = `<${section.node.name} ${section.node.raw}> is a section, not an answer`;
  return {
    pattern,
    kind: section.key.endsWith('match') || pattern === '~' ? 'regex' : 'prefix',
    answer: { kind: 'unknown', reason },
    headers: { value: { kind: 'known', value: list.finish() }, origin: originOf(last, false) },
    location: locationOf(section),
  };
}
