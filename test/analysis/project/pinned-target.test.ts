import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gather } from '../../../src/analysis/project/gather.ts';
import { createPathMap } from '../../../src/analysis/project/path-map.ts';
import { pinnedBeside, pinnedTarget } from '../../../src/analysis/project/pinned-target.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
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

/** The same of a server's configuration. */
async function saidOfNginx(content: Readonly<Record<string, string>>, target = 'seclevel=2'): Promise<string> {
  const files = memoryFiles({ '/work/shop/nginx/nginx.conf': '', ...content });
  const server = nginx as unknown as Language;
  const options = { files, target: parseTargetText(target) };
  return describeServer('nginx', await pinnedTarget('/work/shop/nginx/nginx.conf', server, options));
}

test('a server is that of the image that its project starts', async () => {
  const compose = (image: string) => ({ '/work/shop/compose.yaml': `services:\n  web:\n    image: ${image}\n` });
  const assumed = 'nginx 1.26.3 (assumed: Debian 13)';
  for (const [image, said] of Object.entries({
    'nginx:1.29-alpine': 'nginx 1.29.8 (compose.yaml)',
    '"docker.io/library/nginx:1.25.3"': 'nginx 1.25.3 (compose.yaml)',
    'nginxinc/nginx-unprivileged:1.27@sha256:00': 'nginx 1.27.5 (compose.yaml)',
    // Tags that move, of other programs, and such as nobody knows here.
    nginx: assumed,
    'nginx:stable': assumed,
    'nginx:1': assumed,
    'nginx:${VERSION:-1.29}': assumed,
    'nginxproxy/nginx-proxy:1.6': assumed,
    'example/nginx:2.0': assumed,
    'nginx:1.15': assumed,
  }))
    assert.equal(await saidOfNginx(compose(image)), said, image);
  assert.equal(
    await saidOfNginx({ '/work/shop/Dockerfile': 'FROM node:22 AS build\nFROM nginx:1.28\n' }),
    'nginx 1.28.2 (Dockerfile)',
  );
  assert.equal(await saidOfNginx(compose('nginx:1.29'), 'nginx=1.24.0'), 'nginx 1.24.0');
  assert.equal(await saidOfNginx({ '/work/requirements.txt': 'nginx==1.0\n' }), assumed);
});

test('what need not be the image that reads the configuration says nothing', async () => {
  const at = (file: string, text: string) => ({ [`/work/shop/${file}`]: text });
  const services = (...images: readonly string[]) =>
    `services:\n${images.map((image, index) => `  s${index}:\n    image: ${image}\n`).join('')}`;
  const assumed = 'nginx 1.26.3 (assumed: Debian 13)';
  const old = 'nginx 1.24.0 (compose.yaml)';
  const app = at('compose.yaml', services('nginx:1.24'));
  for (const other of ['nginx', 'nginx:latest', 'nginx:$TAG', 'openresty/openresty:1.27', 'jonasal/nginx-certbot:5'])
    assert.equal(await saidOfNginx(at('compose.yaml', services('nginx:1.24', other))), assumed, other);
  for (const other of ['nginx/nginx-prometheus-exporter:1.4', 'redis:8'])
    assert.equal(await saidOfNginx(at('compose.yaml', services('nginx:1.24', other))), old, other);
  // The nearer folder has one of its own.
  for (const from of ['openresty/openresty:1.27', 'nginx:alpine', 'debian:12\nRUN apt-get install -y nginx'])
    assert.equal(await saidOfNginx({ ...app, ...at('nginx/Dockerfile', `FROM ${from}\n`) }), assumed, from);
  assert.equal(await saidOfNginx({ ...app, ...at('nginx/Dockerfile', 'FROM node:22\n') }), old);
  // What developers run besides.
  assert.equal(await saidOfNginx({ ...app, ...at('compose.dev.yaml', services('nginx:1.29')) }), old);
  assert.equal(await saidOfNginx(app, 'image=nginx:1.29'), 'nginx 1.29.8 (the image nginx:1.29)');
  const stages = 'from --platform=linux/amd64 nginx:1.28 as nginx-base\r\nFROM nginx-base\r\n';
  assert.equal(await saidOfNginx(at('Dockerfile', stages)), 'nginx 1.28.2 (Dockerfile)');
});

test('a fork that is installed here is not that of the image', async () => {
  const files = memoryFiles({ '/work/nginx.conf': '', '/work/Dockerfile': 'FROM nginx:1.29\n' });
  const options = { files, target: { ...parseTargetText('debian=13'), fork: 'Angie' } };
  assert.equal((await pinnedTarget('/work/nginx.conf', nginx as unknown as Language, options)).fork, undefined);
});

test('it is built as images are, not as the packages of the distribution', async () => {
  const files = memoryFiles({ '/work/nginx.conf': '', '/work/Dockerfile': 'FROM nginx:1.29\n' });
  const options = { files, target: parseTargetText('debian=13') };
  const target = await pinnedTarget('/work/nginx.conf', nginx as unknown as Language, options);
  const image = parseTargetText('image=nginx:1.29');
  assert.deepEqual(
    [target.nginx, target.distribution?.id, target.loadedModules],
    [image.nginx, image.distribution?.id, []],
  );
});

test('each folder is looked into once in a run', async () => {
  const files = memoryFiles({ '/work/a/x/nginx.conf': '', '/work/a/y/nginx.conf': '' });
  const listed: string[] = [];
  const list: typeof files.list = (path) => {
    listed.push(path);
    return files.list(path);
  };
  const counting = { ...files, list };
  const options = { files: counting, target: parseTargetText('seclevel=2'), pins: new Map() };
  for (const folder of ['x', 'y'])
    await pinnedTarget(`/work/a/${folder}/nginx.conf`, nginx as unknown as Language, options);
  assert.deepEqual(listed, [...new Set(listed)]);
});

test('a file of Docker Compose that holds a configuration says its version', () => {
  const server = nginx as unknown as Language;
  const said = (text: string, target: string) =>
    describeServer('nginx', pinnedBeside(text, '/work/compose.yaml', server, parseTargetText(target)));
  const text = 'services:\n  web:\n    image: nginx:1.25.3\nconfigs:\n  main:\n    content: |\n      events {}\n';
  assert.equal(said(text, 'seclevel=2'), 'nginx 1.25.3 (compose.yaml)');
  assert.equal(said(text, 'nginx=1.24.0'), 'nginx 1.24.0');
  assert.equal(said(text.replace(':1.25.3', ''), 'debian=12'), 'nginx 1.22.1 (Debian 12)');
});

test('a configuration in the folder of a server is that of the machine, not of an image', async () => {
  const image = 'FROM nginx:1.29\n';
  const files = memoryFiles({ '/etc/nginx/Dockerfile': image, '/work/Dockerfile': image });
  const server = nginx as unknown as Language;
  const { target } = defaultSettings;
  const versionOf = async (entry: string) => {
    const options = { files, target, paths: createPathMap(entry, defaultSettings) };
    return (await gather(entry, 'events {}\n', server, options)).project.target.nginx;
  };
  assert.equal(await versionOf('/etc/nginx/nginx.conf'), target.nginx);
  assert.equal(await versionOf('/work/nginx.conf'), '1.29.8');
});

test('empty lines of a Dockerfile are gone through once', () => {
  const read = (lines: number) => {
    const text = `FROM nginx:1.29\n${'\n'.repeat(lines)}`;
    const start = performance.now();
    assert.deepEqual(nginx.pins?.read('Dockerfile', text), { lowest: '1.29.8', highest: '1.29.8' });
    return performance.now() - start;
  };
  read(1_000);
  assert.ok(read(100_000) < 1_000, 'ten seconds, where each line looks at all that follow');
});
