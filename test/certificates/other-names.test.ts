import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readElement, tags } from '../../src/certificates/asn1/der.ts';
import { generalNameOf, writeGeneralName } from '../../src/certificates/asn1/general-names.ts';
import { octetString, oid, sequence, write } from '../../src/certificates/asn1/write.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: string) => write(tags.utf8String, bytes(value));
const general = (value: string) => write(0x1b, bytes(value));
const shown = (kind: string, value: Uint8Array) =>
  writeGeneralName(generalNameOf(readElement(write(0xa0, oid(kind), write(0xa0, value)))));

test('names of the usual kinds, that of a person, a mailbox and a service', () => {
  assert.equal(shown('1.3.6.1.4.1.311.20.2.3', text('ann@example.com')), 'otherName:UPN;ann@example.com');
  assert.equal(shown('1.3.6.1.5.5.7.8.9', text('jürgen@example.com')), 'otherName:SmtpUTF8Mailbox;jürgen@example.com');
  assert.equal(shown('1.3.6.1.5.5.7.8.5', text('im.example.com')), 'otherName:XmppAddr;im.example.com');
  const service = write(tags.ia5String, bytes('_imaps.example.com'));
  assert.equal(shown('1.3.6.1.5.5.7.8.7', service), 'otherName:DNSSRV;_imaps.example.com');
});

test('a Kerberos principal is written as Kerberos does', () => {
  const parts = sequence(general('host'), general('db.example.com'));
  const principal = sequence(write(0xa0, write(tags.integer, Uint8Array.of(1))), write(0xa1, parts));
  const value = sequence(write(0xa0, general('EXAMPLE.COM')), write(0xa1, principal));
  assert.equal(shown('1.3.6.1.5.2.2', value), 'otherName:KRB5PrincipalName;host/db.example.com@EXAMPLE.COM');
});

test('the GUID of a domain controller, a device and a module', () => {
  const guid = octetString(Uint8Array.from({ length: 16 }, (_, index) => index * 17));
  assert.equal(shown('1.3.6.1.4.1.311.25.1', guid), 'otherName:NTDSReplication;33221100-5544-7766-8899-aabbccddeeff');
  const device = sequence(text('dev-1'), oid('1.2.3.4'));
  assert.equal(shown('1.3.6.1.5.5.7.8.3', device), 'otherName:permanentIdentifier;dev-1 of 1.2.3.4');
  const module = sequence(oid('1.2.3.4'), octetString(Uint8Array.of(1, 2)));
  assert.equal(shown('1.3.6.1.5.5.7.8.4', module), 'otherName:hardwareModuleName;1.2.3.4 0102');
});

test('another kind keeps its number, and a value of another shape its bytes', () => {
  assert.equal(shown('1.2.3.4', octetString(Uint8Array.of(7))), 'otherName:1.2.3.4;07');
  assert.equal(shown('1.3.6.1.5.2.2', write(tags.integer, Uint8Array.of(5))), 'otherName:KRB5PrincipalName;05');
});
