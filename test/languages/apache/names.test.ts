// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Apache's variables look so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { nameAt, placesOf } from '../../../src/languages/names.ts';
import { projectOf } from './project.ts';

/** Where the name at `|` stands: `definition` and `use` with the line of each. */
function places(...lines: readonly string[]): readonly string[] {
  const marked = `${lines.join('\n')}\n`;
  const text = marked.replace('|', '');
  const project = projectOf({ '/etc/apache2/apache2.conf': text });
  const all = apache.names(project);
  const named = nameAt(all, '/etc/apache2/apache2.conf', marked.indexOf('|'));
  return (named ? placesOf(all, named) : [])
    .map(({ role, location: { range } }) => {
      const line = text.slice(0, range.start).split('\n').length;
      return `${role} ${line} ${text.slice(range.start, range.end)}`;
    })
    .toSorted();
}

test('variables, in words, tags and conditions', () => {
  assert.deepEqual(
    places(
      'Define RO|OT /srv',
      'DocumentRoot "${ROOT}/www"',
      '<Directory ${ROOT}>',
      '</Directory>',
      '<IfDefine !ROOT>',
      '</IfDefine>',
      'ErrorLog ${APACHE_LOG_DIR}/error.log',
      'UnDefine ROOT',
    ),
    ['definition 1 ROOT', 'use 2 ROOT', 'use 3 ROOT', 'use 5 ROOT', 'use 8 ROOT'],
  );
  assert.deepEqual(places('ErrorLog ${APACHE_LO|G_DIR}/error.log'), [], 'nothing here defines it');
});

test('macros, formats, maps and balancers', () => {
  const macro = ['<Macro VHo|st $name>', 'ServerName $name', '</Macro>', 'Use vhost a.example', 'UndefMacro VHost'];
  assert.deepEqual(places(...macro), ['definition 1 VHost', 'use 4 vhost', 'use 5 VHost']);
  assert.deepEqual(places('LogFormat "%h" short', 'CustomLog logs/x sho|rt', 'CustomLog logs/y "%h short"'), [
    'definition 1 short',
    'use 2 short',
  ]);
  const map = 'RewriteMap hosts "txt:/etc/hosts.txt"';
  assert.deepEqual(places(map, 'RewriteRule ^/(.*) ${ho|sts:$1|none} [P]'), ['definition 1 hosts', 'use 2 hosts']);
  assert.deepEqual(
    places('<Proxy "balancer://po|ol">', '</Proxy>', 'ProxyPass / balancer://pool/ lbmethod=byrequests'),
    ['definition 1 pool', 'use 3 pool'],
  );
});

test('parameters of a macro, within it', () => {
  const macro = (...lines: readonly string[]) => [
    '<Macro Host $host ${dir} @hosts>',
    ...lines,
    '</Macro>',
    'Use Host a b c',
  ];
  const lines = macro(
    '<VirtualHost *:443>',
    '  ServerName $host',
    '  # of $host',
    '  Alias /x "/srv/${dir}/$host.d"',
    '</VirtualHost>',
  );
  assert.deepEqual(places(...lines.with(2, '  ServerName $ho|st')), [
    'definition 1 $host',
    'use 3 $host',
    'use 5 $host',
  ]);
  assert.deepEqual(places(...lines.with(0, '<Macro Host $host ${d|ir} @hosts>')), [
    'definition 1 ${dir}',
    'use 5 ${dir}',
  ]);
  // The longer one is meant, and every macro has its own.
  assert.deepEqual(places(...macro('ServerAlias $|hosts @hosts')), ['definition 1 $host', 'use 2 $host']);
  assert.deepEqual(
    places('<Macro A $p $ports>', 'Listen $po|rts', '</Macro>', '<Macro B $p $ports>', 'Listen $ports', '</Macro>'),
    ['definition 1 $ports', 'use 2 $ports'],
  );
  // Another one's name, which begins alike, is none of it; macros within get the words of the one around.
  assert.deepEqual(places('<Macro A $ho|st $host-name>', 'ServerAlias $host-name $host', '</Macro>'), [
    'definition 1 $host',
    'use 2 $host',
  ]);
  const within = ['<Macro A $n|ame>', '<Macro b-$name $q>', 'Header set X "$name-$q"', '</Macro>', '</Macro>'];
  assert.deepEqual(places(...within), ['definition 1 $name', 'use 2 $name', 'use 3 $name']);
  assert.deepEqual(places('<Macro A $n>', '</Macro>', 'ServerName $|n'), []);
});
