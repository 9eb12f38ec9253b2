import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readElement } from '../../src/certificates/asn1/der.ts';
import { octetString } from '../../src/certificates/asn1/write.ts';
import { decodeExtension } from '../../src/certificates/extensions/decode-extension.ts';

/** What OpenSSL writes for each, and what is said of it. */
const samples: readonly (readonly [oid: string, what: string, value: string, words: string])[] = [
  [
    '1.3.6.1.5.5.7.1.7',
    'IPv4:10.5.0.4-10.5.0.23,IPv4:10.64.0.0/10,IPv4:192.0.2.0/24,IPv6:2001:db8::/32',
    '3032302104020001301b300e0305020a0500040305030a0500100303060a40030400c00002300d04020002300703050020010db8',
    'IPv4 10.5.0.4-10.5.0.23, 10.64.0.0/10, 192.0.2.0/24; IPv6 2001:db8::/32',
  ],
  ['1.3.6.1.5.5.7.1.7', 'IPv4:inherit', '30083006040200010500', 'IPv4 inherited'],
  [
    '1.3.6.1.5.5.7.1.8',
    'AS:64500,AS:64510-64520,RDI:inherit',
    '3019a0133011020300fbf4300a020300fbfe020300fc08a1020500',
    'AS64500, AS64510-AS64520, routing domain inherited',
  ],
  [
    '1.3.6.1.5.5.7.1.8',
    'AS:inherit,RDI:1-2',
    '3010a0020500a10a30083006020101020102',
    'AS inherited, routing domain 1-routing domain 2',
  ],
  [
    '1.3.6.1.5.5.7.1.3',
    'a limit of 5 times 10 to the third euros, kept for 10 years',
    '302e3008060604008e4601013015060604008e460102300b1303455552020105020103300b060604008e46010302010a',
    'EU qualified certificate, transaction limit: EUR 5000, retention period in years: 10',
  ],
  [
    '1.3.6.1.5.5.7.1.14',
    'language:id-ppl-anyLanguage,pathlen:1,policy:text:AB',
    '3013020101300e06082b0601050507150004024142',
    'Proxy of its issuer, rights by a policy of any language, path length 1',
  ],
  [
    '1.3.6.1.5.5.7.1.14',
    'language:id-ppl-inheritAll',
    '300c300a06082b06010505071501',
    'Proxy of its issuer, all rights of the issuer',
  ],
  [
    '2.5.29.16',
    'Not Before: Jan  1 00:00:00 2020 GMT',
    '3011800f32303230303130313030303030305a',
    'not before 2020-01-01 00:00:00 UTC',
  ],
];

for (const [oid, what, value, words] of samples) {
  test(`an extension in words: ${what}`, () => {
    const wrapped = readElement(octetString(Buffer.from(value, 'hex')));
    const { value: text, error } = decodeExtension(oid, false, wrapped);
    assert.deepEqual([text, error], [words, undefined]);
  });
}
