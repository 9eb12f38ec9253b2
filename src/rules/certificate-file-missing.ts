import type { Located } from '../text/range.ts';
import type { Whereabouts } from '../text/whereabouts.ts';
import type { NamedPath, ServerModel } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { CertificateFile, Rule } from './rule.ts';
import { readsClientTrust, refusalOfFolder } from './support/files/file-contents.ts';
import { type UsedPath, usedPaths } from './support/files/named-paths.ts';
import { inErrorLog, serverFacts } from './support/server-facts.ts';
import { isSetUpAtStart } from './support/sites/prepared-sites.ts';

const words: Partial<Record<NamedPath['purpose'], string>> = {
  certificate: 'certificate',
  'client-certificate': 'client certificate',
  key: 'private key',
  chain: 'certificate chain',
  'dh-parameters': 'file of DH parameters',
  'client-ca': 'file of client CAs',
  'named-ca': 'file of CAs to ask for',
  'trusted-ca': 'file of trusted CAs',
  crl: 'revocation list',
  'upstream-ca': 'file of trusted CAs',
  'upstream-crl': 'revocation list',
  'ticket-key': 'session ticket key',
  'quic-host-key': 'host key of QUIC',
  'password-file': 'password file',
  'stapling-response': 'stapling response',
  'srp-verifiers': 'file of SRP verifiers',
  'mime-types': 'file of MIME types',
  'main-document-root': 'document root of the main server',
  'server-root': 'folder of ServerRoot',
  module: 'module',
  source: 'file',
  'server-info': 'file of server information',
  'writable-folder': 'folder',
};

/** What TLS does not need, and nobody has to have where the configuration is written. */
const onlyHere: ReadonlySet<NamedPath['purpose']> = new Set([
  'mime-types',
  'main-document-root',
  'server-root',
  'module',
  'source',
  'writable-folder',
]);

/** A file that TLS needs is not where the configuration says. */
export const certificateFileMissing: Rule = {
  id: 'certificate-file-missing',
  title: 'A certificate or key file does not exist',
  severity: 'error',
  effect: 'start',
  *check({ model, paths, certificateFile }) {
    const isMissing = (path: string): boolean => certificateFile(path).state.kind === 'missing';
    let pairs: MissingPairs | undefined;
    let isInstalled: boolean | undefined;
    const root = paths === 'here' ? missingRoot(model, certificateFile) : undefined;
    for (const named of usedPaths(model)) {
      const { path } = named;
      const word = wordFor(named);
      if (word === undefined || (root !== undefined && path.startsWith(root))) continue;
      if (!isMissing(path)) {
        if (paths !== 'here' && onlyHere.has(named.purpose)) continue;
        const wrong = ofWrongKind(model, named, word, certificateFile(path));
        if (wrong) yield wrong;
        continue;
      }
      if (named.isLeftOut(isMissing)) continue;
      if (named.purpose === 'module') {
        isInstalled ??= hasAnyModule(model, isMissing);
        if (!isInstalled) continue;
      }
      const { location, otherUses } = named;
      const base = counting(named);
      const logged = named.purpose === 'mime-types' ? inErrorLog(model, 'no-types') : '';
      if (paths === 'here' && stopsStart(model, named)) {
        const { namedBy } = named;
        const which = namedBy === undefined ? '' : `, which is read where no ${namedBy} names another,`;
        const way = namedBy === undefined ? wayOut(named) : `Name one with ${namedBy}`;
        yield {
          message: `The ${word} ${path}${which} does not exist, so the server does not start${logged}. ${way}.${base}`,
          location,
          related: otherUses,
        };
      } else if (paths === 'here') {
        yield {
          message: `The ${word} ${path} does not exist. Correct the path, or remove the line.${base}`,
          location,
          related: otherUses,
          severity: 'information',
          effect: 'advice',
        };
      } else if (!onlyHere.has(named.purpose)) {
        pairs ??= missingPairs(model, isMissing);
        if (named.purpose === 'key' && pairs.joined.has(path)) continue;
        const key = named.purpose === 'certificate' ? pairs.keys.get(path) : undefined;
        yield {
          message: absence(word, path, key?.value, paths, certificateFile) + base,
          location,
          related: key ? [{ location: key.location, message: 'The key' }, ...otherUses] : otherUses,
          severity: 'information',
          effect: 'advice',
        };
      }
    }
  },
};

/** What tells a wrong path from a file that is not there yet. */
function counting({ countsFrom }: NamedPath): string {
  return countsFrom === undefined ? '' : ` Relative paths in this file count from ${countsFrom}.`;
}

/** What a path is called, of which some directives want a folder. */
function wordFor({ purpose, wantsFolder }: UsedPath): string | undefined {
  const word = words[purpose];
  return wantsFolder
    ? word?.replace(/^file of/, 'folder of').replace(/^(?:revocation list|client certificate)$/, 'folder of $&s')
    : word;
}

function wayOut({ purpose, wantsFolder }: UsedPath): string {
  if (purpose === 'module') return 'Install it, or remove the line';
  return `Correct the path or ${wantsFolder ? 'make the folder' : 'put the file there'}`;
}

/** What the paths below the folder of ServerRoot begin with, where that is not there: one mistake, and not one for each. */
function missingRoot({ paths }: ServerModel, fileAt: (path: string) => CertificateFile): string | undefined {
  const root = paths.find(({ purpose, required }) => purpose === 'server-root' && required)?.path;
  if (root === undefined) return undefined;
  const { state } = fileAt(root);
  const isFolder = state.kind === 'found' ? state.size === undefined : state.kind === 'unseen';
  return isFolder ? undefined : `${root.replace(/\/$/, '')}/`;
}

/** Where not one is there, it is the server that is not installed. */
function hasAnyModule({ paths }: ServerModel, isMissing: (path: string) => boolean): boolean {
  return paths.some(({ purpose, path }) => purpose === 'module' && !isMissing(path));
}

/** A folder that stands where the server opens a file, or the other way round. */
function ofWrongKind(model: ServerModel, named: UsedPath, word: string, { state }: CertificateFile) {
  const { path, purpose, wantsFolder } = named;
  if (state.kind !== 'found' || purpose === 'source') return undefined;
  // OpenSSL reads nothing from a folder there, and is content.
  if (purpose === 'named-ca' && !wantsFolder && !serverFacts(model).refusesEmptyFiles) return undefined;
  const isWrong = wantsFolder ? state.size !== undefined : state.isFolder === true;
  if (!isWrong || !stopsStart(model, named)) return undefined;
  const message = wantsFolder
    ? `${path} is a file, where a folder is needed, so the server does not start. Name a folder${authorities.has(purpose) ? ', or use the directive for files' : ''}.`
    : `${path} is a folder, where a ${word} is needed, so the server does not start${refusalOfFolder(model, named)}. Name the file itself.`;
  return { message, location: named.location, related: named.otherUses };
}

/** What some directives want in one file, and others in the files of a folder. */
const authorities: ReadonlySet<NamedPath['purpose']> = new Set([
  'chain',
  'client-ca',
  'named-ca',
  'client-certificate',
  'crl',
  'upstream-ca',
  'upstream-crl',
]);

/** Where it stops no server for certain: of a certificate, and of the key that is not there either. */
function absence(
  word: string,
  path: string,
  key: string | undefined,
  paths: Whereabouts,
  certificateFile: (path: string) => CertificateFile,
): string {
  const what = key === undefined ? `The ${word} ${path}` : `The certificate ${path} and its key ${key}`;
  const [it, folder] = key === undefined ? ['it', 'its folder'] : ['them', 'their folders'];
  if (paths === 'aside') {
    const isNot = key === undefined ? 'does not exist' : 'do not exist';
    return `${what} ${isNot}. Put ${it} there before a configuration includes this file, or correct the ${key === undefined ? 'path' : 'paths'}.`;
  }
  const isAway = key === undefined ? 'is not on this machine' : 'are not on this machine';
  const mapped = [path, ...(key === undefined ? [] : [key])].flatMap((name) => {
    const { state } = certificateFile(name);
    return state.kind === 'missing' && state.mapped !== undefined ? [state.mapped] : [];
  });
  if (mapped.length > 0) {
    const place = mapped[0] === path ? 'there' : `where lint.map leads: ${mapped.join(' and ')}`;
    return `${what} ${isAway}. The server needs ${it} where it runs; to have ${it} checked, put ${it} ${place}.`;
  }
  return `${what} ${isAway}. The server needs ${it} where it runs; map ${folder} to the workspace (lint.map in tls-workbench.yaml) to have ${it} checked.`;
}

/** Certificates of which nothing is there: what is said of the certificate speaks of its key too. */
interface MissingPairs {
  /** The keys by the paths of their certificates, where they have files of their own. */
  readonly keys: ReadonlyMap<string, Located<string>>;
  /** Paths of those keys. */
  readonly joined: ReadonlySet<string>;
}

function missingPairs(model: ServerModel, isMissing: (path: string) => boolean): MissingPairs {
  const pairs = pairsOf(model).filter(({ file, keyFile }) => isMissing(file.value) && isMissing(keyFile.value));
  const apart = pairs.filter(({ file, keyFile }) => keyFile.value !== file.value);
  return {
    // The first one counts, as the first place of the certificate is told.
    keys: new Map(apart.reverse().map(({ file, keyFile }) => [file.value, keyFile])),
    joined: new Set(pairs.map(({ keyFile }) => keyFile.value)),
  };
}

function pairsOf({ sites }: ServerModel) {
  return sites.flatMap(({ tls }) =>
    (knownValue(tls.certificates) ?? []).flatMap(({ file, keyFile }) => (keyFile ? [{ file, keyFile }] : [])),
  );
}

/** What is read with the TLS of a site alone, so that nobody misses it where there is none. */
const readWithTls: ReadonlySet<NamedPath['purpose']> = new Set([
  'certificate',
  'key',
  'chain',
  'dh-parameters',
  'client-ca',
  'named-ca',
  'trusted-ca',
  'crl',
  'server-info',
  'ticket-key',
  'stapling-response',
]);

/** True where the server does not start without the file; some look at what a directive names as soon as they read it. */
function stopsStart(model: ServerModel, { purpose, required, isReadAtStart, isForCommand, sites }: UsedPath): boolean {
  if (!required || isReadAtStart || !serverFacts(model).preparesIdleTls || !readWithTls.has(purpose)) return required;
  if (purpose === 'client-ca' && !isForCommand && !readsClientTrust(model)) return false;
  return sites.some((site) => isSetUpAtStart(model, site));
}
