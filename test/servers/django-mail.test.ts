import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';
import { analyseFiles } from '../languages/django/project.ts';
import { freePort } from '../support/ports.ts';

const folder = mkdtempSync(join(tmpdir(), 'django-mail-'));
const [pem, key] = [join(folder, 'a.pem'), join(folder, 'a.key')];
let port: number;

/** Prints `True`, or why no connection to the mail server is made. */
const ask = `
import sys
from django.conf import settings
written = {}
exec(sys.argv[1], written)
settings.configure(**{name: value for name, value in written.items() if name.isupper()})
from django.core.mail import get_connection
try:
    print(get_connection('django.core.mail.backends.smtp.EmailBackend').open())
except Exception as error:
    print(error)
`;

const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (line) => socket.write(/^quit/i.test(String(line)) ? '221 bye\r\n' : '250 fine\r\n'));
  socket.write('220 localhost\r\n');
});

before(async () => {
  const wanted = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const usage = ['-addext', 'keyUsage=critical,digitalSignature,keyCertSign', '-days', '9', '-nodes'];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', key, '-out', pem];
  execFileSync('openssl', ['req', '-x509', ...wanted, ...usage, ...made], { stdio: 'ignore' });
  server.setSecureContext({ cert: readFileSync(pem), key: readFileSync(key) });
  port = await freePort();
  await new Promise<void>((done) => server.listen(port, 'localhost', done));
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [name, more, sends] of [
  ['by itself', () => '', true],
  ['with a client certificate', () => `EMAIL_SSL_CERTFILE = '${pem}'\nEMAIL_SSL_KEYFILE = '${key}'\n`, false],
] as const) {
  test(`mail over TLS ${name} is ${sends ? 'sent' : 'not sent'}, as we say`, { timeout: 60_000 }, async () => {
    const settings = `EMAIL_HOST = 'localhost'\nEMAIL_PORT = ${port}\nEMAIL_USE_SSL = True\n${more()}`;
    const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-B', '-c', ask, settings], {
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', SSL_CERT_FILE: pem },
      timeout: 30_000,
    });
    if (sends) assert.equal(stdout, 'True\n');
    else assert.match(stdout, /CERTIFICATE_VERIFY_FAILED/);
    const found = analyseFiles({ '/s/settings.py': settings }).findings.map(({ rule }) => rule);
    assert.deepEqual(found, sends ? [] : ['mail-encryption-conflict']);
  });
}

test('a password goes over plain SMTP as it is, as we say', { timeout: 60_000 }, async (t) => {
  let heard = '';
  const plain = createPlainServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (line) => {
      heard += String(line);
      socket.write(/^ehlo/i.test(String(line)) ? '250-localhost\r\n250 AUTH PLAIN\r\n' : '235 fine\r\n');
    });
    socket.write('220 localhost\r\n');
  });
  t.after(() => plain.close());
  const plainPort = await freePort();
  await new Promise<void>((done) => plain.listen(plainPort, 'localhost', done));
  const login = `EMAIL_PORT = ${plainPort}\nEMAIL_HOST_USER = 'shop'\nEMAIL_HOST_PASSWORD = 'sesame'\n`;
  const { stdout } = await promisify(execFile)(
    '/usr/bin/python3',
    ['-B', '-c', ask, `EMAIL_HOST = 'localhost'\n${login}`],
    {
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
      timeout: 30_000,
    },
  );
  assert.equal(stdout, 'True\n');
  assert.ok(heard.includes(Buffer.from('\0shop\0sesame').toString('base64')), heard);
  const found = analyseFiles({ '/s/settings.py': `EMAIL_HOST = 'mail.example.com'\n${login}` }).findings;
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ['mail-login-plain'],
  );
});
