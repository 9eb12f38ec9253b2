import { schemeHeaders } from '../../../tls/scheme-headers.ts';
import { withKey, withKeyIn } from '../evaluate/by-key.ts';
import { hostOf } from '../evaluate/first-places.ts';
import { isSurelyThere, locationOf, type Statement, wordLocation } from '../evaluate/statement.ts';
import { readHeader } from '../lower/sites/headers.ts';
import { type ApacheRule, fix } from './rule.ts';
import { misspeltSchemes } from './scheme-misspelt.ts';
import { speaksTls } from './values/in-scope.ts';

/** `Header` where `RequestHeader` is meant: mod_proxy says nothing of the scheme by itself (`ProxyAddHeaders`). */
export const forwardedSchemeWrong: ApacheRule = {
  id: 'forwarded-scheme-wrong',
  title: 'A backend is told of plain HTTP where clients use HTTPS',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    const { evaluation } = context;
    yield* misspeltSchemes(context);
    if (evaluation.unseen.size > 0) return;
    const headers = withKey(evaluation, 'header').filter(isOfScheme);
    if (headers.length === 0 || withKey(evaluation, 'requestheader').some(isOfScheme)) return;
    for (const statement of headers) {
      const host = hostOf(statement.parents);
      const [action] = statement.args;
      if (!host || !action || !isSurelyThere(statement) || !speaksTls(evaluation, statement)) continue;
      // Others than HTTP tell it by themselves, as FastCGI and AJP.
      if (!withKeyIn(evaluation, 'proxypass', host).some(({ node }) => /(?:https?|h2c?|balancer):/i.test(node.raw)))
        continue;
      const { file, node } = statement;
      const isAlways = /^(?:always|onsuccess)$/i.test(action.value);
      const end = isAlways ? wordLocation(statement, 0).range.end : node.nameRange.end;
      yield {
        message: `${node.name} puts this into the answer, for the visitor: the backend is not told that clients use HTTPS. Write RequestHeader.`,
        location: locationOf(statement),
        statement,
        fixes: [
          fix('Send it to the backend', false, {
            file,
            range: { start: node.nameRange.start, end },
            newText: 'RequestHeader',
          }),
        ],
      };
    }
  },
};

function isOfScheme(statement: Statement): boolean {
  const { key, args } = statement;
  if (key === 'requestheader') return schemeHeaders.has((args[1]?.value ?? '').toLowerCase().replace(/:$/, ''));
  const header = readHeader(statement);
  return header !== undefined && setting.has(header.action) && schemeHeaders.has(header.name.toLowerCase());
}

const setting: ReadonlySet<string> = new Set(['set', 'add', 'append', 'merge', 'setifempty']);
