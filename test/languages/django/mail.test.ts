import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

/** `severity rule at WORD` of what is found, each with the first fix. */
function told(text: string, django: string): readonly string[] {
  const { findings } = analyseText(`${text}\n`, {
    language: 'django',
    file: '/s/settings.py',
    target: `django=${django}`,
  });
  return findings.map(({ severity, rule, location: { range }, fixes: [fix] }) => {
    const at = text.slice(range.start, range.end);
    return `${severity} ${rule} at ${at}${fix === undefined ? '' : `: ${fix.title}`}`;
  });
}

const pair = "EMAIL_SSL_CERTFILE = '/c/a.pem'\nEMAIL_SSL_KEYFILE = '/c/a.key'";
const withoutPair = "error mail-encryption-conflict at '/c/a.pem': Send mail without a client certificate";

describe('a client certificate for mail', () => {
  test('leaves Django without a CA since 4.2', () => {
    assert.deepEqual(told(`EMAIL_USE_TLS = True\n${pair}`, '4.2'), [withoutPair]);
    assert.deepEqual(told(`EMAIL_USE_SSL = True\n${pair}`, '6.1'), [withoutPair]);
    assert.deepEqual(told(`EMAIL_USE_TLS = True\n${pair}`, '4.1'), []);
  });

  test('is left out once where its file has the key too', () => {
    const text = "EMAIL_USE_TLS = True\nEMAIL_SSL_CERTFILE = EMAIL_SSL_KEYFILE = '/c/a.pem'\n";
    const [finding] = analyseText(text, { language: 'django', file: '/s/settings.py' }).findings;
    assert.match(finding?.message ?? '', /^With EMAIL_SSL_CERTFILE and EMAIL_SSL_KEYFILE, /);
    assert.deepEqual([finding?.fixes[0]?.edits.length, finding?.related], [1, []]);
  });

  test('is nothing without TLS, where it is empty, and of a backend that may load some', () => {
    for (const text of [
      pair,
      `EMAIL_USE_TLS = env('TLS')\n${pair}`,
      "EMAIL_USE_TLS = True\nEMAIL_SSL_CERTFILE = ''\nEMAIL_SSL_KEYFILE = None",
      `EMAIL_BACKEND = 'shop.smtp.EmailBackend'\nEMAIL_USE_TLS = True\n${pair}`,
      `EMAIL_BACKEND = env('BACKEND')\nEMAIL_USE_TLS = True\n${pair}`,
    ])
      assert.deepEqual(told(text, '5.2'), [], text);
  });
});

describe('a login without TLS', () => {
  const login = "EMAIL_HOST_USER = 'shop'\nEMAIL_HOST_PASSWORD = env('PASSWORD')\n";
  const host = "EMAIL_HOST = 'mail.example.com'\n";
  const found = 'warning mail-login-plain at';

  test('is told where the mail server is named, or TLS is switched off', () => {
    assert.deepEqual(told(login + host, '5.2'), [`${found} 'mail.example.com': Set EMAIL_USE_TLS to True`]);
    assert.deepEqual(told(`${login + host}EMAIL_USE_TLS = False`, '5.2'), [
      `${found} False: Set EMAIL_USE_TLS to True`,
    ]);
    assert.deepEqual(told(`${login + host}EMAIL_PORT = 465`, '5.2'), [
      `${found} 'mail.example.com': Set EMAIL_USE_SSL to True`,
    ]);
    const backend = "EMAIL_BACKEND = 'django.core.mail.backends.smtp.EmailBackend'";
    assert.equal(told(`${login + host}${backend}`, '5.2').length, 1);
    assert.deepEqual(told(`${login}EMAIL_HOST = 'mail.corp'`, '5.2'), [
      "information mail-login-plain at 'mail.corp': Set EMAIL_USE_TLS to True",
    ]);
  });

  test('is gone with its fix', () => {
    for (const more of ['', 'EMAIL_USE_TLS = False']) {
      const text = `${login}${host}${more}`;
      const [finding] = analyseText(text, { language: 'django', file: '/s/settings.py' }).findings;
      assert.ok(finding?.fixes[0]);
      const fixed = applyEdits(text, finding.fixes[0].edits);
      assert.match(fixed, /^EMAIL_USE_TLS = True$/m);
      assert.deepEqual(told(fixed, '5.2'), []);
    }
  });

  test('leaves a comment at its line', () => {
    for (const end of ['\n', '\r\n']) {
      const text = `${login}${host.trimEnd()}  # the provider's\nX = 1\n`.replaceAll('\n', end);
      const [finding] = analyseText(text, { language: 'django', file: '/s/settings.py' }).findings;
      const mended = applyEdits(text, finding?.fixes[0]?.edits ?? []);
      assert.ok(mended.endsWith(`  # the provider's${end}EMAIL_USE_TLS = True${end}X = 1${end}`), mended);
    }
  });

  test('says what is certain', () => {
    const message = (text: string) =>
      analyseText(text, { language: 'django', file: '/s/settings.py' }).findings[0]?.message ?? '';
    assert.match(message(login + host), /without TLS, unless EMAIL_HOST_PASSWORD is empty: /);
    assert.match(message(`${host}EMAIL_HOST_USER = 'a'\nEMAIL_HOST_PASSWORD = 'b'\n`), /without TLS: anyone/);
    assert.match(message(`${login + host}EMAIL_PORT = 465\n`), /^Django speaks to port 465 .*: no mail is sent\./);
  });

  test('is none of an own backend, of nobody, of another time or of this machine', () => {
    for (const text of [
      host,
      `${host}EMAIL_HOST_USER = 'shop'`,
      `${host}EMAIL_HOST_USER = ''\nEMAIL_HOST_PASSWORD = 'x'`,
      `${host}EMAIL_HOST_USER = env('USER')\nEMAIL_HOST_PASSWORD = 'x'`,
      `${host}EMAIL_HOST_USER = 'x'\nEMAIL_HOST_PASSWORD = ''`,
      `${login + host}EMAIL_USE_SSL = env('TLS')`,
      `${login + host}EMAIL_BACKEND = 'anymail.backends.amazon_ses.EmailBackend'`,
      `${login}EMAIL_HOST = env('HOST')`,
      `${login}EMAIL_HOST = 'mailhog'`,
      `${login}EMAIL_HOST = '127.0.0.1'`,
      `DEBUG = True\n${login + host}`,
    ])
      assert.deepEqual(told(text, '5.2'), [], text);
    for (const name of ['dev', 'base'])
      assert.deepEqual(analyseText(login + host, { language: 'django', file: `/s/settings/${name}.py` }).findings, []);
  });
});

describe('mailers', () => {
  const mailer = (options: string, more = '') =>
    `MAILERS = {'default': {${more}'OPTIONS': {'host': 'a.example', ${options}}}}`;

  test('are judged as the settings were that they replace', () => {
    const conflict = 'mail-encryption-conflict at';
    assert.deepEqual(told(mailer("'use_tls': True, 'use_ssl': True"), '6.1'), [
      `error ${conflict} True: Set use_ssl to False`,
    ]);
    assert.deepEqual(told(mailer("'use_tls': True, 'use_ssl': True, 'port': 465"), '6.1'), [
      `error ${conflict} True: Set use_tls to False`,
    ]);
    assert.deepEqual(told(mailer("'use_ssl': True, 'port': 587"), '6.1'), [`warning ${conflict} 587: Use port 465`]);
    assert.deepEqual(told(mailer("'use_ssl': True, 'ssl_certfile': '/c/a.pem', 'ssl_keyfile': KEY"), '6.1'), [
      withoutPair,
    ]);
  });

  test('that are right, send by something else or hang on others are left alone', () => {
    for (const text of [
      mailer("'use_tls': True"),
      mailer("'use_tls': True, 'use_ssl': False, 'port': 587"),
      mailer("'use_tls': True, 'use_ssl': True", "'BACKEND': 'django.core.mail.backends.console.EmailBackend', "),
      mailer("'use_tls': True, 'port': 465, **MORE"),
      "MAILERS = env('MAILERS')",
      "MAILERS = {'default': {'OPTIONS': OPTIONS}}",
    ])
      assert.deepEqual(told(text, '6.1'), [], text);
  });

  test('stop Django beside the settings that they replace', () => {
    const text = `${mailer("'use_tls': True")}\nEMAIL_HOST = env('HOST')`;
    assert.deepEqual(told(text, '6.1'), ['error obsolete-setting at EMAIL_HOST']);
    assert.deepEqual(told(`${text}\nEMAIL_USE_TLS = EMAIL_USE_SSL = True`, '6.1'), [
      'error obsolete-setting at EMAIL_HOST',
    ]);
    assert.deepEqual(told(text, '6.0'), ['information obsolete-setting at MAILERS: Remove MAILERS']);
    assert.deepEqual(told(text.replace('EMAIL_HOST', 'EMAIL_SUBJECT_PREFIX'), '6.1'), []);
    assert.deepEqual(told(text.replace('EMAIL_HOST', 'if OLD:\n    EMAIL_HOST'), '6.1'), []);
  });
});
