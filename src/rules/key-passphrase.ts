import type { Rule } from './rule.ts';
import { configuredPairs, idlePairs } from './support/certificates/deployed-certificates.ts';
import { inErrorLog } from './support/server-facts.ts';
import { isKnownNull } from './support/values.ts';

/** An encrypted key, and nothing that has its passphrase: a service has no terminal to be asked at. */
export const keyPassphrase: Rule = {
  id: 'key-passphrase',
  title: 'The private key has a passphrase that nobody enters',
  severity: 'error',
  effect: 'start',
  *check({ model, certificateFile }) {
    if (!model.complete) return;
    for (const { pair, sites } of [...configuredPairs(model), ...idlePairs(model)]) {
      const named = pair.keyFile ?? pair.file;
      const { state, keyKinds } = certificateFile(named.value);
      if (state.kind !== 'found' || keyKinds[0] !== 'encrypted') continue;
      if (!sites.every(({ tls }) => isKnownNull(tls.passphrases))) continue;
      yield {
        message: `The private key ${named.value} is encrypted, and nothing here provides its passphrase: as a service the server cannot ask for it and does not start${inErrorLog(model, 'encrypted-key')}. Specify what provides the passphrase, or decrypt the key and let only root read it.`,
        location: named.location,
      };
    }
  },
};
