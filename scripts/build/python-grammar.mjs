// The grammar of Python is a script of its own beside the commands, which both programs load when they meet settings of Django:
// in each of them it would only be weight.
import { join } from 'node:path';

const name = 'python.cjs';

/** esbuild plugin: imports of the grammar lead to that script. @param folder as those who import it see it */
export function pythonGrammarIn(folder) {
  return {
    name: 'python-grammar',
    setup(build) {
      build.onResolve({ filter: /^@lezer\/python$/ }, () => ({ path: `${folder}/${name}`, external: true }));
    },
  };
}

/** What esbuild makes the script of. */
export const pythonGrammar = {
  stdin: { contents: "export { parser } from '@lezer/python';", resolveDir: '.', sourcefile: 'python-grammar.js' },
  outfile: join('dist/cli', name),
  format: 'cjs',
};
