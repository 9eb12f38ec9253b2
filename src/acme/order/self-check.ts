import { dirname } from 'node:path';
import { createHttpClient, NetworkError } from '../../network/http.ts';
import { addressesOf } from '../../network/lookup.ts';
import { pause } from '../client/wait.ts';
import { lstat } from '../store/files.ts';

const patience = 5000;

/**
 * Looks at a challenge file as a CA would, over IPv4 and IPv6, for at most 5 seconds: advice, since this machine may see
 * other names and networks than the CA does.
 * @param file where the challenge file lies here, so that a refusal can be explained
 * @returns undefined where the file is there, else one or two sentences with the cause
 */
export async function checkOverHttp(
  url: string,
  expected: string,
  signal: AbortSignal | undefined,
  file?: string,
): Promise<string | undefined> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const unanswered = pause(patience, signal).then(() => []);
  const addresses = await Promise.race([addressesOf(host), unanswered.catch(() => [])]);
  if (signal?.aborted) return undefined;
  const families = [4, 6].filter((family) => addresses.some((address) => address.family === family)) as (4 | 6)[];
  if (families.length === 0) {
    return `${host} has no address as seen from this machine. Add an A or AAAA record, unless only the CA can see it.`;
  }
  const problems = await Promise.all(families.map((family) => checkFamily(url, expected, family, signal, file)));
  const failed = families.findIndex((_family, index) => problems[index] !== undefined);
  if (failed < 0) return undefined;
  // Where one family works, what the other one reaches is another machine: CAs try IPv6 first.
  const address = addresses.find(({ family }) => family === families[failed])?.address;
  const isMixed = families.length === 2 && problems.some((problem) => problem === undefined);
  const record = families[failed] === 6 ? 'AAAA' : 'A';
  return isMixed
    ? `${problems[failed]} The ${record} record of ${host} (${address}) leads elsewhere than the other one.`
    : problems[failed];
}

async function checkFamily(
  url: string,
  expected: string,
  family: 4 | 6,
  signal: AbortSignal | undefined,
  file: string | undefined,
): Promise<string | undefined> {
  const http = createHttpClient({ keepAlive: false, family, verify: false });
  try {
    const response = await http.request({ url, timeout: patience, maxBytes: 65_536, redirects: 10, signal });
    const moved = response.url === url ? '' : ` after a redirect to ${response.url}`;
    if (response.status === 401)
      return `${url} asks for a password${moved}. Let everyone read /.well-known/acme-challenge/.`;
    if (response.status === 403) {
      const cause = (file === undefined ? undefined : await hindrance(file)) ?? 'a rule of the web server denies it';
      return `${url} is forbidden (HTTP status 403)${moved}: ${cause}. Let everyone read /.well-known/acme-challenge/.`;
    }
    if (response.status === 404 && moved !== '') {
      return `${url} is not found${moved}. Keep /.well-known/acme-challenge/ out of the redirect, or serve the same folder there.`;
    }
    if (response.status !== 200) {
      const cause = file === undefined ? undefined : await hindrance(file);
      const published = `${cause === undefined ? 'or ' : ''}the file is not published yet`;
      const causes = [
        'the web server serves another folder',
        published,
        ...(cause === undefined ? [] : [`or ${cause}`]),
      ];
      return `${url} answers with HTTP status ${response.status}${moved}: ${causes.join(', ')}.`;
    }
    if (response.body.toString('latin1').trimEnd() === expected) return undefined;
    return `${url} shows something else than the challenge file${moved}: another server or folder answers for this name.`;
  } catch (error) {
    if (error instanceof NetworkError) return error.message;
    throw error;
  } finally {
    http.close();
  }
}

/** What keeps a web server from a file that lies here: a folder that others may not enter, or a symbolic link on the way. */
async function hindrance(file: string): Promise<string | undefined> {
  const folders: string[] = [];
  for (let path = file; dirname(path) !== path; path = dirname(path)) folders.unshift(path);
  for (const path of folders) {
    const info = await lstat(path).catch(() => undefined);
    if (info?.isSymbolicLink()) return `${path} is a symbolic link, which the web server may not follow`;
    if (info?.isDirectory() && (info.mode & 0o001) === 0) {
      return `${path} may not be entered by the web server (its mode is 0${(info.mode & 0o777).toString(8)})`;
    }
  }
  return undefined;
}
