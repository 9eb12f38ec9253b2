import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from '../../../src/analysis/languages.ts';
import { expandGlob } from '../../../src/analysis/project/expand.ts';
import { gather, type ParseCache } from '../../../src/analysis/project/gather.ts';
import { gatherFromMain, mainFilesAbove } from '../../../src/analysis/project/main-file.ts';
import { createPathMap } from '../../../src/analysis/project/path-map.ts';
import { analyseGathered, gatherFile } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import type { Files } from '../../../src/host/host.ts';
import { nodeHost } from '../../../src/host/node.ts';
import type { Language } from '../../../src/languages/language.ts';
import { rules } from '../../../src/rules/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const nginx = detectLanguage('/etc/nginx/nginx.conf', 'events {}\nhttp {}\n') as Language;
const apache = detectLanguage('/etc/apache2/apache2.conf', 'Listen 80\n') as Language;

const optionsFor = (entry: string, files: Files, cache?: ParseCache) => ({
  files,
  paths: createPathMap(entry, defaultSettings),
  target: defaultSettings.target,
  ...(cache === undefined ? {} : { cache }),
});

test('a main file brings its includes, in the order of their names, and theirs', async () => {
  const main = 'events {}\nhttp {\n  include sites/*.conf;\n}\n';
  const files = memoryFiles({
    '/srv/nginx/nginx.conf': main,
    '/srv/nginx/sites/b.conf': 'server { include common.conf; }',
    '/srv/nginx/sites/a.conf': 'server { listen 80; }',
    '/srv/nginx/common.conf': 'listen 81;',
    '/srv/nginx/sites/other.txt': 'no',
  });
  const { project } = await gather('/srv/nginx/nginx.conf', main, nginx, optionsFor('/srv/nginx/nginx.conf', files));
  assert.deepEqual(
    [...project.files.keys()],
    ['/srv/nginx/nginx.conf', '/srv/nginx/sites/a.conf', '/srv/nginx/sites/b.conf', '/srv/nginx/common.conf'],
  );
  assert.equal(project.complete, true);
});

for (const root of ['shelf://host', 'shelf://', 'C:']) {
  test(`files that lie on no disk, and on a drive of Windows, are included like others: ${root}/`, async () => {
    const main = 'events {}\nhttp { include ../sites/*.conf; include common.conf; }\n';
    const entry = `${root}/nginx/nginx.conf`;
    const files = memoryFiles({
      [entry]: main,
      [`${root}/sites/a.conf`]: 'server { listen 80; }',
      [`${root}/nginx/common.conf`]: '',
    });
    const { project } = await gather(entry, main, nginx, optionsFor(entry, files));
    assert.deepEqual([...project.files.keys()], [entry, `${root}/sites/a.conf`, `${root}/nginx/common.conf`]);
  });
}

test('a path with a drive is absolute, whichever slashes it has', async () => {
  const main = 'events {}\nhttp { include D:/sites/*.conf; include D:\\more\\b.conf; }\n';
  const entry = 'C:/nginx/conf/nginx.conf';
  const files = memoryFiles({ [entry]: main, 'D:/sites/a.conf': '', 'D:/more/b.conf': '' });
  const { project } = await gather(entry, main, nginx, optionsFor(entry, files));
  assert.deepEqual([...project.files.keys()], [entry, 'D:/sites/a.conf', 'D:/more/b.conf']);
});

test('files that include each other are read once', async () => {
  const main = 'events {}\ninclude nginx.conf;\ninclude a.conf;\n';
  const files = memoryFiles({ '/n/nginx.conf': main, '/n/a.conf': 'include a.conf;\n' });
  const { project } = await gather('/n/nginx.conf', main, nginx, optionsFor('/n/nginx.conf', files));
  assert.deepEqual([...project.files.keys()], ['/n/nginx.conf', '/n/a.conf']);
});

test('an include whose folder is not here stays unknown, one that matches nothing is empty', async () => {
  const files = memoryFiles({ '/n/nginx.conf': '', '/n/conf.d/readme': '' });
  assert.equal(await expandGlob('/elsewhere/*.conf', files), undefined);
  assert.equal(await expandGlob('/elsewhere/a.conf', files), undefined);
  assert.deepEqual(await expandGlob('/n/conf.d/*.conf', files), []);
});

test('an include whose file does not exist is absent, by whose machine it is; what cannot be seen is not', async () => {
  const main = 'events {}\nhttp { include a.conf; include none.conf; include none/*.conf; include secret/x.conf; }\n';
  const at = async (entry: string) => {
    const folder = entry.slice(0, entry.lastIndexOf('/'));
    const all = memoryFiles({ [entry]: main, [`${folder}/a.conf`]: '' });
    const secret = `${folder}/secret/x.conf`;
    const stat: Files['stat'] = async (path) =>
      path === secret ? { error: 'forbidden', message: 'no permission' } : all.stat(path);
    const { project, unread } = await gather(entry, main, nginx, optionsFor(entry, { ...all, stat }));
    const isClosed = entry.startsWith('/etc/') ? { isClosed: true } : {};
    const range = { start: main.indexOf('secret/x.conf'), end: main.indexOf('secret/x.conf') + 'secret/x.conf'.length };
    const location = { file: entry, range };
    assert.deepEqual(unread, [{ file: secret, message: 'no permission', location, ...isClosed }]);
    return ['a.conf', 'none.conf', 'none/*.conf', 'secret/x.conf'].map((name) => project.absent(`${folder}/${name}`));
  };
  assert.deepEqual(await at('/work/nginx.conf'), [undefined, 'elsewhere', undefined, undefined]);
  assert.deepEqual(await at('/etc/nginx/nginx.conf'), [undefined, 'here', undefined, undefined]);
});

test('a wildcard in a folder that is not there matches nothing on the server itself, and is unknown elsewhere', async () => {
  const main = 'events {}\nhttp { include none/*.conf; include secret/*.conf; include sites/*.conf; }\n';
  const included = async (entry: string) => {
    const folder = entry.slice(0, entry.lastIndexOf('/'));
    const all = memoryFiles({ [entry]: main, [`${folder}/sites/readme`]: '' });
    const isSecret = (path: string) => path === `${folder}/secret`;
    const denied = { error: 'forbidden', message: 'no permission' } as const;
    const files: Files = {
      ...all,
      stat: (path) => (isSecret(path) ? Promise.resolve(denied) : all.stat(path)),
      list: (path) => (isSecret(path) ? Promise.resolve(denied) : all.list(path)),
    };
    const { project, unread } = await gather(entry, main, nginx, optionsFor(entry, files));
    const closed = unread.map(({ file, isClosed }) => `${file} ${isClosed}`);
    assert.deepEqual(closed, [`${folder}/secret ${entry.startsWith('/etc/') || undefined}`]);
    return ['none', 'secret', 'sites'].map((name) => project.included(`${folder}/${name}/*.conf`));
  };
  assert.deepEqual(await included('/etc/nginx/nginx.conf'), [[], undefined, []]);
  assert.deepEqual(await included('/home/me/nginx.conf'), [undefined, undefined, []]);
});

test('a folder that Apache includes and nobody here may look into is told', async () => {
  const entry = '/etc/apache2/apache2.conf';
  const main = 'Listen 80\nInclude empty\nInclude secret\nIncludeOptional secret/*.conf\n';
  const all = memoryFiles({ [entry]: main, '/etc/apache2/empty/deeper/readme': '', '/etc/apache2/secret/a.conf': '' });
  const denied = { error: 'forbidden', message: 'no permission' } as const;
  const list: Files['list'] = (path) => (path.endsWith('/secret') ? Promise.resolve(denied) : all.list(path));
  const { unread } = await gather(entry, main, apache, optionsFor(entry, { ...all, list }));
  assert.deepEqual(
    unread.map(({ location: { range } }) => main.slice(range.start, range.end)),
    ['secret', 'secret/*.conf'],
  );
});

test('links that a wildcard matches and that lead nowhere stop a server, on its own machine', async () => {
  const at = async (entry: string) => {
    const folder = entry.slice(0, entry.lastIndexOf('/'));
    const all = memoryFiles({ [entry]: '', [`${folder}/sites/b.conf`]: '', [`${folder}/more/b.conf`]: '' });
    const entries = ['a.conf', 'secret.conf'].map((name) => ({ name, kind: 'other' }) as const);
    const forbidden = { error: 'forbidden', message: 'no permission' } as const;
    const files: Files = {
      ...all,
      stat: (path) => (path.endsWith('/secret.conf') ? Promise.resolve(forbidden) : all.stat(path)),
      list: async (path) => {
        const there = await all.list(path);
        return path !== `${folder}/sites` || 'error' in there ? there : [...there, ...entries];
      },
    };
    const text = (include: string) => `events {}\nhttp { ${include} include more/*.conf; include more/*/a.conf; }\n`;
    const [wide, literal] = await Promise.all(
      ['include sites/*.conf;', 'include *tes/a.conf;'].map((include) =>
        gather(entry, text(include), nginx, optionsFor(entry, files)),
      ),
    );
    const found = [wide, literal].flatMap((one) => (one ? nginx.check(one.project) : []));
    const links = found.filter(({ rule }) => rule === 'include-missing').map(({ message }) => message.slice(0, 56));
    return [wide?.project.included(`${folder}/sites/*.conf`), ...links];
  };
  assert.deepEqual(await at('/etc/nginx/nginx.conf'), [
    ['/etc/nginx/sites/b.conf'],
    '/etc/nginx/sites/a.conf is a link that leads nowhere, so',
    '/etc/nginx/sites/a.conf is a link that leads nowhere, so',
  ]);
  assert.deepEqual(await at('/home/me/nginx.conf'), [['/home/me/sites/b.conf']]);
});

test('what a checkout keeps encrypted is left out of what is included, with the reason; on the server it is read', async () => {
  const at = async (entry: string) => {
    const folder = entry.slice(0, entry.lastIndexOf('/'));
    const text = 'events {}\nhttp { include sites/*.conf; }\n';
    const files = memoryFiles({
      [entry]: text,
      [`${folder}/sites/a.conf`]: '$ANSIBLE_VAULT;1.1;AES256\n3336\n',
      [`${folder}/sites/b.conf`]: 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n',
      [`${folder}/sites/c.conf`]: 'server {}',
    });
    const { project, unread } = await gather(entry, text, nginx, optionsFor(entry, files));
    return [[...project.files.keys()].slice(1), unread.map(({ message }) => message)];
  };
  assert.deepEqual(await at('/home/me/nginx.conf'), [
    ['/home/me/sites/c.conf'],
    [
      '/home/me/sites/a.conf is encrypted with Ansible Vault',
      '/home/me/sites/b.conf is a pointer of Git LFS, not the file itself',
    ],
  ]);
  const [read, unread] = await at('/etc/nginx/nginx.conf');
  assert.deepEqual([read?.length, unread], [3, []]);
});

test('a folder that an include of nginx matches stops it, on its own machine', async () => {
  const at = async (entry: string, include: string) => {
    const folder = entry.slice(0, entry.lastIndexOf('/'));
    const text = `events {}\nhttp { ${include} }\n`;
    const files = memoryFiles({ [entry]: text, [`${folder}/sites/a`]: '', [`${folder}/sites/old/b`]: '' });
    const { project } = await gather(entry, text, nginx, optionsFor(entry, files));
    return nginx.check(project).map(({ rule, message }) => `${rule} ${message.slice(0, 43)}`);
  };
  const said = 'include-missing /etc/nginx/sites/old is a folder, which ngi';
  assert.deepEqual(await at('/etc/nginx/nginx.conf', 'include sites/*;'), [said]);
  assert.deepEqual(await at('/etc/nginx/nginx.conf', 'include sites/old;'), [said]);
  assert.deepEqual(await at('/etc/nginx/nginx.conf', 'include sites/old/*;'), []);
  assert.deepEqual(await at('/home/me/nginx.conf', 'include sites/*;'), []);
});

test('a wildcard among the entries of a geo is an ordinary name, and no other file is read for it', async () => {
  const at = async (entry: string, include: string) => {
    const folder = entry.slice(0, entry.lastIndexOf('/'));
    const text = `events {}\nhttp {\ngeo $g { ${include} }\nmap $host $h { ${include} }\n}\n`;
    const files = memoryFiles({ [entry]: '', [`${folder}/nets/a`]: '1.2.3.4/8 a;\n', [`${folder}/odd/[b]*`]: '' });
    const { project } = await gather(entry, text, nginx, optionsFor(entry, files));
    const found = nginx.check(project);
    return found.map(({ rule, severity, message }) => [rule, severity, /\/[^. ]*/.exec(message)?.[0]]);
  };
  const [here, elsewhere] = ['/etc/nginx/nginx.conf', '/home/me/nginx.conf'];
  assert.deepEqual(await at(here, 'include nets/*;'), [['include-missing', undefined, '/etc/nginx/nets/*,']]);
  assert.deepEqual(await at(elsewhere, 'include nets/*;'), [['include-missing', 'information', '/home/me/nets/*']]);
  assert.deepEqual(await at(here, 'include "odd/[b]*";'), []);
  assert.deepEqual(await at(elsewhere, 'include none/*;'), []);
});

test('a checkout of /etc/nginx answers for the deployed folder', async () => {
  const main = 'events {}\nhttp { include /etc/nginx/conf.d/*.conf; }\n';
  const files = memoryFiles({ '/work/web/nginx.conf': main, '/work/web/conf.d/site.conf': 'server {}' });
  const { project } = await gather('/work/web/nginx.conf', main, nginx, optionsFor('/work/web/nginx.conf', files));
  assert.deepEqual([...project.files.keys()], ['/work/web/nginx.conf', '/work/web/conf.d/site.conf']);
});

test('sites of a server that this machine has are no part of a checkout, files that are named are', async () => {
  const main = 'events {}\nhttp { include /etc/nginx/mime.types; include /etc/nginx/sites-enabled/*; }\n';
  const machine = { '/etc/nginx/mime.types': 'types {}', '/etc/nginx/sites-enabled/default': 'server {}' };
  const at = async (entry: string) => {
    const files = memoryFiles({ ...machine, [entry]: main });
    return [...(await gather(entry, main, nginx, optionsFor(entry, files))).project.files.keys()];
  };
  assert.deepEqual(await at('/work/web/nginx.conf'), ['/work/web/nginx.conf', '/etc/nginx/mime.types']);
  assert.deepEqual(await at('/etc/nginx/nginx.conf'), ['/etc/nginx/nginx.conf', ...Object.keys(machine)]);
});

test('a snippet that nothing includes stops no server, and its files are missing all the same on the machine itself', async () => {
  const text =
    'server {\n  listen 443 ssl;\n  include /etc/none.conf;\n  ssl_certificate /etc/none.pem;\n  ssl_dhparam /etc/none.dh;\n}\n';
  const at = async (file: string) => {
    const options = {
      host: { ...nodeHost, files: memoryFiles({ [file]: text }) },
      settings: defaultSettings,
      rules,
      now: new Date(0),
    };
    const found = (await analyseGathered(await gatherFile(file, text, nginx, options), options)).findings;
    return found
      .filter(({ rule }) => rule === 'include-missing' || rule === 'certificate-file-missing')
      .map(({ severity, message }) => `${severity}: ${message}`);
  };
  assert.deepEqual(await at('/etc/nginx/drawer/a.conf'), [
    'information: /etc/none.conf does not exist, so nginx would not start with this file. Put it there before a configuration includes this one, or correct the path.',
    'information: The certificate /etc/none.pem does not exist. Put it there before a configuration includes this file, or correct the path.',
    'information: The file of DH parameters /etc/none.dh does not exist. Put it there before a configuration includes this file, or correct the path.',
  ]);
  const elsewhere = await at('/work/a.conf');
  assert.equal(elsewhere.length, 3);
  for (const message of elsewhere) assert.match(message, /^information: .* is not on this machine.*lint\.map/);
});

test('a snippet finds the main file in the folder of it beside its own, as on Red Hat', async () => {
  const main = 'ServerRoot "/etc/httpd"\nListen 80\nIncludeOptional conf.d/*.conf\n';
  const files = memoryFiles({ '/r/httpd/conf/httpd.conf': main, '/r/httpd/conf.d/ssl.conf': 'SSLEngine on\n' });
  assert.deepEqual(await mainFilesAbove('/r/httpd/conf.d/ssl.conf', apache, files), ['/r/httpd/conf/httpd.conf']);
  assert.deepEqual(await mainFilesAbove('/r/httpd/conf/httpd.conf', apache, files), []);
});

test('a snippet finds the main file above it that includes it', async () => {
  const main = 'events {}\nhttp { include conf.d/*.conf; }\n';
  const files = memoryFiles({
    '/w/nginx.conf': main,
    '/w/conf.d/site.conf': 'server {}',
    '/w/conf.d/other/deep.conf': 'server {}',
  });
  assert.deepEqual(await mainFilesAbove('/w/conf.d/site.conf', nginx, files), ['/w/nginx.conf']);
  const found = await gatherFromMain('/w/conf.d/site.conf', ['/w/nginx.conf'], nginx, (entry) =>
    optionsFor(entry, files),
  );
  assert.equal(found?.project.entry, '/w/nginx.conf');
  const none = await gatherFromMain('/w/conf.d/other/deep.conf', ['/w/nginx.conf'], nginx, (entry) =>
    optionsFor(entry, files),
  );
  assert.equal(none, undefined);
});

test('a site that a link enables is found under its own name', async () => {
  const main = 'events {}\nhttp {\n  include sites-enabled/*;\n}\n';
  const own = '/w/sites-available/shop';
  const files = memoryFiles(
    {
      '/w/nginx.conf': main,
      [own]: 'server { listen 80; }',
      '/w/sites-available/off': '',
      '/w/sites-available/wiki': '',
    },
    { '/w/sites-enabled/shop': own, '/w/sites-enabled/10-wiki': '/w/sites-available/wiki' },
  );
  const find = (file: string) => gatherFromMain(file, ['/w/nginx.conf'], nginx, (entry) => optionsFor(entry, files));
  assert.deepEqual(
    [...((await find(own))?.project.files.keys() ?? [])],
    ['/w/nginx.conf', '/w/sites-available/wiki', own],
  );
  assert.equal(await find('/w/sites-available/off'), undefined);
});

test('a snippet is judged by the text that was given, and not by what lies on the disk', async () => {
  const files = memoryFiles({ '/w/nginx.conf': 'events {}\nhttp { include a.conf; }\n', '/w/a.conf': 'server {}' });
  const options = { host: { ...nodeHost, files }, settings: defaultSettings, rules: [], now: new Date(0) };
  const text = 'server { listen 81; }';
  const { project } = await gatherFile('/w/a.conf', text, nginx, { ...options, mainFiles: ['/w/nginx.conf'] });
  assert.equal(project.entry, '/w/nginx.conf');
  assert.equal(project.files.get('/w/a.conf')?.document.text, text);
});

test('a file that did not change is not parsed again', async () => {
  const main = 'events {}\ninclude a.conf;\n';
  const files = memoryFiles({ '/n/nginx.conf': main, '/n/a.conf': '# a\n' });
  const cache: ParseCache = new Map();
  const first = await gather('/n/nginx.conf', main, nginx, optionsFor('/n/nginx.conf', files, cache));
  const second = await gather('/n/nginx.conf', `${main}\n`, nginx, optionsFor('/n/nginx.conf', files, cache));
  assert.equal(second.project.files.get('/n/a.conf'), first.project.files.get('/n/a.conf'));
  assert.notEqual(second.project.files.get('/n/nginx.conf'), first.project.files.get('/n/nginx.conf'));
});

test('a file that cannot be read, or is too large, is named and costs nothing else', async () => {
  const main = 'events {}\ninclude large.conf;\ninclude a.conf;\n';
  const files = memoryFiles({
    '/n/nginx.conf': main,
    '/n/large.conf': new Uint8Array(17 * 1_048_576),
    '/n/a.conf': '',
  });
  const { project, unread } = await gather('/n/nginx.conf', main, nginx, optionsFor('/n/nginx.conf', files));
  assert.deepEqual(
    unread.map(({ file }) => file),
    ['/n/large.conf'],
  );
  assert.match(unread[0]?.message ?? '', /has 17 MB/);
  assert.ok(project.files.has('/n/a.conf'));
});

test('Include of Apache wants a match, in a folder that is not there too, and IncludeOptional none', async () => {
  const absent = async (entry: string, directive: string) => {
    const text = `LoadModule mpm_event_module m.so\nListen 80\n${directive} none/*.conf\n`;
    const { project } = await gather(entry, text, apache, optionsFor(entry, memoryFiles({ [entry]: text })));
    return project.absent(`${entry.slice(0, entry.lastIndexOf('/'))}/none/*.conf`);
  };
  assert.equal(await absent('/etc/apache2/apache2.conf', 'Include'), 'here');
  assert.equal(await absent('/etc/apache2/apache2.conf', 'IncludeOptional'), undefined);
  assert.equal(await absent('/work/apache2.conf', 'Include'), undefined);
});

test('an include below a ServerRoot that is not there is no mistake of its own', async () => {
  const absent = async (lines: string, other?: string) => {
    const text = `LoadModule mpm_event_module m.so\nListen 80\n${lines}\n`;
    const entry = '/etc/apache2/apache2.conf';
    const files = memoryFiles({ [entry]: text, ...(other === undefined ? {} : { [other]: '' }) });
    const { project } = await gather(entry, text, apache, optionsFor(entry, files));
    return project.absent('/srv/conf/a.conf');
  };
  assert.equal(await absent('ServerRoot /srv\nInclude conf/a.conf'), undefined);
  assert.equal(await absent('ServerRoot /srv\nInclude conf/a.conf', '/srv/conf/b.conf'), 'here');
  assert.equal(await absent('ServerRoot /srv\nInclude /srv/conf/a.conf'), 'here');
});

test('an include whose file a template will become is that template, but on the server itself', async () => {
  const main = 'events {}\nhttp {\n  include /etc/nginx/tls.conf;\n  include plain.conf;\n  include none.conf;\n}\n';
  const included = async (entry: string) => {
    const folder = entry.slice(0, entry.lastIndexOf('/'));
    const files = memoryFiles({
      [entry]: main,
      [`${folder}/tls.conf.j2`]: 'ssl_protocols {{ protocols }};',
      [`${folder}/tls.conf.bak`]: '',
      [`${folder}/plain.conf`]: '',
      [`${folder}/plain.conf.erb`]: '',
      [`${folder}/none.conf.md`]: '',
    });
    const { project } = await gather(entry, main, nginx, optionsFor(entry, files));
    return [...project.files.keys()].slice(1);
  };
  assert.deepEqual(await included('/home/role/templates/nginx.conf.j2'), [
    '/home/role/templates/tls.conf.j2',
    '/home/role/templates/plain.conf',
  ]);
  assert.deepEqual(await included('/etc/nginx/nginx.conf'), ['/etc/nginx/plain.conf']);
});

test('a part of a template tree is seen where the main template includes it', async () => {
  const main = 'events {}\nhttp {\n  server {\n    include snippets/tls.conf;\n  }\n}\n';
  const part = 'ssl_protocols {{ protocols }};\n';
  const file = '/home/role/templates/snippets/tls.conf.erb';
  const files = memoryFiles({ '/home/role/templates/nginx.conf.erb': main, [file]: part });
  const mains = await mainFilesAbove(file, nginx, files);
  assert.deepEqual(mains, ['/home/role/templates/nginx.conf.erb']);
  const gathered = await gatherFromMain(file, mains, nginx, (entry) => optionsFor(entry, files));
  assert.equal(gathered?.project.entry, '/home/role/templates/nginx.conf.erb');
});
