import type { Certificate } from '../../../certificates/certificate.ts';
import { urgencyOf } from '../../../certificates/status.ts';
import type { Level } from '../../../protocol/inspection.ts';
import type { Severity } from '../../../text/finding.ts';

const urgencyLevels: Readonly<Record<ReturnType<typeof urgencyOf>, Level>> = {
  expired: 'error',
  critical: 'warning',
  soon: 'warning',
  good: 'good',
  'not-yet-valid': 'error',
  unknown: 'warning',
};

export function levelOf(certificate: Certificate, now: Date): Level {
  return urgencyLevels[urgencyOf(certificate, now)];
}

/** What a lint says of a certificate that is not valid now; it begins with the status, and says what to do besides. */
export function findValidity<Finding extends { readonly rule: string }>(
  findings: readonly Finding[],
): Finding | undefined {
  return findings.find(({ rule }) => rule === 'certificate-expired' || rule === 'certificate-not-yet-valid');
}

export const levelOfSeverity: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  information: 'information',
  hint: 'information',
};

/** `Test Root (Example)`: common name and organisation, or whatever there is. */
export function nameInShort(name: string): string {
  const parts = splitName(name);
  const find = (type: string) => parts.find(([each]) => each === type)?.[1];
  const [common, organisation] = [find('CN'), find('O')];
  if (common !== undefined && organisation !== undefined && organisation !== common)
    return `${common} (${organisation})`;
  return common ?? organisation ?? (name === '' ? 'nobody: the name is empty' : name);
}

/** The parts of an RFC 4514 name as type and value. */
export function splitName(name: string): readonly (readonly [string, string])[] {
  const parts = name.match(/(?:\\.|[^,+\\])+/gs) ?? [];
  return parts.map((part) => {
    const equals = part.indexOf('=');
    if (equals < 0) return ['Name', part] as const;
    return [part.slice(0, equals).trim(), unescapeValue(part.slice(equals + 1))] as const;
  });
}

/** RFC 4514 section 2.4 backwards: `\,` is a comma, `\C3\A9` is UTF-8. */
function unescapeValue(text: string): string {
  return text.replace(/(?:\\[0-9a-f]{2})+|\\(.)/gi, (escaped, character: string | undefined) => {
    if (character !== undefined) return character;
    const bytes = escaped
      .slice(1)
      .split('\\')
      .map((hex) => Number.parseInt(hex, 16));
    return new TextDecoder().decode(Uint8Array.from(bytes));
  });
}
