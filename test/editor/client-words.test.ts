import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeClients } from '../../src/editor/configurations/client-words.ts';

test('clients that edits lock out and let in are counted, with the newest of some families', () => {
  const lost = ['Android 4.0.4', 'Android 4.3', 'IE 8 / XP', 'Java 7', 'OpenSSL 0.9.8', 'Safari 6'];
  assert.equal(
    describeClients({ lost, gained: [] }),
    '6 known clients fewer: Android 4.3, IE 8 / XP, Java 7, OpenSSL 0.9.8, …',
  );
  assert.equal(
    describeClients({ lost: ['IE 8 / XP'], gained: ['Chrome 137', 'Firefox 140'] }),
    '1 known client fewer: IE 8 / XP; 2 known clients more: Chrome 137, Firefox 140',
  );
});

test('no difference is said too', () => {
  assert.equal(describeClients({ lost: [], gained: [] }), 'no known client is lost');
});
