import type { Language } from '../language.ts';
import { checkDjango } from './check.ts';
import { detectDjango, isMainDjango, settingsName } from './detect.ts';
import { completeDjango } from './editor/complete.ts';
import { hoverDjango } from './editor/hover.ts';
import { rankOfTaker } from './file-names.ts';
import { includesDjango } from './includes.ts';
import { lowerDjango } from './lower.ts';
import { parseDjango } from './parse/parse.ts';
import { preparePython } from './parse/parser.ts';
import type { DjangoFile } from './parse/tree.ts';
import { rankOfPin, readPin } from './pins/files.ts';
import { djangoRules } from './rules/index.ts';
import { writeDjango } from './write.ts';

/** Editors know Python's structure by themselves. */
const nothing = () => [];

/** Settings of Django, from 1.8 to 6.1: what they say about TLS and what hangs on it. */
export const django: Language<DjangoFile> = {
  id: 'django',
  name: 'Django',
  editorLanguages: [],
  amongLanguages: ['python'],
  mainFileNames: [],
  takenOverBy: { pattern: settingsName, rank: rankOfTaker },
  pins: { rank: rankOfPin, read: readPin },
  contexts: [],
  fileNames: settingsName,
  detect: detectDjango,
  prepare: preparePython,
  parse: parseDjango,
  isMain: isMainDjango,
  includes: includesDjango,
  lower: lowerDjango,
  rules: djangoRules.map(({ id, title, severity, effect }) => ({ id, title, severity, effect })),
  check: checkDjango,
  write: writeDjango,
  outline: nothing,
  folding: nothing,
  indents: () => new Map(),
  links: nothing,
  names: nothing,
  hover: hoverDjango,
  complete: completeDjango,
  signature: () => undefined,
};
