import { plainLoops } from '../build/plain-loops.mjs';
import { load } from '../load.mjs';
import { apacheInputs } from './hostile/apache.mjs';
import { djangoInputs } from './hostile/django.mjs';
import { nginxInputs } from './hostile/nginx.mjs';
import { loadReaders } from './hostile/readers.mjs';
import { countFrom } from './hostile/text.mjs';
import { growth, isSettled, row } from './measure.mjs';

/** Of each size, and how often all inputs are gone through: one that meets a slow half minute of the machine does so once. */
const rounds = 5;
const turns = 2;
/** And how often at most those whose fastest rounds of either size still lie apart, whatever they say of growth. */
const mostTurns = 4;
const few = 3_000;
const many = 30_000;
const mainFiles = {
  nginx: '/etc/nginx/nginx.conf',
  apache: '/etc/apache2/apache2.conf',
  django: '/srv/shop/settings.py',
};

/** Hostile input: ten times as much is to take about ten times as long, whatever it says. */
export async function benchGrowth() {
  const cases = [...(await casesOfLines()), ...(await casesOfPieces())];
  const times = new Map(cases.map(({ what }) => [what, { small: [], large: [] }]));
  for (let turn = 0; turn < mostTurns; turn++) {
    for (const { what, work, inputOf } of cases) {
      const { small, large } = times.get(what);
      if (turn >= turns && isSettled(small) && isSettled(large)) continue;
      const more = await growth(work, { small: inputOf(few), large: inputOf(many), rounds });
      small.push(...more.small);
      large.push(...more.large);
    }
  }
  return cases.map(({ what, unit }) => {
    const { small, large } = times.get(what);
    const than = { than: `${few} ${unit}, ten in a row`, theirs: Math.min(...small) };
    return row(`${many} ${what}`, Math.min(...large), { ...than, bound: 12 });
  });
}

/** Text to findings with their fixes. */
async function casesOfLines() {
  const { analyseText, prepareLanguages } = await load('test/support/analyse.ts', { plugins: [plainLoops()] });
  await prepareLanguages();
  const { chooseSafeFixes } = await load('src/analysis/fix.ts');
  const now = new Date();
  return Object.entries({ nginx: nginxInputs, apache: apacheInputs, django: djangoInputs }).flatMap(
    ([language, inputs]) => {
      const work = (text) =>
        chooseSafeFixes(analyseText(text, { file: mainFiles[language], language, now }).findings).length;
      return Object.entries(inputs).map(([what, textOf]) => ({
        what: `lines of ${language}, lint with fixes: ${what}`,
        unit: 'lines',
        work,
        inputOf: textsOf(textOf),
      }));
    },
  );
}

/**
 * By the number of lines: texts of so many, none of which says what another one said, of whichever size, nor what the work was
 * warmed up with. One large text that is known already would be the fastest of all, and of ten small ones hardly any is.
 */
function textsOf(textOf) {
  const linesOf = (count) => textOf(count).split('\n').length;
  const linesEach = (linesOf(200) - linesOf(100)) / 100;
  let next = 0;
  return (lines) => () => {
    const count = Math.round(lines / linesEach);
    countFrom(next);
    next += count;
    return asRead(textOf(count));
  };
}

/** Texts of pieces that begin something and do not end it, all those of one reader in a row. */
async function casesOfPieces() {
  return Object.entries(await loadReaders()).map(([what, { texts, read }]) => ({
    what: `pieces that do not end: ${what}`,
    unit: 'pieces',
    work: (all) => all.map(read).length,
    inputOf: (pieces) => () => texts.map((textOf) => asRead(textOf(pieces))),
  }));
}

/** The text as it comes from a file: in one piece, and not as the parts that it was put together from. */
function asRead(text) {
  return Buffer.from(text).toString();
}
