import type { NamedPath } from '../tls/model/server-model.ts';
import type { Report, Rule } from './rule.ts';
import { usedPaths } from './support/named-paths.ts';
import { inErrorLog } from './support/server-facts.ts';

/** A certificate or key file that OpenSSL cannot read. */
export const certificateFileInvalid: Rule = {
  id: 'certificate-file-invalid',
  title: 'A certificate or key file cannot be read by OpenSSL',
  severity: 'error',
  effect: 'start',
  *check({ model, certificateFile }) {
    const log = inErrorLog(model, 'unreadable-certificate');
    for (const { path, purpose, location, otherUses } of usedPaths(model)) {
      const word = words[purpose];
      if (word === undefined) continue;
      const { state, problems, certificates, keyKinds } = certificateFile(path);
      if (state.kind !== 'found') continue;
      const empty = purpose === 'key' ? keyKinds.length === 0 : certificates.length === 0;
      const [problem] = problems;
      if (problem !== undefined) yield report(`OpenSSL cannot read ${path}: ${problem.replace(/\.$/, '')}`);
      else if (empty) yield report(`${path} holds no ${word}`);

      function report(what: string): Report {
        return {
          message: `${what}, so the server does not start${log}. Put the right file there.`,
          location,
          related: otherUses,
        };
      }
    }
  },
};

const words: Partial<Record<NamedPath['purpose'], string>> = { certificate: 'certificate', key: 'private key' };
