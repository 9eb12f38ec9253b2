import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toldWhereAsked } from '../../src/analysis/told-where-asked.ts';
import { analyseText } from '../support/analyse.ts';

const site = (name: string) =>
  `server { listen 443 ssl; server_name ${name}.example; ssl_certificate a.crt; ssl_certificate_key a.key; }\n`;
const sites = Array.from({ length: 15 }, (_, index) => site(`site${index}`)).join('');
const { findings } = analyseText(`events {}\nhttp {\n${sites}}\n`, { language: 'nginx' });
const shared = findings.filter(({ related }) => related.some(({ alike }) => alike !== undefined));

test('where a mistake stands again is plain data, which an editor may keep and compare', () => {
  assert.ok(shared.length > 0);
  for (const { related } of shared) assert.deepEqual(JSON.parse(JSON.stringify(related)), related);
});

test('all places are there, though few are shown', () => {
  for (const { rule, related } of shared) assert.equal(related.flatMap(({ alike = [] }) => alike).length, 14, rule);
});

test('a finding stays where it is in a file that is asked for, and where no file that is has its mistake', () => {
  for (const finding of shared) {
    assert.equal(
      toldWhereAsked(finding, () => true),
      finding,
    );
    assert.equal(
      toldWhereAsked(finding, () => false),
      finding,
    );
  }
});
