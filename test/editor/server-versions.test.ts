import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultTarget } from '../../src/analysis/target.ts';
import { installedTarget } from '../../src/editor/configurations/server/versions.ts';

const nginx = `nginx version: nginx/1.22.1
built with OpenSSL 3.0.8 7 Feb 2023 (running with OpenSSL 3.0.17 1 Jul 2025)
TLS SNI support enabled
`;

test('nginx -V tells its version and the OpenSSL that is loaded', () => {
  const target = installedTarget('nginx', { nginx, system: 'ID=debian\n' }, defaultTarget);
  assert.deepEqual(target, {
    ...defaultTarget,
    nginx: '1.22.1',
    openssl: '3.0',
    securityLevel: 2,
    label: 'nginx -V',
    assumed: false,
    isInstalled: true,
  });
});

test('the default security level is that of OpenSSL, where no distribution raises it', () => {
  const level = (openssl: string, system: string) =>
    installedTarget(
      'nginx',
      { nginx: `nginx version: nginx/1.18.0\nbuilt with OpenSSL ${openssl}  1 Jan 2024\n`, system },
      defaultTarget,
    ).securityLevel;
  assert.equal(level('1.1.1w', 'ID=ubuntu\nID_LIKE=debian\n'), 2);
  assert.equal(level('3.0.13', 'ID=alpine\n'), 1);
  assert.equal(level('3.2.0', 'ID=alpine\n'), 2);
});

test('nginx -V tells which modules are not compiled in', () => {
  const modulesOf = (options: string) =>
    installedTarget('nginx', { nginx: `${nginx}configure arguments: ${options}\n` }, defaultTarget).loadedModules;
  assert.deepEqual(modulesOf('--with-mail --with-stream=dynamic --with-http_xslt_module --add-module=/a'), [
    'stream',
    'http_geoip',
    'http_image_filter',
    'http_perl',
    'stream_geoip',
  ]);
  const bare = modulesOf('--with-mail_ssl_module --add-dynamic-module=/a') ?? [];
  assert.ok(bare.includes('mail') && bare.includes('others'));
});

test('another TLS library leaves OpenSSL as assumed, and the label says so', () => {
  const answers = { nginx: 'nginx version: freenginx/1.29.1\nbuilt with LibreSSL 4.0.0\n' };
  const target = installedTarget('nginx', answers, defaultTarget);
  assert.equal(target.nginx, '1.29.1');
  assert.equal(target.openssl, defaultTarget.openssl);
  assert.equal(target.label, 'nginx -V; OpenSSL assumed: Debian 13');
});

test('Apache shares the OpenSSL of the system', () => {
  const output = 'Server version: Apache/2.4.62 (Unix)\nServer built:   Jul 1 2025\n';
  const openssl = 'OpenSSL 3.5.1 1 Jul 2025 (Library: OpenSSL 3.4.0 22 Oct 2024)\n';
  const target = installedTarget('apache', { apache: { program: 'httpd', output }, openssl }, defaultTarget);
  assert.equal(target.apache, '2.4.62');
  assert.equal(target.openssl, '3.4');
  assert.equal(target.label, 'httpd -v, openssl version');
});

test('a version that names its distribution tells whose build it is', () => {
  const of = (output: string) => installedTarget('apache', { apache: { program: 'apache2', output } }, defaultTarget);
  assert.equal(of('Server version: Apache/2.4.71 (Debian)\nServer built: x\n').distribution, 'debian');
  assert.equal(of('Server version: Apache/2.4.62 (Red Hat Enterprise Linux)\n').distribution, undefined);
  const ubuntu = { nginx: 'nginx version: nginx/1.24.0 (Ubuntu)\nbuilt with OpenSSL 3.0.13 30 Jan 2024\n' };
  assert.equal(installedTarget('nginx', ubuntu, defaultTarget).distribution, 'ubuntu');
});

test('a program that is missing, or says something else, changes nothing', () => {
  assert.equal(installedTarget('nginx', {}, defaultTarget), defaultTarget);
  assert.equal(installedTarget('nginx', { nginx: 'command not found' }, defaultTarget), defaultTarget);
});
