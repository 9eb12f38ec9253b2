import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputContents } from '../../../src/acme/store/output.ts';
import { encodePem } from '../../../src/certificates/pem/armour.ts';
import { rollover } from '../../certificates/rollover.ts';

const [leaf, next, root] = [rollover.leaf, rollover.next, rollover.root].map(({ der }) =>
  encodePem('CERTIFICATE', der),
);

test('the full chain is without its root, and with a next key of the CA that bears the same name', () => {
  const contents = outputContents(`${leaf}${next}${root}`, undefined);
  assert.equal(contents.fullchain, `${leaf}${next}`);
  assert.equal(contents.chain, `${next}${root}`);
});
