import type { OutputPlan } from '../plan/plan.ts';
import type { OutputContents } from '../store/output.ts';
import { readPlaced } from './placed.ts';

/** Those of `openssl dhparam -dsaparam` are of X9.42. */
const parameters = /-----BEGIN ((?:X9\.42 )?DH PARAMETERS)-----[A-Za-z0-9+/=\s]+-----END \1-----/g;

/**
 * The new contents with the Diffie-Hellman parameters that stand in the files now. HAProxy, stunnel and Apache (SSLCertificateFile)
 * read them from where the certificate is, and no CA gives them. Those of a curve belong to the key that is replaced.
 */
export async function withKeptParameters(contents: OutputContents, { files }: OutputPlan): Promise<OutputContents> {
  const kept = { ...contents };
  for (const kind of ['certificate', 'fullchain', 'combined'] as const) {
    const [path, text] = [files[kind], contents[kind]];
    const before = path === undefined || text === undefined ? undefined : await readPlaced(path);
    const blocks = before?.match(parameters) ?? [];
    kept[kind] = text && text + blocks.map((block) => `${block.replace(/\r\n?/g, '\n')}\n`).join('');
  }
  return kept;
}
