import { countMarkup, hasCapitalLine, isForeign, withoutStatements } from '../recognition.ts';
import { templateEndings } from '../template-endings.ts';

/** File names and folders that nginx configurations have. */
const namedSo = new RegExp(
  String.raw`(?:^|\/)(?:nginx[^/]*\.conf(?:\.(?:${templateEndings}))?|[^/]*\.nginx(?:\.conf)?|[^/]*\.nginxconf|mime\.types|(?:fastcgi|scgi|uwsgi|proxy)_params|fastcgi\.conf)$`,
  'i',
);
const liesSo = /\/(?:nginx|openresty|angie)\/(?:.*\/)?[^/]+$/i;
const configurationFile = new RegExp(
  String.raw`(?:\.(?:conf|vhost|inc|cfg|${templateEndings})|\/sites-(?:available|enabled)\/[^/]+|\/conf\.d\/[^/]+)$`,
  'i',
);

/** Lines that only nginx has: directives with its own names, ended by `;` or opening a block. */
const typical =
  /(?<=^|[;{])[ \t]*(?:(?:location|upstream|charset_map)\s[^;{}\n]*\{|(?:map|geo)\s+["']?\$[^;{}\n]*\{|if\s*\(\s*(?:["']?\$\w+\s+!?(?:=|~\*?)\s|!?-[dfex]\s)[^\n]*\{|(?:server_name|listen|ssl_\w+|proxy_\w+|fastcgi_\w+|load_module|add_header|more_(?:set|clear)_headers|rewrite|try_files|access_log|error_log|worker_\w+|gzip\w*|limit_\w+|server_tokens|server_names_hash_\w+|types_hash_\w+|client_\w+|keepalive_\w+|large_client_header_buffers|sendfile|tcp_no(?:push|delay)|open_file_cache\w*|default_type|real_ip_\w+|set_real_ip_from|error_page|auth_basic\w*|uwsgi_\w+|scgi_\w+|grpc_\w+|brotli\w*|http[23]\w*|quic_\w+)\s[^;{}\n]*;|return\s+\d{3}\s+[^;\n]+;|(?:root|alias)\s+["']?[/$][^;{}\n]*;|index\s[^;{}\n]*\bindex\.[^;{}\n]*;|(?:deny|allow)\s+(?:all|unix:|[\da-f]+[.:][\da-f.:]*(?:\/\d+)?)\s*;|(?:add_header|more_set_headers|server_name|proxy_set_header|valid_referers|log_format)\s[^;{}\n]*$)/gm;
/** Lines that other programs have as well: BIND, FreeRADIUS, dhcpd, or a program in braces. */
const shared =
  /^[ \t]*(?:(?:server|http|events|stream|host|types)\s*\{|(?:map|geo|if)\s[^;{}\n]*\{|(?:root|alias|index|return|include|resolver|deny|allow)\s[^;{}\n]*;)/gm;
/** Some of them that nearly every configuration has: of a file with a name for one nothing more need be asked then. */
const usual = /^[ \t]*(?:(?:server|http|events|stream)\s*\{|server_name\s[^;{}\n]*;)/m;
/** The two blocks of a main file, wherever in their lines they stand: nobody else has both. */
const mainBlocks = /(?:^|[;}\s])events\s*\{[^{}]*\}(?:[^{}]*[;\s])?(?:http|stream|mail)\s*\{/;
/** Lines that end as those of nginx do, whatever they say: a misspelt directive is one, too. */
const ended = /^[ \t]*[^\s#}][^\n]*[;{][ \t]*(?:#[^\n]*)?\r?$/gm;
/** A value as Rspamd and others assign one, who have blocks by names of nginx too; programs in Lua do so within those of nginx. */
const assigned = /^[ \t]*\w+[ \t]*=[ \t][^;{}\n]*;[ \t]*\r?$/gm;
const foreign = /^[ \t]*(?:<\/?[A-Z]\w+|(?:ServerName|SSLEngine|LoadModule|DocumentRoot|RewriteEngine|ProxyPass)\s)/m;
/** Only so much of a text is looked at. */
const prefix = 20_000;

/** 0 to 1: how surely a file is one of nginx, by its path and its first lines. */
export function detect(file: string, text: string): number {
  const whole = text.slice(0, prefix);
  if (whole.includes('\0') || isForeign(file, whole)) return 0;
  const head = withoutStatements(whole);
  const other = hasCapitalLine(head) && foreign.test(head);
  const isNamedSo = namedSo.test(file);
  if (isNamedSo && !other && usual.test(head)) return 1;
  let own = 0;
  const rest = head.replace(typical, () => {
    own++;
    return '';
  });
  const found = own + count(rest, shared);
  if (other && found < 3) return 0;
  const lines = significantLines(head);
  // A name proves nothing where no line ends as one of nginx: other programs have settings for it by the same name, and Apache a list.
  if (isNamedSo && (found > 0 || count(head, ended) * 2 >= lines || !/\.conf|mime\.types$/i.test(file))) return 1;
  if (!other && mainBlocks.test(head)) return 1;
  const liesInItsFolder = liesSo.test(file);
  const strange = countMarkup(head) + (head.includes('_by_lua') ? 0 : count(head, assigned));
  if (found === 0 || (own === 0 && !liesInItsFolder) || strange > own) return 0;
  const share = found / Math.max(1, lines);
  const named = liesInItsFolder ? 0.4 : configurationFile.test(file) ? 0.25 : 0;
  return Math.min(1, named + Math.min(0.75, 0.25 + share));
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function significantLines(text: string): number {
  return text.split('\n').filter((line) => /^[ \t]*[^\s#}]/.test(line)).length;
}
