import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfiguredFile } from '../../src/certificates/configured-file.ts';
import { standInOf } from '../../src/certificates/stand-in.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { fixtureText } from './fixtures.ts';

test('what a repository keeps in place of a certificate or a key is known for it', () => {
  for (const [text, kind, what] of [
    ['$ANSIBLE_VAULT;1.1;AES256\n3336\n', 'sealed', /Ansible Vault/],
    ['\0GITCRYPT\0\u0001\u0002', 'sealed', /git-crypt/],
    ['-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n', 'sealed', /age/],
    ['-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n', 'sealed', /OpenPGP/],
    ['{\n\t"data": "ENC[AES256_GCM,data:abc,type:str]",\n\t"sops": {}\n}', 'sealed', /SOPS/],
    ['ENC[PKCS7,MIIBiQYJKoZI]', 'sealed', /hiera-eyaml/],
    ['U2FsdGVkX1+abc=\n', 'sealed', /transcrypt/],
    ['version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n', 'elsewhere', /Git LFS/],
    ['{{ lookup("file", "cert.pem") }}\n', 'template', /template/],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the sample.
    ['${TLS_CERT}\n', 'template', /template/],
    ['<%= @certificate %>', 'template', /template/],
  ] as const) {
    const found = standInOf(text);
    assert.equal(found?.kind, kind, text);
    assert.match(found?.what ?? '', what);
    const bytes = new TextEncoder().encode(text);
    assert.equal(readConfiguredFile(bytes, nodeCrypto).standIn?.kind, kind);
  }
});

test('a certificate, and what is simply wrong, stand for themselves', () => {
  for (const text of ['', 'REPLACE ME', 'garbage {{', fixtureText('leaf.pem'), `{{ x }}\n${fixtureText('leaf.pem')}`]) {
    assert.equal(readConfiguredFile(new TextEncoder().encode(text), nodeCrypto).standIn, undefined);
  }
});
