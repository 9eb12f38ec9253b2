import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTarget, parseTargetText } from '../../../src/analysis/target.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { checkText, projectOf } from './project.ts';

const text = 'include /etc/nginx/modules-enabled/*.conf;\nevents {}\nstream { }\n';

function found(main: string, options: Parameters<typeof checkText>[1] = {}): readonly string[] {
  return checkText(main, options).map(({ rule, severity = 'error' }) => `${rule} ${severity}`);
}

test('nobody knows whether a module is compiled in, unless the target says how nginx was built', () => {
  assert.deepEqual(found('events {}\nstream { }\n'), []);
  const debian = { target: parseTarget({ debian: 12 }) };
  assert.deepEqual(found('events {}\nstream { }\n', debian), ['module-not-loaded error']);
  assert.deepEqual(found('load_module "modules/ngx_stream_module.so";\nevents {}\nstream { }\n', debian), []);
  assert.deepEqual(found('events {}\nstream { }\n', { target: parseTarget({ debian: 12, nginx: '1.28.0' }) }), []);
  assert.deepEqual(found('events {}\nstream { }\n', { target: parseTarget({ nginx: '1.28.0' }) }), []);
  // What a file brings that cannot be read may load it.
  assert.deepEqual(found('include {{ modules }};\nevents {}\nstream { }\n', debian), []);
});

test('of a module that nothing loads the first directive says so, each time it is asked', () => {
  const text =
    'events {}\nhttp { js_import main.js; server { location / { js_content main.a; } more_clear_headers B; } }\n';
  const project = projectOf({ '/etc/nginx/nginx.conf': text }, { target: parseTarget({ debian: 12 }) });
  const lines = () =>
    nginx
      .check(project)
      .filter(({ rule }) => rule === 'module-not-loaded')
      .map(({ message }) => /knows "(\w+)"/.exec(message)?.[1]);
  assert.deepEqual(lines(), ['js_import', 'more_clear_headers']);
  assert.deepEqual(lines(), lines());
});

test('one module from elsewhere that is loaded may have any directive of others', () => {
  const target = parseTarget({ debian: 12 });
  const http = 'events {}\nhttp { more_set_headers "Server: a"; }\n';
  assert.deepEqual(found(http, { target }), ['module-not-loaded error']);
  assert.deepEqual(found(`load_module modules/ngx_http_any_module.so;\n${http}`, { target }), []);
  assert.deepEqual(found(http), []);
  // That of njs comes from nginx's own makers, and is a file all the same.
  const script = 'events {}\nhttp { js_import main.js; server { location / { js_content main.answer; } } }\n';
  for (const where of [target, parseTargetText('image=nginx:1.29')]) {
    assert.equal(found(script, { target: where }).length, 1);
    assert.deepEqual(found(`load_module modules/ngx_http_js_module.so;\n${script}`, { target: where }), []);
  }
});

test('the folder of modules that packages of Debian bring tells it too', () => {
  const files = { '/etc/nginx/nginx.conf': text };
  const rules = (project: ReturnType<typeof projectOf>) =>
    nginx.check(project).map(({ rule, severity }) => [rule, severity]);
  assert.deepEqual(rules(projectOf(files)), []);
  const here = { hasFolder: () => true };
  assert.deepEqual(rules({ ...projectOf(files), ...here }), [['module-not-loaded', 'warning']]);
  const loaded = '/etc/nginx/modules-enabled/50-mod-stream.conf';
  const load = { [loaded]: 'load_module modules/ngx_stream_module.so;\n' };
  assert.deepEqual(rules({ ...projectOf({ ...files, ...load }), ...here }), []);
});

test('the nginx of this machine says nothing of what is run elsewhere', () => {
  const project = projectOf(
    { '/work/nginx.conf': 'events {}\nstream { }\n' },
    { target: { assumed: false, isInstalled: true, loadedModules: ['stream'] } },
  );
  assert.equal(nginx.check(project).length, 1);
  assert.equal(nginx.check({ ...project, isCopy: true }).length, 0);
});

test('the package is called as the target calls it, and where its folder is read that brings it', () => {
  const messageOf = (target: string, main: string) =>
    checkText(main, { target: parseTargetText(target) }).map(({ message }) =>
      message.replace(/^.*"unknown directive"\. /, ''),
    );
  const main = 'events {}\nstream { }\n';
  assert.deepEqual(messageOf('rhel=9', main), [
    'Install it (nginx-mod-stream) and write "load_module modules/ngx_stream_module.so;" at the top of the main file.',
  ]);
  assert.deepEqual(messageOf('image=nginx:1.29', main), []);
  assert.match(
    messageOf('image=nginx:1.29', 'events {}\nhttp { server { location / { image_filter size; } } }\n')[0] ?? '',
    /nginx-module-image-filter/,
  );
  const files = { '/etc/nginx/nginx.conf': `include /usr/share/nginx/modules/*.conf;\n${main}` };
  const project = projectOf(files, { target: parseTargetText('rhel=9') });
  // Nobody looked into the folder.
  assert.deepEqual(nginx.check({ ...project, included: () => undefined }), []);
  const [report] = nginx.check(project);
  assert.match(
    report?.message ?? '',
    /Install the package nginx-mod-stream, which puts it into \/usr\/share\/nginx\/modules\./,
  );
});
