import { templateEndings } from '../../template-endings.ts';
import { isBuiltIn } from '../facts/variables.ts';

const templateName = new RegExp(`\\.(?:${templateEndings})$`, 'i');

/**
 * `${name}` of a template that says by its file's name that it is one, where nginx has no such variable and nothing else in the text
 * speaks of it: whoever fills the file in has names of any kind.
 */
export function withFilledInNames(text: string, file: string): string {
  if (!templateName.test(file)) return text;
  const spokenOf = new Set([...text.matchAll(/\$([a-z]\w*)|<([a-z]\w*)>/gi)].map(([, plain, group]) => plain ?? group));
  return text.replace(/\$\{([a-z]\w*)\}/gi, (mark, name: string) => {
    const isOwn = spokenOf.has(name) || isBuiltIn(name, 'http') || isBuiltIn(name, 'stream');
    return isOwn ? mark : `{{${mark.slice(2, -2)}}}`;
  });
}

/**
 * `ssl_ciphers SSL_CIPHERS;` of such a template: no directive of TLS takes a value that is one name in capitals, but for suites of
 * TLS 1.3, which somebody may have written there by mistake.
 */
export function withBareNames(text: string, file: string): string {
  if (!templateName.test(file)) return text;
  return text.replace(bareName, (_, before: string, name: string) => `${before}__${name.slice(2, -2)}__`);
}

const bareName = /^([ \t]*(?:\w+_)?ssl_\w+[ \t]+)(?!TLS_)([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9])(?=[ \t]*;)/gm;
