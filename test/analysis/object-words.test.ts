import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTargetText } from '../../src/analysis/target.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import type { Program } from '../../src/tls/target.ts';
import { projectOf as apacheProject } from '../languages/apache/project.ts';
import { projectOf as nginxProject } from '../languages/nginx/project.ts';
import { analyseText } from '../support/analyse.ts';

/** What every object of JavaScript has, beside a word that none has. */
const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'sprocket'] as const;

const texts: readonly (readonly [language: Program, textOf: (word: string) => string])[] = [
  [
    'nginx',
    (word) =>
      `server {\n  listen 443 ${word};\n  ssl_protocols ${word};\n  ssl_verify_client ${word};\n  ${word} off;\n}\n`,
  ],
  ['nginx', (word) => `events {\n  ${word} {\n  }\n}\nhttp {\n  proxy_cache_path /c ${word}=1;\n}\n`],
  ['nginx', (word) => `{% ${word} %}\nadd_header ${word} a;\n@endif\n@${word} (1)\n`],
  ['apache', (word) => `<${word} a>\n  Require all granted\n</${word}>\nHeader set ${word} a\n`],
  ['apache', (word) => `SSLOpenSSLConfCmd ${word} a\nSSLVerifyClient ${word}\n`],
  ['apache', (word) => `${word} on\nRedirect ${word} /a https://example.com/\nRequire ${word}\n`],
  [
    'django',
    (word) =>
      `DEBUG = False\nDATABASES = {'a': {'ENGINE': 'django.db.backends.postgresql', 'HOST': 'db.example.com', 'OPTIONS': {'sslmode': '${word}'}}}\n`,
  ],
  ['django', (word) => `DEBUG = ${word}(1)\nMIDDLEWARE = []\nMIDDLEWARE.${word}('a')\n`],
];

test('words that every object has are words like others', () => {
  for (const [language, textOf] of texts) {
    const said = words.map((word) =>
      analyseText(textOf(word), { language, paths: 'here' }).findings.map(({ rule, message }) =>
        `${rule}: ${message}`.replaceAll(word, 'WORD').replaceAll(word.toLowerCase(), 'WORD'),
      ),
    );
    for (const each of said) assert.deepEqual(each, said.at(-1), textOf('WORD'));
  }
});

test('so are they in conditions of Apache, and as schemes and modules', () => {
  const modules = (word: string) =>
    `LoadModule ${word}_module modules/mod_x.so\nLoadModule proxy_module modules/mod_proxy.so\n`;
  const said = ['constructor', 'toString', 'sprocket'].map((word) =>
    analyseText(`Listen 80\n${modules(word)}ProxyPass /a ${word}://b/\n<If "${word}">\n</If>\n`, {
      language: 'apache',
    }).findings.map(({ message }) => message.replaceAll(word, 'WORD').replaceAll(word.toLowerCase(), 'WORD')),
  );
  for (const each of said) assert.deepEqual(each, said.at(-1));
});

test('so are they where names are looked for, and in targets', () => {
  for (const word of words) {
    assert.deepEqual(nginx.names(nginxProject({ '/etc/nginx/nginx.conf': `${word} a;\n` })), []);
    assert.deepEqual(apache.names(apacheProject({ '/etc/apache2/apache2.conf': `${word} a\n` })), []);
    assert.throws(() => parseTargetText(`${word}=1`), /is not known\. Use debian/);
    assert.throws(() => parseTargetText(`debian=${word}`), /Known releases: 10, 11/);
  }
});
