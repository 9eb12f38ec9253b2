import type { Random } from './random.ts';

/** What a generated server asks for; undefined leaves the directive out. */
export interface GeneratedTls {
  readonly protocols: readonly string[] | undefined;
  readonly cipherString: string | undefined;
  readonly tls13CipherSuites: string | undefined;
  readonly groups: string | undefined;
  readonly serverPreference: boolean | undefined;
  readonly dhParameters: boolean;
  readonly certificates: readonly CertificateKind[];
}

export const certificateKinds = ['rsa', 'ecdsa', 'p384', 'ed25519', 'rsa3072', 'pss'] as const;
export type CertificateKind = (typeof certificateKinds)[number];

const protocolLists = [
  ['TLSv1.2', 'TLSv1.3'],
  ['TLSv1.2', 'TLSv1.3'],
  ['TLSv1.2'],
  ['TLSv1.3'],
  ['TLSv1', 'TLSv1.1', 'TLSv1.2'],
  ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
  ['TLSv1.1', 'TLSv1.2'],
  ['TLSv1', 'TLSv1.3'],
] as const;

const cipherStrings = [
  'HIGH:!aNULL:!MD5',
  'DEFAULT',
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
  'EECDH+AESGCM:EDH+AESGCM:AES256+EECDH:AES256+EDH',
  'ECDHE+CHACHA20:ECDHE+AES128:RSA+AES128:!aNULL',
  'ALL:!EXPORT:!LOW:!aNULL:!eNULL:@STRENGTH',
  'AES128-SHA:AES256-SHA:DHE-RSA-AES128-SHA',
  'HIGH:!aNULL:!kRSA:!PSK:!SRP:+SHA1',
  'kDHE+AESGCM:kECDHE+CAMELLIA:ARIA+ECDHE',
  'TYPO:ECDHE+AESGCM',
  'ECDHE+AES:!SHA1:!SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ALL:COMPLEMENTOFALL:@SECLEVEL=0',
  'DEFAULT@SECLEVEL=0',
  'ECDHE+AESGCM:@SECLEVEL=1',
  'HIGH:@SECLEVEL=3',
] as const;

const groupLists = [
  'auto',
  'X25519:prime256v1:secp384r1',
  'X25519MLKEM768:X25519:prime256v1:secp384r1',
  'X25519MLKEM768',
  'secp384r1:X25519',
  'prime256v1',
  '?X25519Kyber768Draft00:X25519',
  'DEFAULT:-X25519',
  'X448:brainpoolP256r1:secp521r1:ffdhe3072',
  'sect283k1:secp224r1',
  '*X25519MLKEM768/*X25519:secp256r1',
  'brainpoolP256r1tls13:SecP256r1MLKEM768',
] as const;

const tls13Lists = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_CCM_SHA256:TLS_FOO',
];

/** Settings as people write them, odd ones among them. */
export function generateTls(random: Random): GeneratedTls {
  const maybe = <T>(value: T): T | undefined => (random.chance(4) ? undefined : value);
  return {
    protocols: maybe(random.pick(protocolLists)),
    cipherString: maybe(random.pick(cipherStrings)),
    tls13CipherSuites: random.chance(4) ? random.pick(tls13Lists) : undefined,
    groups: random.chance(2) ? random.pick(groupLists) : undefined,
    serverPreference: maybe(random.chance(2)),
    dhParameters: random.chance(3),
    certificates: certificatesFor(random),
  };
}

/** One certificate, or two that are not of one kind. */
function certificatesFor(random: Random): readonly CertificateKind[] {
  if (random.chance(4)) return ['rsa', random.pick(['ecdsa', 'p384'] as const)];
  return [random.chance(2) ? 'rsa' : random.pick(certificateKinds)];
}

/** The same in nginx's words, a line each; `folder` is that of `writeCertificates`. */
export function writeNginx(tls: GeneratedTls, folder: string): readonly string[] {
  return [
    ...tls.certificates.flatMap((kind) => [
      `ssl_certificate ${folder}/${kind}.crt;`,
      `ssl_certificate_key ${folder}/${kind}.key;`,
    ]),
    ...(tls.protocols === undefined ? [] : [`ssl_protocols ${tls.protocols.join(' ')};`]),
    ...(tls.cipherString === undefined ? [] : [`ssl_ciphers '${tls.cipherString}';`]),
    ...(tls.tls13CipherSuites === undefined ? [] : [`ssl_conf_command Ciphersuites ${tls.tls13CipherSuites};`]),
    ...(tls.groups === undefined ? [] : [`ssl_ecdh_curve ${tls.groups};`]),
    ...(tls.serverPreference === undefined
      ? []
      : [`ssl_prefer_server_ciphers ${tls.serverPreference ? 'on' : 'off'};`]),
    ...(tls.dhParameters ? [`ssl_dhparam ${folder}/dh.pem;`] : []),
  ];
}
