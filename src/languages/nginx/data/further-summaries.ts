/**
 * What the other directives of nginx do: name, tab, a sentence without its full stop. Source: the directives' pages at nginx.org,
 * in our words. Rows of text, because most commands never ask.
 */
const rows = `absolute_redirect	Whether redirects that nginx makes itself name scheme and host, or the path alone
accept_mutex	Lets worker processes take turns in accepting connections
accept_mutex_delay	How long a worker waits before it tries again to accept connections
access_log	Where requests are logged, and in which format
add_after_body	Appends the answer of another request to the response
add_before_body	Puts the answer of another request in front of the response
add_header_inherit	Whether headers of the block around are kept where a block has some of its own
add_trailer	Adds a field behind the body of responses
add_trailer_inherit	Whether trailers of the block around are kept where a block has some of its own
addition_types	Content types besides HTML to which texts are added
aio	Reads files without blocking the worker process
aio_write	Writes files without blocking the worker process, where aio is on
allow	Lets an address or network in; the first rule that fits decides
ancient_browser	Words in User-Agent that mark a browser as an old one
ancient_browser_value	The value of $ancient_browser
auth_basic_user_file	The file of user names and password hashes
auth_delay	Delays answers with code 401, against guessing by time
auth_http	The HTTP server that mail logins are checked with
auth_http_header	Adds a header to requests to the authentication server
auth_http_pass_client_cert	Hands the client's certificate to the authentication server
auth_http_timeout	How long the authentication server may take
auth_request	Asks another location whether a request is let in: its answer 2xx does
auth_request_set	Sets a variable once the question of auth_request is answered
autoindex	Lists folders that have no index file
autoindex_exact_size	Whether sizes in folder lists are exact or rounded
autoindex_format	The format of folder lists: HTML, XML, JSON or JSONP
autoindex_localtime	Whether folder lists have local time or UTC
break	Stops the directives of the rewrite module
charset	Adds a character set to Content-Type
charset_map	A table that converts one character set into another
charset_types	Content types besides HTML that get a character set
chunked_transfer_encoding	Whether HTTP/1.1 clients get chunked responses
client_body_buffer_size	Memory for the body of a request; what is larger goes to a file
client_body_in_file_only	Whether request bodies are always written to files, and kept
client_body_in_single_buffer	Keeps the whole request body in one buffer
client_body_temp_path	The folder for request bodies that do not fit into memory
client_body_timeout	How long a client may pause while it sends the body
client_header_buffer_size	Memory for the request line and headers of most requests
client_header_timeout	How long a client may take to send the header of a request
client_max_body_size	The largest request body that is accepted; more gets 413
connection_pool_size	Memory that each connection starts with
create_full_put_path	Lets PUT create folders that are missing
daemon	Whether nginx runs in the background
dav_access	Permissions of files and folders that WebDAV makes
dav_methods	WebDAV methods that are allowed
debug_connection	Logs at level debug for clients of these addresses alone
debug_points	Stops or dumps the process when it finds an error of its own
deny	Keeps an address or network out; the first rule that fits decides
directio	Reads files from this size on past the cache of the system
directio_alignment	Alignment of direct reads
disable_symlinks	Whether paths with symbolic links are refused
early_hints	When responses with code 103 are passed on to clients
empty_gif	Answers with a transparent GIF of one pixel
env	Keeps, or sets, a variable of the environment for worker processes
error_page	What is sent instead of an error: a page or another location
etag	Whether files get an ETag
events	Settings of how connections are processed
expires	Sets Expires and Cache-Control of responses
flv	Lets Flash players start in the middle of a video
geo	Makes a variable whose value depends on the client's address
geoip_city	The database of cities by address
geoip_country	The database of countries by address
geoip_org	The database of organisations by address
geoip_proxy	Proxies whose X-Forwarded-For is believed
geoip_proxy_recursive	Takes the last address of X-Forwarded-For that is none of the proxies
google_perftools_profiles	The file for profiles of the worker processes
gunzip	Unpacks gzipped responses for clients that cannot
gunzip_buffers	Number and size of buffers for unpacking
gzip	Whether responses are compressed with gzip
gzip_buffers	Number and size of buffers for compression
gzip_comp_level	How hard gzip tries: 1 is fastest, 9 smallest
gzip_disable	User agents that get nothing compressed
gzip_http_version	The lowest version of HTTP that gets compressed responses
gzip_min_length	Responses shorter than this are not compressed
gzip_proxied	Which requests that came through a proxy get compressed responses
gzip_static	Sends files with .gz behind their name, made in advance
gzip_types	Content types besides HTML that are compressed
gzip_vary	Sends Vary: Accept-Encoding where compression may be in use
hash	Chooses the server of the group by the hash of this text
http	All settings of HTTP
http2_body_preread_size	Memory into which a request body is read before it is processed
http2_chunk_size	The largest part into which a response is cut
http2_idle_timeout	How long an idle HTTP/2 connection stays open
http2_max_concurrent_pushes	Number of responses that are pushed at a time
http2_max_concurrent_streams	Number of requests at a time on one HTTP/2 connection
http2_max_field_size	The largest compressed header field
http2_max_header_size	The largest whole header after unpacking
http2_max_requests	Requests on one HTTP/2 connection before it is closed
http2_push	Pushes a resource along with the response
http2_push_preload	Pushes what Link headers with preload name
http2_recv_buffer_size	Memory that each worker reads HTTP/2 into
http2_recv_timeout	How long to wait for more of an HTTP/2 request
http3_hq	Switches on the HTTP/0.9 over QUIC of interoperability tests
http3_max_concurrent_streams	Number of requests at a time on one HTTP/3 connection
http3_stream_buffer_size	Memory for reading and writing of QUIC streams
if	Settings for requests for which a condition holds; only return and rewrite are safe in a location
if_modified_since	How the time of a file is compared with If-Modified-Since
ignore_invalid_headers	Whether headers with names that are not allowed are skipped
image_filter	Turns, crops or resizes images
image_filter_buffer	The largest image that is read
image_filter_interlace	Whether images are built up in several passes
image_filter_jpeg_quality	Quality of JPEG images, 1 to 100
image_filter_sharpen	Sharpens images, in percent
image_filter_transparency	Whether transparency survives in GIF and PNG
image_filter_webp_quality	Quality of WebP images, 1 to 100
imap_auth	How IMAP clients may log in
imap_capabilities	Capabilities that IMAP clients are told about
imap_client_buffer	Memory for commands of IMAP clients
index	Files that answer for a folder
internal	Answers requests that nginx makes itself alone; others get 404
ip_hash	Chooses the server of the group by the client's address
json_max_depth	How deep documents that json_set reads may be nested
json_set	Makes a variable of a part of a JSON document in another one
keepalive	Idle connections to servers of the group that each worker keeps
keepalive_disable	Browsers that get no persistent connections
keepalive_min_timeout	How long idle connections stay open at least while the server shuts down
keepalive_requests	Requests on one connection before it is closed
keepalive_time	How long a connection may be used for requests
large_client_header_buffers	Number and size of buffers for large headers; more gets 400 or 414
least_conn	Chooses the server of the group with the fewest connections
least_time	Chooses the server of the group that answers fastest
limit_conn	Connections at a time for one key, such as an address
limit_conn_dry_run	Counts connections that are too many and limits none
limit_conn_log_level	Level at which refused connections are logged
limit_conn_status	The code that refused requests get
limit_conn_zone	The shared memory in which connections are counted, and by which key
limit_except	Settings for all methods but these
limit_rate	Bytes a second for a response
limit_rate_after	Bytes of a response before the rate is limited
limit_req	Limits the rate of requests for one key, such as an address
limit_req_dry_run	Counts requests that are too many and limits none
limit_req_log_level	Level at which refused and delayed requests are logged
limit_req_status	The code that refused requests get
limit_req_zone	The shared memory in which requests are counted, by which key and at which rate
lingering_close	Whether what a client still sends is read before the connection is closed
lingering_time	How long what a client still sends is read
lingering_timeout	How long to wait for more of what a client still sends
load_module	Loads a dynamic module
lock_file	The file by which processes lock each other out
log_format	A format for access logs
log_not_found	Whether files that do not exist are logged as errors
log_subrequest	Whether requests that nginx makes itself are logged
mail	All settings of mail proxies
map_hash_bucket_size	Size of a bucket in the tables of maps
map_hash_max_size	The largest table of a map
master_process	Whether worker processes are started
max_errors	Protocol errors after which a mail client is cut off
max_headers	Number of headers that a request may have
max_ranges	Number of ranges that a request may ask for
merge_slashes	Whether several slashes in a path count as one
min_delete_depth	Parts that a path must have to be deleted
mirror	Sends a copy of each request to another location, whose answer is ignored
mirror_request_body	Whether the body is copied too
modern_browser	The version from which on a browser counts as a new one
modern_browser_value	The value of $modern_browser
mp4	Lets players start in the middle of an MP4
mp4_buffer_size	Memory for reading the index of an MP4
mp4_max_buffer_size	The largest index of an MP4 that is read
mp4_start_key_frame	Whether a part of an MP4 begins with a key frame
msie_padding	Fills short error pages up for old Internet Explorers
msie_refresh	Sends a page that refreshes instead of a redirect to old Internet Explorers
multi_accept	Whether a worker accepts all waiting connections at once
open_file_cache	Keeps file handles, sizes and errors in memory
open_file_cache_errors	Whether errors of finding files are kept too
open_file_cache_events	Whether changes of cached files are told by the system
open_file_cache_min_uses	Uses in a while for a file to stay in the cache
open_file_cache_valid	How often what is cached is checked
open_log_file_cache	Keeps handles of log files whose names hold variables
output_buffers	Number and size of buffers for reading a file
override_charset	Whether a character set that the backend names is converted too
pass	Hands the connection on to an address: another server here, mostly
pcre_jit	Compiles regular expressions to machine code
perl	A Perl handler for the location
perl_modules	A folder of Perl modules
perl_require	A Perl module that is loaded at each reload
perl_set	Makes a variable by a Perl handler
pid	The file that holds the process id
pop3_auth	How POP3 clients may log in
pop3_capabilities	Capabilities that POP3 clients are told about
port_in_redirect	Whether redirects that nginx makes itself name the port
post_action	A location that is asked after the request has been answered
postpone_output	Bytes that are gathered before anything is sent
preread_buffer_size	Memory for what is read of a connection before it is handed on
preread_timeout	How long to wait for what is read of a connection before it is handed on
protocol	The mail protocol of the server
proxy	Whether mail is handed on to a backend
quic_active_connection_id_limit	Connection ids that a QUIC connection may keep
quic_bpf	Leads QUIC packets to the right worker process by eBPF
quic_gso	Sends several QUIC packets at once, as the system can
quic_host_key	The secret that tokens of QUIC are made with
random	Chooses the server of the group by chance
random_index	Answers for a folder with a file of it by chance
read_ahead	Bytes that the system reads in advance
real_ip_header	The header that holds the client's address
real_ip_recursive	Takes the last address of the header that is none of the trusted ones
recursive_error_pages	Whether an error page may lead to another one
referer_hash_bucket_size	Size of a bucket in the table of referers
referer_hash_max_size	The largest table of referers
request_pool_size	Memory that each request starts with
reset_timedout_connection	Resets connections that timed out, which frees their memory at once
resolver_timeout	How long a name may take to resolve
rewrite_log	Whether the rewrite module logs what it does
satisfy	Whether all kinds of access control must let a request in, or any
secure_link	The checksum and end of a signed link
secure_link_md5	What the checksum of a signed link is made of
secure_link_secret	The secret word of signed links
send_lowat	Bytes that are gathered before they are sent, where the system can
send_timeout	How long a client may take between two parts of a response
sendfile	Lets the system copy files to connections
sendfile_max_chunk	Bytes that one call of sendfile copies
server_name_in_redirect	Whether redirects that nginx makes itself name the first server_name
server_names_hash_bucket_size	Size of a bucket in the tables of server names: longer names need more
server_names_hash_max_size	The largest table of server names
set	Sets a variable
set_real_ip_from	Addresses that may tell the client's address in a header
slice	Asks for large files in parts of this size
smtp_auth	How SMTP clients may log in
smtp_capabilities	Extensions that SMTP clients are told about
smtp_client_buffer	Memory for commands of SMTP clients
smtp_greeting_delay	How long the greeting of SMTP waits, against spammers
source_charset	The character set that responses have
split_clients	Makes a variable that splits requests by share, as for A/B tests
ssi	Whether server side includes in responses are carried out
ssi_last_modified	Whether Last-Modified survives server side includes
ssi_min_file_chunk	Parts of a response from this size on are kept in files
ssi_silent_errors	Shows nothing where an include fails
ssi_types	Content types besides HTML that includes are looked for in
ssi_value_length	The longest value of a parameter of an include
ssl_engine	The hardware, or engine of OpenSSL, that computes
ssl_object_cache_inheritable	Keeps unchanged certificates and keys over a reload
starttls	Whether mail clients may, or must, switch to TLS
sticky	Leads a client to the same server of the group each time
stream	All settings of TCP and UDP proxies
stub_status	Answers with the numbers of connections and requests
sub_filter	Replaces a text in responses by another
sub_filter_last_modified	Whether Last-Modified survives the replacement
sub_filter_once	Whether a text is replaced once or everywhere
sub_filter_types	Content types besides HTML in which texts are replaced
subrequest_output_buffer_size	Memory for the answer of a request that nginx makes itself
tcp_nodelay	Sends small packets at once
tcp_nopush	Sends headers and the beginning of a file in one packet
thread_pool	Threads that read and write files
timeout	How long a connection to a mail client may be idle
timer_resolution	How often worker processes look at the clock
types_hash_bucket_size	Size of a bucket in the tables of content types
types_hash_max_size	The largest table of content types
underscores_in_headers	Whether header names may have underscores
uninitialized_variable_warn	Whether variables without a value are logged
use	How connections are watched: epoll, kqueue and so on
user	The user and group of the worker processes
userid	Marks clients by a cookie
userid_domain	The domain of the cookie
userid_expires	How long the browser keeps the cookie
userid_flags	Flags of the cookie, such as secure and samesite
userid_mark	A character that marks changed cookies
userid_name	The name of the cookie
userid_p3p	The P3P header that is sent with the cookie
userid_path	The path of the cookie
userid_service	A number by which servers tell their cookies apart
valid_referers	Which values of Referer make $invalid_referer empty
variables_hash_bucket_size	Size of a bucket in the table of variables
variables_hash_max_size	The largest table of variables
worker_aio_requests	Requests to read files that a worker may have open
worker_connections	Connections that a worker may have open, those to backends included
worker_cpu_affinity	Which processors the workers run on
worker_priority	Priority of the workers, as nice has it
worker_processes	Number of worker processes
worker_rlimit_core	The largest core file of a worker
worker_rlimit_nofile	Number of files that a worker may have open
worker_shutdown_timeout	How long old workers may go on after a reload
working_directory	The folder of the workers, for core files
xclient	Whether the client's address is handed to an SMTP backend
xml_entities	The file of XML entities
xml_external_entities	Whether external entities of XML are loaded
xslt_last_modified	Whether Last-Modified survives XSLT
xslt_param	A parameter for XSLT, as an expression
xslt_string_param	A parameter for XSLT, as a text
xslt_stylesheet	The stylesheet that responses go through
xslt_types	Content types besides XML that go through XSLT
zone	The shared memory in which the workers keep the state of the group`;

/** The same of directives that differ by the protocol to the backend alone, by what follows `proxy_`, `fastcgi_`, `grpc_`. */
const backendRows = `bind	The address from which the backend is connected
buffer	Memory for what is exchanged with the backend
buffer_size	Memory for the first part of the backend's answer, its headers
buffering	Whether the answer of the backend is read as fast as it comes, or as the client takes it
buffers	Number and size of buffers for the backend's answer
busy_buffers_size	Size of buffers that may be on their way to the client
cache	Keeps answers of the backend in this cache
cache_background_update	Renews stale answers in the background, while they are still sent
cache_bypass	When the backend is asked although the answer is in the cache
cache_convert_head	Whether HEAD is turned into GET for the cache
cache_key	What an answer is stored by
cache_lock	Lets one request at a time fill a place in the cache
cache_lock_age	How long the request that fills a place may take before another tries
cache_lock_timeout	How long others wait for it
cache_max_range_offset	Ranges that begin behind this go to the backend
cache_methods	Methods whose answers are cached
cache_min_uses	Requests after which an answer is cached
cache_path	A cache: its folder, its zone and its limits
cache_revalidate	Asks for stale answers with If-Modified-Since and If-None-Match
cache_use_stale	When a stale answer is sent
cache_valid	How long answers are kept, by code
catch_stderr	A text in the error output that makes the answer invalid
connect_timeout	How long a connection to the backend may take
cookie_domain	Changes the domain of the backend's cookies
cookie_flags	Sets flags of the backend's cookies, such as secure
cookie_path	Changes the path of the backend's cookies
download_rate	Bytes a second that are read from the backend
force_ranges	Whether ranges are served whatever the backend says
gzip_flag	The flag of answers that memcached holds compressed
half_close	Whether each direction of a connection is closed by itself
headers_hash_bucket_size	Size of a bucket in the tables of headers
headers_hash_max_size	The largest table of headers
hide_header	A header of the backend that clients do not get
http_version	The version of HTTP that the backend is spoken to with
ignore_client_abort	Goes on with the backend where the client has gone
ignore_headers	Headers of the backend that have no effect here
index	The file that is added to paths which end with a slash
intercept_errors	Whether error codes of the backend are answered by error_page
keep_conn	Whether the FastCGI server keeps the connection open
limit_rate	Bytes a second that are read from the backend
max_temp_file_size	The largest file for an answer that does not fit into memory
method	The method that the backend gets
modifier1	The first modifier of the uwsgi packet
modifier2	The second modifier of the uwsgi packet
next_upstream	When the next server of the group is tried
next_upstream_timeout	How long servers of the group are tried
next_upstream_tries	How many servers of the group are tried
no_cache	When an answer is not stored
param	A parameter for the backend
pass	Hands requests on to another server
pass_error_message	Whether clients see the error of the mail backend
pass_header	A header of the backend that clients get although it is hidden by default
pass_request_body	Whether the backend gets the body
pass_request_headers	Whether the backend gets the client's headers
pass_trailers	Whether clients get the trailers of the backend
protocol	Whether the backend is told the client's address by the PROXY protocol
protocol_timeout	How long the header of the PROXY protocol may take
read_timeout	How long the backend may pause while it answers
redirect	Changes Location and Refresh of the backend
request_buffering	Whether the whole body is read before the backend is asked
requests	Datagrams after which a client counts as a new one
responses	Datagrams that are expected in answer to one
send_lowat	Bytes that are gathered before they are sent to the backend, where the system can
send_timeout	How long the backend may pause while it takes the request
set_body	The body that the backend gets
set_header	A header that the backend gets; a block with one of its own inherits none from the block around it
smtp_auth	Whether users are logged in at the SMTP backend
socket_keepalive	Whether idle connections to the backend are probed
socket_rcvbuf	The receive buffer of connections to the backend
socket_sndbuf	The send buffer of connections to the backend
split_path_info	The regular expression that splits script and path
ssl	Whether the backend is spoken to with TLS
store	Keeps answers as files
store_access	Permissions of these files
string	A parameter for the backend, as a text
temp_file_write_size	Bytes that are written to a file at a time
temp_path	The folder for answers that do not fit into memory
timeout	How long a connection may be idle
upload_rate	Bytes a second that are read from the client`;

function read(text: string): ReadonlyMap<string, string> {
  return new Map(text.split('\n').map((row) => row.split('\t') as [string, string]));
}

let all: ReadonlyMap<string, string> | undefined;
let backends: ReadonlyMap<string, string> | undefined;

/** What a directive does, as a sentence without its full stop; undefined where nobody has written it down. */
export function furtherSummary(name: string): string | undefined {
  all ??= read(rows);
  backends ??= read(backendRows);
  const backend = /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached|tunnel)_(.+)$/.exec(name)?.[1];
  return all.get(name) ?? (backend === undefined ? undefined : backends.get(backend));
}

/** The names of all rows; those of backends as `proxy_` has them, or another prefix where that has none. */
export function furtherNames(): { readonly names: readonly string[]; readonly backends: readonly string[] } {
  return { names: namesOf(rows), backends: namesOf(backendRows) };
}

function namesOf(text: string): readonly string[] {
  return text.split('\n').map((row) => row.split('\t', 1)[0] ?? '');
}
