/**
 * Variables that nginx and known modules define, one a line, columns by tab: name (`*`: a prefix), `http` or `stream`, module,
 * first version, `set` where `set` may change it, source of a third party.
 * Source: nginx 1.31.4 and all release tags since 0.5.0, nginx-acme, nginx-module-vts.
 */
export const variableRows = `
acme_certificate	http	http_acme			nginx-acme src/variables.rs
acme_certificate_key	http	http_acme			nginx-acme src/variables.rs
ancient_browser	http	http_browser	1.13.4	set
arg_*	http	http_core	0.6.36	set
args	http	http_core		set
binary_remote_addr	http	http_core	0.5.6
binary_remote_addr	stream	stream_core	1.11.2
body_bytes_sent	http	http_core
bytes_received	stream	stream_core	1.11.4
bytes_sent	http	http_core	1.2.5
bytes_sent	stream	stream_core	1.11.2
connection	http	http_core	1.2.5
connection	stream	stream_core	1.11.2
connection_requests	http	http_core	1.2.5
connection_time	http	http_core	1.19.10
connections_active	http	http_stub_status	1.3.14
connections_reading	http	http_stub_status	1.3.14
connections_waiting	http	http_stub_status	1.3.15
connections_writing	http	http_stub_status	1.3.14
content_length	http	http_core
content_type	http	http_core
cookie_*	http	http_core	0.6.36	set
date_gmt	http	http_ssi
date_local	http	http_ssi
document_root	http	http_core
document_uri	http	http_core
fastcgi_path_info	http	http_fastcgi	0.7.31
fastcgi_script_name	http	http_fastcgi
geoip_area_code	http	http_geoip	0.8.48
geoip_area_code	stream	stream_geoip	1.11.3
geoip_city	http	http_geoip	0.7.63
geoip_city	stream	stream_geoip	1.11.3
geoip_city_continent_code	http	http_geoip	0.7.66
geoip_city_continent_code	stream	stream_geoip	1.11.3
geoip_city_country_code	http	http_geoip	0.7.63
geoip_city_country_code	stream	stream_geoip	1.11.3
geoip_city_country_code3	http	http_geoip	0.7.63
geoip_city_country_code3	stream	stream_geoip	1.11.3
geoip_city_country_name	http	http_geoip	0.7.63
geoip_city_country_name	stream	stream_geoip	1.11.3
geoip_country_code	http	http_geoip	0.7.63
geoip_country_code	stream	stream_geoip	1.11.3
geoip_country_code3	http	http_geoip	0.7.63
geoip_country_code3	stream	stream_geoip	1.11.3
geoip_country_name	http	http_geoip	0.7.63
geoip_country_name	stream	stream_geoip	1.11.3
geoip_dma_code	http	http_geoip	0.8.48
geoip_dma_code	stream	stream_geoip	1.11.3
geoip_latitude	http	http_geoip	0.7.66
geoip_latitude	stream	stream_geoip	1.11.3
geoip_longitude	http	http_geoip	0.7.66
geoip_longitude	stream	stream_geoip	1.11.3
geoip_org	http	http_geoip	1.0.3
geoip_org	stream	stream_geoip	1.11.3
geoip_postal_code	http	http_geoip	0.7.63
geoip_postal_code	stream	stream_geoip	1.11.3
geoip_region	http	http_geoip	0.7.63
geoip_region	stream	stream_geoip	1.11.3
geoip_region_name	http	http_geoip	0.8.48
geoip_region_name	stream	stream_geoip	1.11.3
grpc_internal_trailers	http	http_grpc	1.13.10
gzip_ratio	http	http_gzip
host	http	http_core
hostname	http	http_core	0.6.32
hostname	stream	stream_core	1.11.2
http2	http	http_v2	1.9.5
http3	http	http_v3	1.25.0
http_*	http	http_core		set
http_cookie	http	http_core
http_host	http	http_core
http_referer	http	http_core
http_user_agent	http	http_core
http_via	http	http_core
http_x_forwarded_for	http	http_core
https	http	http_core	1.1.11
invalid_referer	http	http_referer	1.13.4	set
is_args	http	http_core	0.5.30
is_request_port	http	http_core	1.29.3
jwt_claim_*	http	http_auth_jwt			nginx.org docs only
jwt_header_*	http	http_auth_jwt			nginx.org docs only
jwt_payload	http	http_auth_jwt			nginx.org docs only
limit_conn_status	http	http_limit_conn	1.17.6
limit_conn_status	stream	stream_limit_conn	1.17.6
limit_rate	http	http_core		set
limit_req_status	http	http_limit_req	1.17.6
modern_browser	http	http_browser	1.13.4	set
mqtt_preread_clientid	stream	stream_mqtt_preread			nginx.org docs only
mqtt_preread_username	stream	stream_mqtt_preread			nginx.org docs only
msec	http	http_core	1.2.6
msec	stream	stream_core	1.11.2
msie	http	http_browser	1.13.4	set
nginx_version	http	http_core	0.5.29
nginx_version	stream	stream_core	1.11.2
oidc_access_token	http	http_oidc			nginx.org docs only
oidc_claim_*	http	http_oidc			nginx.org docs only
oidc_id_token	http	http_oidc			nginx.org docs only
oidc_userinfo	http	http_oidc			nginx.org docs only
otel_parent_id	http	otel			nginx.org docs only
otel_parent_sampled	http	otel			nginx.org docs only
otel_span_id	http	otel			nginx.org docs only
otel_trace_id	http	otel			nginx.org docs only
pid	http	http_core	0.7.17
pid	stream	stream_core	1.11.2
pipe	http	http_core	1.2.7
protocol	stream	stream_core	1.11.4
proxy_add_x_forwarded_for	http	http_proxy
proxy_host	http	http_proxy		set
proxy_internal_body_length	http	http_proxy
proxy_internal_chunked	http	http_proxy	1.7.11
proxy_internal_connection	http	http_proxy	1.29.4
proxy_internal_host	http	http_proxy	1.29.4	set
proxy_port	http	http_proxy		set
proxy_protocol_addr	http	http_core	1.5.12
proxy_protocol_addr	stream	stream_core	1.11.4
proxy_protocol_port	http	http_core	1.11.0
proxy_protocol_port	stream	stream_core	1.11.4
proxy_protocol_server_addr	http	http_core	1.17.6
proxy_protocol_server_addr	stream	stream_core	1.17.6
proxy_protocol_server_port	http	http_core	1.17.6
proxy_protocol_server_port	stream	stream_core	1.17.6
proxy_protocol_tlv_*	http	http_core	1.23.2	set
proxy_protocol_tlv_*	stream	stream_core	1.23.2	set
proxy_protocol_tlv_aws_vpce_id	http	http_proxy_protocol_vendor			nginx.org docs only
proxy_protocol_tlv_aws_vpce_id	stream	stream_proxy_protocol_vendor			nginx.org docs only
proxy_protocol_tlv_azure_pel_id	http	http_proxy_protocol_vendor			nginx.org docs only
proxy_protocol_tlv_azure_pel_id	stream	stream_proxy_protocol_vendor			nginx.org docs only
proxy_protocol_tlv_gcp_conn_id	http	http_proxy_protocol_vendor			nginx.org docs only
proxy_protocol_tlv_gcp_conn_id	stream	stream_proxy_protocol_vendor			nginx.org docs only
query_string	http	http_core
realip_remote_addr	http	http_realip	1.9.7
realip_remote_addr	stream	stream_realip	1.11.4
realip_remote_port	http	http_realip	1.11.0
realip_remote_port	stream	stream_realip	1.11.4
realpath_root	http	http_core	0.7.18
remote_addr	http	http_core
remote_addr	stream	stream_core	1.11.2
remote_port	http	http_core
remote_port	stream	stream_core	1.11.2
remote_user	http	http_core
request	http	http_core
request_body	http	http_core	0.7.58
request_body_file	http	http_core
request_completion	http	http_core
request_filename	http	http_core
request_id	http	http_core	1.11.0
request_length	http	http_core	1.2.7
request_method	http	http_core
request_port	http	http_core	1.29.3
request_time	http	http_core	1.2.6
request_uri	http	http_core
scheme	http	http_core
secure_link	http	http_secure_link	0.7.18
secure_link_expires	http	http_secure_link	0.8.50
sent_http_*	http	http_core		set
sent_http_cache_control	http	http_core
sent_http_connection	http	http_core
sent_http_content_length	http	http_core
sent_http_content_type	http	http_core
sent_http_keep_alive	http	http_core
sent_http_last_modified	http	http_core
sent_http_link	http	http_core	1.13.9
sent_http_location	http	http_core	0.7.33
sent_http_transfer_encoding	http	http_core
sent_trailer_*	http	http_core	1.13.2	set
server_addr	http	http_core
server_addr	stream	stream_core	1.11.2
server_name	http	http_core
server_name	stream	stream_core	1.25.5
server_port	http	http_core
server_port	stream	stream_core	1.11.2
server_protocol	http	http_core
session_log_binary_id	http	http_session_log			nginx.org docs only
session_log_id	http	http_session_log			nginx.org docs only
session_time	stream	stream_core	1.11.4
slice_range	http	http_slice	1.9.8
spdy	http	http_spdy	1.3.15
spdy_request_priority	http	http_spdy	1.3.15
ssl_alpn_protocol	http	http_ssl	1.21.4	set
ssl_alpn_protocol	stream	stream_ssl	1.21.4	set
ssl_cipher	http	http_ssl		set
ssl_cipher	stream	stream_ssl	1.11.2	set
ssl_ciphers	http	http_ssl	1.11.7	set
ssl_ciphers	stream	stream_ssl	1.11.7	set
ssl_client_cert	http	http_ssl	0.7.2	set
ssl_client_cert	stream	stream_ssl	1.11.8	set
ssl_client_escaped_cert	http	http_ssl	1.13.5	set
ssl_client_escaped_cert	stream	stream_ssl	1.13.5	set
ssl_client_fingerprint	http	http_ssl	1.7.1	set
ssl_client_fingerprint	stream	stream_ssl	1.11.8	set
ssl_client_i_dn	http	http_ssl		set
ssl_client_i_dn	stream	stream_ssl	1.11.8	set
ssl_client_i_dn_legacy	http	http_ssl	1.11.6	set
ssl_client_raw_cert	http	http_ssl	0.7.7	set
ssl_client_raw_cert	stream	stream_ssl	1.11.8	set
ssl_client_s_dn	http	http_ssl		set
ssl_client_s_dn	stream	stream_ssl	1.11.8	set
ssl_client_s_dn_legacy	http	http_ssl	1.11.6	set
ssl_client_serial	http	http_ssl		set
ssl_client_serial	stream	stream_ssl	1.11.8	set
ssl_client_sigalg	http	http_ssl	1.29.3	set
ssl_client_sigalg	stream	stream_ssl	1.29.3	set
ssl_client_v_end	http	http_ssl	1.11.7	set
ssl_client_v_end	stream	stream_ssl	1.11.8	set
ssl_client_v_remain	http	http_ssl	1.11.7	set
ssl_client_v_remain	stream	stream_ssl	1.11.8	set
ssl_client_v_start	http	http_ssl	1.11.7	set
ssl_client_v_start	stream	stream_ssl	1.11.8	set
ssl_client_verify	http	http_ssl	0.7.63	set
ssl_client_verify	stream	stream_ssl	1.11.8	set
ssl_curve	http	http_ssl	1.21.5	set
ssl_curve	stream	stream_ssl	1.21.5	set
ssl_curves	http	http_ssl	1.11.7	set
ssl_curves	stream	stream_ssl	1.11.7	set
ssl_early_data	http	http_ssl	1.15.3	set
ssl_ech_outer_server_name	http	http_ssl	1.29.4	set
ssl_ech_outer_server_name	stream	stream_ssl	1.29.4	set
ssl_ech_status	http	http_ssl	1.29.4	set
ssl_ech_status	stream	stream_ssl	1.29.4	set
ssl_preread_alpn_protocols	stream	stream_ssl_preread	1.13.10
ssl_preread_protocol	stream	stream_ssl_preread	1.15.2
ssl_preread_server_name	stream	stream_ssl_preread	1.11.5
ssl_protocol	http	http_ssl		set
ssl_protocol	stream	stream_ssl	1.11.2	set
ssl_server_name	http	http_ssl	1.7.0	set
ssl_server_name	stream	stream_ssl	1.11.2	set
ssl_session_id	http	http_ssl	0.7.65	set
ssl_session_id	stream	stream_ssl	1.11.2	set
ssl_session_reused	http	http_ssl	1.5.11	set
ssl_session_reused	stream	stream_ssl	1.11.2	set
ssl_sigalg	http	http_ssl	1.29.3	set
ssl_sigalg	stream	stream_ssl	1.29.3	set
ssl_sigalgs	http	http_ssl	1.31.2	set
ssl_sigalgs	stream	stream_ssl	1.31.2	set
status	http	http_core	1.2.2
status	stream	stream_core	1.11.4
tcpinfo_rcv_space	http	http_core	1.1.18
tcpinfo_rtt	http	http_core	1.1.18
tcpinfo_rttvar	http	http_core	1.1.18
tcpinfo_snd_cwnd	http	http_core	1.1.18
time_iso8601	http	http_core	1.2.7
time_iso8601	stream	stream_core	1.11.2
time_iso8601_ms	http	http_core			nginx.org docs only
time_iso8601_ms	stream	stream_core			nginx.org docs only
time_local	http	http_core	1.2.7
time_local	stream	stream_core	1.11.2
uid_got	http	http_userid
uid_reset	http	http_userid	1.0.5	set
uid_set	http	http_userid
upstream_addr	http	http_upstream	0.5.19
upstream_addr	stream	stream_upstream	1.11.4
upstream_bytes_received	http	http_upstream	1.11.4
upstream_bytes_received	stream	stream_upstream	1.11.4
upstream_bytes_sent	http	http_upstream	1.15.8
upstream_bytes_sent	stream	stream_upstream	1.11.4
upstream_cache_etag	http	http_upstream	1.7.3
upstream_cache_last_modified	http	http_upstream	1.5.7
upstream_cache_status	http	http_upstream	0.7.62
upstream_connect_time	http	http_upstream	1.9.1
upstream_connect_time	stream	stream_upstream	1.11.4
upstream_cookie_*	http	http_upstream	1.7.1	set
upstream_first_byte_time	stream	stream_upstream	1.11.4
upstream_header_time	http	http_upstream	1.7.10
upstream_http_*	http	http_upstream	0.5.18	set
upstream_last_addr	http	http_upstream			nginx.org docs only
upstream_last_addr	stream	stream_upstream			nginx.org docs only
upstream_last_server_name	http	http_upstream			nginx.org docs only
upstream_queue_time	http	http_upstream			nginx.org docs only
upstream_response_length	http	http_upstream	0.7.27
upstream_response_time	http	http_upstream
upstream_session_time	stream	stream_upstream	1.11.4
upstream_status	http	http_upstream
upstream_trailer_*	http	http_upstream	1.13.10	set
uri	http	http_core
vts_1xx_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_2xx_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_3xx_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_4xx_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_5xx_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_cache_bypass_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_cache_expired_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_cache_hit_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_cache_miss_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_cache_revalidated_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_cache_scarce_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_cache_stale_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_cache_updating_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_in_bytes	http	http_vhost_traffic_status			nginx-module-vts
vts_out_bytes	http	http_vhost_traffic_status			nginx-module-vts
vts_request_counter	http	http_vhost_traffic_status			nginx-module-vts
vts_request_time	http	http_vhost_traffic_status			nginx-module-vts
vts_request_time_counter	http	http_vhost_traffic_status			nginx-module-vts
`;
