/**
 * What nginx's variables hold, one a line: name (`*`: a prefix) and a sentence without its full stop, by tab.
 * Source: the modules' pages on nginx.org, and ngx_http_variables.c and ngx_stream_variables.c where they are silent.
 */
const rows = `
ancient_browser	The value of \`ancient_browser_value\` where the browser is an old one, else nothing
arg_*	The argument of that name in the query string, as it was sent
args	The query string, without its question mark
binary_remote_addr	The client's address in 4 or 16 bytes: the shortest key for a zone
body_bytes_sent	Bytes of the response's body that were sent to the client
bytes_received	Bytes that came from the client
bytes_sent	Bytes that were sent to the client, headers included
connection	Number of the connection, counted since nginx was started
connection_requests	How many requests the connection has had
connection_time	How long the connection has been open, in seconds with milliseconds
connections_active	Connections of all clients, waiting ones included
connections_reading	Connections of which nginx reads the request's header
connections_waiting	Idle connections that wait for a request
connections_writing	Connections on which nginx writes a response
content_length	The request's Content-Length
content_type	The request's Content-Type
cookie_*	The cookie of that name
date_gmt	The time in GMT, in the format of the SSI command \`config\`
date_local	The time in the server's zone, in the format of the SSI command \`config\`
document_root	What \`root\` or \`alias\` says for the request
document_uri	The same as \`$uri\`
fastcgi_path_info	The second group of \`fastcgi_split_path_info\`
fastcgi_script_name	The path of the request, with \`fastcgi_index\` where it ends in a slash, or the first group of \`fastcgi_split_path_info\`
geoip_*	What the GeoIP database says about the client's address
gzip_ratio	How much smaller compression has made the response
host	Host of the request line, else of the Host header, else the server's name; lower case and without the port. Only known names are safe in a redirect: a default server takes any
hostname	Name of the machine that nginx runs on
http2	\`h2\` over TLS, \`h2c\` in the clear, else nothing
http3	\`h3\` where the request came over HTTP/3, \`hq\` for interoperability tests, else nothing
http_*	The request's header of that name, in lower case and with underscores for hyphens
http_cookie	The request's Cookie headers
http_host	The Host header as the client sent it, port included; HTTP/3 may send none. \`$host\` is what redirects want
http_referer	The page that the client came from, as it says
http_user_agent	How the client names itself
http_via	Proxies that the request came through, as they say
http_x_forwarded_for	Addresses that proxies in front have noted; anybody can send it
https	\`on\` where the connection is TLS, else nothing
invalid_referer	Empty where \`valid_referers\` takes the Referer, else \`1\`
is_args	A question mark where the request has arguments, else nothing
is_request_port	A colon where the request names a port, else nothing
limit_conn_status	What became of the limit of connections: PASSED, REJECTED or REJECTED_DRY_RUN
limit_rate	Bytes a second to the client; setting it limits the response
limit_req_status	What became of the limit of requests: PASSED, DELAYED, REJECTED, or one of the last two with _DRY_RUN
modern_browser	The value of \`modern_browser_value\` where the browser is a modern one, else nothing
msec	The time in seconds since 1970, with milliseconds
msie	\`1\` where the browser is Internet Explorer
nginx_version	Version of nginx
pid	Process id of the worker
pipe	\`p\` where the request was pipelined, else \`.\`
protocol	\`TCP\` or \`UDP\`
proxy_add_x_forwarded_for	The request's X-Forwarded-For with the client's address added behind
proxy_host	Name and port of the server that \`proxy_pass\` names
proxy_port	Port of the server that \`proxy_pass\` names, or the protocol's own
proxy_protocol_addr	The client's address as the PROXY protocol header says
proxy_protocol_port	The client's port as the PROXY protocol header says
proxy_protocol_server_addr	The server's address as the PROXY protocol header says
proxy_protocol_server_port	The server's port as the PROXY protocol header says
proxy_protocol_tlv_*	A field of the PROXY protocol header, by its name or number
query_string	The same as \`$args\`
realip_remote_addr	The address that the connection came from, before \`set_real_ip_from\` replaced it
realip_remote_port	The port that the connection came from, before \`set_real_ip_from\` replaced it
realpath_root	\`$document_root\` with all symbolic links followed
remote_addr	The client's address, or that of the proxy in front
remote_port	The client's port
remote_user	User name of basic authentication
request	The request line as it was sent
request_body	The request's body, where it was read into memory for \`proxy_pass\` and its like
request_body_file	The file that the request's body was written to
request_completion	\`OK\` where the request was answered whole, else nothing
request_filename	The file for the request, by \`root\` or \`alias\` and the path
request_id	32 hexadecimal digits that name the request
request_length	Bytes of the request: line, header and body
request_method	\`GET\`, \`POST\` and so on
request_port	Port that the request names
request_time	Time since the first byte of the request, in seconds with milliseconds
request_uri	Path and query string as the client sent them, never changed: what a redirect to HTTPS wants
scheme	\`http\` or \`https\`
secure_link	Empty where the link was not made by the server, \`0\` where it has expired, \`1\` where it is good
secure_link_expires	When the link expires
sent_http_*	The response's header of that name, in lower case and with underscores for hyphens
sent_trailer_*	The trailer of that name behind the response
server_addr	Address that took the request; asking for it may take a system call
server_name	First name of the server that answers: not what the client asked for where that is a pattern or a default server
server_port	Port that took the request
server_protocol	\`HTTP/1.0\`, \`HTTP/1.1\`, \`HTTP/2.0\` or \`HTTP/3.0\`
session_time	How long the session took, in seconds with milliseconds
slice_range	The range of the slice that is being fetched, for \`proxy_set_header Range\`
ssl_alpn_protocol	What ALPN chose, such as \`h2\`
ssl_cipher	The cipher suite of the connection
ssl_ciphers	The cipher suites that the client offers; unknown ones in hexadecimal digits
ssl_client_cert	The client's certificate as PEM, with a tab in front of each line but the first; \`$ssl_client_escaped_cert\` is what a header wants
ssl_client_escaped_cert	The client's certificate as PEM, URL-encoded
ssl_client_fingerprint	SHA-1 of the client's certificate
ssl_client_i_dn	Issuer of the client's certificate, as RFC 2253 writes it
ssl_client_i_dn_legacy	Issuer of the client's certificate, as nginx wrote it before 1.11.6
ssl_client_raw_cert	The client's certificate as PEM
ssl_client_s_dn	Subject of the client's certificate, as RFC 2253 writes it
ssl_client_s_dn_legacy	Subject of the client's certificate, as nginx wrote it before 1.11.6
ssl_client_serial	Serial number of the client's certificate
ssl_client_sigalg	Signature algorithm of the client's certificate
ssl_client_v_end	When the client's certificate expires
ssl_client_v_remain	Days until the client's certificate expires
ssl_client_v_start	From when the client's certificate is valid
ssl_client_verify	\`SUCCESS\`, \`FAILED:\` and the reason, or \`NONE\` without a certificate
ssl_curve	The group that the key exchange agreed on
ssl_curves	The groups that the client offers
ssl_early_data	\`1\` where the request came as early data and the handshake is not yet done: it may be a replay
ssl_ech_outer_server_name	The name in the clear, where the client uses Encrypted Client Hello
ssl_ech_status	What became of Encrypted Client Hello
ssl_preread_alpn_protocols	Protocols that the client offers by ALPN, with commas between
ssl_preread_protocol	The newest TLS version that the client offers
ssl_preread_server_name	The name that the client asks for by SNI
ssl_protocol	TLS version of the connection
ssl_server_name	The name that the client asks for by SNI
ssl_session_id	Id of the TLS session
ssl_session_reused	\`r\` where the TLS session was resumed, else \`.\`
ssl_sigalg	Signature algorithm by which the server proved its key
ssl_sigalgs	Signature algorithms that the client takes
status	Status of the response, or of the session
tcpinfo_*	What the kernel knows of the client's TCP connection
time_iso8601	The time as ISO 8601 writes it
time_local	The time as access logs have it
uid_got	The client's cookie of the module \`userid\`
uid_reset	Where it is neither empty nor 0, the cookies of clients are made anew
uid_set	The cookie that the client is given
upstream_addr	Addresses of the servers that were asked, with commas between, and a colon where another group was
upstream_bytes_received	Bytes from the servers that were asked
upstream_bytes_sent	Bytes to the servers that were asked
upstream_cache_etag	ETag of the cached response
upstream_cache_last_modified	Last-Modified of the cached response
upstream_cache_status	\`MISS\`, \`BYPASS\`, \`EXPIRED\`, \`STALE\`, \`UPDATING\`, \`REVALIDATED\` or \`HIT\`
upstream_connect_time	How long it took to connect to the servers that were asked, TLS included
upstream_cookie_*	The cookie of that name from the server that answered
upstream_first_byte_time	How long the first byte from the server took
upstream_header_time	How long the header of the response took
upstream_http_*	The header of that name from the server that answered, before nginx changes any
upstream_response_length	Bytes of the responses of the servers that were asked
upstream_response_time	How long the responses took, from the start of connecting
upstream_session_time	How long the session with the server took
upstream_status	Statuses of the servers that were asked; 502 where none could be
upstream_trailer_*	The trailer of that name from the server that answered
uri	The path, decoded and normalised, as rewriting has left it; without the query string
acme_certificate	The certificate of the server's \`acme_certificate\`, for \`ssl_certificate\`
acme_certificate_key	The key of the server's \`acme_certificate\`, for \`ssl_certificate_key\`
`;

const sentences: ReadonlyMap<string, string> = new Map(
  rows
    .trim()
    .split('\n')
    .map((row) => row.split('\t') as [string, string]),
);

/** What a variable of nginx holds, by its name in lower case. */
export function variableSummary(name: string): string | undefined {
  const exact = sentences.get(name);
  if (exact !== undefined) return exact;
  for (const [known, sentence] of sentences)
    if (known.endsWith('*') && name.startsWith(known.slice(0, -1))) return sentence;
  return undefined;
}
