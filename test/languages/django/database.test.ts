import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseFiles, usual } from './project.ts';

const database = (host: string, options: string, engine = 'postgresql') => `${usual}DATABASES = {
    'default': {'ENGINE': 'django.db.backends.${engine}', 'HOST': ${host}, 'OPTIONS': {${options}}},
}
`;

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
    'by developers': [undefined, `${database("'db.example.com'", "'sslmode': 'disable'")}DEBUG = True\n`],
  };
  for (const [name, [severity, text]] of Object.entries(cases)) {
    test(`${name}: ${severity ?? 'nothing to say'}`, () => assert.equal(severityOf(text), severity));
  }

  test('by tests', () => {
    assert.equal(severityOf(database("'db.example.com'", "'sslmode': 'disable'"), '/s/settings/test.py'), undefined);
  });
});
