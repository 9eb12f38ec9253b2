import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from '../../../src/analysis/languages.ts';
import { mainFilesAbove } from '../../../src/analysis/project/main-file.ts';
import { analyseFile } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import { nodeHost } from '../../../src/host/node.ts';
import { django } from '../../../src/languages/django/index.ts';
import type { Language } from '../../../src/languages/language.ts';
import { rules } from '../../../src/rules/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { memoryFiles } from '../../support/memory-files.ts';
import { usual } from './project.ts';

type Files = Readonly<Record<string, string>>;
const language = django as unknown as Language;

/** What is found from a file on, hints left out: `file:line rule`. */
async function findings(files: Files, file = '/s/settings/__init__.py') {
  const host = { ...nodeHost, files: memoryFiles(files) };
  const mainFiles = await mainFilesAbove(file, language, host.files);
  const options = { host, settings: defaultSettings, rules, now: new Date(0), mainFiles };
  const run = await analyseFile(file, files[file] ?? '', language, options);
  return run.findings.filter(({ severity }) => severity !== 'hint');
}

async function found(files: Files, file?: string): Promise<readonly string[]> {
  return (await findings(files, file)).map(({ location, rule }) => {
    const line = files[location.file]?.slice(0, location.range.start).split('\n').length;
    return `${location.file.slice('/s/settings/'.length)}:${line} ${rule}`;
  });
}

const include = 'from split_settings.tools import include, optional\n';
const https = 'SECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 63072000\n';
const secure = 'SESSION_COOKIE_SECURE = True\nCSRF_COOKIE_SECURE = True\n';

test('files that are put together are one configuration, whichever of them is looked at', async () => {
  const files = {
    '/s/settings/__init__.py': `${include}include('components/*.py')\nCSRF_COOKIE_SECURE = True\n`,
    '/s/settings/components/apps.py': usual,
    '/s/settings/components/security.py': `SESSION_COOKIE_SECURE = False\n${https}`,
  };
  for (const file of Object.keys(files))
    assert.deepEqual(await found(files, file), ['components/security.py:1 cookie-not-secure'], file);
});

test('a later file has the last word, in lists of files as well', async () => {
  for (const call of [
    "include('a.py', 'b.py')",
    "include('a.py')\ninclude(optional('b.py'), scope=globals())",
    "FILES = ['a.py'] + ['b.py']\ninclude(*FILES)",
    "include(*('a.py', optional('b.py')))",
  ]) {
    const files = {
      '/s/settings/__init__.py': `${include}${call}\n`,
      '/s/settings/a.py': `${usual}SESSION_COOKIE_SECURE = False\nCSRF_COOKIE_SECURE = False\n${https}`,
      '/s/settings/b.py': `MIDDLEWARE += ['x']\n${secure}`,
    };
    assert.deepEqual(await found(files), [], call);
    assert.deepEqual(await found({ ...files, '/s/settings/b.py': "CSRF_TRUSTED_ORIGINS = ['a.test']\n" }), [
      ...['a.py:7 cookie-not-secure', 'a.py:8 cookie-not-secure'],
      'b.py:1 origin-scheme-missing',
    ]);
  }
});

const byEnvironment: Files = {
  '/s/settings/__init__.py': `${include}import os\ninclude('components/base.py', f'environments/{os.environ["ENV"]}.py')\n`,
  '/s/settings/components/base.py': `${usual}CSRF_COOKIE_SECURE = True\n`,
  '/s/settings/environments/development.py': 'DEBUG = True\n',
  '/s/settings/environments/production.py': `DEBUG = False\n${https}`,
};

test('what the environment chooses is judged as those of production, where what is missing belongs', async () => {
  for (const call of [
    `f'environments/{ENV}.py'`,
    `'environments/%s.py' % ENV`,
    `'environments/{}.py'.format(ENV)`,
    `optional(f"environments/{ENV}.py")`,
  ]) {
    const files: Files = {
      ...byEnvironment,
      '/s/settings/__init__.py': `${include}ENV = os.environ['ENV']\ninclude('components/base.py', ${call})\n`,
    };
    for (const file of ['/s/settings/__init__.py', '/s/settings/environments/production.py']) {
      const all = await findings(files, file);
      assert.deepEqual(
        all.map(({ rule, location }) => [rule, location.file]),
        [['cookie-not-secure', '/s/settings/environments/production.py']],
        call,
      );
      const [edit] = all[0]?.fixes[0]?.edits ?? [];
      assert.equal(edit?.file, '/s/settings/environments/production.py');
      const text = applyEdits(files['/s/settings/environments/production.py'] ?? '', edit ? [edit] : []);
      assert.match(text, /SESSION_COOKIE_SECURE = True/);
      assert.deepEqual(await found({ ...files, '/s/settings/environments/production.py': text }, file), []);
    }
  }
});

test('files that are not here, or whose names cannot be told, may say anything', async () => {
  const off = `SESSION_COOKIE_SECURE = False\n${https}`;
  for (const call of [
    "include(optional('local.py'))",
    'include(PATH)',
    "include(*glob('*.py'))",
    "for name in ('x.py',):\n    include(name)",
    "include(optional('components/*.local.py'))",
  ]) {
    const files = { '/s/settings/__init__.py': `${include}${usual}${off}${call}\n` };
    assert.deepEqual(await found(files), [], call);
  }
});

test('one that only puts files together is recognised, and a file may not run itself', async () => {
  const file = '/s/settings/__init__.py';
  assert.equal(detectLanguage(file, `${include}include('components/*.py')\n`)?.id, 'django');
  await found({ [file]: `${include}include('*.py')\n`, '/s/settings/a.py': `${include}include('*.py')\n` });
});
