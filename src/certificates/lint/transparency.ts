import { lifetimeOf } from '../status.ts';
import type { JudgedTimestamp } from '../transparency/judge-timestamps.ts';
import { logListDate } from '../transparency/logs.ts';
import type { CertificateLint } from './rule.ts';

const day = 86_400_000;

const transparency: CertificateLint = {
  id: 'certificate-transparency',
  title: 'Browsers do not count its timestamps of Certificate Transparency',
  reference: 'Chrome Certificate Transparency Policy',
  *check({ certificate, classification, publiclyTrusted, isServer, timestamps, now }) {
    if (classification !== 'public' || !isServer || certificate.notAfter < now) return;
    for (const { log } of timestamps.filter(({ signature }) => signature === 'bad')) {
      yield {
        severity: 'warning',
        message: `The timestamp of the log ${nameOf(log)} was not made for this certificate: browsers do not count it. Ask the CA for another certificate.`,
      };
    }
    const counted = timestamps.filter((timestamp) => mayCount(timestamp, now));
    const logs = new Set(counted.map(({ logId }) => logId)).size;
    const wanted = lifetimeOf(certificate) > 180 * day ? 3 : 2;
    if (logs < wanted) {
      // Timestamps may also come with the handshake, so a certificate without any is only told about if it is really public.
      if (logs === 0 && !publiclyTrusted && timestamps.length === 0) return;
      const have = logs === 0 ? 'no timestamp' : `timestamps of ${logs} ${logs === 1 ? 'log' : 'logs'}`;
      yield {
        severity: logs === 0 ? 'information' : 'warning',
        message: `It carries ${have} of Certificate Transparency; Chrome and Safari want ${wanted} for its lifetime. Ask the CA for another certificate.`,
      };
    } else if (counted.every(({ log }) => log?.state === 'retired')) {
      yield {
        severity: 'warning',
        message: `All its timestamps come from logs that were retired by ${logListDate}; Chrome wants one of a log that still runs. Renew it.`,
      };
    } else if (new Set(counted.map(({ logId, log }) => log?.operator ?? logId)).size === 1) {
      yield {
        severity: 'warning',
        message: `All its timestamps come from logs of ${counted[0]?.log?.operator}; Chrome and Safari want two operators. Ask the CA for another certificate.`,
      };
    }
  },
};

/** A log that is not in the list may be newer than the list, and before its day a rejected one may have been good. */
function mayCount({ log, signature }: JudgedTimestamp, now: Date): boolean {
  if (signature === 'bad') return false;
  return now < new Date(logListDate) || (log?.state !== 'rejected' && log?.state !== 'pending');
}

function nameOf(log: JudgedTimestamp['log']): string {
  return log === undefined ? '' : `${log.name} (${log.operator})`;
}

export const transparencyLints: readonly CertificateLint[] = [transparency];
