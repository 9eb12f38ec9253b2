import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseTarget } from '../../src/analysis/target.ts';
import { moduleFiles } from '../../src/languages/nginx/data/modules.ts';
import { checkText } from '../languages/nginx/project.ts';
import { Judge } from './nginx/judge.ts';

const http = (line: string) => `http { server { location / { ${line} } } }`;

/** A directive of each module that Debian's nginx has as a file; others need files of their own to be accepted. */
const users: Readonly<Record<string, string>> = {
  mail: 'mail { }',
  stream: 'stream { }',
  http_image_filter: http('image_filter test;'),
  http_perl: http('perl "sub { return 404; }";'),
  http_xslt_filter: http('xslt_types text/html;'),
  http_geoip: 'http { geoip_proxy 127.0.0.1; }',
};
const others: Readonly<Record<string, string>> = {
  'ngx_http_headers_more_filter_module.so': http('more_clear_headers Server;'),
  'ngx_http_echo_module.so': http('echo hello;'),
};

let judge: Judge;

before(() => {
  judge = new Judge();
});

after(() => judge.remove());

test('what needs a module is reported without it, and not with it, as the nginx of Debian says', () => {
  const cases = [
    ...Object.entries(users).map(([module, text]) => [moduleFiles[module]?.load ?? '', text] as const),
    ...Object.entries(others),
  ];
  for (const [file, text] of cases) {
    for (const load of ['', `load_module /usr/lib/nginx/modules/${file};`]) {
      const whole = `${load}\nerror_log stderr;\npid run/modules.pid;\nevents {}\n${text}\n`;
      const { accepted, message } = judge.test(whole);
      assert.equal(accepted, load !== '', `${whole}${message}`);
      const found = checkText(whole, { target: parseTarget({ debian: 13 }) });
      assert.deepEqual(
        found.map(({ rule }) => rule),
        accepted ? [] : ['module-not-loaded'],
        whole,
      );
      if (!accepted) assert.match(message, /unknown directive/);
      for (const { edits } of accepted ? [] : (found[0]?.fixes ?? [])) {
        assert.deepEqual(
          edits.map(({ newText }) => newText),
          [`load_module modules/${file};\n`],
        );
      }
    }
  }
});
