/** What stops Apache only when it starts: `apachectl -t` says that the syntax is right. Lines of a virtual host. */
export const cases: Readonly<Record<string, readonly [ah: string, lines: string]>> = {
  'no protocol': ['AH02231', 'SSLProtocol -all'],
  'one protocol taken away from nothing': ['AH02231', 'SSLProtocol TLSv1.2 -TLSv1.2'],
  'no certificate': ['AH02572', 'SSLCertificateFile\nSSLCertificateKeyFile'],
  'a certificate by command alone': [
    'AH02572',
    'SSLCertificateFile\nSSLCertificateKeyFile\nSSLOpenSSLConfCmd Certificate tls/site.crt',
  ],
  'no key': ['AH02579', 'SSLCertificateKeyFile'],
  'another key': ['AH02565', 'SSLCertificateKeyFile tls/other.key'],
  'the chain before the certificate': ['AH02565', 'SSLCertificateFile tls/reversed.crt'],
  'no certificate in the file': ['AH02562', 'SSLCertificateFile tls/junk.pem'],
  'no key in the file': ['AH02579', 'SSLCertificateKeyFile tls/junk.pem'],
  'a chain that is cut off': ['AH01903', 'SSLCertificateChainFile tls/cut.crt'],
  'an encrypted key': ['AH02578', 'SSLCertificateKeyFile tls/encrypted.key'],
  'a key of 1024 bits': ['AH02562', 'SSLCertificateFile tls/short.crt\nSSLCertificateKeyFile tls/short.key'],
  'an unknown cipher': ['AH01898', 'SSLCipherSuite FOO'],
  'a policy of Red Hat': ['AH01898', 'SSLCipherSuite PROFILE=SYSTEM'],
  'a policy of Red Hat for backends': ['AH01898', 'SSLProxyEngine on\nSSLProxyCipherSuite PROFILE=SYSTEM'],
  'an unknown cipher, which a command replaces': ['AH01898', 'SSLCipherSuite FOO\nSSLOpenSSLConfCmd CipherString HIGH'],
  'an unknown TLS 1.3 suite, which a command replaces': [
    'AH10127',
    'SSLCipherSuite TLSv1.3 FOO\nSSLOpenSSLConfCmd Ciphersuites TLS_AES_128_GCM_SHA256',
  ],
  'an unknown cipher in a command': ['AH02407', 'SSLOpenSSLConfCmd CipherString FOO'],
  'a level that refuses the key, which a command lowers': [
    'AH02562',
    'SSLCipherSuite HIGH:@SECLEVEL=4\nSSLOpenSSLConfCmd CipherString HIGH:@SECLEVEL=1',
  ],
  'an unknown TLS 1.3 suite': ['AH10127', 'SSLCipherSuite TLSv1.3 FOO'],
  'an unknown group': ['AH02407', 'SSLOpenSSLConfCmd Curves foo'],
  'an unknown option': ['AH02407', 'SSLOpenSSLConfCmd Options -Foo'],
  'no certificate in the chain of a command': ['AH02407', 'SSLOpenSSLConfCmd ChainCAFile tls/junk.pem'],
  'no certificate to verify with in the file of a command': ['AH02407', 'SSLOpenSSLConfCmd VerifyCAFile tls/junk.pem'],
  'no DH parameters in the file': ['AH02407', 'SSLOpenSSLConfCmd DHParameters tls/junk.pem'],
  'DH parameters of X9.42': ['AH02407', 'SSLOpenSSLConfCmd DHParameters tls/x942.pem'],
  'stapling without a cache': ['AH01958', 'SSLUseStapling on'],
  'no CA in the file': ['AH01895', 'SSLVerifyClient require\nSSLCACertificateFile tls/junk.pem'],
  'no CA in the file, though nobody is asked': ['AH01895', 'SSLCACertificateFile tls/junk.pem'],
  'a revocation list in place of a CA': ['AH01896', 'SSLCACertificateFile tls/list.pem'],
  'a revocation list in place of a CA for backends': [
    'AH01896',
    'SSLProxyEngine on\nSSLProxyCACertificateFile tls/list.pem',
  ],
  'a CA with trust settings alone': ['AH01896', 'SSLCACertificateFile tls/trusted.pem'],
  'no CA in the folder': ['AH01896', 'SSLCACertificatePath tls/empty'],
  'no CA in the folder, with another file': [
    'AH01896',
    'SSLVerifyClient optional_no_ca\nSSLCACertificatePath tls/notes',
  ],
  'no CA in the folder, but below it': ['AH01896', 'SSLCACertificatePath tls/deep'],
  'no CA in the folder of those to be named': [
    'AH01896',
    'SSLCACertificateFile tls/site.crt\nSSLCADNRequestPath tls/empty',
  ],
  'no CA in the folder for backends': ['AH01896', 'SSLProxyEngine on\nSSLProxyCACertificatePath tls/empty'],
  'revocation checks without a list': ['AH01899', 'SSLCARevocationCheck chain'],
  'no revocation list in the file': ['AH01901', 'SSLCARevocationFile tls/junk.pem'],
  'a short ticket key': ['AH02287', 'SSLSessionTicketKeyFile tls/short.ticket'],
  'an unknown cipher for backends': ['AH01898', 'SSLProxyEngine on\nSSLProxyCipherSuite FOO'],
  'no CA in the file for one backend': [
    'AH01895',
    'ProxyPass / https://127.0.0.1:9/\n<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyCACertificateFile tls/junk.pem\n</Proxy>',
  ],
  'no CA in the folder for one backend': [
    'AH01896',
    'ProxyPass / https://127.0.0.1:9/\n<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyCACertificatePath tls/empty\n</Proxy>',
  ],
  'an unknown cipher for one backend': [
    'AH01898',
    'SSLProxyEngine on\n<Proxy https://127.0.0.1:9/>\nSSLProxyCipherSuite FOO\n</Proxy>',
  ],
  'an unknown TLS 1.3 suite for some backends': [
    'AH10127',
    '<ProxyMatch ^https:>\nSSLProxyEngine on\nSSLProxyCipherSuite TLSv1.3 FOO\n</ProxyMatch>',
  ],
  'an unknown cipher for backends, one of which is spoken to over TLS': [
    'AH01898',
    'SSLProxyCipherSuite FOO\n<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\n</Proxy>',
  ],
  'no protocol for one backend': [
    'AH02231',
    '<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyProtocol -all\n</Proxy>',
  ],
  'revocation checks without a list for one backend': [
    'AH01899',
    'SSLProxyEngine on\n<Proxy https://127.0.0.1:9/>\nSSLProxyCARevocationCheck chain\n</Proxy>',
  ],
  'revocation checks of backends, and a list for one': [
    'AH01899',
    'SSLProxyEngine on\nSSLProxyCARevocationCheck chain\n<Proxy https://127.0.0.1:9/>\nSSLProxyCARevocationFile tls/list.pem\n</Proxy>',
  ],
  'no revocation list in the file for one backend': [
    'AH01901',
    '<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyCARevocationFile tls/junk.pem\n</Proxy>',
  ],
  'an encrypted key for backends': ['AH02252', 'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/encrypted.pem'],
  'an encrypted key for one backend': [
    'AH02252',
    '<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyMachineCertificateFile tls/encrypted.pem\n</Proxy>',
  ],
  'another key for backends': ['AH02326', 'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/mixed.pem'],
  'a key alone for backends': ['AH02326', 'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/site.key'],
  'a key apart from its certificate in the folder for backends': [
    'AH02326',
    'SSLProxyEngine on\nSSLProxyMachineCertificatePath tls/apart',
  ],
  'an encrypted key in the folder for backends': [
    'AH02252',
    'SSLProxyEngine on\nSSLProxyMachineCertificatePath tls/locked',
  ],
  'no protocol for backends': ['AH02231', 'SSLProxyEngine on\nSSLProxyProtocol -all'],
  'no CA in the file for backends': [
    'AH01895',
    'SSLProxyEngine on\nSSLProxyCACertificateFile tls/junk.pem\nProxyPass / https://127.0.0.1:9/',
  ],
};

const managed = (
  main: string,
  host: string,
  address = '127.0.0.1:1',
) => `LoadModule md_module /usr/lib/apache2/modules/mod_md.so
MDCertificateAgreement accepted
MDContactEmail admin@example.com
MDRenewMode manual
${main}
<VirtualHost ${address}>
${host}
</VirtualHost>`;
const managedHost = (lines: string) =>
  managed('MDomain managed.example.com', `ServerName managed.example.com\nSSLEngine on\n${lines}`);
const ownName = 'ServerName a.example.org\nMDomain a.example.org';
const bareHost = (names: string) => `ServerName ${names.replace(' ', '\nServerAlias ')}\nSSLEngine on`;
const ownFiles = 'SSLCertificateFile tls/site.crt\nSSLCertificateKeyFile tls/site.key';

/** The same of lines of the main server, before a virtual host. */
export const mainCases: Readonly<Record<string, readonly [ah: string, lines: string]>> = {
  'TLS on the main server, which has no certificate': ['AH02572', 'SSLEngine on'],
  'TLS on the main server, which has none of the domains of mod_md': [
    'AH02572',
    'LoadModule md_module /usr/lib/apache2/modules/mod_md.so\nMDomain managed.example.com\nSSLEngine on',
  ],
  'a key without certificate, where mod_md brings one': ['AH02565', managedHost('SSLCertificateKeyFile tls/site.key')],
  'a managed name below the wildcard of another domain': [
    'AH10038',
    managed('MDomain *.example.org\nMDomain a.example.org', `${bareHost('a.example.org')}\n${ownFiles}`),
  ],
  'names of two domains, one by a wildcard of the virtual host': [
    'AH10238',
    managed('MDomain a.example.org\nMDomain b.example.net', bareHost('b.example.net *.example.org')),
  ],
  'names of two domains, one of the main server': [
    'AH10238',
    managed(`${ownName}\nMDomain b.example.net`, 'ServerAlias b.example.net\nSSLEngine on', '*:1'),
  ],
  'a key without certificate, where mod_md brings one for the name of the main server': [
    'AH02565',
    managed(ownName, 'SSLEngine on\nSSLCertificateKeyFile tls/site.key', '*:1'),
  ],
  'a managed name of the main server, which a virtual host for one address does not have': [
    'AH02572',
    managed(ownName, 'SSLEngine on'),
  ],
  'keys of a curve that signs nothing': [
    'AH02572',
    managed('MDPrivateKeys rsa 3072 X25519\nMDomain a.example.org', bareHost('a.example.org')),
  ],
  'keys of such a curve for one domain': [
    'AH02572',
    managed('<MDomainSet a.example.org>\nMDPrivateKeys X25519\n</MDomainSet>', bareHost('a.example.org')),
  ],
  'keys of a curve that looks like one': [
    'AH02572',
    managed('MDPrivateKeys secp256r1 secp65536r1\nMDomain a.example.org', bareHost('a.example.org')),
  ],
  'no file of MIME types': ['AH01597', 'TypesConfig tls/missing.types'],
  'a folder for the file of MIME types': ['AH01597', 'TypesConfig tls/empty'],
  'no file of MIME types, in a condition that holds': [
    'AH01597',
    '<IfModule mod_mime.c>\nTypesConfig tls/missing.types\n</IfModule>',
  ],
  'no file of MIME types, behind one that is there': [
    'AH01597',
    'TypesConfig tls/empty.srp\nTypesConfig tls/missing.types',
  ],
};

export const mainStarting: readonly string[] = [
  ...['b.example.org *.example.org', 'b.example.org a.*', 'b.example.org ?.example.org', 'b.example.org *.org'].map(
    (names) => managed('MDomain a.example.org', bareHost(names)),
  ),
  managed('MDomain *.example.org a.example.org', bareHost('a.example.org')),
  ...['', '\nMDMatchNames servernames'].flatMap((lines) =>
    ['*:1', '_default_:1', '0.0.0.0:1', '[::]:1'].map((address) => managed(ownName + lines, 'SSLEngine on', address)),
  ),
  ...[ownFiles, 'SSLEngine off'].map((lines) =>
    managed('MDPrivateKeys X25519\nMDomain a.example.org', `${bareHost('a.example.org')}\n${lines}`),
  ),
  managed('MDPrivateKeys X25519\nMDPrivateKeys rsa\nMDomain a.example.org', bareHost('a.example.org')),
  // More microseconds than 64 bits have.
  managed('MDRenewWindow 99999999999%\nMDomain a.example.org', bareHost('a.example.org')),
  ...['secp521r1', 'prime256v1', 'brainpoolP384r1', 'P-384'].map((curve) =>
    managed(`MDPrivateKeys ${curve}\nMDomain a.example.org`, bareHost('a.example.org')),
  ),
  managed(
    '<MDomainSet a.example.org>\nMDPrivateKeys X25519\nMDCertificateFile tls/site.crt\nMDCertificateKeyFile tls/site.key\n</MDomainSet>',
    bareHost('a.example.org'),
  ),
  managedHost(''),
  managedHost('SSLCertificateFile tls/site.crt\nSSLCertificateKeyFile tls/site.key'),
  'SSLEngine on\nSSLCertificateFile tls/site.crt\nSSLCertificateKeyFile tls/site.key',
  '<IfDefine NEVER>\nSSLEngine on\n</IfDefine>',
  'TypesConfig tls/missing.types\nTypesConfig tls/empty.srp',
  'TypesConfig tls/empty.srp\n<VirtualHost 127.0.0.1:1>\nTypesConfig tls/missing.types\n</VirtualHost>',
  'TypesConfig tls/empty.srp\n<IfDefine NEVER>\nTypesConfig tls/missing.types\n</IfDefine>',
];

/** What looks like some of these, and starts. */
export const starting: readonly string[] = [
  'SSLProtocol -all +TLSv1.3',
  'SSLCACertificatePath tls/cas',
  'SSLCertificateFile\nSSLCertificateKeyFile\nSSLOpenSSLConfCmd Certificate tls/site.crt\nSSLOpenSSLConfCmd PrivateKey tls/site.key',
  'SSLOpenSSLConfCmd CipherString ALL:@SECLEVEL=4',
  'SSLCipherSuite ALL:@SECLEVEL=0\nSSLOpenSSLConfCmd CipherString HIGH:@SECLEVEL=5',
  'SSLCACertificateFile tls/site.crt\nSSLCACertificatePath tls/empty',
  'SSLCACertificatePath tls/empty\nSSLCADNRequestFile tls/site.crt',
  'SSLCADNRequestPath tls/empty',
  'SSLEngine off\nSSLCACertificatePath tls/empty',
  'SSLProxyCACertificatePath tls/empty',
  'SSLProxyCACertificateFile tls/junk.pem',
  'SSLProxyCACertificateFile tls/junk.pem\nProxyPass / https://127.0.0.1:9/',
  'SSLProxyEngine on\nSSLProxyCACertificateFile tls/site.crt\n<Proxy https://127.0.0.1:9/>\nSSLProxyCACertificatePath tls/empty\n</Proxy>',
  'SSLProxyCARevocationFile tls/junk.pem',
  '<Proxy https://127.0.0.1:9/>\nSSLProxyCipherSuite FOO\n</Proxy>',
  '<Proxy https://127.0.0.1:8/>\nSSLProxyEngine on\n</Proxy>\n<Proxy https://127.0.0.1:9/>\nSSLProxyCipherSuite FOO\n</Proxy>',
  'SSLProxyCipherSuite FOO\n<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyCipherSuite HIGH\n</Proxy>',
  'SSLProxyEngine on\nSSLProxyCipherSuite FOO\nSSLProxyCipherSuite HIGH',
  'SSLProxyEngine on\n<Proxy https://127.0.0.1:9/>\nSSLProxyEngine off\nSSLProxyProtocol -all\nSSLProxyCipherSuite FOO\n</Proxy>',
  '<Proxy https://127.0.0.1:9/>\nSSLProxyEngine on\nSSLProxyCARevocationCheck chain\nSSLProxyCARevocationFile tls/list.pem\n</Proxy>',
  'SSLCARevocationCheck chain\nSSLCARevocationCheck none',
  'SSLProxyMachineCertificateFile tls/junk.pem',
  'SSLProxyMachineCertificateFile tls/encrypted.pem',
  'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/junk.pem',
  'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/site.crt',
  'SSLProxyEngine on\nSSLProxyMachineCertificateFile tls/pair.pem',
  'SSLProxyMachineCertificatePath tls/apart',
  'SSLProxyEngine on\nSSLProxyMachineCertificatePath tls/empty',
  'SSLProxyEngine on\nSSLProxyMachineCertificatePath tls/pairs',
  'ProxyPass / https://127.0.0.1:9/\n<Proxy https://127.0.0.1:9/>\nSSLProxyCACertificateFile tls/junk.pem\n</Proxy>',
  'SSLProxyEngine on\nSSLProxyCACertificateFile tls/site.crt\nSSLProxyCACertificatePath tls/empty',
];
