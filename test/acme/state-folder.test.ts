import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { test } from 'node:test';
import { defaultStateFolder } from '../../src/acme/store/store.ts';

test('state lies in the folder that a variable names, unless it is empty or depends on where the command runs', () => {
  const folder = (env: Readonly<Record<string, string>>) => defaultStateFolder(env, 'linux');
  assert.equal(folder({ XDG_STATE_HOME: '/var/lib/acme', HOME: '/root' }), '/var/lib/acme/tls-workbench');
  for (const value of ['', 'state', './state']) {
    assert.equal(folder({ XDG_STATE_HOME: value, HOME: '/home/a' }), '/home/a/.local/state/tls-workbench');
    assert.equal(folder({ HOME: value }), `${userInfo().homedir}/.local/state/tls-workbench`);
  }
  assert.equal(
    defaultStateFolder({ HOME: '/Users/a' }, 'darwin'),
    '/Users/a/Library/Application Support/tls-workbench',
  );
});
