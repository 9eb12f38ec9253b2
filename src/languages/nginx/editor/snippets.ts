import type { Range } from '../../../text/range.ts';
import { cipherString, groupList, profiles } from '../../../tls/profiles.ts';
import type { Target } from '../../../tls/target.ts';
import type { Completion } from '../../language.ts';
import { previewOf } from '../../snippet-preview.ts';
import type { Context } from '../facts/directives.ts';
import { reaches } from '../facts/versions.ts';

/** Whole blocks that start right, from the guideline for general use. */
export function snippetsFor(context: Context, target: Target, range: Range): readonly Completion[] {
  const make = (label: string, detail: string, lines: readonly string[]): Completion => ({
    label,
    kind: 'snippet',
    detail,
    documentation: `\`\`\`nginx\n${previewOf(lines.join('\n'))}\n\`\`\``,
    insertText: lines.join('\n'),
    isSnippet: true,
    range,
    sortText: `0${label}`,
  });
  const source = profiles.intermediate.source;
  switch (context) {
    case 'http':
      return [
        make('server-tls', `TLS server (${source} intermediate)`, tlsServer(target)),
        make('server-redirect', 'Plain server: ACME challenges, redirect to HTTPS', redirectServer),
      ];
    case 'server':
      return [
        make('tls-settings', `TLS settings (${source} intermediate)`, tlsSettings(target)),
        make('location-acme', 'Folder for ACME challenges', challengeLocation),
        make('hsts', 'Strict-Transport-Security for two years', [hsts]),
      ];
    default:
      return [];
  }
}

/** Without `includeSubDomains`, which binds hosts that nobody here knows of. */
const hsts = `add_header Strict-Transport-Security "max-age=${profiles.intermediate.hstsMinimumAge}" always;`;

const challengeLocation = [
  'location ^~ /.well-known/acme-challenge/ {',
  '\talias $' + '{1:/srv/acme-challenges}/;',
  '}',
];

const redirectServer = [
  'server {',
  '\tlisten 80;',
  '\tlisten [::]:80;',
  '\tserver_name $' + '{1:example.com};',
  '',
  '\tlocation ^~ /.well-known/acme-challenge/ {',
  '\t\talias $' + '{2:/srv/acme-challenges}/;',
  '\t}',
  '',
  '\tlocation / {',
  '\t\treturn 301 https://\\$host\\$request_uri;',
  '\t}',
  '}',
];

function tlsSettings(target: Target): readonly string[] {
  const profile = profiles.intermediate;
  return [
    `ssl_protocols ${profile.protocols.join(' ')};`,
    `ssl_ciphers ${cipherString(profile, target.openssl)};`,
    `ssl_ecdh_curve ${groupList(profile, target.openssl)};`,
    `ssl_prefer_server_ciphers ${profile.serverPreference ? 'on' : 'off'};`,
    'ssl_session_cache shared:tls:10m;',
    'ssl_session_timeout 1d;',
    ...(reaches(target.nginx, '1.23.2') ? [] : ['ssl_session_tickets off;']),
  ];
}

/** HTTP/2 by the directive of 1.25.1, or by the parameter before. */
function tlsServer(target: Target): readonly string[] {
  const modern = reaches(target.nginx, '1.25.1');
  const parameters = modern ? 'ssl' : 'ssl http2';
  return [
    'server {',
    `\tlisten 443 ${parameters};`,
    `\tlisten [::]:443 ${parameters};`,
    ...(modern ? ['\thttp2 on;'] : []),
    '\tserver_name $' + '{1:example.com};',
    '',
    '\tssl_certificate $' + '{2:/etc/ssl/$1.fullchain.pem};',
    '\tssl_certificate_key $' + '{3:/etc/ssl/private/$1.key};',
    ...tlsSettings(target).map((line) => `\t${line}`),
    '',
    `\t${hsts}`,
    '',
    '\t$0',
    '}',
  ];
}
