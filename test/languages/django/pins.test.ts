import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankOfPin, readPin } from '../../../src/languages/django/pins/files.ts';

/** `4.2` for one series, `4.0-4.2`, `5.0-` for what is open; `nothing` where the file says nothing. */
function said(file: string, text: string): string {
  const range = readPin(file, text);
  if (range === undefined) return 'nothing';
  const { lowest, highest = '' } = range;
  return lowest === highest ? lowest : `${lowest}-${highest}`;
}

test('requirements name a series where nothing else fits', () => {
  const cases: Readonly<Record<string, string>> = {
    'Django==4.2.11': '4.2',
    'django == 4.2.*': '4.2',
    'django>=4.2,<5.0  # LTS': '4.2',
    'Django >= 5.1, < 5.2': '5.1',
    'Django~=4.2.3': '4.2',
    'Django~=4.0': '4.0-4.2',
    'django>=4.2.1,<4.2.8': '4.2',
    'django>=4.0,!=4.1.*,!=4.0.*,<5': '4.2',
    'django>=5': '5.0-',
    'django<4': '1.4-3.2',
    'django<=4.2.7,>=4.2': '4.2',
    'django==5.2rc1': '5.2',
    'django===3.2.25': '3.2',
    'django[argon2]==5.0.6 ; python_version >= "3.10" \\\n    --hash=sha256:00 \\\n    --hash=sha256:11': '5.0',
    'Django==3.2; python_version < "3.8"\r\nDjango==4.2; python_version >= "3.8"\r\n': '3.2-4.2',
    'django-filter==24.1\ndjangorestframework==3.15.1': 'nothing',
    'Django @ https://example.com/Django-4.2.tar.gz': 'nothing',
    '# Django==2.2\nDjango': 'nothing',
    'django==nonsense': 'nothing',
  };
  for (const [text, expected] of Object.entries(cases)) assert.equal(said('requirements.txt', text), expected, text);
});

test('other files of projects in Python, and what their managers wrote down', () => {
  const pyproject = (text: string) => said('pyproject.toml', text);
  const classifiers = 'classifiers = ["Framework :: Django :: 3.2"]\n';
  assert.equal(pyproject(`[project]\n${classifiers}dependencies = [\n  "Django>=5.0,<5.1",\n]\n`), '5.0');
  assert.equal(pyproject('[project]\ndependencies = ["django (>=5.2,<5.3)"]\n'), '5.2');
  assert.equal(pyproject('[project]\ndependencies = [\n# "django==1.11",\n"django"]\n'), 'nothing');
  assert.equal(pyproject('[tool.poetry.dependencies]\nDjango = "^4.2"\n'), '4.2');
  assert.equal(pyproject('[tool.poetry.dependencies]\ndjango = {extras = ["argon2"], version = "~5.1"}\n'), '5.1');
  assert.equal(pyproject('[tool.poetry.dependencies]\ndjango = "~4"\n'), '4.0-4.2');
  assert.equal(pyproject('[tool.poetry.dependencies]\ndjango = "5.2.1"\n'), '5.2');
  assert.equal(pyproject('[tool.poetry.dependencies]\ndjango = "*"\n'), 'nothing');
  assert.equal(said('Pipfile', '[packages]\ndjango-environ = "==0.11"\ndjango = "==4.2.*"\n'), '4.2');
  assert.equal(
    said('Pipfile.lock', '{"default": {"django": {"hashes": ["sha256:0"], "version": "==4.2.16"}}, "develop": {}}'),
    '4.2',
  );
  assert.equal(said('poetry.lock', '[[package]]\nname = "django"\nversion = "5.1.4"\n'), '5.1');
  assert.equal(said('uv.lock', '[[package]]\r\nname = "django"\r\nversion = "5.2.1"\r\n'), '5.2');
  assert.equal(said('pylock.toml', '[[packages]]\nname = "django"\nversion = "6.0.2"\n'), '6.0');
  assert.equal(said('setup.cfg', '[options]\ninstall_requires =\n    Django>=3.2,<4.0\n    x\n'), '3.2');
  assert.equal(said('setup.py', "setup(install_requires=['Django>=4.2,<4.3'])\n"), '4.2');
});

test('what is installed is asked before what is asked for, and that of developers never', () => {
  const files = `setup.py requirements.in requirements/base.txt requirements/production.txt uv.lock pyproject.toml requirements.txt`;
  const others = `requirements/local.txt requirements-dev.txt dev-requirements.txt requirements/test.txt docs/requirements.txt
    requirements/README.md Pipfile.toml notes.txt`;
  const asked = [...files.split(' '), ...others.split(/\s+/)].filter((file) => rankOfPin(file) !== undefined);
  asked.sort((a, b) => (rankOfPin(a) ?? 0) - (rankOfPin(b) ?? 0));
  assert.deepEqual(asked, [
    'uv.lock',
    'requirements.txt',
    'requirements/production.txt',
    'requirements/base.txt',
    'requirements.in',
    'pyproject.toml',
    'setup.py',
  ]);
});
