import { isObsoleteProtocol, protocolGaps, protocolName } from '../../../tls/protocols.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import { listedProtocols, readProtocols } from '../lower/tls/protocols.ts';
import { protocolWords } from '../write/settings.ts';
import { type ApacheRule, fix } from './rule.ts';

/** `SSLProtocol all -TLSv1.2` is TLS 1.3 alone: mod_ssl tells OpenSSL a lowest and a highest version, and nothing between. */
export const protocolsLost: ApacheRule = {
  id: 'protocols-lost',
  title: 'SSLProtocol offers nothing below a gap',
  severity: 'warning',
  effect: 'security',
  *check({ evaluation, project: { target } }) {
    for (const { args, file, uncertain } of withKey(evaluation, 'sslprotocol')) {
      const [first] = args;
      const last = args.at(-1);
      if (uncertain || first === undefined || last === undefined || !mayLackTls12(args)) continue;
      const words = args.map(({ value }) => value);
      const listed = listedProtocols(words, target);
      const offered = readProtocols(words, target);
      // Nobody misses an obsolete version.
      const missing = protocolGaps(listed).filter((version) => !isObsoleteProtocol(version));
      if (missing.length === 0 || offered.length === listed.length) continue;
      const names = missing.map(protocolName).join(' and ');
      const range = { start: first.range.start, end: last.range.end };
      yield {
        message: `${names} is left out of ${listed.join(', ')}, and Apache offers nothing below a gap: only ${offered.map(protocolName).join(' and ')} is left, and clients with ${names} cannot connect. Add ${missing.join(' and ')}.`,
        location: { file, range },
        fixes: [fix(`Offer ${names} too`, false, { file, range, newText: protocolWords([...missing, ...offered]) })],
      };
    }
  },
};

/** Only TLS 1.2 can be missed in the middle, and most lists have it: no more is computed for them. */
function mayLackTls12(args: Statement['args']): boolean {
  let has = false;
  for (const { value } of args) {
    if (/^-tlsv1\.2$/i.test(value)) return true;
    if (/^\+?(?:all|tlsv1\.2)$/i.test(value)) has = true;
  }
  return !has;
}
