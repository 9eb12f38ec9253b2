import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEffort, findPaths } from '../../src/certificates/chain/paths.ts';
import { examineServed } from '../../src/certificates/chain/served.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { certificate, certificates, now } from './fixtures.ts';

const options = { crypto: nodeCrypto, now };

test('a chain in order without its root is complete and has no problems', () => {
  const chain = examineServed(certificates('fullchain.pem'), options);
  assert.equal(chain.complete, true);
  assert.equal(chain.ordered, true);
  assert.deepEqual(chain.problems, []);
});

test('each edge shows its proof', () => {
  const { paths } = findPaths(certificate('leaf.pem'), certificates('intermediate.pem', 'root.pem'), options);
  assert.equal(paths.length, 1);
  assert.equal(paths[0]?.end, 'self-signed');
  assert.deepEqual(
    paths[0]?.edges.map(({ namesMatch, keyIdentifiers, signature, issuerIsCa }) => [
      namesMatch,
      keyIdentifiers,
      signature,
      issuerIsCa,
    ]),
    [
      [true, 'equal', 'good', true],
      [true, 'equal', 'good', true],
    ],
  );
});

test('a trust store ends a path with its name', () => {
  const stores = [{ name: 'Java', certificates: certificates('root.pem') }];
  const { paths } = findPaths(certificate('leaf.pem'), certificates('intermediate.pem'), { ...options, stores });
  assert.equal(paths[0]?.end, 'trusted');
  assert.deepEqual(paths[0]?.trustedBy, ['Java']);
  assert.deepEqual(paths[0]?.problems, []);
});

test('a leaf alone misses its intermediate', () => {
  const chain = examineServed(certificates('leaf.pem'), options);
  assert.equal(chain.complete, false);
  assert.deepEqual(
    chain.problems.map((problem) => problem.id),
    ['missing-intermediate'],
  );
  assert.match(chain.problems[0]?.message ?? '', /fetched from http:\/\/ca\.example\.net\/intermediate\.cer/);
});

test('wrong order, a duplicate and a root are named, and the wanted order is given', () => {
  const chain = examineServed(certificates('root.pem', 'leaf.pem', 'intermediate.pem', 'leaf.pem'), options);
  assert.equal(chain.ordered, false);
  assert.deepEqual(
    chain.problems.map((problem) => problem.id),
    ['wrong-order', 'duplicate', 'root-sent'],
  );
  assert.deepEqual(
    chain.wanted.map((each) => each.subject.split(',')[0]),
    ['CN=example.com', 'CN=Example Intermediate'],
  );
});

test('a certificate of another chain is unrelated', () => {
  const chain = examineServed(certificates('fullchain.pem', 'empty-subject.pem'), options);
  assert.ok(chain.problems.some((problem) => problem.id === 'unrelated'));
});

test('an expired member kills the path and says so', () => {
  const { paths } = findPaths(certificate('leaf.pem'), certificates('intermediate.pem', 'root.pem'), {
    ...options,
    now: new Date('2026-12-24T00:00:00Z'),
  });
  assert.deepEqual(paths[0]?.problems, ['“example.com” expired on 2026-11-30.']);
});

test('a self-signed certificate is its own chain', () => {
  const chain = examineServed(certificates('self-signed.pem'), options);
  assert.equal(chain.complete, true);
  assert.deepEqual(chain.problems, []);
});

test('the budget of signature checks ends a search', () => {
  const { exhausted, signatureChecks } = findPaths(
    certificate('leaf.pem'),
    certificates('intermediate.pem', 'root.pem'),
    {
      ...options,
      budget: 1,
    },
  );
  assert.equal(exhausted, true);
  assert.equal(signatureChecks, 1);
});

test('searches over one file share what they may spend', () => {
  const pool = certificates('fullchain.pem', 'root.pem');
  const effort = createEffort({ crypto: nodeCrypto, budget: 2 }, pool.length);
  const searches = pool.map((each) => findPaths(each, pool, { crypto: nodeCrypto, now, effort }));
  assert.deepEqual(
    searches.map(({ signatureChecks }) => signatureChecks),
    [2, 0, 0],
  );
  assert.ok(searches.every(({ exhausted }) => exhausted));
});
