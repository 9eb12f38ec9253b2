import type { Language } from '../language.ts';
import { withTemplates } from '../template-endings.ts';
import { besideMain, mainFile } from './beside-main.ts';
import { check } from './check.ts';
import { contextWords, isMain } from './context.ts';
import { detect } from './detect.ts';
import { complete } from './editor/complete.ts';
import { hover } from './editor/hover.ts';
import { indents } from './editor/indents.ts';
import { folding, links, outline } from './editor/outline.ts';
import { signature } from './editor/signature.ts';
import { includes } from './includes.ts';
import { lower } from './lower/lower.ts';
import { names } from './names/names.ts';
import type { NginxFile } from './parse/file.ts';
import { parse } from './parse/parse.ts';
import { pins } from './pins.ts';
import { rules } from './rules/index.ts';
import { write } from './write/write.ts';

export type { NginxFile } from './parse/file.ts';

/** nginx, from 1.0 to 1.31, with its http, stream and mail modules and the common third-party ones. */
export const nginx: Language<NginxFile> = {
  id: 'nginx',
  name: 'nginx',
  editorLanguages: ['nginx', 'nginxconf', 'NGINX', 'jinja-nginx'],
  home: '/etc/nginx',
  mainFileNames: withTemplates('nginx.conf'),
  contexts: contextWords,
  detect,
  parse,
  isMain,
  includes: (file, gathered, entry) => includes(file, besideMain(entry, gathered)),
  mainFile,
  pins,
  lower,
  rules,
  check,
  write,
  outline,
  folding,
  indents,
  links,
  names,
  hover,
  complete,
  signature,
};
