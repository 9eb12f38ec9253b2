import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trustInstructions } from '../../src/acme/local/local-ca.ts';
import { isPermitted } from '../../src/acme/local/local-names.ts';
import { addressBytes } from '../../src/acme/local/make-certificate.ts';
import { isPrivateName, parseIdentifier } from '../../src/acme/order/identifiers.ts';
import { registeredDomain } from '../../src/acme/order/registered-domain.ts';
import { caPresets } from '../../src/acme/plan/presets.ts';
import { serverName } from '../../src/acme/solvers/listen.ts';

test('names and addresses in their one form', () => {
  for (const [text, type, value] of [
    ['Example.COM.', 'dns', 'example.com'],
    ['*.Bücher.example', 'dns', '*.xn--bcher-kva.example'],
    ['192.0.2.1', 'ip', '192.0.2.1'],
    ['[2001:DB8:0:0::1]', 'ip', '2001:db8::1'],
  ] as const) {
    assert.deepEqual(parseIdentifier(text), { type, value });
  }
  for (const text of ['', 'a b', 'a..b', '*', 'a.*.b', '*.*.b', '-a.example', `${'x'.repeat(64)}.example`, 'a/b']) {
    assert.ok('problem' in parseIdentifier(text), text);
  }
});

test('what no public CA issues for', () => {
  const name = (value: string) => isPrivateName({ type: 'dns', value });
  assert.ok(name('localhost') && name('a.test') && name('printer.local') && name('x.home.arpa'));
  assert.ok(!name('example.com') && !name('test.example.com'));
  const address = (value: string) => isPrivateName({ type: 'ip', value });
  assert.ok(
    address('10.1.2.3') && address('172.16.0.1') && address('192.168.1.1') && address('::1') && address('fd00::1'),
  );
  assert.ok(address('100.64.0.1') && address('0.0.0.0') && address('224.0.0.1') && address('2001:db8::1'));
  assert.ok(name('wiki.intranet') && name('x.onion') && !name('www.example.com'));
  assert.ok(!address('93.184.216.34') && !address('172.32.0.1') && !address('2606:4700::1'));
});

test('the part of a name that somebody registered', () => {
  for (const [name, registered] of [
    ['example.com', 'example.com'],
    ['*.a.b.example.com', 'example.com'],
    ['www.example.de', 'example.de'],
    ['www.shop.example.co.uk', 'example.co.uk'],
    ['a.example.com.au', 'example.com.au'],
    ['a.b.example.bd', 'b.example.bd'],
    ['www.home.duckdns.org', 'home.duckdns.org'],
    ['duckdns.org', 'duckdns.org'],
    ['docs.project.github.io', 'project.github.io'],
  ] as const) {
    assert.equal(registeredDomain(name), registered, name);
  }
});

test('what a development CA may issue for', () => {
  const permitted = ['localhost', '*.test', 'example.com', '10.0.0.0/8'];
  const dns = (value: string) => isPermitted({ type: 'dns', value }, permitted);
  const ip = (value: string) => isPermitted({ type: 'ip', value }, permitted);
  assert.ok(dns('localhost') && dns('a.test') && dns('*.a.test') && dns('example.com') && dns('www.example.com'));
  assert.ok(!dns('contest') && !dns('notexample.com') && !dns('com'));
  assert.ok(ip('10.200.0.1') && ip('127.0.0.1') && ip('::1'));
  assert.ok(isPermitted({ type: 'dns', value: 'www.xn--bcher-kva.test' }, ['*.Bücher.test']));
  for (const nothing of ['10.0.0.0/', '10.0.0.0/33', '10.0.0.0/a', '10.0.0.0/8/8', '*', 'a..b'])
    assert.ok(!isPermitted({ type: 'ip', value: '10.0.0.1' }, [nothing]), nothing);
  assert.ok(!ip('11.0.0.1') && !ip('127.0.0.2') && !ip('::2'));
});

test('addresses as bytes and as names of tls-alpn-01', () => {
  assert.equal(addressBytes('192.0.2.1').toString('hex'), 'c0000201');
  assert.equal(addressBytes('2001:db8::1').toString('hex'), '20010db8000000000000000000000001');
  assert.equal(addressBytes('::').toString('hex'), '0'.repeat(32));
  assert.equal(serverName({ type: 'ip', value: '192.0.2.1' }), '1.2.0.192.in-addr.arpa');
  assert.match(serverName({ type: 'ip', value: '2001:db8::1' }), /^1\.0\.0\.0\..*8\.b\.d\.0\.1\.0\.0\.2\.ip6\.arpa$/);
});

test('presets: staging first, directories over https, no closed CA', () => {
  assert.equal(caPresets[0]?.id, 'letsencrypt-staging');
  for (const { directory } of caPresets) assert.equal(new URL(directory).protocol, 'https:');
  assert.ok(!caPresets.some(({ directory }) => directory.includes('buypass')));
});

test('a root is trusted where the system keeps its roots, each under a name of its own', () => {
  const on = (...folders: readonly string[]) =>
    trustInstructions('/state/local-ca/1a2b/root.pem', 'linux', (folder) => folders.includes(String(folder)));
  const copied = 'sudo cp "/state/local-ca/1a2b/root.pem"';
  const name = 'tls-workbench-1a2b.crt';
  const debian = `${copied} /usr/local/share/ca-certificates/${name} && sudo update-ca-certificates`;
  assert.equal(on('/usr/local/share/ca-certificates', '/etc/pki/ca-trust/source/anchors'), debian);
  assert.equal(on(), debian);
  assert.equal(
    on('/etc/pki/ca-trust/source/anchors', '/etc/pki/trust/anchors'),
    `${copied} /etc/pki/ca-trust/source/anchors/${name} && sudo update-ca-trust`,
  );
});
