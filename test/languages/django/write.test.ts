import assert from 'node:assert/strict';
import { test } from 'node:test';
import { django } from '../../../src/languages/django/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import type { Change } from '../../../src/tls/model/change.ts';
import type { ServerModel } from '../../../src/tls/model/server-model.ts';
import { projectOf, usual } from './project.ts';

type Files = Readonly<Record<string, string>>;

/** The model without places, and without what follows from its settings alone. */
function bare(model: ServerModel): unknown {
  return JSON.parse(
    JSON.stringify(model.applications, (key, value: unknown) =>
      ['location', 'origin', 'isServedOverHttps'].includes(key) ? undefined : value,
    ),
  );
}

function write(files: Files, changes: readonly Change[]) {
  const project = projectOf(files);
  const model = django.lower(project);
  const result = django.write(project, model, changes);
  if (result.kind === 'refused') return { refused: result.reason };
  const text = Object.fromEntries(
    Object.entries(files).map(([file, before]) => [
      file,
      applyEdits(
        before,
        result.edits.filter((edit) => edit.file === file),
      ),
    ]),
  );
  return { text, before: bare(model), after: bare(django.lower(projectOf(text))) };
}

const secure: Change = {
  setting: 'cookieSecure',
  site: 'django',
  from: { cookie: 'session', secure: false },
  to: { cookie: 'session', secure: true },
  scope: 'origin',
};
const hsts: Change = {
  setting: 'applicationHsts',
  site: 'django',
  from: { maxAge: 60, includeSubDomains: false, preload: false },
  to: { maxAge: 3600, includeSubDomains: true, preload: false },
  scope: 'origin',
};

/** The changed model: equal elsewhere. */
function changed(model: unknown, name: string, value: unknown): unknown {
  return JSON.parse(JSON.stringify(model), (_key, part: unknown) =>
    typeof part === 'object' && part !== null && 'name' in part && part.name === name
      ? { ...part, value: { kind: 'known', value } }
      : part,
  );
}

const forms: Readonly<Record<string, Files>> = {
  'a value of its own': {
    '/s/settings.py': `${usual}SESSION_COOKIE_SECURE = False  # for now\nCSRF_COOKIE_SECURE = True\n`,
  },
  'what is missing, beside what is alike': {
    '/s/settings.py': `${usual}CSRF_COOKIE_SECURE = True\nSTATIC_URL = 'static/'\n`,
  },
  'what is missing, at the end': { '/s/settings.py': usual },
  'what is missing, behind a last line without its end': { '/s/settings.py': usual.trimEnd() },
  'what is missing, behind a module that could undo it': {
    '/s/settings.py': `${usual}CSRF_COOKIE_SECURE = True\nfrom .more import *\n`,
    '/s/more.py': 'SECURE_SSL_REDIRECT = True\n',
  },
  'where another file has it': {
    '/s/production.py': 'from .base import *\n',
    '/s/base.py': `${usual}SESSION_COOKIE_SECURE = False\n`,
  },
};
for (const [name, files] of Object.entries(forms)) {
  test(`lowering the edited text gives the changed model: ${name}`, () => {
    const { before, after, text } = write(files, [secure]);
    assert.deepEqual(after, changed(before, 'SESSION_COOKIE_SECURE', true), JSON.stringify(text));
  });
}

test('only what differs is written', () => {
  const text = `${usual}SECURE_HSTS_SECONDS = 60\n`;
  const result = write({ '/s/settings.py': text }, [hsts]);
  assert.equal(
    result.text?.['/s/settings.py'],
    `${usual}SECURE_HSTS_SECONDS = 3600\nSECURE_HSTS_INCLUDE_SUBDOMAINS = True\n`,
  );
});

const refused: Readonly<Record<string, string>> = {
  'a condition': `${usual}if ON:\n    SESSION_COOKIE_SECURE = False\n`,
  'the environment': `${usual}SESSION_COOKIE_SECURE = env('X')\n`,
  'several names at once': `${usual}SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False\n`,
  'what follows unread': `${usual}from .local import *\n`,
  'a mistake': `${usual}X = (\n`,
};
for (const [name, text] of Object.entries(refused)) {
  test(`nothing is written over ${name}`, () => {
    assert.ok(write({ '/s/settings.py': text }, [secure]).refused);
  });
}
