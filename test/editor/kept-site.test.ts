import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSite, keepSite } from '../../src/editor/configurations/effective/kept-site.ts';
import type { Site } from '../../src/tls/model/server-model.ts';
import { analyseText } from '../support/analyse.ts';

const server = (name: string, port = 443) => `server { listen ${port}; server_name ${name}; }\n`;
const sites = (...servers: readonly string[]) => analyseText(servers.join(''), { language: 'nginx' }).model.sites;

/** Which server is shown of another text after the one with this number was chosen in the first. */
function followed(before: readonly Site[], number: number, after: readonly Site[]): string | undefined {
  const kept = keepSite(before, before[number]?.id ?? '');
  const site = kept && findSite(after, kept);
  return site && `${site.label} ${site.bindings[0]?.listener}`;
}

test('a server is followed while its file is edited', () => {
  const before = sites(server('a.test', 80), server('a.test'), server('b.test'));
  assert.equal(
    followed(before, 2, sites('# more\n', server('b.test'))),
    'server b.test 0.0.0.0:443',
    'others have come and gone',
  );
  assert.equal(
    followed(before, 1, sites('# more\n', server('a.test', 80), server('a.test', 8443))),
    'server a.test 0.0.0.0:8443',
  );
  assert.equal(
    followed(before, 2, sites(server('a.test', 80), server('a.test'), server('c.test'))),
    'server c.test 0.0.0.0:443',
    'it has another name',
  );
  assert.equal(followed(before, 2, sites('# none\n')), undefined);
});
