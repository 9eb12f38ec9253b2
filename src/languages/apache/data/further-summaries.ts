/**
 * What the other directives of Apache do: name in lower case, tab, a sentence without its full stop. Source: the manual of Apache
 * 2.4, in our words. Rows of text, because most commands never ask.
 */
const rows = `acceptfilter	Optimisations of the system for listening sockets, by protocol
acceptpathinfo	Whether a path may go on behind the name of a file
accessfilename	The name of files with settings for their folder, .htaccess mostly
action	Answers a content type or handler by a script
addalt	The text instead of an icon in folder lists, by file name
addaltbyencoding	The text instead of an icon in folder lists, by encoding
addaltbytype	The text instead of an icon in folder lists, by content type
addcharset	The character set of files with these endings
adddefaultcharset	The character set of text responses that name none
adddescription	The description of a file in folder lists
addencoding	The encoding of files with these endings
addhandler	The handler of files with these endings
addicon	The icon in folder lists, by file name
addiconbyencoding	The icon in folder lists, by encoding
addiconbytype	The icon in folder lists, by content type
addinputfilter	Filters for requests to files with these endings
addlanguage	The language of files with these endings
addmoduleinfo	A text about a module for the page of mod_info
addoutputfilter	Filters for responses from files with these endings
addoutputfilterbytype	Filters for responses of these content types
addtype	The content type of files with these endings
aliasmatch	Answers paths that a regular expression matches from another folder
aliaspreservepath	Whether an Alias in a <Location> adds the rest of the path
allow	Lets hosts in, as in 2.2; Require has its place
allowconnect	Ports that CONNECT may reach through the proxy
allowencodedslashes	Whether paths may have encoded slashes
allowmethods	Methods that are allowed here
allowoverride	What .htaccess may change, by kind
allowoverridelist	What .htaccess may change, by directive
anonymous	User names that get in without a check of the password
anonymous_logemail	Whether the password that anonymous users give is logged
anonymous_mustgiveemail	Whether anonymous users must give a password
anonymous_nouserid	Whether the user name may be empty
anonymous_verifyemail	Whether the password must look like an e-mail address
asyncrequestworkerfactor	Connections that a process of the event MPM takes beyond its threads
authbasicauthoritative	Whether the check ends with this provider, or goes on with other modules
authbasicfake	Makes up user name and password for the backend
authbasicprovider	Where user names and passwords are looked up
authbasicusedigestalgorithm	Looks passwords up as digest authentication does
authdbduserpwquery	The SQL query for a user's password
authdbduserrealmquery	The SQL query for a user's hash in a realm
authdbmgroupfile	The DBM file of groups
authdbmtype	The format of the DBM file of users
authdbmuserfile	The DBM file of users
authdigestalgorithm	The hash of digest authentication
authdigestdomain	Paths that share one digest authentication
authdigestnoncelifetime	How long a nonce of the server is valid
authdigestprovider	Where users of digest authentication are looked up
authdigestqop	The quality of protection of digest authentication
authdigestshmemsize	The shared memory for clients of digest authentication
authformauthoritative	Whether the check of the form ends with this provider
authformbody	The field that holds the body of the first request
authformdisablenostore	Leaves Cache-Control: no-store out of the login page
authformfakebasicauth	Hands the login on as basic authentication
authformlocation	The field that holds the page after the login
authformloginrequiredlocation	The page with the login form
authformloginsuccesslocation	The page after a login
authformlogoutlocation	The page after a logout
authformmethod	The field that holds the method of the first request
authformmimetype	The field that holds the content type of the first request
authformpassword	The field that holds the password
authformprovider	Where users of login forms are looked up
authformsitepassphrase	A secret by which logins are not checked at each request
authformsize	The largest form that is read
authformusername	The field that holds the user name
authgroupfile	The file of groups
authldapauthorizeprefix	How variables of the LDAP authorisation begin
authldapbindauthoritative	Whether the check ends where the LDAP server refuses the user
authldapbinddn	The name that searches in LDAP log in with
authldapbindpassword	The password that searches in LDAP log in with
authldapcharsetconfig	The file that says which language has which character set
authldapcompareasuser	Compares in LDAP as the user
authldapcomparednonserver	Lets the LDAP server compare names
authldapdereferencealiases	When aliases in LDAP are followed
authldapgroupattribute	The attributes of groups that hold members
authldapgroupattributeisdn	Whether members of groups are full names
authldapinitialbindasuser	Searches in LDAP with the user's own login
authldapinitialbindpattern	What a user name becomes for the first login in LDAP
authldapmaxsubgroupdepth	How deep groups in groups are searched
authldapremoteuserattribute	The attribute that becomes REMOTE_USER
authldapremoteuserisdn	Whether REMOTE_USER is the full name
authldapsearchasuser	Searches in LDAP as the user, once logged in
authldapsubgroupattribute	The attributes of groups that hold groups
authldapsubgroupclass	The object classes of groups in groups
authldapurl	The LDAP server, and where and how users are searched
authmerging	How access rules join those of the section around
authname	The name of the realm, which the browser shows
authncachecontext	What tells logins in the cache apart
authncacheenable	Switches the cache of logins on
authncacheprovidefor	Which providers use the cache of logins
authncachesocache	The memory of the cache of logins
authncachetimeout	How long logins stay in the cache
authnprovideralias	A provider of logins with settings of its own, as a name
authnzfcgicheckauthnprovider	A FastCGI program that checks logins
authnzfcgidefineprovider	Names a FastCGI program that checks logins or access
authtype	How users log in: Basic, Digest or Form
authuserfile	The file of user names and password hashes
authzdbdlogintoreferer	Whether users go back to the page they came from
authzdbdquery	The SQL query for a user's groups
authzdbdredirectquery	The SQL query for the page after login
authzdbmtype	The format of the DBM file of groups
authzprovideralias	An access rule with settings of its own, as a name
authzsendforbiddenonfailure	Answers 403 instead of asking again, where the login was right
balancergrowth	Members that a balancer may get later
balancerinherit	Whether virtual hosts get the balancers of the main server
balancermember	A server of the balancer
balancerpersist	Whether changes by the balancer manager outlast a restart
brotlialteretag	What becomes of the ETag of compressed responses
brotlicompressionmaxinputblock	The largest block that Brotli compresses
brotlicompressionquality	How hard Brotli tries
brotlicompressionwindow	The window of Brotli
brotlifilternote	Notes the ratio of compression for the log
browsermatch	Sets variables by the User-Agent
browsermatchnocase	Sets variables by the User-Agent, case ignored
bufferedlogs	Gathers log lines before they are written
buffersize	Memory of the buffer filter
cachedefaultexpire	How long answers are kept that say nothing
cachedetailheader	Adds X-Cache-Detail to responses
cachedirlength	Characters in names of folders of the cache
cachedirlevels	Levels of folders of the cache
cachedisable	Paths that are not cached
cacheenable	Paths that are cached, and by which storage
cachefile	Keeps handles of files open
cacheheader	Adds X-Cache to responses
cacheignorecachecontrol	Answers from the cache even where the client asks for more
cacheignoreheaders	Headers that are not stored
cacheignorenolastmod	Whether answers without Last-Modified are cached
cacheignorequerystring	Whether the query counts for the cache
cacheignoreurlsessionidentifiers	Session ids in URLs that do not count for the cache
cachekeybaseurl	The base of names in the cache
cachelastmodifiedfactor	How long answers are kept, as a share of their age
cachelock	Lets one request at a time fill a place in the cache
cachelockmaxage	How long that may take
cachelockpath	The folder of these locks
cachemaxexpire	How long answers are kept at most
cachemaxfilesize	The largest answer in the cache
cacheminexpire	How long answers are kept at least
cacheminfilesize	The smallest answer in the cache
cachenegotiateddocs	Whether proxies may cache what was negotiated
cachequickhandler	Whether the cache answers before access is checked
cachereadsize	Bytes that are read before they are stored
cachereadtime	Milliseconds of reading before anything is stored
cacheroot	The folder of the cache
cachesocache	The memory of the cache
cachesocachemaxsize	The largest answer in the memory
cachesocachemaxtime	How long answers stay in the memory at most
cachesocachemintime	How long answers stay in the memory at least
cachesocachereadsize	Bytes that are read before they are stored
cachesocachereadtime	Milliseconds of reading before anything is stored
cachestaleonerror	Sends stale answers where the backend fails
cachestoreexpired	Stores answers that are stale already
cachestorenostore	Stores answers that forbid it
cachestoreprivate	Stores answers that are for one user
cgidscripttimeout	How long a script may pause
cgimapextension	The interpreter of scripts with an ending
cgipassauth	Whether scripts get the Authorization header
cgiscripttimeout	How long a script may pause
cgivar	What some variables of scripts hold
charsetdefault	The character set that texts are converted to
charsetoptions	How texts are converted
charsetsourceenc	The character set that texts have
checkbasenamematch	Whether a wrong ending of a file name is mended too
checkcaseonly	Whether only case is mended
checkspelling	Whether misspelt paths are mended
chrootdir	The folder that becomes the root of the server
contentdigest	Sends Content-MD5
cookiedomain	The domain of the tracking cookie
cookieexpires	How long the browser keeps the tracking cookie
cookiehttponly	Hides the tracking cookie from scripts
cookiename	The name of the tracking cookie
cookiesamesite	SameSite of the tracking cookie
cookiesecure	Sends the tracking cookie over TLS alone
cookiestyle	The format of the tracking cookie
cookietracking	Marks clients by a cookie
coredumpdirectory	The folder for core files
customlog	Where requests are logged, and in which format
dav	Whether WebDAV works here
davbasepath	The root of the WebDAV tree
davdepthinfinity	Whether a whole tree may be asked for at once
davgenericlockdb	The file of WebDAV locks of mod_dav_lock
davlockdb	The file of WebDAV locks
davlockdiscovery	Whether locks are told about
davmintimeout	How long WebDAV locks last at least
dbdexptime	How long an idle connection to the database lives
dbdinitsql	SQL that each new connection begins with
dbdkeep	Idle connections to the database that are kept
dbdmax	Connections to the database at most
dbdmin	Connections to the database at least
dbdparams	How the database is connected
dbdpersist	Whether connections to the database are kept
dbdpreparesql	A prepared statement, with its name
dbdriver	The driver of the database
defaulticon	The icon of other files in folder lists
defaultlanguage	The language of files that say none
defaultruntimedir	The folder that files of the running server are relative to
deflatealteretag	What becomes of the ETag of compressed responses
deflatebuffersize	Bytes that are compressed at a time
deflatecompressionlevel	How hard gzip tries: 1 is fastest, 9 smallest
deflatefilternote	Notes the ratio of compression for the log
deflateinflatelimitrequestbody	The largest request body after unpacking
deflateinflateratioburst	How often the ratio may be passed
deflateinflateratiolimit	The highest ratio of unpacked to packed requests
deflatememlevel	Memory for compression
deflatewindowsize	The window of gzip
deny	Keeps hosts out, as in 2.2; Require has its place
directorycheckhandler	Whether the index of a folder is looked for where another handler is set
directoryindex	Files that answer for a folder
directoryindexredirect	Redirects to the index file of a folder
directorymatch	What applies to folders that a regular expression matches
directoryslash	Redirects a folder without its slash to that with it
dumpioinput	Logs everything that comes in
dumpiooutput	Logs everything that goes out
else	What applies to requests for which the conditions before do not hold
elseif	What applies to requests for which this condition holds and none before
enableexceptionhook	Calls modules when a process crashes
enablemmap	Whether files are mapped into memory
enablesendfile	Lets the system copy files to connections
error	Stops the start with a message
errorlog	Where errors are logged
errorlogformat	The format of the error log
expiresactive	Sends Expires and Cache-Control
expiresbytype	How long browsers may keep a content type
expiresdefault	How long browsers may keep the rest
extendedstatus	Whether the status page tells each request
extfilterdefine	A program as a filter
extfilteroptions	How such filters work
fallbackresource	What answers where there is no file
fileetag	What the ETag of files is made of
files	What applies to files of this name
filesmatch	What applies to files whose name a regular expression matches
filterchain	The chain of filters
filterdeclare	Declares a filter
filterprotocol	What a filter does to the protocol
filterprovider	What a filter does, and when
filtertrace	Logs what a filter does
flushmaxpipelined	Responses of pipelined requests that are gathered
flushmaxthreshold	Bytes that are gathered before they are sent
forcelanguagepriority	What happens where no language fits
forcetype	The content type of everything here
forensiclog	Logs requests before and after they are processed
globallog	A log of all virtual hosts
gracefulshutdowntimeout	How long a graceful stop waits
group	The group of the processes that answer
h2copyfiles	Copies files instead of handing their handles on
h2direct	Whether HTTP/2 is spoken without ALPN
h2earlyhint	A header for responses with code 103
h2earlyhints	Whether responses with code 103 are sent
h2maxdataframelen	The largest frame of data
h2maxheaderblocklen	The largest header of a request over HTTP/2
h2maxsessionstreams	Requests at a time on one HTTP/2 connection
h2maxstreamerrors	Errors of a client before its connection is closed
h2maxworkeridleseconds	How long a thread for HTTP/2 may be idle
h2maxworkers	Threads for HTTP/2 at most
h2minworkers	Threads for HTTP/2 at least
h2moderntlsonly	Whether HTTP/2 insists on modern TLS
h2outputbuffering	Whether output of HTTP/2 is gathered
h2padding	Pads frames, to hide sizes
h2proxyrequests	Whether HTTP/2 may ask the forward proxy
h2push	Whether resources are pushed
h2pushdiarysize	How many pushed resources are remembered
h2pushpriority	The priority of pushed resources
h2pushresource	A resource that is pushed
h2serializeheaders	Writes headers of HTTP/2 requests as HTTP/1.1 and reads them again
h2streammaxmemsize	Memory for the output of a request over HTTP/2
h2streamtimeout	How long a request over HTTP/2 may pause
h2tlscooldownsecs	Idle seconds after which TLS records are small again
h2tlswarmupsize	Bytes that are sent in small TLS records first
h2upgrade	Whether HTTP/1.1 may be upgraded to HTTP/2
h2websockets	Whether WebSockets work over HTTP/2
h2windowsize	Bytes of a request body that a client may send unasked
headername	The file above folder lists
hostnamelookups	Whether addresses of clients are turned into names
httpprotocoloptions	How strictly requests are read
identitycheck	Asks the client's machine who the user is
identitychecktimeout	How long that may take
if	What applies to requests for which a condition holds
ifdefine	Read where the name is defined, by -D or Define
ifdirective	Read where the server knows the directive
iffile	Read where the file exists
ifmodule	Read where the module is loaded
ifsection	Read where the server knows the section
ifversion	Read where the version of the server fits
imapbase	The base of links in image maps
imapdefault	What image maps do where nothing fits
imapmenu	What image maps show without a place
indexheadinsert	Text for the head of folder lists
indexignore	Files that folder lists leave out
indexignorereset	Forgets what folder lists leave out
indexoptions	How folder lists look
indexorderdefault	The order of folder lists
indexstylesheet	The stylesheet of folder lists
inputsed	A sed command for request bodies
keepalive	Whether connections stay open for further requests
keepalivetimeout	How long an idle connection stays open
keptbodysize	The largest request body that is kept for later use
languagepriority	The order of languages where the client has none
ldapcacheentries	Users in the LDAP cache
ldapcachettl	How long users stay in the LDAP cache
ldapconnectionpoolttl	How long connections to LDAP are used
ldapconnectiontimeout	How long connecting to LDAP may take
ldaplibrarydebug	Debugging of the LDAP library
ldapopcacheentries	Comparisons in the LDAP cache
ldapopcachettl	How long comparisons stay in the LDAP cache
ldapreferralhoplimit	Referrals that are followed
ldapreferrals	Whether referrals are followed
ldapretries	How often LDAP is tried again
ldapretrydelay	How long to wait between
ldapsharedcachefile	The file of the LDAP cache
ldapsharedcachesize	The size of the LDAP cache
ldaptimeout	How long LDAP may take
ldaptrustedclientcert	The certificate that is shown to LDAP servers
ldaptrustedglobalcert	CAs that LDAP servers are verified by
ldaptrustedmode	Whether LDAP is spoken with TLS
ldapverifyservercert	Whether LDAP servers are verified
limit	Settings for these methods alone
limitexcept	Settings for all methods but these
limitinternalrecursion	How deep requests may lead to others
limitrequestbody	The largest request body; more gets 413
limitrequestfields	Headers that a request may have
limitrequestfieldsize	The largest header of a request
limitrequestline	The longest first line of a request
limitxmlrequestbody	The largest XML body
listenbacklog	Connections that may wait
listencoresbucketsratio	Processors for each group of listening sockets
listentcpdeferaccept	Seconds in which connections without data are not accepted
loadfile	Loads a library
locationmatch	What applies to paths that a regular expression matches
logformat	A format for logs
logiotrackttfb	Measures the time to the first byte
loglevel	Which messages are logged, also by module
logmessage	Logs a message of one's own
luaauthzprovider	A Lua function as an access rule
luacodecache	Whether Lua code stays in memory
luainherit	How Lua settings join those of the section around
luainputfilter	A Lua function as a filter of requests
luamaphandler	Maps paths to Lua functions
luaoutputfilter	A Lua function as a filter of responses
luapackagecpath	Adds to package.cpath of Lua
luapackagepath	Adds to package.path of Lua
luaroot	The folder that Lua paths are relative to
luascope	How long a Lua state lives
macro	A piece of configuration with parameters
maxconnectionsperchild	Connections after which a process is replaced
maxkeepaliverequests	Requests on one connection before it is closed
maxmemfree	Memory that a thread may keep
maxrangeoverlaps	Ranges of a request that may overlap
maxrangereversals	Ranges of a request that may be out of order
maxranges	Ranges that a request may ask for
maxrequestworkers	Requests that are answered at a time
maxspareservers	Idle processes at most
maxsparethreads	Idle threads at most
maxthreads	Threads at most
mdactivationdelay	How old a new certificate must be before it is used
mdbaseserver	Whether the main server is managed too
mdcacertificatefile	CAs that the ACME server is verified by
mdcachallenges	Challenges that are tried
mdcertificateagreement	Accepts the terms of the authority
mdcertificateauthority	The ACME authority
mdcertificatecheck	Where the certificate can be looked up, for the status page
mdcertificatefile	A certificate that is managed by somebody else
mdcertificatekeyfile	The key of that certificate
mdcertificatemonitor	Where the status page leads to
mdcertificateprotocol	The protocol with the authority: ACME
mdcertificatestatus	Answers /.httpd/certificate-status
mdchallengedns01	The program that sets up dns-01 challenges
mdchallengedns01version	How that program is called
mdcheckinterval	How often certificates are looked at
mdcontactemail	The address that the authority gets
mddrivemode	The old name of MDRenewMode
mdexternalaccountbinding	The key of an account that the authority has given out
mdhttpproxy	The proxy to the authority
mdhttpproxycacertificatefile	CAs that this proxy is verified by
mdinitialdelay	How long the first look at certificates waits after the start
mdmatchnames	Whether all names of a virtual host must belong to one managed domain
mdmember	A further name of the managed domain
mdmembers	Whether the names of virtual hosts are added
mdmessagecmd	A program that is told about events
mdmuststaple	Asks for certificates that demand OCSP stapling
mdnotifycmd	A program that runs once a certificate is ready
mdomain	Names that share a certificate, which the server gets by itself
mdomainset	The same, with settings of its own
mdportmap	Ports that something before the server maps to its own
mdprivatekeys	Kinds and sizes of the keys of certificates
mdprofile	The profile that is asked of the authority
mdprofilemandatory	Whether nothing else than this profile will do
mdrenewmode	When certificates are renewed: auto, always, manual
mdrenewviaari	Whether the authority is asked when to renew (ARI)
mdrenewwindow	How long before the end certificates are renewed, best as a share
mdrequirehttps	Redirects to HTTPS; with permanent it sends HSTS too
mdretrydelay	How long to wait after an error; it doubles each time
mdretryfailover	Errors before the next authority is tried
mdserverstatus	Whether managed domains appear on the status page
mdstapleothers	Staples for certificates that are not managed too
mdstapling	Staples OCSP answers by itself
mdstaplingkeepresponse	How long old OCSP answers are kept
mdstaplingrenewwindow	How long before the end OCSP answers are renewed
mdstoredir	The folder of keys, certificates and accounts
mdstorelocks	Locks the folder while the server starts, for clusters
mdwarnwindow	How long before the end a warning is given
memcacheconnttl	How long idle connections to memcached live
mergeslashes	Whether several slashes in a path count as one
mergetrailers	Whether trailers join the headers
mimemagicfile	The file by which content types are told from content
minspareservers	Idle processes at least
minsparethreads	Idle threads at least
mmapfile	Maps files into memory at start
modmimeusepathinfo	Whether the path behind a file counts for its type
multiviewsmatch	Files that negotiation looks at
mutex	How processes lock each other out, and where
namevirtualhost	An address with several virtual hosts, in 2.2
noproxy	Hosts that are reached without the proxy
options	What may be done in a folder: lists, links, scripts
order	Whether Allow or Deny goes first, as in 2.2; Require has its place
outputsed	A sed command for responses
passenv	Hands variables of the environment on to scripts
pidfile	The file that holds the process id
protocol	The protocol of a listening socket
protocolshonororder	Whether the server's order of protocols counts, or the client's
proxy	What applies to requests that are handed on to an address
proxy100continue	Whether the backend gets Expect: 100-continue
proxyaddheaders	Adds X-Forwarded-For, -Host and -Server
proxybadheader	What happens to bad headers of the backend
proxyblock	Hosts that the proxy does not reach
proxydomain	The domain that is added to short names
proxyerroroverride	Whether errors of the backend are answered by ErrorDocument
proxyexpressdbmfile	The DBM file of names and backends
proxyexpressdbmtype	The format of that file
proxyexpressenable	Finds the backend by the name of the host
proxyfcgibackendtype	Which program answers FastCGI
proxyfcgisetenvif	Changes variables for FastCGI
proxyftpdircharset	The character set of lists of FTP folders
proxyftpescapewildcards	Whether wildcards in names for FTP are escaped
proxyftplistonwildcard	Whether wildcards in FTP list files
proxyhcexpr	A condition for the health of backends, as a name
proxyhctemplate	Settings of health checks, as a name
proxyhctpsize	Threads for health checks
proxyhtmlbufsize	Memory for rewriting HTML
proxyhtmlcharsetout	The character set of rewritten HTML
proxyhtmldoctype	The document type of rewritten HTML
proxyhtmlenable	Rewrites links in HTML
proxyhtmlevents	Attributes that hold scripts
proxyhtmlextended	Rewrites scripts and styles too
proxyhtmlfixups	Mends HTML on the way
proxyhtmlinterp	Whether rewriting knows variables
proxyhtmllinks	Attributes that hold links
proxyhtmlmeta	Reads the character set from meta elements
proxyhtmlstripcomments	Takes comments out of HTML
proxyhtmlurlmap	How links are rewritten
proxyiobuffersize	Memory for what is exchanged with backends
proxymatch	What applies to requests that are handed on to addresses a regular expression matches
proxymaxforwards	Proxies that a request may pass
proxypassinherit	Whether virtual hosts get the ProxyPass of the main server
proxypassinterpolateenv	Whether addresses of backends may hold variables
proxypassmatch	Hands requests on to another server, where a regular expression matches
proxypassreverse	Changes Location of the backend
proxypassreversecookiedomain	Changes the domain of the backend's cookies
proxypassreversecookiepath	Changes the path of the backend's cookies
proxypreservehost	Whether the backend gets the Host of the client
proxyreceivebuffersize	The receive buffer of connections to backends
proxyremote	A proxy behind this one
proxyremotematch	A proxy behind this one, where a regular expression matches
proxyrequests	Whether the server is a forward proxy; an open one is misused at once
proxyscgiinternalredirect	Whether SCGI may lead to another path
proxyscgisendfile	Whether SCGI may name a file to be sent
proxyset	Settings of backends and balancers
proxysourceaddress	The address from which backends are connected
proxystatus	Whether balancers appear on the status page
proxytimeout	How long a backend may take
proxyvia	What happens to the Via header
proxywebsocketfallbacktoproxyhttp	Whether mod_proxy_http takes WebSockets over
qualifyredirecturl	Whether REDIRECT_URL holds the whole address
readbuffersize	Memory for reading
readmename	The file below folder lists
receivebuffersize	The receive buffer of connections
redirectpermanent	Sends clients to another URL for good (301)
redirectrelative	Whether redirects may be relative
redirecttemp	Sends clients to another URL for now (302)
redisconnpoolttl	How long idle connections to Redis live
redistimeout	How long Redis may take
reflectorheader	A header that is sent back
regexdefaultoptions	How regular expressions work
registerhttpmethod	A method that the server does not know by itself
remoteipheader	The header that holds the client's address
remoteipinternalproxy	Proxies that may tell any address
remoteipinternalproxylist	A file of such proxies
remoteipproxiesheader	The header that gets the proxies on the way
remoteipproxyprotocol	Whether the PROXY protocol tells the client's address
remoteipproxyprotocolexceptions	Addresses that speak no PROXY protocol
remoteiptrustedproxy	Proxies that may tell public addresses
remoteiptrustedproxylist	A file of such proxies
removecharset	Forgets the character sets of endings
removeencoding	Forgets the encodings of endings
removehandler	Forgets the handlers of endings
removeinputfilter	Forgets the filters of endings
removelanguage	Forgets the languages of endings
removeoutputfilter	Forgets the filters of endings
removetype	Forgets the content types of endings
requestheader	Adds, changes or removes a header of requests
requestreadtimeout	How long a client may take for handshake, header and body
requireall	Access rules that must all hold
requireany	Access rules of which one must hold
requirenone	Access rules of which none may hold
rewritebase	The path that relative rewrites begin with
rewritemap	A table or program for rewriting
rewriteoptions	How rewriting works
rlimitcpu	Processor time of scripts
rlimitmem	Memory of scripts
rlimitnproc	Processes of scripts
satisfy	Whether host and login must both fit, as in 2.2
scoreboardfile	The file in which processes tell their state
script	Answers a method by a script
scriptalias	Answers a path from a folder of scripts
scriptaliasmatch	Answers paths that a regular expression matches from a folder of scripts
scriptinterpretersource	How the interpreter of scripts is found on Windows
scriptlog	Where errors of scripts are logged
scriptlogbuffer	Bytes of a request body in that log
scriptloglength	The largest such log
scriptsock	The socket of the daemon for scripts
securelisten	An address with TLS, on NetWare
seerequesttail	Shows the end of long requests on the status page
sendbuffersize	The send buffer of connections
serveradmin	The address of the administrator, which error pages show
serverlimit	Processes at most
serverpath	A path for old browsers without Host
serversignature	Whether pages of the server name its version
session	Whether sessions are kept
sessioncookiename	The cookie of sessions
sessioncookiename2	The cookie of sessions, as RFC 2965 has it
sessioncookieremove	Whether the backend does not see that cookie
sessioncryptocipher	How sessions are encrypted
sessioncryptodriver	The library that encrypts sessions
sessioncryptopassphrase	The passphrase of encrypted sessions
sessioncryptopassphrasefile	The file of that passphrase
sessiondbdcookiename	The cookie that holds the key of a session
sessiondbdcookiename2	The same, as RFC 2965 has it
sessiondbdcookieremove	Whether the backend does not see that cookie
sessiondbddeletelabel	The SQL that deletes sessions
sessiondbdinsertlabel	The SQL that stores sessions
sessiondbdperuser	Keeps sessions by user
sessiondbdselectlabel	The SQL that reads sessions
sessiondbdupdatelabel	The SQL that changes sessions
sessionenv	Hands the session on in HTTP_SESSION
sessionexclude	Paths without sessions
sessionexpiryupdateinterval	How often the end of a session is moved
sessionheader	The header by which the backend changes the session
sessioninclude	Paths with sessions
sessionmaxage	How long sessions last
setenv	Sets a variable of the environment
setenvif	Sets variables by properties of the request
setenvifexpr	Sets variables by a condition
setenvifnocase	Sets variables by properties of the request, case ignored
sethandler	The handler of everything here
setinputfilter	Filters for requests
setoutputfilter	Filters for responses
ssiendtag	How includes end
ssierrormsg	What is shown where an include fails
ssietag	Whether pages with includes get an ETag
ssilastmodified	Whether pages with includes get Last-Modified
ssilegacyexprparser	Reads conditions in includes as 2.2 did
ssistarttag	How includes begin
ssitimeformat	How includes write times
ssiundefinedecho	What includes show of variables without a value
startservers	Processes at start
startthreads	Threads at start
stricthostcheck	Whether the host of a request must be one of the virtual host's names
substitute	Replaces text in responses
substituteinheritbefore	Whether replacements of the section around come first
substitutemaxlinelength	The longest line in which text is replaced
suexec	Whether scripts run as their users
suexecusergroup	The user and group of scripts
threadlimit	Threads of a process at most
threadsperchild	Threads of a process
threadstacksize	The stack of threads
timeout	How long a client or backend may pause
traceenable	Whether TRACE is answered
transferlog	Where requests are logged
typesconfig	The file of content types; where it is missing, the server does not start
unclist	Hosts whose UNC paths may be reached on Windows
undefine	Forgets a variable of the configuration
undefmacro	Forgets a macro
unsetenv	Takes variables of the environment away from scripts
use	Puts a macro here
usecanonicalname	Whether links of the server have ServerName, or the name that was asked for
usecanonicalphysicalport	Whether the port of the connection counts for links
user	The user of the processes that answer
userdir	The folder of users behind /~user
virtualdocumentroot	The folder of a host, made of its name
virtualdocumentrootip	The folder of a host, made of its address
virtualscriptalias	The folder of a host's scripts, made of its name
virtualscriptaliasip	The folder of a host's scripts, made of its address
watchdoginterval	How often background tasks run
xbithack	Reads includes in files that are executable
xml2encalias	Another name of a character set
xml2encdefault	The character set of documents that name none
xml2startparse	Where documents begin`;

let read: ReadonlyMap<string, string> | undefined;

/** What a directive does, as a sentence without its full stop; undefined where nobody has written it down. */
export function furtherSummary(key: string): string | undefined {
  read ??= new Map(rows.split('\n').map((row) => row.split('\t') as [string, string]));
  return read.get(key);
}

/** The names of all rows, in lower case. */
export function furtherNames(): readonly string[] {
  return rows.split('\n').map((row) => row.split('\t', 1)[0] ?? '');
}
