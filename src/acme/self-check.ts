import { createHttpClient, NetworkError } from '../network/http.ts';

/**
 * Looks at a challenge file as a CA would, for at most 5 seconds: advice, since this machine may see other names and
 * networks than the CA does.
 * @returns undefined where the file is there, else one sentence with the cause
 */
export async function checkOverHttp(
  url: string,
  expected: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const http = createHttpClient({ keepAlive: false });
  try {
    const response = await http.request({ url, timeout: 5000, maxBytes: 65_536, redirects: 10, signal });
    const moved = response.url === url ? '' : ` after a redirect to ${response.url}`;
    if (response.status === 401 || response.status === 403) {
      return `${url} answers with HTTP status ${response.status}${moved}: let everyone read this folder.`;
    }
    if (response.status !== 200) {
      return `${url} answers with HTTP status ${response.status}${moved}: the web server serves another folder, or the file is not published yet.`;
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
