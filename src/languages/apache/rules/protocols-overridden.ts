import { withKey } from '../evaluate/by-key.ts';
import { readProtocols } from '../lower/protocols.ts';
import { type ApacheRule, fix } from './rule.ts';

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
      const index = words.findLastIndex((word, place) => place > 0 && !/^[+-]/.test(word));
      if (index < 0) continue;
      const before = readProtocols(words.slice(0, index), project.target);
      if (before.length === 0 || /^all$/i.test(words[index] as string)) continue;
      const result = readProtocols(words, project.target);
      const added = words.map((word, place) =>
        place === 0 && !/^[+-]/.test(word) ? word : word.replace(/^(?![+-])/, '+'),
      );
      const edits = args.flatMap(({ range, value }, place) =>
        place > 0 && !/^[+-]/.test(value)
          ? [{ file, range: { start: range.start, end: range.start }, newText: '+' }]
          : [],
      );
      yield {
        message: `${words[index]} without a + replaces ${words.slice(0, index).join(' ')}: only ${result.join(', ') || 'nothing'} is offered. Write ${added.join(' ')}.`,
        location: { file, range: (args[index] as (typeof args)[number]).range },
        fixes: [fix('Add the missing +', false, ...edits)],
      };
    }
  },
};
