import type { LeafCertificate } from '../offer/certificates.ts';
import type { ProtocolVersion } from '../protocols.ts';
import type { CipherSuite } from '../suites/cipher-suites.ts';
import type { GradeInput, Scores } from './graded.ts';

/** Points of SSL Labs' rating guide: three parts, weighted 30, 30 and 40; any part of 0 makes the whole 0. */
export function scoresOf({ offer, certificates, dhBits }: GradeInput): Scores {
  const protocol = middle(valuesOf(offer.protocols).map((version) => protocolPoints[version]));
  const suites = [...valuesOf(offer.cipherSuites), ...valuesOf(offer.tls13CipherSuites)];
  const cipher = middle(suites.map(cipherPoints));
  const keyExchange = keyExchangePoints(suites, certificates, dhBits);
  const weighted = 0.3 * protocol + 0.3 * keyExchange + 0.4 * cipher;
  const total = Math.min(protocol, keyExchange, cipher) === 0 ? 0 : Math.floor(weighted);
  return { protocol, keyExchange, cipher, total };
}

/** The value of a list that is known, in part at least. */
export function valuesOf<T>(value: {
  readonly kind: string;
  readonly value?: readonly T[];
  readonly values?: unknown;
}): readonly T[] {
  return value.value ?? [];
}

const protocolPoints: Readonly<Record<ProtocolVersion, number>> = {
  SSLv2: 0,
  SSLv3: 80,
  TLSv1: 90,
  'TLSv1.1': 95,
  'TLSv1.2': 100,
  'TLSv1.3': 100,
};

/** The mean of the best and the worst. */
function middle(points: readonly number[]): number {
  return points.length === 0 ? 0 : (Math.max(...points) + Math.min(...points)) / 2;
}

function cipherPoints({ bits }: CipherSuite): number {
  if (bits === 0) return 0;
  if (bits < 128) return 20;
  return bits < 256 ? 80 : 100;
}

function keyExchangePoints(
  suites: readonly CipherSuite[],
  certificates: GradeInput['certificates'],
  dhBits: number | undefined,
): number {
  if (suites.some(({ authentication }) => authentication === 'None')) return 0;
  const keys = typeof certificates === 'string' ? [finiteFieldPoints(2048)] : certificates.map(keyPoints);
  const finiteField = suites.some(({ keyExchange }) => keyExchange === 'DH');
  if (finiteField && dhBits !== undefined) keys.push(finiteFieldPoints(dhBits));
  return keys.length === 0 ? 100 : Math.min(...keys);
}

function keyPoints({ publicKey }: LeafCertificate): number {
  const { algorithm, bits } = publicKey;
  if (algorithm === 'RSA' || algorithm === 'RSA-PSS' || algorithm === 'DSA') return finiteFieldPoints(bits ?? 2048);
  return algorithm === 'EC' ? curvePoints(bits ?? curveBits(publicKey.curve)) : 100;
}

function finiteFieldPoints(bits: number): number {
  return stepped(bits, [512, 1024, 2048, 4096]);
}

function curvePoints(bits: number): number {
  return stepped(bits, [110, 123, 163, 225]);
}

function stepped(bits: number, steps: readonly number[]): number {
  const points = [20, 40, 80, 90];
  const index = steps.findIndex((step) => bits < step);
  return index < 0 ? 100 : (points[index] as number);
}

/** 384 of `P-384` or `secp384r1`. */
function curveBits(curve: string | undefined): number {
  return Number(/\d{3}/.exec(curve ?? '')?.[0] ?? 256);
}
