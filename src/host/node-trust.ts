import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import type { TrustSource } from './host.ts';

/** Where systems keep one file with all roots: Debian, Fedora, Alpine and macOS, SUSE. */
const systemFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
  '/etc/ssl/ca-bundle.pem',
];

const javaFiles = ['/etc/ssl/certs/java/cacerts', '/etc/pki/java/cacerts'];

/**
 * What programs of this machine trust: Node (Mozilla's list, as far as the build has it), the system, Java. A store that
 * cannot be read is left out.
 */
export async function nodeTrustSources(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<TrustSource[]> {
  const javaHome = environment['JAVA_HOME'];
  const java = javaHome === undefined ? javaFiles : [`${javaHome}/lib/security/cacerts`, ...javaFiles];
  const text = new TextEncoder();
  const sources: TrustSource[] = [
    { name: 'Node.js', isPublic: true, bytes: text.encode(tls.rootCertificates.join('\n')) },
  ];
  const system = await firstReadable('the system', systemFiles);
  if (system !== undefined) sources.push(system);
  else {
    const native = systemCertificates();
    if (native.length > 0) sources.push({ name: 'the system', isPublic: false, bytes: text.encode(native.join('\n')) });
  }
  const store = await firstReadable('Java', java);
  return store === undefined ? sources : [...sources, store];
}

/** tls.getCACertificates came with Node 22.15: the only way to the stores of Windows and macOS. */
function systemCertificates(): readonly string[] {
  const { getCACertificates } = tls as { readonly getCACertificates?: (type: 'system') => readonly string[] };
  try {
    return getCACertificates?.('system') ?? [];
  } catch {
    return [];
  }
}

async function firstReadable(name: string, files: readonly string[]): Promise<TrustSource | undefined> {
  for (const file of files) {
    try {
      return { name, isPublic: false, bytes: await readFile(file) };
    } catch {
      // Another system keeps it elsewhere.
    }
  }
  return undefined;
}
