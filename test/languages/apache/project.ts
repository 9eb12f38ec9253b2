import { apache } from '../../../src/languages/apache/index.ts';
import type { ApacheFile } from '../../../src/languages/apache/syntax.ts';
import type { Project } from '../../../src/languages/language.ts';
import { createDocument } from '../../../src/text/document.ts';
import { segmentPattern } from '../../../src/text/glob.ts';
import { folderOf } from '../../../src/text/path.ts';
import type { ServerModel } from '../../../src/tls/model/server-model.ts';
import type { Target } from '../../../src/tls/target.ts';

const debian13: Target = {
  nginx: '1.26.3',
  apache: '2.4.71',
  django: '4.2',
  openssl: '3.5.9',
  securityLevel: 2,
  label: 'Debian 13',
  assumed: false,
};

export interface ProjectOptions {
  readonly complete?: boolean;
  readonly context?: string;
  readonly target?: Partial<Target>;
}

/** A project of files by path; the first is the entry. Includes are looked up among them. */
export function projectOf(files: Readonly<Record<string, string>>, options: ProjectOptions = {}): Project<ApacheFile> {
  const paths = Object.keys(files);
  const parsed = paths.map((path) => [path, apache.parse(createDocument(path, files[path] ?? ''))] as const);
  return {
    entry: paths[0] ?? '/apache2.conf',
    complete: options.complete ?? false,
    context: options.context,
    files: new Map(parsed),
    absent: () => undefined,
    included: (pattern) => {
      const name = segmentPattern(pattern.slice(pattern.lastIndexOf('/') + 1));
      return paths
        .filter((path) => folderOf(path) === folderOf(pattern) && name.test(path.slice(path.lastIndexOf('/') + 1)))
        .sort();
    },
    target: { ...debian13, ...options.target },
  };
}

export function snippet(text: string, options: ProjectOptions = {}): Project<ApacheFile> {
  return projectOf({ '/work/site.conf': text }, options);
}

export function lower(text: string, options: ProjectOptions = {}): ServerModel {
  return apache.lower(snippet(text, options));
}
