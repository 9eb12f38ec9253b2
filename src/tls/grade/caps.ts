import { type ProtocolVersion, protocolName } from '../protocols.ts';
import { type CipherSuite, hasForwardSecrecy, isAead, isCbc } from '../suites/cipher-suites.ts';
import type { CertificateProblem, GradedSetting, GradeInput, GradeReason, Scores } from './graded.ts';
import type { Letter } from './letters.ts';
import { valuesOf } from './scores.ts';

/** `max-age` that SSL Labs asks for: 180 days, in seconds. */
const shortHsts = 15_552_000;

/** Everything that keeps an endpoint from an A+. */
export function* capsOf(input: GradeInput, scores: Scores): Iterable<GradeReason> {
  const { offer } = input;
  const protocols = valuesOf(offer.protocols);
  const suites = valuesOf(offer.cipherSuites);
  const all = [...suites, ...valuesOf(offer.tls13CipherSuites)];
  yield* protocolCaps(protocols, suites);
  yield* cipherCaps(protocols, suites, all);
  if (scores.keyExchange > 0 && scores.keyExchange <= 40)
    yield cap('F', 'The key exchange is weaker than 1024 bits', keySetting(input));
  else if (scores.keyExchange > 0 && scores.keyExchange <= 80)
    yield cap('B', 'The key exchange is weaker than 2048 bits', keySetting(input));
  if (input.compression && protocols.some((version) => version !== 'TLSv1.3'))
    yield cap('C', 'TLS compression is on (CRIME)', 'compression');
  yield* hstsCaps(input.hstsMaxAge);
  for (const problem of input.certificateProblems) yield certificateCaps[problem];
}

function* protocolCaps(protocols: readonly ProtocolVersion[], suites: readonly CipherSuite[]): Iterable<GradeReason> {
  const has = (version: ProtocolVersion) => protocols.includes(version);
  if (has('SSLv2')) yield cap('F', 'SSL 2.0 is offered', 'protocols');
  if (has('SSLv3')) {
    if (protocols.at(-1) === 'SSLv3') yield cap('F', 'SSL 3.0 is the newest protocol', 'protocols');
    else if (suites.some(isCbc)) yield cap('C', 'SSL 3.0 is offered with CBC suites (POODLE)', 'protocols');
    else yield cap('B', 'SSL 3.0 is offered', 'protocols');
  }
  if (!has('TLSv1.2') && !has('TLSv1.3')) yield cap('C', 'Neither TLS 1.2 nor TLS 1.3 is offered', 'protocols');
  const old = protocols.filter((version) => version === 'TLSv1' || version === 'TLSv1.1');
  if (old.length > 0) {
    const names = old.map(protocolName).join(' and ');
    yield cap('B', `${names} ${old.length > 1 ? 'are' : 'is'} offered`, 'protocols');
  }
  if (!has('TLSv1.3')) yield cap('A-', 'TLS 1.3 is not offered', 'protocols');
}

function* cipherCaps(
  protocols: readonly ProtocolVersion[],
  suites: readonly CipherSuite[],
  all: readonly CipherSuite[],
): Iterable<GradeReason> {
  const weak = suites.filter(({ bits, name }) => bits < 112 || name.startsWith('EXP'));
  if (weak.length > 0) yield cap('F', `${listed(weak)} below 112 bits`, 'cipherString');
  const anonymous = suites.filter(({ authentication }) => authentication === 'None');
  if (anonymous.length > 0) yield cap('F', `${listed(anonymous)} without authentication`, 'cipherString');
  const newer = protocols.some((version) => ['TLSv1.1', 'TLSv1.2', 'TLSv1.3'].includes(version));
  const rc4 = suites.filter(({ encryption }) => encryption === 'RC4');
  if (rc4.length > 0) yield cap(newer ? 'C' : 'B', `${listed(rc4)} with RC4`, 'cipherString');
  const blocks64 = suites.filter(({ encryption }) => encryption === '3DES' || encryption === 'IDEA');
  if (blocks64.length > 0 && newer) yield cap('C', `${listed(blocks64)} with 64-bit blocks (Sweet32)`, 'cipherString');
  if (!all.some(hasForwardSecrecy)) yield cap('B', 'No suite has forward secrecy', 'cipherString');
  if (!all.some(isAead)) yield cap('B', 'No suite has authenticated encryption', 'cipherString');
}

/** `AES128-SHA is offered`, `3 suites are offered`. */
function listed(suites: readonly CipherSuite[]): string {
  return suites.length === 1 ? `${suites[0]?.name} is offered` : `${suites.length} suites are offered`;
}

function* hstsCaps(maxAge: number | null | undefined): Iterable<GradeReason> {
  if (maxAge === undefined) return;
  if (maxAge === null) yield cap('A', 'Strict-Transport-Security is not sent', 'hsts');
  else if (maxAge < shortHsts) yield cap('A', 'Strict-Transport-Security lasts less than 180 days', 'hsts');
}

const certificateCaps: Readonly<Record<CertificateProblem, GradeReason>> = {
  expired: cap('T', 'The certificate has expired', 'certificates'),
  'not-yet-valid': cap('T', 'The certificate is not valid yet', 'certificates'),
  'self-signed': cap('T', 'The certificate is self-signed', 'certificates'),
  untrusted: cap('T', 'The certificate is not trusted', 'certificates'),
  'sha1-signature': cap('T', 'The certificate is signed with SHA-1', 'certificates'),
  'md5-signature': cap('F', 'The certificate is signed with MD5', 'certificates'),
  'name-mismatch': cap('M', 'The certificate is for another name', 'certificates'),
};

function keySetting({ dhBits, offer }: GradeInput): GradedSetting {
  const finiteField = valuesOf(offer.cipherSuites).some(({ keyExchange }) => keyExchange === 'DH');
  return finiteField && dhBits !== undefined && dhBits < 2048 ? 'dhParameters' : 'certificates';
}

function cap(letter: Letter, message: string, setting: GradedSetting): GradeReason {
  return { cap: letter, message, setting };
}
