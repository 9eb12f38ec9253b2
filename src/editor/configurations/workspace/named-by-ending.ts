import { type DocumentSelector, extensions, languages, type TextDocument } from 'vscode';
import { extensionId } from '../../ids.ts';

/** What an extension's manifest says of a language. */
interface Contribution {
  readonly id: string;
  readonly extensions?: readonly string[];
  readonly filenames?: readonly string[];
  readonly filenamePatterns?: readonly string[];
}

/**
 * True where a document has its language only because another extension gives it to whatever ends so: all of `.conf` to nginx,
 * for one. A name, a folder or an ending that is the server's own speaks for itself.
 */
export function isNamedByEnding(document: TextDocument): boolean {
  const endings = endingsOf(document.languageId);
  const path = document.uri.path.toLowerCase();
  return endings.some((ending) => path.endsWith(ending)) && !isOfOurNames(document);
}

const known = new Map<string, readonly string[]>();

/** Asked for at every key: what is installed, or goes, counts from the next window on. */
function endingsOf(language: string): readonly string[] {
  let endings = known.get(language);
  if (endings === undefined) {
    const others = extensions.all.filter(({ id }) => id !== extensionId);
    const named = others.flatMap(({ packageJSON }) => contributionsOf(packageJSON)).filter(({ id }) => id === language);
    endings = named.flatMap(({ extensions: written = [] }) => written.map((ending) => ending.toLowerCase()));
    known.set(language, endings);
  }
  return endings;
}

let ours: DocumentSelector | undefined;

function isOfOurNames(document: TextDocument): boolean {
  ours ??= contributionsOf(extensions.getExtension(extensionId)?.packageJSON)
    .flatMap(({ extensions: endings = [], filenames = [], filenamePatterns = [] }) => [
      ...endings.map((ending) => `*${ending}`),
      ...filenames,
      ...filenamePatterns,
    ])
    .map((pattern) => ({ pattern: pattern.includes('/') ? pattern : `**/${pattern}` }));
  return languages.match(ours, document) > 0;
}

function contributionsOf(manifest: unknown): readonly Contribution[] {
  const { contributes } = (manifest ?? {}) as {
    readonly contributes?: { readonly languages?: readonly Contribution[] };
  };
  return contributes?.languages ?? [];
}
