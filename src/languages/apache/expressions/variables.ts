/** Who knows a variable: expressions, mod_rewrite, or mod_ssl, whose variables both reach in their own way. */
type Reader = 'expression' | 'rewrite' | 'tls';

export interface ServerVariable {
  readonly name: string;
  /** A sentence without its full stop; empty where the name says it. */
  readonly summary: string;
  readonly since: string;
}

/**
 * Names by reader, in the manual's spelling; case does not count. Behind a name, by tab, the first 2.4 release and what it holds.
 * Those first that people write most. Sources: https://httpd.apache.org/docs/2.4/expr.html, mod_rewrite.html and mod_ssl.html.
 */
const both = `
HTTPS		\`on\` over TLS, else \`off\`; mod_ssl need not be loaded
HTTP_HOST		The Host header as the client sent it
REQUEST_URI		The path, decoded and without the query string
REQUEST_FILENAME		The file that the path leads to; in a virtual host the path, since no file is known yet
QUERY_STRING		What stands behind the question mark
SERVER_NAME		The ServerName, or the name that was asked for: see UseCanonicalName
SERVER_PORT		The port: see UseCanonicalPhysicalPort
REQUEST_METHOD		\`GET\`, \`POST\` and so on
REQUEST_SCHEME		\`http\` or \`https\`; ServerName may say which
THE_REQUEST		The request line as it came, encoded: \`GET /a%20b HTTP/1.1\`
REMOTE_ADDR		The client's address; mod_remoteip may take it from a proxy
REMOTE_HOST		The client's name or address
REMOTE_PORT	2.4.26	The client's port
REMOTE_USER		Who has logged in; not yet known in \`<If>\`, nor to the rules of a virtual host
REMOTE_IDENT
HTTP_USER_AGENT
HTTP_REFERER		The page that the client came from, as it says
HTTP_COOKIE
HTTP_ACCEPT
HTTP_FORWARDED
HTTP_PROXY_CONNECTION
DOCUMENT_ROOT		The server's DocumentRoot
SCRIPT_FILENAME		The same as REQUEST_FILENAME
PATH_INFO		What stands behind the file in the path
CONTEXT_PREFIX		The path of the Alias or UserDir that answers
CONTEXT_DOCUMENT_ROOT		The folder of the Alias or UserDir that answers
CONN_REMOTE_ADDR	2.4.8	The address that is connected, whatever mod_remoteip says
IPV6		\`on\` where the connection uses IPv6, else \`off\`
IS_SUBREQ		\`true\` for a request that the server makes itself, else \`false\`
AUTH_TYPE
SERVER_PROTOCOL
SERVER_ADMIN
SERVER_SOFTWARE
SCRIPT_USER
SCRIPT_GROUP
TIME		The time: \`20101231235959\`
TIME_YEAR
TIME_MON
TIME_DAY
TIME_HOUR
TIME_MIN
TIME_SEC
TIME_WDAY		From 0: Sunday
API_VERSION`;

const ofExpressions = `
DOCUMENT_URI		The same as REQUEST_URI
REQUEST_STATUS		Status of the answer; not yet known in \`<If>\`
CONTENT_TYPE		Media type of the answer; not yet known in \`<If>\`
HANDLER		What makes the answer
HTTP2		\`on\` over HTTP/2, else \`off\`
LAST_MODIFIED		When the file was changed: \`20101231235959\`
REQUEST_LOG_ID		The request's \`%L\` in the error log
CONN_LOG_ID		The connection's \`%{c}L\` in the error log`;

const ofRewriting = `
SERVER_ADDR		The server's address on this connection`;

/** mod_ssl takes every name that starts with `SSL_`; these are the ones that people write. */
const ofTls = `
SSL_PROTOCOL		\`TLSv1.2\`, \`TLSv1.3\`
SSL_CIPHER		The cipher suite
SSL_TLS_SNI		The name that the client asked for
SSL_CLIENT_VERIFY		\`NONE\`, \`SUCCESS\`, \`GENEROUS\` or \`FAILED:\` and why
SSL_CLIENT_S_DN		Subject of the client's certificate
SSL_CLIENT_S_DN_CN		Common name in the client's certificate
SSL_CLIENT_I_DN		Issuer of the client's certificate
SSL_CLIENT_M_SERIAL		Serial number of the client's certificate
SSL_SESSION_RESUMED		\`Resumed\` or \`Initial\``;

const rows: Readonly<Record<Reader, string>> = {
  expression: both + ofExpressions,
  rewrite: both + ofRewriting,
  tls: ofTls,
};

const tables = new Map<Reader, readonly ServerVariable[]>();

/** All that a reader knows, the usual ones first. */
export function serverVariables(reader: Reader): readonly ServerVariable[] {
  const known = tables.get(reader) ?? read(rows[reader]);
  tables.set(reader, known);
  return known;
}

function read(text: string): readonly ServerVariable[] {
  return text
    .trim()
    .split('\n')
    .map((row) => {
      const [name = '', since = '', summary = ''] = row.split('\t');
      return { name, since, summary };
    });
}
