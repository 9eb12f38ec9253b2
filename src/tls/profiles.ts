import { atLeastVersion, type Version } from '../text/version.ts';
import { findGroup } from './named-groups.ts';
import type { ProtocolVersion } from './protocols.ts';

/** What a guideline asks of a server. Names are OpenSSL's. */
export interface GuidelineProfile {
  readonly name: string;
  /** Where it comes from, with its version: `Mozilla 6.0`. */
  readonly source: string;
  readonly protocols: readonly ProtocolVersion[];
  /** TLS 1.2 and older; empty where only TLS 1.3 is offered. */
  readonly cipherSuites: readonly string[];
  readonly tls13CipherSuites: readonly string[];
  readonly groups: readonly string[];
  readonly serverPreference: boolean;
  readonly certificateTypes: readonly ('rsa' | 'ecdsa')[];
  readonly rsaBits: number;
  readonly certificateCurves: readonly string[];
  /** Seconds. */
  readonly hstsMinimumAge: number;
  readonly sessionTickets: boolean;
}

const intermediateSuites = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
];

/** What both Mozilla 6.0 profiles say alike. */
const mozilla6 = {
  source: 'Mozilla 6.0',
  tls13CipherSuites: ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'],
  groups: ['X25519MLKEM768', 'X25519', 'prime256v1', 'secp384r1'],
  serverPreference: false,
  rsaBits: 2048,
  certificateCurves: ['prime256v1', 'secp384r1'],
  hstsMinimumAge: 63_072_000,
  sessionTickets: false,
} as const;

/** Mozilla's server-side TLS guidelines: 6.0 (2026-04-06), and the old profile as 5.8 last had it. */
export const profiles = {
  modern: {
    ...mozilla6,
    name: 'modern',
    protocols: ['TLSv1.3'],
    cipherSuites: [],
    certificateTypes: ['ecdsa'],
  },
  intermediate: {
    ...mozilla6,
    name: 'intermediate',
    protocols: ['TLSv1.2', 'TLSv1.3'],
    cipherSuites: intermediateSuites,
    certificateTypes: ['ecdsa', 'rsa'],
  },
  old: {
    ...mozilla6,
    name: 'old',
    source: 'Mozilla 5.8',
    protocols: ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
    cipherSuites: [
      ...intermediateSuites,
      'ECDHE-ECDSA-AES128-SHA256',
      'ECDHE-RSA-AES128-SHA256',
      'ECDHE-ECDSA-AES128-SHA',
      'ECDHE-RSA-AES128-SHA',
      'ECDHE-ECDSA-AES256-SHA384',
      'ECDHE-RSA-AES256-SHA384',
      'ECDHE-ECDSA-AES256-SHA',
      'ECDHE-RSA-AES256-SHA',
      'AES128-GCM-SHA256',
      'AES256-GCM-SHA384',
      'AES128-SHA256',
      'AES256-SHA256',
      'AES128-SHA',
      'AES256-SHA',
      'DES-CBC3-SHA',
    ],
    serverPreference: true,
    certificateTypes: ['rsa'],
  },
} as const satisfies Readonly<Record<string, GuidelineProfile>>;

/**
 * The profile's suites of TLS 1.2 and older as a cipher string for an OpenSSL, with `@SECLEVEL=0` where the profile's
 * protocols need that level there.
 */
export function cipherString({ cipherSuites, protocols }: GuidelineProfile, openssl: Version): string {
  const old = protocols.some((protocol) => protocol === 'TLSv1' || protocol === 'TLSv1.1');
  const level = old && atLeastVersion(openssl, '3.0') ? ['@SECLEVEL=0'] : [];
  return [...level, ...cipherSuites].join(':');
}

/** The profile's groups as a list that an OpenSSL takes: groups that it does not know yet are left out. */
export function groupList({ groups }: GuidelineProfile, openssl: Version): string {
  return groups.filter((name) => findGroup(name, openssl) !== undefined).join(':');
}
