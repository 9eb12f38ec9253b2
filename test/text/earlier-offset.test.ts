import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDocument } from '../../src/text/document.ts';
import { earlierOffset } from '../../src/text/earlier-offset.ts';

/** What stands, in the earlier text, from the place on that is marked in the present one. */
function earlier(now: string, text: string): string | undefined {
  const offset = now.indexOf('^');
  const found = earlierOffset(createDocument('a', now.replace('^', '')), createDocument('a', text), offset);
  return found === undefined ? undefined : text.slice(found).split('\n')[0];
}

test('lines in front of an edit and behind it are the same ones', () => {
  assert.equal(earlier('a 1;\nb ^2;\nnew;\nc 3;', 'a 1;\nb 2;\nc 3;'), '2;');
  assert.equal(earlier('a 1;\nnew;\nb 2;\nc ^3;', 'a 1;\nb 2;\nc 3;'), '3;');
});

test('an edited line is the one in the same place, or the only one that begins with the same word', () => {
  assert.equal(earlier('a 1;\nb ^9;\nc 3;', 'a 1;\nb 2;\nc 3;'), '2;');
  assert.equal(earlier('a 1;\nnew;\nb ^9;\nx;\nc 3;', 'a 1;\nb 2;\nc 3;'), '2;');
  assert.equal(earlier('a 1;\nnew;\nb ^9;\nx;\nc 3;', 'a 1;\nb 2;\nb 4;\nc 3;'), undefined);
});

test('a line that was shorter has nothing there', () => {
  assert.equal(earlier('a 1;\nlonger ^2;', 'a 1;\nb;'), undefined);
});
