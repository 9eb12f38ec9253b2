import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Report, Rule, RuleContext } from '../../src/rules/rule.ts';
import { inEveryBranch } from '../../src/rules/support/branches.ts';
import type { Severity } from '../../src/text/finding.ts';
import { analyseText } from '../support/analyse.ts';

/** A virtual host whose settings hang on whether a module is there. */
function findingsOf(withModule: string, without: string) {
  const text = `<VirtualHost *:443>
    ServerName example.com
    SSLEngine on
    SSLCertificateFile /etc/ssl/example.com.crt
    SSLCertificateKeyFile /etc/ssl/example.com.key
    <IfModule mod_example.c>
        ${withModule}
    </IfModule>
    <IfModule !mod_example.c>
        ${without}
    </IfModule>
</VirtualHost>
`;
  return analyseText(text, { language: 'apache', file: '/work/site.conf' }).findings;
}

describe('a value with several branches', () => {
  test('is reported where every branch is wrong, once, without a fix', () => {
    const found = findingsOf('SSLCipherSuite AES128-SHA', 'SSLCipherSuite AES256-SHA').filter(
      ({ rule }) => rule === 'cipher-no-forward-secrecy',
    );
    assert.equal(found.length, 1);
    assert.deepEqual(found[0]?.fixes, []);
  });

  test('is not reported where one branch is right', () => {
    const found = findingsOf('SSLProtocol TLSv1.1', 'SSLProtocol TLSv1.2 +TLSv1.3');
    assert.deepEqual(
      found.filter(({ rule }) => rule.startsWith('protocol-')),
      [],
    );
  });

  test('says what each branch does where they differ', () => {
    const found = findingsOf('SSLProtocol TLSv1.1', 'SSLProtocol TLSv1').filter(({ rule }) => rule === 'protocol-none');
    assert.equal(found.length, 1);
    assert.match(found[0]?.message ?? '', /Either: .*TLS 1\.1.* Or: .*TLS 1\.0/);
    assert.equal(found[0]?.message.match(/Offer TLS 1\.2 and TLS 1\.3\./g)?.length, 1);
  });

  test('is missing only where no branch sets it', () => {
    const hsts = 'Header always set Strict-Transport-Security max-age=63072000';
    const ids = (branch: string) => findingsOf(hsts, branch).map(({ rule }) => rule);
    assert.ok(!ids(hsts).includes('hsts-missing'));
    assert.ok(!ids('ServerAdmin root@example.com').includes('hsts-missing'));
  });
});

describe('a header whose value a map decides', () => {
  const findingsWith = (map: string, plain = false) => {
    const text = `events {}
http {
    map ${map}
    server {
        listen ${plain ? '80' : '443 ssl'};
        server_name example.com;
        ssl_certificate /etc/ssl/example.com.crt;
        ssl_certificate_key /etc/ssl/example.com.key;
        root /srv/www;
        add_header Strict-Transport-Security $hsts always;
        location /static/ {
            add_header Cache-Control public;
        }
    }
}
`;
    const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
    return findings.filter(({ rule }) => rule.startsWith('hsts-'));
  };
  const ids = (map: string, plain = false) => findingsWith(map, plain).map(({ rule }) => rule);

  test('is judged by the branch of its scheme', () => {
    assert.deepEqual(ids('$scheme $hsts { https "max-age=63072000"; }'), ['hsts-lost']);
    assert.deepEqual(ids('$https $hsts { on "max-age=2592000"; }'), ['hsts-short', 'hsts-lost']);
    assert.deepEqual(ids('$scheme $hsts { https "max-age=63072000"; }', true), []);
    assert.deepEqual(ids('$scheme $hsts { http "max-age=63072000"; }'), ['hsts-missing']);
  });

  test('is reported where every branch is wrong, and its fix leaves the variable alone', () => {
    const short = findingsWith('$uri $hsts { default "max-age=2592000"; / "max-age=5184000"; }');
    assert.deepEqual(
      short.map(({ rule, fixes }) => [rule, fixes.length]),
      [
        ['hsts-short', 0],
        ['hsts-lost', 0],
      ],
    );
    assert.deepEqual(ids('$uri $hsts { default "max-age=63072000"; / "max-age=300"; }'), ['hsts-lost']);
  });

  test('is left alone where it may be empty or is not known', () => {
    assert.deepEqual(ids('$uri $hsts { / "max-age=300"; }'), []);
    assert.deepEqual(ids('$uri $hsts { default "max-age=$arg_age"; }'), []);
  });
});

test('a block whose own header comes out empty has lost those of the site all the same', () => {
  const lost = (own: string) => {
    const text = `events {}
http {
    map $uri $cache { default ""; /a public; }
    server {
        listen 443 ssl;
        server_name example.com;
        ssl_certificate /etc/ssl/example.com.crt;
        ssl_certificate_key /etc/ssl/example.com.key;
        root /srv/www;
        add_header Strict-Transport-Security "max-age=63072000" always;
        location /static/ { ${own} }
    }
}
`;
    return analyseText(text, { language: 'nginx', file: '/work/nginx.conf' }).findings.some(
      ({ rule }) => rule === 'hsts-lost',
    );
  };
  assert.equal(lost('add_header Cache-Control $cache;'), true);
  assert.equal(lost('add_header X-Nothing "";'), true);
  assert.equal(lost('expires 1d;'), false);
});

describe('what two branches say differently', () => {
  /** What a rule of severity `information` reports where each branch has a report of its own. */
  function reported(...branches: readonly { readonly severity?: Severity; readonly message: string }[]) {
    const headers = { value: { kind: 'one-of', values: branches }, origin: { kind: 'default', because: '' } };
    const model = { sites: [{ headers, tls: {}, routes: [] }], endpoints: [] };
    const location = { file: '/site.conf', range: { start: 0, end: 1 } };
    const rule: Rule = {
      id: 'example',
      title: 'An example',
      severity: 'information',
      effect: 'advice',
      *check({ model: { sites } }) {
        const value = sites[0]?.headers.value;
        if (value?.kind === 'known') yield { ...(value.value as unknown as Report), location };
      },
    };
    const context = { model } as unknown as RuleContext;
    return [...inEveryBranch(rule).check(context)].map(({ severity, message }) => [severity, message]);
  }

  test('has the mildest severity, which may be that of the rule', () => {
    const message = 'It is so. Mend it.';
    assert.deepEqual(reported({ severity: 'warning', message }, { message }), [[undefined, message]]);
    assert.deepEqual(reported({ message }, { severity: 'warning', message }), [[undefined, message]]);
    assert.deepEqual(reported({ message }, { severity: 'hint', message }), [['hint', message]]);
    assert.deepEqual(reported({ severity: 'error', message }, { severity: 'warning', message }), [
      ['warning', message],
    ]);
  });

  test('ends with the sentences that are the same, once', () => {
    const either = (...messages: readonly string[]) => reported(...messages.map((message) => ({ message })))[0]?.[1];
    assert.equal(
      either('It is a. Mend it. Now.', 'It is b. Mend it. Now.'),
      'Whichever branch holds. Either: It is a. Or: It is b. Mend it. Now.',
    );
    assert.equal(either('It is a.', 'It is b.'), 'Whichever branch holds. Either: It is a. Or: It is b.');
    assert.equal(
      either('Mend it.', 'It is b. Mend it.'),
      'Whichever branch holds. Either: Mend it. Or: It is b. Mend it.',
    );
  });

  test('is told for as many branches as anybody writes', () => {
    const several = (count: number) => Array.from({ length: count }, () => ({ message: 'It is so.' }));
    assert.equal(reported(...several(8)).length, 1);
    assert.equal(reported(...several(9)).length, 0);
  });
});
