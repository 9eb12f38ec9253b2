import { groupBy } from '../../text/group-by.ts';
import { type ProtocolVersion, protocolName, type RefusedProtocol } from '../../tls/protocols.ts';

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length <= 1) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

/** At most `limit` of the words, and how many more there are. */
export function joinSome(words: readonly string[], limit = 4): string {
  if (words.length <= limit + 1) return joinWords(words);
  return joinWords([...words.slice(0, limit), `${words.length - limit} more`]);
}

export function count(number: number, singular: string): string {
  return `${number} ${number === 1 ? singular : `${singular}s`}`;
}

/** `2 of the 7 cipher suites`, or `7 cipher suites` where all are meant. */
export function suiteShare(part: number, whole: number): string {
  const all = count(whole, 'cipher suite');
  return part < whole ? `${part} of the ${all}` : all;
}

/** `is` for one, `are` for more. */
export function are(number: number): string {
  return number === 1 ? 'is' : 'are';
}

/** `TLS 1.2 and TLS 1.3`. */
export function protocolNames(versions: readonly ProtocolVersion[]): string {
  return joinWords(versions.map(protocolName));
}

/** Why protocol versions are refused: `they need level 0`, or each by name where the reasons differ. */
export function refusalReasons(refused: readonly RefusedProtocol[]): string {
  const groups = groupBy(refused, ({ reason }) => reason);
  const texts = [...groups].map(([reason, group]) => {
    const protocols = group.map(({ protocol }) => protocol);
    const several = protocols.length > 1;
    const who = groups.size > 1 ? protocolNames(protocols) : several ? 'they' : 'it';
    return `${who} ${several ? reason.replace(/^needs\b/, 'need').replace(/^is\b/, 'are') : reason}`;
  });
  return texts.join('; ');
}
