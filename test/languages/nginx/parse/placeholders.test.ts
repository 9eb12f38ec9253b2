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
