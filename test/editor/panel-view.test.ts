import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
import { inspectionView } from '../../src/editor/certificates/panel/view.ts';
import type { Crypto } from '../../src/host/host.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { fixture, now } from '../certificates/fixtures.ts';

/** A library that knows none of the signatures, as BoringSSL does of Ed448 and others. */
const ignorant: Crypto = { ...nodeCrypto, verify: () => 'cannot-judge' };

function view(name: string, crypto: Crypto, trusted: readonly string[] = [], at = now, bytes = fixture(name)) {
  const content = readObjects(bytes, crypto);
  const stores = [
    { name: 'the system', certificates: trusted.flatMap((each) => certificatesIn(readObjects(fixture(each), crypto))) },
    { name: 'Java', certificates: certificatesIn(readObjects(fixture('self-signed.pem'), crypto)) },
  ];
  return inspectionView({
    title: name,
    label: name,
    file: undefined,
    content,
    others: [],
    stores,
    keyFile: undefined,
    pages: new Set(['certificate-intermediate-missing']),
    now: at,
    crypto,
  });
}

test('a certificate that a list revokes is not good, and its headline says since when and why', () => {
  const content = readObjects(fixture('leaf.pem'), nodeCrypto);
  const [leaf] = certificatesIn(content);
  assert.ok(leaf);
  const revocation = { date: new Date('2026-09-20T08:00:00Z'), reason: 'superseded', thisUpdate: now, file: undefined };
  const { status, objects, timeline } = inspectionView({
    ...{ title: '', label: '', file: undefined, content, others: [], stores: [], keyFile: undefined, pages: new Set() },
    ...{ now, crypto: nodeCrypto, revocations: new Map([[leaf.sha256, revocation]]) },
  });
  assert.equal(status.level, 'warning');
  assert.match(
    status.sentence,
    /^Valid for .* Revoked on 2026-09-20 08:00 UTC \(superseded\), says the list of its CA/,
  );
  assert.equal(objects[0]?.status?.level, 'warning');
  assert.ok(objects[0]?.findings.some(({ rule }) => rule === 'certificate-revoked'));
  assert.equal(timeline?.bars[0]?.level, 'warning');
  // It should be replaced now, and not when a third of its lifetime is left.
  assert.equal(timeline.renewal, undefined);
  assert.doesNotMatch(timeline.sentence, /Renewal/);
});

test('each trust store has a line that says whether it trusts the chain, and by which root', () => {
  assert.deepEqual(view('fullchain.pem', nodeCrypto, ['root.pem']).trust?.rows, [
    { label: 'The system', value: 'yes, by Example Root' },
    { label: 'Java', value: 'no: none of its certificates issued it' },
  ]);
  assert.equal(view('fullchain.pem', nodeCrypto, ['root.pem']).chains[0]?.level, 'good');
});

test('a chain whose signatures cannot be checked here is neither good nor bad', () => {
  const { chains, trust, status } = view('fullchain.pem', ignorant, ['root.pem']);
  const [chain] = chains;
  assert.equal(chain?.level, 'information');
  assert.match(chain?.sentence ?? '', /Not every signature on the way can be checked here/);
  assert.equal(chain?.edges[0]?.proofs.at(-1)?.level, 'information');
  assert.match(trust?.rows[0]?.value ?? '', /^yes, by Example Root; a signature on the way cannot be checked here$/);
  assert.notEqual(status.level, 'error');
});

test('that the root is not there is no fault of a chain, that the intermediate is missing is one', () => {
  const [whole] = view('fullchain.pem', nodeCrypto).chains;
  assert.equal(whole?.level, 'information');
  assert.match(whole?.sentence ?? '', /as is usual for a root/);
  assert.equal(view('leaf.pem', nodeCrypto).chains[0]?.level, 'warning');
});

test('a request whose signature cannot be checked here is not recommended, nor refused', () => {
  assert.equal(view('request.pem', nodeCrypto).objects[0]?.status?.level, 'good');
  assert.deepEqual(view('request.pem', ignorant).objects[0]?.status, {
    level: 'information',
    sentence: 'Its signature is of a kind that cannot be checked here.',
  });
});

test('a certificate that signs itself is for its names, and one without names of hosts is a CA', () => {
  assert.deepEqual(view('self-signed.pem', nodeCrypto).facts[0], { label: 'For', value: 'selfsigned.test' });
  assert.equal(view('root.pem', nodeCrypto).facts[0]?.label, 'CA');
});

test('the certificate of a CA is none of a server, in its chain and in what limits its lifetime', () => {
  const shown = (name: string) => {
    const { chains, timeline } = view(name, nodeCrypto, [], new Date('2027-06-01T00:00:00Z'));
    return [chains[0]?.nodes[0]?.role, timeline?.limits.length !== 0];
  };
  assert.deepEqual(shown('root.pem'), ['root', false]);
  assert.deepEqual(shown('intermediate.pem'), ['intermediate', false]);
  assert.deepEqual(shown('self-signed.pem'), ['leaf', false]);
  assert.deepEqual(shown('leaf.pem'), ['leaf', true]);
});

test('that a certificate has expired is said of it once, with what to do', () => {
  const { status, objects } = view('leaf.pem', nodeCrypto, [], new Date('2030-01-01T00:00:00Z'));
  assert.match(status.sentence, /^Expired .*renew it/);
  const [leaf] = objects;
  assert.equal(leaf?.status, undefined);
  assert.match(leaf?.findings[0]?.message ?? '', /^Expired .*renew it/);
});

test('a file in which a certificate is damaged is not good, however long the others are valid', () => {
  const text = new TextDecoder().decode(fixture('leaf.pem'));
  const damaged = text.replace(/(?<=BEGIN CERTIFICATE-----\n(?:.*\n){3})(?:.*\n)*(?=-----END)/, '');
  const whole = new TextDecoder().decode(fixture('root.pem'));
  for (const file of [damaged + whole, whole + damaged]) {
    const { status } = view('bundle.pem', nodeCrypto, [], now, new TextEncoder().encode(file));
    assert.equal(status.level, 'error');
    assert.match(status.sentence, /^A certificate in it cannot be read: .* Beside it, Example Root: Valid for/);
  }
});

test('so it is said once that it ends soon', () => {
  const { status } = view('fullchain.pem', nodeCrypto, [], new Date('2026-11-27T00:00:00Z'));
  assert.match(
    status.sentence,
    /^3 days left, .*should have been renewed by now\. It expires on 2026-11-30 23:59 UTC\.$/,
  );
});

test('what is wrong with a chain leads to the page of the rule about it', () => {
  const [missing] = view('leaf.pem', nodeCrypto).chainProblems;
  assert.deepEqual([missing?.rule, missing?.hasPage], ['certificate-intermediate-missing', true]);
});
