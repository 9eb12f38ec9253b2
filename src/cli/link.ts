/** What the build notes of the ES modules that the commands are made of, some of which they share with the editor. */
export interface Links {
  /** Of the script that they make. */
  readonly id: string;
  readonly modules: readonly Linked[];
}

/** The path below `dist/`, then in turn where the module's imports and exports begin and end. */
export type Linked = readonly [path: string, ...places: number[]];

/**
 * Makes one script of them, a function that src/cli/bundle.ts runs, with a function inside for each module. Each is run when
 * it is first asked for, and gives what it exports; esbuild leaves no cycles among them, nor exports that change.
 */
export function link({ id, modules }: Links, read: (path: string) => string): string {
  let script = `(function(require,module){"use strict";var $made={},$modules={\n`;
  for (const [path, ...places] of modules) {
    const text = read(path);
    script += `"${nameOf(path)}"(){`;
    let end = 0;
    for (let at = 0; at < places.length; at += 2) {
      const start = places[at] as number;
      script += text.slice(end, start);
      end = places[at + 1] as number;
      script += translate(text.slice(start, end));
    }
    script += `${text.slice(end)}\n},\n`;
  }
  const load = 'function $load(name){return name in $made?$made[name]:$made[name]=$modules[name]()}';
  // The last module is that of the commands.
  return `${script}};${load}module.exports=$load("${nameOf(modules.at(-1)?.[0] ?? '')}")})//${id}\n`;
}

function translate(code: string): string {
  const lazy = /^import\("(.*)"\)$/.exec(code)?.[1];
  if (lazy !== undefined) return `new Promise(done=>done(${exportsOf(lazy)}))`;
  const result = /^export default (.*?);?\s*$/.exec(code)?.[1];
  if (result !== undefined) return `return{default:${result}}`;
  const list = /^export\s*\{(.*)\}/s.exec(code)?.[1];
  if (list !== undefined) return `return{${list.replace(/([\w$]+) as ([\w$]+)/g, '$2:$1')}}`;
  // What an ES module needs to have a `require`.
  if (code.includes('import.meta')) return '';
  return code.replace(/import\s*(?:([^"]+?)\s*from\s*)?"([^"]+)"/g, (_, names, module) => {
    const value = exportsOf(module);
    if (names === undefined) return value;
    return `var ${names
      .replace(/^\*\s*as /, '')
      .replaceAll(' as ', ':')
      .replace(/,\s*\{/, `=${value},{`)}=${value}`;
  });
}

function exportsOf(module: string): string {
  return module.endsWith('.mjs') ? `$load("${nameOf(module.slice(0, -4))}")` : `require("${module}")`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
