import { type Analysis, analyse } from '../../src/analysis/analyse.ts';
import { detectLanguage, languages } from '../../src/analysis/languages.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { parseTargetText } from '../../src/analysis/target.ts';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import { rules } from '../../src/rules/index.ts';
import type { CertificateFile } from '../../src/rules/rule.ts';
import type { Severity } from '../../src/text/finding.ts';
import type { ServerModel } from '../../src/tls/model/server-model.ts';
import type { GuidelineProfile } from '../../src/tls/profiles.ts';
import type { Program } from '../../src/tls/target.ts';
import { singleFileProject } from './single-file-project.ts';

for (const language of languages) await language.prepare?.();

export interface AnalyseTextOptions {
  readonly language?: Program;
  readonly file?: string;
  /** As `--target` takes it: `debian=12,openssl=3.0`. */
  readonly target?: string;
  readonly profile?: GuidelineProfile;
  readonly paths?: 'here' | 'elsewhere';
  readonly now?: Date;
  readonly rules?: ReadonlyMap<string, Severity | 'off'>;
  /** What lies at the paths that the text names; everything else is unseen. */
  readonly certificates?: (path: string) => CertificateFile | undefined;
  /** Files that a wildcard matches, by their names. */
  readonly matched?: readonly string[];
  /** What may stand in front of an application. */
  readonly servers?: readonly ServerModel[];
  /** True for includes of which nothing exists. */
  readonly isAbsent?: (pattern: string) => boolean;
}

/** Loads what languages need first (`Language.prepare`). */
export async function prepareLanguages(): Promise<void> {
  await Promise.all(languages.map((language) => language.prepare?.()));
}

/** Analyses one text as a user would see it, without a disk. */
export function analyseText(text: string, options: AnalyseTextOptions = {}): Analysis {
  const file = options.file ?? '/work/site.conf';
  const language = languages.find(({ id }) => id === options.language) ?? detectLanguage(file, text);
  if (language === undefined) throw new Error(`No language is recognised in ${file}.`);
  const settings = {
    ...defaultSettings,
    ...(options.target === undefined ? {} : { target: parseTargetText(options.target) }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.rules === undefined ? {} : { rules: options.rules }),
  };
  const paths = options.paths ?? 'elsewhere';
  const absent = (pattern: string) => (options.isAbsent?.(pattern) ? paths : undefined);
  return analyse({
    language,
    project: singleFileProject(file, text, language, settings.target, absent, options.matched),
    settings,
    paths,
    now: options.now ?? new Date('2026-11-25T00:00:00Z'),
    rules,
    certificateFile: (path) => options.certificates?.(path) ?? unseenFile(path),
    servers: options.servers ?? [],
  });
}

export function unseenFile(path: string): CertificateFile {
  return {
    state: { kind: 'unseen', reason: 'not looked up' },
    file: path,
    ...emptyFile,
  };
}
