// Packs dist/ into out/tls-workbench.vsix, the extension, and out/tls-workbench.tgz, the command line alone for servers
// without VS Code. Build first: `npm run package` does both.
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { outputOf } from './setup/run.mjs';

const texts = ['README.md', 'CHANGELOG.md', 'LICENSE', 'dist/THIRD-PARTY-NOTICES.txt'];
const commandLine = [
  'dist/cli.js',
  'dist/package.json',
  'dist/cli/commands.cjs',
  'dist/cli/python.cjs',
  'dist/rule-pages.json.br',
  'media/weak-keys',
];

/** What ships in the extension; the tests of test/package hold both lists again. A folder brings all below it. */
const extensionFiles = readFileSync('.vscodeignore', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1).replace(/\/\*\*$/, ''));

await stage([...texts, ...commandLine], (folder) => {
  const { name, version, description, keywords, license, bin, engines } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );
  const manifest = { name, version, description, keywords, license, bin, engines: { node: engines.node } };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const packed = outputOf('npm', [
    'pack',
    resolve(folder),
    '--pack-destination',
    resolve(folder),
    '--ignore-scripts',
    '--json',
  ]);
  if (packed === undefined) throw new Error('npm pack failed.');
  renameSync(join(folder, JSON.parse(packed)[0].filename), 'out/tls-workbench.tgz');
});
await stage(extensionFiles, async (folder) => {
  // All that lies there ships, and vsce warns where nothing says so.
  writeFileSync(join(folder, '.vscodeignore'), '');
  // An installed extension has no clone to run commands in, and its page shows no picture that lies beside the text.
  // Nor does it follow links to files: a command shows them.
  const readMe = readFileSync('README.md', 'utf8')
    .replace(/<!-- repository -->.*?<!-- \/repository -->\n+/gs, '')
    .replace(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, '$1');
  writeFileSync(join(folder, 'README.md'), readMe);
  // Indentation is for who edits them.
  for (const file of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.json'))) {
    const path = join(folder, file);
    writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, 'utf8'))));
  }
  await createVSIX({
    cwd: folder,
    packagePath: resolve('out/tls-workbench.vsix'),
    // The bundle holds the packages; nothing of node_modules ships.
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  // The same files with a better search for what repeats: a thirtieth less. Without the program the package is only larger.
  outputOf('advzip', ['--recompress', '--shrink-insane', 'out/tls-workbench.vsix']);
});

/** Gives `pack` a folder with the files and nothing else: vsce would look at every file of the project first. */
async function stage(files, pack) {
  const folder = join('out', `package-${process.pid}`);
  try {
    for (const file of files) {
      mkdirSync(join(folder, file, '..'), { recursive: true });
      cpSync(file, join(folder, file), { recursive: true });
    }
    await pack(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
