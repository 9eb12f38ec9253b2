import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { writtenSettings } from './support/shared-settings.ts';

/**
 * Two certificates with keys of one kind at one site: OpenSSL has one place for each kind, so that the later one takes the place
 * of the first, which no client ever sees.
 */
export const certificateReplaced: Rule = {
  id: 'certificate-replaced',
  title: 'A certificate that a later one of the same kind replaces',
  severity: 'information',
  effect: 'advice',
  *check({ model, certificateFile }) {
    for (const { setting, endpoints } of writtenSettings(model, 'certificates')) {
      const pairs = knownValue(setting);
      if (pairs === undefined || pairs.length < 2) continue;
      const managed = endpoints[0]?.tls.managed;
      if (managed !== undefined && knownValue(managed)?.length !== 0) continue;
      const last = new Map<string, (typeof pairs)[number]>();
      for (const pair of pairs.toReversed()) {
        const kind = certificateFile(pair.file.value).certificates[0]?.publicKey.algorithm;
        if (kind === undefined) continue;
        const later = last.get(kind);
        if (later === undefined) last.set(kind, pair);
        else {
          const isSame = later.file.value === pair.file.value;
          yield {
            ...(isSame ? { severity: 'hint' } : {}),
            message: isSame
              ? `${pair.file.value} is given twice. Remove one of the two.`
              : `${pair.file.value} is never sent: the server keeps one certificate for each kind of key, and ${later.file.value} replaces it, as both keys are ${kind}. Keep one of the two; for other names, use one certificate with all of them, or separate sites.`,
            location: pair.file.location,
            related: [{ location: later.file.location, message: isSame ? 'The same again' : 'The one that is sent' }],
          };
        }
      }
    }
  },
};
