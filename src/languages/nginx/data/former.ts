/** Directives that a release since 0.5.0 had and today's sources have not: name, module, contexts, arguments, versions, version without it, successor. */
export const removedRows = `
addtion_types	http_addition_filter	http,server,location	1-	0.7.9-0.7.64,0.8.0-0.8.15	0.8.16
auth	mail_core	mail,mail-server	1-	-0.5.32,0.6.0-0.6.11	0.6.12
connections	event_core	events	1	-1.9.0	1.9.1
fastcgi_header_buffer_size	http_fastcgi	http,server,location	1	-0.7.0	0.7.1	fastcgi_buffer_size
fastcgi_redirect_errors	http_fastcgi	http,server,location	flag	-0.7.0	0.7.1	fastcgi_intercept_errors
fastcgi_upstream_fail_timeout	http_fastcgi	http,server,location	1	-0.8.37	0.8.38
fastcgi_upstream_max_fails	http_fastcgi	http,server,location	1	-0.8.37	0.8.38
imap	mail	main	0{	-1.9.0	1.9.1
index_cache	http_index	http,server,location	3	-0.6.9	0.6.10
limit_zone	http_limit_conn	http	3	0.5.6-1.7.5	1.7.6
memcached_upstream_fail_timeout	http_memcached	http,server,location	1	-0.8.37	0.8.38
memcached_upstream_max_fails	http_memcached	http,server,location	1	-0.8.37	0.8.38
mysql_test	http_mysql_test	location	1	-1.9.13	1.9.14
open_file_cache_retest	http_core	http,server,location	1	0.6.10-1.9.0	1.9.1	open_file_cache_valid
optimize_host_names	http_core	http,server	flag	-0.7.0	0.7.1	optimize_server_names
optimize_server_names	http_core	http,server	flag	-1.9.0	1.9.1	server_name_in_redirect
proxy_header_buffer_size	http_proxy	http,server,location	1	-0.7.0	0.7.1	proxy_buffer_size
proxy_redirect_errors	http_proxy	http,server,location	flag	-0.7.0	0.7.1	proxy_intercept_errors
proxy_upstream_fail_timeout	http_proxy	http,server,location	1	-0.8.37	0.8.38
proxy_upstream_max_fails	http_proxy	http,server,location	1	-0.8.37	0.8.38
redirect_cache	http_static	http,server,location	3	-0.6.9	0.6.10
rtsig_overflow_events	rtsig	events	1	-1.8.1	1.9.0
rtsig_overflow_test	rtsig	events	1	-1.8.1	1.9.0
rtsig_overflow_threshold	rtsig	events	1	-1.8.1	1.9.0
rtsig_signo	rtsig	events	1	-1.8.1	1.9.0
satisfy_any	http_core	http,server,location	flag	-1.9.0	1.9.1	satisfy
secure_link_expires	http_secure_link	http,server,location	flag	0.8.50-0.8.50	0.8.51
so_keepalive	mail_core	mail,mail-server	flag	-1.9.0	1.9.1	listen ... so_keepalive
spdy_chunk_size	http_v2	http,server,location	1	1.5.9-1.19.6	1.19.7
spdy_headers_comp	http_v2	http,server	1	1.3.15-1.19.6	1.19.7
spdy_keepalive_timeout	http_v2	http,server	1	1.3.15-1.19.6	1.19.7
spdy_max_concurrent_streams	http_v2	http,server	1	1.3.15-1.19.6	1.19.7
spdy_pool_size	http_v2	http,server	1	1.3.15-1.19.6	1.19.7
spdy_recv_buffer_size	http_v2	http	1	1.3.15-1.19.6	1.19.7
spdy_recv_timeout	http_v2	http,server	1	1.3.15-1.19.6	1.19.7
spdy_streams_index_size	http_v2	http,server	1	1.3.15-1.19.6	1.19.7
ssl	http_ssl	http,server	flag	-1.25.0	1.25.1	listen ... ssl
ssl	mail_ssl	mail,mail-server	flag	-1.25.0	1.25.1	listen ... ssl
status	http_status	server,location	flag	-1.0.10,1.1.0-1.1.7	1.1.8
thread_stack_size	core	main	1	-1.8.1	1.9.0
worker_rlimit_sigpending	core	main	1	-1.8.1	1.9.0
worker_threads	core	main	1	-1.8.1	1.9.0
`;

/** Directives of NGINX Plus, from nginx.org: name, module, contexts, arguments, documentation page, default, syntax. */
export const commercialRows = `
api	http_api	location	0-1	http/ngx_http_api_module		[write=on|off]
auth_jwt	http_auth_jwt	http,server,location,limit_except	1-2	http/ngx_http_auth_jwt_module	off	<string> [token=<$variable>] | off
auth_jwt_claim_set	http_auth_jwt	http	2-	http/ngx_http_auth_jwt_module		<$variable> <name> ...
auth_jwt_header_set	http_auth_jwt	http	2-	http/ngx_http_auth_jwt_module		<$variable> <name> ...
auth_jwt_key_cache	http_auth_jwt	http,server,location	1	http/ngx_http_auth_jwt_module	0	<time>
auth_jwt_key_file	http_auth_jwt	http,server,location,limit_except	1	http/ngx_http_auth_jwt_module		<file>
auth_jwt_key_request	http_auth_jwt	http,server,location,limit_except	1	http/ngx_http_auth_jwt_module		<uri>
auth_jwt_leeway	http_auth_jwt	http,server,location	1	http/ngx_http_auth_jwt_module	0s	<time>
auth_jwt_require	http_auth_jwt	http,server,location,limit_except	1-	http/ngx_http_auth_jwt_module		<$value> ... [error=401 | 403]
auth_jwt_type	http_auth_jwt	http,server,location,limit_except	1	http/ngx_http_auth_jwt_module	signed	signed | encrypted | nested
auth_oidc	http_oidc	http,server,location	1	http/ngx_http_oidc_module	off	<name> | off
auth_require	http_auth_require	http,server,location,limit_except	1-	http/ngx_http_auth_require_module	off	<$value> ... [error=4xx | 5xx]
client_id	http_oidc	oidc_provider	1	http/ngx_http_oidc_module		<string>
client_secret	http_oidc	oidc_provider	1	http/ngx_http_oidc_module		<string>
config_url	http_oidc	oidc_provider	1	http/ngx_http_oidc_module	<issuer>/.well-known/openid-configuration	<URL>
cookie_name	http_oidc	oidc_provider	1	http/ngx_http_oidc_module	NGX_OIDC_SESSION	<name>
enforce_initial_report	mgmt	mgmt	1	ngx_mgmt_module	on	on | off
error_log_tag	http_core	http,server,location	2	http/ngx_http_core_module		<name> <value>
extra_auth_args	http_oidc	oidc_provider	1	http/ngx_http_oidc_module		<string>
f4f	http_f4f	location	0	http/ngx_http_f4f_module
f4f_buffer_size	http_f4f	http,server,location	1	http/ngx_http_f4f_module	512k	<size>
fastcgi_allow_upstream	http_fastcgi	http,server,location	1-	http/ngx_http_fastcgi_module		<string> ...
fastcgi_bind_dynamic	http_fastcgi	http,server,location	1	http/ngx_http_fastcgi_module	off	on | off
fastcgi_cache_purge	http_fastcgi	http,server,location	1-	http/ngx_http_fastcgi_module		string ...
fastcgi_request_dynamic	http_fastcgi	http,server,location	1	http/ngx_http_fastcgi_module	off	on | off
frontchannel_logout_uri	http_oidc	oidc_provider	1	http/ngx_http_oidc_module		<uri>
grpc_allow_upstream	http_grpc	http,server,location	1	http/ngx_http_grpc_module		<address>
grpc_bind_dynamic	http_grpc	http,server,location	1	http/ngx_http_grpc_module	off	on | off
grpc_request_dynamic	http_grpc	http,server,location	1	http/ngx_http_grpc_module	off	on | off
grpc_ssl_key_log	http_grpc	http,server,location	1	http/ngx_http_grpc_module		path
health_check	http_upstream_hc	location	0-	http/ngx_http_upstream_hc_module		[<parameters>]
health_check	stream_upstream_hc	stream-server	0-	stream/ngx_stream_upstream_hc_module		[<parameters>]
health_check_timeout	stream_upstream_hc	stream,stream-server	1	stream/ngx_stream_upstream_hc_module	5s	<timeout>
hls	http_hls	location	0	http/ngx_http_hls_module
hls_buffers	http_hls	http,server,location	2	http/ngx_http_hls_module	8 2m	<number> <size>
hls_forward_args	http_hls	http,server,location	1	http/ngx_http_hls_module	off	on | off
hls_fragment	http_hls	http,server,location	1	http/ngx_http_hls_module	5s	<time>
hls_mp4_buffer_size	http_hls	http,server,location	1	http/ngx_http_hls_module	512k	<size>
hls_mp4_max_buffer_size	http_hls	http,server,location	1	http/ngx_http_hls_module	10m	<size>
internal_redirect	http_internal_redirect	server,location	1	http/ngx_http_internal_redirect_module		<uri>
issuer	http_oidc	oidc_provider	1	http/ngx_http_oidc_module		<URL>
keyval	http_keyval	http	3	http/ngx_http_keyval_module		<key> <$variable> zone=<name>
keyval	stream_keyval	stream	3	stream/ngx_stream_keyval_module		<key> <$variable> zone=<name>
keyval_zone	http_keyval	http	1-5	http/ngx_http_keyval_module		zone=<name>:<size> [state=<file>] [timeout=<time>] [type=string|ip|prefix] [sync]
keyval_zone	stream_keyval	stream	1-5	stream/ngx_stream_keyval_module		zone=<name>:<size> [state=<file>] [timeout=<time>] [type=string|ip|prefix] [sync]
license_token	mgmt	mgmt	1	ngx_mgmt_module	license.jwt	<file>
logout_token_hint	http_oidc	oidc_provider	1	http/ngx_http_oidc_module	off	on | off
logout_uri	http_oidc	oidc_provider	1	http/ngx_http_oidc_module		<uri>
match	http_upstream_hc	http	1{	http/ngx_http_upstream_hc_module		<name>
match	stream_upstream_hc	stream	1{	stream/ngx_stream_upstream_hc_module		<name>
memcached_allow_upstream	http_memcached	http,server,location	1-	http/ngx_http_memcached_module		<string> ...
memcached_bind_dynamic	http_memcached	http,server,location	1	http/ngx_http_memcached_module	off	on | off
mgmt	mgmt	main	0{	ngx_mgmt_module
mp4_limit_rate	http_mp4	http,server,location	1	http/ngx_http_mp4_module	off	on | off | <factor>
mp4_limit_rate_after	http_mp4	http,server,location	1	http/ngx_http_mp4_module	60s	<time>
mqtt	stream_mqtt_filter	stream,stream-server	1	stream/ngx_stream_mqtt_filter_module	off	on | off
mqtt_buffers	stream_mqtt_filter	stream,stream-server	2	stream/ngx_stream_mqtt_filter_module	100 1k	<number> <size>
mqtt_preread	stream_mqtt_preread	stream,stream-server	1	stream/ngx_stream_mqtt_preread_module	off	on | off
mqtt_rewrite_buffer_size	stream_mqtt_filter	stream-server	1	stream/ngx_stream_mqtt_filter_module	4k|8k	<size>
mqtt_set_connect	stream_mqtt_filter	stream-server	2	stream/ngx_stream_mqtt_filter_module		field <value>
ntlm	http_upstream	upstream	0	http/ngx_http_upstream_module
num_map	http_num_map	http	1-2{	http/ngx_http_num_map_module		[<$number>] <$variable>
num_map	stream_num_map	stream	1-2{	stream/ngx_stream_num_map_module		[<$number>] <$variable>
oidc_provider	http_oidc	http	1{	http/ngx_http_oidc_module		<name>
pkce	http_oidc	oidc_provider	1	http/ngx_http_oidc_module		on | off
post_logout_uri	http_oidc	oidc_provider	1	http/ngx_http_oidc_module		<uri>
proxy	mgmt	mgmt	1	ngx_mgmt_module		<host>:<port>
proxy_allow_upstream	http_proxy	http,server,location	1-	http/ngx_http_proxy_module		<string> ...
proxy_bind_dynamic	http_proxy	http,server,location	1	http/ngx_http_proxy_module	off	on | off
proxy_bind_dynamic	stream_proxy	stream,stream-server	1	stream/ngx_stream_proxy_module	off	on | off
proxy_cache_purge	http_proxy	http,server,location	1-	http/ngx_http_proxy_module		string ...
proxy_password	mgmt	mgmt	1	ngx_mgmt_module		<string>
proxy_request_dynamic	http_proxy	http,server,location	1	http/ngx_http_proxy_module	off	on | off
proxy_session_drop	stream_proxy	stream,stream-server	1	stream/ngx_stream_proxy_module	off	on | off
proxy_ssl_key_log	http_proxy	http,server,location	1	http/ngx_http_proxy_module		path
proxy_ssl_key_log	stream_proxy	stream,stream-server	1	stream/ngx_stream_proxy_module		path
proxy_username	mgmt	mgmt	1	ngx_mgmt_module		<string>
queue	http_upstream	upstream	1-2	http/ngx_http_upstream_module		<number> [timeout=<time>]
redirect_uri	http_oidc	oidc_provider	1	http/ngx_http_oidc_module	/oidc_callback	<uri>
resolver	mgmt	mgmt	1-	ngx_mgmt_module		<address> ... [valid=<time>] [ipv4=on|off] [ipv6=on|off] [status_zone=<zone>]
scgi_allow_upstream	http_scgi	http,server,location	1-	http/ngx_http_scgi_module		<string> ...
scgi_bind_dynamic	http_scgi	http,server,location	1	http/ngx_http_scgi_module	off	on | off
scgi_cache_purge	http_scgi	http,server,location	1-	http/ngx_http_scgi_module		string ...
scgi_request_dynamic	http_scgi	http,server,location	1	http/ngx_http_scgi_module	off	on | off
scope	http_oidc	oidc_provider	1-	http/ngx_http_oidc_module	openid	<scope> ...
session_log	http_session_log	http,server,location	1	http/ngx_http_session_log_module	off	<name> | off
session_log_format	http_session_log	http	2-	http/ngx_http_session_log_module	combined "..."	<name> <string> ...
session_log_zone	http_session_log	http	2-6	http/ngx_http_session_log_module		<path> zone=<name>:<size> [format=<format>] [timeout=<time>] [id=<id>] [md5=<md5>]
session_store	http_oidc	oidc_provider	1	http/ngx_http_oidc_module		<name>
session_timeout	http_oidc	oidc_provider	1	http/ngx_http_oidc_module	8h	<time>
ssl_crl	mgmt	mgmt	1	ngx_mgmt_module		<file>
ssl_key_log	http_ssl	http,server	1	http/ngx_http_ssl_module		path
ssl_key_log	stream_ssl	stream,stream-server	1	stream/ngx_stream_ssl_module		path
ssl_trusted_certificate	mgmt	mgmt	1	ngx_mgmt_module	system CA bundle	<file>
ssl_verify	mgmt	mgmt	1	ngx_mgmt_module	on	on | off
stall_threshold	core	events	1	ngx_core_module	1000ms	<time>
state	http_upstream	upstream	1	http/ngx_http_upstream_module		<file>
state	stream_upstream	stream-upstream	1	stream/ngx_stream_upstream_module		<file>
state_path	mgmt	mgmt	1	ngx_mgmt_module		<path>
status_format	http_status	http,server,location	1-2	http/ngx_http_status_module	json	json || jsonp [<callback>]
status_zone	http_api	server,location,if-location	1	http/ngx_http_api_module		<zone>
status_zone	http_status	server	1	http/ngx_http_status_module		<zone>
tunnel_allow_upstream	http_tunnel	http,server,location	1-	http/ngx_http_tunnel_module		<string> ...
tunnel_bind_dynamic	http_tunnel	http,server,location	1	http/ngx_http_tunnel_module	off	on | off
upstream_conf	http_upstream_conf	location	0	http/ngx_http_upstream_conf_module
usage_report	mgmt	mgmt	1-2	ngx_mgmt_module	endpoint=product.connect.nginx.com interval=1h	[endpoint=<address>] [interval=<time>]
userinfo	http_oidc	oidc_provider	1	http/ngx_http_oidc_module	off	on | off
uwsgi_allow_upstream	http_uwsgi	http,server,location	1-	http/ngx_http_uwsgi_module		<string> ...
uwsgi_bind_dynamic	http_uwsgi	http,server,location	1	http/ngx_http_uwsgi_module	off	on | off
uwsgi_cache_purge	http_uwsgi	http,server,location	1-	http/ngx_http_uwsgi_module		string ...
uwsgi_request_dynamic	http_uwsgi	http,server,location	1	http/ngx_http_uwsgi_module	off	on | off
uwsgi_ssl_key_log	http_uwsgi	http,server,location	1	http/ngx_http_uwsgi_module		path
zone_sync	stream_zone_sync	stream-server	0	stream/ngx_stream_zone_sync_module
zone_sync_buffers	stream_zone_sync	stream,stream-server	2	stream/ngx_stream_zone_sync_module	8 4k|8k	<number> <size>
zone_sync_connect_retry_interval	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	1s	<time>
zone_sync_connect_timeout	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	5s	<time>
zone_sync_interval	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	1s	<time>
zone_sync_recv_buffer_size	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	4k|8k	<size>
zone_sync_server	stream_zone_sync	stream-server	1-2	stream/ngx_stream_zone_sync_module		<address> [resolve]
zone_sync_ssl	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	off	on | off
zone_sync_ssl_certificate	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module		<file>
zone_sync_ssl_certificate_key	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module		<file>
zone_sync_ssl_ciphers	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	DEFAULT	<ciphers>
zone_sync_ssl_conf_command	stream_zone_sync	stream,stream-server	2	stream/ngx_stream_zone_sync_module		<name> <value>
zone_sync_ssl_crl	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module		<file>
zone_sync_ssl_name	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	host from zone_sync_server	<name>
zone_sync_ssl_password_file	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module		<file>
zone_sync_ssl_protocols	stream_zone_sync	stream,stream-server	1-6	stream/ngx_stream_zone_sync_module	TLSv1.2 TLSv1.3	[SSLv2] [SSLv3] [TLSv1] [TLSv1.1] [TLSv1.2] [TLSv1.3]
zone_sync_ssl_server_name	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	off	on | off
zone_sync_ssl_trusted_certificate	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module		<file>
zone_sync_ssl_verify	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	off	on | off
zone_sync_ssl_verify_depth	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	1	<number>
zone_sync_timeout	stream_zone_sync	stream,stream-server	1	stream/ngx_stream_zone_sync_module	5s	<timeout>
`;
