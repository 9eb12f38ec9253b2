/** What has to stand before an esbuild module whose packages call `require`, which an ES module does not have. */
export const requireBanner =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

const lazyImport = /\bimport\("[^"]+"\)/;
const imports = /(?<=^|[;}\n])(?:import\s*(?:[^;()"'`]+?\s*from\s*)?"[^"]+";\n?)+/;
const exports = /(?<=[;}\n])export(?:\s*\{[^}]*\}| default [\w$]+\(\));(?=\s*(?:\/\/# sourceMappingURL=.*\s*)?$)/;
const statements = new RegExp(`${lazyImport.source}|${imports.source}|${exports.source}`, 'g');

/**
 * What src/cli/link.ts wants to know of `entry` and all modules that it leads to.
 * @param outputs of esbuild's metafile
 * @param read what a file of `outputs` holds
 */
export function modulesOf(entry, outputs, read) {
  const files = new Set([entry]);
  for (const file of files) {
    for (const { path, external } of outputs[file].imports) if (!external) files.add(path);
  }
  return [...files].reverse().map((file) => [file.replace(/^dist\/|\.mjs$/g, ''), ...placesIn(file, outputs, read)]);
}

function placesIn(file, outputs, read) {
  const text = read(file);
  const places = text.startsWith(requireBanner) ? [[0, requireBanner.length]] : [];
  statements.lastIndex = places[0]?.[1] ?? 0;
  const found = [...text.matchAll(statements)];
  for (const { 0: code, index } of found) places.push([index, index + code.length]);
  // A text that only looks like a statement would make another number of them.
  const seen = found.flatMap(([code]) => code.match(/\bimport\b/g) ?? []).length;
  const { length } = outputs[file].imports.filter(({ kind }) => kind !== 'require-call');
  if (seen !== length) throw new Error(`${file} has ${length} imports, and scripts/build/links.mjs finds ${seen}.`);
  return places.flat();
}
