import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { languages } from '../../src/analysis/languages.ts';
import type { Completion, Project } from '../../src/languages/language.ts';
import { analyseText } from '../support/analyse.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const texts = {
  nginx: { file: '/work/nginx.conf', text: 'events {}\nhttp {\n  set $own 1;\n  §\n  return 200 $§;\n}\n' },
  apache: { file: '/work/apache2.conf', text: 'Listen 80\n§\n<VirtualHost *:80>\n§\n</VirtualHost>\n' },
};

/** A list of rows for each place, and what they were made of. */
type Id = keyof typeof texts;

function completed(id: Id): { readonly rows: readonly Completion[]; readonly project: WeakRef<Project> } {
  const { file, text } = texts[id];
  const parts = text.split('§');
  const { project } = analyseText(parts.join(''), { language: id, file });
  const language = languages.find((each) => each.id === id);
  let offset = 0;
  const rows = parts.slice(0, -1).flatMap((part) => {
    offset += part.length;
    return language?.complete(project, file, offset) ?? [];
  });
  return { rows, project: new WeakRef(project) };
}

/** V8 may be making machine code on another thread, with hands on all that the code speaks of until it is done. */
async function isLetGo(reference: WeakRef<Project>): Promise<boolean> {
  for (let tries = 0; tries < 1000; tries++) {
    await new Promise((next) => setTimeout(next, 10));
    collect();
    if (reference.deref() === undefined) return true;
  }
  return false;
}

for (const id of Object.keys(texts) as Id[]) {
  test(`rows of ${id} that an editor keeps hold nothing of the project`, async () => {
    const { rows, project } = completed(id);
    assert.ok(rows.length > 100);
    assert.ok(await isLetGo(project));
    assert.ok(rows.some(({ documentation }) => documentation !== ''));
  });
}
