import { AcmeProblem } from '../../acme/client/problem.ts';
import type { NewEntry, PlanValue } from '../../acme/plan/edit.ts';
import { challengePath } from '../../acme/plan/plan.ts';
import { caPresets } from '../../acme/plan/presets.ts';
import type { Fields } from './imported-fields.ts';

/** What was made of the files of another client, and what could not be. */
export interface ImportedPlan {
  readonly issuers: readonly NewEntry[];
  readonly certificates: readonly NewEntry[];
  /** Sentences about what needs a look. */
  readonly notes: readonly string[];
}

/** Entries without doubles: one issuer for each directory. */
export function createBuilder() {
  const issuers = new Map<string, NewEntry>();
  const certificates: NewEntry[] = [];
  const notes: string[] = [];
  const note = (text: string): void => {
    if (!notes.includes(text)) notes.push(text);
  };
  /** One host may have several directories, as that of step-ca has one for each provisioner. */
  const freeName = (wanted: string, directory: PlanValue | undefined): string => {
    for (let count = 1; ; count++) {
      const name = count === 1 ? wanted : `${wanted}-${count}`;
      const known = issuers.get(name);
      if (known === undefined || known.fields['directory'] === directory) return name;
    }
  };
  /** @returns whether it is new */
  const add = (name: string, fields: Fields): boolean => {
    if (issuers.has(name)) return false;
    issuers.set(name, { name, fields });
    return true;
  };
  return {
    note,
    /** @returns the issuer's name */
    issuer(directoryOrPreset: string, fields: Fields, wereTermsAgreed = true): string {
      const preset = caPresets.find(({ id, directory }) => id === directoryOrPreset || directory === directoryOrPreset);
      const directory = preset?.id ?? directoryOrPreset;
      const name = freeName(preset?.id ?? hostOf(directory), directory);
      if (add(name, { directory, ...fields, agreeToTerms: wereTermsAgreed })) {
        if (wereTermsAgreed) note(`Issuer ${name}: agreeToTerms was set, since its terms were agreed to before.`);
        else note(`Issuer ${name}: read its terms of service, and set agreeToTerms: true.`);
      }
      return name;
    },
    certificate(name: string, fields: Fields): void {
      if (certificates.some((entry) => entry.name === name)) note(`${name} is named twice; the second was left out.`);
      else certificates.push({ name, fields });
    },
    /** Takes over all of another one. */
    merge(other: ImportedPlan): void {
      for (const text of other.notes) note(text);
      const names = new Map<PlanValue | undefined, string>();
      for (const { name, fields } of other.issuers) {
        const own = freeName(name, fields['directory']);
        add(own, fields);
        names.set(name, own);
      }
      for (const { name, fields } of other.certificates)
        this.certificate(name, { ...fields, issuer: names.get(fields['issuer']) ?? '' });
    },
    /** @param nothing what to say where no certificate was found */
    done(nothing = ''): ImportedPlan {
      if (certificates.length === 0 && notes.length === 0) throw new AcmeProblem('not-found', nothing);
      return { issuers: [...issuers.values()], certificates, notes };
    },
  };
}

/** That of several paths. */
export function mergePlans(all: readonly ImportedPlan[]): ImportedPlan {
  const builder = createBuilder();
  for (const plan of all) builder.merge(plan);
  return builder.done();
}

function hostOf(directory: string): string {
  const url = URL.canParse(directory) ? new URL(directory) : undefined;
  if (url?.hostname) return url.hostname;
  const known = caPresets.map(({ id }) => id).join(', ');
  throw new AcmeProblem(
    'not-found',
    `"${directory}" is neither a known CA nor the URL of a directory. Known are ${known}.`,
  );
}

/** The challenge folder as the plan writes it: a document root where it ends in the well-known path. */
export function challengeOf(folder: string): PlanValue {
  const clean = folder.replace(/(?<=.)\/+$/, '');
  if (clean.endsWith(challengePath)) return { type: 'http-01', webroot: webrootOf(clean) };
  return { type: 'http-01', challengeDirectory: clean };
}

/** The same where each name may have its own folder. */
export function challengeByName(folders: ReadonlyMap<string, string>): PlanValue {
  const clean = [...folders].map(([name, folder]) => [name, folder.replace(/(?<=.)\/+$/, '')] as const);
  const [first] = clean;
  if (first && clean.every(([, folder]) => folder === first[1])) return challengeOf(first[1]);
  if (!clean.every(([, folder]) => folder.endsWith(challengePath))) {
    return { type: 'http-01', challengeDirectory: Object.fromEntries(clean) };
  }
  const webroots = clean.map(([name, folder]) => [name, webrootOf(folder)] as const);
  return { type: 'http-01', webroot: Object.fromEntries(webroots) };
}

function webrootOf(challengeFolder: string): string {
  return challengeFolder.slice(0, -challengePath.length) || '/';
}

export function outputOf(files: Readonly<Record<string, string | undefined>>): PlanValue {
  return Object.fromEntries(
    Object.entries(files).flatMap(([kind, file]) => (file === undefined ? [] : [[kind, file]])),
  );
}

export function contactOf(address: string | undefined): Fields {
  return address === undefined ? {} : { contact: [address.replace(/^mailto:/, '')] };
}
