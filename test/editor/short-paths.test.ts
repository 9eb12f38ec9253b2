import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortenPaths } from '../../src/editor/configurations/findings/short-paths.ts';

const message = 'The certificate /home/me/site/certs/a.pem is for a.example, not for /home/me/site/certs/b.pem.';
const folder = { path: '/home/me/site', name: '' };

test('paths are said as the workspace shows them', () => {
  assert.equal(
    shortenPaths(message, [folder], 'ssl_certificate certs/a.pem;'),
    'The certificate certs/a.pem is for a.example, not for certs/b.pem.',
  );
  assert.match(shortenPaths(message, [{ ...folder, name: 'site/' }], ''), /^The certificate site\/certs\/a\.pem is/);
});

test('but as the configuration writes them, where it does, and those of other folders', () => {
  assert.equal(shortenPaths(message, [folder], 'ssl_certificate /home/me/site/certs/a.pem;'), message);
  assert.equal(shortenPaths(message, [{ path: '/home/me/si', name: '' }], ''), message);
  assert.equal(shortenPaths(message, [{ path: '', name: '' }], ''), message);
});
