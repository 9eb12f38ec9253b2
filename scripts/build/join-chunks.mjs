import { build } from 'esbuild';

/**
 * Makes one chunk of those that `entry` reads at once and that need nothing but each other and what was joined before: each is
 * a file to open and to pack, and every import of it says its name.
 * @param result what esbuild has built, minified
 * @param entry the path of a module that has an output of its own
 * @param most the size of a chunk that is joined, in bytes: others than those who read `entry` read it too from now on
 * @param options of the build
 */
export async function joinChunks({ outputFiles, metafile }, { entry, most = Number.POSITIVE_INFINITY }, options) {
  const { outputs } = metafile;
  const before = Object.keys(outputs).filter((path) => path.startsWith('dist/chunks/0000'));
  // As those of esbuild's own chunks.
  const name = `0000000${before.length}`;
  const joined = joinable(entry, outputs, { before: new Set(before.map(nameOf)), most });
  const newNames = namesIn(joined, outputs);
  const texts = new Map(outputFiles.map(({ path, contents }) => [path, Buffer.from(contents).toString()]));
  const sources = new Map([...texts].map(([path, text]) => [nameOf(path), text.replace(options.banner.js, '')]));
  const made = await build({ ...options, ...bundleOf(name, newNames, sources) });
  const rest = [...texts].filter(([path]) => !joined.has(nameOf(path)));
  return {
    outputFiles: [
      ...made.outputFiles,
      ...rest.map(([path, text]) => ({ path, contents: Buffer.from(importJoined(text, name, newNames)) })),
    ],
    metafile: { ...metafile, outputs: outputsWith(name, joined, outputs) },
  };
}

/** By the names of the chunks: their paths in `outputs`. */
function joinable(entry, outputs, { before, most }) {
  const start = Object.keys(outputs).find((path) => outputs[path].entryPoint === entry);
  const read = new Set([start]);
  for (const path of read) {
    for (const { path: next, kind, external } of outputs[path].imports) {
      if (kind === 'import-statement' && !external) read.add(next);
    }
  }
  read.delete(start);
  // What somebody reads later by `import()` keeps its name.
  for (const { imports } of Object.values(outputs)) {
    for (const { path, kind } of imports) if (kind === 'dynamic-import') read.delete(path);
  }
  for (const path of read) if (before.has(nameOf(path)) || outputs[path].bytes > most) read.delete(path);
  const joined = new Map();
  for (let count = -1; count < joined.size; ) {
    count = joined.size;
    for (const path of read) {
      const needed = outputs[path].imports.map((one) => nameOf(one.path));
      if (needed.every((name) => joined.has(name) || before.has(name))) joined.set(nameOf(path), path);
    }
  }
  return joined;
}

/** By chunk, and by the name of what it exports: the name that this has in the joined one, where another has its own `a` too. */
function namesIn(joined, outputs) {
  let count = 0;
  const next = () => `$${(count++).toString(36)}`;
  return new Map(
    [...joined].map(([name, path]) => [name, new Map(outputs[path].exports.map((exported) => [exported, next()]))]),
  );
}

/** What esbuild is to make of the chunks that it has made. */
function bundleOf(name, newNames, sources) {
  const exports = [...newNames].map(([name, names]) => {
    const list = [...names].map(([exported, now]) => `${exported} as ${now}`);
    return `export {${list}} from "./${name}.mjs";`;
  });
  const plugin = {
    name: 'join-chunks',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\./ }, ({ path }) =>
        newNames.has(nameOf(path)) ? { path: nameOf(path), namespace: 'chunk' } : { path, external: true },
      );
      onLoad({ filter: /./, namespace: 'chunk' }, ({ path }) => ({ contents: sources.get(path), loader: 'js' }));
    },
  };
  const stdin = { contents: exports.join('\n') };
  return {
    stdin,
    entryPoints: undefined,
    splitting: false,
    outdir: undefined,
    outfile: pathOf(name),
    plugins: [plugin],
  };
}

/** The same text with one import in the place of the first of a joined chunk, and without the others. */
function importJoined(text, name, newNames) {
  const wanted = [];
  let first;
  const rest = text.replace(importFrom, (statement, list, path, offset) => {
    const names = newNames.get(nameOf(path));
    if (names === undefined) return statement;
    for (const item of list?.split(',') ?? []) {
      const [exported, local = exported] = item.split(' as ');
      wanted.push(`${names.get(exported)} as ${local}`);
    }
    first ??= { offset, path: path.replace(nameOf(path), name) };
    return '';
  });
  if (first === undefined) return text;
  const list = wanted.length === 0 ? '' : `{${wanted}}from`;
  return `${rest.slice(0, first.offset)}import${list}"${first.path}";${rest.slice(first.offset)}`;
}

const importFrom = /\bimport(?:\{([^}]*)\}from)?"([^"]+)";/g;

function outputsWith(name, joined, outputs) {
  const chunk = pathOf(name);
  const parts = [...joined.values()].map((path) => outputs[path]);
  const isOne = ({ path }) => joined.has(nameOf(path));
  const rest = Object.entries(outputs)
    .filter(([path]) => !joined.has(nameOf(path)))
    .map(([path, output]) => {
      const imports = output.imports.filter((one) => !isOne(one));
      if (imports.length < output.imports.length) imports.push({ path: chunk, kind: 'import-statement' });
      return [path, { ...output, imports }];
    });
  const one = {
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    inputs: Object.assign({}, ...parts.map(({ inputs }) => inputs)),
    imports: parts.flatMap(({ imports }) => imports.filter((each) => !isOne(each))),
    exports: [],
  };
  return Object.fromEntries([...rest, [chunk, one]]);
}

function pathOf(name) {
  return `dist/chunks/${name}.mjs`;
}

function nameOf(path) {
  return path.slice(path.lastIndexOf('/') + 1, -'.mjs'.length);
}
