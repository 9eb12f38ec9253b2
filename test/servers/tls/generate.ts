import type { Random } from './random.ts';
import { type GeneratedTls, generateTls, writeNginx } from './settings.ts';

export interface GeneratedServer {
  readonly server: 'nginx' | 'apache';
  readonly text: string;
}

/** A whole configuration with one or two sites on one TLS listener. Paths are within `folder`. */
export function generateServer(
  server: GeneratedServer['server'],
  random: Random,
  folder: string,
  port: number,
): GeneratedServer {
  const sites = ['a.example.com', 'b.example.com'].slice(0, random.chance(2) ? 2 : 1);
  const settings = sites.map((name) => ({ name, tls: generateTls(random) }));
  const text = server === 'nginx' ? nginx(settings, folder, port, random) : apache(settings, folder, port, random);
  return { server, text };
}

interface GeneratedSite {
  readonly name: string;
  readonly tls: GeneratedTls;
}

function nginx(sites: readonly GeneratedSite[], folder: string, port: number, random: Random): string {
  const byDefault = random.chance(3) ? sites.length - 1 : 0;
  // One that is not the default server may have no certificate; clients get the TLS of the default one there.
  const bare = random.chance(3) ? 1 - byDefault : undefined;
  const servers = sites.map(({ name, tls: wanted }, index) => {
    const tls = index === bare ? { ...wanted, certificates: [] } : wanted;
    return [
      '  server {',
      `    listen 127.0.0.1:${port} ssl${index > 0 && index === byDefault ? ' default_server' : ''};`,
      `    server_name ${name};`,
      ...writeNginx(tls, folder).map((line) => `    ${line}`),
      ...commands(random, nginxCommands, tls).map((line) => `    ${line}`),
      '    return 200 ok;',
      '  }',
    ].join('\n');
  });
  const common = random.chance(2) ? writeNginx({ ...generateTls(random), certificates: [] }, folder) : [];
  return [
    'daemon off;',
    'master_process off;',
    `pid ${folder}/nginx.pid;`,
    `error_log ${folder}/nginx.log;`,
    'events { worker_connections 64; }',
    'http {',
    '  access_log off;',
    ...common.map((line) => `  ${line}`),
    ...servers,
    '}',
    '',
  ].join('\n');
}

const nginxCommands = [
  'ssl_reject_handshake on;',
  'ssl_conf_command MinProtocol TLSv1.2;',
  'ssl_conf_command MaxProtocol TLSv1.2;',
  'ssl_conf_command MaxProtocol TLSv1.2; ssl_conf_command Protocol ALL; ssl_conf_command MinProtocol TLSv1.1;',
  'ssl_conf_command MaxProtocol TLSv1; ssl_conf_command MaxProtocol None; ssl_conf_command MinProtocol DTLSv1.2;',
  'ssl_conf_command Options ServerPreference;',
  'ssl_conf_command Options PrioritizeChaCha;',
  'ssl_conf_command Options ServerPreference,PrioritizeChaCha;',
  'ssl_conf_command Groups X25519:P-384;',
  'ssl_conf_command Ciphersuites "";',
  'ssl_conf_command CipherString ECDHE+AESGCM;',
  'ssl_conf_command SignatureAlgorithms RSA+SHA256:ECDSA+SHA384;',
  'ssl_conf_command SignatureAlgorithms RSA-PSS+SHA256:ECDSA+SHA256;',
  'ssl_conf_command SignatureAlgorithms rsa_pss_pss_sha256:ed25519:rsa_pkcs1_sha512;',
];

const apacheCommands = [
  'SSLProtocol all -TLSv1 -TLSv1.1',
  'SSLProtocol TLSv1.2',
  'SSLProtocol +TLSv1.2 +TLSv1.3',
  'SSLOpenSSLConfCmd MinProtocol TLSv1.2',
  'SSLOpenSSLConfCmd MaxProtocol TLSv1.2',
  'SSLOpenSSLConfCmd Protocol -TLSv1.3',
  'SSLOpenSSLConfCmd Protocol -ALL,TLSv1.2',
  'SSLOpenSSLConfCmd Options ServerPreference',
  'SSLOpenSSLConfCmd Options ServerPreference,PrioritizeChaCha',
  'SSLOpenSSLConfCmd Curves X25519:P-384',
  'SSLOpenSSLConfCmd CipherString ECDHE+AESGCM',
  'SSLOpenSSLConfCmd Ciphersuites TLS_AES_128_GCM_SHA256',
  'SSLOpenSSLConfCmd SignatureAlgorithms RSA+SHA256:ECDSA+SHA384',
  'SSLOpenSSLConfCmd SignatureAlgorithms RSA-PSS+SHA256:ecdsa_secp384r1_sha384',
];

/**
 * Now and then one more directive, which overrules an earlier one or not. A level that an overruled cipher string sets
 * stays in force, which the model does not follow.
 */
function commands(random: Random, list: readonly string[], { cipherString = '' }: GeneratedTls): readonly string[] {
  if (!random.chance(4)) return [];
  const command = random.pick(list);
  return command.includes('CipherString') && cipherString.includes('@SECLEVEL') ? [] : [command];
}

function apache(sites: readonly GeneratedSite[], folder: string, port: number, random: Random): string {
  const modules = ['mpm_event', 'authz_core', 'socache_shmcb', 'ssl'];
  const hosts = sites.map(({ name, tls }) =>
    [
      `<VirtualHost 127.0.0.1:${port}>`,
      `  ServerName ${name}`,
      '  SSLEngine on',
      ...apacheTls(tls, folder).map((line) => `  ${line}`),
      ...commands(random, apacheCommands, tls).map((line) => `  ${line}`),
      '</VirtualHost>',
    ].join('\n'),
  );
  return [
    `ServerRoot ${folder}`,
    `PidFile ${folder}/apache.pid`,
    `Mutex file:${folder} default`,
    'User www-data',
    'Group www-data',
    'ServerName example.com',
    `ErrorLog ${folder}/logs/error.log`,
    'LogLevel warn mpm_event:notice',
    ...modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    `Listen 127.0.0.1:${port}`,
    ...(random.chance(2) ? apacheTls({ ...generateTls(random), certificates: [], dhParameters: false }, folder) : []),
    ...hosts,
    '',
  ].join('\n');
}

function apacheTls(tls: GeneratedTls, folder: string): readonly string[] {
  const protocols = tls.protocols?.map((protocol) => `+${protocol}`).join(' ');
  const groups = tls.groups === 'auto' ? undefined : tls.groups;
  return [
    ...tls.certificates.flatMap((kind) => [
      `SSLCertificateFile ${folder}/${kind}.crt`,
      `SSLCertificateKeyFile ${folder}/${kind}.key`,
    ]),
    ...(protocols === undefined ? [] : [`SSLProtocol -all ${protocols}`]),
    ...(tls.cipherString === undefined ? [] : [`SSLCipherSuite "${tls.cipherString}"`]),
    ...(tls.tls13CipherSuites === undefined ? [] : [`SSLCipherSuite TLSv1.3 ${tls.tls13CipherSuites}`]),
    ...(groups === undefined ? [] : [`SSLOpenSSLConfCmd Groups "${groups}"`]),
    ...(tls.serverPreference === undefined ? [] : [`SSLHonorCipherOrder ${tls.serverPreference ? 'on' : 'off'}`]),
    ...(tls.dhParameters ? [`SSLOpenSSLConfCmd DHParameters ${folder}/dh.pem`] : []),
  ];
}
