import { broughtByFixes } from '../languages/nginx/data/brought-by-fixes.ts';
import type { ProtocolVersion } from '../tls/protocols.ts';
import type { Build, Distribution } from '../tls/target.ts';

/**
 * Directives that came with a security fix, which distributions take over and versions do not tell. Source: CVE-2026-49975 and
 * CVE-2021-3618 in nginx 1.26.3-3+deb13u11, aports and openela-main.
 */
const securityDirectives: readonly string[] = [...broughtByFixes];

/** One whose OpenSSL is as its makers wrote it: `PROFILE=SYSTEM` matches no cipher there. */
function withoutPolicies(id: string): Distribution {
  return { id, hasPolicies: false, builds: { nginx: { directives: securityDirectives } } };
}

export const debian = withoutPolicies('debian');
export const ubuntu = withoutPolicies('ubuntu');
export const alpine = withoutPolicies('alpine');
/** What stands in images of Docker is built as it comes from its makers. */
export const image: Distribution = { id: 'image', hasPolicies: false };
/**
 * Ports are built as they come from their makers, with the OpenSSL of the base system (`USES=ssl`), which has no policies. The
 * file of CAs is certctl's, before 15.0 that of the package ca_root_nss.
 */
export const freebsd: Distribution = { id: 'freebsd', hasPolicies: false, trustedAuthorities: '/etc/ssl/cert.pem' };

/**
 * What the policy DEFAULT writes into opensslcnf.config. Source: DEFAULT-opensslcnf.txt of crypto-policies (`TLS.MinProtocol =
 * TLSv1.2`, `@SECLEVEL=2`); the security guides for RHEL 8, RHEL 9 and Oracle Linux 8 have the same protocols.
 */
const defaultPolicy: readonly ProtocolVersion[] = ['TLSv1.2', 'TLSv1.3'];
const tls13CipherSuites =
  'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_SHA256';

/**
 * nginx that leaves the protocols to OpenSSL's own configuration, and so to the policy, where `ssl_protocols` is not set.
 * Source: 0007-Enable-TLSv1.3-by-default.patch of nginx 1.20.1, nginx-1.24.0-enable-tls1v3-by-default.patch.
 */
export const followsPolicy: Build = { policyProtocols: defaultPolicy };

/** nginx of which nobody knows here whether it was built so. */
export const mayFollowPolicy: Build = { policyProtocols: 'unknown' };

/**
 * OpenSSL of SUSE reads policies of the system. Source: openssl-3.spec of 3.1.4 (openssl-crypto-policies-support.patch, and
 * openssl-DEFAULT_SUSE_cipher.patch). Which patches its servers have was not seen. The file of CAs: README of ca-certificates.
 */
export const suse: Distribution = {
  id: 'suse',
  hasPolicies: true,
  trustedAuthorities: '/etc/ssl/ca-bundle.pem',
  builds: { nginx: { ...mayFollowPolicy, directives: securityDirectives }, apache: mayFollowPolicy },
};

/** Source: Add-SSL-passphrase-dialog.patch of nginx, besides Added-max_headers-directive.patch. */
const nginxDirectives = [...securityDirectives, 'ssl_pass_phrase_dialog'];

/** Source: httpd-2.4.37-sslvhostsnipolicy.patch, httpd-2.4.48-proxy-ws-idle-timeout.patch and their successors. */
const httpdDirectives = ['sslvhostsnipolicy', 'proxywebsocketidletimeout'];

/**
 * Source: the patches CVE-2019-0220, usertrack-samesite, session-expiry-updt-int and proxy-continue of httpd 2.4.37; mod_http2
 * and mod_md are packages of their own, 1.15.7 and 2.0.8, newer than this httpd.
 */
const httpdDirectivesOf8 = [
  'mergeslashes',
  'cookiehttponly',
  'cookiesamesite',
  'cookiesecure',
  'sessionexpiryupdateinterval',
  'proxy100continue',
  'h2padding',
  'mdcertificatefile',
  'mdcertificatekeyfile',
  'mdcertificatestatus',
  'mdchallengedns01',
  'mdmessagecmd',
  'mdrenewmode',
  'mdserverstatus',
  'mdwarnwindow',
];

/**
 * Red Hat's kind, where a policy of the system decides what nothing else says. mod_ssl leaves protocols and suites to it
 * since httpd 2.4.35 (sslprotdefault.patch, sslciphdefault.patch). The file of CAs is that of update-ca-trust(8), to which older names lead.
 */
export function redHat(nginx: Build, release: number | undefined): Distribution {
  return {
    id: 'rhel',
    hasPolicies: true,
    trustedAuthorities: '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
    // With OpenSSL 3.5 the groups hang on the release of the policies, of which some leave post-quantum ones out.
    policy: { protocols: defaultPolicy, tls13CipherSuites, groups: release === 8 ? 'auto' : undefined },
    builds: {
      nginx: { ...nginx, directives: nginxDirectives },
      apache: {
        policyProtocols: defaultPolicy,
        directives: release === 8 ? [...httpdDirectives, ...httpdDirectivesOf8] : httpdDirectives,
      },
    },
  };
}
