import { X509Certificate } from 'node:crypto';
import type { AcmeClient } from '../client/client.ts';
import type { PlannedCertificate } from '../plan/plan.ts';
import { splitChain } from '../store/output.ts';
import type { IssuanceContext } from './steps.ts';

/** A chain is small; ten certificates fit many times. */
const longestChain = 262_144;

/**
 * Downloads the chain whose topmost issuer is called as the plan prefers, or the CA's default chain with a warning that
 * names the others (RFC 8555 section 7.4.2).
 */
export async function preferChain(
  client: AcmeClient,
  url: string,
  certificate: PlannedCertificate,
  context: IssuanceContext,
): Promise<string> {
  const first = await client.post(url, null, { maxBytes: longestChain });
  const { preferredChain } = certificate;
  if (preferredChain === undefined || endsIn(first.text, preferredChain)) return first.text;
  const topmost = [topmostIssuer(first.text)];
  for (const alternate of first.links.alternate) {
    const { text } = await client.post(alternate, null, { maxBytes: longestChain });
    if (endsIn(text, preferredChain)) return text;
    topmost.push(topmostIssuer(text));
  }
  const message = `No chain of ${client.options.issuer} ends in "${preferredChain}"; its own default was taken. There are: ${topmost.join('; ')}.`;
  context.onStep({ kind: 'warning', certificate: certificate.name, message });
  return first.text;
}

function endsIn(chain: string, name: string): boolean {
  return topmostIssuer(chain).toLowerCase().includes(name.toLowerCase());
}

/** Common name of the issuer of the last certificate. */
function topmostIssuer(chain: string): string {
  const last = new X509Certificate(splitChain(chain).at(-1) ?? '');
  return /^CN=(.*)$/m.exec(last.issuer)?.[1] ?? last.issuer.replaceAll('\n', ', ');
}
