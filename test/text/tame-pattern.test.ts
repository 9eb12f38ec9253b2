import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTame } from '../../src/text/tame-pattern.ts';
import { analyseText } from '../support/analyse.ts';

const tame = [
  '^[a-f0-9]{32}$',
  '^/([a-f0-9]{2}){3}$',
  '^https?://(www\\.)?a\\.b/?$',
  '\\.php$',
  '^/a/(.*)$',
  '^/(?:[^/]+/)*x$',
  '^(/[^/]+)+$',
  '([a-z]+\\.)+example',
  '(?:a|b)+',
  '(?:%20|\\+)+',
  '\\.(jpg|png|gif)$',
  '(.*)x(.*)y',
  '^\\d{1,3}(\\.\\d{1,3}){3}$',
  '(?i)(sqlmap|nikto)',
  '^([^/]+)/([^/]+)/([^/]+)/([^/]+)$',
  '[[:alnum:]]+',
  '^(\\.\\w{2,3})+$',
  '^((\\d|1\\d)\\.)+$',
  '^(?:(?:a|b)x)+$',
];

const wild = [
  '(.*){9}x',
  '(\\w{1,9}){1,9}',
  '(a?){30}',
  `${'a?'.repeat(30)}b`,
  '(a+)+',
  '((a+))+',
  '(.*)*',
  '((.+)+#)?',
  '(.+|x)+#',
  '(\\w|\\d)+',
  '(a|a)+',
  '(([^;]+)+)+',
  '(?:[^/]+/?)*',
  '(x+x+)+y',
  '^(\\d{1,3}\\.?)+$',
  '^(a?a?)+$',
  '^((a|a))*$',
  '((a|ab)(b|))*c',
  '(a{1,20}){1,20}',
  '([a-z]+[-.]?)+',
  '(.*)(.*)(.*)(.*)(.*)(.*)(.*)x',
  `${'a'.repeat(2001)}*`,
];

for (const pattern of tame) test(`${pattern} is searched for`, () => assert.equal(isTame(pattern), true));
for (const pattern of wild)
  test(`${pattern.slice(0, 40)} may take forever`, () => assert.equal(isTame(pattern), false));

test('a configuration with expressions that take forever is read to its end', () => {
  const wildest = '((.+)+#)?';
  const apache = [
    '<VirtualHost *:80>',
    'ServerName a.example',
    `RedirectMatch "^/${wildest}$" "https://b.example/"`,
    `Header edit* Set-Cookie "${wildest}" "x"`,
    '</VirtualHost>',
  ];
  const nginx = [
    'server {',
    'listen 80;',
    `location ~ "${wildest}z" { return 403; }`,
    `rewrite "^/${wildest}$" /b;`,
    '}',
  ];
  for (const [language, lines] of [['apache', apache] as const, ['nginx', nginx] as const])
    assert.deepEqual(analyseText(lines.join('\n'), { language }).findings, []);
});
