import { type DocumentFilter, type DocumentSelector, Range, type TextDocument, type Uri, workspace } from 'vscode';
import { looksBinary, maximumFileSize } from '../../../analysis/project/decode.ts';
import type { HeldConfiguration } from '../../../analysis/project/held.ts';
import type { Language } from '../../../languages/language.ts';
import {
  decodedScheme,
  effectiveScheme,
  programLanguages,
  scriptLanguages,
  servedLanguages,
  undecidedLanguages,
  yamlLanguages,
} from '../../ids.ts';
import { fileOf } from '../../uris.ts';
import { isNamedByEnding } from './named-by-ending.ts';

/** Documents that providers are asked about; `languageOf` has the last word. */
export const servedDocuments: DocumentSelector = [
  ...servedLanguages.map((language) => ({ language })),
  ...undecidedLanguages.map((language) => ({ language })),
];

/** True where a document may be one of our languages, going by what VS Code takes it for. */
export function maybeServed({ languageId }: TextDocument): boolean {
  return servedLanguages.includes(languageId) || undecidedLanguages.includes(languageId);
}

/** Lines that no such settings are without: most programs have none, and load nothing. */
const settingsLine =
  /^[ \t]*(?:(?:INSTALLED_APPS|MIDDLEWARE|ROOT_URLCONF|DATABASES|DEBUG|SECRET_KEY|SECURE_\w+|CSRF_\w+|SESSION_COOKIE_\w+|EMAIL_USE_\w+)[ \t]*(?::[^=\n]+)?\+?=|from[ \t]+(?:\.?[\w.]*[ \t]+import[ \t]+\*|split_settings\b)|(?:SECURE|SESSION|CSRF|EMAIL|USE_X)_\w*$)/m;

/** Documents that hold configurations or are some, for what shows findings and mends them; YAML and scripts have their own outline and folding. */
export const documentsWithFindings: DocumentSelector = [
  ...(servedDocuments as readonly DocumentFilter[]),
  ...yamlLanguages.map((language) => ({ language })),
  ...scriptLanguages.map((language) => ({ language })),
  ...programLanguages.map((language) => ({ language })),
];

/** Debian's folders for sites are the same for both servers, and VS Code goes by the folder alone. */
const sharedFolder = /\/sites-(available|enabled)\/[^/]+$/;

/** Folders of programs that have settings for a web server in files called as its own. */
const foreignFolder =
  /\/(?:supervisord?|fail2ban|monit|telegraf|rsyslog|logrotate|tmpfiles|sysusers|logstash|filebeat|systemd)(?:\.d)?\//;

/** File systems that hold what files were once. */
const earlierSchemes = new Set(['git', 'gitlens', 'vscode-local-history', 'review', 'pr']);

/** And those that hold what is told of files. */
const otherSchemes = new Set([...earlierSchemes, decodedScheme, effectiveScheme]);

/**
 * True for files and what may become one. A side of a comparison, a preview, an output channel or a search result is only a view:
 * its text comes from a program, and no file system has its scheme.
 */
export function isFile({ scheme }: Uri): boolean {
  if (scheme === 'file' || scheme === 'untitled') return true;
  return workspace.fs.isWritableFileSystem(scheme) !== undefined && !otherSchemes.has(scheme);
}

interface Detected {
  readonly version: number;
  readonly language: Language | undefined;
  /** What VS Code takes it for, where nothing speaks against that. */
  readonly otherwise: Language | undefined;
}

const detected = new WeakMap<TextDocument, Detected>();

/**
 * The language that a document is read as: by its id where that is one of ours, else by path and content. The first
 * question loads the languages: a window without configurations never needs them.
 */
export async function languageOf(document: TextDocument): Promise<Language | undefined> {
  return isFile(document.uri) ? languageSeenIn(document) : undefined;
}

/** The same, also of what a file was once: a side of a comparison is coloured as the other is, and not judged. */
export async function languageShown(document: TextDocument): Promise<Language | undefined> {
  const isShown = isFile(document.uri) || earlierSchemes.has(document.uri.scheme);
  return isShown ? languageSeenIn(document) : undefined;
}

async function languageSeenIn(document: TextDocument): Promise<Language | undefined> {
  const isProgram = programLanguages.includes(document.languageId);
  if (isProgram && !settingsLine.test(beginningOf(document)) && !detected.has(document)) return undefined;
  const isUndecided = isProgram || undecidedLanguages.includes(document.languageId);
  if (!isUndecided && !servedLanguages.includes(document.languageId)) return undefined;
  const { detectLanguage, isOfAnotherProgram, languages } = await import('../../../analysis/languages.ts');
  const named = languages.find(({ editorLanguages }) => editorLanguages.includes(document.languageId));
  // Many a program has files that end so: where that is all that is known, they are looked at as if nobody had named them.
  const declared = isNamedByEnding(document) ? undefined : named;
  const { path } = document.uri;
  if (declared !== undefined && !sharedFolder.test(path) && !foreignFolder.test(path)) return declared;
  const known = detected.get(document);
  // What was recognised stays so while it is edited; what was not is looked at again.
  if (known !== undefined && (known.language !== undefined || known.version === document.version))
    return known.language ?? known.otherwise;
  const [file, text] = [fileOf(document.uri), beginningOf(document)];
  const language = detectLanguage(file, text);
  const otherwise = language === undefined && isOfAnotherProgram(file, text) ? undefined : declared;
  detected.set(document, { version: document.version, language, otherwise });
  return language ?? otherwise;
}

/** What YAML says that may hold a configuration: most holds none, and loads nothing. */
const blockOfLines = /(?::|^[ \t]*(?:- +)*-)[ \t]+[|>][-+\d]*[ \t]*(?:#[^\n]*)?\r?$/m;
const directive = /^[ \t]+(?:<[A-Z]\w+[ >]|\w[^\n]*[;{][ \t]*\r?$|(?:SSL|Proxy|Rewrite)\w+[ \t])/m;

/** The configurations that a YAML document holds or a script writes, whole ones first. */
export async function heldIn(document: TextDocument, text = document.getText()): Promise<readonly HeldConfiguration[]> {
  const { languageId } = document;
  // A template's ending says nothing of YAML.
  const isScript = scriptLanguages.includes(languageId);
  if (!isScript && !yamlLanguages.includes(languageId) && !undecidedLanguages.includes(languageId)) return [];
  if (!isFile(document.uri) || lengthOf(document) > maximumFileSize) return [];
  const mayHold = isScript ? text.includes('<<') : blockOfLines.test(text);
  if (!mayHold || !directive.test(text)) return [];
  const { readHeld } = await import('../../../analysis/project/held.ts');
  return readHeld(fileOf(document.uri), text);
}

/** Why a document of our languages is not analysed, as a sentence without its full stop; undefined where it is. */
export function obstacleOf(document: TextDocument): 'too-large' | 'binary' | undefined {
  if (lengthOf(document) > maximumFileSize) return 'too-large';
  return looksBinary(document.getText()) ? 'binary' : undefined;
}

/** Enough to tell the language, also of a file that is too large to be analysed. */
function beginningOf(document: TextDocument): string {
  if (lengthOf(document) <= maximumFileSize) return document.getText();
  return document.getText(document.validateRange(new Range(0, 0, 5_000, 0)));
}

/** Characters of a document, without building its text. */
export function lengthOf(document: TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
