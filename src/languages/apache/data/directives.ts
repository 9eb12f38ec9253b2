/**
 * Every directive of Apache httpd 2.4, one a line, tab between fields: name, module (the first is the one of the manual
 * page), contexts, arguments, override classes, first version, last version, default, signature.
 *
 * Contexts are those that the server accepts: `s` server config, `v` virtual host, `d` directory, `l` location,
 * `p` proxy, `h` .htaccess; `<` marks a section. Arguments are the command macros of httpd's `http_config.h`: a number is
 * the exact count, `12` one or two, `23` two or three, `123` one to three, `ITERATE` one or more, `ITERATE2` two or more,
 * `FLAG` On or Off, `RAW` parsed by the directive itself (`RAW1`: at least one word), `ARGV` any number.
 *
 * Source: apache/httpd branch 2.4.x (docs/manual/mod/*.xml and the command tables), the 2.4.71 manual, and contexts and
 * counts measured with Apache 2.4.71.
 */
export const table = `
AcceptFilter	core	s	2					AcceptFilter {protocol} {accept_filter}
AcceptPathInfo	core	svdlph	1	FileInfo			Default	AcceptPathInfo On|Off|Default
AccessFileName	core	sv	RAW				.htaccess	AccessFileName {filename} [{filename}] ...
Action	mod_actions	svdlph	23	FileInfo				Action {action-type} {cgi-script} [virtual]
AddAlt	mod_autoindex	svdlph	ITERATE2	Indexes				AddAlt {string} {file} [{file}] ...
AddAltByEncoding	mod_autoindex	svdlph	ITERATE2	Indexes				AddAltByEncoding {string} {MIME-encoding} [{MIME-encoding}] ...
AddAltByType	mod_autoindex	svdlph	ITERATE2	Indexes				AddAltByType {string} {MIME-type} [{MIME-type}] ...
AddCharset	mod_mime	svdlph	ITERATE2	FileInfo				AddCharset {charset} {extension} [{extension}] ...
AddDefaultCharset	core	svdlph	1	FileInfo			Off	AddDefaultCharset On|Off|{charset}
AddDescription	mod_autoindex	svdlph	ITERATE2	Indexes				AddDescription {string file} [{file}] ...
AddEncoding	mod_mime	svdlph	ITERATE2	FileInfo				AddEncoding {encoding} {extension} [{extension}] ...
AddHandler	mod_mime	svdlph	ITERATE2	FileInfo				AddHandler {handler-name} {extension} [{extension}] ...
AddIcon	mod_autoindex	svdlph	ITERATE2	Indexes				AddIcon {icon} {name} [{name}] ...
AddIconByEncoding	mod_autoindex	svdlph	ITERATE2	Indexes				AddIconByEncoding {icon} {MIME-encoding} [{MIME-encoding}] ...
AddIconByType	mod_autoindex	svdlph	ITERATE2	Indexes				AddIconByType {icon} {MIME-type} [{MIME-type}] ...
AddInputFilter	mod_mime	svdlph	ITERATE2	FileInfo				AddInputFilter {filter}[;{filter}...] {extension} [{extension}] ...
AddLanguage	mod_mime	svdlph	ITERATE2	FileInfo				AddLanguage {language-tag} {extension} [{extension}] ...
AddModuleInfo	mod_info	sv	2					AddModuleInfo {module-name} {string}
AddOutputFilter	mod_mime	svdlph	ITERATE2	FileInfo				AddOutputFilter {filter}[;{filter}...] {extension} [{extension}] ...
AddOutputFilterByType	mod_filter	svdlph	ITERATE2	FileInfo				AddOutputFilterByType {filter}[;{filter}...] {media-type} [{media-type}] ...
AddType	mod_mime	svdlph	ITERATE2	FileInfo				AddType {media-type} {extension} [{extension}] ...
Alias	mod_alias	svlp	12					Alias [{URL-path}] {file-path}|{directory-path}
AliasMatch	mod_alias	sv	2					AliasMatch {regex} {file-path}|{directory-path}
AliasPreservePath	mod_alias	svdlph	FLAG	FileInfo	2.4.58		OFF	AliasPreservePath OFF|ON
Allow	mod_access_compat	dlph	ITERATE2	Limit				Allow from all|{host}|env=[!]{env-variable} [{host}|env=[!]{env-variable}] ...
AllowCONNECT	mod_proxy_connect	sv	ITERATE				443 563	AllowCONNECT {port}[-{port}] [{port}[-{port}]] ...
AllowEncodedSlashes	core	sv	1				Off	AllowEncodedSlashes On|Off|NoDecode
AllowMethods	mod_allowmethods	dlp	ARGV				reset	AllowMethods reset|{HTTP-method} [{HTTP-method}]...
AllowOverride	core	dlp	RAW				None	AllowOverride All|None|{directive-type} [{directive-type}] ...
AllowOverrideList	core	dlp	ARGV				None	AllowOverrideList None|{directive} [{directive}] ...
Anonymous	mod_authn_anon	dlph	ITERATE	AuthConfig				Anonymous {user} [{user}] ...
Anonymous_LogEmail	mod_authn_anon	dlph	FLAG	AuthConfig			On	Anonymous_LogEmail On|Off
Anonymous_MustGiveEmail	mod_authn_anon	dlph	FLAG	AuthConfig			On	Anonymous_MustGiveEmail On|Off
Anonymous_NoUserID	mod_authn_anon	dlph	FLAG	AuthConfig			Off	Anonymous_NoUserID On|Off
Anonymous_VerifyEmail	mod_authn_anon	dlph	FLAG	AuthConfig			Off	Anonymous_VerifyEmail On|Off
AsyncRequestWorkerFactor	event	s	1				2	AsyncRequestWorkerFactor {factor}
AuthBasicAuthoritative	mod_auth_basic	dlph	FLAG	AuthConfig			On	AuthBasicAuthoritative On|Off
AuthBasicFake	mod_auth_basic	dlph	12	AuthConfig	2.4.5		none	AuthBasicFake off|{username} [{password}]
AuthBasicProvider	mod_auth_basic	dlph	ITERATE	AuthConfig			file	AuthBasicProvider {provider-name} [{provider-name}] ...
AuthBasicUseDigestAlgorithm	mod_auth_basic	dlph	1	AuthConfig	2.4.7		Off	AuthBasicUseDigestAlgorithm MD5|Off
AuthDBDUserPWQuery	mod_authn_dbd	dlp	1					AuthDBDUserPWQuery {query}
AuthDBDUserRealmQuery	mod_authn_dbd	dlp	1					AuthDBDUserRealmQuery {query}
AuthDBMGroupFile	mod_authz_dbm	dlph	1	AuthConfig				AuthDBMGroupFile {file-path}
AuthDBMType	mod_authn_dbm	dlph	1	AuthConfig			default	AuthDBMType default|SDBM|GDBM|NDBM|DB
AuthDBMUserFile	mod_authn_dbm	dlph	1	AuthConfig				AuthDBMUserFile {file-path}
AuthDigestAlgorithm	mod_auth_digest	dlph	1	AuthConfig			MD5	AuthDigestAlgorithm MD5|MD5-sess
AuthDigestDomain	mod_auth_digest	dlph	ITERATE	AuthConfig				AuthDigestDomain {URI} [{URI}] ...
AuthDigestNcCheck	mod_auth_digest	dlph	FLAG
AuthDigestNonceLifetime	mod_auth_digest	dlph	1	AuthConfig			300	AuthDigestNonceLifetime {seconds}
AuthDigestProvider	mod_auth_digest	dlph	ITERATE	AuthConfig			file	AuthDigestProvider {provider-name} [{provider-name}] ...
AuthDigestQop	mod_auth_digest	dlph	ITERATE	AuthConfig			auth	AuthDigestQop none|auth|auth-int [auth|auth-int]
AuthDigestShmemSize	mod_auth_digest	sv	1				1000	AuthDigestShmemSize {size}
AuthFormAuthoritative	mod_auth_form	dlph	FLAG	AuthConfig			On	AuthFormAuthoritative On|Off
AuthFormBody	mod_auth_form	dlph	1	AuthConfig			httpd_body	AuthFormBody {fieldname}
AuthFormDisableNoStore	mod_auth_form	dlph	FLAG	AuthConfig			Off	AuthFormDisableNoStore On|Off
AuthFormFakeBasicAuth	mod_auth_form	dlph	FLAG	AuthConfig			Off	AuthFormFakeBasicAuth On|Off
AuthFormLocation	mod_auth_form	dlph	1	AuthConfig			httpd_location	AuthFormLocation {fieldname}
AuthFormLoginRequiredLocation	mod_auth_form	dlph	1	AuthConfig			none	AuthFormLoginRequiredLocation {url}
AuthFormLoginSuccessLocation	mod_auth_form	dlph	1	AuthConfig			none	AuthFormLoginSuccessLocation {url}
AuthFormLogoutLocation	mod_auth_form	dlph	1	AuthConfig			none	AuthFormLogoutLocation {uri}
AuthFormMethod	mod_auth_form	dlph	1	AuthConfig			httpd_method	AuthFormMethod {fieldname}
AuthFormMimetype	mod_auth_form	dlph	1	AuthConfig			httpd_mimetype	AuthFormMimetype {fieldname}
AuthFormPassword	mod_auth_form	dlph	1	AuthConfig			httpd_password	AuthFormPassword {fieldname}
AuthFormProvider	mod_auth_form	dlph	ITERATE	AuthConfig			file	AuthFormProvider {provider-name} [{provider-name}] ...
AuthFormSitePassphrase	mod_auth_form	dlph	1	AuthConfig			none	AuthFormSitePassphrase {secret}
AuthFormSize	mod_auth_form	dlp	1				8192	AuthFormSize {size}
AuthFormUsername	mod_auth_form	dlph	1	AuthConfig			httpd_username	AuthFormUsername {fieldname}
AuthGroupFile	mod_authz_groupfile	dlph	1	AuthConfig				AuthGroupFile {file-path}
AuthLDAPAuthorizePrefix	mod_authnz_ldap	dlph	1	AuthConfig			AUTHORIZE_	AuthLDAPAuthorizePrefix {prefix}
AuthLDAPBindAuthoritative	mod_authnz_ldap	dlph	FLAG	AuthConfig			on	AuthLDAPBindAuthoritative off|on
AuthLDAPBindDN	mod_authnz_ldap	dlph	1	AuthConfig				AuthLDAPBindDN {distinguished-name}
AuthLDAPBindPassword	mod_authnz_ldap	dlph	1	AuthConfig				AuthLDAPBindPassword {password}
AuthLDAPCharsetConfig	mod_authnz_ldap	sv	1					AuthLDAPCharsetConfig {file-path}
AuthLDAPCompareAsUser	mod_authnz_ldap	dlph	FLAG	AuthConfig			off	AuthLDAPCompareAsUser on|off
AuthLDAPCompareDNOnServer	mod_authnz_ldap	dlph	FLAG	AuthConfig			on	AuthLDAPCompareDNOnServer on|off
AuthLDAPDereferenceAliases	mod_authnz_ldap	dlph	1	AuthConfig			always	AuthLDAPDereferenceAliases never|searching|finding|always
AuthLDAPGroupAttribute	mod_authnz_ldap	dlph	ITERATE	AuthConfig			member uniqueMember	AuthLDAPGroupAttribute {attribute}
AuthLDAPGroupAttributeIsDN	mod_authnz_ldap	dlph	FLAG	AuthConfig			on	AuthLDAPGroupAttributeIsDN on|off
AuthLDAPInitialBindAsUser	mod_authnz_ldap	dlph	FLAG	AuthConfig			off	AuthLDAPInitialBindAsUser off|on
AuthLDAPInitialBindPattern	mod_authnz_ldap	dlph	2	AuthConfig			(.*) $1 (remote username used verbatim)	AuthLDAPInitialBindPattern {regex} {substitution}
AuthLDAPMaxSubGroupDepth	mod_authnz_ldap	dlph	1	AuthConfig			10	AuthLDAPMaxSubGroupDepth {Number}
AuthLDAPRemoteUserAttribute	mod_authnz_ldap	dlph	1	AuthConfig			none	AuthLDAPRemoteUserAttribute uid
AuthLDAPRemoteUserIsDN	mod_authnz_ldap	dlph	FLAG	AuthConfig			off	AuthLDAPRemoteUserIsDN on|off
AuthLDAPSearchAsUser	mod_authnz_ldap	dlph	FLAG	AuthConfig			off	AuthLDAPSearchAsUser on|off
AuthLDAPSubGroupAttribute	mod_authnz_ldap	dlph	ITERATE	AuthConfig			member uniqueMember	AuthLDAPSubGroupAttribute {attribute}
AuthLDAPSubGroupClass	mod_authnz_ldap	dlph	ITERATE	AuthConfig			groupOfNames groupOfUniqueNames	AuthLDAPSubGroupClass {LdapObjectClass}
AuthLDAPURL	mod_authnz_ldap	dlph	12	AuthConfig				AuthLDAPURL {url} [NONE|SSL|TLS|STARTTLS]
AuthMerging	mod_authz_core	dlph	1	AuthConfig			Off	AuthMerging Off | And | Or
AuthName	mod_authn_core	dlph	1	AuthConfig				AuthName {auth-domain}
AuthnCacheContext	mod_authn_socache	dlp	1				directory	AuthnCacheContext directory|server|{custom-string}
AuthnCacheEnable	mod_authn_socache	s	RAW					AuthnCacheEnable
AuthnCacheProvideFor	mod_authn_socache	dlph	ITERATE	AuthConfig			None	AuthnCacheProvideFor {authn-provider} [...]
AuthnCacheSOCache	mod_authn_socache	s	1					AuthnCacheSOCache {provider-name[:provider-args]}
AuthnCacheTimeout	mod_authn_socache	dlph	1	AuthConfig			300 (5 minutes)	AuthnCacheTimeout {timeout} (seconds)
AuthnProviderAlias	mod_authn_core	<s	RAW					<AuthnProviderAlias {baseProvider Alias}> ... </AuthnProviderAlias>
AuthnzFcgiCheckAuthnProvider	mod_authnz_fcgi	svdlph	ARGV	FileInfo	2.4.10		none	AuthnzFcgiCheckAuthnProvider {provider-name}|None {option} ...
AuthnzFcgiDefineProvider	mod_authnz_fcgi	s	ARGV		2.4.10		none	AuthnzFcgiDefineProvider {type} {provider-name} {backend-address}
AuthType	mod_authn_core	dlph	1	AuthConfig				AuthType None|Basic|Digest|Form
AuthUserFile	mod_authn_file	dlph	1	AuthConfig				AuthUserFile {file-path}
AuthzDBDLoginToReferer	mod_authz_dbd	dlp	FLAG				Off	AuthzDBDLoginToReferer On|Off
AuthzDBDQuery	mod_authz_dbd	dlp	1					AuthzDBDQuery {query}
AuthzDBDRedirectQuery	mod_authz_dbd	dlp	1					AuthzDBDRedirectQuery {query}
AuthzDBMType	mod_authz_dbm	dlph	1	AuthConfig			default	AuthzDBMType default|SDBM|GDBM|NDBM|DB
AuthzProviderAlias	mod_authz_core	<s	RAW					<AuthzProviderAlias {baseProvider Alias Require-Parameters}> ... </AuthzProviderAlias>
AuthzSendForbiddenOnFailure	mod_authz_core	dlph	FLAG	AuthConfig			Off	AuthzSendForbiddenOnFailure On|Off
BalancerGrowth	mod_proxy	sv	1				5	BalancerGrowth {#}
BalancerInherit	mod_proxy	sv	FLAG		2.4.5		On	BalancerInherit On|Off
BalancerMember	mod_proxy	svdlp	RAW					BalancerMember [{balancerurl}] {url} [{key=value [key=value ...]]}
BalancerPersist	mod_proxy	sv	FLAG		2.4.4		Off	BalancerPersist On|Off
BrotliAlterETag	mod_brotli	sv	1		2.4.26		AddSuffix	BrotliAlterETag AddSuffix|NoChange|Remove
BrotliCompressionMaxInputBlock	mod_brotli	sv	1		2.4.26		(automatic)	BrotliCompressionMaxInputBlock {value}
BrotliCompressionQuality	mod_brotli	sv	1		2.4.26		5	BrotliCompressionQuality {value}
BrotliCompressionWindow	mod_brotli	sv	1		2.4.26		18	BrotliCompressionWindow {value}
BrotliFilterNote	mod_brotli	sv	12		2.4.26		None	BrotliFilterNote [{type}] {notename}
BrowserMatch	mod_setenvif	svdlph	RAW	FileInfo				BrowserMatch {regex [!]env-variable}[={value}] [[!]{env-variable}[={value}]] ...
BrowserMatchNoCase	mod_setenvif	svdlph	RAW	FileInfo				BrowserMatchNoCase {regex [!]env-variable}[={value}] [[!]{env-variable}[={value}]] ...
BufferedLogs	mod_log_config	sv	FLAG				Off	BufferedLogs On|Off
BufferSize	mod_buffer	dlp	1				131072	BufferSize integer
CacheDefaultExpire	mod_cache	svdlp	1				3600 (one hour)	CacheDefaultExpire {seconds}
CacheDetailHeader	mod_cache	svdlp	FLAG				off	CacheDetailHeader {on|off}
CacheDirLength	mod_cache_disk	sv	1				2	CacheDirLength {length}
CacheDirLevels	mod_cache_disk	sv	1				2	CacheDirLevels {levels}
CacheDisable	mod_cache	svlp	1					CacheDisable {url-string} | {on}
CacheEnable	mod_cache	svlp	12					CacheEnable {cache_type} [{url-string}]
CacheFile	mod_file_cache	sv	ITERATE					CacheFile {file-path} [{file-path}] ...
CacheHeader	mod_cache	svdlp	FLAG				off	CacheHeader {on|off}
CacheIgnoreCacheControl	mod_cache	sv	FLAG				Off	CacheIgnoreCacheControl On|Off
CacheIgnoreHeaders	mod_cache	sv	ITERATE				None	CacheIgnoreHeaders {header-string} [{header-string}] ...
CacheIgnoreNoLastMod	mod_cache	svdlp	FLAG				Off	CacheIgnoreNoLastMod On|Off
CacheIgnoreQueryString	mod_cache	sv	FLAG				Off	CacheIgnoreQueryString On|Off
CacheIgnoreURLSessionIdentifiers	mod_cache	sv	ITERATE				None	CacheIgnoreURLSessionIdentifiers {identifier} [{identifier}] ...
CacheKeyBaseURL	mod_cache	sv	1					CacheKeyBaseURL {URL}
CacheLastModifiedFactor	mod_cache	svdlp	1				0.1	CacheLastModifiedFactor {float}
CacheLock	mod_cache	sv	FLAG				off	CacheLock {on|off}
CacheLockMaxAge	mod_cache	sv	1				5	CacheLockMaxAge {integer}
CacheLockPath	mod_cache	sv	1				/tmp/mod_cache-lock	CacheLockPath {directory}
CacheMaxExpire	mod_cache	svdlp	1				86400 (one day)	CacheMaxExpire {seconds}
CacheMaxFileSize	mod_cache_disk	svdlp	1				1000000	CacheMaxFileSize {bytes}
CacheMinExpire	mod_cache	svdlp	1				0	CacheMinExpire {seconds}
CacheMinFileSize	mod_cache_disk	svdlp	1				1	CacheMinFileSize {bytes}
CacheNegotiatedDocs	mod_negotiation	sv	FLAG				Off	CacheNegotiatedDocs On|Off
CacheQuickHandler	mod_cache	sv	FLAG				on	CacheQuickHandler {on|off}
CacheReadSize	mod_cache_disk	svdlp	1				0	CacheReadSize {bytes}
CacheReadTime	mod_cache_disk	svdlp	1				0	CacheReadTime {milliseconds}
CacheRoot	mod_cache_disk	sv	1					CacheRoot {directory}
CacheSocache	mod_cache_socache	sv	1		2.4.5			CacheSocache {type[:args]}
CacheSocacheMaxSize	mod_cache_socache	svdlp	1		2.4.5		102400	CacheSocacheMaxSize {bytes}
CacheSocacheMaxTime	mod_cache_socache	svdlp	1		2.4.5		86400	CacheSocacheMaxTime {seconds}
CacheSocacheMinTime	mod_cache_socache	svdlp	1		2.4.5		600	CacheSocacheMinTime {seconds}
CacheSocacheReadSize	mod_cache_socache	svdlp	1		2.4.5		0	CacheSocacheReadSize {bytes}
CacheSocacheReadTime	mod_cache_socache	svdlp	1		2.4.5		0	CacheSocacheReadTime {milliseconds}
CacheStaleOnError	mod_cache	svdlp	FLAG				on	CacheStaleOnError {on|off}
CacheStoreExpired	mod_cache	svdlp	FLAG				Off	CacheStoreExpired On|Off
CacheStoreNoStore	mod_cache	svdlp	FLAG				Off	CacheStoreNoStore On|Off
CacheStorePrivate	mod_cache	svdlp	FLAG				Off	CacheStorePrivate On|Off
CGIDScriptTimeout	mod_cgid	svdlp	1		2.4.10		value of Timeout directive when unset or set to 0	CGIDScriptTimeout {time}[s|ms]
CGIMapExtension	core	svdlph	23	FileInfo				CGIMapExtension {cgi-path} {.extension}
CGIPassAuth	core	dlph	FLAG	AuthConfig	2.4.13		Off	CGIPassAuth On|Off
CGIScriptTimeout	mod_cgi	svdlp	1		2.4.59		value of Timeout directive when unset	CGIScriptTimeout {time}[s|ms]
CGIVar	core	svdlph	2	FileInfo	2.4.21			CGIVar {variable} {rule}
CharsetDefault	mod_charset_lite	svdlph	1	FileInfo				CharsetDefault {charset}
CharsetOptions	mod_charset_lite	svdlph	ITERATE	FileInfo			ImplicitAdd	CharsetOptions {option} [{option}] ...
CharsetSourceEnc	mod_charset_lite	svdlph	1	FileInfo				CharsetSourceEnc {charset}
CheckBasenameMatch	mod_speling	svdlph	FLAG	Options	2.4.50		On	CheckBasenameMatch on|off
CheckCaseOnly	mod_speling	svdlph	FLAG	Options			Off	CheckCaseOnly on|off
CheckSpelling	mod_speling	svdlph	FLAG	Options			Off	CheckSpelling on|off
ChrootDir	mod_unixd	s	1				none	ChrootDir {/path/to/directory}
ContentDigest	core	svdlph	FLAG	Options			Off	ContentDigest On|Off
CookieDomain	mod_usertrack	svdlph	1	FileInfo				CookieDomain {domain}
CookieExpires	mod_usertrack	svdlph	1	FileInfo				CookieExpires {expiry-period}
CookieHTTPOnly	mod_usertrack	svdlph	FLAG	FileInfo	2.4.42		off	CookieHTTPOnly on|off
CookieName	mod_usertrack	svdlph	1	FileInfo			Apache	CookieName {token}
CookieSameSite	mod_usertrack	svdlph	1	FileInfo	2.4.42		unset	CookieSameSite None|Lax|Strict
CookieSecure	mod_usertrack	svdlph	FLAG	FileInfo	2.4.42		off	CookieSecure on|off
CookieStyle	mod_usertrack	svdlph	1	FileInfo			Netscape	CookieStyle Netscape|Cookie|Cookie2|RFC2109|RFC2965
CookieTracking	mod_usertrack	svdlph	FLAG	FileInfo			off	CookieTracking on|off
CoreDumpDirectory	mpm_common	s	1				See usage for the default setting	CoreDumpDirectory {directory}
CustomLog	mod_log_config	sv	23					CustomLog {file}|{pipe} {format}|{nickname} [env=[!]{environment-variable}| expr={expression}]
Dav	mod_dav	dlp	1				Off	Dav On|Off|{provider-name}
DavBasePath	mod_dav	dlp	1		2.4.58		None	DavBasePath {root-path}
DavDepthInfinity	mod_dav	svdlp	FLAG				off	DavDepthInfinity on|off
DavGenericLockDB	mod_dav_lock	dlp	1					DavGenericLockDB {file-path}
DavLockDB	mod_dav_fs	sv	1					DavLockDB {file-path}
DavLockDiscovery	mod_dav_fs	svdlp	FLAG		2.4.55		on	DavLockDiscovery on|off
DavMinTimeout	mod_dav	svdlp	1				0	DavMinTimeout {seconds}
DBDExptime	mod_dbd	sv	1				300	DBDExptime {time-in-seconds}
DBDInitSQL	mod_dbd	sv	1		2.4.3			DBDInitSQL {"SQL statement"}
DBDKeep	mod_dbd	sv	1				2	DBDKeep {number}
DBDMax	mod_dbd	sv	1				10	DBDMax {number}
DBDMin	mod_dbd	sv	1				1	DBDMin {number}
DBDParams	mod_dbd	sv	1					DBDParams {param1}={value1}[,{param2}={value2}]
DBDPersist	mod_dbd	sv	FLAG					DBDPersist On|Off
DBDPrepareSQL	mod_dbd	sv	12					DBDPrepareSQL {"SQL statement"} {label}
DBDriver	mod_dbd	sv	1					DBDriver {name}
DefaultIcon	mod_autoindex	svdlph	1	Indexes				DefaultIcon {url-path}
DefaultLanguage	mod_mime	svdlph	1	FileInfo				DefaultLanguage {language-tag}
DefaultRuntimeDir	core	sv	1		2.4.2		DEFAULT_REL_RUNTIMEDIR (logs/)	DefaultRuntimeDir {directory-path}
DefaultType	core	svdlph	1	FileInfo			none	DefaultType {media-type|none}
Define	core	svdlp	12					Define {parameter-name} [{parameter-value}]
DeflateAlterETag	mod_deflate	sv	1		2.4.58		AddSuffix	DeflateAlterETag AddSuffix|NoChange|Remove
DeflateBufferSize	mod_deflate	sv	1				8096	DeflateBufferSize {value}
DeflateCompressionLevel	mod_deflate	sv	1				Zlib's default	DeflateCompressionLevel {value}
DeflateFilterNote	mod_deflate	sv	12					DeflateFilterNote [{type}] {notename}
DeflateInflateLimitRequestBody	mod_deflate	svdlph	1	All	2.4.10		None, but LimitRequestBody applies after deflation	DeflateInflateLimitRequestBody {value}
DeflateInflateRatioBurst	mod_deflate	svdlph	1	All	2.4.10		3	DeflateInflateRatioBurst {value}
DeflateInflateRatioLimit	mod_deflate	svdlph	1	All	2.4.10		200	DeflateInflateRatioLimit {value}
DeflateMemLevel	mod_deflate	sv	1				9	DeflateMemLevel {value}
DeflateWindowSize	mod_deflate	sv	1				15	DeflateWindowSize {value}
Deny	mod_access_compat	dlph	ITERATE2	Limit				Deny from all|{host}|env=[!]{env-variable} [{host}|env=[!]{env-variable}] ...
Directory	core	<sv	RAW					<Directory {directory-path}> ... </Directory>
DirectoryCheckHandler	mod_dir	svdlph	FLAG	Indexes	2.4.8		Off	DirectoryCheckHandler On|Off
DirectoryIndex	mod_dir	svdlph	RAW	Indexes			index.html	DirectoryIndex disabled | {local-url} [{local-url}] ...
DirectoryIndexRedirect	mod_dir	svdlph	1	Indexes			off	DirectoryIndexRedirect on | off | permanent | temp | seeother | {3xx-code}
DirectoryMatch	core	<sv	RAW					<DirectoryMatch {regex}> ... </DirectoryMatch>
DirectorySlash	mod_dir	svdlph	FLAG	Indexes			On	DirectorySlash On|Off
DocumentRoot	core	sv	1				"/usr/local/apache/htdocs"	DocumentRoot {directory-path}
DTracePrivileges	mod_privileges	sv	FLAG				Off	DTracePrivileges On|Off
DumpIOInput	mod_dumpio	sv	FLAG				Off	DumpIOInput On|Off
DumpIOOutput	mod_dumpio	sv	FLAG				Off	DumpIOOutput On|Off
Else	core	<svdlph	RAW	All				<Else> ... </Else>
ElseIf	core	<svdlph	RAW	All				<ElseIf {expression}> ... </ElseIf>
EnableExceptionHook	mpm_common	sv	1				Off	EnableExceptionHook On|Off
EnableMMAP	core	svdlph	1	FileInfo			On	EnableMMAP On|Off
EnableSendfile	core	svdlph	1	FileInfo			Off	EnableSendfile On|Off
Error	core	svdlph	RAW	All				Error {message}
ErrorDocument	core	svdlph	2	FileInfo				ErrorDocument {error-code} {document}
ErrorLog	core	sv	1				logs/error_log (Unix) ErrorLog logs/error.log (Windows and OS/2)	ErrorLog {file-path}|syslog[:[{facility}][:{tag}]]
ErrorLogFormat	core	sv	12					ErrorLogFormat [connection|request] {format}
Example	mod_example_hooks	svdlph	0					Example
ExpiresActive	mod_expires	svdlph	FLAG	Indexes			Off	ExpiresActive On|Off
ExpiresByType	mod_expires	svdlph	2	Indexes				ExpiresByType {MIME-type} {<code>seconds}
ExpiresDefault	mod_expires	svdlph	1	Indexes				ExpiresDefault {<code>seconds}
ExtendedStatus	core	s	FLAG				Off[*]	ExtendedStatus On|Off
ExtFilterDefine	mod_ext_filter	sv	RAW					ExtFilterDefine {filtername} {parameters}
ExtFilterOptions	mod_ext_filter	dlp	ITERATE				NoLogStderr	ExtFilterOptions {option} [{option}] ...
FallbackResource	mod_dir	svdlph	1	Indexes			disabled - httpd will return 404 (Not Found)	FallbackResource disabled | {local-url}
FancyIndexing	mod_autoindex	svdlph	RAW
FileETag	core	svdlph	RAW	FileInfo			MTime Size	FileETag {component} ...
Files	core	<svdph	RAW	All				<Files {filename}> ... </Files>
FilesMatch	core	<svdph	RAW	All				<FilesMatch {regex}> ... </FilesMatch>
FilterChain	mod_filter	svdlph	ITERATE	Options				FilterChain [+=-@!]{filter-name} {...}
FilterDeclare	mod_filter	svdlph	12	Options				FilterDeclare {filter-name} {[type]}
FilterProtocol	mod_filter	svdlph	23	Options				FilterProtocol {filter-name} [{provider-name}] {proto-flags}
FilterProvider	mod_filter	svdlph	3	Options				FilterProvider {filter-name} {provider-name} {expression}
FilterTrace	mod_filter	svdlp	2					FilterTrace {filter-name} {level}
FlushMaxPipelined	core	sv	1		2.4.47		5	FlushMaxPipelined {number}
FlushMaxThreshold	core	sv	1		2.4.47		65535	FlushMaxThreshold {number-of-bytes}
ForceLanguagePriority	mod_negotiation	svdlph	ITERATE	FileInfo			Prefer	ForceLanguagePriority None|Prefer|Fallback [Prefer|Fallback]
ForceType	core	svdlph	1	FileInfo				ForceType {media-type}|None
ForensicLog	mod_log_forensic	sv	1					ForensicLog {filename}|{pipe}
GlobalLog	mod_log_config	s	23		2.4.19			GlobalLog {file}|{pipe} {format}|{nickname} [env=[!]{environment-variable}| expr={expression}]
GprofDir	core	sv	1					GprofDir {/tmp/gprof/}|{/tmp/gprof/}%
GracefulShutdownTimeout	mpm_common	s	1				0	GracefulShutdownTimeout {seconds}
Group	mod_unixd	s	1				#-1	Group {unix-group}
H2CopyFiles	mod_http2	svdlph	1	FileInfo	2.4.24		off	H2CopyFiles on|off
H2Direct	mod_http2	sv	1		2.4.17		on for h2c, off for h2 protocol	H2Direct on|off
H2EarlyHint	mod_http2	svdlph	2	AuthConfig,FileInfo	2.4.58			H2EarlyHint {name} {value}
H2EarlyHints	mod_http2	sv	1		2.4.24		off	H2EarlyHints on|off
H2MaxDataFrameLen	mod_http2	sv	1		2.4.58		0	H2MaxDataFrameLen {n}
H2MaxHeaderBlockLen	mod_http2	sv	1		2.4.64		0	H2MaxHeaderBlockLen {n}
H2MaxSessionStreams	mod_http2	sv	1		2.4.17		100	H2MaxSessionStreams {n}
H2MaxStreamErrors	mod_http2	sv	1		2.4.66		8	H2MaxStreamErrors {n}
H2MaxWorkerIdleSeconds	mod_http2	sv	1		2.4.17		600	H2MaxWorkerIdleSeconds {n}
H2MaxWorkers	mod_http2	sv	1		2.4.17			H2MaxWorkers {n}
H2MinWorkers	mod_http2	sv	1		2.4.17			H2MinWorkers {n}
H2ModernTLSOnly	mod_http2	sv	1		2.4.18		on	H2ModernTLSOnly on|off
H2OutputBuffering	mod_http2	sv	1		2.4.48		on	H2OutputBuffering on|off
H2Padding	mod_http2	sv	1		2.4.39		0	H2Padding {numbits}
H2ProxyRequests	mod_http2	svdlph	1	FileInfo	2.4.58		off	H2ProxyRequests on|off
H2Push	mod_http2	svdlph	1	AuthConfig	2.4.18		on	H2Push on|off
H2PushDiarySize	mod_http2	sv	1		2.4.19		256	H2PushDiarySize {n}
H2PushPriority	mod_http2	sv	23		2.4.18		* After 16	H2PushPriority {mime-type} [after|before|interleaved] [{weight}]
H2PushResource	mod_http2	svdlph	123	AuthConfig,FileInfo	2.4.24			H2PushResource [add] {path} [critical]
H2SerializeHeaders	mod_http2	sv	1		2.4.17		off	H2SerializeHeaders on|off
H2SessionExtraFiles	mod_http2	sv	1
H2StreamMaxMemSize	mod_http2	sv	1		2.4.17		65536	H2StreamMaxMemSize {bytes}
H2StreamTimeout	mod_http2	sv	1		2.4.55		Value of Timeout	H2StreamTimeout {time-interval}[s]
H2TLSCoolDownSecs	mod_http2	sv	1		2.4.18		1	H2TLSCoolDownSecs {seconds}
H2TLSWarmUpSize	mod_http2	sv	1		2.4.18		1048576	H2TLSWarmUpSize {amount}
H2Upgrade	mod_http2	svdlph	1	AuthConfig	2.4.18		on for h2c, off for h2 protocol	H2Upgrade on|off
H2WebSockets	mod_http2	sv	1		2.4.58		off	H2WebSockets on|off
H2WindowSize	mod_http2	sv	1		2.4.17		65535	H2WindowSize {bytes}
Header	mod_headers	svdlph	RAW	FileInfo				Header [{condition}] add|append|echo|edit|edit*|merge|set|setifempty|unset|note {header} [[expr=]{value} [{replacement}] [early|env=[!]{varname}|expr={expression}]]
HeaderName	mod_autoindex	svdlph	1	Indexes				HeaderName {filename}
HeartbeatAddress	mod_heartbeat	s	1				disabled	HeartbeatAddress {addr:port}
HeartbeatListen	mod_heartmonitor	s	1				disabled	HeartbeatListen {addr:port}
HeartbeatMaxServers	mod_heartmonitor	s	1				10	HeartbeatMaxServers {number-of-servers}
HeartbeatStorage	mod_heartmonitor,mod_lbmethod_heartbeat	s	1				logs/hb.dat	HeartbeatStorage {file-path}
HostnameLookups	core	svdlp	1				Off	HostnameLookups On|Off|Double
HttpProtocolOptions	core	sv	ITERATE		2.4.24		Strict LenientMethods Allow0.9	HttpProtocolOptions [Strict|Unsafe] [RegisteredMethods|LenientMethods] [Allow0.9|Require1.0]
IdentityCheck	mod_ident	svdlp	FLAG				Off	IdentityCheck On|Off
IdentityCheckTimeout	mod_ident	svdlp	1				30	IdentityCheckTimeout {seconds}
If	core	<svdlph	RAW	All	2.4.34			<IfDirective [!]{directive-name}> ... </IfDirective>
IfDefine	core	<svdlph	RAW	All				<IfDefine [!]{parameter-name}> ... </IfDefine>
IfDirective	core	<svdlph	RAW	All	2.4.34			<IfDirective [!]{directive-name}> ... </IfDirective>
IfFile	core	<svdlph	RAW	All	2.4.34			<IfFile [!]{filename}> ... </IfFile>
IfModule	core	<svdlph	RAW	All				<IfModule [!]{module-file}|{module-identifier}> ... </IfModule>
IfSection	core	<svdlph	RAW	All	2.4.34			<IfSection [!]{section-name}> ... </IfSection>
IfVersion	mod_version	<svdlph	123	All				<IfVersion [[!]{operator}] {version}> ... </IfVersion>
ImapBase	mod_imagemap	svdlph	1	Indexes			http://servername/	ImapBase map|referer|{URL}
ImapDefault	mod_imagemap	svdlph	1	Indexes			nocontent	ImapDefault error|nocontent|map|referer|{URL}
ImapMenu	mod_imagemap	svdlph	1	Indexes			formatted	ImapMenu none|formatted|semiformatted|unformatted
Include	core	svdlp	1					Include {file-path}|{directory-path}|{wildcard}
IncludeOptional	core	svdlp	1		2.4.1			IncludeOptional {file-path}|{directory-path}|{wildcard}
IndexHeadInsert	mod_autoindex	svdlph	1	Indexes				IndexHeadInsert {"markup ..."}
IndexIgnore	mod_autoindex	svdlph	ITERATE	Indexes			"."	IndexIgnore {file} [{file}] ...
IndexIgnoreReset	mod_autoindex	svdlph	FLAG	Indexes				IndexIgnoreReset ON|OFF
IndexOptions	mod_autoindex	svdlph	ARGV	Indexes			By default, no options are enabled.	IndexOptions [+|-]{option} [[+|-]{option}] ...
IndexOrderDefault	mod_autoindex	svdlph	2	Indexes			Ascending Name	IndexOrderDefault Ascending|Descending Name|Date|Size|Description
IndexStyleSheet	mod_autoindex	svdlph	1	Indexes				IndexStyleSheet {url-path}
InputSed	mod_sed	dlp	1					InputSed {sed-command}
ISAPIAppendLogToErrors	mod_isapi	svdlph	FLAG	FileInfo			off	ISAPIAppendLogToErrors on|off
ISAPIAppendLogToQuery	mod_isapi	svdlph	FLAG	FileInfo			on	ISAPIAppendLogToQuery on|off
ISAPICacheFile	mod_isapi	sv	ITERATE					ISAPICacheFile {file-path} [{file-path}] ...
ISAPIFakeAsync	mod_isapi	svdlph	FLAG	FileInfo			off	ISAPIFakeAsync on|off
ISAPILogNotSupported	mod_isapi	svdlph	FLAG	FileInfo			off	ISAPILogNotSupported on|off
ISAPIReadAheadBuffer	mod_isapi	svdlph	1	FileInfo			49152	ISAPIReadAheadBuffer {size}
KeepAlive	core	sv	FLAG				On	KeepAlive On|Off
KeepAliveTimeout	core	sv	1				5	KeepAliveTimeout {num}[ms]
KeptBodySize	mod_request	dlp	1				0	KeptBodySize {maximum size in bytes}
LanguagePriority	mod_negotiation	svdlph	ITERATE	FileInfo				LanguagePriority {MIME-lang} [{MIME-lang}] ...
LDAPCacheEntries	mod_ldap	s	1				1024	LDAPCacheEntries {number}
LDAPCacheTTL	mod_ldap	s	1				600	LDAPCacheTTL {seconds}
LDAPConnectionPoolTTL	mod_ldap	sv	1				-1	LDAPConnectionPoolTTL {n}
LDAPConnectionTimeout	mod_ldap	s	1					LDAPConnectionTimeout {seconds}
LDAPLibraryDebug	mod_ldap	s	1				disabled	LDAPLibraryDebug {7}
LDAPOpCacheEntries	mod_ldap	s	1				1024	LDAPOpCacheEntries {number}
LDAPOpCacheTTL	mod_ldap	s	1				600	LDAPOpCacheTTL {seconds}
LDAPReferralHopLimit	mod_ldap	dlph	1	AuthConfig			SDK dependent, typically between 5 and 10	LDAPReferralHopLimit {number}
LDAPReferrals	mod_ldap	dlph	1	AuthConfig			On	LDAPReferrals On|Off|default
LDAPRetries	mod_ldap	s	1		2.4.2		3	LDAPRetries {number-of-retries}
LDAPRetryDelay	mod_ldap	s	1		2.4.2		0	LDAPRetryDelay {seconds}
LDAPSharedCacheFile	mod_ldap	s	1					LDAPSharedCacheFile {directory-path/filename}
LDAPSharedCacheSize	mod_ldap	s	1				500000	LDAPSharedCacheSize {bytes}
LDAPTimeout	mod_ldap	s	1				60	LDAPTimeout {seconds}
LDAPTrustedClientCert	mod_ldap	dlph	23	AuthConfig				LDAPTrustedClientCert {type} {directory-path/filename/nickname} {[password]}
LDAPTrustedGlobalCert	mod_ldap	s	23					LDAPTrustedGlobalCert {type} {directory-path/filename} {[password]}
LDAPTrustedMode	mod_ldap	sv	1					LDAPTrustedMode {type}
LDAPVerifyServerCert	mod_ldap	s	FLAG				On	LDAPVerifyServerCert On|Off
Limit	core	<dlph	RAW	AuthConfig,Limit				<Limit {method} [{method}] ... > ... </Limit>
LimitExcept	core	<dlph	RAW	AuthConfig,Limit				<LimitExcept {method} [{method}] ... > ... </LimitExcept>
LimitInternalRecursion	core	sv	12				10	LimitInternalRecursion {number} [{number}]
LimitRequestBody	core	svdlph	1	All			1073741824	LimitRequestBody {bytes}
LimitRequestFields	core	sv	1				100	LimitRequestFields {number}
LimitRequestFieldSize	core	sv	1				8190	LimitRequestFieldSize {bytes}
LimitRequestLine	core	sv	1				8190	LimitRequestLine {bytes}
LimitXMLRequestBody	core	svdlph	1	All			1000000	LimitXMLRequestBody {bytes}
Listen	mpm_common	s	12					Listen [{IP-address}:]{portnumber} [{protocol}]
ListenBackLog	mpm_common	s	1				511	ListenBackLog {backlog}
ListenCoresBucketsRatio	mpm_common	s	1		2.4.17		0 (disabled)	ListenCoresBucketsRatio {ratio}
ListenTCPDeferAccept	mpm_common	s	1		2.4.66		30	ListenTCPDeferAccept {integer}
LoadFile	mod_so	svdlp	ITERATE					LoadFile {filename} [{filename}] ...
LoadModule	mod_so	svdlp	2					LoadModule {module filename}
Location	core	<sv	RAW					<Location {URL-path}|{URL}> ... </Location>
LocationMatch	core	<sv	RAW					<LocationMatch {regex}> ... </LocationMatch>
LogFormat	mod_log_config	sv	12				"%h %l %u %t \\"%r\\" %>s %b"	LogFormat {format}|{nickname} [{nickname}]
LogIOTrackTTFB	mod_logio	svdlph	FLAG	All	2.4.13		OFF	LogIOTrackTTFB ON|OFF
LogLevel	core	svdlp	ITERATE				warn	LogLevel [{module}:]{level} [{module}:{level}] ...
LogMessage	mod_log_debug	svdlp	123				Unset	LogMessage {message} [hook={hook}] [expr={expression}]
LuaAuthzProvider	mod_lua	svdlp	3		2.4.3			LuaAuthzProvider provider_name /path/to/lua/script.lua function_name
LuaCodeCache	mod_lua	svdlph	1	All			stat	LuaCodeCache stat|forever|never
LuaHookAccessChecker	mod_lua	svdlph	23	All				LuaHookAccessChecker /path/to/lua/script.lua hook_function_name [early|late]
LuaHookAuthChecker	mod_lua	svdlph	23	All				LuaHookAuthChecker /path/to/lua/script.lua hook_function_name [early|late]
LuaHookCheckUserID	mod_lua	svdlph	23	All				LuaHookCheckUserID /path/to/lua/script.lua hook_function_name [early|late]
LuaHookFixups	mod_lua	svdlph	2	All				LuaHookFixups /path/to/lua/script.lua hook_function_name
LuaHookInsertFilter	mod_lua	svdlph	2	All				LuaHookInsertFilter /path/to/lua/script.lua hook_function_name
LuaHookLog	mod_lua	svdlph	2	All	2.4.7			LuaHookLog /path/to/lua/script.lua log_function_name
LuaHookMapToStorage	mod_lua	svdlph	2	All				LuaHookMapToStorage /path/to/lua/script.lua hook_function_name
LuaHookPreTranslateName	mod_lua	svdlph	2
LuaHookTranslateName	mod_lua	svlp	23	All				LuaHookTranslateName /path/to/lua/script.lua hook_function_name [early|late]
LuaHookTypeChecker	mod_lua	svdlph	2	All				LuaHookTypeChecker /path/to/lua/script.lua hook_function_name
LuaInherit	mod_lua	svdlph	1	All			parent-first	LuaInherit none|parent-first|parent-last
LuaInputFilter	mod_lua	svlp	3		2.4.5			LuaInputFilter filter_name /path/to/lua/script.lua function_name
LuaMapHandler	mod_lua	svlp	23	All				LuaMapHandler uri-pattern /path/to/lua/script.lua [function-name]
LuaOutputFilter	mod_lua	svlp	3		2.4.5			LuaOutputFilter filter_name /path/to/lua/script.lua function_name
LuaPackageCPath	mod_lua	svdlph	1	All				LuaPackageCPath /path/to/include/?.soa
LuaPackagePath	mod_lua	svdlph	1	All				LuaPackagePath /path/to/include/?.lua
LuaQuickHandler	mod_lua	svlp	2	All				LuaQuickHandler /path/to/script.lua hook_function_name
LuaRoot	mod_lua	svdlph	1	All				LuaRoot /path/to/a/directory
LuaScope	mod_lua	svdlph	123	All			once	LuaScope once|request|conn|thread|server [min] [max]
Macro	mod_macro	<svdlph	RAW	All	2.4.5			<Macro {name} [{par1} .. {parN}]> ... </Macro>
MaxClients	mpm_common	s	1
MaxConnectionsPerChild	mpm_common	s	1				0	MaxConnectionsPerChild {number}
MaxKeepAliveRequests	core	sv	1				100	MaxKeepAliveRequests {number}
MaxMemFree	mpm_common	s	1				2048	MaxMemFree {KBytes}
MaxRangeOverlaps	core	svdlp	1				20	MaxRangeOverlaps default | unlimited | none | {number-of-ranges}
MaxRangeReversals	core	svdlp	1				20	MaxRangeReversals default | unlimited | none | {number-of-ranges}
MaxRanges	core	svdlp	1				200	MaxRanges default | unlimited | none | {number-of-ranges}
MaxRequestsPerChild	core	s	1
MaxRequestWorkers	mpm_common	s	1				See usage for details	MaxRequestWorkers {number}
MaxSpareServers	prefork	s	1				10	MaxSpareServers {number}
MaxSpareThreads	mpm_common	s	1				See usage for details	MaxSpareThreads {number}
MaxThreads	mpm_netware	sv	1				2048	MaxThreads {number}
MDActivationDelay	mod_md	sv	1		2.4.42			MDActivationDelay {duration}
MDBaseServer	mod_md	sv	1		2.4.30		off	MDBaseServer on|off
MDCACertificateFile	mod_md	sv	1		2.4.63..2.4.71		none	MDCACertificateFile {file}
MDCAChallenges	mod_md	sv	ARGV		2.4.30		tls-alpn-01 http-01 dns-01	MDCAChallenges {name} [ {name} ... ]
MDCertificateAgreement	mod_md	sv	1		2.4.30			MDCertificateAgreement accepted
MDCertificateAuthority	mod_md	sv	ARGV		2.4.30		letsencrypt	MDCertificateAuthority {url}
MDCertificateCheck	mod_md	sv	2		2.4.42			MDCertificateCheck {name} {url}
MDCertificateFile	mod_md		1		2.4.40			MDCertificateFile {path-to-pem-file}
MDCertificateKeyFile	mod_md		1		2.4.40			MDCertificateKeyFile {path-to-file}
MDCertificateMonitor	mod_md	s	RAW		2.4.42		crt.sh https://crt.sh?q=	MDCertificateMonitor name url
MDCertificateProtocol	mod_md	sv	1		2.4.30		ACME	MDCertificateProtocol {protocol}
MDCertificateStatus	mod_md	sv	1		2.4.40		on	MDCertificateStatus on|off
MDChallengeDns01	mod_md	sv	RAW		2.4.40			MDChallengeDns01 {path-to-command}
MDChallengeDns01Version	mod_md	sv	1		2.4.58		1	MDChallengeDns01Version 1|2
MDCheckInterval	mod_md	sv	1		2.4.60		12h	MDCheckInterval {duration}
MDContactEmail	mod_md	sv	1		2.4.42			MDContactEmail {address}
MDDriveMode	mod_md	sv	1		2.4.30		auto	MDDriveMode always|auto|manual
MDExternalAccountBinding	mod_md	sv	12		2.4.52		none	MDExternalAccountBinding {key-id} {hmac-64} | none | {file}
MDHttpProxy	mod_md	sv	1		2.4.30			MDHttpProxy {url}
MDHttpProxyCACertificateFile	mod_md	sv	1		2.4.70		none	MDHttpProxyCACertificateFile {path-to-pem-file}
MDInitialDelay	mod_md	sv	1		2.4.66		0s	MDInitialDelay {duration}
MDMatchNames	mod_md	sv	1		2.4.58		all	MDMatchNames all|servernames
MDMember	mod_md	sv	ARGV		2.4.30			MDMember {hostname}
MDMembers	mod_md	sv	ARGV		2.4.30		auto	MDMembers auto|manual
MDMessageCmd	mod_md	sv	RAW		2.4.40			MDMessageCmd {path-to-cmd} {optional-args}
MDMustStaple	mod_md	sv	1		2.4.30		off	MDMustStaple on|off
MDNotifyCmd	mod_md	sv	RAW		2.4.30			MDNotifyCmd {path} [ {args} ]
MDomain	mod_md	sv	ARGV		2.4.30			MDomain {dns-name} [ {other-dns-name}... ] [auto|manual]
MDomainSet	mod_md	<sv	RAW		2.4.30			<MDomainSet {dns-name} [ {other-dns-name}... ]>...</MDomainSet>
MDPortMap	mod_md	sv	12		2.4.30		http:80 https:443	MDPortMap {map1} [ {map2} ]
MDPrivateKeys	mod_md	sv	ARGV		2.4.30		RSA 2048	MDPrivateKeys {type} [ {params}... ]
MDProfile	mod_md	sv	1		2.4.64			MDProfile name
MDProfileMandatory	mod_md	sv	1		2.4.64		off	MDProfileMandatory on|off
MDRenewMode	mod_md	sv	1		2.4.40		auto	MDRenewMode always|auto|manual
MDRenewViaARI	mod_md	sv	1		2.4.63..2.4.71		on	MDRenewViaARI on|off
MDRenewWindow	mod_md	sv	1		2.4.30		33%	MDRenewWindow {duration}
MDRequireHttps	mod_md	svph	1		2.4.30		off	MDRequireHttps off|temporary|permanent
MDRetryDelay	mod_md	sv	1		2.4.54		30s	MDRetryDelay {duration}
MDRetryFailover	mod_md	sv	1		2.4.54		13	MDRetryFailover {number}
MDServerStatus	mod_md	sv	1		2.4.40		off	MDServerStatus on|off
MDStapleOthers	mod_md	sv	1		2.4.42		on	MDStapleOthers on|off
MDStapling	mod_md	sv	1		2.4.42		off	MDStapling on|off
MDStaplingKeepResponse	mod_md	sv	1		2.4.42		7d	MDStaplingKeepResponse {duration}
MDStaplingRenewWindow	mod_md	sv	1		2.4.42		33%	MDStaplingRenewWindow {duration}
MDStoreDir	mod_md	sv	1		2.4.30		md	MDStoreDir {path}
MDStoreLocks	mod_md	sv	1		2.4.55		off	MDStoreLocks on|off|{duration}
MDWarnWindow	mod_md	sv	1		2.4.40		10%	MDWarnWindow duration
MemcacheConnTTL	mod_socache_memcache	sv	1		2.4.17		15s	MemcacheConnTTL {num[units]}
MergeSlashes	core	sv	FLAG		2.4.39		ON	MergeSlashes ON|OFF
MergeTrailers	core	sv	FLAG		2.4.11		off	MergeTrailers [on|off]
MetaDir	mod_cern_meta	svdlph	1	Indexes			.web	MetaDir {directory}
MetaFiles	mod_cern_meta	svdlph	FLAG	Indexes			off	MetaFiles on|off
MetaSuffix	mod_cern_meta	svdlph	1	Indexes			.meta	MetaSuffix {suffix}
MimeMagicFile	mod_mime_magic	sv	1					MimeMagicFile {file-path}
MinSpareServers	prefork	s	1				5	MinSpareServers {number}
MinSpareThreads	mpm_common	s	1				See usage for details	MinSpareThreads {number}
MMapFile	mod_file_cache	sv	ITERATE					MMapFile {file-path} [{file-path}] ...
ModemStandard	mod_dialup	dlp	1					ModemStandard V.21|V.26bis|V.32|V.34|V.92
ModMimeUsePathInfo	mod_mime	dlp	FLAG				Off	ModMimeUsePathInfo On|Off
MultiviewsMatch	mod_mime	svdph	ITERATE	FileInfo			NegotiatedOnly	MultiviewsMatch Any|NegotiatedOnly|Filters|Handlers [Handlers|Filters]
Mutex	core	s	RAW1				default	Mutex {mechanism} [default|{mutex-name}] ... [OmitPID]
NameVirtualHost	core	sv	1					NameVirtualHost {addr}[:{port}]
NoProxy	mod_proxy	sv	ITERATE					NoProxy {host} [{host}] ...
NWSSLTrustedCerts	mod_nw_ssl	sv	ITERATE					NWSSLTrustedCerts {filename} [{filename}] ...
NWSSLUpgradeable	mod_nw_ssl	sv	2					NWSSLUpgradeable [{IP-address}:]{portnumber}
Options	core	svdlph	RAW	Options			FollowSymlinks	Options [+|-]{option} [[+|-]{option}] ...
Order	mod_access_compat	dlph	1	Limit			Deny,Allow	Order {ordering}
OutputSed	mod_sed	dlp	1					OutputSed {sed-command}
PassEnv	mod_env	svdlph	ITERATE	FileInfo				PassEnv {env-variable} [{env-variable}] ...
PidFile	mpm_common	s	1				logs/httpd.pid	PidFile {filename}
Port	core	sv	1
PrivilegesMode	mod_privileges	svdlp	1				FAST	PrivilegesMode FAST|SECURE|SELECTIVE
Protocol	core	sv	1					Protocol {protocol}
ProtocolEcho	mod_echo	sv	FLAG				Off	ProtocolEcho On|Off
Protocols	core	sv	ITERATE		2.4.17		http/1.1	Protocols {protocol} ...
ProtocolsHonorOrder	core	sv	1		2.4.17		On	ProtocolsHonorOrder On|Off
Proxy	mod_proxy	<sv	RAW					<Proxy {wildcard-url}> ...</Proxy>
Proxy100Continue	mod_proxy	svdlp	FLAG		2.4.40		On	Proxy100Continue Off|On
ProxyAddHeaders	mod_proxy	svdlp	FLAG				On	ProxyAddHeaders Off|On
ProxyBadHeader	mod_proxy	sv	1				IsError	ProxyBadHeader IsError|Ignore|StartBody
ProxyBlock	mod_proxy	sv	ITERATE					ProxyBlock *|{word}|{host}|{domain} [{word}|{host}|{domain}] ...
ProxyDomain	mod_proxy	sv	1					ProxyDomain {Domain}
ProxyErrorOverride	mod_proxy	svdlp	ITERATE				Off	ProxyErrorOverride Off|On [{code} ...]
ProxyExpressDBMFile	mod_proxy_express	svdlph	1	FileInfo				ProxyExpressDBMFile {pathname}
ProxyExpressDBMType	mod_proxy_express	svdlph	1	FileInfo			default	ProxyExpressDBMType {type}
ProxyExpressEnable	mod_proxy_express	svdlph	FLAG	FileInfo			off	ProxyExpressEnable on|off
ProxyFCGIBackendType	mod_proxy_fcgi	svdlph	1	FileInfo	2.4.26		FPM	ProxyFCGIBackendType FPM|GENERIC
ProxyFCGISetEnvIf	mod_proxy_fcgi	svdlph	23	FileInfo	2.4.26			ProxyFCGISetEnvIf {conditional-expression} [!]{environment-variable-name} [{value-expression}]
ProxyFtpDirCharset	mod_proxy_ftp	svdlp	1				ISO-8859-1	ProxyFtpDirCharset {character_set}
ProxyFtpEscapeWildcards	mod_proxy_ftp	svdlp	FLAG				on	ProxyFtpEscapeWildcards on|off
ProxyFtpListOnWildcard	mod_proxy_ftp	svdlp	FLAG				on	ProxyFtpListOnWildcard on|off
ProxyHCExpr	mod_proxy_hcheck	svdlp	RAW		2.4.21			ProxyHCExpr {name} {{ap_expr expression}}
ProxyHCTemplate	mod_proxy_hcheck	svdlp	RAW		2.4.21			ProxyHCTemplate {name} {parameter}={setting} [...]
ProxyHCTPsize	mod_proxy_hcheck	s	1		2.4.21		16	ProxyHCTPsize {size}
ProxyHTMLBufSize	mod_proxy_html	svdlp	1				8192	ProxyHTMLBufSize {bytes}
ProxyHTMLCharsetOut	mod_proxy_html	svdlp	1				UTF-8	ProxyHTMLCharsetOut {Charset | *}
ProxyHTMLDocType	mod_proxy_html	svdlp	12					ProxyHTMLDocType HTML|XHTML [Legacy] / OR / ProxyHTMLDocType {fpi} [SGML|XML]
ProxyHTMLEnable	mod_proxy_html	svdlp	FLAG				Off	ProxyHTMLEnable On|Off
ProxyHTMLEvents	mod_proxy_html	svdlp	ITERATE					ProxyHTMLEvents {attribute [attribute ...]}
ProxyHTMLExtended	mod_proxy_html	svdlp	FLAG				Off	ProxyHTMLExtended On|Off
ProxyHTMLFixups	mod_proxy_html	svdlp	ITERATE				none	ProxyHTMLFixups [lowercase] [dospath] [reset]
ProxyHTMLInterp	mod_proxy_html	svdlp	FLAG				Off	ProxyHTMLInterp On|Off
ProxyHTMLLinks	mod_proxy_html	svdlp	ITERATE2					ProxyHTMLLinks {element attribute [attribute2 ...]}
ProxyHTMLMeta	mod_proxy_html	svdlp	FLAG		2.4.3		Off	ProxyHTMLMeta On|Off
ProxyHTMLStripComments	mod_proxy_html	svdlp	FLAG				Off	ProxyHTMLStripComments On|Off
ProxyHTMLURLMap	mod_proxy_html	svdlp	RAW					ProxyHTMLURLMap {from-pattern to-pattern [flags] [cond]}
ProxyIOBufferSize	mod_proxy	sv	1				8192	ProxyIOBufferSize {bytes}
ProxyMatch	mod_proxy	<sv	RAW					<ProxyMatch {regex}> ...</ProxyMatch>
ProxyMaxForwards	mod_proxy	sv	1				-1	ProxyMaxForwards {number}
ProxyPass	mod_proxy	svlp	RAW					ProxyPass [{path}] !|{url} [{key=value} {[key=value} ...]] [nocanon] [interpolate] [noquery]
ProxyPassInherit	mod_proxy	sv	FLAG		2.4.5		On	ProxyPassInherit On|Off
ProxyPassInterpolateEnv	mod_proxy	svdlp	FLAG				Off	ProxyPassInterpolateEnv On|Off
ProxyPassMatch	mod_proxy	svlp	RAW					ProxyPassMatch [{regex}] !|{url} [{key=value} {[key=value} ...]]
ProxyPassReverse	mod_proxy	svlp	123					ProxyPassReverse [{path}] {url} [interpolate]
ProxyPassReverseCookieDomain	mod_proxy	svdlp	23					ProxyPassReverseCookieDomain {internal-domain} {public-domain} [interpolate]
ProxyPassReverseCookiePath	mod_proxy	svdlp	23					ProxyPassReverseCookiePath {internal-path} {public-path} [interpolate]
ProxyPreserveHost	mod_proxy	svdlp	FLAG				Off	ProxyPreserveHost On|Off
ProxyReceiveBufferSize	mod_proxy	sv	1				0	ProxyReceiveBufferSize {bytes}
ProxyRemote	mod_proxy	sv	23					ProxyRemote {match} {remote-server} [{username:password}]
ProxyRemoteMatch	mod_proxy	sv	23					ProxyRemoteMatch {regex} {remote-server} [{username:password}]
ProxyRequests	mod_proxy	sv	FLAG				Off	ProxyRequests On|Off
ProxySCGIInternalRedirect	mod_proxy_scgi	svdlp	1				On	ProxySCGIInternalRedirect On|Off|{Headername}
ProxySCGISendfile	mod_proxy_scgi	svdlp	1				Off	ProxySCGISendfile On|Off|{Headername}
ProxySet	mod_proxy	svdlp	RAW					ProxySet {url} {key=value [key=value ...]}
ProxySourceAddress	mod_proxy	sv	1					ProxySourceAddress {address}
ProxyStatus	mod_proxy	sv	1				Off	ProxyStatus Off|On|Full
ProxyTimeout	mod_proxy	sv	1				Value of Timeout	ProxyTimeout {seconds}
ProxyVia	mod_proxy	sv	1				Off	ProxyVia On|Off|Full|Block
ProxyWebsocketFallbackToProxyHttp	mod_proxy_wstunnel	svdlp	FLAG		2.4.48		On	ProxyWebsocketFallbackToProxyHttp On|Off
QualifyRedirectURL	core	svdlph	FLAG	FileInfo	2.4.18		Off	QualifyRedirectURL On|Off
ReadBufferSize	core	svdlp	1		2.4.47		8192	ReadBufferSize {bytes}
ReadmeName	mod_autoindex	svdlph	1	Indexes				ReadmeName {filename}
ReceiveBufferSize	mpm_common	s	1				0	ReceiveBufferSize {bytes}
Redirect	mod_alias	svdlph	123	FileInfo				Redirect [{status}] [{URL-path}] {URL}
RedirectMatch	mod_alias	svdlph	23	FileInfo				RedirectMatch [{status}] {regex} {URL}
RedirectPermanent	mod_alias	svdlph	2	FileInfo				RedirectPermanent {URL-path} {URL}
RedirectRelative	mod_alias	svdlph	FLAG	FileInfo	2.4.58		Off	RedirectRelative On|Off
RedirectTemp	mod_alias	svdlph	2	FileInfo				RedirectTemp {URL-path} {URL}
RedisConnPoolTTL	mod_socache_redis	sv	1		2.4.39		15s	RedisConnPoolTTL {num}[{units}]
RedisTimeout	mod_socache_redis	sv	1		2.4.39		5s	RedisTimeout {num}[{units}]
ReflectorHeader	mod_reflector	svdlph	12	Options				ReflectorHeader {inputheader} {[outputheader]}
RegexDefaultOptions	core	s	RAW		2.4.34		DOTALL DOLLAR_ENDONLY	RegexDefaultOptions [none] [+|-]{option} [[+|-]{option}] ...
RegisterHttpMethod	core	s	ITERATE		2.4.24			RegisterHttpMethod {method} [{method} [...]]
RemoteIPHeader	mod_remoteip	sv	1				none	RemoteIPHeader {header-field}
RemoteIPInternalProxy	mod_remoteip	sv	ITERATE					RemoteIPInternalProxy {proxy-ip}|{proxy-ip/subnet}|{hostname} ...
RemoteIPInternalProxyList	mod_remoteip	sv	1					RemoteIPInternalProxyList {filename}
RemoteIPProxiesHeader	mod_remoteip	sv	1					RemoteIPProxiesHeader {HeaderFieldName}
RemoteIPProxyProtocol	mod_remoteip	sv	FLAG		2.4.30			RemoteIPProxyProtocol On|Off
RemoteIPProxyProtocolExceptions	mod_remoteip	sv	ARGV		2.4.30			RemoteIPProxyProtocolExceptions host|range [host|range] [host|range]
RemoteIPTrustedProxy	mod_remoteip	sv	ITERATE					RemoteIPTrustedProxy {proxy-ip}|{proxy-ip/subnet}|{hostname} ...
RemoteIPTrustedProxyList	mod_remoteip	sv	1					RemoteIPTrustedProxyList {filename}
RemoveCharset	mod_mime	svdlph	ITERATE	FileInfo				RemoveCharset {extension} [{extension}] ...
RemoveEncoding	mod_mime	svdlph	ITERATE	FileInfo				RemoveEncoding {extension} [{extension}] ...
RemoveHandler	mod_mime	svdlph	ITERATE	FileInfo				RemoveHandler {extension} [{extension}] ...
RemoveInputFilter	mod_mime	svdlph	ITERATE	FileInfo				RemoveInputFilter {extension} [{extension}] ...
RemoveLanguage	mod_mime	svdlph	ITERATE	FileInfo				RemoveLanguage {extension} [{extension}] ...
RemoveOutputFilter	mod_mime	svdlph	ITERATE	FileInfo				RemoveOutputFilter {extension} [{extension}] ...
RemoveType	mod_mime	svdlph	ITERATE	FileInfo				RemoveType {extension} [{extension}] ...
RequestHeader	mod_headers	svdlph	RAW	FileInfo				RequestHeader add|append|edit|edit*|merge|set|setifempty|unset {header} [[expr=]{value} [{replacement}] [early|env=[!]{varname}|expr={expression}]]
RequestReadTimeout	mod_reqtimeout	sv	RAW				handshake=0 header=20-40,MinRate=500 body=20,MinRate=500	RequestReadTimeout [handshake={timeout}[-{maxtimeout}][,MinRate={rate}] [header={timeout}[-{maxtimeout}][,MinRate={rate}] [body={timeout}[-{maxtimeout}][,MinRate={rate}]
Require	mod_authz_core	dlph	RAW	AuthConfig				Require [not] {entity-name} [{entity-name}] ...
RequireAll	mod_authz_core	<dlph	RAW	AuthConfig				<RequireAll> ... </RequireAll>
RequireAny	mod_authz_core	<dlph	RAW	AuthConfig				<RequireAny> ... </RequireAny>
RequireNone	mod_authz_core	<dlph	RAW	AuthConfig				<RequireNone> ... </RequireNone>
RewriteBase	mod_rewrite	dlph	1	FileInfo			None	RewriteBase {URL-path}
RewriteCond	mod_rewrite	svdlph	RAW	FileInfo				RewriteCond {TestString} [!]{CondPattern} [{flags}]
RewriteEngine	mod_rewrite	svdlph	FLAG	FileInfo			off	RewriteEngine on|off
RewriteMap	mod_rewrite	sv	23					RewriteMap {MapName} {MapType}:{MapSource} [{MapTypeOptions}]
RewriteOptions	mod_rewrite	svdlph	ITERATE	FileInfo				RewriteOptions {Options}
RewriteRule	mod_rewrite	svdlph	RAW	FileInfo				RewriteRule [!]{Pattern} {Substitution} [{flags}]
RLimitCPU	core	svdlph	12	All			Unset; uses operating system defaults	RLimitCPU {seconds}|max [{seconds}|max]
RLimitMEM	core	svdlph	12	All			Unset; uses operating system defaults	RLimitMEM {bytes}|max [{bytes}|max]
RLimitNPROC	core	svdlph	12	All			Unset; uses operating system defaults	RLimitNPROC {number}|max [{number}|max]
Satisfy	mod_access_compat	dlph	1	AuthConfig			All	Satisfy Any|All
ScoreBoardFile	mpm_common	s	1				logs/apache_runtime_status	ScoreBoardFile {file-path}
Script	mod_actions	svdlp	2					Script {method} {cgi-script}
ScriptAlias	mod_alias	svlp	12					ScriptAlias [{URL-path}] {file-path}|{directory-path}
ScriptAliasMatch	mod_alias	sv	2					ScriptAliasMatch {regex} {file-path}|{directory-path}
ScriptInterpreterSource	core	svdlph	1	FileInfo			Script	ScriptInterpreterSource Registry|Registry-Strict|Script
ScriptLog	mod_cgi,mod_cgid	sv	1					ScriptLog {file-path}
ScriptLogBuffer	mod_cgi,mod_cgid	sv	1				1024	ScriptLogBuffer {bytes}
ScriptLogLength	mod_cgi,mod_cgid	sv	1				10385760	ScriptLogLength {bytes}
ScriptSock	mod_cgid	s	1				cgisock	ScriptSock {file-path}
SecureListen	mod_nw_ssl	sv	23					SecureListen [{IP-address}:]{portnumber} {Certificate-Name} [MUTUAL]
SeeRequestTail	core	s	FLAG				Off	SeeRequestTail On|Off
SendBufferSize	mpm_common	s	1				0	SendBufferSize {bytes}
ServerAdmin	core	sv	1					ServerAdmin {email-address}|{URL}
ServerAlias	core	v	RAW					ServerAlias {hostname} [{hostname}] ...
ServerLimit	mpm_common	s	1				See usage for details	ServerLimit {number}
ServerName	core	sv	1					ServerName [{scheme}://]{domain-name}|{ip-address}[:{port}]
ServerPath	core	sv	1					ServerPath {URL-path}
ServerRoot	core	sv	1				/usr/local/apache	ServerRoot {directory-path}
ServerSignature	core	svdlph	1	All			Off	ServerSignature On|Off|EMail
ServerTokens	core	s	1				Full	ServerTokens Major|Minor|Min[imal]|Prod[uctOnly]|OS|Full
Session	mod_session	svdlph	FLAG	AuthConfig			Off	Session On|Off
SessionCookieName	mod_session_cookie	svdlph	RAW	AuthConfig			none	SessionCookieName {name} {attributes}
SessionCookieName2	mod_session_cookie	svdlph	RAW	AuthConfig			none	SessionCookieName2 {name} {attributes}
SessionCookieRemove	mod_session_cookie	svdlph	FLAG	AuthConfig			Off	SessionCookieRemove On|Off
SessionCryptoCipher	mod_session_crypto	svdlph	1	AuthConfig			aes256	SessionCryptoCipher {name}
SessionCryptoDriver	mod_session_crypto	s	RAW				none	SessionCryptoDriver {name} {[param[=value]]}
SessionCryptoPassphrase	mod_session_crypto	svdlph	ITERATE	AuthConfig			none	SessionCryptoPassphrase {secret} [ {secret} ... ]
SessionCryptoPassphraseFile	mod_session_crypto	svdlp	1				none	SessionCryptoPassphraseFile {filename}
SessionDBDCookieName	mod_session_dbd	svdlph	RAW1	AuthConfig			none	SessionDBDCookieName {name} {attributes}
SessionDBDCookieName2	mod_session_dbd	svdlph	RAW1	AuthConfig			none	SessionDBDCookieName2 {name} {attributes}
SessionDBDCookieRemove	mod_session_dbd	svdlph	FLAG	AuthConfig			On	SessionDBDCookieRemove On|Off
SessionDBDDeleteLabel	mod_session_dbd	svdlph	1	AuthConfig			deletesession	SessionDBDDeleteLabel {label}
SessionDBDInsertLabel	mod_session_dbd	svdlph	1	AuthConfig			insertsession	SessionDBDInsertLabel {label}
SessionDBDPerUser	mod_session_dbd	svdlph	FLAG	AuthConfig			Off	SessionDBDPerUser On|Off
SessionDBDSelectLabel	mod_session_dbd	svdlph	1	AuthConfig			selectsession	SessionDBDSelectLabel {label}
SessionDBDUpdateLabel	mod_session_dbd	svdlph	1	AuthConfig			updatesession	SessionDBDUpdateLabel {label}
SessionEnv	mod_session	svdlph	FLAG	AuthConfig			Off	SessionEnv On|Off
SessionExclude	mod_session	svdlph	1	AuthConfig			none	SessionExclude {path}
SessionExpiryUpdateInterval	mod_session	svdlph	1	AuthConfig	2.4.41		0 (always update)	SessionExpiryUpdateInterval {interval}
SessionHeader	mod_session	svdlph	1	AuthConfig			none	SessionHeader {header}
SessionInclude	mod_session	svdlph	1	AuthConfig			all URLs	SessionInclude {path}
SessionMaxAge	mod_session	svdlph	1	AuthConfig			0	SessionMaxAge {maxage}
SetEnv	mod_env	svdlph	12	FileInfo				SetEnv {env-variable} [{value}]
SetEnvIf	mod_setenvif	svdlph	RAW	FileInfo				SetEnvIf {attribute regex [!]env-variable}[={value}] [[!]{env-variable}[={value}]] ...
SetEnvIfExpr	mod_setenvif	svdlph	RAW	FileInfo				SetEnvIfExpr {expr [!]env-variable}[={value}] [[!]{env-variable}[={value}]] ...
SetEnvIfNoCase	mod_setenvif	svdlph	RAW	FileInfo				SetEnvIfNoCase {attribute regex [!]env-variable}[={value}] [[!]{env-variable}[={value}]] ...
SetHandler	core	svdlph	1	FileInfo				SetHandler {handler-name}|none|{expression}
SetInputFilter	core	svdlph	1	FileInfo				SetInputFilter {filter}[;{filter}...]
SetOutputFilter	core	svdlph	1	FileInfo				SetOutputFilter {filter}[;{filter}...]
SSIEndTag	mod_include	sv	1				"-->"	SSIEndTag {tag}
SSIErrorMsg	mod_include	svdlph	1	All			"[an error occurred while processing this directive]"	SSIErrorMsg {message}
SSIETag	mod_include	dlph	FLAG	Limit			off	SSIETag on|off
SSILastModified	mod_include	dlph	FLAG	Limit			off	SSILastModified on|off
SSILegacyExprParser	mod_include	dlph	FLAG	Limit			off	SSILegacyExprParser on|off
SSIStartTag	mod_include	sv	1				"<!--#"	SSIStartTag {tag}
SSITimeFormat	mod_include	svdlph	1	All			"%A, %d-%b-%Y %H:%M:%S %Z"	SSITimeFormat {formatstring}
SSIUndefinedEcho	mod_include	svdlph	1	All			"(none)"	SSIUndefinedEcho {string}
SSLCACertificateFile	mod_ssl	svdlph	1	AuthConfig				SSLCACertificateFile {file-path}
SSLCACertificatePath	mod_ssl	svdlph	1	AuthConfig				SSLCACertificatePath {directory-path}
SSLCADNRequestFile	mod_ssl	sv	1					SSLCADNRequestFile {file-path}
SSLCADNRequestPath	mod_ssl	sv	1					SSLCADNRequestPath {directory-path}
SSLCARevocationCheck	mod_ssl	sv	RAW				none	SSLCARevocationCheck chain|leaf|none [{flag}s ...]
SSLCARevocationFile	mod_ssl	sv	1					SSLCARevocationFile {file-path}
SSLCARevocationPath	mod_ssl	sv	1					SSLCARevocationPath {directory-path}
SSLCertificateChainFile	mod_ssl	sv	1					SSLCertificateChainFile {file-path}
SSLCertificateFile	mod_ssl	sv	1					SSLCertificateFile {file-path}|{certid}
SSLCertificateKeyFile	mod_ssl	sv	1					SSLCertificateKeyFile {file-path}|{keyid}
SSLCipherSuite	mod_ssl	svdlph	12	AuthConfig			DEFAULT (depends on OpenSSL version)	SSLCipherSuite [{protocol}] {cipher-spec}
SSLCompression	mod_ssl	sv	FLAG		2.4.3		off	SSLCompression on|off
SSLCryptoDevice	mod_ssl	s	1				builtin	SSLCryptoDevice {engine}
SSLEngine	mod_ssl	sv	1				off	SSLEngine on|off
SSLFIPS	mod_ssl	s	FLAG				off	SSLFIPS on|off
SSLHonorCipherOrder	mod_ssl	sv	FLAG				off	SSLHonorCipherOrder on|off
SSLInsecureRenegotiation	mod_ssl	sv	FLAG				off	SSLInsecureRenegotiation on|off
SSLOCSPDefaultResponder	mod_ssl	sv	1					SSLOCSPDefaultResponder {uri}
SSLOCSPEnable	mod_ssl	sv	RAW				off	SSLOCSPEnable on|leaf|off [{flags}]
SSLOCSPNoverify	mod_ssl	sv	FLAG		2.4.26		off	SSLOCSPNoverify on|off
SSLOCSPOverrideResponder	mod_ssl	sv	FLAG				off	SSLOCSPOverrideResponder on|off
SSLOCSPProxyURL	mod_ssl	sv	1		2.4.19			SSLOCSPProxyURL {url}
SSLOCSPResponderCertificateFile	mod_ssl	sv	1		2.4.26			SSLOCSPResponderCertificateFile {file}
SSLOCSPResponderTimeout	mod_ssl	sv	1				10	SSLOCSPResponderTimeout {seconds}
SSLOCSPResponseMaxAge	mod_ssl	sv	1				-1	SSLOCSPResponseMaxAge {seconds}
SSLOCSPResponseTimeSkew	mod_ssl	sv	1				300	SSLOCSPResponseTimeSkew {seconds}
SSLOCSPUseRequestNonce	mod_ssl	sv	FLAG		2.4.10		on	SSLOCSPUseRequestNonce on|off
SSLOpenSSLConfCmd	mod_ssl	sv	2		2.4.8			SSLOpenSSLConfCmd {command-name} {command-value}
SSLOptions	mod_ssl	svdlph	RAW	Options				SSLOptions [+|-]{option} ...
SSLPassPhraseDialog	mod_ssl	s	1				builtin	SSLPassPhraseDialog {type}
SSLProtocol	mod_ssl	sv	RAW				all -SSLv3 (up to 2.4.16: all)	SSLProtocol [+|-]{protocol} ...
SSLProxyCACertificateFile	mod_ssl	svp	1					SSLProxyCACertificateFile {file-path}
SSLProxyCACertificatePath	mod_ssl	svp	1					SSLProxyCACertificatePath {directory-path}
SSLProxyCARevocationCheck	mod_ssl	svp	RAW				none	SSLProxyCARevocationCheck chain|leaf|none
SSLProxyCARevocationFile	mod_ssl	svp	1					SSLProxyCARevocationFile {file-path}
SSLProxyCARevocationPath	mod_ssl	svp	1					SSLProxyCARevocationPath {directory-path}
SSLProxyCheckPeerCN	mod_ssl	svp	FLAG				on	SSLProxyCheckPeerCN on|off
SSLProxyCheckPeerExpire	mod_ssl	svp	FLAG				on	SSLProxyCheckPeerExpire on|off
SSLProxyCheckPeerName	mod_ssl	svp	FLAG		2.4.5		on	SSLProxyCheckPeerName on|off
SSLProxyCipherSuite	mod_ssl	svp	12				ALL:!ADH:RC4+RSA:+HIGH:+MEDIUM:+LOW:+EXP	SSLProxyCipherSuite [{protocol}] {cipher-spec}
SSLProxyEngine	mod_ssl	svp	FLAG				off	SSLProxyEngine on|off
SSLProxyMachineCertificateChainFile	mod_ssl	svp	1					SSLProxyMachineCertificateChainFile {filename}
SSLProxyMachineCertificateFile	mod_ssl	svp	1					SSLProxyMachineCertificateFile {filename}
SSLProxyMachineCertificatePath	mod_ssl	svp	1					SSLProxyMachineCertificatePath {directory}
SSLProxyProtocol	mod_ssl	svp	RAW				all -SSLv3 (up to 2.4.16: all)	SSLProxyProtocol [+|-]{protocol} ...
SSLProxyVerify	mod_ssl	svp	1				none	SSLProxyVerify {level}
SSLProxyVerifyDepth	mod_ssl	svp	1				1	SSLProxyVerifyDepth {number}
SSLRandomSeed	mod_ssl	s	23					SSLRandomSeed {context} {source} [{bytes}]
SSLRenegBufferSize	mod_ssl	dlph	1	AuthConfig			131072	SSLRenegBufferSize {bytes}
SSLRequire	mod_ssl	dlph	RAW1	AuthConfig				SSLRequire {expression}
SSLRequireSSL	mod_ssl	dlph	RAW	AuthConfig				SSLRequireSSL
SSLSessionCache	mod_ssl	s	1				none	SSLSessionCache {type}
SSLSessionCacheTimeout	mod_ssl	sv	1				300	SSLSessionCacheTimeout {seconds}
SSLSessionTicketKeyFile	mod_ssl	sv	1					SSLSessionTicketKeyFile {file-path}
SSLSessionTickets	mod_ssl	sv	FLAG		2.4.11		on	SSLSessionTickets on|off
SSLSRPUnknownUserSeed	mod_ssl	sv	1		2.4.4			SSLSRPUnknownUserSeed {secret-string}
SSLSRPVerifierFile	mod_ssl	sv	1		2.4.4			SSLSRPVerifierFile {file-path}
SSLStaplingCache	mod_ssl	s	1					SSLStaplingCache {type}
SSLStaplingErrorCacheTimeout	mod_ssl	sv	1				600	SSLStaplingErrorCacheTimeout {seconds}
SSLStaplingFakeTryLater	mod_ssl	sv	FLAG				on	SSLStaplingFakeTryLater on|off
SSLStaplingForceURL	mod_ssl	sv	1					SSLStaplingForceURL {uri}
SSLStaplingResponderTimeout	mod_ssl	sv	1				10	SSLStaplingResponderTimeout {seconds}
SSLStaplingResponseMaxAge	mod_ssl	sv	1				-1	SSLStaplingResponseMaxAge {seconds}
SSLStaplingResponseTimeSkew	mod_ssl	sv	1				300	SSLStaplingResponseTimeSkew {seconds}
SSLStaplingReturnResponderErrors	mod_ssl	sv	FLAG				on	SSLStaplingReturnResponderErrors on|off
SSLStaplingStandardCacheTimeout	mod_ssl	sv	1				3600	SSLStaplingStandardCacheTimeout {seconds}
SSLStrictSNIVHostCheck	mod_ssl	sv	FLAG				off	SSLStrictSNIVHostCheck on|off
SSLUserName	mod_ssl	svdlph	1	AuthConfig				SSLUserName {varname}
SSLUseStapling	mod_ssl	sv	FLAG				off	SSLUseStapling on|off
SSLVerifyClient	mod_ssl	svdlph	1	AuthConfig			none	SSLVerifyClient {level}
SSLVerifyDepth	mod_ssl	svdlph	1	AuthConfig			1	SSLVerifyDepth {number}
SSLVHostSNIPolicy	mod_ssl	s	1		2.4.66		secure	SSLVHostSNIPolicy strict|secure|authonly|insecure
StartServers	mpm_common	s	1				See usage for details	StartServers {number}
StartThreads	mpm_common	sv	1				See usage for details	StartThreads {number}
StrictHostCheck	core	sv	FLAG		2.4.49		OFF	StrictHostCheck ON|OFF
Substitute	mod_substitute	svdlph	1	FileInfo				Substitute {s/pattern/substitution/[infq]}
SubstituteInheritBefore	mod_substitute	svdlph	FLAG	FileInfo	2.4.17		off	SubstituteInheritBefore on|off
SubstituteMaxLineLength	mod_substitute	svdlph	1	FileInfo	2.4.11		1m	SubstituteMaxLineLength {bytes}(b|B|k|K|m|M|g|G)
Suexec	mod_unixd	s	FLAG				On if suexec binary exists with proper owner and mode, Off otherwise	Suexec On|Off
SuexecUserGroup	mod_suexec	sv	2					SuexecUserGroup {User Group}
ThreadLimit	mpm_common	s	1				See usage for details	ThreadLimit {number}
ThreadsPerChild	mpm_common	s	1				See usage for details	ThreadsPerChild {number}
ThreadStackSize	mpm_common	s	1				65536 on NetWare; varies on other operating systems	ThreadStackSize {size}
TimeOut	core	sv	1				60	TimeOut {seconds}
TraceEnable	core	sv	1				on	TraceEnable {[on|off|extended]}
TransferLog	mod_log_config	sv	1					TransferLog {file}|{pipe}
TypesConfig	mod_mime	sv	1				conf/mime.types	TypesConfig {file-path}
UNCList	core	sv	ARGV		2.4.60		unset	UNCList {hostname} [{hostname}...]
UnDefine	core	svdlp	1					UnDefine {parameter-name}
UndefMacro	mod_macro	svdlph	1	All	2.4.5			UndefMacro {name}
UnsetEnv	mod_env	svdlph	ITERATE	FileInfo				UnsetEnv {env-variable} [{env-variable}] ...
Use	mod_macro	svdlph	RAW	All	2.4.5			Use {name} [{value1} ... {valueN}]
UseCanonicalName	core	svdlp	1				Off	UseCanonicalName On|Off|DNS
UseCanonicalPhysicalPort	core	svdlp	1				Off	UseCanonicalPhysicalPort On|Off
User	mod_unixd	s	1				#-1	User {unix-userid}
UserDir	mod_userdir	sv	RAW1					UserDir {directory-filename} [{directory-filename}] ...
VHostCGIMode	mod_privileges	sv	1				On	VHostCGIMode On|Off|Secure
VHostCGIPrivs	mod_privileges	sv	ITERATE				None	VHostCGIPrivs [+-]?{privilege-name} [[+-]?privilege-name] ...
VHostGroup	mod_privileges	sv	1				Inherits the group id specified in Group	VHostGroup {unix-groupid}
VHostPrivs	mod_privileges	sv	ITERATE				None	VHostPrivs [+-]?{privilege-name} [[+-]?privilege-name] ...
VHostSecure	mod_privileges	sv	FLAG				On	VHostSecure On|Off
VHostUser	mod_privileges	sv	1				Inherits the userid specified in User	VHostUser {unix-userid}
VirtualDocumentRoot	mod_vhost_alias	sv	1				none	VirtualDocumentRoot {interpolated-directory}|none
VirtualDocumentRootIP	mod_vhost_alias	sv	1				none	VirtualDocumentRootIP {interpolated-directory}|none
VirtualHost	core	<s	RAW					<VirtualHost {addr}[:{port}] [{addr}[:{port}]] ...> ... </VirtualHost>
VirtualScriptAlias	mod_vhost_alias	sv	1				none	VirtualScriptAlias {interpolated-directory}|none
VirtualScriptAliasIP	mod_vhost_alias	sv	1				none	VirtualScriptAliasIP {interpolated-directory}|none
WatchdogInterval	mod_watchdog	s	1				1	WatchdogInterval {time-interval}[s]
XBitHack	mod_include	svdlph	1	Options			off	XBitHack on|off|full
xml2EncAlias	mod_xml2enc	s	ITERATE2					xml2EncAlias {charset alias [alias ...]}
xml2EncDefault	mod_xml2enc	svdlph	1	All				xml2EncDefault {name}
xml2StartParse	mod_xml2enc	svdlph	ITERATE	All				xml2StartParse {element [element ...]}
`;

/** Directives of older versions that 2.4 no longer knows: name, module, version that dropped it. */
export const removedTable = `
AcceptMutex	mpm_common	2.4
AddModule	core	2.0.36
Anonymous_Authoritative	mod_auth_anon	2.2
AssignUserId	perchild	2.2
AuthAuthoritative	mod_auth	2.2
AuthDBMAuthoritative	mod_auth_dbm	2.2
AuthDefaultAuthoritative	mod_authn_default	2.4
AuthDigestFile	mod_auth_digest	2.2
AuthDigestGroupFile	mod_auth_digest	2.2
AuthLDAPAuthoritative	mod_auth_ldap	2.2
AuthLDAPEnabled	mod_auth_ldap	2.2
AuthLDAPFrontPageHack	mod_auth_ldap	2.2
AuthLDAPStartTLS	mod_auth_ldap	2.0.45
AuthzDBMAuthoritative	mod_authz_dbm	2.4
AuthzDefaultAuthoritative	mod_authz_default	2.4
AuthzGroupFileAuthoritative	mod_authz_groupfile	2.4
AuthzLDAPAuthoritative	mod_authnz_ldap	2.4
AuthzOwnerAuthoritative	mod_authz_owner	2.4
AuthzUserAuthoritative	mod_authz_user	2.4
BS2000Account	mpm_common	2.2
CacheExpiryCheck	mod_disk_cache	2.2
CacheForceCompletion	mod_cache	2.2
CacheGcClean	mod_disk_cache	2.2
CacheGcDaily	mod_disk_cache	2.2
CacheGcInterval	mod_disk_cache	2.2
CacheGcMemUsage	mod_disk_cache	2.2
CacheGcUnused	mod_disk_cache	2.2
CacheMaxStreamingBuffer	mod_cache	2.0.44
CacheOn	mod_cache	2.0.41
CacheSize	mod_disk_cache	2.2
CacheTimeMargin	mod_disk_cache	2.2
ChildPerUserId	perchild	2.2
CookieLog	mod_log_config	2.4
DumpIOLogLevel	mod_dumpio	2.4
ForceLangaugePriority	mod_negotiation	2.0.37
H2KeepAliveTimeout	mod_http2	2.4.21
H2Timeout	mod_http2	2.4.21
ISAPIFileChache	mod_isapi	2.0.41
LDAPCertDBPath	mod_ldap	2.0.45
LDAPTrustedCA	mod_ldap	2.2
LDAPTrustedCAType	mod_ldap	2.2
LockFile	mpm_common	2.4
MaxRequestsPerThread	beos	2.4
MaxThreadsPerChild	perchild	2.2
MCacheMaxObjectCount	mod_mem_cache	2.4
MCacheMaxObjectSize	mod_mem_cache	2.4
MCacheMaxStreamingBuffer	mod_mem_cache	2.4
MCacheMinObjectSize	mod_mem_cache	2.4
MCacheRemovalAlgorithm	mod_mem_cache	2.4
MCacheSize	mod_mem_cache	2.4
NumServers	perchild	2.2
RewriteLock	mod_rewrite	2.4
RewriteLog	mod_rewrite	2.4
RewriteLogLevel	mod_rewrite	2.4
SSIEnableAccess	mod_include	2.4
SSLLog	mod_ssl	2.1
SSLLogLevel	mod_ssl	2.1
SSLMutex	mod_ssl	2.4
TLSCertificate	mod_tls	2.4.63
TLSCiphersPrefer	mod_tls	2.4.63
TLSCiphersSuppress	mod_tls	2.4.63
TLSEngine	mod_tls	2.4.63
TLSHonorClientOrder	mod_tls	2.4.63
TLSOptions	mod_tls	2.4.63
TLSProtocol	mod_tls	2.4.63
TLSProxyCA	mod_tls	2.4.63
TLSProxyCipherPrefer	mod_tls	2.4.63
TLSProxyCiphersPrefer	mod_tls	2.4.63
TLSProxyCiphersSuppress	mod_tls	2.4.63
TLSProxyCipherSuppress	mod_tls	2.4.63
TLSProxyEngine	mod_tls	2.4.63
TLSProxyMachineCertificate	mod_tls	2.4.63
TLSProxyProtocol	mod_tls	2.4.63
TLSSessionCache	mod_tls	2.4.63
TLSStrictSNI	mod_tls	2.4.63
Win32DisableAcceptEx	mpm_winnt	2.4
`;

/** Directives of the development branch 2.5 that no 2.4 release knows: name, module. */
export const trunkTable = `
AsyncFilter	core
DefaultStateDir	core
LogLevelOverride	core
Warning	core
AllowHandlers	mod_allowhandlers
AuthBearerProvider	mod_auth_bearer
AuthBearerAuthoritative	mod_auth_bearer
AuthBearerProxy	mod_auth_bearer
AuthDigestNonceFormat	mod_auth_digest
AuthDigestNcCheck	mod_auth_digest
AuthtProviderAlias	mod_autht_core
AuthtJwtDriver	mod_autht_jwt
AuthtJwtVerify	mod_autht_jwt
AuthtJwtSign	mod_autht_jwt
AuthtJwtClaim	mod_autht_jwt
IndexForbiddenReturn404	mod_autoindex
CryptoDriver	mod_crypto
CryptoCipher	mod_crypto
CryptoIV	mod_crypto
CryptoKey	mod_crypto
CryptoSize	mod_crypto
DavMSext	mod_dav
DavLockDBType	mod_dav_fs
DavQuota	mod_dav_fs
FirehoseConnectionInput	mod_firehose
FirehoseConnectionOutput	mod_firehose
FirehoseRequestInput	mod_firehose
FirehoseRequestOutput	mod_firehose
FirehoseProxyConnectionInput	mod_firehose
FirehoseProxyConnectionOutput	mod_firehose
LogIOTrackTTFU	mod_logio
MacroIgnoreEmptyArgs	mod_macro
MacroIgnoreBadNesting	mod_macro
MimeOptions	mod_mime
PolicyFilter	mod_policy
PolicyEnvironment	mod_policy
PolicyConditional	mod_policy
PolicyConditionalURL	mod_policy
PolicyLength	mod_policy
PolicyLengthURL	mod_policy
PolicyKeepalive	mod_policy
PolicyKeepaliveURL	mod_policy
PolicyType	mod_policy
PolicyTypeURL	mod_policy
PolicyVary	mod_policy
PolicyVaryURL	mod_policy
PolicyValidation	mod_policy
PolicyValidationURL	mod_policy
PolicyNocache	mod_policy
PolicyNocacheURL	mod_policy
PolicyMaxage	mod_policy
PolicyMaxageURL	mod_policy
PolicyVersion	mod_policy
PolicyVersionURL	mod_policy
ProxyWebsocketAsync	mod_proxy_wstunnel
ProxyWebsocketIdleTimeout	mod_proxy_wstunnel
ProxyWebsocketAsyncDelay	mod_proxy_wstunnel
SessionCookieMaxAge	mod_session_cookie
SSLClientHelloVars	mod_ssl
SSLPolicy	mod_ssl
CTAuditStorage	mod_ssl_ct
CTLogClient	mod_ssl_ct
CTLogConfigDB	mod_ssl_ct
CTMaxSCTAge	mod_ssl_ct
CTProxyAwareness	mod_ssl_ct
CTSCTStorage	mod_ssl_ct
CTServerHelloSCTLimit	mod_ssl_ct
CTStaticLogConfig	mod_ssl_ct
CTStaticSCTs	mod_ssl_ct
AcceptErrorsNonFatal	mpm_common
`;
