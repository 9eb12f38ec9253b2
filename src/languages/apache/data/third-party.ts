/** Directives of common modules that are not part of httpd, by module; names only, from each module's own manual. */
export const thirdParty: Readonly<Record<string, string>> = {
  php_module: 'php_value php_flag php_admin_value php_admin_flag PHPIniDir',
  suphp_module: 'suPHP_Engine suPHP_ConfigPath suPHP_AddHandler suPHP_RemoveHandler suPHP_UserGroup suPHP_PHPPath',
  wsgi_module:
    'WSGIAcceptMutex WSGIAccessScript WSGIApplicationGroup WSGIAuthGroupScript WSGIAuthUserScript WSGICallableObject ' +
    'WSGICaseSensitivity WSGIChunkedRequest WSGIDaemonProcess WSGIDestroyInterpreter WSGIDontWriteBytecode ' +
    'WSGIEnableSendfile WSGIErrorOverride WSGIHandlerScript WSGIHashSeed WSGIImportScript WSGIIgnoreActivity ' +
    'WSGILazyInitialization WSGIMapHEADToGET WSGIPassAuthorization WSGIProcessGroup WSGIPythonEggs WSGIPythonHome ' +
    'WSGIPythonOptimize WSGIPythonPath WSGIPythonWarnings WSGIPy3kWarningFlag WSGIRestrictEmbedded ' +
    'WSGIRestrictProcess WSGIRestrictSignal WSGIRestrictStdin WSGIRestrictStdout WSGIScriptAlias ' +
    'WSGIScriptAliasMatch WSGIScriptReloading WSGIServerMetrics WSGISocketPrefix WSGISocketRotation ' +
    'WSGISwitchInterval WSGITrustedProxies WSGITrustedProxyHeaders',
  security2_module:
    'SecAction SecArgumentSeparator SecArgumentsLimit SecAuditEngine SecAuditLog SecAuditLog2 SecAuditLogDirMode ' +
    'SecAuditLogFileMode SecAuditLogFormat SecAuditLogParts SecAuditLogRelevantStatus SecAuditLogStorageDir ' +
    'SecAuditLogType SecCacheTransformations SecChrootDir SecCollectionTimeout SecComponentSignature ' +
    'SecConnEngine SecConnReadStateLimit SecConnWriteStateLimit SecContentInjection SecCookieFormat ' +
    'SecCookieV0Separator SecDataDir SecDebugLog SecDebugLogLevel SecDefaultAction SecDisableBackendCompression ' +
    'SecGeoLookupDb SecGsbLookupDb SecGuardianLog SecHashEngine SecHashKey SecHashMethodPm SecHashMethodRx ' +
    'SecHashParam SecHttpBlKey SecInterceptOnError SecMarker SecPcreMatchLimit SecPcreMatchLimitRecursion ' +
    'SecReadStateLimit SecRemoteRules SecRemoteRulesFailAction SecRequestBodyAccess SecRequestBodyInMemoryLimit ' +
    'SecRequestBodyJsonDepthLimit SecRequestBodyLimit SecRequestBodyLimitAction SecRequestBodyNoFilesLimit ' +
    'SecResponseBodyAccess SecResponseBodyLimit SecResponseBodyLimitAction SecResponseBodyMimeType ' +
    'SecResponseBodyMimeTypesClear SecRule SecRuleEngine SecRuleInheritance SecRulePerfTime SecRuleRemoveById ' +
    'SecRuleRemoveByMsg SecRuleRemoveByTag SecRuleScript SecRuleUpdateActionById SecRuleUpdateTargetById ' +
    'SecRuleUpdateTargetByMsg SecRuleUpdateTargetByTag SecSensorId SecServerSignature SecStatusEngine ' +
    'SecStreamInBodyInspection SecStreamOutBodyInspection SecTmpDir SecTmpSaveUploadedFiles SecUnicodeMapFile ' +
    'SecUploadDir SecUploadFileLimit SecUploadFileMode SecUploadKeepFiles SecWebAppId SecWriteStateLimit ' +
    'SecXmlExternalEntity',
  evasive20_module:
    'DOSHashTableSize DOSPageCount DOSSiteCount DOSPageInterval DOSSiteInterval DOSBlockingPeriod DOSEmailNotify ' +
    'DOSLogDir DOSSystemCommand DOSCloseSocket DOSWhitelist DOSWhitelistUri DOSBlocklistUri DOSEnabled DOSHTTPStatus',
  passenger_module:
    'PassengerAppEnv PassengerAppGroupName PassengerAppRoot PassengerAppType PassengerBaseURI ' +
    'PassengerDefaultUser PassengerDefaultRuby PassengerEnabled PassengerFriendlyErrorPages PassengerGroup ' +
    'PassengerHighPerformance PassengerLogFile PassengerLogLevel PassengerMaxInstancesPerApp PassengerMaxPoolSize ' +
    'PassengerMaxRequestQueueSize PassengerMaxRequests PassengerMinInstances PassengerNodejs PassengerPoolIdleTime ' +
    'PassengerPreStart PassengerPython PassengerRestartDir PassengerRoot PassengerRuby PassengerSpawnMethod ' +
    'PassengerStartTimeout PassengerStartupFile PassengerStickySessions PassengerUser PassengerUserSwitching ' +
    'RailsEnv RailsBaseURI RackEnv RackBaseURI',
  fcgid_module:
    'FcgidAccessChecker FcgidAuthenticator FcgidAuthorizer FcgidBusyScanInterval FcgidBusyTimeout FcgidCmdOptions ' +
    'FcgidConnectTimeout FcgidErrorScanInterval FcgidFixPathinfo FcgidIdleScanInterval FcgidIdleTimeout ' +
    'FcgidInitialEnv FcgidIOTimeout FcgidIPCDir FcgidMaxProcesses FcgidMaxProcessesPerClass FcgidMaxRequestInMem ' +
    'FcgidMaxRequestLen FcgidMaxRequestsPerProcess FcgidMinProcessesPerClass FcgidOutputBufferSize ' +
    'FcgidPassHeader FcgidProcessLifeTime FcgidProcessTableFile FcgidSpawnScore FcgidSpawnScoreUpLimit ' +
    'FcgidTerminationScore FcgidTimeScore FcgidWin32PreventOrphans FcgidWrapper FcgidZombieScanInterval ' +
    // What it called them before 2.3, and still takes.
    'BusyScanInterval BusyTimeout DefaultInitEnv DefaultMaxClassProcessCount DefaultMinClassProcessCount ' +
    'ErrorScanInterval FastCgiAccessCheckerAuthoritative FastCgiAuthenticator FastCgiAuthenticatorAuthoritative ' +
    'FastCgiAuthorizer FastCgiAuthorizerAuthoritative FCGIWrapper IdleScanInterval IdleTimeout IPCCommTimeout ' +
    'IPCConnectTimeout MaxProcessCount MaxRequestInMem MaxRequestLen MaxRequestsPerProcess OutputBufferSize ' +
    'PassHeader PHP_Fix_Pathinfo_Enable ProcessLifeTime SharememPath SocketPath SpawnScore SpawnScoreUpLimit ' +
    'TerminationScore TimeScore ZombieScanInterval',
  fastcgi_module: 'FastCgiAccessChecker FastCgiConfig FastCgiExternalServer FastCgiIpcDir FastCgiServer FastCgiWrapper',
  perl_module:
    'PerlAccessHandler PerlAddVar PerlAuthenHandler PerlAuthzHandler PerlChildExitHandler PerlChildInitHandler ' +
    'PerlCleanupHandler PerlConfigRequire PerlFixupHandler PerlHandler PerlHeaderParserHandler ' +
    'PerlInitHandler PerlInputFilterHandler PerlLoadModule PerlLogHandler PerlMapToStorageHandler PerlModule ' +
    'PerlOpenLogsHandler PerlOptions PerlOutputFilterHandler PerlPassEnv PerlPostConfigHandler ' +
    'PerlPostConfigRequire PerlPostReadRequestHandler PerlPreConnectionHandler PerlProcessConnectionHandler ' +
    'PerlRequire PerlResponseHandler PerlSections PerlSetEnv PerlSetInputFilter PerlSetOutputFilter PerlSetVar ' +
    'PerlSwitches PerlTransHandler PerlTypeHandler PerlWarn Perl',
  pagespeed_module: 'ModPagespeed ModPagespeedFileCachePath ModPagespeedEnableFilters ModPagespeedInheritVHostConfig',
  auth_openidc_module:
    'OIDCAuthNHeader OIDCClaimDelimiter OIDCClaimPrefix OIDCClientID OIDCClientSecret OIDCCookie OIDCCookiePath ' +
    'OIDCCookieSameSite OIDCCryptoPassphrase OIDCOAuthClientID OIDCOAuthIntrospectionEndpoint OIDCPassClaimsAs ' +
    'OIDCProviderMetadataURL OIDCRedirectURI OIDCRemoteUserClaim OIDCScope OIDCSessionInactivityTimeout ' +
    'OIDCSessionMaxDuration OIDCSSLValidateServer OIDCUnAuthAction',
  auth_mellon_module:
    'MellonEnable MellonEndpointPath MellonIdPMetadataFile MellonSPCertFile MellonSPMetadataFile ' +
    'MellonSPPrivateKeyFile MellonSecureCookie MellonUser MellonVariable',
  auth_gssapi_module:
    'GssapiAllowedMech GssapiBasicAuth GssapiConnectionBound GssapiCredStore GssapiDelegCcacheDir ' +
    'GssapiImpersonate GssapiLocalName GssapiNegotiateOnce GssapiSSLonly GssapiSessionKey GssapiUseSessions',
  auth_kerb_module: 'KrbMethodNegotiate KrbMethodK5Passwd KrbServiceName KrbAuthRealms Krb5Keytab KrbSaveCredentials',
  authnz_external_module:
    'DefineExternalAuth AuthExternal AddExternalAuth SetExternalAuthMethod AddExternalGroup ' +
    'AuthExternalContext AuthExternalGroupsAtOnce AuthExternalProvideCache DefineExternalGroup GroupExternal ' +
    'GroupExternalManyAtOnce SetExternalGroupMethod',
  shib_module: 'ShibConfig ShibCatalogs ShibRequestSetting ShibRequireSession ShibUseHeaders ShibCompatValidUser',
  dav_svn_module:
    'SVNPath SVNParentPath SVNListParentPath SVNIndexXSLT SVNAutoversioning SVNReposName SVNPathAuthz ' +
    'SVNActivitiesDB SVNMasterURI SVNSpecialURI SVNAdvertiseV2Protocol SVNAllowBulkUpdates AuthzSVNAccessFile',
  maxminddb_module: 'MaxMindDBEnable MaxMindDBFile MaxMindDBEnv MaxMindDBSetNotes',
  geoip_module: 'GeoIPEnable GeoIPDBFile GeoIPOutput GeoIPScanProxyHeaders GeoIPUseLastXForwardedForIP',
  qos_module:
    'QS_ClientEntries QS_SrvMaxConn QS_SrvMaxConnClose QS_SrvMaxConnPerIP QS_SrvMinDataRate QS_SrvRequestRate ' +
    'QS_LocRequestLimit QS_LocRequestLimitMatch QS_EventRequestLimit QSLog',
  xsendfile_module: 'XSendFile XSendFilePath XSendFileIgnoreEtag XSendFileIgnoreLastModified XSendFileUnescape',
  itk_module:
    'AssignUserID AssignUserIDExpr AssignGroupIDExpr MaxClientsVHost NiceValue LimitUIDRange LimitGIDRange EnableCapabilities',
  ruid2_module: 'RMode RUidGid RMinUidGid RDefaultUidGid RGroups RDocumentChRoot',
  cloudflare_module: 'CloudFlareRemoteIPHeader CloudFlareRemoteIPTrustedProxy DenyAllButCloudFlare',
  rpaf_module: 'RPAFenable RPAFproxy_ips RPAFheader RPAFsethostname RPAFsethttps RPAFsetport RPAF_Enable RPAF_ProxyIPs',
  jk_module:
    'JkAutoAlias JkEnvVar JkExtractSSL JkLogFile JkLogLevel JkLogStampFormat JkMount JkMountCopy JkMountFile ' +
    'JkOptions JkRequestLogFormat JkShmFile JkStripSession JkUnMount JkWatchdogInterval JkWorkerProperty ' +
    'JkWorkersFile',
  bw_module:
    'BandWidthModule ForceBandWidthModule BandWidth MinBandWidth LargeFileLimit MaxConnection BandWidthError BandWidthPacket',
  authnz_pam_module: 'AuthPAMExpiredRedirect AuthPAMService',
  authz_svn_module: 'AuthzForceUsernameCase',
  form_module: 'FormDelim FormGET FormMaxSize FormPOST',
  log_slow_module: 'LogSlowBufferedLogs LogSlowEnabled LogSlowFileName LogSlowLongRequestTime LogSlowTimeFormat',
  removeip_module: 'REMOVEIPenable',
  tile_module: 'AddTileConfig AddTileMimeConfig LoadTileConfigFile ModTileTileDir ModTileRenderdSocketName',
  auth_pubtkt_module:
    'TKTAuthPublicKey TKTAuthDigest TKTAuthLoginURL TKTAuthTimeoutURL TKTAuthUnauthURL TKTAuthRefreshURL TKTAuthToken ' +
    'TKTAuthCookieName TKTAuthBackArgName TKTAuthRequireSSL TKTAuthHeader TKTAuthFakeBasicAuth',
  tls_module:
    'TLSCertificate TLSCiphersPrefer TLSCiphersSuppress TLSEngine TLSHonorClientOrder TLSOptions TLSProtocol ' +
    'TLSProxyCA TLSProxyCiphersPrefer TLSProxyCiphersSuppress TLSProxyEngine TLSProxyMachineCertificate ' +
    'TLSProxyProtocol TLSSessionCache TLSStrictSNI',
  proxy_cluster_module:
    'CreateBalancers UseAlias LBstatusRecalTime WaitForRemove WaitBeforeRemove ProxyPassMatchCluster EnableOptions ' +
    'ResponseFieldSize DeterministicFailover UseNocanon',
  manager_module:
    'MemManagerFile Maxcontext Maxnode Maxhost Maxsessionid MaxMCMPMaxMessSize MaxMCMPMessSize ManagerBalancerName ' +
    'PersistSlots CheckNonce AllowDisplay AllowCmd ReduceDisplay EnableMCPMReceive EnableMCMPReceive EnableWsTunnel WSUpgradeHeader AJPSecret',
  advertise_module:
    'ServerAdvertise AdvertiseGroup AdvertiseFrequency AdvertiseSecurityKey AdvertiseManagerUrl AdvertiseBindAddress',
  gnutls_module:
    'GnuTLSCache GnuTLSCacheTimeout GnuTLSCertificateFile GnuTLSClientCAFile GnuTLSClientVerify GnuTLSDHFile ' +
    'GnuTLSEnable GnuTLSExportCertificates GnuTLSKeyFile GnuTLSOCSPStapling GnuTLSP11Module GnuTLSPriorities ' +
    'GnuTLSProxyEngine GnuTLSProxyPriorities GnuTLSSessionTickets GnuTLSX509CertificateFile GnuTLSX509KeyFile',
  apparmor_module: 'ImmHatName ImmDefaultHatName AAHatName AADefaultHatName',
  apreq_module: 'APREQ2_TempDir APREQ2_ReadLimit APREQ2_BrigadeLimit',
  auth_plain_module: 'AuthPlainUserFile AuthPlainGroupFile AuthPlainAuthoritative',
  authn_sasl_module: 'AuthSaslPwcheckMethod AuthSaslServiceName AuthSaslAppname AuthSaslRealm AuthSaslDbPath',
  authn_yubikey_module:
    'AuthYubiKeyTmpFile AuthYubiKeyUserFile AuthYubiKeyTimeout AuthYubiKeyExternalErrorPage ' +
    'AuthYubiKeyRequireSecure',
  dnssd_module:
    'DNSSDEnable DNSSDAutoRegisterUserDir DNSSDAutoRegisterVHosts DNSSDUserDir DNSSDServiceName ' +
    'DNSSDServiceTypes DNSSDServicePort DNSSDServiceTxtRecord',
  encoding_module: 'EncodingEngine SetServerEncoding AddClientEncoding DefaultClientEncoding NormalizeUsername',
  intercept_form_submit_module:
    'InterceptFormLogin InterceptFormPassword InterceptFormPasswordRedact InterceptFormPAMService ' +
    'InterceptFormLoginSkip InterceptFormClearRemoteUserForSkipped InterceptGETOnSuccess ' +
    'InterceptFormLoginRealms',
  ldap_userdir_module:
    'LDAPUserDir LDAPUserDirServer LDAPUserDirServerURL LDAPUserDirDNInfo LDAPUserDirBaseDN LDAPUserDirFilter ' +
    'LDAPUserDirSearchScope LDAPUserDirUseTLS LDAPAttributeName LDAPUserDirCacheTimeout LDAPProtocolVersion',
  lisp_module: 'LispServer',
  lookup_identity_module:
    'LookupOutput LookupUserGECOS LookupUserByCertificateParamName LookupUserGroups LookupUserGroupsIter ' +
    'LookupUserAttr LookupUserAttrIter LookupDbusTimeout LookupUserByCertificate',
  mapcache_module: 'MapCacheAlias',
  mime_xattr_module: 'XAttrMimeType XAttrHandler',
  musicindex_module:
    'MusicIndex MusicSortOrder MusicFields MusicIndexCache MusicPageTitle MusicIceServer MusicDefaultCss ' +
    'MusicCookieLife MusicDefaultDisplay MusicDirPerLine',
  oauth2_module: 'OAuth2CryptoPassphrase OAuth2TokenVerify OAuth2AcceptTokenIn OAuth2TargetPass OAuth2Cache',
  parser3_module: 'ParserConfig',
  R_module: 'RHandler RFileHandler REval RFileEval REvalOnStartup RSourceOnStartup ROutputErrors RPreserveEnv',
  rivet_module: 'RivetServerConf RivetDirConf RivetUserConf',
  sts_module: 'STSCryptoPassphrase STSCache STSAcceptSourceTokenIn STSPassTargetTokenIn STSExchange',
  upload_progress_module: 'TrackUploads ReportUploads UploadProgressSharedMemorySize',
  vhost_ldap_module:
    'VhostLDAPURL VhostLDAPBindDN VhostLDAPBindPassword VhostLDAPEnabled VhostLDAPDereferenceAliases ' +
    'VhostLDAPFallback VhostLDAPWildcard',
};

/**
 * What the names of a module's directives begin with, in lower case: the lists above are those of one release, and httpd has
 * no such names. The module's own releases add to them: mod_auth_openidc alone has 138 (2.4.16).
 */
export const thirdPartyPrefixes: Readonly<Record<string, string>> = {
  oidc: 'auth_openidc_module',
  mellon: 'auth_mellon_module',
  gssapi: 'auth_gssapi_module',
  krb: 'auth_kerb_module',
  cas: 'auth_cas_module',
  shib: 'shib_module',
  gridsite: 'gridsite_module',
  svn: 'dav_svn_module',
  authzsvn: 'authz_svn_module',
  jk: 'jk_module',
  passenger: 'passenger_module',
  rails: 'passenger_module',
  rack: 'passenger_module',
  perl: 'perl_module',
  wsgi: 'wsgi_module',
  sec: 'security2_module',
  qs_: 'qos_module',
  fcgid: 'fcgid_module',
  lsapi_: 'lsapi_module',
  modpagespeed: 'pagespeed_module',
  gnutls: 'gnutls_module',
  nss: 'nss_module',
  logslow: 'log_slow_module',
  modtile: 'tile_module',
  tktauth: 'auth_pubtkt_module',
  unionstation: 'passenger_module',
  geoip: 'geoip_module',
  logsql: 'log_sql_module',
  netcgi: 'netcgi_module',
  python: 'python_module',
  mono: 'mono_module',
  weblogic: 'weblogic_module',
  authjwt: 'auth_jwt_module',
  sspi: 'authnz_sspi_module',
  ntlm: 'auth_ntlm_winbind_module',
  maxminddb: 'maxminddb_module',
};
