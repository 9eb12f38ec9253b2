import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { grade } from '../../../src/tls/grade/grade.ts';
import type { CertificateProblem, Grade, GradeInput } from '../../../src/tls/grade/graded.ts';
import { known } from '../../../src/tls/model/setting.ts';
import type { ProtocolVersion } from '../../../src/tls/protocols.ts';
import { findCipherSuite } from '../../../src/tls/suites/cipher-suites.ts';
import { tls13CipherSuites } from '../../../src/tls/suites/tls13-cipher-suites.ts';
import { ecdsa } from '../support/settings.ts';

/** A server that has an A+, and what a case makes different: each cap of SSL Labs' guide 2009r alone. */
interface Case extends Partial<Omit<GradeInput, 'offer'>> {
  readonly protocols?: readonly ProtocolVersion[];
  readonly suites?: readonly string[];
  readonly tls13?: boolean;
}

const good = ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384'];
const today: readonly ProtocolVersion[] = ['TLSv1.2', 'TLSv1.3'];

function graded({ protocols = today, suites = good, tls13 = protocols.includes('TLSv1.3'), ...rest }: Case): Grade {
  const found = suites.map((name) => {
    const suite = findCipherSuite(name);
    assert.ok(suite, name);
    return suite;
  });
  const result = grade({
    certificates: [ecdsa],
    certificateProblems: [],
    hstsMaxAge: 63_072_000,
    dhBits: undefined,
    compression: false,
    ...rest,
    offer: {
      securityLevel: 0,
      serverPreference: known(false),
      chachaFirst: known(false),
      refused: [],
      protocols: known(protocols),
      cipherSuites: known(found),
      tls13CipherSuites: known(tls13 ? tls13CipherSuites.slice(0, 3) : []),
      groups: known([]),
    },
  });
  assert.ok(typeof result !== 'string', String(result));
  return result;
}

const key = (algorithm: string, bits: number) => [{ publicKey: { algorithm, bits }, keyUsage: [] }];

/** Cap, its words, the letter of the server, and the change that lifts it, with the letter after it. */
const cases: Readonly<Record<string, readonly [Case, cap: string, RegExp, letter: string, lift: string | undefined]>> =
  {
    'SSL 2.0': [{ protocols: ['SSLv2', ...today] }, 'F', /^SSL 2\.0 is offered$/, 'F', 'protocols A+'],
    'SSL 3.0 as the newest': [
      { protocols: ['SSLv3'], suites: ['ECDHE-ECDSA-AES128-SHA'] },
      'F',
      /^SSL 3\.0 is the newest/,
      'F',
      // The one suite that is left has no authenticated encryption; TLS 1.3 brings some.
      'protocols A+',
    ],
    'SSL 3.0 with CBC': [
      { protocols: ['SSLv3', ...today], suites: [...good, 'ECDHE-ECDSA-AES128-SHA'] },
      'C',
      /POODLE/,
      'C',
      'protocols A+',
    ],
    'SSL 3.0 without CBC': [{ protocols: ['SSLv3', ...today] }, 'B', /^SSL 3\.0 is offered$/, 'B', 'protocols A+'],
    'nothing newer than TLS 1.1': [
      { protocols: ['TLSv1', 'TLSv1.1'], suites: ['ECDHE-ECDSA-AES128-SHA'] },
      'C',
      /^Neither TLS 1\.2 nor TLS 1\.3/,
      'C',
      'protocols A+',
    ],
    'TLS 1.0': [{ protocols: ['TLSv1', ...today] }, 'B', /^TLS 1\.0 is offered$/, 'B', 'protocols A+'],
    'TLS 1.1': [{ protocols: ['TLSv1.1', ...today] }, 'B', /^TLS 1\.1 is offered$/, 'B', 'protocols A+'],
    'no TLS 1.3': [{ protocols: ['TLSv1.2'] }, 'A-', /^TLS 1\.3 is not offered$/, 'A-', 'protocols A+'],
    'an export suite': [{ suites: [...good, 'EXP-RC4-MD5'] }, 'F', /below 112 bits/, 'F', 'cipherString A+'],
    'a suite of 56 bits': [
      { suites: [...good, 'DES-CBC-SHA'] },
      'F',
      /^DES-CBC-SHA is offered below 112 bits/,
      'F',
      'cipherString A+',
    ],
    'no encryption': [
      { suites: [...good, 'NULL-SHA'] },
      'F',
      /^NULL-SHA is offered below 112 bits/,
      'F',
      'cipherString A+',
    ],
    'an anonymous suite': [
      { suites: [...good, 'AECDH-AES128-SHA'] },
      'F',
      /without authentication/,
      'F',
      'cipherString A+',
    ],
    'RC4 with new protocols': [{ suites: [...good, 'ECDHE-ECDSA-RC4-SHA'] }, 'C', /with RC4/, 'C', 'cipherString A+'],
    'RC4 with TLS 1.0 alone': [
      { protocols: ['TLSv1'], suites: ['ECDHE-ECDSA-RC4-SHA'] },
      'B',
      /with RC4/,
      'C',
      // TLS 1.2 brings nothing for the suite, and RC4 with newer protocols is worse.
      undefined,
    ],
    'blocks of 64 bits': [{ suites: [...good, 'DES-CBC3-SHA'] }, 'C', /Sweet32/, 'C', 'cipherString A+'],
    'no forward secrecy': [
      { suites: ['AES128-GCM-SHA256'], protocols: ['TLSv1.2'] },
      'B',
      /^No suite has forward secrecy$/,
      'B',
      // TLS 1.3 brings forward secrecy, and that it is missing was a cap of its own.
      'protocols A+',
    ],
    'no authenticated encryption': [
      { suites: ['ECDHE-ECDSA-AES128-SHA'], protocols: ['TLSv1.2'] },
      'B',
      /^No suite has authenticated encryption$/,
      'B',
      // Both changes lift it, and TLS 1.3 brings such suites too.
      'protocols A+',
    ],
    'a key of 768 bits': [{ certificates: key('RSA', 768) }, 'F', /weaker than 1024 bits/, 'F', 'certificates A+'],
    'a key of 1024 bits': [{ certificates: key('RSA', 1024) }, 'B', /weaker than 2048 bits/, 'B', 'certificates A+'],
    'DH parameters of 1024 bits': [
      { suites: [...good, 'DHE-RSA-AES128-GCM-SHA256'], dhBits: 1024 },
      'B',
      /weaker than 2048 bits/,
      'B',
      'dhParameters A+',
    ],
    compression: [{ compression: true }, 'C', /CRIME/, 'C', 'compression A+'],
    'no HSTS': [{ hstsMaxAge: null }, 'A', /is not sent$/, 'A', 'hsts A+'],
    'a short HSTS': [{ hstsMaxAge: 86_400 }, 'A', /less than 180 days$/, 'A', 'hsts A+'],
  };

describe('caps of SSL Labs 2009r, and what lifts them', () => {
  for (const [name, [situation, cap, words, letter, lift]] of Object.entries(cases)) {
    test(`${name}: at most ${cap}`, () => {
      const result = graded(situation);
      const reason = result.reasons.find(({ message }) => words.test(message));
      assert.equal(reason?.cap, cap, JSON.stringify(result.reasons));
      assert.equal(result.letter, letter);
      assert.equal(result.lift && `${result.lift.setting} ${result.lift.grade}`, lift);
    });
  }

  const problems: Readonly<Record<CertificateProblem, string>> = {
    expired: 'T',
    'not-yet-valid': 'T',
    'self-signed': 'T',
    untrusted: 'T',
    'sha1-signature': 'T',
    'md5-signature': 'F',
    'name-mismatch': 'M',
  };
  for (const [problem, letter] of Object.entries(problems)) {
    test(`a certificate that is ${problem}: ${letter}, whose letter below stays to be seen`, () => {
      const result = graded({ certificateProblems: [problem as CertificateProblem] });
      assert.deepEqual([result.letter, result.reasons.map(({ cap }) => cap)], [letter, [letter]]);
      assert.equal(result.ignoringTrust, letter === 'F' ? 'F' : 'A+');
      assert.equal(result.lift && `${result.lift.setting} ${result.lift.grade}`, 'certificates A+');
    });
  }

  test('two caps need two changes, and the one that helps most is named', () => {
    const { letter, lift } = graded({ protocols: ['TLSv1', ...today], suites: [...good, 'ECDHE-ECDSA-RC4-SHA'] });
    assert.deepEqual([letter, lift?.setting, lift?.grade], ['C', 'cipherString', 'B']);
  });

  test('what no cap holds down has an A+ and nothing to lift', () => {
    assert.deepEqual([graded({}).letter, graded({}).lift, graded({}).reasons], ['A+', undefined, []]);
  });
});
