/**
 * Directives of modules whose values have a simple form, one a line, tab between fields: name, arguments, form, and what httpd
 * says of another value (`%s` being the word).
 *
 * Arguments: their number from 1, `all`, or `1/2` for the first where there are two. Forms: `MIN..MAX` is a number, of which
 * the beginning counts and text is 0; `=MIN..MAX` a whole number and nothing else; `never` no value at all; the rest is an
 * expression that the word has to match, whatever its case. All were measured with Apache 2.4.71.
 */
export const valueForms = `
Action	3	^virtual$	unrecognized option '%s'
AllowCONNECT	all	^\\d+(?:-\\d+)?$	AllowCONNECT: port numbers must be numeric
AuthDigestNonceLifetime	1	=..	Invalid time in AuthDigestNonceLifetime: %s
AuthDigestShmemSize	1	^[-+]?\\d+(?:$|[km])	Invalid size in AuthDigestShmemSize: %s
AuthFormBody	1	^[^=&]+$	AuthFormBody cannot be empty, or contain '=' or '&'
AuthFormLocation	1	^[^=&]+$	AuthFormLocation cannot be empty, or contain '=' or '&'
AuthFormMethod	1	^[^=&]+$	AuthFormMethod cannot be empty, or contain '=' or '&'
AuthFormMimetype	1	^[^=&]+$	AuthFormMimetype cannot be empty, or contain '=' or '&'
AuthFormPassword	1	^[^=&]+$	AuthFormPassword cannot be empty, or contain '=' or '&'
AuthFormSize	1	0..	AuthCookieFormSize must be a size in bytes, or zero
AuthFormUsername	1	^[^=&]+$	AuthFormUsername cannot be empty, or contain '=' or '&'
BalancerGrowth	1	0..1000	BalancerGrowth must be between 0 and 1000
BrotliCompressionMaxInputBlock	1	16..24	BrotliCompressionMaxInputBlock must be between 16 and 24
BrotliCompressionQuality	1	0..11	BrotliCompressionQuality must be between 0 and 11
BrotliCompressionWindow	1	10..24	BrotliCompressionWindow must be between 10 and 24
BrotliFilterNote	1/2	^(?:input|output|ratio)$	Unknown BrotliFilterNote type '%s'
BufferSize	1	1..	BufferSize must be a size in bytes, and greater than zero
CGIVar	2	^(?:current|original)-uri$	Valid rules for REQUEST_URI are 'current-uri' and 'original-uri'
CacheDirLength	1	1..20	CacheDirLength value must be an integer greater than 0, and with CacheDirLevels at most 20
CacheDirLevels	1	1..20	CacheDirLevels value must be an integer greater than 0, and with CacheDirLength at most 20
CacheLastModifiedFactor	1	^[-+]?(?:\\d|\\.\\d|inf|nan)	CacheLastModifiedFactor value must be a float
CacheLockMaxAge	1	1..	CacheLockMaxAge value must be a non-zero positive integer
CacheMaxFileSize	1	0..	CacheMaxFileSize argument must be a non-negative integer representing the max size of a file to cache in bytes
CacheMinFileSize	1	0..	CacheMinFileSize argument must be a non-negative integer representing the min size of a file to cache in bytes
CacheReadSize	1	0..	CacheReadSize argument must be a non-negative integer representing the max amount of data to cache in go
CacheReadTime	1	0..	CacheReadTime argument must be a non-negative integer representing the max amount of time taken to cache in go
CacheSocacheMaxSize	1	1024..4294967295	CacheSocacheMaxSize argument must be an integer representing the max size of a cached entry (headers and body), at least 1024
CacheSocacheMaxTime	1	0..	CacheSocacheMaxTime argument must be the maximum amount of time in seconds to cache an entry
CacheSocacheMinTime	1	0..	CacheSocacheMinTime argument must be the minimum amount of time in seconds to cache an entry
CacheSocacheReadSize	1	0..	CacheSocacheReadSize argument must be a non-negative integer representing the max amount of data to cache in go
CacheSocacheReadTime	1	0..	CacheSocacheReadTime argument must be a non-negative integer representing the max amount of time taken to cache in go
CookieDomain	1	^\\.	CookieDomain values must begin with a dot
CookieDomain	1	^.[^.]*\\.	CookieDomain values must contain at least one embedded dot
DavMinTimeout	1	0..	DAVMinTimeout requires a non-negative integer
DeflateBufferSize	1	1..	DeflateBufferSize should be positive
DeflateCompressionLevel	1	1..9	Compression Level must be between 1 and 9
DeflateFilterNote	1/2	^(?:input|output|ratio)$	Unknown note type %s
DeflateInflateLimitRequestBody	1	=0..	DeflateInflateLimitRequestBody requires a non-negative integer
DeflateInflateRatioBurst	1	1..	DeflateInflateRatioBurst must be positive
DeflateInflateRatioLimit	1	1..	DeflateInflateRatioLimit must be positive
DeflateMemLevel	1	1..9	DeflateMemLevel must be between 1 and 9
DeflateWindowSize	1	1..15	DeflateWindowSize must be between 1 and 15
DirectoryIndexRedirect	1	^(?:(?:on|off|permanent|temp|seeother)$|3\\d\\d(?!\\d))	DirectoryIndexRedirect ON|OFF|permanent|temp|seeother|3xx
FancyIndexing	all	never	The FancyIndexing directive is no longer supported. Use IndexOptions FancyIndexing
FlushMaxPipelined	1	=-1..2147483647	parameter must be a number between -1 and 2147483647: %s
FlushMaxThreshold	1	=0..4294967295	parameter must be a number between 0 and 4294967295: %s
H2MaxDataFrameLen	1	0..	value must be 0 or larger
H2MaxHeaderBlockLen	1	0..	value must be 0 or larger
H2MaxWorkerIdleSeconds	1	^\\+?(?:\\d{1,9}$|\\d{0,9}(?:s|h|ms|mi))	Invalid idle limit value
H2StreamTimeout	1	^\\+?(?:\\d{1,9}$|\\d{0,9}(?:s|h|ms|mi))	Invalid timeout value
IndexOrderDefault	2	^(?:name|date|size|description)$	Second keyword must be 'Name', 'Date', 'Size', or 'Description'
KeptBodySize	1	=0..	KeptBodySize must be a valid size in bytes, or zero
LimitInternalRecursion	all	1..	The recursion limit must be greater than zero
LimitXMLRequestBody	1	0..	LimitXMLRequestBody requires a non-negative integer
ListenCoresBucketsRatio	1	1..	ListenCoresBucketsRatio must be > 0
MaxMemFree	1	0..	Invalid MaxMemFree value: %s
MaxRangeOverlaps	1	^(?:(?:none|default|unlimited)$|\\+?0*[1-9])	MaxRangeOverlaps requires 'none', 'default', 'unlimited' or a positive integer
MaxRangeReversals	1	^(?:(?:none|default|unlimited)$|\\+?0*[1-9])	MaxRangeReversals requires 'none', 'default', 'unlimited' or a positive integer
MaxRanges	1	^(?:(?:none|default|unlimited)$|\\+?0*[1-9])	MaxRanges requires 'none', 'default', 'unlimited' or a positive integer
MemcacheConnTTL	1	^\\+?(?:\\d{1,9}$|\\d{0,9}(?:s|h|ms|mi))	MemcacheConnTTL has wrong format
Port	all	never	Port was replaced with Listen in Apache 2.0
ProxyHTMLBufSize	1	=..	Invalid value for directive ProxyHTMLBufSize, expected integer
ProxyHCTPsize	1	0..	Invalid ProxyHCTPsize parameter. Parameter must be >= 0
ReadBufferSize	1	=0..4294967295	parameter must be a number between 0 and 4294967295: %s
RedisConnPoolTTL	1	^\\+?(?:\\d{1,9}$|\\d{0,9}(?:s|h|ms|mi))	RedisConnPoolTTL has wrong format
RedisTimeout	1	^\\+?(?:\\d{1,9}$|\\d{0,9}(?:s|h|ms|mi))	RedisTimeout has wrong format
SessionCookieName	1	^[^=&]+$	SessionCookieName cannot be empty, or contain '=' or '&'
SessionCookieName2	1	^[^=&]+$	SessionCookieName2 cannot be empty, or contain '=' or '&'
SessionExpiryUpdateInterval	1	0..	SessionExpiryUpdateInterval must be zero (disable) or a positive value
SSLCARevocationCheck	2	^no_crl_for_cert_ok$	SSLCARevocationCheck: Invalid argument '%s'
SSLOCSPResponderTimeout	1	0..	SSLOCSPResponderTimeout: invalid argument
SSLOCSPResponseMaxAge	1	0..	SSLOCSPResponseMaxAge: invalid argument
SSLOCSPResponseTimeSkew	1	0..	SSLOCSPResponseTimeSkew: invalid argument
SSLProxyCARevocationCheck	2	^no_crl_for_cert_ok$	SSLProxyCARevocationCheck: Invalid argument '%s'
SSLRenegBufferSize	1	0..	Invalid size for SSLRenegBufferSize: %s
SSLStaplingErrorCacheTimeout	1	0..	SSLStaplingErrorCacheTimeout: invalid argument
SSLStaplingResponderTimeout	1	0..	SSLStaplingResponderTimeout: invalid argument
SSLStaplingResponseMaxAge	1	0..	SSLStaplingResponseMaxAge: invalid argument
SSLStaplingResponseTimeSkew	1	0..	SSLStaplingResponseTimeSkew: invalid argument
SSLStaplingStandardCacheTimeout	1	0..	SSLStaplingStandardCacheTimeout: invalid argument
Substitute	1	^s	Bad Substitute format, must be an s/// pattern
SubstituteMaxLineLength	1	^\\+?\\d+[bkmg]?$	SubstituteMaxLineLength must be a non-negative integer optionally suffixed with 'b', 'k', 'm' or 'g'
ThreadStackSize	1	0..	Invalid ThreadStackSize value: %s
VirtualDocumentRoot	1	^(?:none$|/)	format string must be an absolute path, or 'none'
VirtualDocumentRoot	1	^(?:[^%]|%(?:[p%]|-?\\d\\+?(?:\\.-?\\d\\+?|(?!\\.))))*$	syntax error in format string: behind % and the dot of %2.1 stands a number
VirtualDocumentRootIP	1	^(?:none$|/)	format string must be an absolute path, or 'none'
VirtualDocumentRootIP	1	^(?:[^%]|%(?:[p%]|-?\\d\\+?(?:\\.-?\\d\\+?|(?!\\.))))*$	syntax error in format string: behind % and the dot of %2.1 stands a number
VirtualScriptAlias	1	^(?:none$|/)	format string must be an absolute path, or 'none'
VirtualScriptAlias	1	^(?:[^%]|%(?:[p%]|-?\\d\\+?(?:\\.-?\\d\\+?|(?!\\.))))*$	syntax error in format string: behind % and the dot of %2.1 stands a number
VirtualScriptAliasIP	1	^(?:none$|/)	format string must be an absolute path, or 'none'
VirtualScriptAliasIP	1	^(?:[^%]|%(?:[p%]|-?\\d\\+?(?:\\.-?\\d\\+?|(?!\\.))))*$	syntax error in format string: behind % and the dot of %2.1 stands a number
WatchdogInterval	1	^\\+?(?:\\d{1,9}$|\\d{0,9}(?:s|h|ms|mi))	Unparse-able WatchdogInterval setting
`;
