import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultTarget } from '../../src/analysis/target.ts';
import { installedTarget } from '../../src/editor/configurations/server/versions.ts';

const from = (output: string, program = 'nginx') => ({ program, output });

const nginx = `nginx version: nginx/1.22.1
built with OpenSSL 3.0.8 7 Feb 2023 (running with OpenSSL 3.0.17 1 Jul 2025)
TLS SNI support enabled
`;

test('nginx -V tells its version and the OpenSSL that is loaded', () => {
  const target = installedTarget('nginx', { nginx: from(nginx), system: 'ID=debian\n' }, defaultTarget);
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
      { nginx: from(`nginx version: nginx/1.18.0\nbuilt with OpenSSL ${openssl}  1 Jan 2024\n`), system },
      defaultTarget,
    ).securityLevel;
  assert.equal(level('1.1.1w', 'ID=ubuntu\nID_LIKE=debian\n'), 2);
  assert.equal(level('3.0.13', 'ID=alpine\n'), 1);
  assert.equal(level('3.2.0', 'ID=alpine\n'), 2);
});

test('nginx -V tells which modules are not compiled in', () => {
  const modulesOf = (options: string) =>
    installedTarget('nginx', { nginx: from(`${nginx}configure arguments: ${options}\n`) }, defaultTarget).loadedModules;
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

test('another TLS library leaves OpenSSL as assumed, whatever number it gives itself, and the label says so', () => {
  const libraries = {
    'built with LibreSSL 4.0.0': 'LibreSSL 4.0.0',
    'built with OpenSSL 1.1.1 (compatible; BoringSSL) (running with BoringSSL)': 'BoringSSL',
    'built with OpenSSL 1.1.1 (compatible; AWS-LC 1.34.2) (running with AWS-LC 1.34.2)': 'AWS-LC 1.34.2',
    'built with OpenSSL 1.1.1 (compatible; AWS-LC 1.34.2)': 'AWS-LC 1.34.2',
  };
  for (const [line, name] of Object.entries(libraries)) {
    const answers = {
      nginx: from(`nginx version: nginx/1.29.1\nbuilt by gcc 14.2.0\n${line}\nTLS SNI support enabled\n`),
    };
    const target = installedTarget('nginx', answers, defaultTarget);
    assert.equal(target.nginx, '1.29.1');
    assert.equal(target.openssl, defaultTarget.openssl);
    assert.equal(target.label, `nginx -V; ${name}, judged as OpenSSL of Debian 13`);
  }
});

test('of servers made from nginx the release that they come from counts, and their name is kept', () => {
  const built = 'built with OpenSSL 3.5.4 30 Sep 2025\n';
  const of = (lines: string, program = 'nginx') => {
    const { nginx, fork, label } = installedTarget(
      'nginx',
      { nginx: from(`${lines}\n${built}`, program) },
      defaultTarget,
    );
    return { nginx, fork, label };
  };
  assert.deepEqual(of('Angie version: Angie/1.10.3\nnginx version: nginx/1.27.5', 'angie'), {
    nginx: '1.27.5',
    fork: 'Angie',
    label: 'angie -V: Angie 1.10.3',
  });
  const tengine = { fork: 'Tengine', label: 'nginx -V: Tengine 3.1.0' };
  assert.deepEqual(of('Tengine version: Tengine/3.1.0\nnginx version: nginx/1.24.0'), { nginx: '1.24.0', ...tengine });
  assert.equal(of('Tengine version: Tengine/2.2.3 (nginx/1.8.1)').nginx, '1.8.1');
  // It counts on by itself from the release that it began as.
  assert.deepEqual(of('nginx version: freenginx/1.31.1'), {
    nginx: '1.25.4',
    fork: 'freenginx',
    label: 'nginx -V: freenginx 1.31.1',
  });
  assert.equal(of('nginx version: nginx/1.25.3 (nginx-plus-r31)').fork, 'NGINX Plus');
  assert.deepEqual(of('nginx version: openresty/1.27.1.2'), { nginx: '1.27.1', fork: undefined, label: 'nginx -V' });
});

test('packages of Red Hat’s kind are known by where they lie, those of nginx.org are not theirs', () => {
  const own = '--prefix=/usr/share/nginx --modules-path=/usr/lib64/nginx/modules --with-stream=dynamic';
  const of = (version: string, options: string, system: string) =>
    installedTarget(
      'nginx',
      {
        nginx: from(
          `nginx version: nginx/${version}\nbuilt with OpenSSL 3.0.7 1 Nov 2022\nconfigure arguments: ${options}\n`,
        ),
        system,
      },
      defaultTarget,
    );
  const system = 'NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\n';
  const rocky = of('1.20.1', own, system);
  assert.equal(rocky.distribution?.id, 'rhel');
  assert.deepEqual(rocky.distribution?.builds?.nginx?.policyProtocols, ['TLSv1.2', 'TLSv1.3']);
  assert.equal(rocky.securityLevel, 2);
  // A stream of modules, built without the policy.
  assert.deepEqual(of('1.26.3', own, system).distribution?.builds?.nginx, {
    directives: ['max_headers', 'max_errors', 'ssl_pass_phrase_dialog'],
  });
  // No versions of Fedora are known here, so that each may be its own.
  const fedora = of('1.28.0', own, 'ID=fedora\nVERSION_ID=43\n');
  assert.equal(fedora.distribution?.builds?.nginx?.policyProtocols, 'unknown');
  assert.equal(of('1.28.0', '--prefix=/etc/nginx --with-stream', system).distribution, undefined);
  assert.equal(of('1.20.1', own, 'ID="centos"\nVERSION_ID="7"\n').distribution, undefined);
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
  const of = (output: string, system = '') =>
    installedTarget('apache', { apache: { program: 'apache2', output }, system }, defaultTarget).distribution;
  assert.equal(of('Server version: Apache/2.4.71 (Debian)\nServer built: x\n')?.id, 'debian');
  const redHat = 'Server version: Apache/2.4.62 (Red Hat Enterprise Linux)\n';
  assert.equal(of(redHat), undefined);
  assert.equal(of(redHat, 'ID="rhel"\nVERSION_ID="9.7"\n')?.id, 'rhel');
  const fedora = of('Server version: Apache/2.4.66 (Fedora Linux)\n', 'ID=fedora\nVERSION_ID=43\n');
  assert.deepEqual(fedora?.builds?.apache?.policyProtocols, ['TLSv1.2', 'TLSv1.3']);
  const leap = 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\nVERSION_ID="15.6"\n';
  assert.equal(of('Server version: Apache/2.4.58 (Linux/SUSE)\n', leap)?.id, 'suse');
  assert.equal(of('Server version: Apache/2.4.66 (FreeBSD)\n', 'ID=freebsd\nVERSION_ID=14.3\n')?.id, 'freebsd');
  assert.equal(of('Server version: Apache/2.4.68 (Unix)\n', 'ID="rhel"\nVERSION_ID="9.7"\n'), undefined);
  const ubuntu = { nginx: from('nginx version: nginx/1.24.0 (Ubuntu)\nbuilt with OpenSSL 3.0.13 30 Jan 2024\n') };
  assert.equal(installedTarget('nginx', ubuntu, defaultTarget).distribution?.id, 'ubuntu');
});

test('a program that is missing, or says something else, changes nothing', () => {
  assert.equal(installedTarget('nginx', {}, defaultTarget), defaultTarget);
  assert.equal(installedTarget('nginx', { nginx: from('command not found') }, defaultTarget), defaultTarget);
});
