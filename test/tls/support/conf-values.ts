/** Values of OpenSSL's configuration commands that Apache 2.4.71 and nginx 1.26.3 start with, with OpenSSL 3.5.9. */
export const taken: Readonly<Record<string, readonly string[]>> = {
  MinProtocol: ['None', 'SSLv3', 'TLSv1.2', 'DTLSv1'],
  Protocol: ['TLSv1.2', 'tlsv1.2', '+TLSv1.2,-TLSv1.3', '-ALL, TLSv1.2', 'SSLv2', 'DTLSv1'],
  VerifyMode: ['Request', 'request', '-Require', 'Request, ONCE', 'RequestPostHandshake'],
  RecordPadding: ['0', '16384', '12,34'],
  NumTickets: ['x', '4'],
  Options: ['+SessionTicket,-Compression', '-SessionTicket, ServerPreference'],
  SignatureAlgorithms: [
    'RSA+SHA256',
    'rsa+sha256',
    'ECDSA+SHA256:RSA-PSS+SHA256',
    'PSS+SHA256',
    'ECDSA_SECP256R1_SHA256',
    'ed25519:mldsa65',
    'ecdsa_brainpoolP256r1tls13_sha256',
    'ecdsa_brainpoolP256r1_sha256',
    'dsa_sha256',
    '?nosuch:RSA+SHA256',
  ],
};
/** Those that they do not start with (Apache: AH02407). */
export const refused: Readonly<Record<string, readonly string[]>> = {
  MinProtocol: ['TLSv1.9', 'tlsv1.2'],
  Protocol: ['NoSuch', 'TLSv1.9'],
  VerifyMode: ['sometimes', 'Peer,Once,x', 'Requests'],
  RecordPadding: ['x', '16385', '-1'],
  NumTickets: ['-1'],
  Options: ['NoSuch', 'ALL'],
  SignatureAlgorithms: [
    'nosuch',
    'nosuch:RSA+SHA256',
    '?nosuch',
    'RSA+MD5',
    'RSA+SHA3-256',
    'ed25519+sha512',
    'ecdsa_secp256r1_sha256:',
    'ecdsa_secp256r1_sha256,ed25519',
    'rsa_pkcs1_md5_sha1',
    'DEFAULT',
    'RSA:SHA256',
  ],
};
