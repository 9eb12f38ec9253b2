import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgetLines } from '../../../src/languages/nginx/parse/lines.ts';
import { projectOf, summaries } from './project.ts';

test('of a snippet without a place the same is said, whatever its lines were read in before', () => {
  const lines = 'ssl_verify_client on;\n'.repeat(3);
  const ofSnippet = () => summaries(projectOf({ '/work/site.conf': lines }));
  const ofServer = () => {
    const text = `events {}\nhttp {\nserver {\nlisten 443 ssl;\n${lines}}\n}\n`;
    return summaries(projectOf({ '/etc/nginx/nginx.conf': text })).filter((said) => said.startsWith('duplicate'));
  };
  forgetLines();
  const [alone, within] = [ofSnippet(), ofServer()];
  assert.equal(within.length, 2);
  assert.deepEqual([ofSnippet(), ofServer()], [alone, within]);
  assert.deepEqual(ofSnippet(), alone);
});
