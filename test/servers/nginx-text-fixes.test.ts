import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { nginx } from '../../src/languages/nginx/index.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseSample } from '../rules/support/analyse-sample.ts';
import { readPage } from '../rules/support/pages.ts';
import { Judge, type Verdict } from './nginx/judge.ts';

const model = new Set(rules.map(({ id }) => id));

let judge: Judge;

before(() => {
  judge = new Judge();
});

after(() => judge.remove());

/** What nginx says about a sample, in the blocks that it does without. */
function ask(sample: string): Verdict {
  const text = sample
    .replaceAll('/etc/ssl/example.com', `${judge.folder}/certs/rsa`)
    .replaceAll('C:/nginx/new', `${judge.folder}/certs/rsa`)
    .replace(/listen (\[::\]:)?(?:[\d.]+:)?(\d+)/g, (_, family: string | undefined, port: string) => {
      return `listen ${family ?? ''}${21_000 + (Number(port) % 1000)}`;
    });
  const isWhole = /^(?:http|stream|mail|events|worker_\w+)\b/m.test(text);
  const around = isWhole ? text : `events {}\nhttp {\naccess_log off;\n${text}\n}\n`;
  return judge.test(`error_log stderr;\npid run/sample.pid;\n${around}`);
}

describe('what stops nginx in a sample is mended by each of its fixes', () => {
  for (const { id, effect } of nginx.rules) {
    // An address that is taken is no matter to "nginx -t": see nginx-addresses.test.ts.
    if (model.has(id) || effect !== 'start' || id === 'address-in-use') continue;
    const { samples } = readPage(id);
    samples.forEach((sample, index) => {
      if (sample.language !== 'nginx' || sample.settings.has('target')) return;
      test(`${id}, sample ${index + 1} (${sample.kind})`, () => {
        const own = analyseSample(sample).findings.filter(({ rule }) => rule === id);
        const stops = own.some((finding) => finding.effect === 'start' && finding.severity === 'error');
        const verdict = ask(sample.text);
        assert.equal(verdict.accepted, !stops, `${sample.text}\n${verdict.message}`);
        if (own.length !== 1) return;
        for (const { edits } of own.flatMap(({ fixes }) => fixes)) {
          const text = applyEdits(sample.text, edits);
          const mended = ask(text);
          assert.ok(mended.accepted, `${text}\n${mended.message}`);
        }
      });
    });
  }
});
