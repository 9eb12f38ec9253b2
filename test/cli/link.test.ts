import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInThisContext } from 'node:vm';
import { link } from '../../src/cli/link.ts';

/** Links modules, the commands last, and runs them. Their imports and exports stand in `«…»`. @returns what the commands export */
function run(texts: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const modules = Object.entries(texts).map(([path, marked]) => {
    const places = [...marked.matchAll(/[«»]/g)].map(({ index }, before) => index - before);
    return [path, ...places] as const;
  });
  const script = link({ id: '0123', modules }, (path) => (texts[path] as string).replace(/[«»]/g, ''));
  assert.match(script, /\/\/0123\n$/);
  const module = { exports: {} };
  runInThisContext(script)((name: string) => ({ name }), module);
  return module.exports;
}

test('modules get what others export, in every form that esbuild writes', () => {
  const { all } = run({
    'chunks/ONE': '«import{a as b,$}from"./TWO.mjs";import"./THREE.mjs";»var c=[b,$];«export{c as d};\n»',
    'chunks/TWO': 'var a="a",e="$";«export {\n  a,\n  e as $\n};\n»',
    'chunks/THREE': 'var f=()=>({made:!0});«export default f();\n»',
    'cli/commands':
      '«import{d}from"../chunks/ONE.mjs";import{default as g}from"../chunks/THREE.mjs";import h from"node:h";»' +
      'var all=[d,g,h];«import*as i from"node:i";import j,{name as k}from"node:j";import {\n  name\n} from "node:l";»' +
      'all.push(i,j,k,name);«export{all};»',
  });
  assert.deepEqual(all, [
    ['a', '$'],
    { made: true },
    { name: 'node:h' },
    { name: 'node:i' },
    { name: 'node:j' },
    'node:j',
    'node:l',
  ]);
});

test('a module is run once, when it is first asked for', async () => {
  const { counter, late } = run({
    'chunks/COUNTER': 'var n={runs:0};«export{n};»',
    'chunks/EFFECT': '«import{n}from"./COUNTER.mjs";»n.runs++;',
    'chunks/LATE': '«import"./EFFECT.mjs";import"./EFFECT.mjs";»var x=1;«export{x};»',
    'cli/commands':
      '«import{n}from"../chunks/COUNTER.mjs";»var l=()=>Promise.all([«import("../chunks/LATE.mjs")»,«import("../a.cjs")»]);' +
      '«export{n as counter,l as late};»',
  });
  assert.deepEqual(counter, { runs: 0 });
  assert.deepEqual(await (late as () => Promise<unknown>)(), [{ x: 1 }, { name: '../a.cjs' }]);
  assert.deepEqual(counter, { runs: 1 });
});
