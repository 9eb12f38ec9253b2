import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absentOnce } from '../../src/analysis/absent-files.ts';
import { analyseText } from '../support/analyse.ts';

test('a file that several places include, and that does not exist, is one finding with the others beside it', () => {
  const site = (port: number, before = '') =>
    `server {\n listen ${port};\n${before} include /etc/nginx/site.conf;\n}\n`;
  const found = (text: string) =>
    absentOnce(
      analyseText(`events {}\nhttp {\n${text}}\n`, { language: 'nginx', isAbsent: () => true }).findings,
    ).flatMap(({ rule, related }) =>
      /^(?:include|suppression)-/.test(rule) ? [[rule, ...related.map(({ message }) => message)]] : [],
    );
  assert.deepEqual(found(site(80)), [['include-missing']]);
  assert.deepEqual(found(site(80) + site(81) + site(82)), [['include-missing', 'Here too', 'Here too']]);
  // What is silenced is no place to look at, and silences all the same.
  const silenced = '# tls-workbench-disable-next-line include-missing -- from a secret\n';
  assert.deepEqual(found(site(80) + site(81, silenced)), [['include-missing']]);
  assert.deepEqual(found(site(80, silenced) + site(81, silenced)), []);
});
