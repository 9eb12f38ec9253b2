import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const modules = '/usr/lib/nginx/modules';
/** Conversions of ngx_sprintf. */
const conversion = /%(?:\*s|\d*u?[xX]?(?:[VviszOcPpTlLDdwfN]|ui|uz|xd|uxL))/g;

/** All texts in the nginx that is installed and in its modules, with `…` where the program fills something in. */
export function wordsOfNginx(): readonly string[] {
  const names = readdirSync(modules).filter((name) => name.startsWith('ngx_') && name.endsWith('.so'));
  const files = ['/usr/sbin/nginx', ...names.map((name) => join(modules, name))];
  return [...new Set(files.flatMap(textsIn))];
}

function textsIn(file: string): readonly string[] {
  const texts = readFileSync(file, 'latin1').match(/[\x20-\x7e]{4,}/g) ?? [];
  return texts.filter((text) => text.includes(' ')).map((text) => text.replace(conversion, '…'));
}
