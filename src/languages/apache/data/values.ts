/** Words that a directive takes, as measured with Apache 2.4.71 or read in its sources; case does not count. */
export interface WordList {
  readonly words: readonly string[];
  /** Those of them that still work, and that nobody should write any more. */
  readonly old?: readonly string[];
  /** Which arguments have to be one of them: all, or only the first ones. */
  readonly count: 'all' | 1 | 2;
  /** Words may have a sign. */
  readonly signed?: boolean;
  /** Those of them that take none, and how httpd puts that. */
  readonly unsigned?: { readonly words: readonly string[]; readonly message: string };
  /** As httpd puts it, `%s` being the word. */
  readonly message: string;
}

function words(text: string, message: string, more: Partial<WordList> = {}): WordList {
  return { words: text.split(' '), count: 1, message, ...more };
}

export const wordLists: Readonly<Record<string, WordList>> = {
  sslengine: words('on off optional', 'Argument must be On or Off', { old: ['optional'] }),
  sslverifyclient: words('none optional require optional_no_ca on off', "SSLVerifyClient: Invalid argument '%s'", {
    old: ['on', 'off'],
  }),
  sslproxyverify: words('none optional require optional_no_ca on off', "SSLProxyVerify: Invalid argument '%s'", {
    old: ['on', 'off'],
  }),
  ssloptions: words(
    'StdEnvVars ExportCertData FakeBasicAuth StrictRequire OptRenegotiate LegacyDNStringFormat',
    "SSLOptions: Illegal option '%s'",
    { count: 'all', signed: true },
  ),
  sslcarevocationcheck: words('none leaf chain', "SSLCARevocationCheck: Invalid argument '%s'"),
  sslproxycarevocationcheck: words('none leaf chain', "SSLProxyCARevocationCheck: Invalid argument '%s'"),
  sslocspenable: words('on off leaf', "SSLOCSPEnable: Invalid argument '%s'"),
  sslvhostsnipolicy: words('strict secure authonly insecure', "Invalid SSLVhostSNIPolicy argument '%s'"),
  servertokens: words(
    'Full OS Min Minimal Major Minor Prod ProductOnly',
    "ServerTokens takes 1 argument, 'Prod(uctOnly)', 'Major', 'Minor', 'Min(imal)', 'OS', or 'Full', not '%s'",
  ),
  serversignature: words('On Off EMail', "ServerSignature: use one of: off | on | email, not '%s'"),
  hostnamelookups: words('on off double', "parameter must be 'on', 'off', or 'double', not '%s'"),
  usecanonicalname: words('on off dns', "parameter must be 'on', 'off', or 'dns', not '%s'"),
  usecanonicalphysicalport: words('on off', "parameter must be 'on' or 'off', not '%s'"),
  traceenable: words('on off extended', "TraceEnable must be one of 'on', 'off', or 'extended', not '%s'"),
  authmerging: words('off and or', "AuthMerging must be one of: Off | And | Or, not '%s'"),
  satisfy: words('all any', "Satisfy either 'any' or 'all', not '%s'"),
  enablesendfile: words('on off', "parameter must be 'on' or 'off', not '%s'"),
  enablemmap: words('on off', "parameter must be 'on' or 'off', not '%s'"),
  acceptpathinfo: words('on off default', "AcceptPathInfo must be set to on, off or default, not '%s'"),
  allowencodedslashes: words('on off nodecode', "AllowEncodedSlashes must be set to On, Off or NoDecode, not '%s'"),
  options: words(
    'Indexes Includes IncludesNOEXEC FollowSymLinks SymLinksIfOwnerMatch ExecCGI MultiViews RunScripts All None',
    'Illegal option %s',
    { count: 'all', signed: true },
  ),
  fileetag: words('None All INode MTime Size Digest', "Unknown keyword '%s' for FileETag directive", {
    count: 'all',
    signed: true,
    unsigned: { words: ['None', 'All'], message: "FileETag keyword '%s' cannot be used with '+' or '-'" },
  }),
  authbasicusedigestalgorithm: words('Off MD5', 'Invalid algorithm in AuthBasicUseDigestAlgorithm: %s'),
  authdigestalgorithm: words('MD5', 'Unsupported algorithm in AuthDigestAlgorithm: %s'),
  // `none` was taken before.
  authdigestqop: words('auth none', "AuthDigestQop is deprecated: only 'auth' is supported", { count: 'all' }),
  brotlialteretag: words(
    'AddSuffix NoChange Remove',
    "BrotliAlterETag accepts only 'AddSuffix', 'NoChange' and 'Remove'",
  ),
  cgivar: words('REQUEST_URI', 'Unrecognized CGI variable: "%s"'),
  cookiesamesite: words('Strict Lax None', "CookieSameSite accepts 'Strict', 'Lax', or 'None'"),
  cookiestyle: words('Netscape Cookie Cookie2 RFC2109 RFC2965', "Invalid CookieStyle keyword: '%s'"),
  deflatealteretag: words(
    'AddSuffix NoChange Remove',
    "DeflateAlterETag accepts only 'NoChange', 'AddSuffix', and 'Remove'",
  ),
  extfilteroptions: words('LogStderr NoLogStderr', 'Invalid ExtFilterOptions option: %s', { count: 'all' }),
  forcelanguagepriority: words('None Prefer Fallback', 'Invalid ForceLanguagePriority option %s', { count: 'all' }),
  httpprotocoloptions: words(
    'Strict Unsafe RegisteredMethods LenientMethods Require1.0 Allow0.9',
    "HttpProtocolOptions accepts 'Unsafe' or 'Strict', 'RegisteredMethods' or 'LenientMethods', and 'Require1.0' or 'Allow0.9'",
    { count: 'all' },
  ),
  multiviewsmatch: words('Any NegotiatedOnly Filters Handlers', "Unrecognized option '%s'", { count: 'all' }),
  proxyfcgibackendtype: words(
    'GENERIC FPM',
    "ProxyFCGIBackendType requires one of the following arguments: 'GENERIC', 'FPM'",
  ),
  regexdefaultoptions: words('none ICASE DOTALL DOLLAR_ENDONLY', "RegexDefaultOptions: option '%s' unknown", {
    count: 'all',
    signed: true,
  }),
  indexorderdefault: words('Ascending Descending', "First keyword must be 'Ascending' or 'Descending'"),
  xbithack: words('off on full', 'XBitHack must be set to Off, On, or Full'),
  proxystatus: words('off on full', "ProxyStatus must be one of: off | on | full, not '%s'"),
  proxybadheader: words(
    'IsError Ignore StartBody',
    "ProxyBadHeader must be one of: IsError | Ignore | StartBody, not '%s'",
  ),
  proxyvia: words('off on block full', "ProxyVia must be one of: off | on | full | block, not '%s'"),
  mdrenewmode: words('always auto manual', "MDRenewMode: unknown value '%s'; it is always, auto or manual"),
  mddrivemode: words('always auto manual', "unknown MDDriveMode '%s'; it is always, auto or manual"),
  mdrequirehttps: words(
    'off temporary permanent',
    "MDRequireHttps: unknown '%s', supported parameter values are 'temporary' and 'permanent'",
  ),
  mdmatchnames: words('all servernames', "MDMatchNames: invalid argument '%s', must be 'all' or 'servernames'"),
  ...Object.fromEntries(
    [
      'MDStapling',
      'MDMustStaple',
      'MDStapleOthers',
      'MDBaseServer',
      'MDRenewViaARI',
      'MDServerStatus',
      'MDCertificateStatus',
      'MDProfileMandatory',
    ].map((name) => [
      name.toLowerCase(),
      words('on off', `${name}: unknown '%s', supported parameter values are 'on' and 'off'`),
    ]),
  ),
  ...Object.fromEntries(
    'Direct Upgrade Push ModernTLSOnly CopyFiles OutputBuffering EarlyHints WebSockets ProxyRequests'
      .split(' ')
      .map((name) => [`h2${name.toLowerCase()}`, words('on off', `H2${name}: value must be On or Off, not '%s'`)]),
  ),
  protocolshonororder: words('on off', "ProtocolsHonorOrder must be 'on' or 'off', not '%s'"),
  proxyerroroverride: words('on off', "parameter must be 'on' or 'off', not '%s'"),
};
