import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mainFilesAbove } from '../../../src/analysis/project/main-file.ts';
import { gatherFile } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import { analyseInputs } from '../../../src/cli/analyses.ts';
import { nodeHost } from '../../../src/host/node.ts';
import { django } from '../../../src/languages/django/index.ts';
import type { Language } from '../../../src/languages/language.ts';
import { rules } from '../../../src/rules/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const language = django as unknown as Language;
const files: Readonly<Record<string, string>> = {
  '/s/settings/__init__.py': 'if ON:\n    from .production import *\nelse:\n    from .development import *\n',
  '/s/settings/production.py': 'from .base import *\nDEBUG = False\n',
  '/s/settings/staging.py': 'from .base import *\nDEBUG = False\n',
  '/s/settings/development.py': 'from .base import *\nDEBUG = True\n',
  '/s/settings/base.py': 'INSTALLED_APPS = []\n',
  '/s/settings/alone.py': 'INSTALLED_APPS = []\n',
};

async function entryOf(file: string): Promise<string> {
  const host = { ...nodeHost, files: memoryFiles(files) };
  const mainFiles = await mainFilesAbove(file, language, host.files);
  const options = { host, settings: defaultSettings, rules: [], now: new Date(0), mainFiles };
  const { project } = await gatherFile(file, files[file] ?? '', language, options);
  return project.entry.slice('/s/settings/'.length);
}

test('a file is judged as the settings that take it over, production before others', async () => {
  assert.equal(await entryOf('/s/settings/base.py'), 'production.py');
  assert.equal(await entryOf('/s/settings/production.py'), 'production.py');
  assert.equal(await entryOf('/s/settings/development.py'), '__init__.py');
  assert.equal(await entryOf('/s/settings/alone.py'), 'alone.py');
});

test('what several sites take over from another folder is judged as theirs, where all are looked at', async () => {
  const apps =
    "DEBUG = False\nINSTALLED_APPS = ['django.contrib.sessions']\nMIDDLEWARE = ['django.contrib.sessions.middleware.SessionMiddleware']\nROOT_URLCONF = 'x'\nSESSION_COOKIE_SECURE = False\nSECURE_SSL_REDIRECT = True\n";
  const site = 'from common.settings import *\nSESSION_COOKIE_SECURE = True\n';
  const texts = { '/w/common/settings.py': apps, '/w/sites/a/settings.py': site, '/w/sites/b/settings.py': site };
  const told = async (files: Readonly<Record<string, string>>) => {
    const inputs = Object.entries(files).map(([file, text]) => ({ file, text, language }));
    const host = { ...nodeHost, files: memoryFiles(files) };
    const runs = await analyseInputs(inputs, { host, settings: defaultSettings, rules, now: new Date(0) });
    return runs.flatMap(({ findings }) =>
      findings.flatMap((each) => (each.rule === 'cookie-not-secure' ? [each] : [])),
    );
  };
  assert.deepEqual(await told(texts), []);
  assert.equal((await told({ '/w/common/settings.py': apps })).length, 1);
});
