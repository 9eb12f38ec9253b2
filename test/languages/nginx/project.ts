import type { Project, TextReport } from '../../../src/languages/language.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import type { NginxFile } from '../../../src/languages/nginx/parse/file.ts';
import { createDocument } from '../../../src/text/document.ts';
import { applyEdits, type FileEdit } from '../../../src/text/edit.ts';
import type { Target } from '../../../src/tls/target.ts';

const debian13: Target = {
  nginx: '1.26.3',
  apache: '2.4.68',
  django: '4.2',
  openssl: '3.5',
  securityLevel: 2,
  label: 'Debian 13',
  assumed: true,
};

/** A project of texts by path; the first one is the main file. */
export function projectOf(
  files: Readonly<Record<string, string>>,
  options: { readonly target?: Partial<Target>; readonly context?: string } = {},
): Project<NginxFile> {
  const parsed = new Map(Object.entries(files).map(([file, text]) => [file, nginx.parse(createDocument(file, text))]));
  const entry = Object.keys(files)[0] ?? '/etc/nginx/nginx.conf';
  const main = parsed.get(entry);
  return {
    entry,
    complete: main !== undefined && nginx.isMain(main),
    context: options.context,
    files: parsed,
    absent: () => undefined,
    included: (pattern) => {
      const expression = new RegExp(`^${pattern.replace(/[.+^${}()|]/g, '\\$&').replace(/\*/g, '[^/]*')}$`);
      const found = [...parsed.keys()].filter((file) => expression.test(file)).sort();
      return found.length > 0 || pattern.includes('*') ? found : undefined;
    },
    target: { ...debian13, ...options.target },
  };
}

export function checkText(text: string, options: Parameters<typeof projectOf>[1] = {}): readonly TextReport[] {
  return nginx.check(projectOf({ '/etc/nginx/nginx.conf': text }, options));
}

/** `rule: text under the finding`, in the order of the text. */
export function summaries(project: Project<NginxFile>): readonly string[] {
  return [...nginx.check(project)]
    .sort((a, b) => a.location.range.start - b.location.range.start)
    .map(({ rule, location }) => {
      const text = project.files.get(location.file)?.document.text ?? '';
      return `${rule}: ${text.slice(location.range.start, location.range.end)}`;
    });
}

/** The texts of a project after edits. */
export function edited(project: Project<NginxFile>, edits: readonly FileEdit[]): Record<string, string> {
  return Object.fromEntries(
    [...project.files].map(([file, { document }]) => [
      file,
      applyEdits(
        document.text,
        edits.filter((edit) => edit.file === file),
      ),
    ]),
  );
}
