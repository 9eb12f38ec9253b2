import type { Language } from '../language.ts';
import { check } from './check.ts';
import { complete } from './complete.ts';
import { isMain } from './context.ts';
import { detect } from './detect.ts';
import { hover } from './hover.ts';
import { includes } from './includes.ts';
import { lower } from './lower.ts';
import { folding, links, outline } from './outline.ts';
import { parse } from './parse.ts';
import { rules } from './rules/index.ts';
import type { NginxFile } from './tree.ts';
import { write } from './write.ts';

export type { NginxFile } from './tree.ts';

/** nginx, from 1.0 to 1.31, with its http, stream and mail modules and the common third-party ones. */
export const nginx: Language<NginxFile> = {
  id: 'nginx',
  name: 'nginx',
  editorLanguages: ['nginx', 'nginxconf'],
  detect,
  parse,
  isMain,
  includes: (file, _gathered, entry) => includes(file, entry),
  lower,
  rules,
  check,
  write,
  outline,
  folding,
  links,
  hover,
  complete,
};
