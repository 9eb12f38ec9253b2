import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { django } from '../../../src/languages/django/index.ts';
import type { Application } from '../../../src/tls/model/application.ts';
import { projectOf, usual } from './project.ts';

function applicationOf(text: string | Readonly<Record<string, string>>): Application | undefined {
  const files = typeof text === 'string' ? { '/site/settings.py': usual + text } : text;
  return django.lower(projectOf(files)).applications?.[0];
}

/** What the session cookie's switch is known to be, in a word. */
function secure(text: string | Readonly<Record<string, string>>): string {
  const value = applicationOf(text)?.cookies.find(({ kind }) => kind === 'session')?.secure.value;
  if (value === undefined) return 'no cookie';
  if (value.kind === 'known') return String(value.value);
  return value.kind === 'one-of' ? value.values.join(' or ') : value.kind;
}

describe('a switch', () => {
  const cases: readonly (readonly [text: string, value: string])[] = [
    ['', 'false'],
    ['SESSION_COOKIE_SECURE = True', 'true'],
    ['SESSION_COOKIE_SECURE = False', 'false'],
    ['SESSION_COOKIE_SECURE: bool = True', 'true'],
    ['SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True', 'true'],
    ['SESSION_COOKIE_SECURE = not True', 'false'],
    ['ON = True\nSESSION_COOKIE_SECURE = ON', 'true'],
    ['DEBUG = False\nSESSION_COOKIE_SECURE = not DEBUG', 'true'],
    // Python's order of words, which the grammar does not have.
    ['SESSION_COOKIE_SECURE = not False and False', 'false'],
    ['SESSION_COOKIE_SECURE = not True or True', 'true'],
    ['SESSION_COOKIE_SECURE = not not True and not False', 'true'],
    ['SESSION_COOKIE_SECURE = True and not False or False', 'true'],
    ['SESSION_COOKIE_SECURE = True or not True and False', 'true'],
    ['SESSION_COOKIE_SECURE = not (False and False)', 'true'],
    ['SESSION_COOKIE_SECURE = (True # so\n  and not # far\n  False)', 'true'],
    ["SESSION_COOKIE_SECURE = not DEBUG and os.environ.get('X') or True", 'true'],
    ['SESSION_COOKIE_SECURE = not 1 == 2 and False', 'false'],
    ['DEBUG = False\nif not DEBUG and False:\n    SESSION_COOKIE_SECURE = True', 'false'],
    ['SESSION_COOKIE_SECURE = 3 > 2 > 1', 'unknown'],
    ['SESSION_COOKIE_SECURE = (3 > 2) > 0', 'true'],
    [`SESSION_COOKIE_SECURE = ${'True and '.repeat(150)}True`, 'unknown'],
    ['SESSION_COOKIE_SECURE = not', 'unknown'],
    ['SESSION_COOKIE_SECURE = True and', 'unknown'],
    ["import os\nSESSION_COOKIE_SECURE = os.getenv('SECURE_COOKIES') == 'yes'", 'unknown'],
    ["SESSION_COOKIE_SECURE = os.environ['X'] == 'yes'", 'unknown'],
    ["SESSION_COOKIE_SECURE = env.bool('X', default=False)", 'unknown'],
    ["SESSION_COOKIE_SECURE = config('X', default=False, cast=bool)", 'unknown'],
    ['SESSION_COOKIE_SECURE = False if PRODUCTION else True', 'false or true'],
    ['if not DEBUG:\n    SESSION_COOKIE_SECURE = True', 'true or false'],
    [
      "DEBUG = env('DEBUG')\nif not DEBUG:\n    SESSION_COOKIE_SECURE = True\nelse:\n    SESSION_COOKIE_SECURE = True",
      'true',
    ],
    ['DEBUG = False\nif not DEBUG:\n    SESSION_COOKIE_SECURE = True', 'true'],
    ['DEBUG = False\nif DEBUG:\n    SESSION_COOKIE_SECURE = True', 'false'],
    ['SESSION_COOKIE_SECURE = True\nfrom .local import *', 'unknown'],
    ['from .local import *\nSESSION_COOKIE_SECURE = True', 'true'],
    ['SESSION_COOKIE_SECURE = False\ntry:\n    from .local import *\nexcept ImportError:\n    pass', 'unknown'],
    ["globals()['SESSION_COOKIE_SECURE'] = True", 'unknown'],
    ['import dynaconf\nsettings = dynaconf.DjangoDynaconf(__name__)', 'unknown'],
    ['_ = load(globals())', 'unknown'],
    ['if load(1, globals()):\n    pass', 'unknown'],
    ['this = sys.modules[__name__]\nthis.SESSION_COOKIE_SECURE = True', 'unknown'],
    ['[setattr(module, *each) for each in values.items()]', 'unknown'],
    ['logger = logging.getLogger(__name__)', 'false'],
    ["A = '{B}'.format(**globals())\nif 'C' in globals():\n    pass", 'false'],
    ["for name in ('SESSION_COOKIE_SECURE',):\n    globals()[name] = True", 'unknown'],
    ["def apply(name):\n    globals()[name] = True\napply('SESSION_COOKIE_SECURE')", 'unknown'],
    ['def apply():\n    global SESSION_COOKIE_SECURE\n    SESSION_COOKIE_SECURE = True\napply()', 'unknown'],
    ['def apply():\n    SESSION_COOKIE_SECURE = True\n    return SESSION_COOKIE_SECURE', 'false'],
    ['(A, SESSION_COOKIE_SECURE), B = (1, True), 2', 'unknown'],
    ['(A, [SESSION_COOKIE_SECURE]), B = (1, [True]), 2', 'unknown'],
    ['import django_heroku\ndjango_heroku.settings(locals())', 'unknown'],
    ["exec(open('more.py').read())", 'unknown'],
    ["if (SESSION_COOKIE_SECURE := os.environ.get('X') == 'yes'):\n    pass", 'unknown'],
    ['for name in NAMES:\n    SESSION_COOKIE_SECURE = True', 'unknown'],
    ['class Production(Configuration):\n    SESSION_COOKIE_SECURE = True', 'unknown'],
    ['def f():\n    SESSION_COOKIE_SECURE = True', 'false'],
    ['SESSION_COOKIE_SECURE = True\ndel SESSION_COOKIE_SECURE', 'unknown'],
    ['SESSION_COOKIE_SECURE = (', 'unknown'],
    ["LIST = []\nMIDDLEWARE = LIST\nLIST.append('x')", 'no cookie'],
    ["LIST = []\nMIDDLEWARE = LIST if ON else MIDDLEWARE\nLIST.append('x')", 'false'],
    ["LIST = []\nif ON:\n    MIDDLEWARE = LIST\nLIST += ['x']", 'false'],
    ['SESSION_COOKIE_SECURE, OTHER = True, False', 'unknown'],
  ];
  for (const [text, value] of cases)
    test(`${JSON.stringify(text)} is ${value}`, () => assert.equal(secure(text), value));
});

describe('what other files say', () => {
  const base = `${usual}SESSION_COOKIE_SECURE = False\n`;

  test('is taken over, and set anew', () => {
    const main = 'from .base import *\nSESSION_COOKIE_SECURE = True\n';
    assert.equal(secure({ '/site/settings/production.py': main, '/site/settings/base.py': base }), 'true');
    assert.equal(
      secure({ '/site/settings/production.py': 'from .base import *\n', '/site/settings/base.py': base }),
      'false',
    );
  });

  test('is found by the whole name of its module, and in a package', () => {
    const main = 'from site.settings.base import *\n';
    assert.equal(secure({ '/work/site/settings/production.py': main, '/work/site/settings/base.py': base }), 'false');
    assert.equal(secure({ '/site/prod.py': 'from .settings import *', '/site/settings/__init__.py': base }), 'false');
  });

  test('may be a single name', () => {
    const main = `from .flags import SECURE\n${usual}SESSION_COOKIE_SECURE = SECURE\n`;
    assert.equal(secure({ '/site/settings.py': main, '/site/flags.py': 'SECURE = True\n' }), 'true');
  });

  test('may be each other', () => {
    const files = {
      '/site/production.py': `from .a import *\n${usual}`,
      '/site/a.py': 'from .b import *',
      '/site/b.py': 'from .a import *',
    };
    assert.equal(secure(files), 'false');
  });
});

describe('numbers and lists', () => {
  const age = (text: string) => applicationOf(text)?.hsts?.maxAge.value;

  test('are worked out', () => {
    assert.deepEqual(age('SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365'), { kind: 'known', value: 31_536_000 });
    assert.deepEqual(age('SECURE_HSTS_SECONDS = 31_536_000'), { kind: 'known', value: 31_536_000 });
    assert.equal(age("SECURE_HSTS_SECONDS = int(os.environ.get('HSTS', 0))")?.kind, 'unknown');
  });

  test('are sent as Python writes them', () => {
    const cases: Readonly<Record<string, string | undefined>> = {
      'timedelta(days=365).total_seconds()': '31536000.0',
      'timedelta(days=365)': '365 days, 0:00:00',
      'timedelta(days=1)': '1 day, 0:00:00',
      'timedelta(hours=1)': undefined,
      'timedelta(days=365).seconds': undefined,
    };
    for (const [value, sent] of Object.entries(cases)) {
      const [each] = applicationOf(`SECURE_HSTS_SECONDS = ${value}`)?.hsts?.sent ?? [];
      assert.equal(each?.value.kind === 'known' ? each.value.value : undefined, sent, value);
    }
  });

  test('are followed through what changes them', () => {
    const session = "'django.contrib.sessions.middleware.SessionMiddleware'";
    const cases: Readonly<Record<string, string>> = {
      [`MIDDLEWARE.remove(${session})`]: 'no cookie',
      [`MIDDLEWARE = ['a']\nMIDDLEWARE += [${session}]`]: 'false',
      [`MIDDLEWARE = ['a']\nMIDDLEWARE.insert(0, ${session})`]: 'false',
      [`MIDDLEWARE = ['a']\nMIDDLEWARE.extend([${session}])`]: 'false',
      [`MIDDLEWARE = ['a', *OTHERS]\nINSTALLED_APPS = []`]: 'unknown',
      [`MIDDLEWARE = ['site.middleware.SessionMiddleware']\nINSTALLED_APPS = []`]: 'unknown',
      [`MIDDLEWARE = ['a']\nadd_to(MIDDLEWARE)\nINSTALLED_APPS = []`]: 'unknown',
      [`MIDDLEWARE = ['a']\nOURS = MIDDLEWARE\nOURS.append(${session})`]: 'false',
      [`MIDDLEWARE = ['a']\nOURS = MIDDLEWARE\nif ON:\n    OURS += [${session}]\nINSTALLED_APPS = []`]: 'unknown',
      [`MIDDLEWARE = ['a']\n[MIDDLEWARE.append(each) for each in OTHERS]\nINSTALLED_APPS = []`]: 'unknown',
      [`MIDDLEWARE = ['a']\nnothing = MIDDLEWARE.append(${session})\nINSTALLED_APPS = []`]: 'unknown',
      [`MIDDLEWARE = ['a']\ndef add(each):\n    MIDDLEWARE.append(each)\nadd(${session})\nINSTALLED_APPS = []`]:
        'unknown',
      [`MIDDLEWARE = ['a']\ndef has(each):\n    return each in MIDDLEWARE\nINSTALLED_APPS = []`]: 'no cookie',
    };
    for (const [text, value] of Object.entries(cases)) assert.equal(secure(text), value, text);
  });
});

test('settings of developers set up no application', () => {
  assert.equal(applicationOf('DEBUG = True\nSESSION_COOKIE_SECURE = False'), undefined);
  assert.equal(applicationOf({ '/site/settings/dev.py': usual }), undefined);
  assert.equal(applicationOf({ '/site/tests/settings.py': usual }), undefined);
});

describe('a list that files take over from each other', () => {
  const security = 'django.middleware.security.SecurityMiddleware';
  const base = `${usual}`.replace(new RegExp(`\\s*'${security}',?`), '');
  const hstsOf = (production: string, more: Readonly<Record<string, string>> = {}) =>
    applicationOf({ '/s/settings/production.py': production, '/s/settings/base.py': base, ...more })?.hsts;

  test('is one for all of them, and changed for whoever takes it over again', () => {
    assert.equal(hstsOf('from .base import *\nfrom .base import *\n'), undefined);
    for (const change of [`MIDDLEWARE += ['${security}']`, `MIDDLEWARE.insert(0, '${security}')`]) {
      assert.ok(hstsOf(`from .base import *\n${change}\nfrom .base import *\n`), change);
      const site = { '/s/settings/site.py': 'from .base import *\nALLOWED_HOSTS = []\n' };
      assert.ok(hstsOf(`from .base import *\n${change}\nfrom .site import *\n`, site), change);
      assert.ok(hstsOf(`from .base import *\nif env('X'):\n    ${change}\nfrom .base import *\n`), change);
    }
  });

  test('is another where it is made anew', () => {
    const change = `MIDDLEWARE = MIDDLEWARE + ['${security}']`;
    assert.equal(hstsOf(`from .base import *\n${change}\nfrom .base import *\n`), undefined);
  });
});
