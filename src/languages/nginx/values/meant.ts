/** What is written in another notation than nginx's, and how nginx writes it. */
const notations: readonly (readonly [directives: RegExp, written: RegExp, meant: string])[] = [
  // Sizes and times with the whole name of their unit; a capital M would be months.
  [/./, /^(\d+) ?([kmg])i?b$/i, '$1$2'],
  [/./, /^(\d+) ?sec(?:ond)?s?$/i, '$1s'],
  [/./, /^(\d+) ?min(?:ute)?s?$/i, '$1m'],
  [/./, /^(\d+) ?h(?:ou)?rs?$/i, '$1h'],
  [/./, /^(\d+) ?days?$/i, '$1d'],
  [/./, /^(\d+) ?weeks?$/i, '$1w'],
  [/./, /^(\d+) ?years?$/i, '$1y'],
  // Switches of parameters.
  [/./, /^(ipv[46]|ipv6only)=(?:no|false|0)$/, '$1=off'],
  [/./, /^(ipv[46]|ipv6only)=(?:yes|true|1)$/, '$1=on'],
  [/^listen$/, /^(\w+)=(?:on|yes|true)$/, '$1'],
  [/^listen$/, /^h2$/i, 'http2'],
  [/^listen$/, /^(?:tls|https)$/i, 'ssl'],
  // Addresses.
  [/^(?:listen|server)$/, /^([\da-f:]*:[\da-f]*):(\d+)$/i, '[$1]:$2'],
  [/^(?:allow|deny|set_real_ip_from)$/, /^(\d+\.\d+\.\d+)\.\*$/, '$1.0/24'],
  [/^(?:allow|deny|set_real_ip_from)$/, /^(\d+\.\d+)\.\*(?:\.\*)?$/, '$1.0.0/16'],
  [/^grpc_pass$/, /^http(s?:\/\/[^/]+)\/?$/i, 'grpc$1'],
  [/^(?:fastcgi|scgi|uwsgi|memcached)_pass$/, /^(?:https?|tcp|fcgi):\/\/([^/]+)\/?$/i, '$1'],
  [/^(?:fastcgi|scgi|uwsgi|memcached|grpc)_pass$/, /^(\/.+)$/, 'unix:$1'],
  [/^proxy_pass$/, /^(\/.+\.sock(?:et)?)$/, 'http://unix:$1'],
  // Flags of mod_rewrite, and codes.
  [/^rewrite$/, /^(?:\[?R=301(?:,L)?\]?|301)$/, 'permanent'],
  [/^rewrite$/, /^(?:\[?R(?:=302)?(?:,L)?\]?|302)$/, 'redirect'],
  [/^rewrite$/, /^\[?L\]?$/, 'last'],
];

/** How nginx would write a value that it does not take; undefined where nobody can tell. */
export function inNotation(directive: string, value: string): string | undefined {
  for (const [directives, written, meant] of notations) {
    if (directives.test(directive) && written.test(value)) return value.replace(written, meant);
  }
  return undefined;
}
