import { spawn, spawnSync } from 'node:child_process';

/**
 * Median of `rounds` runs of `work`, in milliseconds. Before that it runs `warmUp` times and for `warmUpFor` milliseconds,
 * which do not count: the optimising compiler is to be through with it. `work` is given what `inputOf` makes of the round's
 * number, which is made before the clock starts.
 */
export async function median(work, { rounds = 7, warmUp = 2, warmUpFor = 0, inputOf = (round) => round } = {}) {
  const warm = performance.now() + warmUpFor;
  for (let round = -1; round >= -warmUp || performance.now() < warm; round--) await work(inputOf(round));
  const times = [];
  // All inputs first: what is left over from making them is not the work's to sweep.
  const inputs = Array.from({ length: rounds }, (_, round) => inputOf(round));
  for (const input of inputs) {
    const start = performance.now();
    await work(input);
    times.push(performance.now() - start);
  }
  return middleOf(times);
}

/**
 * The lowest that each of `measures` gives in `turns` turns, by its name: a machine that is shared with others may be slow for
 * half a minute, which only adds to what the work takes. Each is told which turn it is, from 0.
 */
export async function lowest(measures, turns) {
  const found = {};
  for (let turn = 0; turn < turns; turn++) {
    for (const [name, measure] of Object.entries(measures)) {
      const time = await measure(turn);
      found[name] = Math.min(time, found[name] ?? time);
    }
  }
  return found;
}

/**
 * How work grows: ten small inputs one after the other, then one of ten times the size, in turns. What each round took, in
 * milliseconds: `small` for one small input, `large` for the large one. Sweeping up what was made counts for both: most small
 * inputs alone are done before any of it, which is no less work.
 */
export async function growth(work, { small, large, rounds = 5, warmUpFor = 0 }) {
  for (const inputOf of [small, large]) await median(work, { inputOf, rounds: 1, warmUp: 1, warmUpFor });
  // All inputs first, as above; so nothing is swept but between the runs.
  const inputs = Array.from({ length: rounds }, (_, round) => ({
    few: Array.from({ length: 10 }, (_, index) => small(10 * round + index)),
    many: large(round),
  }));
  const times = { small: [], large: [] };
  for (const { few, many } of inputs) {
    times.small.push((await timeOf(few, work)) / 10);
    times.large.push(await timeOf([many], work));
  }
  return times;
}

/** Whether the fastest of `times` is what the work takes, and no luck of one round: another took as long, but for a twentieth. */
export function isSettled(times) {
  const [fastest, other] = times.toSorted((a, b) => a - b);
  return other <= fastest * 1.05;
}

async function timeOf(inputs, work) {
  const start = performance.now();
  for (const input of inputs) await work(input);
  return performance.now() - start;
}

function middleOf(times) {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

/**
 * Medians of several kinds of work, in milliseconds, measured in turns: whatever else the machine does meanwhile meets them
 * all. `works` by name; each round begins with another one.
 */
export async function medians(works, options) {
  return eachOf(await timesInTurns(works, options), middleOf);
}

/** The same, but the fastest round of each, for programs: what else the machine does only adds to what they take. */
export async function fastest(works, options) {
  return eachOf(await timesInTurns(works, options), (times) => Math.min(...times));
}

function eachOf(times, choose) {
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, choose(all)]));
}

async function timesInTurns(works, { rounds = 7, warmUp = 2 } = {}) {
  const names = Object.keys(works);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round + warmUp) % names.length];
      // What one leaves behind is not the other's to sweep.
      globalThis.gc?.();
      const start = performance.now();
      await works[name](round);
      if (round >= 0) times[name].push(performance.now() - start);
    }
  }
  return times;
}

/** Runs a program to its end, without its output. Throws unless its exit code is one of `codes`. */
export function runProgram(program, args, { codes = [0], ...options } = {}) {
  const { status, error, stderr } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    ...options,
  });
  if (error) throw new Error(`${program} could not be started: ${error.message}`);
  if (!codes.includes(status))
    throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr.slice(-600)}`);
}

/** The same, without waiting for one before the next starts. */
export function startProgram(program, args, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', failed);
    child.on('exit', (code) =>
      code === 0 ? done() : failed(new Error(`${program} ended with ${code}: ${text.slice(-600)}`)),
    );
  });
}

/** Runs `task` for each item, `width` at a time. */
export async function inParallel(items, width, task) {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/** A row of the result: what was measured, against what, and the bound that the ratio (or the time) must keep. */
export function row(what, ours, { unit = 'ms', than, theirs, bound, note } = {}) {
  const value = theirs === undefined ? ours : ours / theirs;
  return {
    what,
    ours,
    unit,
    than,
    theirs,
    ratio: theirs === undefined ? undefined : value,
    bound,
    kept: bound === undefined || value <= bound,
    note,
  };
}
