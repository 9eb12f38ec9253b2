import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootScope } from '../../../../src/languages/nginx/configuration.ts';
import { checkText, projectOf, summaries } from '../project.ts';

const syntax: ReadonlySet<string> = new Set(['missing-semicolon', 'unbalanced-brace', 'unexpected-token']);

function problems(text: string): readonly string[] {
  return checkText(text).flatMap(({ rule }) => (syntax.has(rule) ? [rule] : []));
}

test('a placeholder that stands alone brings its own end, whatever stands behind it', () => {
  for (const placeholder of ['{{ extra }}', '{{- extra }}', '<%= extra %>', '$' + '{EXTRA}', '@EXTRA@', '__EXTRA__']) {
    for (const behind of [' }', '  \nroot /a; }', '\nroot /a; }', '; }', ' ; root /a; }', '\t}']) {
      const text = `events {}\nhttp { server { listen 80; ${placeholder}${behind} }\n`;
      assert.deepEqual(problems(text), [], text);
      const server = rootScope(projectOf({ '/etc/nginx/nginx.conf': text }))
        .findFirst('http')
        ?.inner?.findFirst('server');
      // It may bring any directive; of others than templates' marks a ";" says that they are one.
      const isOne = behind.includes(';') && behind.indexOf(';') < 2 && !/^[{<]/.test(placeholder);
      assert.equal(server?.inner?.open, !isOne, text);
    }
  }
  assert.deepEqual(problems('events {}\nhttp { server { listen 80; {{ extra }}} }\n'), []);
  assert.deepEqual(problems('events {}\nhttp { server { listen 80; {{ extra }} # why\nroot /a; } }\n'), []);
});

test('one that is a part of a directive does not, and brings one of any name where it stands first', () => {
  assert.deepEqual(problems('events {}\nhttp { server { server_name {{ name }} } }\n'), ['missing-semicolon']);
  const text = 'events {}\nhttp { server { listen 80; {{ name }} on; } }\n';
  assert.deepEqual(problems(text), []);
  const http = rootScope(projectOf({ '/etc/nginx/nginx.conf': text })).findFirst('http')?.inner;
  assert.deepEqual([http?.open, http?.findFirst('server')?.inner?.open], [false, true]);
});

test('names in capitals are for envsubst, with braces or without', () => {
  const server = (lines: string) => checkText(`events {}\nhttp { server { listen 80; ${lines} } }\n`);
  const rules = (lines: string) => server(lines).map(({ rule }) => rule);
  assert.deepEqual(
    rules('client_max_body_size $SIZE; ssl_protocols $PROTOCOLS; root $ROOT/x; return 200 $WHO_IS;'),
    [],
  );
  assert.deepEqual(rules('listen $PORT; listen [::]:$PORT ssl;'), []);
  assert.deepEqual(rules('$DIRECTIVE; $OTHER'), []);
  // Variables of nginx are not.
  assert.deepEqual(rules('client_max_body_size $size;'), ['invalid-value']);
  assert.deepEqual(rules('return 200 $nothing;'), ['unknown-variable']);
  assert.deepEqual(rules('set $Foo 1; return 200 $foo; return 200 $Foo;'), []);
  assert.deepEqual(rules('location ~ \\.(JPG|PNG)$ { }'), []);
});

test('a template by its name has names in capitals for values of TLS', () => {
  const rules = (file: string, line: string) =>
    summaries(projectOf({ [file]: `events {}\nhttp { server { listen 80;\n${line}\n} }\n` }));
  assert.deepEqual(rules('/srv/tls.tmpl', 'ssl_protocols SSL_PROTOCOLS;'), []);
  assert.deepEqual(rules('/srv/tls.conf', 'ssl_protocols SSL_PROTOCOLS;'), ['invalid-value: SSL_PROTOCOLS']);
  // A suite of TLS 1.3 is a mistake.
  assert.deepEqual(rules('/srv/tls.tmpl', 'ssl_protocols TLS_1_2;'), ['invalid-value: TLS_1_2']);
  assert.deepEqual(rules('/srv/tls.tmpl', 'ssl_protocols TLS12;'), ['invalid-value: TLS12']);
});

test('values of Penlight, as Kong’s templates have them, are filled in where its lines are', () => {
  const text = (line: string) =>
    `events {}\nhttp {\n${line}server { listen 443 ssl; ssl_certificate $(cert[i]); ssl_certificate_key $(key(i)); }\n}\n`;
  const errors = (written: string) => checkText(written).map(({ rule }) => rule);
  assert.deepEqual(errors(text('> if ssl then\n').replace('\n}\n', '\n> end\n}\n')), []);
  assert.ok(errors(text('')).includes('invalid-value'));
});

test('tags of HTML and of Template Toolkit are marks of templates, whichever of them stands in a comparison', () => {
  const tags = `events {}
http {
  <tmpl_loop name="sites">
  server {
    listen <tmpl_var name='address'>:<tmpl_var name='port'><tmpl_if name='tls' op='>' value='0'> ssl</tmpl_if>;
    <TMPL_IF NAME="names">
    server_name <TMPL_VAR NAME="names">;
    <tmpl_else>
    server_name example.com;
    </TMPL_IF>
    <tmpl_var name='more'>
    if ($http_host <tmpl_var name='operator'> "<tmpl_var name='host'>") { return 404; }
  }
  </tmpl_loop>
}
`;
  assert.deepEqual(checkText(tags), []);
  const toolkit = `events {}
http {
  [%- FOREACH site IN sites %]
  server {
    listen [% site.port %];
    [% IF site.name %]server_name [% site.name %];[% ELSE %]server_name _;[% END %]
    location ~ [%a-f]$ { return 404; }
  }
  [% END -%]
}
`;
  assert.deepEqual(checkText(toolkit), []);
});

test('a part of a template may open what another part closes, as its name says', () => {
  const header = '# {{ managed }}\nserver {\n  listen {{ port }};\n';
  const footer = '  access_log {{ log }};\n}\n';
  const rulesOf = (file: string, text: string) => summaries(projectOf({ [file]: text }));
  assert.deepEqual(rulesOf('/srv/server_header.erb', header), []);
  assert.deepEqual(rulesOf('/srv/footer.conf.j2', footer), []);
  assert.deepEqual(rulesOf('/srv/_footer.conf', footer), []);
  assert.deepEqual(rulesOf('/srv/site.conf.j2', header), ['unbalanced-brace: server']);
  assert.deepEqual(rulesOf('/srv/header.conf', 'server {\n  listen 80;\n'), ['unbalanced-brace: server']);
});

test('what PHP prints is filled in, and its statements bring nothing', () => {
  const server = `server {
    listen <?php print $this->ip; ?>:<?= $this->port ?>;
    server_name <?php print $uri; ?><?php foreach ($aliases as $alias): ?> <?php print $alias; ?><?php endforeach; ?>;
    root <?php print $root; ?>;
    <?php if ($redirect): ?>
    rewrite ^/(.*)$ https://<?php echo $uri ?>/$1 permanent;
    <?php else: ?>
    return 204;
    <?php endif; ?>
  }`;
  assert.deepEqual(checkText(`events {}\nhttp {\n${server}\n}\n`), []);
  // Without its end it is none.
  assert.ok(checkText('events {}\nhttp {\nserver { root <?php print $root; }\n}\n').length > 0);
});
