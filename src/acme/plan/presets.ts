/** A CA that the plan may call by name, with what it needs. */
export interface CaPreset {
  readonly id: string;
  readonly title: string;
  readonly directory: string;
  /** True where new accounts need external account binding. */
  readonly needsEab: boolean;
  /** Staging: certificates that no browser trusts, for trying out. */
  readonly kind: 'staging' | 'production';
  /** Shown where the CA is chosen. */
  readonly note: string;
  /** Whether it has renewal information and certificates for addresses, as of 2026. */
  readonly offers: readonly ('ari' | 'ip')[];
  /**
   * Its certificate profiles and how many names each takes, the default one first, as documented in 2026; its directory may list
   * others by now. Undefined where not documented.
   */
  readonly profiles?: Readonly<Record<string, number>>;
  /** Refuses an order for a wildcard and a name that it covers. */
  readonly refusesCovered?: true;
  /** Why it refuses OCSP Must-Staple, as a sentence; undefined where it does not. */
  readonly noMustStaple?: string;
  /** The only family of keys that this directory takes. */
  readonly keys?: 'ecdsa' | 'rsa';
  /** Reasons that revocation takes (RFC 5280 section 5.3.1); undefined where not documented. */
  readonly revocationReasons?: readonly number[];
}

const letsEncryptReasons = [0, 1, 4, 5];
/** https://letsencrypt.org/docs/profiles/, without tlsclient, which ended on 2026-07-08. */
const letsEncryptProfiles = { classic: 100, tlsserver: 25, shortlived: 25 };
const letsEncryptStapling = 'It has had no OCSP since 2025-08-06; browsers learn of revocations by lists.';

/** Directory URLs as the CAs document them, 2026. Staging first. */
export const caPresets: readonly CaPreset[] = [
  {
    id: 'letsencrypt-staging',
    title: "Let's Encrypt (staging)",
    directory: 'https://acme-staging-v02.api.letsencrypt.org/directory',
    needsEab: false,
    kind: 'staging',
    note: 'For trying out: browsers do not trust its certificates, and its limits are generous.',
    offers: ['ari', 'ip'],
    profiles: letsEncryptProfiles,
    refusesCovered: true,
    noMustStaple: letsEncryptStapling,
    revocationReasons: letsEncryptReasons,
  },
  {
    id: 'letsencrypt',
    title: "Let's Encrypt",
    directory: 'https://acme-v02.api.letsencrypt.org/directory',
    needsEab: false,
    kind: 'production',
    note: 'Limits: 5 certificates a week for the same names, 50 for one registered domain.',
    offers: ['ari', 'ip'],
    profiles: letsEncryptProfiles,
    refusesCovered: true,
    noMustStaple: letsEncryptStapling,
    revocationReasons: letsEncryptReasons,
  },
  {
    id: 'google-test',
    title: 'Google Trust Services (test)',
    directory: 'https://dv.acme-v02.test-api.pki.goog/directory',
    needsEab: true,
    kind: 'staging',
    note: 'Key id and secret from "gcloud publicca external-account-keys create" with the test API.',
    offers: ['ari'],
  },
  {
    id: 'google',
    title: 'Google Trust Services',
    directory: 'https://dv.acme-v02.api.pki.goog/directory',
    needsEab: true,
    kind: 'production',
    note: 'Key id and secret from "gcloud publicca external-account-keys create".',
    offers: ['ari'],
  },
  {
    id: 'zerossl',
    title: 'ZeroSSL',
    directory: 'https://acme.zerossl.com/v2/DV90',
    needsEab: true,
    kind: 'production',
    note: 'Key id and secret from the developer page of a ZeroSSL account. Orders may stay in processing for minutes.',
    offers: [],
  },
  {
    id: 'sslcom-ecc',
    title: 'SSL.com (ECDSA)',
    directory: 'https://acme.ssl.com/sslcom-dv-ecc',
    needsEab: true,
    kind: 'production',
    note: 'For ECDSA keys; credentials from the SSL.com account page.',
    keys: 'ecdsa',
    offers: [],
  },
  {
    id: 'sslcom-rsa',
    title: 'SSL.com (RSA)',
    directory: 'https://acme.ssl.com/sslcom-dv-rsa',
    needsEab: true,
    kind: 'production',
    note: 'For RSA keys; credentials from the SSL.com account page.',
    keys: 'rsa',
    offers: [],
  },
  {
    id: 'actalis',
    title: 'Actalis',
    directory: 'https://acme-api.actalis.com/acme/directory',
    needsEab: true,
    kind: 'production',
    note: 'Account and order come from the Actalis customer area.',
    offers: [],
  },
  {
    id: 'sectigo',
    title: 'Sectigo',
    directory: 'https://acme.sectigo.com/v2/DV',
    needsEab: true,
    kind: 'production',
    note: 'Credentials from a Sectigo Certificate Manager account.',
    offers: [],
  },
  {
    id: 'globalsign',
    title: 'GlobalSign Atlas',
    directory: 'https://emea.acme.atlas.globalsign.com/directory',
    needsEab: true,
    kind: 'production',
    note: 'Credentials from a GlobalSign Atlas account.',
    offers: [],
  },
  {
    id: 'digicert',
    title: 'DigiCert',
    directory: 'https://one.digicert.com/mpki/api/v1/acme/v2/directory',
    needsEab: true,
    kind: 'production',
    note: 'Credentials from a DigiCert account.',
    offers: [],
  },
];

export function findPreset(idOrUrl: string): CaPreset | undefined {
  return caPresets.find(({ id, directory }) => id === idOrUrl || directory === idOrUrl);
}
