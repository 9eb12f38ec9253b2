import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ServerModel, Site } from '../../src/tls/model/server-model.ts';
import type { Setting } from '../../src/tls/model/setting.ts';
import { analyseText } from '../support/analyse.ts';
import { pageIds, readPage } from './support/pages.ts';

const apache = (inside: string, outside = '') => `Listen 443
${outside}
<VirtualHost *:443>
    ServerName a.example.com
    SSLEngine on
    SSLCertificateFile /a.pem
    ${inside}
</VirtualHost>
<VirtualHost *:443>
    ServerName b.example.com
</VirtualHost>
`;

/** Texts that each meet one of the shortcuts, with whom they must not hold for. */
const texts: readonly string[] = [
  apache('Redirect gone /'),
  apache('Redirect 403 /'),
  apache('RedirectMatch 410 "^/"'),
  apache('RewriteEngine on\n    RewriteRule ^ - [F]'),
  apache('RewriteEngine on\n    RewriteRule ^ - [NC,G]'),
  apache('RewriteEngine on\n    RewriteRule ^ - [R=404,L]'),
  apache('RewriteEngine on\n    RewriteRule ^ https://b.example.com/ [R=301,L]'),
  apache('Redirect / https://b.example.com/'),
  apache('', 'Redirect gone /'),
  apache('<Location /x>\n        Header set X-Content-Type-Options nosniff\n    </Location>'),
  apache('Header set X-Frame-Options DENY\n    <Files "*.js">\n        Header unset X-Frame-Options\n    </Files>'),
  apache('<IfDefine A>\n        Header set X-Frame-Options DENY\n    </IfDefine>'),
  apache('<IfDefine A>\n        SSLProtocol -all +TLSv1.2\n    </IfDefine>'),
  apache('<IfModule a_module>\n        Protocols h2 http/1.1\n    </IfModule>', 'MDomain a.example.com'),
];

describe('what is told early agrees with what is found by looking', () => {
  for (const text of texts) test(text, () => agrees(analyseText(text, { language: 'apache' }).model));

  for (const id of pageIds()) {
    test(`the samples of ${id}`, () => {
      for (const { text, language } of readPage(id).samples) agrees(analyseText(text, { language }).model);
    });
  }
});

function agrees(model: ServerModel): void {
  for (const site of model.sites) {
    const { rootAnswer } = site;
    if (site.neverRedirects === true) assert.notEqual(rootAnswer.kind, 'redirect', site.label);
    if (site.routesShareHeaders === true) {
      assert.ok(
        site.routes.every(({ headers }) => headers.value === site.headers.value),
        site.label,
      );
    }
    if (!site.refusesAll && rootAnswer.kind === 'status' && model.server === 'apache') {
      assert.ok(rootAnswer.status < 400, `${site.label}: ${rootAnswer.status}`);
    }
  }
  const { mayVary } = model;
  if (mayVary !== undefined)
    for (const site of model.sites) assert.deepEqual(unexpected(site, mayVary), [], site.label);
}

/** The settings with several values that should not have any. */
function unexpected({ tls, headers }: Site, expected: readonly string[]): readonly string[] {
  const all: Readonly<Record<string, Setting<unknown> | string | undefined>> = { ...tls, headers };
  return Object.entries(all).flatMap(([name, setting]) =>
    typeof setting === 'object' && setting.value.kind === 'one-of' && !expected.includes(name) ? [name] : [],
  );
}
