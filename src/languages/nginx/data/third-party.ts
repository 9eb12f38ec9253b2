/** Where the third-party directives come from. */
export const packages: readonly { readonly name: string; readonly link: string }[] = [
  { name: 'OpenResty lua-nginx-module', link: 'https://github.com/openresty/lua-nginx-module' },
  { name: 'ngx_brotli', link: 'https://github.com/google/ngx_brotli' },
  { name: 'echo-nginx-module', link: 'https://github.com/openresty/echo-nginx-module' },
  { name: 'set-misc-nginx-module', link: 'https://github.com/openresty/set-misc-nginx-module' },
  { name: 'memc-nginx-module', link: 'https://github.com/openresty/memc-nginx-module' },
  { name: 'srcache-nginx-module', link: 'https://github.com/openresty/srcache-nginx-module' },
  { name: 'ngx_http_geoip2_module', link: 'https://github.com/leev/ngx_http_geoip2_module' },
  { name: 'ModSecurity-nginx', link: 'https://github.com/owasp-modsecurity/ModSecurity-nginx' },
  { name: 'nginx-rtmp-module', link: 'https://github.com/arut/nginx-rtmp-module' },
  { name: 'nchan', link: 'https://nchan.io' },
  { name: 'ngx_http_auth_pam_module', link: 'https://github.com/sto/ngx_http_auth_pam_module' },
  { name: 'spnego-http-auth-nginx-module', link: 'https://github.com/stnoonan/spnego-http-auth-nginx-module' },
  { name: 'nginx-dav-ext-module', link: 'https://github.com/arut/nginx-dav-ext-module' },
  { name: 'ngx-fancyindex', link: 'https://github.com/aperezdc/ngx-fancyindex' },
  { name: 'nginx-push-stream-module', link: 'https://github.com/wandenberg/nginx-push-stream-module' },
  {
    name: 'ngx_http_substitutions_filter_module',
    link: 'https://github.com/yaoweibin/ngx_http_substitutions_filter_module',
  },
  { name: 'nginx-upload-progress-module', link: 'https://github.com/masterzen/nginx-upload-progress-module' },
  { name: 'nginx-upstream-fair', link: 'https://github.com/gnosek/nginx-upstream-fair' },
  { name: 'Phusion Passenger', link: 'https://www.phusionpassenger.com/docs/references/config_reference/nginx/' },
  { name: 'njs', link: 'https://nginx.org/en/docs/http/ngx_http_js_module.html' },
  { name: 'nginx-acme', link: 'https://nginx.org/en/docs/http/ngx_http_acme_module.html' },
  { name: 'nginx-module-vts', link: 'https://github.com/vozlt/nginx-module-vts' },
  { name: 'headers-more-nginx-module', link: 'https://github.com/openresty/headers-more-nginx-module' },
  { name: 'nginx-ct', link: 'https://github.com/grahamedgecombe/nginx-ct' },
  { name: 'TLS dynamic records patch', link: '' },
  { name: 'encrypted-session-nginx-module', link: 'https://github.com/openresty/encrypted-session-nginx-module' },
  { name: 'OpenResty stream-lua-nginx-module', link: 'https://github.com/openresty/stream-lua-nginx-module' },
  { name: 'zstd-nginx-module', link: 'https://github.com/tokers/zstd-nginx-module' },
  { name: 'Angie http_acme', link: 'https://en.angie.software/angie/docs/configuration/modules/http/http_acme/' },
  { name: 'nginx-otel', link: 'https://nginx.org/en/docs/ngx_otel_module.html' },
  { name: 'ngx_cache_purge', link: 'https://github.com/nginx-modules/ngx_cache_purge' },
  { name: 'nginx-auth-ldap', link: 'https://github.com/kvspb/nginx-auth-ldap' },
  { name: 'nginx-upload-module', link: 'https://github.com/vkholodkov/nginx-upload-module' },
  { name: 'nginx_upstream_check_module', link: 'https://github.com/yaoweibin/nginx_upstream_check_module' },
  { name: 'nginx-opentracing', link: 'https://github.com/opentracing-contrib/nginx-opentracing' },
  { name: 'testcookie-nginx-module', link: 'https://github.com/kyprizel/testcookie-nginx-module' },
  { name: 'naxsi', link: 'https://github.com/wargio/naxsi' },
  { name: 'ngx_pagespeed', link: 'https://github.com/apache/incubator-pagespeed-ngx' },
  { name: 'redis2-nginx-module', link: 'https://github.com/openresty/redis2-nginx-module' },
  { name: 'form-input-nginx-module', link: 'https://github.com/calio/form-input-nginx-module' },
  { name: 'iconv-nginx-module', link: 'https://github.com/calio/iconv-nginx-module' },
  { name: 'array-var-nginx-module', link: 'https://github.com/openresty/array-var-nginx-module' },
  { name: 'nginx-eval-module', link: 'https://github.com/openresty/nginx-eval-module' },
  { name: 'nginx-http-auth-digest', link: 'https://github.com/samizdatco/nginx-http-auth-digest' },
  { name: 'nginx-http-shibboleth', link: 'https://github.com/nginx-shib/nginx-http-shibboleth' },
  { name: 'nginx-sorted-querystring-module', link: 'https://github.com/wandenberg/nginx-sorted-querystring-module' },
  { name: 'nginx-sticky-module-ng', link: 'https://github.com/Refinitiv/nginx-sticky-module-ng' },
  { name: 'nginx-http-concat', link: 'https://github.com/alibaba/nginx-http-concat' },
  { name: 'ngx_http_proxy_connect_module', link: 'https://github.com/chobits/ngx_http_proxy_connect_module' },
  { name: 'nginx_cookie_flag_module', link: 'https://github.com/AirisX/nginx_cookie_flag_module' },
  { name: 'nginx-upsync-module', link: 'https://github.com/weibocom/nginx-upsync-module' },
  { name: 'nginx_accept_language_module', link: 'https://github.com/giom/nginx_accept_language_module' },
  { name: 'ngx_upstream_jdomain', link: 'https://github.com/nicholaschiasson/ngx_upstream_jdomain' },
  { name: 'xss-nginx-module', link: 'https://github.com/openresty/xss-nginx-module' },
  { name: 'nginx-http-flv-module', link: 'https://github.com/winshining/nginx-http-flv-module' },
  { name: 'ngx-http-auth-jwt-module', link: 'https://github.com/TeslaGov/ngx-http-auth-jwt-module' },
  { name: 'OpenTelemetry webserver module', link: 'https://github.com/open-telemetry/opentelemetry-cpp-contrib' },
  { name: 'ngx_postgres', link: 'https://github.com/FRiCKLE/ngx_postgres' },
  { name: 'drizzle-nginx-module', link: 'https://github.com/openresty/drizzle-nginx-module' },
  { name: 'ngx_http_redis', link: 'https://github.com/osokin/ngx_http_redis' },
  { name: 'ngx_waf', link: 'https://github.com/ADD-SP/ngx_waf' },
  { name: 'nginx-module-sts', link: 'https://github.com/vozlt/nginx-module-sts' },
  { name: 'rds-json-nginx-module', link: 'https://github.com/openresty/rds-json-nginx-module' },
  { name: 'ngx_security_headers', link: 'https://github.com/GetPageSpeed/ngx_security_headers' },
  { name: 'nginx-vod-module', link: 'https://github.com/kaltura/nginx-vod-module' },
  { name: 'ngx_http_dyups_module', link: 'https://github.com/yzprofile/ngx_http_dyups_module' },
  { name: 'ngx_kafka_module', link: 'https://github.com/brg-liuwei/ngx_kafka_module' },
  { name: 'ngx_small_light', link: 'https://github.com/cubicdaiya/ngx_small_light' },
  { name: 'coraza-nginx', link: 'https://github.com/corazawaf/coraza-nginx' },
  { name: 'lua-kong-nginx-module', link: 'https://github.com/Kong/lua-kong-nginx-module' },
  { name: 'apisix-nginx-module', link: 'https://github.com/api7/apisix-nginx-module' },
  { name: 'nginx-length-hiding-filter-module', link: 'https://github.com/nulab/nginx-length-hiding-filter-module' },
  { name: 'ipscrub', link: 'https://github.com/masonicboom/ipscrub' },
  { name: 'ngx_unbrotli', link: 'https://github.com/clyfish/ngx_unbrotli' },
  {
    name: 'ngx_http_hmac_secure_link_module',
    link: 'https://github.com/nginx-modules/ngx_http_hmac_secure_link_module',
  },
  { name: 'ngx_mruby', link: 'https://github.com/matsumotory/ngx_mruby' },
  { name: 'ngx_immutable', link: 'https://github.com/GetPageSpeed/ngx_immutable' },
  { name: 'ngx_aws_auth', link: 'https://github.com/anomalizer/ngx_aws_auth' },
  { name: 'ngx_slowfs_cache', link: 'https://github.com/FRiCKLE/ngx_slowfs_cache' },
  { name: 'Tengine', link: 'https://tengine.taobao.org/documentation.html' },
  { name: 'ip2location-nginx', link: 'https://github.com/ip2location/ip2location-nginx' },
  { name: 'nginx-secure-token-module', link: 'https://github.com/kaltura/nginx-secure-token-module' },
  { name: 'nginx_phantom_token_module', link: 'https://github.com/curityio/nginx_phantom_token_module' },
  { name: 'nginx_ajp_module', link: 'https://github.com/yaoweibin/nginx_ajp_module' },
  {
    name: 'ngx_http_limit_traffic_ratefilter_module',
    link: 'https://github.com/nginx-modules/ngx_http_limit_traffic_ratefilter_module',
  },
  { name: 'Angie', link: 'https://en.angie.software/angie/docs/configuration/modules/' },
  { name: 'NTLS (Tongsuo, Tengine)', link: 'https://tengine.taobao.org/documentation.html' },
  { name: 'wasm-nginx-module', link: 'https://github.com/api7/wasm-nginx-module' },
];

/**
 * Directives of modules that are not part of nginx, one a line, columns by tab: name, index in `packages`, contexts (empty:
 * not known), arguments (as in `directives.ts`), content of the block (`lua`, `entries`, `block`), documentation page, default.
 */
export const thirdPartyRows = `
BasicRule	36	http,server,location,limit_except	1-
CheckRule	36	http,server,location,limit_except	1-
DeniedUrl	36	http,server,location,limit_except	1-
IgnoreCIDR	36	http,server,location,limit_except	1-
IgnoreIP	36	http,server,location,limit_except	1-
LearningMode	36	http,server,location,limit_except	0
LibInjectionSql	36	http,server,location,limit_except	0
LibInjectionXss	36	http,server,location,limit_except	0
MainRule	36	http	1-
NaxsiLogFile	36	http,server,location,limit_except	1-
SecRulesDisabled	36	http,server,location,limit_except	0
SecRulesEnabled	36	http,server,location,limit_except	0
accept_terms_of_service	20	acme_issuer	0		http/ngx_http_acme_module
access_by_lua	0	http,server,location,if-location	1
access_by_lua_block	0	http,server,location,if-location	0{	lua
access_by_lua_file	0	http,server,location,if-location	1
access_by_lua_no_postpone	0	http	flag
access_log	8	rtmp,rtmp-server,rtmp-application	1-2
account_key	20	acme_issuer	1		http/ngx_http_acme_module
ack_window	8	rtmp,rtmp-server	1
acme	28	server	1
acme_certificate	20	server	1-		http/ngx_http_acme_module
acme_client	28	http	2-
acme_client_path	85		
acme_dns_port	28		1
acme_hook	85		
acme_http_port	28		1
acme_issuer	20	http	1{	block	http/ngx_http_acme_module
acme_shared_zone	20	http	1		http/ngx_http_acme_module	zone=ngx_acme_shared:256k
ajp_header_packet_buffer_size	83	http,server,location	1
ajp_max_data_packet_size	83	http,server,location	1
ajp_pass	83	location,if-location	1
ajp_temp_path	83	http,server,location	1-4
allow	8	rtmp,rtmp-server,rtmp-application	1-2
api_config_files	85		
apisix_delay_client_max_body_check	70	http,server,location	flag
apisix_mirror_on_demand	70	http,server,location	flag
apisix_stream_metrics_zone	70	stream	1
apisix_var_index	70	http	1-
application	8	rtmp-server	1{	block
array_join	41		
array_map	41		
array_map_op	41		
array_split	41		
auth_digest	43	http,server,location,limit_except	1-4
auth_digest_drop_time	43	http,server,location	1
auth_digest_evasion_time	43	http,server,location	1
auth_digest_expires	43	http,server,location	1
auth_digest_maxtries	43	http,server,location	1
auth_digest_replays	43	http,server,location	1
auth_digest_shm_size	43	http,server	1
auth_digest_timeout	43	http,server,location	1
auth_digest_user_file	43	http,server,location,limit_except	1
auth_gss	11	http,server,location,limit_except	flag
auth_gss_allow_basic_fallback	11	http,server,location,limit_except	flag
auth_gss_authorized_principal	11	http,server,location,limit_except	flag
auth_gss_authorized_principal_regex	11	http,server,location,limit_except	flag
auth_gss_constrained_delegation	11	http,server,location,limit_except	flag
auth_gss_delegate_credentials	11	http,server,location,limit_except	flag
auth_gss_force_realm	11	http,server,location,limit_except	flag
auth_gss_format_full	11	http,server,location,limit_except	flag
auth_gss_keytab	11	http,server,location,limit_except	flag
auth_gss_map_to_local	11	http,server,location,limit_except	flag
auth_gss_realm	11	http,server,location,limit_except	flag
auth_gss_service_ccache	11	http,server,location,limit_except	flag
auth_gss_service_name	11	http,server,location,limit_except	flag
auth_gss_zone_name	11	http	1
auth_jwt_algorithm	55	http,server,location	1
auth_jwt_enabled	55	http,server,location	flag
auth_jwt_extract_request_claims	55		
auth_jwt_extract_response_claims	55		
auth_jwt_key	55	http,server,location	1
auth_jwt_keyfile_path	55	http,server,location	1
auth_jwt_location	55	http,server,location	1
auth_jwt_loginurl	55	http,server,location	1
auth_jwt_redirect	55	http,server,location	flag
auth_jwt_use_keyfile	55	http,server,location	flag
auth_jwt_validate_email	55		
auth_jwt_validate_sub	55		
auth_jwt_validation_type	55	http,server,location	1
auth_ldap	31	http,server,location,limit_except	1
auth_ldap_cache_enabled	31	http	flag
auth_ldap_cache_expiration_time	31	http	1
auth_ldap_cache_size	31	http	1
auth_ldap_resolver	31	http	1-
auth_ldap_resolver_timeout	31	http	1
auth_ldap_servers	31	http,server,location,limit_except	0-
auth_ldap_servers_size	31	http	1
auth_pam	10	http,server,location,limit_except	1
auth_pam_service_name	10	http,server,location,limit_except	1
auth_pam_set_pam_env	10	http,server,location,limit_except	flag
auto_redirect	85		
aws_access_key	77		
aws_endpoint	77		
aws_key_scope	77		
aws_region	77		
aws_s3_bucket	77		
aws_secret_key	77		
aws_sign	77		
aws_signing_key	77		
backtrace_log	79	main	1-2
backtrace_max_stack_size	79	main	1
backup_switch	85		
balancer_by_lua_block	0	upstream	0{	lua
balancer_by_lua_block	26	stream-upstream	0{	lua
balancer_by_lua_file	0	upstream	1
balancer_by_lua_file	26	stream-upstream	1
balancer_keepalive	0	upstream	1
basic_rule	36	http,server,location,limit_except	1-
bind_conn	85		
body_filter_by_lua	0	http,server,location,if-location	1
body_filter_by_lua_block	0	http,server,location,if-location	0{	lua
body_filter_by_lua_file	0	http,server,location,if-location	1
brotli	1	http,server,location,if-location	flag
brotli_buffers	1	http,server,location	2
brotli_comp_level	1	http,server,location	1
brotli_min_length	1	http,server,location	1
brotli_static	1	http,server,location	1
brotli_types	1	http,server,location	1-
brotli_window	1	http,server,location	1
buffer	8	rtmp,rtmp-server,rtmp-application	1
buflen	8	rtmp,rtmp-server	1
busy	8	rtmp,rtmp-server	1
cache_purge_background_queue	30	http	1
cache_purge_response_type	30	http,server,location	1
challenge	20	acme_issuer	1		http/ngx_http_acme_module	http-01
check	33	upstream,stream-upstream	1-
check_fastcgi_param	33	upstream	2
check_http_expect_alive	33	upstream,stream-upstream	1-
check_http_send	33	upstream,stream-upstream	1
check_keepalive_requests	33	upstream,stream-upstream	1
check_rule	36	http,server,location,limit_except	1-
check_shm_size	33	http,stream	1
check_status	33	server,location	0-1
chop_prefix	77		
chunk_size	8	rtmp,rtmp-server	1
client_body_buffers	79	http,server,location	2
client_body_postpone_size	79	http,server,location	1
common_name_in_csr	20	acme_issuer	flag		http/ngx_http_acme_module	off
concat	47	http,server,location	flag
concat_delimiter	47	http,server,location	1
concat_ignore_file_error	47	http,server,location	flag
concat_max_files	47	http,server,location	1
concat_types	47	http,server,location	1-
concat_unique	47	http,server,location	flag
consistent_hash	79	upstream	1
contact	20	acme_issuer	1		http/ngx_http_acme_module
content_by_lua	0	location,if-location	1
content_by_lua	26	stream-server	1
content_by_lua_block	0	location,if-location	0{	lua
content_by_lua_block	26	stream-server	0{	lua
content_by_lua_file	0	location,if-location	1
content_by_lua_file	26	stream-server	1
coraza	68	http,server,location	flag
coraza_rules	68	http,server,location	1
coraza_rules_file	68	http,server,location	1
coraza_transaction_id	68	http,server,location	1-
dash	8	rtmp,rtmp-server,rtmp-application	1
dash_cleanup	8	rtmp,rtmp-server,rtmp-application	1
dash_fragment	8	rtmp,rtmp-server,rtmp-application	1
dash_nested	8	rtmp,rtmp-server,rtmp-application	1
dash_path	8	rtmp,rtmp-server,rtmp-application	1
dash_playlist_length	8	rtmp,rtmp-server,rtmp-application	1
dav_ext_lock	12	http,server,location	1
dav_ext_lock_zone	12	http	1-2
dav_ext_methods	12	http,server,location	1-
denied_url	36	http,server,location,limit_except	1-
deny	8	rtmp,rtmp-server,rtmp-application	1-2
docker_endpoint	85		
docker_max_object_size	85		
drizzle_buffer_size	58	http,server,location,if-location	1
drizzle_connect_timeout	58	http,server,location,if-location	1
drizzle_dbname	58	http,server,location,if-location	1
drizzle_keepalive	58	upstream	1-
drizzle_module_header	58	http,server,location,if-location	flag
drizzle_pass	58	http,server,location,if-location	1
drizzle_query	58	http,server,location,if-location	1-
drizzle_recv_cols_timeout	58	http,server,location,if-location	1
drizzle_recv_rows_timeout	58	http,server,location,if-location	1
drizzle_send_query_timeout	58	http,server,location,if-location	1
drizzle_server	58	upstream	1-
drop_idle_publisher	8	rtmp,rtmp-server,rtmp-application	1
dynamic_resolve	79	upstream	0-
dyups_file_path	65	http	1
dyups_interface	65	location	0
dyups_read_msg_timeout	65	http	1
dyups_shm_zone_size	65	http	1
dyups_trylock	65	http	flag
dyups_upstream_conf	65	http	1
echo	2	location,if-location	0-
echo_abort_parent	2	location,if-location	0
echo_after_body	2	location,if-location	0-
echo_before_body	2	location,if-location	0-
echo_blocking_sleep	2	location,if-location	1
echo_duplicate	2	location,if-location	2-
echo_end	2	location,if-location	0
echo_exec	2	location,if-location	1-2
echo_flush	2	location,if-location	0
echo_foreach_split	2	location,if-location	2-
echo_location	2	location,if-location	1-2
echo_location_async	2	location,if-location	1-2
echo_read_request_body	2	location,if-location	0
echo_request_body	2	location,if-location	0
echo_reset_timer	2	location,if-location	0
echo_sleep	2	location,if-location	1
echo_status	2	location,if-location	1
echo_subrequest	2	location,if-location	2-
echo_subrequest_async	2	location,if-location	2-
enable_ntls	86	http,server,stream,stream-server	flag
encrypted_session_expires	25	http,server,location,if-server,if-location	1
encrypted_session_iv	25	http,server,location,if-server,if-location	1
encrypted_session_key	25	http,server,location,if-server,if-location	1
eval	42	http,server,location	1-{	block
eval_buffer_size	42	http,server,location	1
eval_escalate	42	http,server,location	flag
eval_override_content_type	42	http,server,location	1
eval_subrequest_in_memory	42	http,server,location	flag
exec	8	rtmp,rtmp-server,rtmp-application	1-
exec_kill_signal	8	rtmp,rtmp-server,rtmp-application	1
exec_options	8	rtmp,rtmp-server,rtmp-application	1
exec_play	8	rtmp,rtmp-server,rtmp-application	1-
exec_play_done	8	rtmp,rtmp-server,rtmp-application	1-
exec_publish	8	rtmp,rtmp-server,rtmp-application	1-
exec_publish_done	8	rtmp,rtmp-server,rtmp-application	1-
exec_pull	8	rtmp,rtmp-server,rtmp-application	1-
exec_push	8	rtmp,rtmp-server,rtmp-application	1-
exec_record_done	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1-
exec_static	8	rtmp,rtmp-server,rtmp-application	1-
exit_worker_by_lua_block	0	http	0{	lua
exit_worker_by_lua_file	0	http	1
external_account_key	20	acme_issuer	2		http/ngx_http_acme_module
fair	17	upstream	0-
fancyindex	13	http,server,location	flag
fancyindex_css_href	13	http,server,location	flag
fancyindex_default_sort	13	http,server,location	1
fancyindex_directories_first	13	http,server,location	flag
fancyindex_exact_size	13	http,server,location	flag
fancyindex_footer	13	http,server,location	1-2
fancyindex_header	13	http,server,location	1-2
fancyindex_hide_parent_dir	13	http,server,location	flag
fancyindex_hide_symlinks	13	http,server,location	flag
fancyindex_ignore	13	http,server,location	1-
fancyindex_localtime	13	http,server,location	flag
fancyindex_name_length	13	http,server,location	flag
fancyindex_show_dotfiles	13	http,server,location	flag
fancyindex_show_path	13	http,server,location	flag
fancyindex_time_format	13	http,server,location	flag
fastcgi_cache_purge	30	http,server,location	1-
fastcgi_connection_drop	85		
feedback	85		
flv_live	54	location	1
footer	79	http,server,location	1
footer_types	79	http,server,location	1-
geoip2	6	http	1{	entries
geoip2	6	stream	1{	entries
geoip2_proxy	6	http	1
geoip2_proxy_recursive	6	http	flag
gop_cache	54	rtmp,rtmp-server,rtmp-application	flag
gop_max_audio_count	54	rtmp,rtmp-server,rtmp-application	1
gop_max_frame_count	54	rtmp,rtmp-server,rtmp-application	1
gop_max_video_count	54	rtmp,rtmp-server,rtmp-application	1
grpc_connection_drop	85		
grpc_ssl_ntls	85		
header_filter_by_lua	0	http,server,location,if-location	1
header_filter_by_lua_block	0	http,server,location,if-location	0{	lua
header_filter_by_lua_file	0	http,server,location,if-location	1
hide_server_tokens	63		
hls	8	rtmp,rtmp-server,rtmp-application	1
hls_audio_buffer_size	8	rtmp,rtmp-server,rtmp-application	1
hls_base_url	8	rtmp,rtmp-server,rtmp-application	1
hls_cleanup	8	rtmp,rtmp-server,rtmp-application	1
hls_continuous	8	rtmp,rtmp-server,rtmp-application	1
hls_fragment	8	rtmp,rtmp-server,rtmp-application	1
hls_fragment_naming	8	rtmp,rtmp-server,rtmp-application	1
hls_fragment_naming_granularity	8	rtmp,rtmp-server,rtmp-application	1
hls_fragment_slicing	8	rtmp,rtmp-server,rtmp-application	1
hls_fragments_per_key	8	rtmp,rtmp-server,rtmp-application	1
hls_key_path	8	rtmp,rtmp-server,rtmp-application	1
hls_key_url	8	rtmp,rtmp-server,rtmp-application	1
hls_keys	8	rtmp,rtmp-server,rtmp-application	1
hls_max_audio_delay	8	rtmp,rtmp-server,rtmp-application	1
hls_max_fragment	8	rtmp,rtmp-server,rtmp-application	1
hls_muxdelay	8	rtmp,rtmp-server,rtmp-application	1
hls_nested	8	rtmp,rtmp-server,rtmp-application	1
hls_path	8	rtmp,rtmp-server,rtmp-application	1
hls_playlist_length	8	rtmp,rtmp-server,rtmp-application	1
hls_sync	8	rtmp,rtmp-server,rtmp-application	1
hls_type	8	rtmp,rtmp-server,rtmp-application	1
hls_variant	8	rtmp,rtmp-server,rtmp-application	1-
http3_max_blocked_streams	85		
http3_max_table_capacity	85		
iconv_buffer_size	40	location	1
iconv_filter	40	location	2
idle_streams	8	rtmp,rtmp-server,rtmp-application	1
ignore_cidr	36	http,server,location,limit_except	1-
ignore_ip	36	http,server,location,limit_except	1-
immutable	76	http,server,location	flag
immutable_types	76	http,server,location	1-
init_by_lua	0	http	1
init_by_lua	26	stream	1
init_by_lua_block	0	http	0{	lua
init_by_lua_block	26	stream	0{	lua
init_by_lua_file	0	http	1
init_by_lua_file	26	stream	1
init_worker_by_lua	0	http	1
init_worker_by_lua	26	stream	1
init_worker_by_lua_block	0	http	0{	lua
init_worker_by_lua_block	26	stream	0{	lua
init_worker_by_lua_file	0	http	1
init_worker_by_lua_file	26	stream	1
interleave	8	rtmp,rtmp-server,rtmp-application	1
ip2location	80	http,server,location,limit_except	1
ip2location_access_type	80	http	1-2
ip2location_database	80	http	1-2
ip2location_proxy	80	http	1
ip2location_proxy_recursive	80	http	flag
ipscrub_period_seconds	72	http	1
jdomain	52	upstream,stream-upstream	1-
js_access	19	location,if-location,limit_except	1		http/ngx_http_js_module
js_access	19	stream,stream-server	1		stream/ngx_stream_js_module
js_body_filter	19	location,if-location,limit_except	1-2		http/ngx_http_js_module
js_content	19	location,if-location,limit_except	1		http/ngx_http_js_module
js_context_reuse	19	http,server,location	1		http/ngx_http_js_module	128
js_context_reuse	19	stream,stream-server	1		stream/ngx_stream_js_module	128
js_context_reuse_max_size	19	http,server,location	1
js_context_reuse_max_size	19	stream,stream-server	1
js_engine	19	http,server,location	1		http/ngx_http_js_module	njs
js_engine	19	stream,stream-server	1-		stream/ngx_stream_js_module	njs
js_fetch_buffer_size	19	http,server,location	1		http/ngx_http_js_module	16k
js_fetch_buffer_size	19	stream,stream-server	1		stream/ngx_stream_js_module	16k
js_fetch_ciphers	19	http,server,location	1		http/ngx_http_js_module	HIGH:!aNULL:!MD5
js_fetch_ciphers	19	stream,stream-server	1		stream/ngx_stream_js_module	HIGH:!aNULL:!MD5
js_fetch_keepalive	19	http,server,location	1		http/ngx_http_js_module	0
js_fetch_keepalive	19	stream,stream-server	1		stream/ngx_stream_js_module	0
js_fetch_keepalive_requests	19	http,server,location	1		http/ngx_http_js_module	1000
js_fetch_keepalive_requests	19	stream,stream-server	1		stream/ngx_stream_js_module	1000
js_fetch_keepalive_time	19	http,server,location	1		http/ngx_http_js_module	1h
js_fetch_keepalive_time	19	stream,stream-server	1		stream/ngx_stream_js_module	1h
js_fetch_keepalive_timeout	19	http,server,location	1		http/ngx_http_js_module	60s
js_fetch_keepalive_timeout	19	stream,stream-server	1		stream/ngx_stream_js_module	60s
js_fetch_max_response_buffer_size	19	http,server,location	1		http/ngx_http_js_module	1m
js_fetch_max_response_buffer_size	19	stream,stream-server	1		stream/ngx_stream_js_module	1m
js_fetch_protocols	19	http,server,location	1-		http/ngx_http_js_module	TLSv1 TLSv1.1 TLSv1.2
js_fetch_protocols	19	stream,stream-server	1-		stream/ngx_stream_js_module	TLSv1 TLSv1.1 TLSv1.2
js_fetch_proxy	19	http,server,location	1		http/ngx_http_js_module
js_fetch_proxy	19	stream,stream-server	1		stream/ngx_stream_js_module
js_fetch_timeout	19	http,server,location	1		http/ngx_http_js_module	60s
js_fetch_timeout	19	stream,stream-server	1		stream/ngx_stream_js_module	60s
js_fetch_trusted_certificate	19	http,server,location	1		http/ngx_http_js_module
js_fetch_trusted_certificate	19	stream,stream-server	1		stream/ngx_stream_js_module
js_fetch_verify	19	http,server,location	flag		http/ngx_http_js_module	on
js_fetch_verify	19	stream,stream-server	flag		stream/ngx_stream_js_module	on
js_fetch_verify_depth	19	http,server,location	1		http/ngx_http_js_module	100
js_fetch_verify_depth	19	stream,stream-server	1		stream/ngx_stream_js_module	100
js_filter	19	stream,stream-server	1		stream/ngx_stream_js_module
js_header_filter	19	location,if-location,limit_except	1		http/ngx_http_js_module
js_import	19	http,server,location	1,3		http/ngx_http_js_module
js_import	19	stream,stream-server	1,3		stream/ngx_stream_js_module
js_include	19	http	1		http/ngx_http_js_module
js_include	19	stream	1		stream/ngx_stream_js_module
js_load_http_native_module	19	main	1,3
js_load_http_native_module	19	main	1-3		http/ngx_http_js_module
js_load_stream_native_module	19	main	1,3
js_load_stream_native_module	19	main	1-3		stream/ngx_stream_js_module
js_path	19	http,server,location	1		http/ngx_http_js_module
js_path	19	stream,stream-server	1		stream/ngx_stream_js_module
js_periodic	19	location	0-		http/ngx_http_js_module
js_periodic	19	stream-server	0-		stream/ngx_stream_js_module
js_preload_object	19	http,server,location	1,3		http/ngx_http_js_module
js_preload_object	19	stream,stream-server	1,3		stream/ngx_stream_js_module
js_preread	19	stream,stream-server	1		stream/ngx_stream_js_module
js_set	19	http,server,location	2-3		http/ngx_http_js_module
js_set	19	stream,stream-server	2-3		stream/ngx_stream_js_module
js_shared_dict_zone	19	http	1-		http/ngx_http_js_module
js_shared_dict_zone	19	stream	1-		stream/ngx_stream_js_module
js_var	19	http,server,location	1-2		http/ngx_http_js_module
js_var	19	stream,stream-server	1-2		stream/ngx_stream_js_module
kafka	66	http	0
kafka_broker	66	location	1
kafka_topic	66	location	1
ldap_server	31	http	1{	entries
learning_mode	36	http,server,location,limit_except	0
length_hiding	71	http,server,location,if-location	flag
length_hiding_max	71	http,server,location	1
length_hiding_types	71	http,server,location	1-
libinjection_sql	36	http,server,location,limit_except	0
libinjection_xss	36	http,server,location,limit_except	0
limit_req_whitelist	79	http,server,location	1-
limit_traffic_rate	84	http,server,location	2
limit_traffic_rate_zone	84	http	3
listen	8	rtmp-server	1-2
live	8	rtmp,rtmp-server,rtmp-application	1
log_by_lua	0	http,server,location,if-location	1
log_by_lua_block	0	http,server,location,if-location	0{	lua
log_by_lua_block	26	stream,stream-server	0{	lua
log_by_lua_file	0	http,server,location,if-location	1
log_by_lua_file	26	stream,stream-server	1
log_format	8	rtmp,rtmp-server,rtmp-application	2-
lua	70	main	0{	entries
lua_add_variable	26	stream	1
lua_capture_error_log	0	http	1
lua_capture_error_log	26	stream	1
lua_check_client_abort	0	http,server,location,if-location	flag
lua_check_client_abort	26	stream,stream-server	flag
lua_code_cache	0	http,server,location,if-location	flag
lua_code_cache	26	stream,stream-server	flag
lua_error_log_request_id	70	http,server,location	1
lua_http10_buffering	0	http,server,location,if-location	flag
lua_kong_error_log_request_id	69	http,server,location	1
lua_kong_load_var_index	69	http	1
lua_kong_set_static_tag	69	location	1
lua_load_resty_core	0	http	flag
lua_load_resty_core	26	stream	flag
lua_malloc_trim	0	http	1
lua_malloc_trim	26	stream	1
lua_max_pending_timers	0	http	1
lua_max_pending_timers	26	stream	1
lua_max_running_timers	0	http	1
lua_max_running_timers	26	stream	1
lua_need_request_body	0	http,server,location,if-location	flag
lua_package_cpath	0	http	1
lua_package_cpath	26	stream	1
lua_package_path	0	http	1
lua_package_path	26	stream	1
lua_regex_cache_max_entries	0	http	1
lua_regex_cache_max_entries	26	stream	1
lua_regex_match_limit	0	http	1
lua_regex_match_limit	26	stream	1
lua_sa_restart	0	http	flag
lua_sa_restart	26	stream	flag
lua_shared_dict	0	http	2
lua_shared_dict	26	stream	2
lua_socket_buffer_size	0	http,server,location,if-location	1
lua_socket_buffer_size	26	stream,stream-server	1
lua_socket_connect_timeout	0	http,server,location,if-location	1
lua_socket_connect_timeout	26	stream,stream-server	1
lua_socket_keepalive_timeout	0	http,server,location,if-location	1
lua_socket_keepalive_timeout	26	stream,stream-server	1
lua_socket_log_errors	0	http,server,location,if-location	flag
lua_socket_log_errors	26	stream,stream-server	flag
lua_socket_pool_size	0	http,server,location,if-location	1
lua_socket_pool_size	26	stream,stream-server	1
lua_socket_read_timeout	0	http,server,location,if-location	1
lua_socket_read_timeout	26	stream,stream-server	1
lua_socket_send_lowat	0	http,server,location,if-location	1
lua_socket_send_lowat	26	stream,stream-server	1
lua_socket_send_timeout	0	http,server,location,if-location	1
lua_socket_send_timeout	26	stream,stream-server	1
lua_ssl_certificate	0	http,server,location	1
lua_ssl_certificate_key	0	http,server,location	1
lua_ssl_ciphers	0	http,server,location	1
lua_ssl_ciphers	26	stream,stream-server	1
lua_ssl_conf_command	0	http,server,location	2
lua_ssl_conf_command	26	stream,stream-server	2
lua_ssl_crl	0	http,server,location	1
lua_ssl_crl	26	stream,stream-server	1
lua_ssl_key_log	0	http,server,location	1
lua_ssl_protocols	0	http,server,location	1-
lua_ssl_protocols	26	stream,stream-server	1-
lua_ssl_trusted_certificate	0	http,server,location	1
lua_ssl_trusted_certificate	26	stream,stream-server	1
lua_ssl_verify_depth	0	http,server,location	1
lua_ssl_verify_depth	26	stream,stream-server	1
lua_thread_cache_max_entries	0	http	1
lua_transform_underscores_in_response_headers	0	http,server,location,if-location	flag
lua_upstream_skip_openssl_default_verify	0	location,if-location	flag
lua_use_default_type	0	http,server,location,if-location	flag
lua_worker_thread_vm_pool_size	0	http	1
main_rule	36	http	1-
max_connections	8	rtmp,rtmp-server,rtmp-application	1
max_message	8	rtmp,rtmp-server	1
max_streams	8	rtmp,rtmp-server	1
memc_buffer_size	4	http,server,location	1
memc_cmds_allowed	4	http,server,location,if-location	1-
memc_connect_timeout	4	http,server,location	1
memc_flags_to_last_modified	4	location,if-location	flag
memc_ignore_client_abort	4	location,if-location	flag
memc_next_upstream	4	http,server,location	1-
memc_pass	4	location,if-location	1
memc_read_timeout	4	http,server,location	1
memc_send_timeout	4	http,server,location	1
memc_upstream_fail_timeout	4	http,server,location	1
memc_upstream_max_fails	4	http,server,location	1
meta	8	rtmp,rtmp-server,rtmp-application	1
metric	85		
metric_complex_zone	85		
metric_zone	85		
modsecurity	7	http,server,location	flag
modsecurity_rules	7	http,server,location	1
modsecurity_rules_file	7	http,server,location	1
modsecurity_rules_remote	7	http,server,location	2
modsecurity_transaction_id	7	http,server,location	1-
modsecurity_use_error_log	7	http,server,location	flag
more_clear_headers	22	http,server,location,if-location	1-
more_clear_input_headers	22	http,server,location,if-location	1-
more_set_headers	22	http,server,location,if-location	1-
more_set_input_headers	22	http,server,location,if-location	1-
mruby_access_handler	75	http,server,location,if-location	1-2
mruby_access_handler_code	75	http,server,location,if-location	1
mruby_add_handler	75	server,location	flag
mruby_cache	75	server,location	flag
mruby_content_handler	75	http,server,location,if-location	1-2
mruby_content_handler_code	75	http,server,location,if-location	1
mruby_exit_worker	75	http	1-2
mruby_exit_worker_code	75	http	1
mruby_init	75	http	1-2
mruby_init_code	75	http	1
mruby_init_worker	75	http	1-2
mruby_init_worker_code	75	http	1
mruby_log_handler	75	http,server,location,if-location	1-2
mruby_log_handler_code	75	http,server,location,if-location	1
mruby_output_filter	75	http,server,location,if-location	1-2
mruby_output_filter_code	75	http,server,location,if-location	1
mruby_post_read_handler	75	http,server,location,if-location	1-2
mruby_post_read_handler_code	75	http,server,location,if-location	1
mruby_rewrite_handler	75	http,server,location,if-location	1-2
mruby_rewrite_handler_code	75	http,server,location,if-location	1
mruby_server_rewrite_handler	75	http,server,location,if-location	1-2
mruby_server_rewrite_handler_code	75	http,server,location,if-location	1
mruby_set	75	http,server,location,if-location	2-
mruby_set_code	75	http,server,location,if-location	2-
naxsi_log	36	http,server,location,limit_except	1-
nchan_access_control_allow_credentials	9	http,server,location,if-location	1
nchan_access_control_allow_origin	9	http,server,location,if-location	1
nchan_authorize_request	9	server,location,if-location	1
nchan_benchmark	9	location	0
nchan_benchmark_channels	9	location	1
nchan_benchmark_message_padding_bytes	9	location	1
nchan_benchmark_messages_per_channel_per_minute	9	location	1
nchan_benchmark_publisher_distribution	9	location	1
nchan_benchmark_subscriber_distribution	9	location	1
nchan_benchmark_subscribers_per_channel	9	location	1
nchan_benchmark_time	9	location	1
nchan_channel_event_string	9	server,location,if-location	1
nchan_channel_events_channel_id	9	server,location,if-location	1
nchan_channel_group	9	server,location,if-location	1
nchan_channel_group_accounting	9	server,location	1
nchan_channel_id	9	server,location,if-location	1-7
nchan_channel_id_split_delimiter	9	server,location,if-location	1
nchan_channel_timeout	9	http,server,location	1
nchan_deflate_message_for_websocket	9	server,location	1
nchan_eventsource_event	9	server,location,if-location	1
nchan_eventsource_ping_comment	9	server,location,if-location	1
nchan_eventsource_ping_data	9	server,location,if-location	1
nchan_eventsource_ping_event	9	server,location,if-location	1
nchan_eventsource_ping_interval	9	server,location,if-location	1
nchan_group_location	9	location	0-3
nchan_group_max_channels	9	location	1
nchan_group_max_messages	9	location	1
nchan_group_max_messages_disk	9	location	1
nchan_group_max_messages_memory	9	location	1
nchan_group_max_subscribers	9	location	1
nchan_longpoll_multipart_response	9	server,location,if-location	1
nchan_max_channel_id_length	9	http,server,location	1
nchan_max_channel_subscribers	9	http,server,location	1
nchan_max_reserved_memory	9	http	1
nchan_message_buffer_length	9	http,server,location	1
nchan_message_max_buffer_length	9	http,server,location	1
nchan_message_temp_path	9	http	1
nchan_message_timeout	9	http,server,location	1
nchan_permessage_deflate_compression_level	9	http	1
nchan_permessage_deflate_compression_memlevel	9	http	1
nchan_permessage_deflate_compression_strategy	9	http	1
nchan_permessage_deflate_compression_window	9	http	1
nchan_pub_channel_id	9	server,location,if-location	1-7
nchan_publisher	9	server,location,if-location	0-2
nchan_publisher_channel_id	9	server,location,if-location	1-7
nchan_publisher_location	9	server,location,if-location	0-2
nchan_publisher_upstream_request	9	server,location,if-location	1
nchan_pubsub	9	server,location,if-location	0-6
nchan_pubsub_channel_id	9	server,location,if-location	1-7
nchan_pubsub_location	9	server,location,if-location	0-6
nchan_redis_accurate_subscriber_count	9	upstream	1
nchan_redis_cluster_check_interval	9	upstream	1
nchan_redis_cluster_check_interval_backoff	9	upstream	1
nchan_redis_cluster_check_interval_jitter	9	upstream	1
nchan_redis_cluster_check_interval_max	9	upstream	1
nchan_redis_cluster_check_interval_min	9	upstream	1
nchan_redis_cluster_connect_timeout	9	upstream	1
nchan_redis_cluster_max_failing_time	9	upstream	1
nchan_redis_cluster_recovery_delay	9	upstream	1
nchan_redis_cluster_recovery_delay_backoff	9	upstream	1
nchan_redis_cluster_recovery_delay_jitter	9	upstream	1
nchan_redis_cluster_recovery_delay_max	9	upstream	1
nchan_redis_cluster_recovery_delay_min	9	upstream	1
nchan_redis_command_timeout	9	upstream	1
nchan_redis_connect_timeout	9	upstream	1
nchan_redis_discovered_ip_range_blacklist	9	upstream	1-7
nchan_redis_fakesub_timer_interval	9	http	1
nchan_redis_idle_channel_cache_timeout	9	http,server,location	1
nchan_redis_idle_channel_keepalive_backoff	9	upstream	1
nchan_redis_idle_channel_keepalive_jitter	9	upstream	1
nchan_redis_idle_channel_keepalive_max	9	upstream	1
nchan_redis_idle_channel_keepalive_min	9	upstream	1
nchan_redis_idle_channel_keepalive_safety_margin	9	upstream	1
nchan_redis_load_scripts_unconditionally	9	upstream	1
nchan_redis_namespace	9	http,server,location,upstream	1
nchan_redis_node_connect_timeout	9	upstream	1
nchan_redis_nostore_fastpublish	9	http,server,upstream	1
nchan_redis_optimize_target	9	upstream	1
nchan_redis_pass	9	http,server,location	1
nchan_redis_pass_inheritable	9	http,server,location	1
nchan_redis_password	9	upstream	1
nchan_redis_ping_interval	9	http,server,location,upstream	1
nchan_redis_publish_msgpacked_max_size	9	http	1
nchan_redis_reconnect_delay	9	upstream	1
nchan_redis_reconnect_delay_backoff	9	upstream	1
nchan_redis_reconnect_delay_jitter	9	upstream	1
nchan_redis_reconnect_delay_max	9	upstream	1
nchan_redis_reconnect_delay_min	9	upstream	1
nchan_redis_retry_commands	9	upstream	1
nchan_redis_retry_commands_max_wait	9	upstream	1
nchan_redis_server	9	upstream	1-2
nchan_redis_ssl	9	upstream	1
nchan_redis_ssl_ciphers	9	upstream	1
nchan_redis_ssl_client_certificate	9	upstream	1
nchan_redis_ssl_client_certificate_key	9	upstream	1
nchan_redis_ssl_server_name	9	upstream	1
nchan_redis_ssl_trusted_certificate	9	upstream	1
nchan_redis_ssl_trusted_certificate_path	9	upstream	1
nchan_redis_ssl_verify_certificate	9	upstream	1
nchan_redis_storage_mode	9	http,server,location,upstream	1
nchan_redis_subscribe_weights	9	upstream	1-2
nchan_redis_tls	9	upstream	1
nchan_redis_tls_ciphers	9	upstream	1
nchan_redis_tls_client_certificate	9	upstream	1
nchan_redis_tls_server_name	9	upstream	1
nchan_redis_tls_trusted_certificate	9	upstream	1
nchan_redis_tls_trusted_certificate_path	9	upstream	1
nchan_redis_tls_verify_certificate	9	upstream	1
nchan_redis_upstream_stats	9	server,location	1
nchan_redis_upstream_stats_disconnected_timeout	9	upstream	1
nchan_redis_upstream_stats_enabled	9	upstream	1
nchan_redis_url	9	http,server,location	1
nchan_redis_username	9	upstream	1
nchan_redis_wait_after_connecting	9	http,server,location	1
nchan_shared_memory_size	9	http	1
nchan_storage_engine	9	http,server,location	1
nchan_store_messages	9	http,server,location,if-location	1
nchan_stub_status	9	location	0
nchan_sub_channel_id	9	server,location,if-location	1-7
nchan_subscribe_existing_channels_only	9	http,server,location	1
nchan_subscribe_request	9	server,location,if-location	1
nchan_subscriber	9	server,location,if-location	0-5
nchan_subscriber_channel_id	9	server,location,if-location	1-7
nchan_subscriber_compound_etag_message_id	9	server,location,if-location	1
nchan_subscriber_first_message	9	server,location,if-location	1
nchan_subscriber_http_raw_stream_separator	9	server,location,if-location	1
nchan_subscriber_info	9	location	0
nchan_subscriber_info_string	9	server,location	1
nchan_subscriber_last_message_id	9	server,location,if-location	1-5
nchan_subscriber_location	9	server,location,if-location	0-5
nchan_subscriber_message_id_custom_etag_header	9	server,location,if-location	1
nchan_subscriber_timeout	9	http,server,location,if-location	1
nchan_unsubscribe_request	9	server,location,if-location	1
nchan_use_redis	9	http,server,location	1
nchan_websocket_client_heartbeat	9	server,location,if-location	2
nchan_websocket_ping_interval	9	server,location,if-location	1
netcall_buffer	8	rtmp,rtmp-server	1
netcall_timeout	8	rtmp,rtmp-server	1
notify_method	8	rtmp,rtmp-server,rtmp-application	1
notify_relay_redirect	8	rtmp,rtmp-server,rtmp-application	1
notify_update_strict	8	rtmp,rtmp-server,rtmp-application	1
notify_update_timeout	8	rtmp,rtmp-server,rtmp-application	1
on_connect	8	rtmp,rtmp-server	1
on_disconnect	8	rtmp,rtmp-server	1
on_done	8	rtmp,rtmp-server,rtmp-application	1
on_play	8	rtmp,rtmp-server,rtmp-application	1
on_play_done	8	rtmp,rtmp-server,rtmp-application	1
on_publish	8	rtmp,rtmp-server,rtmp-application	1
on_publish_done	8	rtmp,rtmp-server,rtmp-application	1
on_record_done	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1
on_update	8	rtmp,rtmp-server,rtmp-application	1
opentelemetry	56	http,server,location	flag
opentelemetry_attribute	56	http,server,location	2
opentelemetry_capture_headers	56	http,server,location	flag
opentelemetry_config	56	http	1
opentelemetry_ignore_paths	56	http,server,location	1
opentelemetry_operation_name	56	http,server,location	1
opentelemetry_propagate	56	http,server,location	0-1
opentelemetry_sensitive_header_names	56	http,server,location	1
opentelemetry_sensitive_header_values	56	http,server,location	1
opentelemetry_trust_incoming_spans	56	http,server,location	flag
opentracing	34	http,server,location	flag
opentracing_fastcgi_propagate_context	34	http,server,location	0
opentracing_grpc_propagate_context	34	http,server,location	0
opentracing_load_tracer	34	http,server	2
opentracing_location_operation_name	34	http,server,location	1
opentracing_operation_name	34	http,server,location	1
opentracing_propagate_context	34	http,server,location	0
opentracing_tag	34	http,server,location	2
opentracing_trace_locations	34	http,server,location	flag
opentracing_trust_incoming_span	34	http,server,location	flag
otel_exporter	29	http	0{	block	ngx_otel_module
otel_resource_attr	29	http	2		ngx_otel_module
otel_service_name	29	http	1		ngx_otel_module
otel_span_attr	29	http,server,location	2		ngx_otel_module
otel_span_name	29	http,server,location	1		ngx_otel_module
otel_trace	29	http,server,location	1		ngx_otel_module
otel_trace_context	29	http,server,location	1		ngx_otel_module
out_cork	8	rtmp,rtmp-server	1
out_queue	8	rtmp,rtmp-server	1
pagespeed	37	http,server,location,if-location	1-5
passenger_abort_on_startup_error	18	http	flag
passenger_abort_websockets_on_process_shutdown	18	http,server,location,if-location	flag
passenger_admin_panel_auth_type	18	http	1
passenger_admin_panel_password	18	http	1
passenger_admin_panel_url	18	http	1
passenger_admin_panel_username	18	http	1
passenger_analytics_log_group	18	http	1
passenger_analytics_log_user	18	http	1
passenger_anonymous_telemetry_proxy	18	http	1
passenger_app_env	18	http,server,location,if-location	1
passenger_app_file_descriptor_ulimit	18	http,server,location,if-location	1
passenger_app_group_name	18	http,server,location,if-location	1
passenger_app_log_file	18	http,server,location,if-location	1
passenger_app_rights	18	http,server,location,if-location	1
passenger_app_root	18	http,server,location,if-location	1
passenger_app_start_command	18	http,server,location,if-location	1
passenger_app_type	18	http,server,location,if-location	1
passenger_base_uri	18	http,server,location,if-location	1
passenger_buffer_response	18	http,server,location,if-location	flag
passenger_buffer_size	18	http,server,location,if-location	1
passenger_buffer_upload	18	http,server,location,if-location	flag
passenger_buffers	18	http,server,location,if-location	2
passenger_busy_buffers_size	18	http,server,location,if-location	1
passenger_concurrency_model	18	http,server,location,if-location	1
passenger_core_file_descriptor_ulimit	18	http	1
passenger_ctl	18	http	2
passenger_custom_error_page	18	http,server,location,if-location	1
passenger_data_buffer_dir	18	http	1
passenger_debug_log_file	18	http	1
passenger_debugger	18	http,server,location,if-location	flag
passenger_default_group	18	http	1
passenger_default_user	18	http	1
passenger_direct_instance_request_address	18	http,server,location,if-location	1
passenger_disable_anonymous_telemetry	18	http	flag
passenger_disable_log_prefix	18	http	flag
passenger_disable_security_update_check	18	http	flag
passenger_document_root	18	http,server,location,if-location	1
passenger_dump_config_manifest	18	http	1
passenger_enabled	18	http,server,location,if-location	flag
passenger_env_var	18	http,server,location,if-location	2
passenger_file_descriptor_log_file	18	http	1
passenger_fly_with	18	http	1
passenger_force_max_concurrent_requests_per_process	18	http,server,location,if-location	1
passenger_friendly_error_pages	18	http,server,location,if-location	flag
passenger_group	18	http,server,location,if-location	1
passenger_headers_hash_bucket_size	18	http,server,location,if-location	1
passenger_headers_hash_max_size	18	http,server,location,if-location	1
passenger_ignore_client_abort	18	http,server,location,if-location	flag
passenger_ignore_headers	18	http,server,location,if-location	1-
passenger_instance_registry_dir	18	http	1
passenger_intercept_errors	18	http,server,location,if-location	flag
passenger_load_shell_envvars	18	http,server,location,if-location	flag
passenger_log_file	18	http	1
passenger_log_level	18	http	1
passenger_max_instances	18	http,server,location,if-location	1
passenger_max_instances_per_app	18	http	1
passenger_max_pool_size	18	http	1
passenger_max_preloader_idle_time	18	http,server,location,if-location	1
passenger_max_request_queue_size	18	http,server,location,if-location	1
passenger_max_request_queue_time	18	http,server,location,if-location	1
passenger_max_request_time	18	http,server,location,if-location	1
passenger_max_requests	18	http,server,location,if-location	1
passenger_memory_limit	18	http,server,location,if-location	1
passenger_meteor_app_settings	18	http,server,location,if-location	1
passenger_min_instances	18	http,server,location,if-location	1
passenger_monitor_log_file	18	http,server,location,if-location	1
passenger_nodejs	18	http,server,location,if-location	1
passenger_old_routing	18	http	flag
passenger_pass_header	18	http,server,location,if-location	1
passenger_pool_idle_time	18	http	1
passenger_pre_start	18	http	1
passenger_preload_bundler	18	http,server,location,if-location	flag
passenger_python	18	http,server,location,if-location	1
passenger_read_timeout	18	http,server,location,if-location	1
passenger_request_buffering	18	http,server,location,if-location	flag
passenger_request_queue_overflow_status_code	18	http,server,location,if-location	1
passenger_resist_deployment_errors	18	http,server,location,if-location	flag
passenger_response_buffer_high_watermark	18	http	1
passenger_restart_dir	18	http,server,location,if-location	1
passenger_rolling_restarts	18	http,server,location,if-location	flag
passenger_root	18	http	1
passenger_ruby	18	http,server,location,if-location	1
passenger_security_update_check_proxy	18	http	1
passenger_set_cgi_param	18	http,server,location,if-location	2
passenger_set_header	18	http,server,location,if-location	2
passenger_show_version_in_header	18	http	flag
passenger_socket_backlog	18	http	1
passenger_spawn_dir	18	http	1
passenger_spawn_exception_status_code	18	http,server,location,if-location	1
passenger_spawn_method	18	http,server,location,if-location	1
passenger_start_timeout	18	http,server,location,if-location	1
passenger_startup_file	18	http,server,location,if-location	1
passenger_stat_throttle_rate	18	http	1
passenger_sticky_sessions	18	http,server,location,if-location	flag
passenger_sticky_sessions_cookie_attributes	18	http,server,location,if-location	1
passenger_sticky_sessions_cookie_name	18	http,server,location,if-location	1
passenger_temp_dir	18	http	1
passenger_temp_path	18	http,server,location,if-location	1
passenger_thread_count	18	http,server,location,if-location	1
passenger_turbocaching	18	http	flag
passenger_use_global_queue	18	http,server,location,if-location	flag
passenger_user	18	http,server,location,if-location	1
passenger_user_switching	18	http	flag
passenger_vary_turbocache_by_cookie	18	http,server,location,if-location	1
phantom_token	82	http,server,location	flag
phantom_token_client_credential	82	location	2
phantom_token_client_credential_file	82	location	2
phantom_token_introspection_endpoint	82	location	1
phantom_token_realm	82	location	1
phantom_token_scopes	82	location	1
ping	8	rtmp,rtmp-server	1
ping_timeout	8	rtmp,rtmp-server	1
play	8	rtmp,rtmp-server,rtmp-application	1-
play_local_path	8	rtmp,rtmp-server,rtmp-application	1
play_restart	8	rtmp,rtmp-server,rtmp-application	1
play_temp_path	8	rtmp,rtmp-server,rtmp-application	1
play_time_fix	8	rtmp,rtmp-server,rtmp-application	1
postgres_connect_timeout	57	http,server,location	1
postgres_escape	57	http,server,location	1-2
postgres_keepalive	57	upstream	1-
postgres_output	57	http,server,location,if-location	1-
postgres_pass	57	location,if-location	1
postgres_query	57	http,server,location,if-location	1-
postgres_result_timeout	57	http,server,location	1
postgres_rewrite	57	http,server,location,if-location	2-
postgres_server	57	upstream	1-
postgres_set	57	http,server,location	3-4
precontent_by_lua_block	0	http,server,location,if-location	0{	lua
precontent_by_lua_file	0	http,server,location,if-location	1
precontent_by_lua_no_postpone	0	http	flag
preferred_chain	20	acme_issuer	1		http/ngx_http_acme_module
preread_by_lua_block	26	stream,stream-server	0{	lua
preread_by_lua_file	26	stream,stream-server	1
preread_by_lua_no_postpone	26	stream	flag
profile	20	acme_issuer	1-2		http/ngx_http_acme_module
prometheus	85		
prometheus_template	85	http	1{	entries
proxy_cache_purge	30	http,server,location	1-
proxy_connect	48	server	0
proxy_connect_address	48	http,server	1
proxy_connect_allow	48	server	1-
proxy_connect_bind	48	http,server	1-2
proxy_connect_connect_timeout	48	http,server	1
proxy_connect_data_timeout	48	http,server	1
proxy_connect_read_timeout	48	http,server	1
proxy_connect_response	48	http,server	1
proxy_connect_send_lowat	48	http,server	1
proxy_connect_send_timeout	48	http,server	1
proxy_connection_drop	85		
proxy_enable_ntls	86	http,server,location,stream,stream-server	flag
proxy_http3_hq	85		
proxy_quic_gso	85		
proxy_quic_host_key	85		
proxy_ssl_certificate_by_lua_block	0	location,if-location	0{	lua
proxy_ssl_certificate_by_lua_block	26	stream-server	0{	lua
proxy_ssl_certificate_by_lua_file	0	location,if-location	1
proxy_ssl_certificate_by_lua_file	26	stream-server	1
proxy_ssl_enc_certificate	86	http,server,location,stream,stream-server	1
proxy_ssl_enc_certificate_key	86	http,server,location,stream,stream-server	1
proxy_ssl_ntls	85		
proxy_ssl_sign_certificate	86	http,server,location,stream,stream-server	1
proxy_ssl_sign_certificate_key	86	http,server,location,stream,stream-server	1
proxy_ssl_verify_by_lua_block	0	location,if-location	0{	lua
proxy_ssl_verify_by_lua_block	26	stream-server	0{	lua
proxy_ssl_verify_by_lua_file	0	location,if-location	1
proxy_ssl_verify_by_lua_file	26	stream-server	1
publish_notify	8	rtmp,rtmp-server,rtmp-application	1
publish_time_fix	8	rtmp,rtmp-server,rtmp-application	1
pull	8	rtmp-application	1-
pull_reconnect	8	rtmp,rtmp-server,rtmp-application	1
push	8	rtmp-application	1-
push_authorized_channels_only	9	http,server,location	1
push_channel_group	9	server,location,if-location	1
push_channel_timeout	9	http,server,location	1
push_max_channel_id_length	9	http,server,location	1
push_max_channel_subscribers	9	http,server,location	1
push_max_message_buffer_length	9	http,server,location	1
push_max_reserved_memory	9	http	1
push_message_buffer_length	9	http,server,location	1
push_message_timeout	9	http,server,location	1
push_min_message_buffer_length	9	server,location,if-location	1
push_publisher	9	server,location,if-location	0-2
push_reconnect	8	rtmp,rtmp-server,rtmp-application	1
push_store_messages	9	http,server,location,if-location	1
push_stream_allow_connections_to_events_channel	14	http,server,location,if-location	1
push_stream_allowed_origins	14	http,server,location	1
push_stream_authorized_channels_only	14	http,server,location	1
push_stream_channel_deleted_message_text	14	http	1
push_stream_channel_inactivity_time	14	http	1
push_stream_channel_info_on_publish	14	http,server,location	1
push_stream_channels_path	14	http,server,location,if-location	1
push_stream_channels_statistics	14	location	0
push_stream_events_channel_id	14	http	1
push_stream_footer_template	14	http,server,location	1
push_stream_header_template	14	http,server,location	1
push_stream_header_template_file	14	http,server,location	1
push_stream_last_event_id	14	http,server,location,if-location	1
push_stream_last_received_message_tag	14	http,server,location,if-location	1
push_stream_last_received_message_time	14	http,server,location,if-location	1
push_stream_longpolling_connection_ttl	14	http,server,location	1
push_stream_max_channel_id_length	14	http	1
push_stream_max_messages_stored_per_channel	14	http	1
push_stream_max_number_of_channels	14	http	1
push_stream_max_number_of_wildcard_channels	14	http	1
push_stream_max_subscribers_per_channel	14	http	1
push_stream_message_template	14	http,server,location	1
push_stream_message_ttl	14	http	1
push_stream_padding_by_user_agent	14	http,server,location	1
push_stream_ping_message_interval	14	http,server,location	1
push_stream_ping_message_text	14	http	1
push_stream_publisher	14	location	0-1
push_stream_shared_memory_size	14	http	1-2
push_stream_store_messages	14	http,server,location,if-location	1
push_stream_subscriber	14	location	0-1
push_stream_subscriber_connection_ttl	14	http,server,location	1
push_stream_timeout_with_body	14	http	1
push_stream_user_agent	14	http,server,location	1
push_stream_websocket_allow_publish	14	http,server,location	1
push_stream_wildcard_channel_max_qtd	14	http,server,location	1
push_stream_wildcard_channel_prefix	14	http	1
push_subscriber	9	server,location,if-location	0-5
push_subscriber_concurrency	9	server,location,if-location	1
push_subscriber_timeout	9	http,server,location,if-location	1
rack_env	18	http,server,location,if-location	1
rails_app_spawner_idle_time	18	http,server,location,if-location	1
rails_env	18	http,server,location,if-location	1
rails_framework_spawner_idle_time	18	http,server,location,if-location	1
rails_spawn_method	18	http,server,location,if-location	1
rdp_preread	85		
rds_json	62	http,server,location,if-location	flag
rds_json_buffer_size	62	http,server,location,if-location	1
rds_json_content_type	62	http,server,location,if-location	1
rds_json_errcode_key	62	http,server,location,if-location	1
rds_json_errstr_key	62	http,server,location,if-location	1
rds_json_format	62	http,server,location,if-location	1
rds_json_ret	62	location,if-location	2-
rds_json_success_property	62	http,server,location,if-location	1
rds_json_user_property	62	http,server,location,if-location	2
record	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1-
record_append	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1
record_interval	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1
record_lock	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1
record_max_frames	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1
record_max_size	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1
record_notify	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1
record_path	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1
record_suffix	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1
record_unique	8	rtmp,rtmp-server,rtmp-application,rtmp-recorder	1
recorder	8	rtmp-application	1{	block
redis2_bind	38	http,server,location	1
redis2_buffer_size	38	http,server,location	1
redis2_connect_timeout	38	http,server,location	1
redis2_literal_raw_query	38	location,if-location	1
redis2_next_upstream	38	http,server,location	1-
redis2_pass	38	location,if-location	1
redis2_query	38	location,if-location	1-
redis2_raw_queries	38	location,if-location	2
redis2_raw_query	38	location,if-location	1
redis2_read_timeout	38	http,server,location	1
redis2_send_timeout	38	http,server,location	1
redis_bind	59	http,server,location	1
redis_buffer_size	59		
redis_connect_timeout	59	http,server,location	1
redis_next_upstream	59		
redis_pass	59	location,if-location	1
redis_read_timeout	59		
redis_send_timeout	59	http,server,location	1
relay_buffer	8	rtmp,rtmp-server	1
report_uploads	16	http,server,location	1
req_status	79	http,server,location	1-
req_status_bypass	79	http,server,location	1-
req_status_show	79	server,location	0-
req_status_show_field	79	location	1-
req_status_zone	79	http	2-
respawn	8	rtmp,rtmp-server,rtmp-application	1
respawn_timeout	8	rtmp,rtmp-server,rtmp-application	1
response_time_factor	85		
reuse_port	79	events	flag
rewrite_by_lua	0	http,server,location,if-location	1
rewrite_by_lua_block	0	http,server,location,if-location	0{	lua
rewrite_by_lua_file	0	http,server,location,if-location	1
rewrite_by_lua_no_postpone	0	http	flag
rtmp	8	main	0{	block
rtmp_auto_push	8	main	1
rtmp_auto_push_reconnect	8	main	1
rtmp_control	8	http,server,location	1-
rtmp_socket_dir	8	main	1
rtmp_stat	8	http,server,location	1-
rtmp_stat_stylesheet	8	http,server,location	1
rules_disabled	36	http,server,location,limit_except	0
rules_enabled	36	http,server,location,limit_except	0
s3_bucket	77		
scgi_cache_purge	30	http,server,location	1-
scgi_connection_drop	85		
secure_link_hmac	74	http,server,location	1
secure_link_hmac_algorithm	74	http,server,location	1
secure_link_hmac_message	74	http,server,location	1
secure_link_hmac_secret	74	http,server,location	1
secure_token	81	http,server,location	1
secure_token_avoid_cookies	81	http,server,location	flag
secure_token_tokenize_segments	81	http,server,location	flag
secure_token_types	81	http,server,location	1-
security_headers	63		
security_headers_referrer_policy	63		
server	8	rtmp	0{	block
server_admin	79	http,server,location	1
server_id	85		
server_info	79	http,server,location	flag
server_rewrite_by_lua_block	0	http,server	0{	lua
server_rewrite_by_lua_file	0	http,server	1
server_tag	79	http,server,location	1
server_traffic_status	61		
server_traffic_status_zone	61		
session_relay	8	rtmp,rtmp-server,rtmp-application	1
session_sticky	79	upstream	0-
session_sticky_header	79	http,server,location	1-2
session_sticky_hide_cookie	79	http,server,location	1
set_base32_alphabet	3	http,server,location,if-server,if-location	1
set_base32_padding	3	http,server,location,if-server,if-location	flag
set_by_lua	0	server,location,if-server,if-location	2-
set_by_lua_block	0	server,location,if-server,if-location	1{	lua
set_by_lua_file	0	server,location,if-server,if-location	2-
set_consistent_hashed_upstream	3	http,server,location,if-server,if-location	3
set_cookie_flag	49	server,location	1-
set_decode_base32	3	http,server,location,if-server,if-location	1-2
set_decode_base64	3	http,server,location,if-server,if-location	1-2
set_decode_base64url	3	http,server,location,if-server,if-location	1-2
set_decode_hex	3	http,server,location,if-server,if-location	1-2
set_decrypt_session	25	http,server,location,if-server,if-location	1-2
set_encode_base32	3	http,server,location,if-server,if-location	1-2
set_encode_base64	3	http,server,location,if-server,if-location	1-2
set_encode_base64url	3	http,server,location,if-server,if-location	1-2
set_encode_hex	3	http,server,location,if-server,if-location	1-2
set_encrypt_session	25	http,server,location,if-server,if-location	1-2
set_escape_uri	3	http,server,location,if-server,if-location	1-2
set_form_input	39	http,server,location	1-2
set_form_input_multi	39	http,server,location	1-2
set_formatted_gmt_time	3	http,server,location,if-server,if-location	2
set_formatted_local_time	3	http,server,location,if-server,if-location	2
set_from_accept_language	51	http,server,location	1-
set_hashed_upstream	3	http,server,location,if-server,if-location	3
set_hmac_sha1	3	http,server,location,if-server,if-location	3
set_hmac_sha256	3	http,server,location,if-server,if-location	3
set_iconv	40	location	4
set_if_empty	3	http,server,location,if-server,if-location	2
set_local_today	3	http,server,location,if-server,if-location	1
set_md5	3	http,server,location,if-server,if-location	1-2
set_misc_base32_padding	3	http,server,location,if-server,if-location	flag
set_quote_json_str	3	http,server,location,if-server,if-location	1-2
set_quote_pgsql_str	3	http,server,location,if-server,if-location	1-2
set_quote_sql_str	3	http,server,location,if-server,if-location	1-2
set_random	3	http,server,location,if-server,if-location	3
set_rotate	3	http,server,location,if-server,if-location	3
set_secure_random_alphanum	3	http,server,location,if-server,if-location	1-2
set_secure_random_lcalpha	3	http,server,location,if-server,if-location	1-2
set_sha1	3	http,server,location,if-server,if-location	1-2
set_unescape_uri	3	http,server,location,if-server,if-location	1-2
shib_request	44	http,server,location	1-
shib_request_set	44	http,server,location	2
shib_request_use_headers	44	http,server,location	flag
slab_stat	79	location	0
slowfs_big_file_size	78	http,server,location	1
slowfs_cache	78	http,server,location	
slowfs_cache_key	78	http,server,location	
slowfs_cache_min_uses	78	http,server,location	1
slowfs_cache_path	78	http	2-
slowfs_cache_purge	78	location	2
slowfs_cache_valid	78	http,server,location	1-
slowfs_temp_path	78		
small_light	67	http,server,location	flag
small_light_buffer	67	http,server	1
small_light_getparam_mode	67	http,server,location	flag
small_light_imlib2_temp_dir	67	server	1-4
small_light_material_dir	67	server	1
small_light_pattern_define	67	server	2
small_light_radius_max	67	http,server,location	1
small_light_sigma_max	67	http,server,location	1
so_keepalive	8	rtmp,rtmp-server	flag
sorted_querysting_filter_parameter	45	http,server,location,if-location	1-
srcache_buffer	5	http,server,location,if-location	1
srcache_default_expire	5	http,server,location,if-location	1
srcache_fetch	5	http,server,location,if-location	2-3
srcache_fetch_skip	5	http,server,location,if-location	1
srcache_header_buffer_size	5	http,server,location,if-location	1
srcache_ignore_content_encoding	5	http,server,location	flag
srcache_max_expire	5	http,server,location,if-location	1
srcache_methods	5	http,server,location	1-
srcache_request_cache_control	5	http,server,location	flag
srcache_response_cache_control	5	http,server,location	flag
srcache_store	5	http,server,location,if-location	2-3
srcache_store_hide_header	5	http,server,location	1
srcache_store_max_size	5	http,server,location,if-location	1
srcache_store_no_cache	5	http,server,location	flag
srcache_store_no_store	5	http,server,location	flag
srcache_store_pass_header	5	http,server,location	1
srcache_store_private	5	http,server,location	flag
srcache_store_ranges	5	http,server,location	flag
srcache_store_skip	5	http,server,location,if-location	1
srcache_store_statuses	5	http,server,location,if-location	1-
ssl_async	79	http,server	flag
ssl_asynch	79	http,server	flag
ssl_certificate_by_lua_block	0	http,server	0{	lua
ssl_certificate_by_lua_block	26	stream,stream-server	0{	lua
ssl_certificate_by_lua_file	0	http,server	1
ssl_certificate_by_lua_file	26	stream,stream-server	1
ssl_client_hello_by_lua_block	0	http,server	0{	lua
ssl_client_hello_by_lua_block	26	stream,stream-server	0{	lua
ssl_client_hello_by_lua_file	0	http,server	1
ssl_client_hello_by_lua_file	26	stream,stream-server	1
ssl_ct	23	http,server	flag
ssl_ct	23	mail,mail-server	flag
ssl_ct_static_scts	23	http,server	1
ssl_ct_static_scts	23	mail,mail-server	1
ssl_dyn_rec_enable	24	http,server	flag
ssl_dyn_rec_size_hi	24	http,server	1
ssl_dyn_rec_size_lo	24	http,server	1
ssl_dyn_rec_threshold	24	http,server	1
ssl_dyn_rec_timeout	24	http,server	1
ssl_enc_certificate	86	http,server,stream,stream-server	1
ssl_enc_certificate_key	86	http,server,stream,stream-server	1
ssl_ntls	85		
ssl_session_fetch_by_lua_block	0	http	0{	lua
ssl_session_fetch_by_lua_file	0	http	1
ssl_session_store_by_lua_block	0	http	0{	lua
ssl_session_store_by_lua_file	0	http	1
ssl_sign_certificate	86	http,server,stream,stream-server	1
ssl_sign_certificate_key	86	http,server,stream,stream-server	1
ssl_trusted_certificate	20	acme_issuer	1
ssl_verify	20	acme_issuer	flag		http/ngx_http_acme_module	on
state_path	20	acme_issuer	1		http/ngx_http_acme_module	acme_<issuer>
sticky	46	upstream	0-
sticky_hide_cookie	46	server,location	0
sticky_no_fallback	46	server,location	0
sticky_secret	85		
sticky_strict	85		
stream_buckets	8	rtmp,rtmp-server,rtmp-application	1
stream_server_traffic_status	61	http,server,location	flag
stream_server_traffic_status_display	61	server,location	0-1
stream_server_traffic_status_display_format	61	server,location	1
stream_server_traffic_status_zone	61	http	0-1
subs_buffers	15	http,server,location	2
subs_filter	15	http,server,location	2-
subs_filter_bypass	15	http,server,location	1-
subs_filter_types	15	http,server,location	1-
subs_line_buffer_size	15	http,server,location	2
sync	8	rtmp,rtmp-server,rtmp-application	1
sysguard	79	http,server,location	flag
sysguard_interval	79	http,server,location	1
sysguard_load	79	http,server,location	1-2
sysguard_mem	79	http,server,location	1-2
sysguard_mode	79	http,server,location	1
sysguard_rt	79	http,server,location	1-4
testcookie	35	http,server,if-server,location,if-location	1
testcookie_arg	35	http,server,location	1
testcookie_deny_keepalive	35	http,server,location	flag
testcookie_domain	35	http,server,location	1
testcookie_expires	35	http,server,location	1
testcookie_fallback	35	http,server,location	1
testcookie_get_only	35	http,server,location	flag
testcookie_httponly_flag	35	http,server,location	flag
testcookie_https_location	35	http,server,location	flag
testcookie_internal	35	http,server,location	flag
testcookie_max_attempts	35	http,server,location	1
testcookie_name	35	http,server,location	1
testcookie_p3p	35	http,server,location	1
testcookie_pass	35	http,server,location	1
testcookie_path	35	http,server,location	1
testcookie_port_in_redirect	35	http,server,location	flag
testcookie_redirect_via_refresh	35	http,server,location	flag
testcookie_refresh_encrypt_cookie	35	http,server,location	flag
testcookie_refresh_encrypt_cookie_iv	35	http,server,location	1
testcookie_refresh_encrypt_cookie_key	35	http,server,location	1
testcookie_refresh_status	35	http,server,location	1
testcookie_refresh_template	35	http,server,location	1
testcookie_samesite	35	http,server,location	1
testcookie_secret	35	http,server,location	1
testcookie_secure_flag	35	http,server,location	1
testcookie_session	35	http,server,location	1
testcookie_whitelist	35	http,server	0{	entries
timeout	8	rtmp,rtmp-server	1
track_uploads	16	http,server,location	2
trim	79	http,server,location	1
trim_css	79	http,server,location	1
trim_js	79	http,server,location	1
trim_types	79	http,server,location	1-
unbrotli	73	http,server,location	flag
unbrotli_buffers	73	http,server,location	2
union_station_filter	18	http,server,location,if-location	1
union_station_gateway_address	18	http	1
union_station_gateway_cert	18	http	1
union_station_gateway_port	18	http	1
union_station_key	18	http,server,location,if-location	1
union_station_proxy_address	18	http	1
union_station_support	18	http,server,location,if-location	flag
upload_add_header	32	http,server,location,limit_except,if-location	2
upload_aggregate_form_field	32	http,server,location,limit_except,if-location	2
upload_buffer_size	32	http,server,location,limit_except,if-location	1
upload_cleanup	32	http,server,location,limit_except,if-location	1-
upload_empty_fiels_names	32	http,server,location,limit_except,if-location	flag
upload_limit_rate	32	http,server,location,limit_except,if-location	1
upload_max_file_size	32	http,server,location,limit_except,if-location	1
upload_max_output_body_len	32	http,server,location,limit_except,if-location	1
upload_max_part_header_len	32	http,server,location,limit_except,if-location	1
upload_merge_buffer_size	32	http,server,location	1
upload_pass	32	http,server,location,limit_except,if-location	1
upload_pass_args	32	http,server,location,limit_except,if-location	flag
upload_pass_form_field	32	http,server,location,limit_except,if-location	1
upload_progress	16	http	2
upload_progress_content_type	16	http,server,location	1
upload_progress_header	16	http,server,location	1
upload_progress_java_output	16	http,server,location	0
upload_progress_json_output	16	http,server,location	0
upload_progress_jsonp_output	16	http,server,location	0
upload_progress_jsonp_parameter	16	http,server,location	1
upload_progress_template	16	http,server,location	2
upload_range_header_buffer_size	32	http,server,location	1
upload_resumable	32	http,server,location,limit_except,if-location	flag
upload_set_form_field	32	http,server,location,limit_except,if-location	2
upload_state_store	32	http,server,location	1-4
upload_store	32	http,server,location,limit_except,if-location	1-4
upload_store_access	32	http,server,location,limit_except,if-location	1-3
upload_tame_arrays	32	http,server,location,limit_except,if-location	flag
upstream_fair_shm_size	17	http	1
upstream_probe	85		
upstream_probe_timeout	85		
upstream_show	50	location	0
upsync	50	upstream	1-
upsync_dump_path	50	upstream	1
upsync_lb	50	upstream	1
uri	20	acme_issuer	1		http/ngx_http_acme_module
uwsgi_cache_purge	30	http,server,location	1-
uwsgi_connection_drop	85		
uwsgi_ssl_ntls	85		
vhost_traffic_status	21	http,server,location	flag
vhost_traffic_status_average_method	21	http,server,location	1-2
vhost_traffic_status_bypass_limit	21	http,server,location	flag
vhost_traffic_status_bypass_stats	21	http,server,location	flag
vhost_traffic_status_display	21	server,location	0-1
vhost_traffic_status_display_format	21	server,location	1
vhost_traffic_status_display_jsonp	21	server,location	1
vhost_traffic_status_display_sum_key	21	server,location	1
vhost_traffic_status_dump	21	http	1-2
vhost_traffic_status_filter	21	http,server,location	flag
vhost_traffic_status_filter_by_host	21	http,server,location	flag
vhost_traffic_status_filter_by_set_key	21	http,server,location	1-2
vhost_traffic_status_filter_check_duplicate	21	http,server,location	flag
vhost_traffic_status_filter_max_node	21	http	1-
vhost_traffic_status_histogram_buckets	21	http,server,location	1-
vhost_traffic_status_ignore_status	21	http,server,location	1-
vhost_traffic_status_limit	21	http,server,location	flag
vhost_traffic_status_limit_check_duplicate	21	http,server,location	flag
vhost_traffic_status_limit_traffic	21	http,server,location	1-2
vhost_traffic_status_limit_traffic_by_set_key	21	http,server,location	2-3
vhost_traffic_status_measure_status_codes	21	http	1-
vhost_traffic_status_set_by_filter	21	http,server,location,if-location	2
vhost_traffic_status_stats_by_upstream	21	http	flag
vhost_traffic_status_zone	21	http	0-1
vnswrr	79	upstream	0-
vod	64	location	1
vod_align_segments_to_key_frames	64	http,server,location	1
vod_apply_dynamic_mapping	64	http,server,location	1
vod_base_url	64	http,server,location	1
vod_bootstrap_segment_durations	64	http,server,location	1
vod_cache_buffer_size	64	http,server,location	1
vod_clip_from_param_name	64	http,server,location	1
vod_clip_to_param_name	64	http,server,location	1
vod_dash_absolute_manifest_urls	64	http,server,location	1
vod_dash_fragment_file_name_prefix	64	http,server,location	1
vod_dash_init_file_name_prefix	64	http,server,location	1
vod_dash_manifest_file_name_prefix	64	http,server,location	1
vod_drm_clear_lead_segment_count	64	http,server,location	1
vod_drm_enabled	64	http,server,location	1
vod_drm_info_cache	64	http,server,location	1-3
vod_drm_max_info_length	64	http,server,location	1
vod_drm_request_uri	64	http,server,location	1
vod_drm_single_key	64	http,server,location	1
vod_drm_upstream_location	64	http,server,location	1
vod_dynamic_clip_map_uri	64	http,server,location	1
vod_dynamic_mapping_cache	64	http,server,location	1-3
vod_expires	64	http,server,location	1
vod_expires_live	64	http,server,location	1
vod_expires_live_time_dependent	64	http,server,location	1
vod_fallback_upstream_location	64	http,server,location	1
vod_force_continuous_timestamps	64	http,server,location	1
vod_gop_look_ahead	64	http,server,location	1
vod_gop_look_behind	64	http,server,location	1
vod_hds_fragment_file_name_prefix	64	http,server,location	1
vod_hds_manifest_file_name_prefix	64	http,server,location	1
vod_hls_absolute_iframe_urls	64	http,server,location	1
vod_hls_absolute_index_urls	64	http,server,location	1
vod_hls_absolute_master_urls	64	http,server,location	1
vod_hls_container_format	64	http,server,location	1
vod_hls_encryption_key_file_name	64	http,server,location	1
vod_hls_encryption_key_format	64	http,server,location	1
vod_hls_encryption_key_format_versions	64	http,server,location	1
vod_hls_encryption_key_uri	64	http,server,location	1
vod_hls_encryption_method	64	http,server,location	1
vod_hls_force_unmuxed_segments	64	http,server,location	1
vod_hls_iframes_file_name_prefix	64	http,server,location	1
vod_hls_index_file_name_prefix	64	http,server,location	1
vod_hls_init_file_name_prefix	64	http,server,location	1
vod_hls_master_file_name_prefix	64	http,server,location	1
vod_hls_mpegts_align_frames	64	http,server,location	1
vod_hls_mpegts_interleave_frames	64	http,server,location	1
vod_hls_mpegts_output_id3_timestamps	64	http,server,location	1
vod_hls_segment_file_name_prefix	64	http,server,location	1
vod_ignore_edit_list	64	http,server,location	1
vod_initial_read_size	64	http,server,location	1
vod_lang_param_name	64	http,server,location	1
vod_last_modified	64	http,server,location	1
vod_last_modified_types	64	http,server,location	1-
vod_live_mapping_cache	64	http,server,location	1-3
vod_live_response_cache	64	http,server,location	1-3
vod_live_window_duration	64	http,server,location	1
vod_manifest_duration_policy	64	http,server,location	1
vod_manifest_segment_durations_mode	64	http,server,location	1
vod_mapping_cache	64	http,server,location	1-3
vod_max_frames_size	64	http,server,location	1
vod_max_mapping_response_size	64	http,server,location	1
vod_max_metadata_size	64	http,server,location	1
vod_max_upstream_headers_size	64	http,server,location	1
vod_media_set_map_uri	64	http,server,location	1
vod_metadata_cache	64	http,server,location	1-3
vod_min_single_nalu_per_frame_segment	64	http,server,location	1
vod_mode	64	http,server,location	1
vod_mss_duplicate_bitrate_threshold	64	http,server,location	1
vod_mss_manifest_file_name_prefix	64	http,server,location	1
vod_multi_uri_suffix	64	http,server,location	1
vod_notification_uri	64	http,server,location	1
vod_open_file_thread_pool	64	http,server,location	0-1
vod_output_buffer_pool	64	http,server,location	2
vod_path_response_postfix	64	http,server,location	1
vod_path_response_prefix	64	http,server,location	1
vod_performance_counters	64	http,server,location	1
vod_proxy_header_name	64	http,server,location	1
vod_proxy_header_value	64	http,server,location	1
vod_redirect_segments_url	64	http,server,location	1
vod_remote_upstream_location	64	http,server,location	1
vod_response_cache	64	http,server,location	1-3
vod_secret_key	64	http,server,location	1
vod_segment_count_policy	64	http,server,location	1
vod_segment_duration	64	http,server,location	1
vod_segments_base_url	64	http,server,location	1
vod_source_clip_map_uri	64	http,server,location	1
vod_speed_param_name	64	http,server,location	1
vod_status	64	location	0
vod_thumb_accurate_positioning	64	http,server,location	1
vod_thumb_file_name_prefix	64	http,server,location	1
vod_time_shift_param_name	64	http,server,location	1
vod_tracks_param_name	64	http,server,location	1
vod_upstream_extra_args	64	http,server,location	1
vod_upstream_location	64	http,server,location	1
vod_volume_map_file_name_prefix	64	http,server,location	1
vod_volume_map_interval	64	http,server,location	1
waf	60	http,server,location	1
waf_cache	60	http,server,location	1-
waf_captcha	60	http,server,location	1-
waf_cc_deny	60	http,server,location	1-
waf_mode	60	http,server,location	1-
waf_priority	60		
waf_rule_path	60	http,server,location	1
waf_under_attack	60	http,server,location	1-
waf_zone	60	http	2
wait_key	8	rtmp,rtmp-server,rtmp-application	1
wait_video	8	rtmp,rtmp-server,rtmp-application	1
wasm_vm	87	http	1
xss_callback_arg	53	http,server,location,if-location	1
xss_check_status	53	http,server,location,if-location	flag
xss_get	53	http,server,location,if-location	flag
xss_input_types	53	http,server,location,if-location	1-
xss_output_type	53	http,server,location,if-location	1-
xss_override_status	53	http,server,location,if-location	flag
zstd	27	http,server,location,if-location	flag
zstd_buffers	27	http,server,location	2
zstd_comp_level	27	http,server,location	1
zstd_min_length	27	http,server,location	1
zstd_types	27	http,server,location	1-
`;
