import { X509Certificate } from 'node:crypto';
import type { AcmeClient } from '../client/client.ts';
import { AcmeProblem } from '../client/problem.ts';
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
  if (preferredChain === undefined) return first.text;
  const topmost: string[] = [];
  const isPreferred = (chain: string): boolean => {
    const name = topmostIssuer(chain);
    if (name !== undefined) topmost.push(name);
    return name?.toLowerCase().includes(preferredChain.toLowerCase()) === true;
  };
  if (isPreferred(first.text)) return first.text;
  for (const alternate of first.links.alternate) {
    const text = await downloadAlternate(client, alternate);
    if (text !== undefined && isPreferred(text)) return text;
  }
  const message = `No chain of ${client.options.issuer} ends in "${preferredChain}"; its own default was taken. There are: ${topmost.join('; ')}.`;
  context.onStep({ kind: 'warning', certificate: certificate.name, message });
  return first.text;
}

/** Undefined where the CA does not give it: the certificate is there, and one chain of it at hand. */
async function downloadAlternate(client: AcmeClient, url: string): Promise<string | undefined> {
  try {
    return (await client.post(url, null, { maxBytes: longestChain })).text;
  } catch (error) {
    if (!(error instanceof AcmeProblem) || error.type === 'cancelled') throw error;
    return undefined;
  }
}

/** Common name of the issuer of the last certificate; undefined where it cannot be decoded. */
function topmostIssuer(chain: string): string | undefined {
  try {
    const last = new X509Certificate(splitChain(chain).at(-1) ?? '');
    return /^CN=(.*)$/m.exec(last.issuer)?.[1] ?? last.issuer.replaceAll('\n', ', ');
  } catch {
    return undefined;
  }
}
