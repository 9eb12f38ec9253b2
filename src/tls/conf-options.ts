import { atLeastVersion, type Version } from '../text/version.ts';

/**
 * Members of the command `Options` of OpenSSL's configuration commands (SSL_CONF_cmd(3)), and the release since which it has
 * them: its CHANGES and the manual's HISTORY. What 3.0.16 has not got and nobody dates stands with the release after it.
 */
export const confOptions: readonly { readonly name: string; readonly since: Version }[] = Object.entries({
  '1.1.1':
    'SessionTicket EmptyFragments Bugs Compression ServerPreference NoResumptionOnRenegotiation DHSingle ECDHSingle UnsafeLegacyRenegotiation EncryptThenMac NoRenegotiation AllowNoDHEKEX PrioritizeChaCha MiddleboxCompat AntiReplay',
  '3.0': 'UnsafeLegacyServerConnect ClientRenegotiation ExtendedMasterSecret CANames KTLS',
  '3.1': 'StrictCertCheck IgnoreUnexpectedEOF',
  '3.2': 'TxCertificateCompression RxCertificateCompression KTLSTxZerocopySendfile',
  '3.3': 'PreferNoDHEKEX',
}).flatMap(([since, names]) => names.split(' ').map((name) => ({ name, since })));

/** Those that a release has. */
export function confOptionsOf(openssl: Version): readonly string[] {
  return confOptions.filter(({ since }) => atLeastVersion(openssl, since)).map(({ name }) => name);
}
