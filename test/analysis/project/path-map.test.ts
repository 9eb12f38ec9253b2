import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPathMap } from '../../../src/analysis/project/path-map.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';

test('modules that packages of this machine bring are no part of a checkout', () => {
  const modules = '/usr/share/nginx/modules/*.conf';
  assert.deepEqual(createPathMap('/work/nginx.conf', defaultSettings).candidates(modules), []);
  assert.deepEqual(createPathMap('/etc/nginx/nginx.conf', defaultSettings).candidates(modules), [modules]);
});

test('a copy of /etc/httpd has its main file one folder deeper', () => {
  const paths = createPathMap('/work/httpd/conf/httpd.conf', { paths: 'auto', map: new Map() });
  assert.deepEqual(paths.candidates('/etc/httpd/conf.d/*.conf'), [
    '/work/httpd/conf.d/*.conf',
    '/work/httpd/conf/conf.d/*.conf',
  ]);
});

test('so has one of XAMPP, whatever the case of the drive', () => {
  const paths = createPathMap('/work/xampp/conf/httpd.conf', { paths: 'auto', map: new Map() });
  for (const drive of ['C:', 'c:']) {
    assert.equal(paths.candidates(`${drive}/xampp/apache/conf/extra/a.conf`)[0], '/work/xampp/conf/extra/a.conf');
  }
});

test('a map holds for relative paths too, which the main file lies in the place of', () => {
  const atHome = createPathMap('/work/web/nginx.conf', {
    paths: 'auto',
    map: new Map([['/etc/nginx/ssl', '/work/certs']]),
  });
  assert.deepEqual(atHome.candidates('/work/web/ssl/a.crt'), ['/work/web/ssl/a.crt', '/work/certs/a.crt']);
  // That nginx lies beside it says nothing of Apache's own sites.
  const beside = createPathMap('/work/apache2/apache2.conf', {
    paths: 'auto',
    map: new Map([['/etc/nginx', '/work/nginx']]),
  });
  const sites = '/work/apache2/sites-enabled/*.conf';
  assert.deepEqual(beside.candidates(sites), [sites]);
  const map = new Map([
    ['/opt/web', '/work/web'],
    ['/opt/web/tls', '/work/certs'],
  ]);
  const mapped = createPathMap('/work/web/conf/nginx.conf', { paths: 'auto', map });
  assert.equal(mapped.candidates('/work/web/tls/a.crt')[0], '/work/certs/a.crt');
});

test('an image, a package or a backup has the order of the deployed machine below a folder that stands for its root', () => {
  const paths = createPathMap('/work/rootfs/etc/nginx/nginx.conf', defaultSettings);
  assert.deepEqual(paths.candidates('/etc/ssl/a.crt'), ['/work/rootfs/etc/ssl/a.crt', '/etc/ssl/a.crt']);
  assert.deepEqual(paths.candidates('/usr/share/nginx/modules/*.conf'), [
    '/work/rootfs/usr/share/nginx/modules/*.conf',
  ]);
  const here = createPathMap('/work/rootfs/etc/nginx/nginx.conf', { ...defaultSettings, paths: 'here' });
  assert.deepEqual(here.candidates('/etc/ssl/a.crt'), ['/etc/ssl/a.crt']);
  const own = createPathMap('/etc/nginx/nginx.conf', defaultSettings);
  assert.deepEqual(own.candidates('/etc/ssl/a.crt'), ['/etc/ssl/a.crt']);
});

test('a map says where deployed folders lie, the longest first', () => {
  const map = new Map([
    ['/etc', '/work/etc'],
    ['/etc/ssl', '/work/certificates'],
  ]);
  const paths = createPathMap('/work/nginx.conf', { paths: 'auto', map });
  assert.deepEqual(paths.candidates('/etc/ssl/a.crt'), [
    '/work/certificates/a.crt',
    '/work/etc/ssl/a.crt',
    '/etc/ssl/a.crt',
  ]);
  assert.equal(paths.mode, 'elsewhere');
  assert.equal(createPathMap('/etc/nginx/nginx.conf', defaultSettings).mode, 'here');
});

test('what lies where systems keep the configuration of a server is of this machine, other files are of another one', () => {
  const modeOf = (entry: string) => createPathMap(entry, defaultSettings).mode;
  for (const folder of [
    '/etc/nginx',
    '/usr/local/etc/nginx',
    '/opt/homebrew/etc/httpd',
    '/usr/local/apache2/conf',
    'c:/xampp/apache/conf',
  ])
    assert.equal(modeOf(`${folder}/main.conf`), 'here', folder);
  for (const folder of ['/srv/etc/nginx', '/home/me/usr/local/etc', '/etcetera', 'C:/work'])
    assert.equal(modeOf(`${folder}/main.conf`), 'elsewhere', folder);
});
