import { type Analysis, analyse } from '../../../src/analysis/analyse.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import { django } from '../../../src/languages/django/index.ts';
import type { DjangoFile } from '../../../src/languages/django/parse/tree.ts';
import type { Language, Project } from '../../../src/languages/language.ts';
import { rules } from '../../../src/rules/index.ts';
import { createDocument } from '../../../src/text/document.ts';
import type { ServerModel } from '../../../src/tls/model/server-model.ts';
import { unseenFile } from '../../support/analyse.ts';

await django.prepare?.();

/** A project of files by path, of which the first is the main one. */
export function projectOf(files: Readonly<Record<string, string>>): Project<DjangoFile> {
  const parsed = new Map(
    Object.entries(files).map(([path, text]) => [path, django.parse(createDocument(path, text))] as const),
  );
  const [entry, main] = [...parsed][0] as [string, DjangoFile];
  return {
    entry,
    complete: django.isMain(main),
    context: undefined,
    files: parsed,
    included: (path) => (parsed.has(path) ? [path] : undefined),
    absent: () => undefined,
    target: defaultSettings.target,
  };
}

/** What a usual project has, for settings to stand in. */
export const usual = `INSTALLED_APPS = ['django.contrib.sessions']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
`;

/** @param servers what may stand in front of it */
export function analyseFiles(files: Readonly<Record<string, string>>, servers: readonly ServerModel[] = []): Analysis {
  return analyse({
    language: django as unknown as Language,
    project: projectOf(files) as unknown as Project,
    settings: defaultSettings,
    paths: 'elsewhere',
    now: new Date('2026-11-25T00:00:00Z'),
    rules,
    certificateFile: unseenFile,
    servers,
  });
}

/** `file:severity rule` of what is found, hints left out. */
export function found(text: string | Readonly<Record<string, string>>, path = '/site/settings.py'): readonly string[] {
  const files = typeof text === 'string' ? { [path]: text } : text;
  return analyseFiles(files)
    .findings.filter(({ severity }) => severity !== 'hint')
    .map(({ severity, rule }) => `${severity} ${rule}`);
}
