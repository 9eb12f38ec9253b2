import { ProgressLocation, window } from 'vscode';
import type { Certificate } from '../../../certificates/certificate.ts';
import { certificatesIn, readObjects } from '../../../certificates/objects.ts';
import type { Host } from '../../../host/host.ts';
import type { InspectionView } from '../../../protocol/inspection.ts';

/** More than any CA certificate, and any bundle of a few, has. */
const maximumBytes = 256 * 1024;

/** The panel can only ask for an address that its own view offers: what a stranger's certificate says is no command. */
export function offersIssuerAt({ chains }: InspectionView, url: string): boolean {
  return chains.some(({ nodes }) => nodes.some(({ issuerUrl }) => issuerUrl === url));
}

/**
 * Fetches the issuer that a certificate names in its authority information access (RFC 5280 section 4.2.2.1): one request,
 * and only because somebody pressed the button that names the host.
 * @throws Error with a sentence that says what came instead
 */
export async function fetchIssuer(url: string, { crypto }: Host): Promise<readonly Certificate[]> {
  const { createHttpClient } = await import('../../../network/http.ts');
  const client = createHttpClient({ keepAlive: false, env: process.env });
  try {
    const response = await window.withProgress(
      { location: ProgressLocation.Notification, title: `Asking ${new URL(url).host}`, cancellable: true },
      (_, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => controller.abort());
        return client.request({
          url,
          timeout: 10_000,
          maxBytes: maximumBytes,
          redirects: 3,
          signal: controller.signal,
        });
      },
    );
    if (response.status !== 200) throw new Error(`${url} answered with status ${response.status}.`);
    const found = certificatesIn(readObjects(response.body, crypto));
    if (found.length === 0) throw new Error(`${url} answered with something that is no certificate.`);
    return found;
  } finally {
    client.close();
  }
}
