import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rootScope } from '../../../../src/languages/nginx/configuration.ts';
import { checkText, projectOf } from '../project.ts';

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

test('values of Penlight, as Kong’s templates have them, are filled in where its lines are', () => {
  const text = (line: string) =>
    `events {}\nhttp {\n${line}server { listen 443 ssl; ssl_certificate $(cert[i]); ssl_certificate_key $(key(i)); }\n}\n`;
  const errors = (written: string) => checkText(written).map(({ rule }) => rule);
  assert.deepEqual(errors(text('> if ssl then\n').replace('\n}\n', '\n> end\n}\n')), []);
  assert.ok(errors(text('')).includes('invalid-value'));
});
