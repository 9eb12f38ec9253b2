import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detectLanguage } from '../../../src/analysis/languages.ts';
import { django } from '../../../src/languages/django/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseFiles, found, projectOf, usual } from './project.ts';

const start = 'from configurations import Configuration, values\n\n';
const inClass = (text: string) => text.replace(/^(?=.)/gm, '    ');
const common = `${start}class Common(Configuration):\n${inClass(usual)}\n`;
const https = 'SECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 63072000\n';
const both = 'SESSION_COOKIE_SECURE = True\nCSRF_COOKIE_SECURE = True\n';
const withClass = (head: string, body: string) => `${common}class ${head}:\n${inClass(body)}`;

describe('settings in classes (django-configurations)', () => {
  const off = ['warning cookie-not-secure'];
  const cases: Readonly<Record<string, readonly [text: string, findings: readonly string[]]>> = {
    'what production has': [withClass('Production(Common)', `${https}${both}`), []],
    'what it lacks': [withClass('Production(Common)', `${https}CSRF_COOKIE_SECURE = True\n`), off],
    'what it takes over': [
      `${common}    SESSION_COOKIE_SECURE = False\n    CSRF_COOKIE_SECURE = True\n\nclass Staging(Common):\n${inClass(https)}\nclass Production(Staging):\n    pass\n`,
      off,
    ],
    'what the environment decides': [
      withClass(
        'Prod(Common)',
        `${https}SESSION_COOKIE_SECURE = values.BooleanValue(False)\nCSRF_COOKIE_SECURE = values.BooleanValue(True)\n`,
      ),
      [],
    ],
    'what a function of the class decides': [
      withClass(
        'Production(Common)',
        `${https}CSRF_COOKIE_SECURE = True\n@property\ndef SESSION_COOKIE_SECURE(self):\n    return True\n`,
      ),
      [],
    ],
    'what the class does to itself': [
      withClass(
        'Production(Common)',
        `${https}SESSION_COOKIE_SECURE = False\n@classmethod\ndef post_setup(cls):\n    cls.SESSION_COOKIE_SECURE = True\n`,
      ),
      [],
    ],
    'the first of two bases': [
      `${common}    SESSION_COOKIE_SECURE = False\n\nclass Secure:\n${inClass(both)}\nclass Production(Secure, Common):\n${inClass(https)}`,
      [],
    ],
    'a base that is not here': [
      `from elsewhere import Common\n${start}class Production(Common):\n${inClass(`${https}SESSION_COOKIE_SECURE = False\n`)}`,
      [],
    ],
    'a list of another class': [
      withClass(
        'Production(Common)',
        `${https}${both}INSTALLED_APPS = Common.INSTALLED_APPS + ['x']\nMIDDLEWARE = ['y'] + Common.MIDDLEWARE[1:]\n`,
      ),
      [],
    ],
    'a list of another class without one': [
      withClass('Production(Common)', `${https}${both}MIDDLEWARE = ['a']\nINSTALLED_APPS = Common.INSTALLED_APPS\n`),
      ['warning security-middleware-missing'],
    ],
    'those of developers': [withClass('Development(Common)', 'DEBUG = True\nSESSION_COOKIE_SECURE = False\n'), []],
    'several of which none is for everybody': [
      `${withClass('One(Common)', https)}\nclass Two(Common):\n    pass\n`,
      [],
    ],
    'a misspelt name in any of them': [
      withClass('Development(Common)', 'DEBUG = True\nSECURE_HSTS_SECOND = 60\n'),
      ['warning unknown-setting'],
    ],
  };
  for (const [what, [text, expected]] of Object.entries(cases))
    test(what, () => assert.deepEqual(found(text), expected, text));

  test('one class may stand in another file', () => {
    const production = `from .common import Common\n\nclass Production(Common):\n${inClass(https)}`;
    const files = { '/s/settings/production.py': production, '/s/settings/common.py': common };
    assert.deepEqual(found(files), off);
    assert.equal(detectLanguage('/s/settings/production.py', production)?.id, 'django');
    assert.deepEqual(
      django
        .includes(projectOf(files).files.get('/s/settings/production.py') as never, new Map(), '')
        .map((each) => each.pattern),
      ['/s/settings/common.py', '/s/settings/common/__init__.py'],
    );
  });

  test('what is missing is told at the class, and written into it', () => {
    const text = `${withClass('Production(Common)', https)}\n\nclass Development(Common):\n    DEBUG = True\n`;
    const { findings } = analyseFiles({ '/s/settings.py': text });
    const finding = findings.find(({ rule }) => rule === 'cookie-not-secure');
    assert.equal(text.slice(finding?.location.range.start, finding?.location.range.end), 'class Production(Common):');
    const fixed = applyEdits(text, finding?.fixes[0]?.edits ?? []);
    assert.match(
      fixed,
      / {4}SECURE_HSTS_SECONDS = 63072000\n {4}SESSION_COOKIE_SECURE = True\n {4}CSRF_COOKIE_SECURE = True\n\n\nclass Dev/,
    );
    assert.deepEqual(found(fixed), []);
  });

  test('classes of others are none', () => {
    const flask = 'from config import Config\n\nclass ProductionConfig(Config):\n    SESSION_COOKIE_SECURE = True\n';
    assert.notEqual(detectLanguage('/s/settings.py', flask)?.id, 'django');
  });
});
