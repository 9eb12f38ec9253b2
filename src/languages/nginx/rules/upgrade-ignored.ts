import type { FileEdit } from '../../../text/edit.ts';
import { describeServer } from '../../../tls/target.ts';
import type { TextReport } from '../../language.ts';
import { effective, isOpenAround } from '../effective.ts';
import { reaches } from '../facts/versions.ts';
import type { Item } from '../scope.ts';
import { headRange, locate } from '../scope.ts';
import { insertAfter, replaceArguments } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

/** Since then backends are asked by HTTP/1.1, and no `Connection: close` goes along (nginx's CHANGES). */
const modern = '1.29.7';

/** A header for an upgrade (WebSocket) that the backend must ignore (RFC 9110, section 7.8). */
export const upgradeIgnored: DirectiveRule = {
  id: 'upgrade-ignored',
  title: 'WebSockets that the backend must refuse',
  severity: 'information',
  effect: 'advice',
  concerns: ({ fact }) => fact?.name === 'proxy_set_header',
  isPleased: ({ item }) => !asksForUpgrade(item),
  check({ item, project, version }) {
    const { outer: scope } = item;
    if (!asksForUpgrade(item) || !scope.findFirst('proxy_pass') || isOpenAround(scope)) return undefined;
    const stated = effective(scope, 'proxy_http_version');
    const isModern = reaches(version, modern);
    if (stated ? stated.args[0]?.value === '1.0' : !isModern && project.complete) {
      const by = stated ? 'nginx' : describeServer('nginx', project.target);
      const edit = stated ? replaceArguments(stated, ['1.1']) : insertAfter(item, ['proxy_http_version 1.1;']);
      return report(
        item,
        // Node.js does not look at the version (measured with 20).
        'may not work',
        `${by} talks to backends in HTTP/1.0`,
        'Write "proxy_http_version 1.1;"',
        'Ask by HTTP/1.1',
        edit,
      );
    }
    const [connection] = scope
      .find('proxy_set_header')
      .filter(({ args }) => args[0]?.value.toLowerCase() === 'connection');
    if (connection ? !/^(?:close)?$/i.test(connection.args[1]?.value ?? 'x') : isModern) return undefined;
    const header = 'proxy_set_header Connection "upgrade";';
    const edit = connection ? replaceArguments(connection, ['Connection', 'upgrade']) : insertAfter(item, [header]);
    const what = connection
      ? 'the header "Connection" that is set here does not name it'
      : '"Connection: close" goes along';
    return report(item, 'do not work', what, `Write "${header}"`, 'Name it in the header Connection', edit);
  },
};

function asksForUpgrade({ args: [name, value] }: Item): boolean {
  return name?.value.toLowerCase() === 'upgrade' && value !== undefined && value.value !== '' && !value.templated;
}

function report(item: Item, outcome: string, why: string, next: string, title: string, edit: FileEdit): TextReport {
  return {
    rule: 'upgrade-ignored',
    message: `WebSockets ${outcome} here: ${why}, so backends must ignore "Upgrade". ${next}.`,
    location: locate(item, headRange(item)),
    fixes: [{ title, safe: false, edits: [edit] }],
  };
}
