import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { edited, projectOf } from './project.ts';

const file = '/etc/nginx/nginx.conf';

/** Messages about braces, and the text after the first one's fix. */
function mended(text: string): readonly [messages: readonly string[], text: string | undefined] {
  const project = projectOf({ [file]: text });
  const found = nginx.check(project).filter(({ rule }) => rule === 'unbalanced-brace');
  const fix = found[0]?.fixes?.[0];
  return [found.map(({ message }) => message), fix && edited(project, fix.edits)[file]];
}

test('a block without braces is one mistake, and its fix adds both', () => {
  const text = (head: string, end: string) =>
    `events {}\nhttp {\n    upstream app${head}\n        server 127.0.0.1:9000;${end}\n    server {\n        listen 80;\n    }\n}\n`;
  assert.deepEqual(mended(text('', '')), [['"upstream" has no braces: it takes a block.'], text(' {', '\n    }')]);
  assert.deepEqual(mended(text('', '\n    }')), [
    ['"upstream" has no opening "{": it takes a block.'],
    text(' {', '\n    }'),
  ]);
  assert.deepEqual(mended(text(' {', '')), [['The "}" that closes "upstream" is missing.'], text(' {', '\n    }')]);
});
