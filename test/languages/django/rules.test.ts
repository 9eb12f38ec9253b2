import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseText } from '../../support/analyse.ts';
import { analyseFiles, found, usual } from './project.ts';

const both = 'SESSION_COOKIE_SECURE = True\nCSRF_COOKIE_SECURE = True\n';

describe('what is found', () => {
  const cases: Readonly<Record<string, readonly [text: string, findings: readonly string[]]>> = {
    'nothing where all is set': [usual + both, []],
    'two missing switches as one cause': [`${usual}SECURE_SSL_REDIRECT = True\n`, ['warning cookie-not-secure']],
    'no certainty without a sign of HTTPS': [usual, ['information cookie-not-secure']],
    'nothing of the talk': ["import os\n\nCSRF_COOKIE_SECURE = os.getenv('SECURE_COOKIES') == 'yes'\n", []],
    'each branch that is wrong': [
      `${usual}${both}if ON:\n    CSRF_TRUSTED_ORIGINS = ['a.example']\nelse:\n    CSRF_TRUSTED_ORIGINS = ['https://a.example']\n`,
      ['warning origin-scheme-missing'],
    ],
    'a text in the place of a list': [
      `${usual}${both}CSRF_TRUSTED_ORIGINS = ('https://a.example')\n`,
      ['error origin-scheme-missing'],
    ],
    'a star that is no origin': [`${usual}${both}CSRF_TRUSTED_ORIGINS = ['*']\n`, ['error origin-scheme-missing']],
    'origins that no browser sends, each': [
      `${usual}${both}CSRF_TRUSTED_ORIGINS = ['https://a.example/', 'https://A.example', 'https://a.example:443', 'https://*', 'https://*.a.example', 'https://a.example:8443', 'capacitor://localhost', 'https://[::1]:8000']\n`,
      Array.from({ length: 4 }, () => 'warning origin-unmatched'),
    ],
    'nothing of a variable of a server': [`${usual}${both}SECURE_PROXY_SSL_HEADER = ('HTTPS', 'on')\n`, []],
    'a name in another order': [`${usual}${both}SECURE_REDIRECT_SSL = True\n`, ['warning unknown-setting']],
    'no name that is used': [
      `${usual}${both}SECURE_HSTS_SECOND = 60\nSECURE_HSTS_SECONDS = SECURE_HSTS_SECOND * 1051200\n`,
      [],
    ],
    'no name of another kind': [
      `${usual}${both}OUR_SESSION_COOKIE_SECURE = 1\nSECURE_AUTH_SALT = 'x'\nCSRF_FAILURE_VIEW = 'x.y'\n`,
      [],
    ],
    'no setting without its middleware where that may be another': [
      "MIDDLEWARE = ['site.SecurityMiddleware']\nSECURE_SSL_REDIRECT = True\n",
      [],
    ],
    'words that Django or browsers do not take': [
      `${usual}${both}SESSION_COOKIE_SAMESITE = 'Laxx'\nCSRF_COOKIE_SAMESITE = True\nSECURE_REFERRER_POLICY = 'same-orgin'\nSECURE_CROSS_ORIGIN_OPENER_POLICY = 'Same-Origin'\n`,
      ['error invalid-value', 'error invalid-value', 'warning invalid-value', 'warning invalid-value'],
    ],
    'one word of several': [
      `${usual}${both}SECURE_REFERRER_POLICY = ['no-referrer', 'stric-origin']\n`,
      ['warning invalid-value'],
    ],
    'nothing of words that they take': [
      `${usual}${both}SESSION_COOKIE_SAMESITE = 'lax'\nCSRF_COOKIE_SAMESITE = False\nLANGUAGE_COOKIE_SAMESITE = None\nSECURE_REFERRER_POLICY = 'No-Referrer, strict-origin'\nSECURE_CROSS_ORIGIN_OPENER_POLICY = None\n`,
      [],
    ],
    'nothing of words that a template puts there': [
      `${usual}${both}SESSION_COOKIE_SAMESITE = '{{ samesite }}'\nSECURE_REFERRER_POLICY = '$POLICY'\nSECURE_CROSS_ORIGIN_OPENER_POLICY = '__POLICY__'\n`,
      [],
    ],
    'a comma behind False': [`${usual}${both}USE_X_FORWARDED_HOST = False,\n`, ['warning switch-as-text']],
    'the environment as a switch': [
      `${usual}${both}SECURE_SSL_REDIRECT = bool(os.environ.get('A', 'False'))\nfrom os import environ, getenv\nUSE_X_FORWARDED_HOST = getenv(\n    "B",\n    "0",\n)\n`,
      ['warning switch-as-text', 'warning switch-as-text'],
    ],
    'the environment as a switch that does no harm on': [
      `${usual}SESSION_COOKIE_SECURE = os.getenv('A', 'no')\nCSRF_COOKIE_SECURE = True\n`,
      ['information switch-as-text'],
    ],
    "nothing of functions of one's own": [
      `${usual}${both}from tools import getenv\nSECURE_SSL_REDIRECT = getenv('A', 'False')\nUSE_X_FORWARDED_HOST = environ.get('B', 'False')\n`,
      [],
    ],
    'nothing of an environment that may say anything': [
      `${usual}${both}SECURE_SSL_REDIRECT = os.environ.get('A', 'False') == 'True'\nUSE_X_FORWARDED_HOST = os.getenv('B', '')\nCSRF_USE_SESSIONS = os.environ.get('C', 'True')\nEMAIL_USE_TLS = os.environ.get('D', False)\n`,
      [],
    ],
    'a silenced line': [
      `${usual}CSRF_COOKIE_SECURE = True\n# tls-workbench-disable-next-line cookie-not-secure -- no HTTPS here\nSESSION_COOKIE_SECURE = False\n`,
      [],
    ],
  };
  for (const [name, [text, findings]] of Object.entries(cases))
    test(name, () => assert.deepEqual(found(text), findings));
});

test('what the environment says is compared with the word for "on" that fits', () => {
  for (const [off, on] of [
    ['False', 'True'],
    ['0', '1'],
    ['no', 'yes'],
    ['None', 'True'],
  ]) {
    const text = `${usual}${both}SECURE_SSL_REDIRECT = os.environ.get(\n    'A', '${off}')\n`;
    const { findings } = analyseText(text, { language: 'django', file: '/s/settings.py' });
    const found = findings.find(({ rule }) => rule === 'switch-as-text');
    assert.equal(found?.fixes[0]?.edits[0]?.newText, `os.environ.get(\n    'A', '${off}') == '${on}'`);
    assert.doesNotMatch(found?.message, /\n/);
  }
});

test('a name that is near one of Django and means something else is no mistake', () => {
  const others = [
    'SECURE_SSL_PORT',
    'SECURE_SSL',
    'SECURE_HSTS',
    'SECURE_FRAME_DENY',
    'EMAIL_USE_SES',
    'EMAIL_USE_SMTP',
    'CSRF_EXEMPT',
  ];
  for (const name of others) assert.deepEqual(found(`${usual}${both}${name} = True\n`), [], name);
  const slips = [
    'SECURE_HSTS_INCLUDE_SUBDOMAIN',
    'CSRF_COOKIE_SECRUE',
    'SECURE_REFERER_POLICY',
    'SESSION_COOKIE_HTTP_ONLY',
    'EMAIL_USE_TSL',
    'SESION_COOKIE_SECURE',
    'SECUREHSTS_INCLUDE_SUBDOMAINS',
  ];
  for (const name of slips)
    assert.deepEqual(found(`${usual}${both}${name} = True\n`), ['warning unknown-setting'], name);
});

test('a name that another file makes a setting of is none that is misspelt', () => {
  const base = `${usual}${both}SECURE_HSTS_SECOND = 63072000\n`;
  const production = 'from .base import *\n';
  const files = (more: string) => ({ '/s/settings/production.py': production + more, '/s/settings/base.py': base });
  assert.deepEqual(found(files('SECURE_HSTS_SECONDS = SECURE_HSTS_SECOND\n')), []);
  assert.deepEqual(found(files('SECURE_HSTS_SECOND = 63072000\n')), [
    'warning unknown-setting',
    'warning unknown-setting',
  ]);
});

describe('whose settings they are', () => {
  const base = `${usual}SESSION_COOKIE_SECURE = False\nCSRF_COOKIE_SECURE = True\n`;

  test('production takes a switch over, and its line is told', () => {
    const { findings } = analyseFiles({
      '/s/settings/production.py': 'from .base import *\n',
      '/s/settings/base.py': base,
    });
    assert.equal(findings.find(({ rule }) => rule === 'cookie-not-secure')?.location.file, '/s/settings/base.py');
  });

  test('a part says no more than that', () => {
    assert.deepEqual(found({ '/s/settings/base.py': base }), ['information cookie-not-secure']);
    assert.deepEqual(found({ '/s/settings/base.py': usual }), []);
    assert.deepEqual(found({ '/s/settings/components/django.py': usual }), []);
  });

  test('developers are left alone', () => {
    for (const path of ['/s/settings/dev.py', '/s/settings/local.py', '/s/tests/settings.py', '/s/settings_test.py'])
      assert.deepEqual(found(base, path), [], path);
    assert.deepEqual(found(`DEBUG = True\n${base}`), []);
  });

  test('what is wrong for everybody is told to developers too', () => {
    assert.deepEqual(found("CSRF_TRUSTED_ORIGINS = ['a.example']\n", '/s/settings/dev.py'), [
      'error origin-scheme-missing',
    ]);
  });
});

test('what Django itself shall not complain of is meant so', () => {
  const text = (...checks: readonly string[]) =>
    `${usual}SECURE_HSTS_SECONDS = 63072000\nSILENCED_SYSTEM_CHECKS = [${checks.map((id) => `'security.${id}'`).join(', ')}]\n`;
  assert.deepEqual(found(text('W012', 'W016')), []);
  assert.deepEqual(found(text('W016')), ['warning cookie-not-secure']);
  assert.deepEqual(found(`${text('W012', 'W016')}if ON:\n    SILENCED_SYSTEM_CHECKS = []\n`), [
    'warning cookie-not-secure',
  ]);
  const rulesOf = (more: string) =>
    analyseFiles({ '/s/settings.py': `${usual}${both}${more}` }).findings.map(({ rule }) => rule);
  assert.deepEqual(rulesOf(''), ['hsts-missing', 'redirect-missing']);
  assert.deepEqual(rulesOf("SILENCED_SYSTEM_CHECKS = ['security.W004', 'security.W008']\n"), []);
});

test('what stands in a block of `with` is given to the setting there', () => {
  const hosts = ['a.example', 'b.example', 'c.example', 'd.example'];
  const lines = hosts.map((host) => `    CSRF_TRUSTED_ORIGINS += ['${host}']\n`).join('');
  const text = `${usual}${both}CSRF_TRUSTED_ORIGINS = []\nwith open('/etc/hosts') as file:\n${lines}`;
  const told = analyseText(text, { language: 'django' }).findings.filter(
    ({ rule }) => rule === 'origin-scheme-missing',
  );
  assert.deepEqual(
    told.map(({ fixes }) => fixes[0]?.edits[0]?.newText),
    hosts.map((host) => `'https://${host}'`),
  );
});

test('hosts of another setting are left as that needs them', () => {
  const text = `${usual}${both}ALLOWED_HOSTS = ['a.example', '.b.example']\nCSRF_TRUSTED_ORIGINS = ALLOWED_HOSTS\n`;
  const { findings } = analyseFiles({ '/s/settings.py': text });
  const [finding] = findings.filter(({ rule }) => rule === 'origin-scheme-missing');
  assert.equal(text.slice(finding?.location.range.start, finding?.location.range.end), 'ALLOWED_HOSTS');
  assert.deepEqual(
    finding?.fixes.map(({ title }) => title),
    ["Change to ['https://a.example', 'https://*.b.example']"],
  );
});

test('what something else puts a name in the place of is no host', () => {
  for (const entry of [
    '__ORIGIN__',
    '%(origin)s',
    '<origin>',
    '{{ domain }}',
    '$DOMAIN',
    '@@HOST@@',
    'YOUR_DOMAIN',
    '',
  ])
    for (const scheme of ['', 'https://'])
      assert.deepEqual(found(`${usual}${both}CSRF_TRUSTED_ORIGINS = ['${scheme}${entry}']\n`), [], entry);
});

describe('allowed hosts', () => {
  const told = (hosts: string) =>
    analyseFiles({ '/s/settings.py': `${usual}${both}ALLOWED_HOSTS = ${hosts}\n` }).findings.flatMap(
      ({ rule, fixes }) => (/^(?:host-unmatched|invalid-value)$/.test(rule) ? [`${rule} ${fixes[0]?.title}`] : []),
    );

  test('that no request has are told with what is meant', () => {
    for (const [entry, meant] of [
      ['https://www.a.example', 'www.a.example'],
      ['http://a.example:8080/path/', 'a.example'],
      ['*.a.example', '.a.example'],
      ['localhost:8000', 'localhost'],
      ['A.example.', 'a.example'],
      [' a.example', 'a.example'],
      ['::1', '[::1]'],
      ['[::1]:8000', '[::1]'],
    ] as const)
      assert.deepEqual(told(`['${entry}']`), [`host-unmatched Change to '${meant}'`], entry);
    assert.deepEqual(told("['a.example, https://b.example']"), ["host-unmatched Change to 'a.example', 'b.example'"]);
    assert.deepEqual(told("['10.0.0.0/8']"), ['host-unmatched undefined']);
  });

  test('that are right, or stand for others, or harm nobody are left alone', () => {
    for (const hosts of [
      "['A.example', '.b.example', '127.0.0.1', '[::1]', '*']",
      "['https://a.example', '*']",
      "['https://www.a.example', '.a.example']",
      "['*.a.example', '.A.example']",
      "['https://a.example', *os.environ['HOSTS'].split(',')]",
      "['$HOST', '{{ host }}', '%(host)s', 'YOUR_DOMAIN:80', 'https://__HOST__', '<host>/', '']",
      "os.environ['HOSTS'].split(',')",
      '{{ hosts }}',
      '{{ hosts | to_json }}',
    ])
      assert.deepEqual(told(hosts), [], hosts);
  });

  test('are a list or a tuple', () => {
    assert.deepEqual(told("('a.example')"), ["invalid-value Change to ['a.example']"]);
    assert.deepEqual(told("'a.example, b.example'"), ["invalid-value Change to ['a.example', 'b.example']"]);
    assert.deepEqual(told("{'a.example'}"), ['invalid-value undefined']);
    assert.deepEqual(told("'{{ hosts }}'"), ['invalid-value undefined']);
  });
});

describe('exemptions from the redirect', () => {
  const told = (value: string, redirect = 'True') =>
    analyseFiles({
      '/s/settings.py': `${usual}${both}SECURE_SSL_REDIRECT = ${redirect}\nSECURE_REDIRECT_EXEMPT = ${value}\n`,
    }).findings.flatMap(({ rule, effect, fixes }) =>
      rule === 'redirect-exempt-mismatch' ? [`${effect} ${fixes[0]?.title}`] : [],
    );

  test('begin without a slash', () => {
    assert.deepEqual(told("[r'^/a\\.b$', '^//+b', 'c']"), ["connect Change to r'^a\\.b$'", "connect Change to r'^b'"]);
    for (const entry of ['^/?a', '^/*a', '/a', '^a/', '^/a|^b', '.*'])
      assert.deepEqual(told(`[r'${entry}']`), [], entry);
    assert.deepEqual(told("['^/a']", 'False'), []);
    assert.deepEqual(told("['^/a']", "os.environ['REDIRECT'] == 'on'"), ["connect Change to r'^a'"]);
    assert.deepEqual(told("['^/$']"), ["connect Change to r'^$'"]);
  });

  test('are not mended into one of every path, nor into what Python cannot read', () => {
    for (const entry of ["'^/'", "'^/.*'", "r'^/.+$'", "'^/a\\\\'", '"^/a\'b"'])
      assert.deepEqual(told(`[${entry}]`), ['connect undefined'], entry);
    assert.deepEqual(told("'^a\\\\'"), ['start undefined']);
  });

  test('are a list', () => {
    assert.deepEqual(told("(r'^health$')"), ["security Change to [r'^health$']"]);
    assert.deepEqual(told("'health'"), ["security Change to [r'health']"]);
    assert.deepEqual(told("'^/health'"), ["security Change to [r'^health']"]);
    assert.deepEqual(told("'^health.*'"), ["start Change to [r'^health.*']"]);
    assert.deepEqual(told("''"), []);
  });
});

test('a redirect to what is no host leads to the one that is meant, or to the one that was asked for', () => {
  const told = (host: string, redirect = 'True') => {
    const text = `${usual}${both}SECURE_SSL_REDIRECT = ${redirect}\nSECURE_SSL_HOST = ${host}\n`;
    return analyseFiles({ '/s/settings.py': text }).findings.flatMap(({ rule, fixes }) =>
      rule === 'redirect-wrong-host' ? [fixes[0]?.edits[0]?.newText] : [],
    );
  };
  for (const [written, meant] of [
    ["'https://a.example:8443/'", "'a.example:8443'"],
    ["'a.example:80'", "'a.example'"],
    ["'a.example/'", "'a.example'"],
    ["' a.example'", "'a.example'"],
    ["'.a.example'", 'None'],
    ["'*'", 'None'],
    ['True', 'None'],
    ["' '", 'None'],
  ] as const)
    assert.deepEqual(told(written), [meant], written);
  for (const host of [
    "'a.example'",
    "'a.example:8443'",
    "'intranet'",
    "''",
    "'a.example/b'",
    "'{{ host }}'",
    "' [::1]'",
    'HOST',
  ])
    assert.deepEqual(told(host), [], host);
  assert.deepEqual(told('True', 'False'), []);
});

test('a header of the proxy that is a switch is an error of each request', () => {
  const text = `${usual}${both}SECURE_PROXY_SSL_HEADER = True\n`;
  const [finding] = analyseFiles({ '/s/settings.py': text }).findings.filter(({ severity }) => severity === 'error');
  assert.match(finding?.message ?? '', /an error \(TypeError\)/);
  assert.equal(finding?.fixes[0]?.edits[0]?.newText, "('HTTP_X_FORWARDED_PROTO', 'https')");
  assert.deepEqual(found(text.replace('HEADER = True', 'HEADER = False')), []);
});

test('an earlier Django has hosts for origins', () => {
  const text = "CSRF_TRUSTED_ORIGINS = ['a.example']\n";
  assert.match(
    analyseFiles({ '/s/settings.py': text }).findings[0]?.message ?? '',
    /Django 4\.2 \(assumed: Debian 13\)/,
  );
});

test('of a cookie whose name is a promise, what a part of settings leaves out may stand in another', () => {
  const name = `${usual}SESSION_COOKIE_NAME = '__Host-sessionid'\n`;
  const refusals = (text: string) =>
    found(text, '/site/base.py').filter((each) => each.includes('cookie-prefix-refused'));
  assert.deepEqual(refusals(name), []);
  assert.deepEqual(refusals(`${name}SESSION_COOKIE_SECURE = False\n`), ['warning cookie-prefix-refused']);
  assert.deepEqual(refusals(`${name}SESSION_COOKIE_SECURE = True\nSESSION_COOKIE_DOMAIN = 'a.example'\n`), [
    'warning cookie-prefix-refused',
  ]);
});

test('of thousands of lines that add to a setting each is told of', () => {
  const lines = Array.from({ length: 1250 }, (_, index) => `CSRF_TRUSTED_ORIGINS += ["a${index}"]\n`).join('');
  const text = `CSRF_TRUSTED_ORIGINS = []\n${lines}`;
  const { findings } = analyseText(text, { language: 'django' });
  const told = findings.filter(({ rule }) => rule === 'origin-scheme-missing');
  assert.deepEqual(
    told.map(({ location: { range } }) => text.slice(range.start, range.end)),
    Array.from({ length: 1250 }, (_, index) => `"a${index}"`),
  );
});

test('of thousands of hosts that no request has each is told of', () => {
  const list = Array.from({ length: 1250 }, (_, index) => `'https://a${index}.example'`).join(', ');
  const { findings } = analyseText(`ALLOWED_HOSTS = [${list}]\n`, { language: 'django' });
  assert.equal(findings.filter(({ rule }) => rule === 'host-unmatched').length, 1250);
});

test('a list that is added to itself again and again is longer than anything is said of', () => {
  const text = `HOSTS = ['a.example/']\n${'HOSTS += HOSTS\n'.repeat(40)}ALLOWED_HOSTS = HOSTS\n`;
  assert.deepEqual(
    analyseText(text, { language: 'django' }).findings.filter(({ rule }) => rule === 'host-unmatched'),
    [],
  );
});
