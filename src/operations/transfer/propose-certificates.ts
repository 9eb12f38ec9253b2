import { parseIdentifier } from '../../acme/order/identifiers.ts';
import type { PlanValue } from '../../acme/plan/edit.ts';
import type { ServerModel, Site } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import { answeringSite } from '../answering-site.ts';
import { challengeByName, createBuilder, type ImportedPlan, outputOf } from './imported-plan.ts';

/** A certificate that a configuration asks for. */
export interface Proposal {
  readonly names: readonly string[];
  /** Folders that answer challenges, by name; names that none answers for are not among them. */
  readonly challengeFolders: ReadonlyMap<string, string>;
  readonly certificateFile: string;
  readonly keyFile: string | undefined;
  /** File of its own for the certificates above it. */
  readonly chainFile: string | undefined;
}

/**
 * What the server blocks with TLS say: one proposal for each certificate file, with the names of all its sites.
 * @param others further files of the same server, which may answer the challenges
 */
function proposeCertificates(model: ServerModel, others: readonly ServerModel[]): readonly Proposal[] {
  const byFile = new Map<string, Pick<Proposal, 'keyFile' | 'chainFile'> & { names: Set<string> }>();
  for (const site of model.sites) {
    for (const { file, keyFile, chainFile } of knownValue(site.tls.certificates) ?? []) {
      // What stands in the text itself is no file that could be renewed.
      if (model.inline?.has(file.value)) continue;
      const entry = byFile.get(file.value) ?? {
        names: new Set<string>(),
        keyFile: keyFile?.value,
        chainFile: chainFile?.value,
      };
      for (const name of usableNames(site)) entry.names.add(name);
      byFile.set(file.value, entry);
    }
  }
  return [...byFile].flatMap(([certificateFile, { names, ...files }]) =>
    names.size === 0
      ? []
      : [
          {
            names: [...names],
            challengeFolders: challengeFolders([model, ...others], model.sites, names),
            certificateFile,
            ...files,
          },
        ],
  );
}

/** The proposals as entries of a plan. */
export function importModels(models: readonly ServerModel[], issuer: string): ImportedPlan {
  const builder = createBuilder();
  for (const model of models) {
    const others = models.filter((other) => other !== model && other.server === model.server);
    const taken = new Set<string>();
    for (const proposal of proposeCertificates(model, others)) {
      const { names, challengeFolders: found, certificateFile, keyFile } = proposal;
      const [first = ''] = names;
      // A key that nobody names Apache looks for where the certificate is.
      if (inNoFile.test(keyFile ?? certificateFile)) {
        // What it says is not repeated: it may hold the key, or the PIN of the device that does.
        const which = inNoFile.test(certificateFile) ? `The certificate of ${first}` : certificateFile;
        builder.note(
          `${which} was left out: its key lies in no file. Make a signing request by that key, and add the certificate with csr: FILE.`,
        );
        continue;
      }
      const name = taken.has(first) ? `${first}-${stem(certificateFile)}` : first;
      if (taken.has(first))
        builder.note(
          `${name}: a second certificate for ${first}. Give one of them another key, such as key: rsa-2048.`,
        );
      taken.add(first);
      const isWild = names.some((each) => each.startsWith('*.'));
      const unanswered = names.filter((each) => !found.has(each));
      if (isWild) builder.note(`${name}: only dns-01 proves a wildcard. Give the challenge a command or rfc2136.`);
      else if (unanswered.length > 0) {
        builder.note(
          `${unanswered.join(', ')}: no folder answers /.well-known/acme-challenge/ over HTTP. Let the server serve one, and correct the webroot.`,
        );
      }
      const keeper = keepers.find(([, folder]) => folder.test(certificateFile))?.[0];
      if (keeper === 'getssl') builder.note(`${name}: getssl renews it. Stop that, so that only one client does.`);
      else if (keeper !== undefined)
        builder.note(`${name}: ${keeper} renews it. "tls-workbench import ${keeper}" takes over what it knows of it.`);
      const [likeliest = '/var/www/html/.well-known/acme-challenge'] = found.values();
      const challenge: PlanValue = isWild
        ? { type: 'dns-01' }
        : challengeByName(new Map(names.map((each) => [each, found.get(each) ?? likeliest])));
      builder.certificate(name, {
        names: [...names],
        issuer: builder.issuer(issuer, {}, false),
        challenge,
        output: outputOf(filesOf(model, proposal)),
      });
    }
  }
  return builder.done(
    'The configuration names no certificate for a name that could be issued for. Give the site its name and the files of its certificate (ssl_certificate, SSLCertificateFile) first.',
  );
}

/** Keys in the text itself, and in devices. */
const inNoFile = /^(?:data|engine|store|pkcs11):/i;

/** Other clients, by the folders in which they keep certificates unless told otherwise; `import` knows all but the last one. */
const keepers: readonly (readonly [client: string, folder: RegExp])[] = [
  ['certbot', /^\/etc\/letsencrypt\/live\//],
  ['acme.sh', /\/\.acme\.sh\//],
  ['dehydrated', /\/dehydrated\/certs\//],
  ['lego', /\/\.lego\/certificates\//],
  ['getssl', /\/\.getssl\//],
];

/** The files under what each of them is to hold: a server that finds no key where it looks for one does not start. */
function filesOf({ server }: ServerModel, { certificateFile, keyFile, chainFile }: Proposal) {
  const isCombined = keyFile === certificateFile || (keyFile === undefined && server === 'apache');
  const isLeaf = chainFile !== undefined || (server !== 'nginx' && /(^|[./-])cert\.pem$/.test(certificateFile));
  if (isCombined) return { combined: certificateFile, chain: chainFile };
  const key = keyFile ?? `${certificateFile}.key`;
  return { [isLeaf ? 'certificate' : 'fullchain']: certificateFile, key, chain: chainFile };
}

/** `rsa` of `/etc/ssl/rsa.pem`. */
function stem(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

function usableNames(site: Site): readonly string[] {
  return site.names
    .filter(({ kind }) => kind === 'exact' || kind === 'wildcard')
    .map(({ text }) => text)
    .filter((text) => !/[$~]/.test(text) && !('problem' in parseIdentifier(text)) && text.includes('.'));
}

/** Where the sites that a CA asks on port 80 look for the challenges of the names, or those that they redirect it to. */
function challengeFolders(
  models: readonly ServerModel[],
  secure: readonly Site[],
  names: Iterable<string>,
): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const name of names) {
    const plain = answeringSite(models, name);
    const first = plain && (plain.plainChallengeAnswer ?? plain.challengeAnswer);
    const answers = first?.kind === 'redirect' ? sitesOf(secure, name).map((site) => site.challengeAnswer) : [first];
    const found = answers.find((answer) => answer?.kind === 'files');
    if (found?.kind === 'files') folders.set(name, found.directory);
  }
  return folders;
}

function sitesOf(sites: readonly Site[], name: string): readonly Site[] {
  return sites.filter(({ names }) => names.some(({ text }) => text === name));
}
