import { isObsoleteProtocol, type ProtocolVersion } from '../../../tls/protocols.ts';
import { withKey } from '../evaluate/by-key.ts';
import { areProtocols, readProtocols } from '../lower/tls/protocols.ts';
import type { Argument } from '../syntax.ts';
import { type ApacheReport, type ApacheRule, fix } from './rule.ts';

/** `SSLProtocol TLSv1.2 TLSv1.3` is TLS 1.3 alone: a word without `+` or `-` replaces all before it. */
export const protocolsOverridden: ApacheRule = {
  id: 'protocols-overridden',
  title: 'SSLProtocol word without + replaces those before it',
  severity: 'warning',
  effect: 'security',
  *check({ evaluation, project }) {
    const statements = [...withKey(evaluation, 'sslprotocol'), ...withKey(evaluation, 'sslproxyprotocol')];
    for (const { args, file, uncertain } of statements) {
      if (uncertain || args.length < 2) continue;
      const words = args.map(({ value }) => value);
      // What Apache refuses is told, and may be meant to stand for a version.
      if (!areProtocols(words, project.target)) continue;
      const index = words.findLastIndex((word, place) => place > 0 && !isSigned(word));
      if (index < 0) continue;
      const before = readProtocols(words.slice(0, index), project.target);
      if (before.length === 0 || /^all$/i.test(words[index] as string)) continue;
      const result = readProtocols(words, project.target);
      const lost = before.filter((version) => !result.includes(version));
      yield {
        ...(lost.every(isObsoleteProtocol)
          ? obsoleteLost(file, args, index, result)
          : wantedLost(file, args, index, result)),
        location: { file, range: (args[index] as Argument).range },
      };
    }
  },
};

/** The word replaces nothing that anybody should offer: what stands before it can go. */
function obsoleteLost(
  file: string,
  args: readonly Argument[],
  index: number,
  result: readonly ProtocolVersion[],
): Omit<ApacheReport, 'location'> {
  const rest = args.slice(index);
  const start = (args[0] as Argument).range.start;
  return {
    message: `${replaced(args, index, result)} The others are obsolete anyway: write ${wordsOf(rest)}.`,
    severity: 'information',
    effect: 'advice',
    fixes: [
      fix('Remove what has no effect', true, {
        file,
        range: { start, end: (rest[0] as Argument).range.start },
        newText: '',
      }),
    ],
  };
}

function wantedLost(
  file: string,
  args: readonly Argument[],
  index: number,
  result: readonly ProtocolVersion[],
): Omit<ApacheReport, 'location'> {
  const wanted = args.filter(({ value }) => !isObsolete(value)).map(({ value }) => value);
  const written = wanted.map((word, place) => (place === 0 || isSigned(word) ? word : `+${word}`)).join(' ');
  const range = { start: (args[0] as Argument).range.start, end: (args.at(-1) as Argument).range.end };
  return {
    message: `${replaced(args, index, result)} Write ${written}.`,
    fixes: [fix('Add the missing +', false, { file, range, newText: written })],
  };
}

function replaced(args: readonly Argument[], index: number, result: readonly ProtocolVersion[]): string {
  return `${args[index]?.value} without a + replaces ${wordsOf(args.slice(0, index))}: only ${result.join(', ') || 'nothing'} is offered.`;
}

function wordsOf(args: readonly Argument[]): string {
  return args.map(({ value }) => value).join(' ');
}

function isSigned(word: string): boolean {
  return /^[+-]/.test(word);
}

/** Names an obsolete version, and not to take it away. */
function isObsolete(word: string): boolean {
  return /^\+?(?:SSLv[23]|TLSv1(?:\.1)?)$/i.test(word);
}
