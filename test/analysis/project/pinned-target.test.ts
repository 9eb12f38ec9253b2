import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pinnedTarget } from '../../../src/analysis/project/pinned-target.ts';
import { parseTargetText } from '../../../src/analysis/target.ts';
import { django } from '../../../src/languages/django/index.ts';
import type { Language } from '../../../src/languages/language.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { describeServer, isAssumed } from '../../../src/tls/target.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const entry = '/work/shop/config/settings/production.py';
const language = django as unknown as Language;

/** What is said of the version, with files of the project and perhaps a target that was asked for. */
async function said(content: Readonly<Record<string, string>>, target = 'seclevel=2', root?: string): Promise<string> {
  const files = memoryFiles({ [entry]: '', ...content });
  return describeServer(
    'django',
    await pinnedTarget(entry, language, { files, target: parseTargetText(target), root }),
  );
}

const pin = (file: string, version: string) => ({ [`/work/${file}`]: `Django${version}\n` });

test('the nearest file that names Django says its version, and messages name the file', async () => {
  assert.equal(await said(pin('shop/requirements.txt', '==5.2.1')), 'Django 5.2 (requirements.txt)');
  assert.equal(await said(pin('shop/requirements/base.txt', '==5.1')), 'Django 5.1 (requirements/base.txt)');
  const both = { ...pin('requirements.txt', '==3.2'), ...pin('shop/requirements.txt', '==5.2') };
  assert.equal(await said(both), 'Django 5.2 (requirements.txt)');
  // One that says nothing of Django is passed by.
  const other = { ...pin('requirements.txt', '==3.2'), '/work/shop/requirements.txt': 'celery==5\n' };
  assert.equal(await said(other), 'Django 3.2 (requirements.txt)');
  const poetry = '[tool.poetry.dependencies]\ndjango = "^5.0"\n';
  const locked = { '/work/shop/poetry.lock': '[[package]]\nname = "django"\nversion = "5.1.4"\n' };
  assert.equal(await said({ '/work/shop/pyproject.toml': poetry, ...locked }), 'Django 5.1 (poetry.lock)');
  // What names one version goes before what leaves it open, in the same folder.
  const named = { ...pin('shop/requirements.txt', '>=4.0'), ...pin('shop/constraints.txt', '==4.1.3') };
  assert.equal(await said(named), 'Django 4.1 (constraints.txt)');
});

test('the project ends where its repository or the workspace does', async () => {
  const above = pin('requirements.txt', '==3.2');
  const assumed = 'Django 4.2 (assumed: Debian 13)';
  assert.equal(await said({ ...above, '/work/shop/.git/HEAD': '' }), assumed);
  assert.equal(await said(above, 'seclevel=2', '/work/shop'), assumed);
  assert.equal(await said(above, 'seclevel=2', '/work'), 'Django 3.2 (requirements.txt)');
});

test('what a file leaves open stays assumed, as near as it allows', async () => {
  assert.equal(await said(pin('shop/requirements.txt', '>=3.2')), 'Django 4.2 (assumed: Debian 13)');
  assert.equal(
    await said(pin('shop/requirements.txt', '>=5.1')),
    'Django 5.1 (assumed: the oldest that requirements.txt takes)',
  );
  assert.equal(
    await said(pin('shop/requirements.txt', '<4')),
    'Django 3.2 (assumed: the newest that requirements.txt takes)',
  );
  const files = memoryFiles({ [entry]: '', ...pin('shop/requirements.txt', '>=5.1') });
  const target = await pinnedTarget(entry, language, { files, target: parseTargetText('debian=12') });
  assert.equal(isAssumed('django', target), true);
});

test('a version that was asked for goes before files, that of a distribution does not', async () => {
  const files = pin('shop/requirements.txt', '==5.2');
  assert.equal(await said(files, 'django=4.1'), 'Django 4.1');
  assert.equal(await said(files, 'debian=12'), 'Django 5.2 (requirements.txt)');
  assert.equal(await said({}, 'debian=12'), 'Django 3.2 (Debian 12)');
});

test('servers are not asked', async () => {
  const files = memoryFiles({ '/work/requirements.txt': 'nginx==1.0\n' });
  const target = parseTargetText('debian=12');
  assert.equal(await pinnedTarget('/work/nginx.conf', nginx as unknown as Language, { files, target }), target);
});
