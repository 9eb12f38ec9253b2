import { cipherString, type GuidelineProfile, groupList, profiles } from '../../../tls/profiles.ts';
import type { Target } from '../../../tls/target.ts';
import type { Context } from '../directives/facts.ts';

export interface ApacheSnippet {
  readonly label: string;
  readonly detail: string;
  readonly contexts: readonly Context[];
  /** As VS Code snippets are written; lines without indentation of their own. */
  readonly body: string;
}

/** Blocks that start right: their TLS settings are those of a guideline profile. */
export function apacheSnippets(
  target: Target,
  profile: GuidelineProfile = profiles.intermediate,
): readonly ApacheSnippet[] {
  const settings = tlsSettings(target, profile).join('\n    ');
  const hsts = `Header always set Strict-Transport-Security "max-age=${profile.hstsMinimumAge}"`;
  return [
    {
      label: 'VirtualHost TLS',
      detail: `HTTPS virtual host, ${profile.source} ${profile.name}`,
      contexts: ['server config'],
      body: `<VirtualHost *:443>
    ServerName \${1:example.com}
    DocumentRoot "\${2:/srv/www/$1}"

    SSLEngine on
    SSLCertificateFile \${3:/etc/ssl/$1.fullchain.pem}
    SSLCertificateKeyFile \${4:/etc/ssl/private/$1.key}
    ${settings}
    Protocols h2 http/1.1
    ${hsts}
    Header always set X-Content-Type-Options "nosniff"

    <Directory "$2">
        AllowOverride None
        Require all granted
    </Directory>
    $0
</VirtualHost>`,
    },
    {
      label: 'VirtualHost redirect to HTTPS',
      detail: 'HTTP virtual host that answers ACME challenges and redirects all else',
      contexts: ['server config'],
      body: `<VirtualHost *:80>
    ServerName \${1:example.com}
    Alias "/.well-known/acme-challenge/" "\${2:/srv/http/acme-challenges}/"
    <Directory "$2">
        AllowOverride None
        Options None
        Require all granted
    </Directory>
    RedirectMatch 301 ^/(?!\\\\.well-known/acme-challenge/)(.*)\\$ https://$1/\\$1
    $0
</VirtualHost>`,
    },
    {
      label: 'TLS settings',
      detail: `${profile.source} ${profile.name}`,
      contexts: ['server config', 'virtual host'],
      body: `${tlsSettings(target, profile).join('\n')}\n$0`,
    },
    { label: 'HSTS', detail: 'Strict-Transport-Security', contexts: ['virtual host'], body: `${hsts}\n$0` },
  ];
}

function tlsSettings(target: Target, profile: GuidelineProfile): readonly string[] {
  const protocols = profile.protocols.map((version) => `+${version}`).join(' ');
  const ciphers = cipherString(profile, target.openssl);
  return [
    `SSLProtocol -all ${protocols}`,
    ...(ciphers === '' ? [] : [`SSLCipherSuite ${ciphers}`]),
    `SSLOpenSSLConfCmd Groups ${groupList(profile, target.openssl)}`,
    `SSLHonorCipherOrder ${profile.serverPreference ? 'on' : 'off'}`,
    `SSLSessionTickets ${profile.sessionTickets ? 'on' : 'off'}`,
  ];
}
