/**
 * Named groups that OpenSSL can use in TLS, one a row. Columns: IANA name, OpenSSL's other names, code point, kind, bits of
 * security, protocols, and the OpenSSL release since which it is there (1.0.2 stands for that one and older).
 * Sources: `openssl list -tls-groups` and handshakes of 3.5.9, testssl.sh etc/curves-mapping.txt, OpenSSL's CHANGES, and
 * what 1.1.1 and 3.0 accept; the lists of 1.0.2 take the same curves.
 */
export const groupTable = `
secp256r1 prime256v1,P-256 0017 curve 128 1.2,1.3 1.0.2
secp384r1 P-384 0018 curve 192 1.2,1.3 1.0.2
secp521r1 P-521 0019 curve 256 1.2,1.3 1.0.2
x25519 X25519 001D curve 128 1.2,1.3 1.1.0
x448 X448 001E curve 224 1.2,1.3 1.1.1
brainpoolP256r1tls13 - 001F curve 128 1.3 3.2
brainpoolP384r1tls13 - 0020 curve 192 1.3 3.2
brainpoolP512r1tls13 - 0021 curve 256 1.3 3.2
ffdhe2048 - 0100 ffdhe 112 1.3 3.0
ffdhe3072 - 0101 ffdhe 128 1.3 3.0
ffdhe4096 - 0102 ffdhe 128 1.3 3.0
ffdhe6144 - 0103 ffdhe 128 1.3 3.0
ffdhe8192 - 0104 ffdhe 192 1.3 3.0
MLKEM512 - 0200 ml-kem 128 1.3 3.5
MLKEM768 - 0201 ml-kem 192 1.3 3.5
MLKEM1024 - 0202 ml-kem 256 1.3 3.5
SecP256r1MLKEM768 - 11EB hybrid 192 1.3 3.5
X25519MLKEM768 - 11EC hybrid 192 1.3 3.5
SecP384r1MLKEM1024 - 11ED hybrid 256 1.3 3.5
sect163k1 K-163 0001 curve 80 1.2 1.0.2
sect163r1 - 0002 curve 80 1.2 1.0.2
sect163r2 B-163 0003 curve 80 1.2 1.0.2
sect193r1 - 0004 curve 80 1.2 1.0.2
sect193r2 - 0005 curve 80 1.2 1.0.2
sect233k1 K-233 0006 curve 112 1.2 1.0.2
sect233r1 B-233 0007 curve 112 1.2 1.0.2
sect239k1 - 0008 curve 112 1.2 1.0.2
sect283k1 K-283 0009 curve 128 1.2 1.0.2
sect283r1 B-283 000A curve 128 1.2 1.0.2
sect409k1 K-409 000B curve 192 1.2 1.0.2
sect409r1 B-409 000C curve 192 1.2 1.0.2
sect571k1 K-571 000D curve 256 1.2 1.0.2
sect571r1 B-571 000E curve 256 1.2 1.0.2
secp160k1 - 000F curve 80 1.2 1.0.2
secp160r1 - 0010 curve 80 1.2 1.0.2
secp160r2 - 0011 curve 80 1.2 1.0.2
secp192k1 - 0012 curve 80 1.2 1.0.2
secp192r1 prime192v1,P-192 0013 curve 80 1.2 1.0.2
secp224k1 - 0014 curve 112 1.2 1.0.2
secp224r1 P-224 0015 curve 112 1.2 1.0.2
secp256k1 - 0016 curve 128 1.2 1.0.2
brainpoolP256r1 - 001A curve 128 1.2 1.0.2
brainpoolP384r1 - 001B curve 192 1.2 1.0.2
brainpoolP512r1 - 001C curve 256 1.2 1.0.2
`;
