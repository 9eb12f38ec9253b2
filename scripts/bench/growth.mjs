import { plainLoops } from '../build/plain-loops.mjs';
import { load } from '../load.mjs';
import { apacheInputs } from './hostile/apache.mjs';
import { djangoInputs } from './hostile/django.mjs';
import { nginxInputs } from './hostile/nginx.mjs';
import { loadReaders } from './hostile/readers.mjs';
import { countFrom } from './hostile/text.mjs';
import { growth, row } from './measure.mjs';

/** Of each size: what the machine does beside it meets some of them. */
const rounds = 9;
const few = 3_000;
const many = 30_000;
const mainFiles = {
  nginx: '/etc/nginx/nginx.conf',
  apache: '/etc/apache2/apache2.conf',
  django: '/srv/shop/settings.py',
};

/** Hostile input: ten times as much is to take about ten times as long, whatever it says. */
export async function benchGrowth() {
  return [...(await lintLines()), ...(await readPieces())];
}

/** Text to findings with their fixes. */
async function lintLines() {
  const { analyseText, prepareLanguages } = await load('test/support/analyse.ts', { plugins: [plainLoops()] });
  await prepareLanguages();
  const { chooseSafeFixes } = await load('src/analysis/fix.ts');
  const now = new Date();
  const rows = [];
  for (const [language, inputs] of Object.entries({ nginx: nginxInputs, apache: apacheInputs, django: djangoInputs })) {
    const work = (text) =>
      chooseSafeFixes(analyseText(text, { file: mainFiles[language], language, now }).findings).length;
    for (const [what, textOf] of Object.entries(inputs)) {
      const linesOf = (count) => textOf(count).split('\n').length;
      const linesEach = (linesOf(200) - linesOf(100)) / 100;
      const inputOf = (lines) => (round) => {
        const count = Math.round(lines / linesEach);
        countFrom(Math.max(0, round) * count);
        return asRead(textOf(count));
      };
      const { small, large } = await growth(work, { small: inputOf(few), large: inputOf(many), rounds });
      const than = `${few} lines, ten in a row`;
      rows.push(
        row(`lint with fixes, ${many} lines of ${language}: ${what}`, large, { than, theirs: small, bound: 12 }),
      );
    }
  }
  return rows;
}

/** Texts of pieces that begin something and do not end it, all those of one reader in a row. */
async function readPieces() {
  const rows = [];
  for (const [what, { texts, read }] of Object.entries(await loadReaders())) {
    const inputOf = (pieces) => () => texts.map((textOf) => asRead(textOf(pieces)));
    const work = (all) => all.map(read).length;
    const { small, large } = await growth(work, { small: inputOf(few), large: inputOf(many), rounds });
    const than = `${few} pieces, ten in a row`;
    rows.push(row(`${many} pieces that do not end: ${what}`, large, { than, theirs: small, bound: 12 }));
  }
  return rows;
}

/** The text as it comes from a file: in one piece, and not as the parts that it was put together from. */
function asRead(text) {
  return Buffer.from(text).toString();
}
