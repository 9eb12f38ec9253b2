/**
 * Names the chunks of a build by numbers, the shortest for those that most modules import: three thousand imports say the
 * names, and letters at random are bytes of the package that no compression saves.
 * @param result what esbuild has built
 */
export function numberChunks({ outputFiles, metafile }) {
  const uses = new Map(
    Object.keys(metafile.outputs).flatMap((path) => (chunkIn.test(path) ? [[nameOf(path), 0]] : [])),
  );
  for (const { imports } of Object.values(metafile.outputs)) {
    for (const { path } of imports) if (uses.has(nameOf(path))) uses.set(nameOf(path), uses.get(nameOf(path)) + 1);
  }
  // Equal counts in the order of the metafile, which is the same for the same sources.
  const byUse = [...uses].sort(([, one], [, other]) => other - one).map(([name]) => name);
  const numbers = new Map(byUse.map((name, index) => [name, String(index)]));
  const renamed = (text) => text.replace(names, (name) => numbers.get(name) ?? name);
  return {
    outputFiles: outputFiles.map(({ path, contents }) => ({
      path: renamed(path),
      contents: Buffer.from(renamed(Buffer.from(contents).toString())),
    })),
    metafile: { ...metafile, outputs: JSON.parse(renamed(JSON.stringify(metafile.outputs))) },
  };
}

const chunkIn = /^dist\/chunks\/[A-Z0-9]{8}\.mjs$/;
/** Where imports, paths and the metafile say one. */
const names = /(?<=\/)[A-Z0-9]{8}(?=\.mjs\b)/g;
const nameOf = (path) => path.match(names)?.[0];
