import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseFiles, usual } from './project.ts';

const database = (host: string, options: string, engine = 'postgresql') => `${usual}DATABASES = {
    'default': {'ENGINE': 'django.db.backends.${engine}', 'HOST': ${host}, 'OPTIONS': {${options}}},
}
`;

/** Of which lines below say more. */
const far = `${usual}DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': 'db.example.com'}}\n`;

function severityOf(text: string, file = '/s/settings.py'): string | undefined {
  const { findings } = analyseFiles({ [file]: text });
  return findings.find(({ rule }) => rule === 'database-unencrypted')?.severity;
}

describe('how a database is asked', () => {
  const cases: Readonly<Record<string, readonly [severity: string | undefined, text: string]>> = {
    'in plain text': ['warning', database("'db.example.com'", "'sslmode': 'disable'")],
    'in plain text where the server lets it': ['warning', database("'db.example.com'", "'sslmode': 'allow'")],
    'by TLS where that can be had': ['information', database("'db.example.com'", "'sslmode': 'prefer'")],
    'by TLS': [undefined, database("'db.example.com'", "'sslmode': 'require'")],
    'as the driver does it': [undefined, database("'db.example.com'", '')],
    'at a public address': ['warning', database("'203.0.113.7'", "'sslmode': 'disable'")],
    'at a private address': ['information', database("'10.0.0.7'", "'sslmode': 'disable'")],
    'at a private address, by TLS where that can be had': [undefined, database("'10.0.0.7'", "'sslmode': 'prefer'")],
    'on this machine': [undefined, database("'127.0.0.1'", "'sslmode': 'disable'")],
    'by a socket': [undefined, database("'/var/run/postgresql'", "'sslmode': 'disable'")],
    'in a container beside this one': [undefined, database("'db'", "'sslmode': 'disable'")],
    'on one of several machines': ['warning', database("'localhost,db.example.com'", "'sslmode': 'disable'")],
    'where the environment says': [undefined, database("env('DB_HOST')", "'sslmode': 'disable'")],
    'as the environment says': [undefined, database("'db.example.com'", "'sslmode': env('MODE')")],
    'with PostGIS': [
      'warning',
      database("'db.example.com'", "'sslmode': 'disable'")
        .replace('db.backends', 'contrib.gis.db.backends')
        .replace('postgresql', 'postgis'),
    ],
    'with MySQL': ['warning', database("'db.example.com'", "'ssl_mode': 'DISABLED'", 'mysql')],
    'as a line below says': ['warning', `${far}DATABASES['default']['OPTIONS'] = {'sslmode': 'disable'}\n`],
    'as a line below says of one option': [
      'warning',
      `${database("'db.example.com'", '')}DATABASES['default']['OPTIONS']['sslmode'] = 'disable'\n`,
    ],
    'as another host says': [
      'warning',
      `${database("'localhost'", "'sslmode': 'disable'")}DATABASES['default']['HOST'] = 'db.example.com'\n`,
    ],
    'as a line below takes back': [
      undefined,
      `${database("'db.example.com'", "'sslmode': 'disable'")}DATABASES['default']['OPTIONS']['sslmode'] = 'require'\n`,
    ],
    'as an update says': ['warning', `${far}DATABASES['default'].update({'OPTIONS': {'sslmode': 'disable'}})\n`],
    'as an update takes back': [
      undefined,
      `${database("'db.example.com'", "'sslmode': 'disable'")}DATABASES['default'].update({'OPTIONS': {}})\n`,
    ],
    'as an update of the environment decides': [
      undefined,
      `${database("'db.example.com'", "'sslmode': 'disable'")}DATABASES['default'].update(dj_database_url.config())\n`,
    ],
    'as an update of an operator says': [
      'warning',
      `${far}DATABASES['default'] |= {'OPTIONS': {'sslmode': 'disable'}}\n`,
    ],
    'as is said where nothing is said yet': [
      'warning',
      `${far}DATABASES['default'].setdefault('OPTIONS', {})\nDATABASES['default']['OPTIONS']['sslmode'] = 'disable'\n`,
    ],
    'under another name': ['warning', `${far}main = DATABASES['default']\nmain['OPTIONS'] = {'sslmode': 'disable'}\n`],
    'as another name takes back': [
      undefined,
      `main = {'ENGINE': 'django.db.backends.postgresql', 'HOST': 'db.example.com', 'OPTIONS': {'sslmode': 'disable'}}
DATABASES = {'default': main}\nmain['OPTIONS'] = {}\n${usual}`,
    ],
    'in one of two cases': [
      'warning',
      `${far}if env('PLAIN'):\n    DATABASES['default']['OPTIONS'] = {'sslmode': 'disable'}\n`,
    ],
    'as a loop decides': [
      undefined,
      `${database("'db.example.com'", "'sslmode': 'disable'")}for db in DATABASES.values():\n    db['OPTIONS'] = {}\n`,
    ],
    'as a loop of names decides': [
      undefined,
      `${database("'db.example.com'", "'sslmode': 'disable'")}for name in DATABASES:\n    DATABASES[name]['OPTIONS'] = {}\n`,
    ],
    'as is taken out below': [
      undefined,
      `${database("'db.example.com'", "'sslmode': 'disable'")}del DATABASES['default']['OPTIONS']\n`,
    ],
    'as a part that nobody knows decides': [undefined, `${far}DATABASES[which]['OPTIONS'] = {'sslmode': 'disable'}\n`],
    'by one of which another is known': [
      'warning',
      `${database("'db.example.com'", "'sslmode': 'disable'")}DATABASES['replica'] = env.db()\n`,
    ],
    'by developers': [undefined, `${database("'db.example.com'", "'sslmode': 'disable'")}DEBUG = True\n`],
  };
  for (const [name, [severity, text]] of Object.entries(cases)) {
    test(`${name}: ${severity ?? 'nothing to say'}`, () => assert.equal(severityOf(text), severity));
  }

  test('as another file says of what it takes over, and where it says so', () => {
    const { findings } = analyseFiles({
      '/s/settings/production.py': "from .base import *\nDATABASES['default']['OPTIONS'] = {'sslmode': 'disable'}\n",
      '/s/settings/base.py': far,
    });
    const [found] = findings.filter(({ rule }) => rule === 'database-unencrypted');
    assert.equal(found?.location.file, '/s/settings/production.py');
    const [fix] = found?.fixes ?? [];
    assert.equal(fix?.edits[0]?.newText, "'require'");
  });

  test('by tests', () => {
    assert.equal(severityOf(database("'db.example.com'", "'sslmode': 'disable'"), '/s/settings/test.py'), undefined);
  });
});
