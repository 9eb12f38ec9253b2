import { wordTable } from '../../proposed-words.ts';

const methods = 'GET\tPOST\tPUT\tPATCH\tDELETE\tOPTIONS';
const types = 'text/plain\ttext/css\tapplication/javascript\tapplication/json\tapplication/xml\timage/svg+xml';
const peer = 'weight=\tmax_fails=\tfail_timeout=\tmax_conns=\tbackup\tdown\tresolve@1.27.3\tservice=@1.27.3';
const sizes = 'inactive=\tmax_size=\tmin_free=\tuse_temp_path=off';

/**
 * What people write where nginx compares with no list of words, or with one for several arguments; `stream.` before directives
 * of streams that take something else. Source: the directives' pages at nginx.org.
 */
export const proposedWords = wordTable(`
access_log,stream.access_log	0	off	syslog:server=
access_log	1	combined
access_log,stream.access_log	2+	buffer=	gzip	flush=	if=
access_log off,stream.access_log off	1
add_header alt-svc	1	'h3=":443"; ma=86400': offers HTTP/3
allow,deny	0	all	unix:
auth_basic	0	off
charset	0	utf-8	off
default_type	0	application/octet-stream	text/plain
error_log	1	debug	info	notice	warn	error	crit	alert	emerg
error_page	0	404	500	502	503	504
error_page	1+	404	500	502	503	504	=: answers with the status that the address gives
expires	0	off	epoch	max	modified
fastcgi_cache_path,proxy_cache_path,scgi_cache_path,uwsgi_cache_path	1+	levels=1:2	keys_zone=	${sizes}
fastcgi_index	0	index.php
fastcgi_param	0	SCRIPT_FILENAME	PATH_INFO	HTTPS	HTTP_PROXY
fastcgi_param https	1	$https
fastcgi_param https	2	if_not_empty
fastcgi_param path_info	1	$fastcgi_path_info
fastcgi_param script_filename	1	$document_root$fastcgi_script_name	$realpath_root$fastcgi_script_name
fastcgi_param http_proxy	1	""
fastcgi_pass,scgi_pass	0	unix:
uwsgi_pass	0	unix:	uwsgi://	suwsgi://
gzip_types,brotli_types,sub_filter_types	0+	${types}
hash	0	$request_uri	$remote_addr
stream.hash	0	$remote_addr
hash,stream.hash	1	consistent
if	0	($host	($scheme	($request_method	($http_user_agent	(-f: a file: !-f for none	(-d: a folder: !-d for none	(-e: a file, folder or link: !-e for none
if	1	=: the same text	!=: another text	~: a regular expression	~*: a regular expression, whatever the case	!~: no match	!~*: no match, whatever the case
index	0+	index.html	index.php
keepalive	1	local@1.29.7
limit_except	0+	${methods}
limit_conn_zone	0	$binary_remote_addr
limit_conn_zone	1	zone=
limit_req_zone	0	$binary_remote_addr
limit_req_zone	1+	zone=	rate=
location	0	/: a beginning: the longest one counts	=: exactly this path	^~: a beginning before which no expression is tried	~: a regular expression	~*: a regular expression, whatever the case	@: a name, for error_page and try_files
log_format	1	escape=json	escape=default	escape=none
map	0	$host	$uri	$http_upgrade	$remote_addr
stream.map	0	$ssl_preread_server_name	$ssl_preread_alpn_protocols	$remote_addr
protocol	0	imap	pop3	smtp
proxy_cookie_flags	0	~: every cookie	off
proxy_cookie_flags	1+	secure	httponly	samesite=lax	samesite=strict	samesite=none
proxy_hide_header,fastcgi_hide_header	0	X-Powered-By	Server
proxy_set_header,grpc_set_header	0	Host	X-Real-IP	X-Forwarded-For	X-Forwarded-Proto	X-Forwarded-Host	Upgrade	Connection
proxy_set_header connection	1	"upgrade": asks for a WebSocket always	$http_connection	"": none, so that the connection is kept
proxy_set_header host,grpc_set_header host	1	$host	$proxy_host	$http_host
proxy_set_header upgrade	1	$http_upgrade
proxy_set_header x-forwarded-for,grpc_set_header x-forwarded-for	1	$proxy_add_x_forwarded_for	$remote_addr
proxy_set_header x-forwarded-host,grpc_set_header x-forwarded-host	1	$host
proxy_set_header x-forwarded-proto,grpc_set_header x-forwarded-proto	1	$scheme
proxy_set_header x-real-ip,grpc_set_header x-real-ip	1	$remote_addr
proxy_ssl_name,grpc_ssl_name	0	$proxy_host	$host
random	0	two
random	1	least_conn
resolver	1+	valid=	ipv6=off	ipv4=off@1.23.1
return	0	301: Moved Permanently	302: Found, for now	303: See Other: with GET	307: as 302, with the same method	308: as 301, with the same method	403: Forbidden	404: Not Found	410: Gone	444: closes the connection without an answer	200: OK
stream.return	0	$remote_addr
return 301,return 302,return 303,return 307,return 308	1	https://$host$request_uri	$scheme://$host$request_uri
rewrite	2	last: looks for a location anew	break: goes on here, without further rules	redirect: answers with 302	permanent: answers with 301
server_name	0	$hostname	_: no name that a client sends
server	0	unix:
server	1+	${peer}
starttls	0	on	only: closes unencrypted sessions	off
try_files	0+	$uri	$uri/	=404	/index.php?$args	/index.html
`);
