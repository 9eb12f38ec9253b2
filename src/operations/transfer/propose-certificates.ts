import { parseIdentifier } from '../../acme/order/identifiers.ts';
import type { PlanValue } from '../../acme/plan/edit.ts';
import type { ServerModel, Site } from '../../tls/model/server-model.ts';
import { knownValue } from '../../tls/model/setting.ts';
import { challengeOf, createBuilder, type ImportedPlan, outputOf } from './import-plan.ts';

/** A certificate that a configuration asks for. */
export interface Proposal {
  readonly names: readonly string[];
  /** Folder that answers challenges for its names; undefined where none does. */
  readonly challengeFolder: string | undefined;
  readonly certificateFile: string;
  readonly keyFile: string | undefined;
}

/**
 * What the server blocks with TLS say: one proposal for each certificate file, with the names of all its sites.
 * @param others sites of further files of the same server, which may answer the challenges
 */
function proposeCertificates(model: ServerModel, others: readonly Site[] = []): readonly Proposal[] {
  const byFile = new Map<string, { names: Set<string>; keyFile: string | undefined }>();
  for (const site of model.sites) {
    for (const { file, keyFile } of knownValue(site.tls.certificates) ?? []) {
      // What stands in the text itself is no file that could be renewed.
      if (model.inline?.has(file.value)) continue;
      const entry = byFile.get(file.value) ?? { names: new Set<string>(), keyFile: keyFile?.value };
      for (const name of usableNames(site)) entry.names.add(name);
      byFile.set(file.value, entry);
    }
  }
  return [...byFile].flatMap(([certificateFile, { names, keyFile }]) =>
    names.size === 0
      ? []
      : [
          {
            names: [...names],
            challengeFolder: challengeFolder([...model.sites, ...others], [...names]),
            certificateFile,
            keyFile,
          },
        ],
  );
}

/** The proposals as entries of a plan. */
export function importModels(models: readonly ServerModel[], issuer: string): ImportedPlan {
  const builder = createBuilder();
  for (const model of models) {
    const others = models
      .filter((other) => other !== model && other.server === model.server)
      .flatMap(({ sites }) => sites);
    for (const { names, challengeFolder, certificateFile, keyFile } of proposeCertificates(model, others)) {
      const [name = ''] = names;
      const isWild = names.some((each) => each.startsWith('*.'));
      if (challengeFolder === undefined && !isWild) {
        builder.note(
          `${name}: no folder answers /.well-known/acme-challenge/ over HTTP. Let the server serve one, and correct the webroot.`,
        );
      }
      const challenge: PlanValue = isWild
        ? { type: 'dns-01' }
        : challengeOf(challengeFolder ?? '/var/www/html/.well-known/acme-challenge');
      const full =
        model.server === 'nginx' || !/(^|[./-])cert\.pem$/.test(certificateFile) ? 'fullchain' : 'certificate';
      builder.certificate(name, {
        names: [...names],
        issuer: builder.issuer(issuer, {}, false),
        challenge,
        output: outputOf({ [full]: certificateFile, key: keyFile ?? `${certificateFile}.key` }),
      });
    }
  }
  return builder.done(
    'The configuration names no certificate for a name that could be issued for. Give the site its name and the files of its certificate (ssl_certificate, SSLCertificateFile) first.',
  );
}

function usableNames(site: Site): readonly string[] {
  return site.names
    .filter(({ kind }) => kind === 'exact' || kind === 'wildcard')
    .map(({ text }) => text)
    .filter((text) => !/[$~]/.test(text) && !('problem' in parseIdentifier(text)) && text.includes('.'));
}

/** The first site on port 80 that serves files at the challenge path for one of the names. */
function challengeFolder(sites: readonly Site[], names: readonly string[]): string | undefined {
  for (const site of sites) {
    const isPlain = site.bindings.some(({ listener }) => listener.endsWith(':80'));
    const isNamed = site.names.some(({ text }) => names.includes(text));
    if (isPlain && isNamed && site.challengeAnswer.kind === 'files') return site.challengeAnswer.directory;
  }
  return undefined;
}
