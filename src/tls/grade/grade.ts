import { capsOf } from './caps.ts';
import type { Grade, Graded, GradeInput, GradeReason } from './graded.ts';
import { type Letter, letters } from './letters.ts';
import { liftOf } from './lift.ts';
import { scoresOf } from './scores.ts';

/**
 * Predicts the grade of SSL Labs (rating guide 2009r, 2025-05) from what the configuration offers. What only a running
 * server shows, bugs of an implementation say, is not considered. A string says why there is no grade.
 */
export function grade(input: GradeInput): Grade | string {
  const { protocols, cipherSuites, tls13CipherSuites } = input.offer;
  for (const value of [protocols, cipherSuites, tls13CipherSuites]) {
    if (value.kind === 'unknown') return value.reason;
    if (value.kind === 'one-of') return 'it depends on a condition';
  }
  if (protocols.kind === 'known' && protocols.value.length === 0) return 'no client can connect';
  const graded = gradeOf(input);
  const assumptions =
    typeof input.certificates === 'string' ? [`${input.certificates}: a trusted one of usual size is assumed`] : [];
  return { ...graded, lift: liftOf(input, graded, gradeOf), assumptions };
}

function gradeOf(input: GradeInput): Graded {
  const scores = scoresOf(input);
  const reasons = [...capsOf(input, scores)].sort((a, b) => letters.indexOf(b.cap) - letters.indexOf(a.cap));
  const trusted = reasons.filter(({ cap }) => cap !== 'T' && cap !== 'M');
  const ignoringTrust = worst(letterOf(scores.total), trusted);
  return { letter: worst(ignoringTrust, reasons), ignoringTrust, scores, reasons };
}

/** 80 and more is an A; an A that nothing speaks against is an A+. */
function letterOf(total: number): Letter {
  if (total >= 80) return 'A+';
  if (total >= 65) return 'B';
  if (total >= 50) return 'C';
  if (total >= 35) return 'D';
  return total >= 20 ? 'E' : 'F';
}

function worst(letter: Letter, reasons: readonly GradeReason[]): Letter {
  return reasons.reduce<Letter>(
    (worse, { cap }) => (letters.indexOf(cap) > letters.indexOf(worse) ? cap : worse),
    letter,
  );
}
