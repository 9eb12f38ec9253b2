import { readFile } from 'node:fs/promises';
import { AcmeProblem } from '../acme/client/problem.ts';
import type { IssuanceContext } from '../acme/order/steps.ts';
import type { AcmeIssuer } from '../acme/plan/plan.ts';
import { caPresets, findPreset } from '../acme/plan/presets.ts';
import { createHttpClient, NetworkError } from '../network/http.ts';

/** Where a CA has a twin for trying, an order for trying goes there. */
const twins: Readonly<Record<string, string>> = { letsencrypt: 'letsencrypt-staging', google: 'google-test' };

/** The issuer that a dry run asks: the staging twin of a public CA, a private CA itself. */
export function stagingOf(issuer: AcmeIssuer): AcmeIssuer {
  const twin = twins[findPreset(issuer.directory)?.id ?? ''];
  const preset = caPresets.find(({ id }) => id === twin);
  return preset === undefined ? issuer : { ...issuer, name: preset.id, directory: preset.directory };
}

/** True for a public CA without staging: an order there would count, and its certificate be logged for all to see. */
export function isOnlyLive(issuer: AcmeIssuer): boolean {
  return findPreset(stagingOf(issuer).directory)?.kind === 'production';
}

/** @throws AcmeProblem where the CA's directory cannot be read */
export async function checkDirectory(
  issuer: AcmeIssuer,
  { signal, env }: Pick<IssuanceContext, 'signal' | 'env'>,
): Promise<void> {
  const ca = issuer.ca === undefined ? undefined : await readFile(issuer.ca, 'utf8');
  const http = createHttpClient({ keepAlive: false, ca, env });
  try {
    const { status } = await http.request({ url: issuer.directory, signal, redirects: 3 });
    if (status !== 200)
      throw new AcmeProblem(
        'bad-directory',
        `${issuer.directory} answers with HTTP status ${status}. Correct the directory of issuer ${issuer.name} in the plan.`,
      );
  } catch (error) {
    if (error instanceof NetworkError)
      throw new AcmeProblem('ca-unreachable', `Issuer ${issuer.name}: ${error.message}`, { cause: error });
    throw error;
  } finally {
    http.close();
  }
}
