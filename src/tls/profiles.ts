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
