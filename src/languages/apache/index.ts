import { baseName } from '../../text/path.ts';
import type { Language } from '../language.ts';
import { withTemplates } from '../template-endings.ts';
import { checkApache } from './check.ts';
import { detectApache, isMainFile } from './detect.ts';
import { closingTagAfter } from './editor/closing.ts';
import { completeApache } from './editor/complete.ts';
import { foldingApache } from './editor/folding.ts';
import { hoverApache } from './editor/hover.ts';
import { indentsApache } from './editor/indents.ts';
import { linksApache } from './editor/links.ts';
import { outlineApache } from './editor/outline.ts';
import { signatureApache } from './editor/signature.ts';
import { contextWords } from './evaluate/context.ts';
import { fileIncludes } from './includes.ts';
import { missedFolderFiles } from './lower/folder-files.ts';
import { lowerApache } from './lower/lower.ts';
import { namesApache } from './names.ts';
import { parseApache } from './parse.ts';
import { apacheRules } from './rules/index.ts';
import type { ApacheFile } from './syntax.ts';
import { writeApache } from './write/write.ts';

/** Apache HTTP Server 2.4: main file, includes, virtual hosts and `.htaccess`. */
export const apache: Language<ApacheFile> = {
  id: 'apache',
  name: 'Apache',
  editorLanguages: ['apacheconf', 'apache'],
  home: '/etc/apache2',
  mainFileNames: withTemplates('apache2.conf', 'httpd.conf'),
  contexts: contextWords,
  includesFolders: true,
  isReadPerFolder: (file) => baseName(file) === '.htaccess',
  detect: detectApache,
  parse: parseApache,
  isMain: isMainFile,
  includes: fileIncludes,
  folderFiles: missedFolderFiles,
  lower: lowerApache,
  rules: apacheRules.map(({ id, title, severity, effect }) => ({ id, title, severity, effect })),
  check: checkApache,
  write: writeApache,
  outline: outlineApache,
  folding: foldingApache,
  indents: indentsApache,
  closing: closingTagAfter,
  links: linksApache,
  names: namesApache,
  hover: hoverApache,
  complete: completeApache,
  signature: signatureApache,
};
