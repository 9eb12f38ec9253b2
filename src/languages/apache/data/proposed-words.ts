import { wordTable } from '../../proposed-words.ts';

const methods = 'GET\tPOST\tPUT\tPATCH\tDELETE\tOPTIONS';
const types = 'text/html\ttext/plain\ttext/css\tapplication/javascript\tapplication/json\timage/svg+xml';
const statuses = 'permanent: 301\ttemp: 302\tseeother: 303, with GET\t308: as 301, with the same method\tgone: 410';
const redirects = ['permanent', 'temp', 'seeother', '301', '302', '303', '307', '308']
  .map((status) => `redirect ${status}`)
  .join();
const worker =
  'upgrade=websocket@2.4.47\ttimeout=\tconnectiontimeout=\tretry=\tkeepalive=On\tdisablereuse=On\tenablereuse=On\tmax=\tping=\tflushpackets=on\tsecret=@2.4.42';
const member = 'route=\tloadfactor=\tstatus=';

/**
 * What arguments may be that are not told by a list of all words; `%log`, `%header` and `%status`: parts of words;
 * `%balancer`: what balancers take instead of that for workers. Sources: the
 * directives' pages in the manual.
 */
export const proposedWords = wordTable(`
addoutputfilterbytype	0	DEFLATE	BROTLI_COMPRESS
addoutputfilterbytype	1+	${types}
allowoverride	0+	None	All	AuthConfig	FileInfo	Indexes	Limit
authbasicprovider,authdigestprovider	0+	file	dbm	dbd	ldap	socache	anon
authtype	0	Basic	Digest	Form	None
balancermember	1+	${member}	${worker}
customlog,globallog	2	expr=	env=
directoryindex	0+	index.html	index.php	disabled
errordocument	0	404	403	401	500	502	503
limit,limitexcept	0+	${methods}
listen	0	443	80
listen	1	https	http
loglevel	0+	warn	info	notice	error	debug	ssl:info	ssl:debug	rewrite:trace3	proxy:debug	md:debug
mdcachallenges	0+	http-01	tls-alpn-01	dns-01
mdcertificateagreement	0	accepted
mdprivatekeys	0+	P-256	RSA	P-384
protocols	0+	h2	http/1.1	h2c
proxy	0	*	balancer://
proxypass	1	http://	https://	unix:	balancer://	ws://	h2://	h2c://	fcgi://	ajp://	!: hands nothing on
proxypass	2+	${worker}	nocanon
proxypassmatch	1	http://	https://	!: hands nothing on
proxypassmatch	2+	${worker}
proxypassreverse	1	http://	https://
proxyset	0+	${worker}
%balancer	0+	stickysession=	lbmethod=	timeout=	nofailover=On	maxattempts=	failonstatus=	failontimeout=On	growth=
redirect,redirectmatch	0	${statuses}
${redirects}	1	/
${redirects}	2	https://
requestheader	0	set	unset	add	append	merge	setifempty	edit
requestheader	1	X-Forwarded-Proto	X-Forwarded-Port	X-Real-IP
requestheader	2	expr=%{REQUEST_SCHEME}@2.4.10	"%{SSL_PROTOCOL}s"
require	0	all granted	all denied	ip	host	local	valid-user	user	group	expr	not
require all	1	granted	denied
require not	1	ip	host	local	user	group	expr
require expr	1
rewritecond	1	!-f: no such file	!-d: no such folder	-f: a file	-d: a folder	-s: a file that is not empty	-l: a link	-F: a file that anybody may get
rewritecond %{https}	1	off	!=on	on
rewritecond %{http_host}	1	!=""	^www\\.(.+)$
rewriterule	0	^: every path	^/?(.*)$: every path, as $1
rewriterule	1	-: leaves the path as it is	https://%{HTTP_HOST}%{REQUEST_URI}: the same address over HTTPS
sethandler	0	"proxy:unix:/run/php/php-fpm.sock|fcgi://localhost"	server-status	server-info	balancer-manager	cgi-script	None
setenvif,setenvifnocase	0	Request_URI	Remote_Addr	Request_Method	User-Agent	X-Forwarded-Proto
setenvif x-forwarded-proto	1	^https$
setenvif x-forwarded-proto	2	HTTPS=on
sslsessioncache	0	shmcb:ssl_scache(512000)	none
sslstaplingcache	0	shmcb:ssl_stapling(128000)
virtualhost	0	*:443	*:80
%status	0	301: Moved Permanently	302: Found, for now	303: See Other: with GET	307: as 302, with the same method	308: as 301, with the same method
%header	0	%D: microseconds since the request came	%t: microseconds from 1970 to the request	%l: load of the machine	%i: percent idle	%b: percent busy	%{…}e: a variable of the environment	%{…}s: a variable of mod_ssl
%log	0	%h: the client's name or address	%a: the client's address	%l: the name that mod_ident was told	%u: who has logged in	%t: when the request came	%r: the request line	%>s: status of the answer	%s: status before internal redirects	%b: bytes of the answer without its header, \`-\` for none	%B: the same, or 0	%O: bytes sent (mod_logio)	%I: bytes received (mod_logio)	%{Referer}i: the page that the client came from	%{User-Agent}i: how the client names itself	%{X-Forwarded-For}i: addresses that a proxy tells	%{Host}i: the Host header	%{…}i: a header of the request	%{…}o: a header of the answer	%{…}e: a variable of the environment	%{…}C: a cookie	%{…}n: a note of a module	%{…}x: a variable of mod_ssl	%D: microseconds that it took	%T: seconds that it took	%{ms}T: milliseconds that it took	%{us}T: microseconds that it took	%v: the ServerName	%V: the name by UseCanonicalName	%p: port of the server	%{local}p: the port that took the connection	%{remote}p: the client's port	%A: the server's address	%{c}a: the address that is connected	%m: the method	%U: the path	%q: the query string with its question mark	%H: the protocol	%f: the file	%R: what made the answer	%X: whether the connection stays open	%k: requests before it on the connection	%L: ID in the error log	%P: ID of the process
`);
