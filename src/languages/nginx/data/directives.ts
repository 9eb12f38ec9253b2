/**
 * Every directive of the nginx sources (1.31.5; history from all release tags since 0.5.0), one a line, columns by tab:
 * name, module, contexts, arguments, values, versions, documentation page, default, syntax, notes.
 * Arguments: `1`, `1-2`, `1-` (no limit), `0,2`, `flag` (`on` or `off`); `{` behind means a block.
 * Versions: intervals of releases that have it, `1.25.1-`; an empty start is 0.5.0 or older.
 * Notes: `obsolete=` version, `use=` the successor, `was=` former `version:arguments:contexts`, `/` between them.
 * Source: command tables of nginx/nginx 3f6f7824, of its json module 17aa7e25, nginx.org documentation 3924a7f8, of that module 4c3920c4.
 */
export const directiveRows = `
absolute_redirect	http_core	http,server,location	flag	flag	1.11.8-	http/ngx_http_core_module	on	on | off
accept_mutex	event_core	events	flag	flag	-	ngx_core_module	off	on | off
accept_mutex_delay	event_core	events	1	time-ms	-	ngx_core_module	500ms	<time>
acceptex_read	iocp	events	flag	flag	-
access_log	http_log	http,server,location,if-location,limit_except	1-	custom combined gzip off buffer= flush= if= syslog:	-	http/ngx_http_log_module	logs/access.log combined	<path> [<format> [buffer=<size>] [gzip[=<level>]] [flush=<time>] [if=<condition>]] || off	was=0.6.14:1-3:http,server,location,if-location,limit_except/1.2.7:1-:http,server,location,if-location,limit_except/1.3.0:1-3:http,server,location,if-location,limit_except/1.3.10:1-:http,server,location,if-location,limit_except
access_log	stream_log	stream,stream-server	1-	custom gzip off buffer= flush= if= syslog:	1.11.4-	stream/ngx_stream_log_module	off	<path> <format> [buffer=<size>] [gzip[=<level>]] [flush=<time>] [if=<condition>] || off
add_after_body	http_addition_filter	http,server,location	1	string	-	http/ngx_http_addition_module		<uri>
add_before_body	http_addition_filter	http,server,location	1	string	-	http/ngx_http_addition_module		<uri>
add_header	http_headers_filter	http,server,location,if-location	2-3	custom always	-	http/ngx_http_headers_module		<name> <value> [always]	was=:2:http,server,location,if-location/1.7.5:2-3:http,server,location,if-location
add_header_inherit	http_headers_filter	http,server,location,if-location	1	enum off on merge	1.29.3-	http/ngx_http_headers_module	on	on | off | merge
add_trailer	http_headers_filter	http,server,location,if-location	2-3	custom always	1.13.2-	http/ngx_http_headers_module		<name> <value> [always]
add_trailer_inherit	http_headers_filter	http,server,location,if-location	1	enum off on merge	1.29.3-	http/ngx_http_headers_module	on	on | off | merge
addition_types	http_addition_filter	http,server,location	1-	mime-types	0.7.65-0.7.69,0.8.16-	http/ngx_http_addition_module	text/html	<mime-type> ...
aio	http_core	http,server,location	1	custom off on threads	0.8.11-	http/ngx_http_core_module	off	on | off | threads[=<pool>]
aio_write	http_core	http,server,location	flag	flag	1.9.13-	http/ngx_http_core_module	off	on | off
alias	http_core	location	1	custom	-	http/ngx_http_core_module		<path>
allow	http_access	http,server,location,limit_except	1	custom all unix:	-	http/ngx_http_access_module		<address> | <CIDR> | unix: | all
allow	stream_access	stream,stream-server	1	custom all unix:	1.9.2-	stream/ngx_stream_access_module		<address> | <CIDR> | unix: | all
ancient_browser	http_browser	http,server,location	1-	custom netscape4	-	http/ngx_http_browser_module		<string> ...
ancient_browser_value	http_browser	http,server,location	1	custom	-	http/ngx_http_browser_module	1	<string>
auth_basic	http_auth_basic	http,server,location,limit_except	1	string-with-variables	-	http/ngx_http_auth_basic_module	off	<string> | off
auth_basic_user_file	http_auth_basic	http,server,location,limit_except	1	custom	-	http/ngx_http_auth_basic_module		<file>
auth_delay	http_core	http,server,location	1	time-ms	1.17.10-	http/ngx_http_core_module	0s	<time>
auth_http	mail_auth_http	mail,mail-server	1	custom http://	-	mail/ngx_mail_auth_http_module		<URL>
auth_http_header	mail_auth_http	mail,mail-server	2	custom	-	mail/ngx_mail_auth_http_module		<header> <value>
auth_http_pass_client_cert	mail_auth_http	mail,mail-server	flag	flag	1.7.11-	mail/ngx_mail_auth_http_module	off	on | off
auth_http_timeout	mail_auth_http	mail,mail-server	1	time-ms	-	mail/ngx_mail_auth_http_module	60s	<time>
auth_request	http_auth_request	http,server,location	1	custom off	1.5.4-	http/ngx_http_auth_request_module	off	<uri> | off
auth_request_set	http_auth_request	http,server,location	2	custom	1.5.4-	http/ngx_http_auth_request_module		<$variable> <value>
autoindex	http_autoindex	http,server,location	flag	flag	-	http/ngx_http_autoindex_module	off	on | off
autoindex_exact_size	http_autoindex	http,server,location	flag	flag	-	http/ngx_http_autoindex_module	on	on | off
autoindex_format	http_autoindex	http,server,location	1	enum html json jsonp xml	1.7.9-	http/ngx_http_autoindex_module	html	html | xml | json | jsonp
autoindex_localtime	http_autoindex	http,server,location	flag	flag	-	http/ngx_http_autoindex_module	off	on | off
break	http_rewrite	server,location,if-server,if-location	0	custom	-	http/ngx_http_rewrite_module
charset	http_charset_filter	http,server,location,if-location	1	custom off	-	http/ngx_http_charset_module	off	<charset> | off
charset_map	http_charset_filter	http	2{	entries	-	http/ngx_http_charset_module		<charset1> <charset2>
charset_types	http_charset_filter	http,server,location	1-	mime-types	0.7.9-	http/ngx_http_charset_module	text/html text/xml text/plain text/vnd.wap.wml application/javascript application/rss+xml	<mime-type> ...
chunked_transfer_encoding	http_core	http,server,location	flag	flag	0.7.66-0.7.69,0.8.35-	http/ngx_http_core_module	on	on | off
client_body_buffer_size	http_core	http,server,location	1	size	-	http/ngx_http_core_module	8k|16k	<size>
client_body_early_read	http_core	http,server	1-	predicates-with-variables	1.31.5-
client_body_in_file_only	http_core	http,server,location	1	enum off on clean	-	http/ngx_http_core_module	off	on | clean | off
client_body_in_single_buffer	http_core	http,server,location	flag	flag	0.7.58-	http/ngx_http_core_module	off	on | off
client_body_temp_path	http_core	http,server,location	1-4	path	-	http/ngx_http_core_module	client_body_temp	<path> [<level1> [<level2> [<level3>]]]
client_body_timeout	http_core	http,server,location	1	time-ms	-	http/ngx_http_core_module	60s	<time>
client_header_buffer_size	http_core	http,server	1	size	-	http/ngx_http_core_module	1k	<size>
client_header_timeout	http_core	http,server	1	time-ms	-	http/ngx_http_core_module	60s	<time>
client_max_body_size	http_core	http,server,location	1	offset	-	http/ngx_http_core_module	1m	<size>
connection_pool_size	http_core	http,server	1	size	-	http/ngx_http_core_module	256|512	<size>
create_full_put_path	http_dav	http,server,location	flag	flag	-	http/ngx_http_dav_module	off	on | off
daemon	core	main	flag	flag	-	ngx_core_module	on	on | off
dav_access	http_dav	http,server,location	1-3	access	-	http/ngx_http_dav_module	user:rw	<users>:<permissions> ...
dav_methods	http_dav	http,server,location	1-	bitmask off put delete mkcol copy move	-	http/ngx_http_dav_module	off	off | <method> ...
debug_connection	event_core	events	1	custom unix:	-	ngx_core_module		<address> | <CIDR> | unix:
debug_points	core	main	1	enum stop abort	-	ngx_core_module		abort | stop
default_type	http_core	http,server,location	1	string	-	http/ngx_http_core_module	text/plain	<mime-type>
degradation	http_degradation	http	1	custom sbrk=	0.8.25-
degrade	http_degradation	http,server,location	1	enum 204 444	0.8.25-
deny	http_access	http,server,location,limit_except	1	custom all unix:	-	http/ngx_http_access_module		<address> | <CIDR> | unix: | all
deny	stream_access	stream,stream-server	1	custom all unix:	1.9.2-	stream/ngx_stream_access_module		<address> | <CIDR> | unix: | all
devpoll_changes	devpoll	events	1	number	-
devpoll_events	devpoll	events	1	number	-
directio	http_core	http,server,location	1	custom off	0.7.7-	http/ngx_http_core_module	off	<size> | off
directio_alignment	http_core	http,server,location	1	offset	0.8.11-	http/ngx_http_core_module	512	<size>
disable_symlinks	http_core	http,server,location	1-2	custom if_not_owner off on from=	1.1.15-	http/ngx_http_core_module	off	off || on | if_not_owner [from=<part>]	was=1.1.15:1:http,server,location/1.1.16:1-2:http,server,location
early_hints	http_core	http,server,location	1-	predicates-with-variables	1.29.0-	http/ngx_http_core_module		<string> ...
empty_gif	http_empty_gif	location	0	custom	-	http/ngx_http_empty_gif_module
env	core	main	1	custom	0.5.9-	ngx_core_module	TZ	<variable>[=<value>]
epoll_events	epoll	events	1	number	-
error_log	errlog	main	1-	custom	-	ngx_core_module	logs/error.log error	<file> [<level>] [json]
error_log	http_core	http,server,location	1-	custom	-	ngx_core_module	logs/error.log error	<file> [<level>] [json]
error_log	mail_core	mail,mail-server	1-	custom	1.9.0-	ngx_core_module	logs/error.log error	<file> [<level>] [json]
error_log	stream_core	stream,stream-server	1-	custom	1.9.0-	ngx_core_module	logs/error.log error	<file> [<level>] [json]
error_page	http_core	http,server,location,if-location	2-	custom	-	http/ngx_http_core_module		<code> ... [=[<response>]] <uri>
etag	http_core	http,server,location	flag	flag	1.3.3-	http/ngx_http_core_module	on	on | off
eventport_events	eventport	events	1	number	-
events	events	main	0{	block	-	ngx_core_module
expires	http_headers_filter	http,server,location,if-location	1-2	custom modified	-	http/ngx_http_headers_module	off	[modified] <time> || epoch | max | off
fastcgi_bind	http_fastcgi	http,server,location	1-2	bind-address	0.8.22-	http/ngx_http_fastcgi_module		<address> [transparent] | off	was=0.8.22:1:http,server,location/1.11.0:1-2:http,server,location
fastcgi_buffer_size	http_fastcgi	http,server,location	1	size	-	http/ngx_http_fastcgi_module	4k|8k	<size>
fastcgi_buffering	http_fastcgi	http,server,location	flag	flag	1.5.6-	http/ngx_http_fastcgi_module	on	on | off
fastcgi_buffers	http_fastcgi	http,server,location	2	buffers	-	http/ngx_http_fastcgi_module	8 4k|8k	<number> <size>
fastcgi_busy_buffers_size	http_fastcgi	http,server,location	1	size	-	http/ngx_http_fastcgi_module	8k|16k	<size>
fastcgi_cache	http_fastcgi	http,server,location	1	custom off	0.7.45-	http/ngx_http_fastcgi_module	off	<zone> | off
fastcgi_cache_background_update	http_fastcgi	http,server,location	flag	flag	1.11.10-	http/ngx_http_fastcgi_module	off	on | off
fastcgi_cache_bypass	http_fastcgi	http,server,location	1-	predicates-with-variables	0.8.46-	http/ngx_http_fastcgi_module		<string> ...
fastcgi_cache_key	http_fastcgi	http,server,location	1	custom	0.7.45-	http/ngx_http_fastcgi_module		<string>
fastcgi_cache_lock	http_fastcgi	http,server,location	flag	flag	1.1.12-	http/ngx_http_fastcgi_module	off	on | off
fastcgi_cache_lock_age	http_fastcgi	http,server,location	1	time-ms	1.7.8-	http/ngx_http_fastcgi_module	5s	<time>
fastcgi_cache_lock_timeout	http_fastcgi	http,server,location	1	time-ms	1.1.12-	http/ngx_http_fastcgi_module	5s	<time>
fastcgi_cache_max_range_offset	http_fastcgi	http,server,location	1	offset	1.11.6-	http/ngx_http_fastcgi_module		<number>
fastcgi_cache_methods	http_fastcgi	http,server,location	1-	bitmask GET HEAD POST	0.7.59-	http/ngx_http_fastcgi_module	GET HEAD	GET | HEAD | POST ...
fastcgi_cache_min_uses	http_fastcgi	http,server,location	1	number	0.7.53-	http/ngx_http_fastcgi_module	1	<number>
fastcgi_cache_path	http_fastcgi	http	2-	custom	0.7.45-	http/ngx_http_fastcgi_module		<path> [levels=<levels>] [use_temp_path=on|off] keys_zone=<name>:<size> [inactive=<time>] [max_size=<size>] [min_free=<size>] [manager_files=<number>] [manager_sleep=<time>] [manager_threshold=<time>] [loader_files=<number>] [loader_sleep=<time>] [loader_threshold=<time>] [purger=on|off] [purger_files=<number>] [purger_sleep=<time>] [purger_threshold=<time>]
fastcgi_cache_revalidate	http_fastcgi	http,server,location	flag	flag	1.5.7-	http/ngx_http_fastcgi_module	off	on | off
fastcgi_cache_use_stale	http_fastcgi	http,server,location	1-	bitmask error timeout invalid_header non_idempotent http_500 http_503 http_403 http_404 http_429 updating off	0.7.45-	http/ngx_http_fastcgi_module	off	error | timeout | invalid_header | updating | http_500 | http_503 | http_403 | http_404 | http_429 | off ...
fastcgi_cache_valid	http_fastcgi	http,server,location	1-	custom	0.7.45-	http/ngx_http_fastcgi_module		[<code> ...] <time>
fastcgi_catch_stderr	http_fastcgi	http,server,location	1	string-list	0.5.23-	http/ngx_http_fastcgi_module		<string>
fastcgi_connect_timeout	http_fastcgi	http,server,location	1	time-ms	-	http/ngx_http_fastcgi_module	60s	<time>
fastcgi_force_ranges	http_fastcgi	http,server,location	flag	flag	1.7.7-	http/ngx_http_fastcgi_module	off	on | off
fastcgi_hide_header	http_fastcgi	http,server,location	1	string-list	-	http/ngx_http_fastcgi_module		<field>
fastcgi_ignore_client_abort	http_fastcgi	http,server,location	flag	flag	-	http/ngx_http_fastcgi_module	off	on | off
fastcgi_ignore_headers	http_fastcgi	http,server,location	1-	bitmask X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset Expires Cache-Control Set-Cookie Vary	0.7.54-	http/ngx_http_fastcgi_module		<field> ...
fastcgi_index	http_fastcgi	http,server,location	1	string	-	http/ngx_http_fastcgi_module		<name>
fastcgi_intercept_errors	http_fastcgi	http,server,location	flag	flag	-	http/ngx_http_fastcgi_module	off	on | off
fastcgi_keep_conn	http_fastcgi	http,server,location	flag	flag	1.1.4-	http/ngx_http_fastcgi_module	off	on | off
fastcgi_limit_rate	http_fastcgi	http,server,location	1	size-with-variables	1.7.7-	http/ngx_http_fastcgi_module	0	<rate>
fastcgi_max_temp_file_size	http_fastcgi	http,server,location	1	size	-	http/ngx_http_fastcgi_module	1024m	<size>
fastcgi_next_upstream	http_fastcgi	http,server,location	1-	bitmask error timeout invalid_header non_idempotent http_500 http_503 http_403 http_404 http_429 updating off	-	http/ngx_http_fastcgi_module	error timeout	error | timeout | denied | invalid_header | http_500 | http_503 | http_403 | http_404 | http_429 | non_idempotent | off ...
fastcgi_next_upstream_timeout	http_fastcgi	http,server,location	1	time-ms	1.7.5-	http/ngx_http_fastcgi_module	0	<time>
fastcgi_next_upstream_tries	http_fastcgi	http,server,location	1	number	1.7.5-	http/ngx_http_fastcgi_module	0	<number>
fastcgi_no_cache	http_fastcgi	http,server,location	1-	predicates-with-variables	0.7.66-0.7.69,0.8.38-	http/ngx_http_fastcgi_module		<string> ...
fastcgi_param	http_fastcgi	http,server,location	2-3	param-with-variables	-	http/ngx_http_fastcgi_module	HTTP_HOST $host$is_request_port$request_port	<parameter> <value> [if_not_empty]	was=:2:http,server,location/1.1.11:2-3:http,server,location
fastcgi_pass	http_fastcgi	location,if-location	1	custom	-	http/ngx_http_fastcgi_module		<address>
fastcgi_pass_header	http_fastcgi	http,server,location	1	string-list	-	http/ngx_http_fastcgi_module		<field>
fastcgi_pass_request_body	http_fastcgi	http,server,location	flag	flag	-	http/ngx_http_fastcgi_module	on	on | off
fastcgi_pass_request_headers	http_fastcgi	http,server,location	flag	flag	-	http/ngx_http_fastcgi_module	on	on | off
fastcgi_read_timeout	http_fastcgi	http,server,location	1	time-ms	-	http/ngx_http_fastcgi_module	60s	<time>
fastcgi_request_buffering	http_fastcgi	http,server,location	flag	flag	1.7.11-	http/ngx_http_fastcgi_module	on	on | off
fastcgi_send_lowat	http_fastcgi	http,server,location	1	size	-	http/ngx_http_fastcgi_module	0	<size>
fastcgi_send_timeout	http_fastcgi	http,server,location	1	time-ms	-	http/ngx_http_fastcgi_module	60s	<time>
fastcgi_socket_keepalive	http_fastcgi	http,server,location	flag	flag	1.15.6-	http/ngx_http_fastcgi_module	off	on | off
fastcgi_socket_rcvbuf	http_fastcgi	http,server,location	1	size	1.31.3-	http/ngx_http_fastcgi_module		<size>
fastcgi_socket_sndbuf	http_fastcgi	http,server,location	1	size	1.31.3-	http/ngx_http_fastcgi_module		<size>
fastcgi_split_path_info	http_fastcgi	http,server,location	1	custom	0.7.31-	http/ngx_http_fastcgi_module		<regex>
fastcgi_store	http_fastcgi	http,server,location	1	custom off on	0.5.31-0.5.38,0.6.3-	http/ngx_http_fastcgi_module	off	on | off | <string>
fastcgi_store_access	http_fastcgi	http,server,location	1-3	access	0.5.31-0.5.38,0.6.4-	http/ngx_http_fastcgi_module	user:rw	<users>:<permissions> ...
fastcgi_temp_file_write_size	http_fastcgi	http,server,location	1	size	-	http/ngx_http_fastcgi_module	8k|16k	<size>
fastcgi_temp_path	http_fastcgi	http,server,location	1-4	path	-	http/ngx_http_fastcgi_module	fastcgi_temp	<path> [<level1> [<level2> [<level3>]]]
flv	http_flv	location	0	custom	-	http/ngx_http_flv_module
geo	http_geo	http	1-2{	entries default delete include proxy proxy_recursive ranges volatile	-	http/ngx_http_geo_module		[<$address>] <$variable>
geo	stream_geo	stream	1-2{	entries default delete include ranges volatile	1.11.3-	stream/ngx_stream_geo_module		[<$address>] <$variable>
geoip_city	http_geoip	http	1-2	custom utf8	0.7.63-0.7.69,0.8.6-	http/ngx_http_geoip_module		<file>
geoip_city	stream_geoip	stream	1-2	custom utf8	1.11.3-	stream/ngx_stream_geoip_module		<file>
geoip_country	http_geoip	http	1-2	custom utf8	0.7.63-0.7.69,0.8.6-	http/ngx_http_geoip_module		<file>
geoip_country	stream_geoip	stream	1-2	custom utf8	1.11.3-	stream/ngx_stream_geoip_module		<file>
geoip_org	http_geoip	http	1-2	custom utf8	1.0.3-	http/ngx_http_geoip_module		<file>
geoip_org	stream_geoip	stream	1-2	custom utf8	1.11.3-	stream/ngx_stream_geoip_module		<file>
geoip_proxy	http_geoip	http	1	custom	1.2.2-	http/ngx_http_geoip_module		<address> | <CIDR>
geoip_proxy_recursive	http_geoip	http	flag	flag	1.2.2-	http/ngx_http_geoip_module	off	on | off
google_perftools_profiles	google_perftools	main	1	string	0.6.29-	ngx_google_perftools_module		<file>
grpc_bind	http_grpc	http,server,location	1-2	bind-address	1.13.10-	http/ngx_http_grpc_module		<address> [transparent ] | off
grpc_buffer_size	http_grpc	http,server,location	1	size	1.13.10-	http/ngx_http_grpc_module	4k|8k	<size>
grpc_connect_timeout	http_grpc	http,server,location	1	time-ms	1.13.10-	http/ngx_http_grpc_module	60s	<time>
grpc_hide_header	http_grpc	http,server,location	1	string-list	1.13.10-	http/ngx_http_grpc_module		<field>
grpc_ignore_headers	http_grpc	http,server,location	1-	bitmask X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset Expires Cache-Control Set-Cookie Vary	1.13.10-	http/ngx_http_grpc_module		<field> ...
grpc_intercept_errors	http_grpc	http,server,location	flag	flag	1.13.10-	http/ngx_http_grpc_module	off	on | off
grpc_next_upstream	http_grpc	http,server,location	1-	bitmask error timeout invalid_header non_idempotent http_500 http_502 http_503 http_504 http_403 http_404 http_429 off	1.13.10-	http/ngx_http_grpc_module	error timeout	error | timeout | denied | invalid_header | http_500 | http_502 | http_503 | http_504 | http_403 | http_404 | http_429 | non_idempotent | off ...
grpc_next_upstream_timeout	http_grpc	http,server,location	1	time-ms	1.13.10-	http/ngx_http_grpc_module	0	<time>
grpc_next_upstream_tries	http_grpc	http,server,location	1	number	1.13.10-	http/ngx_http_grpc_module	0	<number>
grpc_pass	http_grpc	location,if-location	1	custom grpc:// grpcs://	1.13.10-	http/ngx_http_grpc_module		<address>
grpc_pass_header	http_grpc	http,server,location	1	string-list	1.13.10-	http/ngx_http_grpc_module		<field>
grpc_read_timeout	http_grpc	http,server,location	1	time-ms	1.13.10-	http/ngx_http_grpc_module	60s	<time>
grpc_send_timeout	http_grpc	http,server,location	1	time-ms	1.13.10-	http/ngx_http_grpc_module	60s	<time>
grpc_set_header	http_grpc	http,server,location	2	keyval	1.13.10-	http/ngx_http_grpc_module	Content-Length $content_length	<field> <value>
grpc_socket_keepalive	http_grpc	http,server,location	flag	flag	1.15.6-	http/ngx_http_grpc_module	off	on | off
grpc_socket_rcvbuf	http_grpc	http,server,location	1	size	1.31.3-	http/ngx_http_grpc_module		<size>
grpc_socket_sndbuf	http_grpc	http,server,location	1	size	1.31.3-	http/ngx_http_grpc_module		<size>
grpc_ssl_certificate	http_grpc	http,server,location	1	string-with-variables	1.13.10-	http/ngx_http_grpc_module		<file>
grpc_ssl_certificate_cache	http_grpc	http,server,location	1-3	custom	1.27.4-	http/ngx_http_grpc_module	off	off || max=<N> [inactive=<time>] [valid=<time>]
grpc_ssl_certificate_key	http_grpc	http,server,location	1	string-with-variables	1.13.10-	http/ngx_http_grpc_module		<file>
grpc_ssl_ciphers	http_grpc	http,server,location	1	string	1.13.10-	http/ngx_http_grpc_module	DEFAULT	<ciphers>
grpc_ssl_conf_command	http_grpc	http,server,location	2	keyval	1.19.4-	http/ngx_http_grpc_module		<name> <value>
grpc_ssl_crl	http_grpc	http,server,location	1	string	1.13.10-	http/ngx_http_grpc_module		<file>
grpc_ssl_name	http_grpc	http,server,location	1	string-with-variables	1.13.10-	http/ngx_http_grpc_module	host from grpc_pass	<name>
grpc_ssl_password_file	http_grpc	http,server,location	1	custom	1.13.10-	http/ngx_http_grpc_module		<file>
grpc_ssl_protocols	http_grpc	http,server,location	1-	bitmask SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3	1.13.10-	http/ngx_http_grpc_module	TLSv1.2 TLSv1.3	[SSLv2] [SSLv3] [TLSv1] [TLSv1.1] [TLSv1.2] [TLSv1.3]
grpc_ssl_server_name	http_grpc	http,server,location	flag	flag	1.13.10-	http/ngx_http_grpc_module	off	on | off
grpc_ssl_session_reuse	http_grpc	http,server,location	flag	flag	1.13.10-	http/ngx_http_grpc_module	on	on | off
grpc_ssl_trusted_certificate	http_grpc	http,server,location	1	string	1.13.10-	http/ngx_http_grpc_module		<file>
grpc_ssl_verify	http_grpc	http,server,location	flag	flag	1.13.10-	http/ngx_http_grpc_module	off	on | off
grpc_ssl_verify_depth	http_grpc	http,server,location	1	number	1.13.10-	http/ngx_http_grpc_module	1	<number>
gunzip	http_gunzip_filter	http,server,location	flag	flag	1.3.6-	http/ngx_http_gunzip_module	off	on | off
gunzip_buffers	http_gunzip_filter	http,server,location	2	buffers	1.3.6-	http/ngx_http_gunzip_module	32 4k|16 8k	<number> <size>
gzip	http_gzip_filter	http,server,location,if-location	flag	flag	-	http/ngx_http_gzip_module	off	on | off
gzip_buffers	http_gzip_filter	http,server,location	2	buffers	-	http/ngx_http_gzip_module	32 4k|16 8k	<number> <size>
gzip_comp_level	http_gzip_filter	http,server,location	1	number 1..9	-	http/ngx_http_gzip_module	1	<level>
gzip_disable	http_core	http,server,location	1-	custom degradation msie6	0.6.23-	http/ngx_http_gzip_module		<regex> ...
gzip_hash	http_gzip_filter	http,server,location	1	size	-
gzip_http_version	http_core	http,server,location	1	enum 1.0 1.1	-	http/ngx_http_gzip_module	1.1	1.0 | 1.1
gzip_min_length	http_gzip_filter	http,server,location	1	size	-	http/ngx_http_gzip_module	20	<length>
gzip_no_buffer	http_gzip_filter	http,server,location	flag	flag	-
gzip_proxied	http_core	http,server,location	1-	bitmask off expired no-cache no-store private no_last_modified no_etag auth any	-	http/ngx_http_gzip_module	off	off | expired | no-cache | no-store | private | no_last_modified | no_etag | auth | any ...
gzip_static	http_gzip_static	http,server,location	1	enum off on always	0.6.23-	http/ngx_http_gzip_static_module	off	on | off | always
gzip_types	http_gzip_filter	http,server,location	1-	mime-types	-	http/ngx_http_gzip_module	text/html	<mime-type> ...
gzip_vary	http_core	http,server,location	flag	flag	0.5.34-0.5.38,0.6.15-	http/ngx_http_gzip_module	off	on | off
gzip_window	http_gzip_filter	http,server,location	1	size	-
hash	http_upstream_hash	upstream	1-2	custom consistent	1.7.2-	http/ngx_http_upstream_module		<key> [consistent]
hash	stream_upstream_hash	stream-upstream	1-2	custom consistent	1.9.0-	stream/ngx_stream_upstream_module		<key> [consistent]
http	http	main	0{	block	-	http/ngx_http_core_module
http2	http_v2	http,server	flag	flag	1.25.1-	http/ngx_http_v2_module	off	on | off
http2_body_preread_size	http_v2	http,server	1	size	1.10.2-	http/ngx_http_v2_module	64k	<size>
http2_chunk_size	http_v2	http,server,location	1	size	1.9.5-	http/ngx_http_v2_module	8k	<size>
http2_idle_timeout	http_v2	http,server	1	custom	1.9.5-	http/ngx_http_v2_module	3m	<time>	obsolete=1.19.7 use=keepalive_timeout
http2_max_concurrent_pushes	http_v2	http,server	1	custom	1.13.9-	http/ngx_http_v2_module	10	<number>	obsolete=1.25.1
http2_max_concurrent_streams	http_v2	http,server	1	number	1.9.5-	http/ngx_http_v2_module	128	<number>
http2_max_field_size	http_v2	http,server	1	custom	1.9.5-	http/ngx_http_v2_module	4k	<size>	obsolete=1.19.7 use=large_client_header_buffers
http2_max_header_size	http_v2	http,server	1	custom	1.9.5-	http/ngx_http_v2_module	16k	<size>	obsolete=1.19.7 use=large_client_header_buffers
http2_max_requests	http_v2	http,server	1	custom	1.11.6-	http/ngx_http_v2_module	1000	<number>	obsolete=1.19.7 use=keepalive_requests
http2_pool_size	http_v2	http,server	1	size	1.9.5-
http2_push	http_v2	http,server,location	1	custom	1.13.9-	http/ngx_http_v2_module	off	<uri> | off	obsolete=1.25.1
http2_push_preload	http_v2	http,server,location	flag	custom	1.13.9-	http/ngx_http_v2_module	off	on | off	obsolete=1.25.1
http2_recv_buffer_size	http_v2	http	1	size	1.9.5-	http/ngx_http_v2_module	256k	<size>
http2_recv_timeout	http_v2	http,server	1	custom	1.9.5-	http/ngx_http_v2_module	30s	<time>	obsolete=1.19.7 use=client_header_timeout
http2_streams_index_size	http_v2	http,server	1	number	1.9.5-
http3	http_v3	http,server	flag	flag	1.25.0-	http/ngx_http_v3_module	on	on | off
http3_hq	http_v3	http,server	flag	flag	1.25.0-	http/ngx_http_v3_module	off	on | off
http3_max_concurrent_streams	http_v3	http,server	1	number	1.25.0-	http/ngx_http_v3_module	128	<number>
http3_stream_buffer_size	http_v3	http,server	1	size	1.25.0-	http/ngx_http_v3_module	64k	<size>
if	http_rewrite	server,location	1-{	block	-	http/ngx_http_rewrite_module		(<condition>)
if_modified_since	http_core	http,server,location	1	enum off exact before	0.6.36-0.6.39,0.7.24-	http/ngx_http_core_module	exact	off | exact | before
ignore_invalid_headers	http_core	http,server	flag	flag	-	http/ngx_http_core_module	on	on | off
image_filter	http_image_filter	location	1-3	custom crop off resize rotate size test	0.7.54-	http/ngx_http_image_filter_module	off	off || test || size || rotate 90 | 180 | 270 || resize <width> <height> || crop <width> <height>
image_filter_buffer	http_image_filter	http,server,location	1	size	0.7.54-	http/ngx_http_image_filter_module	1M	<size>
image_filter_interlace	http_image_filter	http,server,location	flag	flag	1.3.15-	http/ngx_http_image_filter_module	off	on | off
image_filter_jpeg_quality	http_image_filter	http,server,location	1	custom	0.7.58-	http/ngx_http_image_filter_module	75	<quality>
image_filter_sharpen	http_image_filter	http,server,location	1	custom	1.0.11-1.0.15,1.1.8-	http/ngx_http_image_filter_module	0	<percent>
image_filter_transparency	http_image_filter	http,server,location	flag	flag	0.7.63-0.7.69,0.8.16-	http/ngx_http_image_filter_module	on	on|off
image_filter_webp_quality	http_image_filter	http,server,location	1	custom	1.11.6-	http/ngx_http_image_filter_module	80	<quality>
imap_auth	mail_imap	mail,mail-server	1-	bitmask plain login cram-md5 external	0.5.32-0.5.38,0.6.5-	mail/ngx_mail_imap_module	plain	<method> ...
imap_capabilities	mail_imap	mail,mail-server	1-	custom	-	mail/ngx_mail_imap_module	IMAP4 IMAP4rev1 UIDPLUS	<extension> ...
imap_client_buffer	mail_imap	mail,mail-server	1	size	-	mail/ngx_mail_imap_module	4k|8k	<size>
include	conf	any	1	custom	-	ngx_core_module		<file> | <mask>
index	http_index	http,server,location	1-	custom	-	http/ngx_http_index_module	index.html	<file> ...
internal	http_core	location	0	custom	-	http/ngx_http_core_module
iocp_threads	iocp	events	1	number	-
ip_hash	http_upstream_ip_hash	upstream	0	custom	-	http/ngx_http_upstream_module
json_max_depth	http_json	http	1	number 1..256	1.31.5-	http/ngx_http_json_module	32	<number>
json_set	http_json	http	3	custom	1.31.5-	http/ngx_http_json_module		<$variable> <$source> <path>
keepalive	http_upstream_keepalive	upstream	1-2	custom local	1.1.4-	http/ngx_http_upstream_module	32 local	<connections> [local]	was=1.1.4:1-2:upstream/1.7.5:1:upstream/1.29.7:1-2:upstream
keepalive_disable	http_core	http,server,location	1-2	bitmask none msie6 safari	0.9.0-	http/ngx_http_core_module	msie6	none | <browser> ...	was=0.9.0:1:http,server,location/1.0.11:1-2:http,server,location/1.1.0:1:http,server,location/1.1.8:1-2:http,server,location
keepalive_min_timeout	http_core	http,server,location	1	time-ms	1.27.4-	http/ngx_http_core_module	0	<timeout>
keepalive_requests	http_core	http,server,location	1	number	0.6.38-0.6.39,0.7.60-	http/ngx_http_core_module	1000	<number>
keepalive_requests	http_upstream_keepalive	upstream	1	number	1.15.3-	http/ngx_http_upstream_module	1000	<number>
keepalive_time	http_core	http,server,location	1	time-ms	1.19.10-	http/ngx_http_core_module	1h	<time>
keepalive_time	http_upstream_keepalive	upstream	1	time-ms	1.19.10-	http/ngx_http_upstream_module	1h	<time>
keepalive_timeout	http_core	http,server,location	1-2	custom	-	http/ngx_http_core_module	75s	<timeout> [<header_timeout>]
keepalive_timeout	http_upstream_keepalive	upstream	1	time-ms	1.15.3-	http/ngx_http_upstream_module	60s	<timeout>
kqueue_changes	kqueue	events	1	number	-
kqueue_events	kqueue	events	1	number	-
large_client_header_buffers	http_core	http,server	2	buffers	-	http/ngx_http_core_module	4 8k	<number> <size>
least_conn	http_upstream_least_conn	upstream	0	custom	1.2.2-1.2.9,1.3.1-	http/ngx_http_upstream_module
least_conn	stream_upstream_least_conn	stream-upstream	0	custom	1.9.0-	stream/ngx_stream_upstream_module
least_time	http_upstream_least_time	upstream	1-2	custom inflight	1.31.0-	http/ngx_http_upstream_module		header | last_byte [inflight]
least_time	stream_upstream_least_time	stream-upstream	1-2	custom inflight	1.31.0-	stream/ngx_stream_upstream_module		connect | first_byte | last_byte [inflight]
limit_conn	http_limit_conn	http,server,location	2	custom	0.5.6-	http/ngx_http_limit_conn_module		<zone> <number>
limit_conn	stream_limit_conn	stream,stream-server	2	custom	1.9.3-	stream/ngx_stream_limit_conn_module		<zone> <number>
limit_conn_dry_run	http_limit_conn	http,server,location	flag	flag	1.17.6-	http/ngx_http_limit_conn_module	off	on | off
limit_conn_dry_run	stream_limit_conn	stream,stream-server	flag	flag	1.17.6-	stream/ngx_stream_limit_conn_module	off	on | off
limit_conn_log_level	http_limit_conn	http,server,location	1	enum info notice warn error	0.7.63-0.7.69,0.8.18-	http/ngx_http_limit_conn_module	error	info | notice | warn | error
limit_conn_log_level	stream_limit_conn	stream,stream-server	1	enum info notice warn error	1.9.3-	stream/ngx_stream_limit_conn_module	error	info | notice | warn | error
limit_conn_status	http_limit_conn	http,server,location	1	number 400..599	1.3.15-	http/ngx_http_limit_conn_module	503	<code>
limit_conn_zone	http_limit_conn	http	2	custom zone=	1.1.8-	http/ngx_http_limit_conn_module		<key> zone=<name>:<size>
limit_conn_zone	stream_limit_conn	stream	2	custom zone=	1.9.3-	stream/ngx_stream_limit_conn_module		<key> zone=<name>:<size>
limit_except	http_core	location	1-{	block	-	http/ngx_http_core_module		<method> ...
limit_rate	http_core	http,server,location,if-location	1	size-with-variables	-	http/ngx_http_core_module	0	<rate>
limit_rate_after	http_core	http,server,location,if-location	1	size-with-variables	0.7.63-	http/ngx_http_core_module	0	<size>
limit_req	http_limit_req	http,server,location	1-3	custom nodelay burst= delay= zone=	0.7.20-	http/ngx_http_limit_req_module		zone=<name> [burst=<number>] [nodelay | delay=<number>]
limit_req_dry_run	http_limit_req	http,server,location	flag	flag	1.17.1-	http/ngx_http_limit_req_module	off	on | off
limit_req_log_level	http_limit_req	http,server,location	1	enum info notice warn error	0.7.63-0.7.69,0.8.18-	http/ngx_http_limit_req_module	error	info | notice | warn | error
limit_req_status	http_limit_req	http,server,location	1	number 400..599	1.3.15-	http/ngx_http_limit_req_module	503	<code>
limit_req_zone	http_limit_req	http	3	custom r/m r/s rate= zone=	0.7.20-	http/ngx_http_limit_req_module		<key> zone=<name>:<size> rate=<rate> [sync]
lingering_close	http_core	http,server,location	1	enum off on always	1.0.6-	http/ngx_http_core_module	on	off | on | always
lingering_time	http_core	http,server,location	1	time-ms	-	http/ngx_http_core_module	30s	<time>
lingering_timeout	http_core	http,server,location	1	time-ms	-	http/ngx_http_core_module	5s	<time>
listen	http_core	server	1-	custom bind default default_server deferred http2 multipath proxy_protocol quic reuseport ssl accept_filter= backlog= fastopen= ipv6only= rcvbuf= setfib= sndbuf= so_keepalive=	-	http/ngx_http_core_module	*:80 | *:8000	<address>[:<port>] [default_server] [ssl] [http2 | quic] [proxy_protocol] [setfib=<number>] [fastopen=<number>] [backlog=<number>] [rcvbuf=<size>] [sndbuf=<size>] [accept_filter=<filter>] [deferred] [bind] [ipv6only=on|off] [reuseport] [multipath] [so_keepalive=on|off|[<keepidle>]:[<keepintvl>]:[<keepcnt>]] || <port> [default_server] [ssl] [http2 | quic] [proxy_protocol] [setfib=<number>] [fastopen=<number>] [backlog=<number>] [rcvbuf=<size>] [sndbuf=<size>] [accept_filter=<filter>] [deferred] [bind] [ipv6only=on|off] [reuseport] [multipath] [so_keepalive=on|off|[<keepidle>]:[<keepintvl>]:[<keepcnt>]] || unix:<path> [default_server] [ssl] [http2 | quic] [proxy_protocol] [backlog=<number>] [rcvbuf=<size>] [sndbuf=<size>] [accept_filter=<filter>] [deferred] [bind] [so_keepalive=on|off|[<keepidle>]:[<keepintvl>]:[<keepcnt>]]
listen	mail_core	mail-server	1-	custom bind multipath proxy_protocol ssl backlog= ipv6only= rcvbuf= sndbuf= so_keepalive=	-	mail/ngx_mail_core_module		<address>:<port> [ssl] [proxy_protocol] [backlog=<number>] [rcvbuf=<size>] [sndbuf=<size>] [bind] [ipv6only=on|off] [multipath] [so_keepalive=on|off|[<keepidle>]:[<keepintvl>]:[<keepcnt>]]	was=:1-2:mail-server/1.7.5:1-:mail-server
listen	stream_core	stream-server	1-	custom bind default_server deferred multipath proxy_protocol reuseport ssl udp accept_filter= backlog= fastopen= ipv6only= rcvbuf= setfib= sndbuf= so_keepalive=	1.9.0-	stream/ngx_stream_core_module		<address>:<port> [default_server] [ssl] [udp] [proxy_protocol] [setfib=<number>] [fastopen=<number>] [backlog=<number>] [rcvbuf=<size>] [sndbuf=<size>] [accept_filter=<filter>] [deferred] [bind] [ipv6only=on|off] [reuseport] [multipath] [so_keepalive=on|off|[<keepidle>]:[<keepintvl>]:[<keepcnt>]]
load_module	core	main	1	custom	1.9.11-	ngx_core_module		<file>
location	http_core	server,location	1-2{	block	-	http/ngx_http_core_module		[ = | ~ | ~* | ^~ ] <uri> || @<name> || <$variable>
lock_file	core	main	1	string	-	ngx_core_module	logs/nginx.lock	<file>
log_format	http_log	http	2-	custom	-	http/ngx_http_log_module	combined "..."	<name> [escape=default|json|none] <string> ...	was=:2-:http,server,location/1.7.8:2-:http
log_format	stream_log	stream	2-	custom	1.11.4-	stream/ngx_stream_log_module		<name> [escape=default|json|none] <string> ...
log_not_found	http_core	http,server,location	flag	flag	-	http/ngx_http_core_module	on	on | off
log_subrequest	http_core	http,server,location	flag	flag	0.7.18-	http/ngx_http_core_module	off	on | off
mail	mail	main	0{	block	0.5.15-	mail/ngx_mail_core_module
map	http_map	http	2{	entries default hostnames include volatile	-	http/ngx_http_map_module		<string> <$variable>
map	stream_map	stream	2{	entries default hostnames include volatile	1.11.2-	stream/ngx_stream_map_module		<string> <$variable>
map_hash_bucket_size	http_map	http	1	number	-	http/ngx_http_map_module	32|64|128	<size>
map_hash_bucket_size	stream_map	stream	1	number	1.11.2-	stream/ngx_stream_map_module	32|64|128	<size>
map_hash_max_size	http_map	http	1	number	-	http/ngx_http_map_module	2048	<size>
map_hash_max_size	stream_map	stream	1	number	1.11.2-	stream/ngx_stream_map_module	2048	<size>
master_process	core	main	flag	flag	-	ngx_core_module	on	on | off
max_errors	mail_core	mail,mail-server	1	number	1.21.0-	mail/ngx_mail_core_module	5	<number>
max_headers	http_core	http,server	1	number	1.29.8-	http/ngx_http_core_module	1000	<number>
max_ranges	http_core	http,server,location	1	number	1.0.7-1.0.15,1.1.2-	http/ngx_http_core_module		<number>
memcached_bind	http_memcached	http,server,location	1-2	bind-address	0.8.22-	http/ngx_http_memcached_module		<address> [transparent ] | off	was=0.8.22:1:http,server,location/1.11.0:1-2:http,server,location
memcached_buffer_size	http_memcached	http,server,location	1	size	-	http/ngx_http_memcached_module	4k|8k	<size>
memcached_connect_timeout	http_memcached	http,server,location	1	time-ms	-	http/ngx_http_memcached_module	60s	<time>
memcached_gzip_flag	http_memcached	http,server,location	1	number	1.3.6-	http/ngx_http_memcached_module		<flag>
memcached_next_upstream	http_memcached	http,server,location	1-	bitmask error timeout invalid_response not_found off	-	http/ngx_http_memcached_module	error timeout	error | timeout | denied | invalid_response | not_found | off ...
memcached_next_upstream_timeout	http_memcached	http,server,location	1	time-ms	1.7.5-	http/ngx_http_memcached_module	0	<time>
memcached_next_upstream_tries	http_memcached	http,server,location	1	number	1.7.5-	http/ngx_http_memcached_module	0	<number>
memcached_pass	http_memcached	location,if-location	1	custom	-	http/ngx_http_memcached_module		<address>
memcached_read_timeout	http_memcached	http,server,location	1	time-ms	-	http/ngx_http_memcached_module	60s	<time>
memcached_send_timeout	http_memcached	http,server,location	1	time-ms	-	http/ngx_http_memcached_module	60s	<time>
memcached_socket_keepalive	http_memcached	http,server,location	flag	flag	1.15.6-	http/ngx_http_memcached_module	off	on | off
merge_slashes	http_core	http,server	flag	flag	0.5.34-0.5.38,0.6.15-	http/ngx_http_core_module	on	on | off
min_delete_depth	http_dav	http,server,location	1	number	0.6.25-	http/ngx_http_dav_module	0	<number>
mirror	http_mirror	http,server,location	1	custom off	1.13.4-	http/ngx_http_mirror_module	off	<uri> | off
mirror_request_body	http_mirror	http,server,location	flag	flag	1.13.4-	http/ngx_http_mirror_module	on	on | off
modern_browser	http_browser	http,server,location	1-2	custom unlisted	-	http/ngx_http_browser_module		<browser> <version> || unlisted
modern_browser_value	http_browser	http,server,location	1	custom	-	http/ngx_http_browser_module	1	<string>
mp4	http_mp4	location	0	custom	1.0.7-1.0.15,1.1.3-	http/ngx_http_mp4_module
mp4_buffer_size	http_mp4	http,server,location	1	size	1.0.7-1.0.15,1.1.3-	http/ngx_http_mp4_module	512K	<size>
mp4_max_buffer_size	http_mp4	http,server,location	1	size	1.0.7-1.0.15,1.1.3-	http/ngx_http_mp4_module	10M	<size>
mp4_start_key_frame	http_mp4	http,server,location	flag	flag	1.21.4-	http/ngx_http_mp4_module	off	on | off
msie_padding	http_core	http,server,location	flag	flag	-	http/ngx_http_core_module	on	on | off
msie_refresh	http_core	http,server,location	flag	flag	-	http/ngx_http_core_module	off	on | off
multi_accept	event_core	events	flag	flag	-	ngx_core_module	off	on | off
open_file_cache	http_core	http,server,location	1-2	custom off inactive= max=	-	http/ngx_http_core_module	off	off || max=<N> [inactive=<time>]
open_file_cache_errors	http_core	http,server,location	flag	flag	0.6.10-	http/ngx_http_core_module	off	on | off
open_file_cache_events	http_core	http,server,location	flag	flag	0.6.10-	http/ngx_http_core_module	off	on | off
open_file_cache_min_uses	http_core	http,server,location	1	number	0.6.23-	http/ngx_http_core_module	1	<number>
open_file_cache_valid	http_core	http,server,location	1	time-s	0.6.23-	http/ngx_http_core_module	60s	<time>
open_log_file_cache	http_log	http,server,location	1-4	custom off inactive= max= min_uses= valid=	0.7.4-	http/ngx_http_log_module	off	max=<N> [inactive=<time>] [min_uses=<N>] [valid=<time>] || off
open_log_file_cache	stream_log	stream,stream-server	1-4	custom off inactive= max= min_uses= valid=	1.11.4-	stream/ngx_stream_log_module	off	max=<N> [inactive=<time>] [min_uses=<N>] [valid=<time>] || off
output_buffers	http_copy_filter	http,server,location	2	buffers	-	http/ngx_http_core_module	2 32k	<number> <size>
override_charset	http_charset_filter	http,server,location,if-location	flag	flag	-	http/ngx_http_charset_module	off	on | off
pass	stream_pass	stream-server	1	custom	1.25.5-	stream/ngx_stream_pass_module		<address>
pcre_jit	regex	main	flag	flag	1.1.12-	ngx_core_module	off	on | off
perl	http_perl	location,limit_except	1	custom	-	http/ngx_http_perl_module		<module>::<function>|'sub { ... }'
perl_modules	http_perl	http	1	string-list	-	http/ngx_http_perl_module		<path>
perl_require	http_perl	http	1	string-list	-	http/ngx_http_perl_module		<module>
perl_set	http_perl	http	2	custom	-	http/ngx_http_perl_module		<$variable> <module>::<function>|'sub { ... }'
pid	core	main	1	string	-	ngx_core_module	logs/nginx.pid	<file>
pop3_auth	mail_pop3	mail,mail-server	1-	bitmask plain apop cram-md5 external	0.5.15-	mail/ngx_mail_pop3_module	plain	<method> ...
pop3_capabilities	mail_pop3	mail,mail-server	1-	custom	-	mail/ngx_mail_pop3_module	TOP USER UIDL	<extension> ...
port_in_redirect	http_core	http,server,location	flag	flag	-	http/ngx_http_core_module	on	on | off
post_acceptex	iocp	events	1	number	-
post_action	http_core	http,server,location,if-location	1	string	-
postpone_gzipping	http_gzip_filter	http,server,location	1	size	0.7.39-
postpone_output	http_core	http,server,location	1	size	-	http/ngx_http_core_module	1460	<size>
preread_buffer_size	stream_core	stream,stream-server	1	size	1.11.5-	stream/ngx_stream_core_module	16k	<size>
preread_timeout	stream_core	stream,stream-server	1	time-ms	1.11.5-	stream/ngx_stream_core_module	30s	<timeout>
protocol	mail_core	mail-server	1	custom	-	mail/ngx_mail_core_module		imap | pop3 | smtp
proxy	mail_proxy	mail,mail-server	flag	flag	-	mail/ngx_mail_proxy_module	off	on | off
proxy_bind	http_proxy	http,server,location	1-2	bind-address	0.8.22-	http/ngx_http_proxy_module		<address> [transparent] | off	was=0.8.22:1:http,server,location/1.11.0:1-2:http,server,location
proxy_bind	stream_proxy	stream,stream-server	1-2	custom off transparent	1.9.2-	stream/ngx_stream_proxy_module		<address> [transparent] | off	was=1.9.2:1:stream,stream-server/1.11.0:1-2:stream,stream-server
proxy_buffer	mail_proxy	mail,mail-server	1	size	-	mail/ngx_mail_proxy_module	4k|8k	<size>
proxy_buffer_size	http_proxy	http,server,location	1	size	-	http/ngx_http_proxy_module	4k|8k	<size>
proxy_buffer_size	stream_proxy	stream,stream-server	1	size	1.9.4-	stream/ngx_stream_proxy_module	16k	<size>
proxy_buffering	http_proxy	http,server,location	flag	flag	-	http/ngx_http_proxy_module	on	on | off
proxy_buffers	http_proxy	http,server,location	2	buffers	-	http/ngx_http_proxy_module	8 4k|8k	<number> <size>
proxy_busy_buffers_size	http_proxy	http,server,location	1	size	-	http/ngx_http_proxy_module	8k|16k	<size>
proxy_cache	http_proxy	http,server,location	1	custom off	0.7.44-	http/ngx_http_proxy_module	off	<zone> | off
proxy_cache_background_update	http_proxy	http,server,location	flag	flag	1.11.10-	http/ngx_http_proxy_module	off	on | off
proxy_cache_bypass	http_proxy	http,server,location	1-	predicates-with-variables	0.8.46-	http/ngx_http_proxy_module		<string> ...
proxy_cache_convert_head	http_proxy	http,server,location	flag	flag	1.9.7-	http/ngx_http_proxy_module	on	on | off
proxy_cache_key	http_proxy	http,server,location	1	custom	0.7.48-	http/ngx_http_proxy_module	$scheme$proxy_host$request_uri	<string>
proxy_cache_lock	http_proxy	http,server,location	flag	flag	1.1.12-	http/ngx_http_proxy_module	off	on | off
proxy_cache_lock_age	http_proxy	http,server,location	1	time-ms	1.7.8-	http/ngx_http_proxy_module	5s	<time>
proxy_cache_lock_timeout	http_proxy	http,server,location	1	time-ms	1.1.12-	http/ngx_http_proxy_module	5s	<time>
proxy_cache_max_range_offset	http_proxy	http,server,location	1	offset	1.11.6-	http/ngx_http_proxy_module		<number>
proxy_cache_methods	http_proxy	http,server,location	1-	bitmask GET HEAD POST	0.7.59-	http/ngx_http_proxy_module	GET HEAD	GET | HEAD | POST ...
proxy_cache_min_uses	http_proxy	http,server,location	1	number	0.7.44-	http/ngx_http_proxy_module	1	<number>
proxy_cache_path	http_proxy	http	2-	custom	0.7.44-	http/ngx_http_proxy_module		<path> [levels=<levels>] [use_temp_path=on|off] keys_zone=<name>:<size> [inactive=<time>] [max_size=<size>] [min_free=<size>] [manager_files=<number>] [manager_sleep=<time>] [manager_threshold=<time>] [loader_files=<number>] [loader_sleep=<time>] [loader_threshold=<time>] [purger=on|off] [purger_files=<number>] [purger_sleep=<time>] [purger_threshold=<time>]
proxy_cache_revalidate	http_proxy	http,server,location	flag	flag	1.5.7-	http/ngx_http_proxy_module	off	on | off
proxy_cache_use_stale	http_proxy	http,server,location	1-	bitmask error timeout invalid_header non_idempotent http_500 http_502 http_503 http_504 http_403 http_404 http_429 updating off	0.7.44-	http/ngx_http_proxy_module	off	error | timeout | invalid_header | updating | http_500 | http_502 | http_503 | http_504 | http_403 | http_404 | http_429 | off ...
proxy_cache_valid	http_proxy	http,server,location	1-	custom	0.7.44-	http/ngx_http_proxy_module		[<code> ...] <time>
proxy_connect_timeout	http_proxy	http,server,location	1	time-ms	-	http/ngx_http_proxy_module	60s	<time>
proxy_connect_timeout	stream_proxy	stream,stream-server	1	time-ms	1.9.0-	stream/ngx_stream_proxy_module	60s	<time>
proxy_cookie_domain	http_proxy	http,server,location	1-2	custom off	1.1.15-	http/ngx_http_proxy_module	off	off || <domain> <replacement>
proxy_cookie_flags	http_proxy	http,server,location	1-4	custom off	1.19.3-	http/ngx_http_proxy_module	off	off | <cookie> [<flag> ...]
proxy_cookie_path	http_proxy	http,server,location	1-2	custom off	1.1.15-	http/ngx_http_proxy_module	off	off || <path> <replacement>
proxy_download_rate	stream_proxy	stream,stream-server	1	size-with-variables	1.9.3-	stream/ngx_stream_proxy_module	0	<rate>
proxy_downstream_buffer	stream_proxy	stream,stream-server	1	size	1.9.0-				obsolete=1.9.4 use=proxy_buffer_size
proxy_force_ranges	http_proxy	http,server,location	flag	flag	1.7.7-	http/ngx_http_proxy_module	off	on | off
proxy_half_close	stream_proxy	stream,stream-server	flag	flag	1.21.4-	stream/ngx_stream_proxy_module	off	on | off
proxy_headers_hash_bucket_size	http_proxy	http,server,location	1	number	0.5.19-	http/ngx_http_proxy_module	64	<size>
proxy_headers_hash_max_size	http_proxy	http,server,location	1	number	0.5.19-	http/ngx_http_proxy_module	512	<size>
proxy_hide_header	http_proxy	http,server,location	1	string-list	-	http/ngx_http_proxy_module		<field>
proxy_http_version	http_proxy	http,server,location	1	enum 1.0 1.1 2	1.1.4-	http/ngx_http_proxy_module	1.1	1.0 | 1.1 | 2
proxy_ignore_client_abort	http_proxy	http,server,location	flag	flag	-	http/ngx_http_proxy_module	off	on | off
proxy_ignore_headers	http_proxy	http,server,location	1-	bitmask X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset Expires Cache-Control Set-Cookie Vary	0.7.54-	http/ngx_http_proxy_module		<field> ...
proxy_intercept_errors	http_proxy	http,server,location	flag	flag	-	http/ngx_http_proxy_module	off	on | off
proxy_limit_rate	http_proxy	http,server,location	1	size-with-variables	1.7.7-	http/ngx_http_proxy_module	0	<rate>
proxy_max_temp_file_size	http_proxy	http,server,location	1	size	-	http/ngx_http_proxy_module	1024m	<size>
proxy_method	http_proxy	http,server,location	1	string-with-variables	-	http/ngx_http_proxy_module		<method>
proxy_next_upstream	http_proxy	http,server,location	1-	bitmask error timeout invalid_header non_idempotent http_500 http_502 http_503 http_504 http_403 http_404 http_429 updating off	-	http/ngx_http_proxy_module	error timeout	error | timeout | denied | invalid_header | http_500 | http_502 | http_503 | http_504 | http_403 | http_404 | http_429 | non_idempotent | off ...
proxy_next_upstream	stream_proxy	stream,stream-server	flag	flag	1.9.0-	stream/ngx_stream_proxy_module	on	on | off
proxy_next_upstream_timeout	http_proxy	http,server,location	1	time-ms	1.7.5-	http/ngx_http_proxy_module	0	<time>
proxy_next_upstream_timeout	stream_proxy	stream,stream-server	1	time-ms	1.9.0-	stream/ngx_stream_proxy_module	0	<time>
proxy_next_upstream_tries	http_proxy	http,server,location	1	number	1.7.5-	http/ngx_http_proxy_module	0	<number>
proxy_next_upstream_tries	stream_proxy	stream,stream-server	1	number	1.9.0-	stream/ngx_stream_proxy_module	0	<number>
proxy_no_cache	http_proxy	http,server,location	1-	predicates-with-variables	0.7.66-0.7.69,0.8.38-	http/ngx_http_proxy_module		<string> ...
proxy_pass	http_proxy	location,if-location,limit_except	1	custom http:// https://	-	http/ngx_http_proxy_module		<URL>
proxy_pass	stream_proxy	stream-server	1	custom	1.9.0-	stream/ngx_stream_proxy_module		<address>
proxy_pass_error_message	mail_proxy	mail,mail-server	flag	flag	-	mail/ngx_mail_proxy_module	off	on | off
proxy_pass_header	http_proxy	http,server,location	1	string-list	-	http/ngx_http_proxy_module		<field>
proxy_pass_request_body	http_proxy	http,server,location	flag	flag	-	http/ngx_http_proxy_module	on	on | off
proxy_pass_request_headers	http_proxy	http,server,location	flag	flag	-	http/ngx_http_proxy_module	on	on | off
proxy_pass_trailers	http_proxy	http,server,location	flag	flag	1.27.2-	http/ngx_http_proxy_module	off	on | off
proxy_protocol	mail_proxy	mail,mail-server	1	enum off on v2	1.19.8-	mail/ngx_mail_proxy_module	off	on | off
proxy_protocol	stream_proxy	stream,stream-server	1	enum off on v2	1.9.2-	stream/ngx_stream_proxy_module	off	on | off
proxy_protocol_timeout	stream_core	stream,stream-server	1	time-ms	1.11.4-	stream/ngx_stream_core_module	30s	<timeout>
proxy_read_timeout	http_proxy	http,server,location	1	time-ms	-	http/ngx_http_proxy_module	60s	<time>
proxy_redirect	http_proxy	http,server,location	1-2	custom default off	-	http/ngx_http_proxy_module	default	default || off || <redirect> <replacement>
proxy_request_buffering	http_proxy	http,server,location	flag	flag	1.7.11-	http/ngx_http_proxy_module	on	on | off
proxy_requests	stream_proxy	stream,stream-server	1	number	1.15.7-	stream/ngx_stream_proxy_module	0	<number>
proxy_responses	stream_proxy	stream,stream-server	1	number	1.9.13-	stream/ngx_stream_proxy_module		<number>
proxy_send_lowat	http_proxy	http,server,location	1	size	-	http/ngx_http_proxy_module	0	<size>
proxy_send_timeout	http_proxy	http,server,location	1	time-ms	-	http/ngx_http_proxy_module	60s	<time>
proxy_set_body	http_proxy	http,server,location	1	string	-	http/ngx_http_proxy_module		<value>
proxy_set_header	http_proxy	http,server,location	2	keyval	-	http/ngx_http_proxy_module	Host $proxy_host	<field> <value>
proxy_smtp_auth	mail_proxy	mail,mail-server	flag	flag	1.19.4-	mail/ngx_mail_proxy_module	off	on | off
proxy_socket_keepalive	http_proxy	http,server,location	flag	flag	1.15.6-	http/ngx_http_proxy_module	off	on | off
proxy_socket_keepalive	stream_proxy	stream,stream-server	flag	flag	1.15.6-	stream/ngx_stream_proxy_module	off	on | off
proxy_socket_rcvbuf	http_proxy	http,server,location	1	size	1.31.3-	http/ngx_http_proxy_module		<size>
proxy_socket_rcvbuf	stream_proxy	stream,stream-server	1	size	1.31.3-	stream/ngx_stream_proxy_module		<size>
proxy_socket_sndbuf	http_proxy	http,server,location	1	size	1.31.3-	http/ngx_http_proxy_module		<size>
proxy_socket_sndbuf	stream_proxy	stream,stream-server	1	size	1.31.3-	stream/ngx_stream_proxy_module		<size>
proxy_ssl	stream_proxy	stream,stream-server	flag	flag	1.9.0-	stream/ngx_stream_proxy_module	off	on | off
proxy_ssl_alpn	stream_proxy	stream,stream-server	1-	custom	1.31.0-	stream/ngx_stream_proxy_module		<protocol> ...
proxy_ssl_certificate	http_proxy	http,server,location	1	string-with-variables	1.7.8-	http/ngx_http_proxy_module		<file>
proxy_ssl_certificate	stream_proxy	stream,stream-server	1	string-with-variables	1.9.0-	stream/ngx_stream_proxy_module		<file>
proxy_ssl_certificate_cache	http_proxy	http,server,location	1-3	custom	1.27.4-	http/ngx_http_proxy_module	off	off || max=<N> [inactive=<time>] [valid=<time>]
proxy_ssl_certificate_cache	stream_proxy	stream,stream-server	1-3	custom	1.27.4-	stream/ngx_stream_proxy_module	off	off || max=<N> [inactive=<time>] [valid=<time>]
proxy_ssl_certificate_key	http_proxy	http,server,location	1	string-with-variables	1.7.8-	http/ngx_http_proxy_module		<file>
proxy_ssl_certificate_key	stream_proxy	stream,stream-server	1	string-with-variables	1.9.0-	stream/ngx_stream_proxy_module		<file>
proxy_ssl_ciphers	http_proxy	http,server,location	1	string	1.5.6-	http/ngx_http_proxy_module	DEFAULT	<ciphers>
proxy_ssl_ciphers	stream_proxy	stream,stream-server	1	string	1.9.0-	stream/ngx_stream_proxy_module	DEFAULT	<ciphers>
proxy_ssl_conf_command	http_proxy	http,server,location	2	keyval	1.19.4-	http/ngx_http_proxy_module		<name> <value>
proxy_ssl_conf_command	stream_proxy	stream,stream-server	2	keyval	1.19.4-	stream/ngx_stream_proxy_module		<name> <value>
proxy_ssl_crl	http_proxy	http,server,location	1	string	1.7.0-	http/ngx_http_proxy_module		<file>
proxy_ssl_crl	stream_proxy	stream,stream-server	1	string	1.9.0-	stream/ngx_stream_proxy_module		<file>
proxy_ssl_name	http_proxy	http,server,location	1	string-with-variables	1.7.0-	http/ngx_http_proxy_module	$proxy_host	<name>
proxy_ssl_name	stream_proxy	stream,stream-server	1	string-with-variables	1.9.0-	stream/ngx_stream_proxy_module	host from proxy_pass	<name>
proxy_ssl_password_file	http_proxy	http,server,location	1	custom	1.7.8-	http/ngx_http_proxy_module		<file>
proxy_ssl_password_file	stream_proxy	stream,stream-server	1	custom	1.9.0-	stream/ngx_stream_proxy_module		<file>
proxy_ssl_protocols	http_proxy	http,server,location	1-	bitmask SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3	1.5.6-	http/ngx_http_proxy_module	TLSv1.2 TLSv1.3	[SSLv2] [SSLv3] [TLSv1] [TLSv1.1] [TLSv1.2] [TLSv1.3]
proxy_ssl_protocols	stream_proxy	stream,stream-server	1-	bitmask SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3	1.9.0-	stream/ngx_stream_proxy_module	TLSv1.2 TLSv1.3	[SSLv2] [SSLv3] [TLSv1] [TLSv1.1] [TLSv1.2] [TLSv1.3]
proxy_ssl_server_name	http_proxy	http,server,location	flag	flag	1.7.0-	http/ngx_http_proxy_module	off	on | off
proxy_ssl_server_name	stream_proxy	stream,stream-server	flag	flag	1.9.0-	stream/ngx_stream_proxy_module	off	on | off
proxy_ssl_session_reuse	http_proxy	http,server,location	flag	flag	0.7.11-	http/ngx_http_proxy_module	on	on | off
proxy_ssl_session_reuse	stream_proxy	stream,stream-server	flag	flag	1.9.0-	stream/ngx_stream_proxy_module	on	on | off
proxy_ssl_trusted_certificate	http_proxy	http,server,location	1	string	1.7.0-	http/ngx_http_proxy_module		<file>
proxy_ssl_trusted_certificate	stream_proxy	stream,stream-server	1	string	1.9.0-	stream/ngx_stream_proxy_module		<file>
proxy_ssl_verify	http_proxy	http,server,location	flag	flag	1.7.0-	http/ngx_http_proxy_module	off	on | off
proxy_ssl_verify	stream_proxy	stream,stream-server	flag	flag	1.9.0-	stream/ngx_stream_proxy_module	off	on | off
proxy_ssl_verify_depth	http_proxy	http,server,location	1	number	1.7.0-	http/ngx_http_proxy_module	1	<number>
proxy_ssl_verify_depth	stream_proxy	stream,stream-server	1	number	1.9.0-	stream/ngx_stream_proxy_module	1	<number>
proxy_store	http_proxy	http,server,location	1	custom off on	0.5.31-0.5.38,0.6.3-	http/ngx_http_proxy_module	off	on | off | <string>
proxy_store_access	http_proxy	http,server,location	1-3	access	0.5.31-0.5.38,0.6.4-	http/ngx_http_proxy_module	user:rw	<users>:<permissions> ...
proxy_temp_file_write_size	http_proxy	http,server,location	1	size	-	http/ngx_http_proxy_module	8k|16k	<size>
proxy_temp_path	http_proxy	http,server,location	1-4	path	-	http/ngx_http_proxy_module	proxy_temp	<path> [<level1> [<level2> [<level3>]]]
proxy_timeout	mail_proxy	mail,mail-server	1	time-ms	-	mail/ngx_mail_proxy_module	24h	<timeout>
proxy_timeout	stream_proxy	stream,stream-server	1	time-ms	1.9.0-	stream/ngx_stream_proxy_module	10m	<timeout>
proxy_upload_rate	stream_proxy	stream,stream-server	1	size-with-variables	1.9.3-	stream/ngx_stream_proxy_module	0	<rate>
proxy_upstream_buffer	stream_proxy	stream,stream-server	1	size	1.9.0-				obsolete=1.9.4 use=proxy_buffer_size
quic_active_connection_id_limit	http_v3	http,server	1	number	1.25.0-	http/ngx_http_v3_module	2	<number>
quic_bpf	quic_bpf	main	flag	flag	1.25.0-	http/ngx_http_v3_module	off	on | off
quic_gso	http_v3	http,server	flag	flag	1.25.0-	http/ngx_http_v3_module	off	on | off
quic_host_key	http_v3	http,server	1	custom	1.25.0-	http/ngx_http_v3_module		<file>
quic_retry	http_v3	http,server	flag	flag	1.25.0-	http/ngx_http_v3_module	off	on | off
random	http_upstream_random	upstream	0-2	custom least_conn two	1.15.1-	http/ngx_http_upstream_module		[two [<method>]]
random	stream_upstream_random	stream-upstream	0-2	custom least_conn two	1.15.1-	stream/ngx_stream_upstream_module		[two [<method>]]
random_index	http_random_index	location	flag	flag	0.7.15-	http/ngx_http_random_index_module	off	on | off
read_ahead	http_core	http,server,location	1	size	0.8.18-	http/ngx_http_core_module	0	<size>
real_ip_header	http_realip	http,server,location	1	custom X-Forwarded-For X-Real-IP proxy_protocol	-	http/ngx_http_realip_module	X-Real-IP	<field> | X-Real-IP | X-Forwarded-For | proxy_protocol
real_ip_recursive	http_realip	http,server,location	flag	flag	1.2.2-	http/ngx_http_realip_module	off	on | off
recursive_error_pages	http_core	http,server,location	flag	flag	-	http/ngx_http_core_module	off	on | off
referer_hash_bucket_size	http_referer	server,location	1	number	1.0.5-	http/ngx_http_referer_module	64	<size>
referer_hash_max_size	http_referer	server,location	1	number	1.0.5-	http/ngx_http_referer_module	2048	<size>
request_pool_size	http_core	http,server	1	size	-	http/ngx_http_core_module	4k	<size>
reset_timedout_connection	http_core	http,server,location	flag	flag	-	http/ngx_http_core_module	off	on | off
resolver	http_core	http,server,location	1-	custom	0.6.18-	http/ngx_http_core_module		<address> ... [valid=<time>] [ipv4=on|off] [ipv6=on|off] [status_zone=<zone>]	was=0.6.18:1:http,server,location/1.1.7:1-:http,server,location
resolver	http_upstream	upstream	1-	custom	1.27.3-	http/ngx_http_upstream_module		<address> ... [valid=<time>] [ipv4=on|off] [ipv6=on|off] [status_zone=<zone>]
resolver	mail_core	mail,mail-server	1-	custom off	0.6.27-	mail/ngx_mail_core_module	off	<address> ... [valid=<time>] [ipv4=on|off] [ipv6=on|off] [status_zone=<zone>] || off	was=0.6.27:1:mail,mail-server/1.1.7:1-:mail,mail-server
resolver	stream_core	stream,stream-server	1-	custom	1.11.3-	stream/ngx_stream_core_module		<address> ... [valid=<time>] [ipv4=on|off] [ipv6=on|off] [status_zone=<zone>]
resolver	stream_upstream	stream-upstream	1-	custom	1.27.3-	stream/ngx_stream_upstream_module		<address> ... [valid=<time>] [ipv4=on|off] [ipv6=on|off] [status_zone=<zone>]
resolver_timeout	http_core	http,server,location	1	time-ms	0.6.18-	http/ngx_http_core_module	30s	<time>
resolver_timeout	http_upstream	upstream	1	time-ms	1.27.3-	http/ngx_http_upstream_module	30s	<time>
resolver_timeout	mail_core	mail,mail-server	1	time-ms	0.6.27-	mail/ngx_mail_core_module	30s	<time>
resolver_timeout	stream_core	stream,stream-server	1	time-ms	1.11.3-	stream/ngx_stream_core_module	30s	<time>
resolver_timeout	stream_upstream	stream-upstream	1	time-ms	1.27.3-	stream/ngx_stream_upstream_module	30s	<time>
return	http_rewrite	server,location,if-server,if-location	1-2	custom $scheme http:// https://	-	http/ngx_http_rewrite_module		<code> [<text>] || <code> <URL> || <URL>
return	stream_return	stream-server	1	custom	1.11.2-	stream/ngx_stream_return_module		<value>
rewrite	http_rewrite	server,location,if-server,if-location	2-3	custom $scheme break http:// https:// last permanent redirect	-	http/ngx_http_rewrite_module		<regex> <replacement> [<flag>]
rewrite_log	http_rewrite	http,server,location,if-server,if-location	flag	flag	-	http/ngx_http_rewrite_module	off	on | off
root	http_core	http,server,location,if-location	1	custom	-	http/ngx_http_core_module	html	<path>
satisfy	http_core	http,server,location	1	enum all any	0.6.25-	http/ngx_http_core_module	all	all | any
scgi_bind	http_scgi	http,server,location	1-2	bind-address	0.8.42-	http/ngx_http_scgi_module		<address> [transparent] | off	was=0.8.42:1:http,server,location/1.11.0:1-2:http,server,location
scgi_buffer_size	http_scgi	http,server,location	1	size	0.8.42-	http/ngx_http_scgi_module	4k|8k	<size>
scgi_buffering	http_scgi	http,server,location	flag	flag	1.0.9-1.0.15,1.1.5-	http/ngx_http_scgi_module	on	on | off
scgi_buffers	http_scgi	http,server,location	2	buffers	0.8.42-	http/ngx_http_scgi_module	8 4k|8k	<number> <size>
scgi_busy_buffers_size	http_scgi	http,server,location	1	size	0.8.42-	http/ngx_http_scgi_module	8k|16k	<size>
scgi_cache	http_scgi	http,server,location	1	custom off	0.8.42-	http/ngx_http_scgi_module	off	<zone> | off
scgi_cache_background_update	http_scgi	http,server,location	flag	flag	1.11.10-	http/ngx_http_scgi_module	off	on | off
scgi_cache_bypass	http_scgi	http,server,location	1-	predicates-with-variables	0.8.46-	http/ngx_http_scgi_module		<string> ...
scgi_cache_key	http_scgi	http,server,location	1	custom	0.8.42-	http/ngx_http_scgi_module		<string>
scgi_cache_lock	http_scgi	http,server,location	flag	flag	1.1.12-	http/ngx_http_scgi_module	off	on | off
scgi_cache_lock_age	http_scgi	http,server,location	1	time-ms	1.7.8-	http/ngx_http_scgi_module	5s	<time>
scgi_cache_lock_timeout	http_scgi	http,server,location	1	time-ms	1.1.12-	http/ngx_http_scgi_module	5s	<time>
scgi_cache_max_range_offset	http_scgi	http,server,location	1	offset	1.11.6-	http/ngx_http_scgi_module		<number>
scgi_cache_methods	http_scgi	http,server,location	1-	bitmask GET HEAD POST	0.8.42-	http/ngx_http_scgi_module	GET HEAD	GET | HEAD | POST ...
scgi_cache_min_uses	http_scgi	http,server,location	1	number	0.8.42-	http/ngx_http_scgi_module	1	<number>
scgi_cache_path	http_scgi	http	2-	custom	0.8.42-	http/ngx_http_scgi_module		<path> [levels=<levels>] [use_temp_path=on|off] keys_zone=<name>:<size> [inactive=<time>] [max_size=<size>] [min_free=<size>] [manager_files=<number>] [manager_sleep=<time>] [manager_threshold=<time>] [loader_files=<number>] [loader_sleep=<time>] [loader_threshold=<time>] [purger=on|off] [purger_files=<number>] [purger_sleep=<time>] [purger_threshold=<time>]
scgi_cache_revalidate	http_scgi	http,server,location	flag	flag	1.5.7-	http/ngx_http_scgi_module	off	on | off
scgi_cache_use_stale	http_scgi	http,server,location	1-	bitmask error timeout invalid_header non_idempotent http_500 http_503 http_403 http_404 http_429 updating off	0.8.42-	http/ngx_http_scgi_module	off	error | timeout | invalid_header | updating | http_500 | http_503 | http_403 | http_404 | http_429 | off ...
scgi_cache_valid	http_scgi	http,server,location	1-	custom	0.8.42-	http/ngx_http_scgi_module		[<code> ...] <time>
scgi_connect_timeout	http_scgi	http,server,location	1	time-ms	0.8.42-	http/ngx_http_scgi_module	60s	<time>
scgi_force_ranges	http_scgi	http,server,location	flag	flag	1.7.7-	http/ngx_http_scgi_module	off	on | off
scgi_hide_header	http_scgi	http,server,location	1	string-list	0.8.42-	http/ngx_http_scgi_module		<field>
scgi_ignore_client_abort	http_scgi	http,server,location	flag	flag	0.8.42-	http/ngx_http_scgi_module	off	on | off
scgi_ignore_headers	http_scgi	http,server,location	1-	bitmask X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset Expires Cache-Control Set-Cookie Vary	0.8.42-	http/ngx_http_scgi_module		<field> ...
scgi_intercept_errors	http_scgi	http,server,location	flag	flag	0.8.42-	http/ngx_http_scgi_module	off	on | off
scgi_limit_rate	http_scgi	http,server,location	1	size-with-variables	1.7.7-	http/ngx_http_scgi_module	0	<rate>
scgi_max_temp_file_size	http_scgi	http,server,location	1	size	0.8.42-	http/ngx_http_scgi_module	1024m	<size>
scgi_next_upstream	http_scgi	http,server,location	1-	bitmask error timeout invalid_header non_idempotent http_500 http_503 http_403 http_404 http_429 updating off	0.8.42-	http/ngx_http_scgi_module	error timeout	error | timeout | denied | invalid_header | http_500 | http_503 | http_403 | http_404 | http_429 | non_idempotent | off ...
scgi_next_upstream_timeout	http_scgi	http,server,location	1	time-ms	1.7.5-	http/ngx_http_scgi_module	0	<time>
scgi_next_upstream_tries	http_scgi	http,server,location	1	number	1.7.5-	http/ngx_http_scgi_module	0	<number>
scgi_no_cache	http_scgi	http,server,location	1-	predicates-with-variables	0.8.42-	http/ngx_http_scgi_module		<string> ...
scgi_param	http_scgi	http,server,location	2-3	param-with-variables	0.8.42-	http/ngx_http_scgi_module	HTTP_HOST $host$is_request_port$request_port	<parameter> <value> [if_not_empty]	was=0.8.42:2:http,server,location/1.1.11:2-3:http,server,location
scgi_pass	http_scgi	location,if-location	1	custom	0.8.42-	http/ngx_http_scgi_module		<address>
scgi_pass_header	http_scgi	http,server,location	1	string-list	0.8.42-	http/ngx_http_scgi_module		<field>
scgi_pass_request_body	http_scgi	http,server,location	flag	flag	0.8.42-	http/ngx_http_scgi_module	on	on | off
scgi_pass_request_headers	http_scgi	http,server,location	flag	flag	0.8.42-	http/ngx_http_scgi_module	on	on | off
scgi_read_timeout	http_scgi	http,server,location	1	time-ms	0.8.42-	http/ngx_http_scgi_module	60s	<time>
scgi_request_buffering	http_scgi	http,server,location	flag	flag	1.7.11-	http/ngx_http_scgi_module	on	on | off
scgi_send_timeout	http_scgi	http,server,location	1	time-ms	0.8.42-	http/ngx_http_scgi_module	60s	<time>
scgi_socket_keepalive	http_scgi	http,server,location	flag	flag	1.15.6-	http/ngx_http_scgi_module	off	on | off
scgi_socket_rcvbuf	http_scgi	http,server,location	1	size	1.31.3-	http/ngx_http_scgi_module		<size>
scgi_socket_sndbuf	http_scgi	http,server,location	1	size	1.31.3-	http/ngx_http_scgi_module		<size>
scgi_store	http_scgi	http,server,location	1	custom off on	0.8.42-	http/ngx_http_scgi_module	off	on | off | <string>
scgi_store_access	http_scgi	http,server,location	1-3	access	0.8.42-	http/ngx_http_scgi_module	user:rw	<users>:<permissions> ...
scgi_temp_file_write_size	http_scgi	http,server,location	1	size	0.8.42-	http/ngx_http_scgi_module	8k|16k	<size>
scgi_temp_path	http_scgi	http,server,location	1-4	path	0.8.42-	http/ngx_http_scgi_module	scgi_temp	<path> [<level1> [<level2> [<level3>]]]
secure_link	http_secure_link	http,server,location	1	string-with-variables	0.8.50-	http/ngx_http_secure_link_module		<expression>
secure_link_md5	http_secure_link	http,server,location	1	string-with-variables	0.8.50-	http/ngx_http_secure_link_module		<expression>
secure_link_secret	http_secure_link	http,server,location	1	string	0.7.18-	http/ngx_http_secure_link_module		<word>
send_lowat	http_core	http,server,location	1	size	-	http/ngx_http_core_module	0	<size>
send_timeout	http_core	http,server,location	1	time-ms	-	http/ngx_http_core_module	60s	<time>
sendfile	http_core	http,server,location,if-location	flag	flag	-	http/ngx_http_core_module	off	on | off
sendfile_max_chunk	http_core	http,server,location	1	size	0.5.20-	http/ngx_http_core_module	2m	<size>
server	http_core	http	0{	block	-	http/ngx_http_core_module
server	http_upstream	upstream	1-	custom backup down drain resolve fail_timeout= max_conns= max_fails= route= service= weight=	-	http/ngx_http_upstream_module		<address> [<parameters>]
server	mail_core	mail	0{	block	-	mail/ngx_mail_core_module
server	stream_core	stream	0{	block	1.9.0-	stream/ngx_stream_core_module
server	stream_upstream	stream-upstream	1-	custom backup down resolve fail_timeout= max_conns= max_fails= service= weight=	1.9.0-	stream/ngx_stream_upstream_module		<address> [<parameters>]
server_name	http_core	server	1-	custom $hostname	-	http/ngx_http_core_module	""	<name> ...
server_name	mail_core	mail,mail-server	1	string	-	mail/ngx_mail_core_module	hostname	<name>
server_name	stream_core	stream-server	1-	custom $hostname	1.25.5-	stream/ngx_stream_core_module	""	<name> ...
server_name_in_redirect	http_core	http,server,location	flag	flag	0.6.25-	http/ngx_http_core_module	off	on | off
server_names_hash_bucket_size	http_core	http	1	number	-	http/ngx_http_core_module	32|64|128	<size>
server_names_hash_bucket_size	stream_core	stream	1	number	1.25.5-	stream/ngx_stream_core_module	32|64|128	<size>
server_names_hash_max_size	http_core	http	1	number	-	http/ngx_http_core_module	512	<size>
server_names_hash_max_size	stream_core	stream	1	number	1.25.5-	stream/ngx_stream_core_module	512	<size>
server_tokens	http_core	http,server,location	1	enum off on build	0.5.34-0.5.38,0.6.15-	http/ngx_http_core_module	on	on | off | build | <string>
set	http_rewrite	server,location,if-server,if-location	2	custom	-	http/ngx_http_rewrite_module		<$variable> <value>
set	stream_set	stream-server	2	custom	1.19.3-	stream/ngx_stream_set_module		<$variable> <value>
set_real_ip_from	http_realip	http,server,location	1	custom unix:	-	http/ngx_http_realip_module		<address> | <CIDR> | unix:
set_real_ip_from	mail_realip	mail,mail-server	1	custom unix:	1.19.8-	mail/ngx_mail_realip_module		<address> | <CIDR> | unix:
set_real_ip_from	stream_realip	stream,stream-server	1	custom unix:	1.11.4-	stream/ngx_stream_realip_module		<address> | <CIDR> | unix:
slice	http_slice_filter	http,server,location	1	size	1.9.8-	http/ngx_http_slice_module	0	<size>
smtp_auth	mail_smtp	mail,mail-server	1-	bitmask plain login cram-md5 external none	0.5.15-	mail/ngx_mail_smtp_module	plain login	<method> ...
smtp_capabilities	mail_smtp	mail,mail-server	1-	custom	0.5.15-	mail/ngx_mail_smtp_module		<extension> ...
smtp_client_buffer	mail_smtp	mail,mail-server	1	size	0.5.33-0.5.38,0.6.12-	mail/ngx_mail_smtp_module	4k|8k	<size>
smtp_greeting_delay	mail_smtp	mail,mail-server	1	time-ms	0.5.33-0.5.38,0.6.12-	mail/ngx_mail_smtp_module	0	<time>
source_charset	http_charset_filter	http,server,location,if-location	1	custom off	-	http/ngx_http_charset_module		<charset>
split_clients	http_split_clients	http	2{	entries	0.8.37-	http/ngx_http_split_clients_module		<string> <$variable>
split_clients	stream_split_clients	stream	2{	entries	1.11.3-	stream/ngx_stream_split_clients_module		<string> <$variable>
ssi	http_ssi_filter	http,server,location,if-location	flag	flag	-	http/ngx_http_ssi_module	off	on | off
ssi_ignore_recycled_buffers	http_ssi_filter	http,server,location	flag	flag	-
ssi_last_modified	http_ssi_filter	http,server,location	flag	flag	1.5.1-	http/ngx_http_ssi_module	off	on | off
ssi_min_file_chunk	http_ssi_filter	http,server,location	1	size	-	http/ngx_http_ssi_module	1k	size
ssi_silent_errors	http_ssi_filter	http,server,location	flag	flag	-	http/ngx_http_ssi_module	off	on | off
ssi_types	http_ssi_filter	http,server,location	1-	mime-types	-	http/ngx_http_ssi_module	text/html	<mime-type> ...
ssi_value_length	http_ssi_filter	http,server,location	1	size	-	http/ngx_http_ssi_module	256	<length>
ssl_alpn	stream_ssl	stream,stream-server	1-	custom	1.21.4-	stream/ngx_stream_ssl_module		<protocol> ...
ssl_buffer_size	http_ssl	http,server	1	size	1.5.9-	http/ngx_http_ssl_module	16k	<size>
ssl_certificate	http_ssl	http,server	1	string-list	-	http/ngx_http_ssl_module		<file>
ssl_certificate	mail_ssl	mail,mail-server	1	string-list	-	mail/ngx_mail_ssl_module		<file>
ssl_certificate	stream_ssl	stream,stream-server	1	string-list	1.9.0-	stream/ngx_stream_ssl_module		<file>
ssl_certificate_cache	http_ssl	http,server	1-3	custom off inactive= max= valid=	1.27.4-	http/ngx_http_ssl_module	off	off || max=<N> [inactive=<time>] [valid=<time>]
ssl_certificate_cache	stream_ssl	stream,stream-server	1-3	custom off inactive= max= valid=	1.27.4-	stream/ngx_stream_ssl_module	off	off || max=<N> [inactive=<time>] [valid=<time>]
ssl_certificate_compression	http_ssl	http,server	flag	flag	1.29.1-	http/ngx_http_ssl_module	off	on | off
ssl_certificate_compression	mail_ssl	mail,mail-server	flag	flag	1.29.1-	mail/ngx_mail_ssl_module	off	on | off
ssl_certificate_compression	stream_ssl	stream,stream-server	flag	flag	1.29.1-	stream/ngx_stream_ssl_module	off	on | off
ssl_certificate_key	http_ssl	http,server	1	string-list	-	http/ngx_http_ssl_module		<file>
ssl_certificate_key	mail_ssl	mail,mail-server	1	string-list	-	mail/ngx_mail_ssl_module		<file>
ssl_certificate_key	stream_ssl	stream,stream-server	1	string-list	1.9.0-	stream/ngx_stream_ssl_module		<file>
ssl_ciphers	http_ssl	http,server	1	string	-	http/ngx_http_ssl_module	HIGH:!aNULL:!MD5	<ciphers>
ssl_ciphers	mail_ssl	mail,mail-server	1	string	-	mail/ngx_mail_ssl_module	HIGH:!aNULL:!MD5	<ciphers>
ssl_ciphers	stream_ssl	stream,stream-server	1	string	1.9.0-	stream/ngx_stream_ssl_module	HIGH:!aNULL:!MD5	<ciphers>
ssl_client_certificate	http_ssl	http,server	1	string	-	http/ngx_http_ssl_module		<file>
ssl_client_certificate	mail_ssl	mail,mail-server	1	string	1.7.11-	mail/ngx_mail_ssl_module		<file>
ssl_client_certificate	stream_ssl	stream,stream-server	1	string	1.11.8-	stream/ngx_stream_ssl_module		<file>
ssl_conf_command	http_ssl	http,server	2	keyval	1.19.4-	http/ngx_http_ssl_module		<name> <value>
ssl_conf_command	mail_ssl	mail,mail-server	2	keyval	1.19.4-	mail/ngx_mail_ssl_module		<name> <value>
ssl_conf_command	stream_ssl	stream,stream-server	2	keyval	1.19.4-	stream/ngx_stream_ssl_module		<name> <value>
ssl_crl	http_ssl	http,server	1	string	0.7.63-0.7.69,0.8.7-	http/ngx_http_ssl_module		<file>
ssl_crl	mail_ssl	mail,mail-server	1	string	1.7.11-	mail/ngx_mail_ssl_module		<file>
ssl_crl	stream_ssl	stream,stream-server	1	string	1.11.8-	stream/ngx_stream_ssl_module		<file>
ssl_dhparam	http_ssl	http,server	1	string	0.7.2-	http/ngx_http_ssl_module		<file>
ssl_dhparam	mail_ssl	mail,mail-server	1	string	0.7.2-	mail/ngx_mail_ssl_module		<file>
ssl_dhparam	stream_ssl	stream,stream-server	1	string	1.9.0-	stream/ngx_stream_ssl_module		<file>
ssl_early_data	http_ssl	http,server	flag	flag	1.15.3-	http/ngx_http_ssl_module	off	on | off
ssl_ecdh_curve	http_ssl	http,server	1	string	1.0.6-	http/ngx_http_ssl_module	auto	<curve>
ssl_ecdh_curve	mail_ssl	mail,mail-server	1	string	1.0.6-	mail/ngx_mail_ssl_module	auto	<curve>
ssl_ecdh_curve	stream_ssl	stream,stream-server	1	string	1.9.0-	stream/ngx_stream_ssl_module	auto	<curve>
ssl_ech_file	http_ssl	http,server	1	string-list	1.29.4-	http/ngx_http_ssl_module		<file>
ssl_ech_file	stream_ssl	stream,stream-server	1	string-list	1.29.4-	stream/ngx_stream_ssl_module		<file>
ssl_engine	openssl	main	1	custom	-	ngx_core_module		<device>
ssl_handshake_timeout	stream_ssl	stream,stream-server	1	time-ms	1.9.0-	stream/ngx_stream_ssl_module	60s	<time>
ssl_object_cache_inheritable	openssl_cache	main	flag	flag	1.27.4-	ngx_core_module	on	on | off
ssl_ocsp	http_ssl	http,server	1	enum off on leaf	1.19.0-	http/ngx_http_ssl_module	off	on | off | leaf
ssl_ocsp	stream_ssl	stream,stream-server	1	enum off on leaf	1.27.2-	stream/ngx_stream_ssl_module	off	on | off | leaf
ssl_ocsp_cache	http_ssl	http,server	1	custom off shared:	1.19.0-	http/ngx_http_ssl_module	off	off | [shared:<name>:<size>]
ssl_ocsp_cache	stream_ssl	stream,stream-server	1	custom off shared:	1.27.2-	stream/ngx_stream_ssl_module	off	off | [shared:<name>:<size>]
ssl_ocsp_responder	http_ssl	http,server	1	string	1.19.0-	http/ngx_http_ssl_module		<url>
ssl_ocsp_responder	stream_ssl	stream,stream-server	1	string	1.27.2-	stream/ngx_stream_ssl_module		<url>
ssl_password_file	http_ssl	http,server	1	custom	1.7.3-	http/ngx_http_ssl_module		<file>
ssl_password_file	mail_ssl	mail,mail-server	1	custom	1.7.3-	mail/ngx_mail_ssl_module		<file>
ssl_password_file	stream_ssl	stream,stream-server	1	custom	1.9.0-	stream/ngx_stream_ssl_module		<file>
ssl_prefer_server_ciphers	http_ssl	http,server	flag	flag	-	http/ngx_http_ssl_module	off	on | off
ssl_prefer_server_ciphers	mail_ssl	mail,mail-server	flag	flag	-	mail/ngx_mail_ssl_module	off	on | off
ssl_prefer_server_ciphers	stream_ssl	stream,stream-server	flag	flag	1.9.0-	stream/ngx_stream_ssl_module	off	on | off
ssl_preread	stream_ssl_preread	stream,stream-server	flag	flag	1.11.5-	stream/ngx_stream_ssl_preread_module	off	on | off
ssl_protocols	http_ssl	http,server	1-	bitmask SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3	-	http/ngx_http_ssl_module	TLSv1.2 TLSv1.3	[SSLv2] [SSLv3] [TLSv1] [TLSv1.1] [TLSv1.2] [TLSv1.3]
ssl_protocols	mail_ssl	mail,mail-server	1-	bitmask SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3	-	mail/ngx_mail_ssl_module	TLSv1.2 TLSv1.3	[SSLv2] [SSLv3] [TLSv1] [TLSv1.1] [TLSv1.2] [TLSv1.3]
ssl_protocols	stream_ssl	stream,stream-server	1-	bitmask SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3	1.9.0-	stream/ngx_stream_ssl_module	TLSv1.2 TLSv1.3	[SSLv2] [SSLv3] [TLSv1] [TLSv1.1] [TLSv1.2] [TLSv1.3]
ssl_reject_handshake	http_ssl	http,server	flag	flag	1.19.4-	http/ngx_http_ssl_module	off	on | off
ssl_reject_handshake	stream_ssl	stream,stream-server	flag	flag	1.25.5-	stream/ngx_stream_ssl_module	off	on | off
ssl_session_cache	http_ssl	http,server	1-2	custom builtin none off builtin: shared:	0.7.63-0.7.69,0.8.7-	http/ngx_http_ssl_module	none	off | none | [builtin[:<size>]] [shared:<name>:<size>]
ssl_session_cache	mail_ssl	mail,mail-server	1-2	custom builtin none off builtin: shared:	0.7.63-0.7.69,0.8.7-	mail/ngx_mail_ssl_module	none	off | none | [builtin[:<size>]] [shared:<name>:<size>]
ssl_session_cache	stream_ssl	stream,stream-server	1-2	custom builtin none off builtin: shared:	1.9.0-	stream/ngx_stream_ssl_module	none	off | none | [builtin[:<size>]] [shared:<name>:<size>]
ssl_session_ticket_key	http_ssl	http,server	1	string-list	1.5.7-	http/ngx_http_ssl_module		<file>
ssl_session_ticket_key	mail_ssl	mail,mail-server	1	string-list	1.5.7-	mail/ngx_mail_ssl_module		<file>
ssl_session_ticket_key	stream_ssl	stream,stream-server	1	string-list	1.9.0-	stream/ngx_stream_ssl_module		<file>
ssl_session_tickets	http_ssl	http,server	flag	flag	1.5.9-	http/ngx_http_ssl_module	on	on | off
ssl_session_tickets	mail_ssl	mail,mail-server	flag	flag	1.5.9-	mail/ngx_mail_ssl_module	on	on | off
ssl_session_tickets	stream_ssl	stream,stream-server	flag	flag	1.9.0-	stream/ngx_stream_ssl_module	on	on | off
ssl_session_timeout	http_ssl	http,server	1	time-s	0.7.63-0.7.69,0.8.7-	http/ngx_http_ssl_module	5m	<time>
ssl_session_timeout	mail_ssl	mail,mail-server	1	time-s	0.7.63-0.7.69,0.8.7-	mail/ngx_mail_ssl_module	5m	<time>
ssl_session_timeout	stream_ssl	stream,stream-server	1	time-s	1.9.0-	stream/ngx_stream_ssl_module	5m	<time>
ssl_stapling	http_ssl	http,server	flag	flag	1.3.7-	http/ngx_http_ssl_module	off	on | off
ssl_stapling	stream_ssl	stream,stream-server	flag	flag	1.27.2-	stream/ngx_stream_ssl_module	off	on | off
ssl_stapling_file	http_ssl	http,server	1	string	1.3.7-	http/ngx_http_ssl_module		<file>
ssl_stapling_file	stream_ssl	stream,stream-server	1	string	1.27.2-	stream/ngx_stream_ssl_module		<file>
ssl_stapling_responder	http_ssl	http,server	1	string	1.3.7-	http/ngx_http_ssl_module		<url>
ssl_stapling_responder	stream_ssl	stream,stream-server	1	string	1.27.2-	stream/ngx_stream_ssl_module		<url>
ssl_stapling_verify	http_ssl	http,server	flag	flag	1.3.7-	http/ngx_http_ssl_module	off	on | off
ssl_stapling_verify	stream_ssl	stream,stream-server	flag	flag	1.27.2-	stream/ngx_stream_ssl_module	off	on | off
ssl_trusted_certificate	http_ssl	http,server	1	string	1.3.7-	http/ngx_http_ssl_module		<file>
ssl_trusted_certificate	mail_ssl	mail,mail-server	1	string	1.7.11-	mail/ngx_mail_ssl_module		<file>
ssl_trusted_certificate	stream_ssl	stream,stream-server	1	string	1.11.8-	stream/ngx_stream_ssl_module		<file>
ssl_verify_client	http_ssl	http,server	1	enum off on optional optional_no_ca	-	http/ngx_http_ssl_module	off	on | off | optional | optional_no_ca
ssl_verify_client	mail_ssl	mail,mail-server	1	enum off on optional optional_no_ca	1.7.11-	mail/ngx_mail_ssl_module	off	on | off | optional | optional_no_ca
ssl_verify_client	stream_ssl	stream,stream-server	1	enum off on optional optional_no_ca	1.11.8-	stream/ngx_stream_ssl_module	off	on | off | optional | optional_no_ca
ssl_verify_depth	http_ssl	http,server	1	number	-	http/ngx_http_ssl_module	1	<number>	was=:1-:http,server/1.5.9:1:http,server
ssl_verify_depth	mail_ssl	mail,mail-server	1	number	1.7.11-	mail/ngx_mail_ssl_module	1	<number>
ssl_verify_depth	stream_ssl	stream,stream-server	1	number	1.11.8-	stream/ngx_stream_ssl_module	1	<number>
starttls	mail_ssl	mail,mail-server	1	custom	-	mail/ngx_mail_ssl_module	off	on | off | only
sticky	http_upstream_sticky	upstream	2-	custom cookie learn route	1.29.6-	http/ngx_http_upstream_module		cookie <name> [expires=<time>] [domain=<domain>] [httponly] [samesite=strict|lax|none|<$variable>] [secure] [path=<path>] || route <$variable> ... || learn create=<$variable> lookup=<$variable> zone=<name>:<size> [timeout=<time>] [header] [sync]
stream	stream	main	0{	block	1.9.0-	stream/ngx_stream_core_module
stub_status	http_stub_status	server,location	0-1	custom	-	http/ngx_http_stub_status_module			was=:1:server,location/1.7.5:0-1:server,location
sub_filter	http_sub_filter	http,server,location	2	custom	0.5.18-	http/ngx_http_sub_module		<string> <replacement>
sub_filter_last_modified	http_sub_filter	http,server,location	flag	flag	1.5.1-	http/ngx_http_sub_module	off	on | off
sub_filter_once	http_sub_filter	http,server,location	flag	flag	0.5.18-	http/ngx_http_sub_module	on	on | off
sub_filter_types	http_sub_filter	http,server,location	1-	mime-types	0.5.18-	http/ngx_http_sub_module	text/html	<mime-type> ...
subrequest_output_buffer_size	http_core	http,server,location	1	size	1.13.10-	http/ngx_http_core_module	4k|8k	<size>
tcp_nodelay	http_core	http,server,location	flag	flag	-	http/ngx_http_core_module	on	on | off
tcp_nodelay	stream_core	stream,stream-server	flag	flag	1.9.4-	stream/ngx_stream_core_module	on	on | off
tcp_nopush	http_core	http,server,location	flag	flag	-	http/ngx_http_core_module	off	on | off
thread_pool	thread_pool	main	2-3	custom max_queue= threads=	1.7.11-	ngx_core_module	default threads=32 max_queue=65536	<name> threads=<number> [max_queue=<number>]
timeout	mail_core	mail,mail-server	1	time-ms	-	mail/ngx_mail_core_module	60s	<time>
timer_resolution	core	main	1	time-ms	-	ngx_core_module		<interval>
try_files	http_try_files	server,location	2-	custom	0.6.36-0.6.39,0.7.27-	http/ngx_http_core_module		<file> ... <uri> || <file> ... =<code>
tunnel_bind	http_tunnel	http,server,location	1-2	bind-address	1.31.0-	http/ngx_http_tunnel_module		<address> | off
tunnel_buffer_size	http_tunnel	http,server,location	1	size	1.31.0-	http/ngx_http_tunnel_module	16k	<size>
tunnel_connect_timeout	http_tunnel	http,server,location	1	time-ms	1.31.0-	http/ngx_http_tunnel_module	60s	<time>
tunnel_next_upstream	http_tunnel	http,server,location	1-	bitmask error timeout off	1.31.0-	http/ngx_http_tunnel_module	error timeout	error | timeout | denied | off ...
tunnel_next_upstream_timeout	http_tunnel	http,server,location	1	time-ms	1.31.0-	http/ngx_http_tunnel_module	0	<time>
tunnel_next_upstream_tries	http_tunnel	http,server,location	1	number	1.31.0-	http/ngx_http_tunnel_module	0	<number>
tunnel_pass	http_tunnel	server,location,if-location	0-1	custom	1.31.0-	http/ngx_http_tunnel_module		[<address>]
tunnel_read_timeout	http_tunnel	http,server,location	1	time-ms	1.31.0-	http/ngx_http_tunnel_module	60s	<time>
tunnel_send_lowat	http_tunnel	http,server,location	1	size	1.31.0-	http/ngx_http_tunnel_module	0	<size>
tunnel_send_timeout	http_tunnel	http,server,location	1	time-ms	1.31.0-	http/ngx_http_tunnel_module	60s	<time>
tunnel_socket_keepalive	http_tunnel	http,server,location	flag	flag	1.31.0-	http/ngx_http_tunnel_module	off	on | off
tunnel_socket_rcvbuf	http_tunnel	http,server,location	1	size	1.31.3-	http/ngx_http_tunnel_module		<size>
tunnel_socket_sndbuf	http_tunnel	http,server,location	1	size	1.31.3-	http/ngx_http_tunnel_module		<size>
types	http_core	http,server,location	0{	entries include	-	http/ngx_http_core_module	text/html html; image/gif gif; image/jpeg jpg;
types_hash_bucket_size	http_core	http,server,location	1	number	-	http/ngx_http_core_module	64	<size>
types_hash_max_size	http_core	http,server,location	1	number	-	http/ngx_http_core_module	1024	<size>
underscores_in_headers	http_core	http,server	flag	flag	0.7.18-	http/ngx_http_core_module	off	on | off
uninitialized_variable_warn	http_rewrite	http,server,location,if-server,if-location	flag	flag	-	http/ngx_http_rewrite_module	on	on | off
upstream	http_upstream	http	1{	block	-	http/ngx_http_upstream_module		<name>
upstream	stream_upstream	stream	1{	block	1.9.0-	stream/ngx_stream_upstream_module		<name>
use	event_core	events	1	custom	-	ngx_core_module		<method>
user	core	main	1-2	custom	-	ngx_core_module	nobody nobody	<user> [<group>]
userid	http_userid_filter	http,server,location	1	enum off log v1 on	-	http/ngx_http_userid_module	off	on | v1 | log | off
userid_domain	http_userid_filter	http,server,location	1	string	-	http/ngx_http_userid_module	none	<name> | none
userid_expires	http_userid_filter	http,server,location	1	custom max off	-	http/ngx_http_userid_module	off	<time> | max | off
userid_flags	http_userid_filter	http,server,location	1-3	bitmask off secure httponly samesite=strict samesite=lax samesite=none	1.19.3-	http/ngx_http_userid_module	off	off | <flag> ...
userid_mark	http_userid_filter	http,server,location	1	custom off	-	http/ngx_http_userid_module	off	<letter> | <digit> | = | off
userid_name	http_userid_filter	http,server,location	1	string	-	http/ngx_http_userid_module	uid	<name>
userid_p3p	http_userid_filter	http,server,location	1	string	-	http/ngx_http_userid_module	none	<string> | none
userid_path	http_userid_filter	http,server,location	1	string	-	http/ngx_http_userid_module	/	<path>
userid_service	http_userid_filter	http,server,location	1	number	-	http/ngx_http_userid_module	IP address of the server	<number>
uwsgi_bind	http_uwsgi	http,server,location	1-2	bind-address	0.8.40-	http/ngx_http_uwsgi_module		<address> [transparent] | off	was=0.8.40:1:http,server,location/1.11.0:1-2:http,server,location
uwsgi_buffer_size	http_uwsgi	http,server,location	1	size	0.8.40-	http/ngx_http_uwsgi_module	4k|8k	<size>
uwsgi_buffering	http_uwsgi	http,server,location	flag	flag	1.0.9-1.0.15,1.1.5-	http/ngx_http_uwsgi_module	on	on | off
uwsgi_buffers	http_uwsgi	http,server,location	2	buffers	0.8.40-	http/ngx_http_uwsgi_module	8 4k|8k	<number> <size>
uwsgi_busy_buffers_size	http_uwsgi	http,server,location	1	size	0.8.40-	http/ngx_http_uwsgi_module	8k|16k	<size>
uwsgi_cache	http_uwsgi	http,server,location	1	custom off	0.8.40-	http/ngx_http_uwsgi_module	off	<zone> | off
uwsgi_cache_background_update	http_uwsgi	http,server,location	1	flag	1.11.10-	http/ngx_http_uwsgi_module	off	on | off
uwsgi_cache_bypass	http_uwsgi	http,server,location	1-	predicates-with-variables	0.8.46-	http/ngx_http_uwsgi_module		<string> ...
uwsgi_cache_key	http_uwsgi	http,server,location	1	custom	0.8.40-	http/ngx_http_uwsgi_module		<string>
uwsgi_cache_lock	http_uwsgi	http,server,location	flag	flag	1.1.12-	http/ngx_http_uwsgi_module	off	on | off
uwsgi_cache_lock_age	http_uwsgi	http,server,location	1	time-ms	1.7.8-	http/ngx_http_uwsgi_module	5s	<time>
uwsgi_cache_lock_timeout	http_uwsgi	http,server,location	1	time-ms	1.1.12-	http/ngx_http_uwsgi_module	5s	<time>
uwsgi_cache_max_range_offset	http_uwsgi	http,server,location	1	offset	1.11.6-	http/ngx_http_uwsgi_module		<number>
uwsgi_cache_methods	http_uwsgi	http,server,location	1-	bitmask GET HEAD POST	0.8.40-	http/ngx_http_uwsgi_module	GET HEAD	GET | HEAD | POST ...
uwsgi_cache_min_uses	http_uwsgi	http,server,location	1	number	0.8.40-	http/ngx_http_uwsgi_module	1	<number>
uwsgi_cache_path	http_uwsgi	http	2-	custom	0.8.40-	http/ngx_http_uwsgi_module		<path> [levels=<levels>] [use_temp_path=on|off] keys_zone=<name>:<size> [inactive=<time>] [max_size=<size>] [min_free=<size>] [manager_files=<number>] [manager_sleep=<time>] [manager_threshold=<time>] [loader_files=<number>] [loader_sleep=<time>] [loader_threshold=<time>] [purger=on|off] [purger_files=<number>] [purger_sleep=<time>] [purger_threshold=<time>]
uwsgi_cache_revalidate	http_uwsgi	http,server,location	flag	flag	1.5.7-	http/ngx_http_uwsgi_module	off	on | off
uwsgi_cache_use_stale	http_uwsgi	http,server,location	1-	bitmask error timeout invalid_header non_idempotent http_500 http_503 http_403 http_404 http_429 updating off	0.8.40-	http/ngx_http_uwsgi_module	off	error | timeout | invalid_header | updating | http_500 | http_503 | http_403 | http_404 | http_429 | off ...
uwsgi_cache_valid	http_uwsgi	http,server,location	1-	custom	0.8.40-	http/ngx_http_uwsgi_module		[<code> ...] <time>
uwsgi_connect_timeout	http_uwsgi	http,server,location	1	time-ms	0.8.40-	http/ngx_http_uwsgi_module	60s	<time>
uwsgi_force_ranges	http_uwsgi	http,server,location	flag	flag	1.7.7-	http/ngx_http_uwsgi_module	off	on | off
uwsgi_hide_header	http_uwsgi	http,server,location	1	string-list	0.8.40-	http/ngx_http_uwsgi_module		<field>
uwsgi_ignore_client_abort	http_uwsgi	http,server,location	flag	flag	0.8.40-	http/ngx_http_uwsgi_module	off	on | off
uwsgi_ignore_headers	http_uwsgi	http,server,location	1-	bitmask X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset Expires Cache-Control Set-Cookie Vary	0.8.40-	http/ngx_http_uwsgi_module		<field> ...
uwsgi_intercept_errors	http_uwsgi	http,server,location	flag	flag	0.8.40-	http/ngx_http_uwsgi_module	off	on | off
uwsgi_limit_rate	http_uwsgi	http,server,location	1	size-with-variables	1.7.7-	http/ngx_http_uwsgi_module	0	<rate>
uwsgi_max_temp_file_size	http_uwsgi	http,server,location	1	size	0.8.40-	http/ngx_http_uwsgi_module	1024m	<size>
uwsgi_modifier1	http_uwsgi	http,server,location	1	number 0..255	0.8.40-	http/ngx_http_uwsgi_module	0	<number>
uwsgi_modifier2	http_uwsgi	http,server,location	1	number 0..255	0.8.40-	http/ngx_http_uwsgi_module	0	<number>
uwsgi_next_upstream	http_uwsgi	http,server,location	1-	bitmask error timeout invalid_header non_idempotent http_500 http_503 http_403 http_404 http_429 updating off	0.8.40-	http/ngx_http_uwsgi_module	error timeout	error | timeout | denied | invalid_header | http_500 | http_503 | http_403 | http_404 | http_429 | non_idempotent | off ...
uwsgi_next_upstream_timeout	http_uwsgi	http,server,location	1	time-ms	1.7.5-	http/ngx_http_uwsgi_module	0	<time>
uwsgi_next_upstream_tries	http_uwsgi	http,server,location	1	number	1.7.5-	http/ngx_http_uwsgi_module	0	<number>
uwsgi_no_cache	http_uwsgi	http,server,location	1-	predicates-with-variables	0.8.40-	http/ngx_http_uwsgi_module		<string> ...
uwsgi_param	http_uwsgi	http,server,location	2-3	param-with-variables	0.8.40-	http/ngx_http_uwsgi_module	HTTP_HOST $host$is_request_port$request_port	<parameter> <value> [if_not_empty]	was=0.8.40:2:http,server,location/1.1.11:2-3:http,server,location
uwsgi_pass	http_uwsgi	location,if-location	1	custom suwsgi:// uwsgi://	0.8.40-	http/ngx_http_uwsgi_module		[<protocol>://]<address>
uwsgi_pass_header	http_uwsgi	http,server,location	1	string-list	0.8.40-	http/ngx_http_uwsgi_module		<field>
uwsgi_pass_request_body	http_uwsgi	http,server,location	flag	flag	0.8.40-	http/ngx_http_uwsgi_module	on	on | off
uwsgi_pass_request_headers	http_uwsgi	http,server,location	flag	flag	0.8.40-	http/ngx_http_uwsgi_module	on	on | off
uwsgi_read_timeout	http_uwsgi	http,server,location	1	time-ms	0.8.40-	http/ngx_http_uwsgi_module	60s	<time>
uwsgi_request_buffering	http_uwsgi	http,server,location	flag	flag	1.7.11-	http/ngx_http_uwsgi_module	on	on | off
uwsgi_send_timeout	http_uwsgi	http,server,location	1	time-ms	0.8.40-	http/ngx_http_uwsgi_module	60s	<time>
uwsgi_socket_keepalive	http_uwsgi	http,server,location	flag	flag	1.15.6-	http/ngx_http_uwsgi_module	off	on | off
uwsgi_socket_rcvbuf	http_uwsgi	http,server,location	1	size	1.31.3-	http/ngx_http_uwsgi_module		<size>
uwsgi_socket_sndbuf	http_uwsgi	http,server,location	1	size	1.31.3-	http/ngx_http_uwsgi_module		<size>
uwsgi_ssl_certificate	http_uwsgi	http,server,location	1	string-with-variables	1.7.8-	http/ngx_http_uwsgi_module		<file>
uwsgi_ssl_certificate_cache	http_uwsgi	http,server,location	1-3	custom	1.27.4-	http/ngx_http_uwsgi_module	off	off || max=<N> [inactive=<time>] [valid=<time>]
uwsgi_ssl_certificate_key	http_uwsgi	http,server,location	1	string-with-variables	1.7.8-	http/ngx_http_uwsgi_module		<file>
uwsgi_ssl_ciphers	http_uwsgi	http,server,location	1	string	1.5.8-	http/ngx_http_uwsgi_module	DEFAULT	<ciphers>
uwsgi_ssl_conf_command	http_uwsgi	http,server,location	2	keyval	1.19.4-	http/ngx_http_uwsgi_module		<name> <value>
uwsgi_ssl_crl	http_uwsgi	http,server,location	1	string	1.7.0-	http/ngx_http_uwsgi_module		<file>
uwsgi_ssl_name	http_uwsgi	http,server,location	1	string-with-variables	1.7.0-	http/ngx_http_uwsgi_module	host from uwsgi_pass	<name>
uwsgi_ssl_password_file	http_uwsgi	http,server,location	1	custom	1.7.8-	http/ngx_http_uwsgi_module		<file>
uwsgi_ssl_protocols	http_uwsgi	http,server,location	1-	bitmask SSLv2 SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3	1.5.8-	http/ngx_http_uwsgi_module	TLSv1.2 TLSv1.3	[SSLv2] [SSLv3] [TLSv1] [TLSv1.1] [TLSv1.2] [TLSv1.3]
uwsgi_ssl_server_name	http_uwsgi	http,server,location	flag	flag	1.7.0-	http/ngx_http_uwsgi_module	off	on | off
uwsgi_ssl_session_reuse	http_uwsgi	http,server,location	flag	flag	1.5.8-	http/ngx_http_uwsgi_module	on	on | off
uwsgi_ssl_trusted_certificate	http_uwsgi	http,server,location	1	string	1.7.0-	http/ngx_http_uwsgi_module		<file>
uwsgi_ssl_verify	http_uwsgi	http,server,location	flag	flag	1.7.0-	http/ngx_http_uwsgi_module	off	on | off
uwsgi_ssl_verify_depth	http_uwsgi	http,server,location	1	number	1.7.0-	http/ngx_http_uwsgi_module	1	<number>
uwsgi_store	http_uwsgi	http,server,location	1	custom off on	0.8.40-	http/ngx_http_uwsgi_module	off	on | off | <string>
uwsgi_store_access	http_uwsgi	http,server,location	1-3	access	0.8.40-	http/ngx_http_uwsgi_module	user:rw	<users>:<permissions> ...
uwsgi_string	http_uwsgi	http,server,location	1	string	0.8.40-
uwsgi_temp_file_write_size	http_uwsgi	http,server,location	1	size	0.8.40-	http/ngx_http_uwsgi_module	8k|16k	<size>
uwsgi_temp_path	http_uwsgi	http,server,location	1-4	path	0.8.40-	http/ngx_http_uwsgi_module	uwsgi_temp	<path> [<level1> [<level2> [<level3>]]]
valid_referers	http_referer	server,location	1-	custom blocked none server_names	-	http/ngx_http_referer_module		none | blocked | server_names | <string> ...
variables_hash_bucket_size	http_core	http	1	number	-	http/ngx_http_core_module	64	<size>
variables_hash_bucket_size	stream_core	stream	1	number	1.11.2-	stream/ngx_stream_core_module	64	<size>
variables_hash_max_size	http_core	http	1	number	-	http/ngx_http_core_module	1024	<size>
variables_hash_max_size	stream_core	stream	1	number	1.11.2-	stream/ngx_stream_core_module	1024	<size>
worker_aio_requests	epoll	events	1	number	1.0.7-1.0.15,1.1.4-	ngx_core_module	32	<number>
worker_connections	event_core	events	1	custom	-	ngx_core_module	512	<number>
worker_cpu_affinity	core	main	1-	custom auto	-	ngx_core_module		<cpumask> ... || auto [<cpumask>]
worker_priority	core	main	1	custom	-	ngx_core_module	0	<number>
worker_processes	core	main	1	custom auto	-	ngx_core_module	1	<number> | auto
worker_rlimit_core	core	main	1	offset	-	ngx_core_module		<size>
worker_rlimit_nofile	core	main	1	number	-	ngx_core_module		<number>
worker_shutdown_timeout	core	main	1	time-ms	1.11.11-	ngx_core_module		<time>
working_directory	core	main	1	string	-	ngx_core_module		<directory>
xclient	mail_proxy	mail,mail-server	flag	flag	0.5.15-	mail/ngx_mail_proxy_module	on	on | off
xml_entities	http_xslt_filter	http,server,location	1	custom	0.7.8-	http/ngx_http_xslt_module		<path>
xml_external_entities	http_xslt_filter	http,server,location	flag	flag	1.31.3-	http/ngx_http_xslt_module	off	on | off
xslt_last_modified	http_xslt_filter	http,server,location	flag	flag	1.5.1-	http/ngx_http_xslt_module	off	on | off
xslt_param	http_xslt_filter	http,server,location	2	custom	1.1.18-	http/ngx_http_xslt_module		<parameter> <value>
xslt_string_param	http_xslt_filter	http,server,location	2	custom	1.1.18-	http/ngx_http_xslt_module		<parameter> <value>
xslt_stylesheet	http_xslt_filter	location	1-	custom	0.7.8-	http/ngx_http_xslt_module		<stylesheet> [<parameter>=<value> ...]
xslt_types	http_xslt_filter	http,server,location	1-	mime-types	0.7.8-	http/ngx_http_xslt_module	text/xml	<mime-type> ...
zone	http_upstream_zone	upstream	1-2	custom	1.9.0-	http/ngx_http_upstream_module		<name> [<size>]
zone	stream_upstream_zone	stream-upstream	1-2	custom	1.9.0-	stream/ngx_stream_upstream_module		<name> [<size>]
`;
