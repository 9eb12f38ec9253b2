import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { analyseText } from '../../support/analyse.ts';

const file = '/etc/nginx/nginx.conf';

function findingsIn(text: string, target = 'debian=13') {
  return analyseText(text, { language: 'nginx', file, target }).findings.filter(
    ({ rule }) => rule === 'client-name-form',
  );
}

const ofHttp = (text: string) => `events {}\nhttp {\n${text}\n}\n`;
const ofMap = (...entries: readonly string[]) =>
  ofHttp(`map $ssl_client_s_dn $who {\n  default "";\n${entries.map((entry) => `  ${entry};\n`).join('')}}`);
const ofCondition = (condition: string) => ofHttp(`server { listen 80; if (${condition}) { return 403; } }`);

describe('a name of a client with slashes', () => {
  test('fits none, whatever compares it', () => {
    for (const text of [
      ofMap('"/C=DE/O=A B/CN=a" a'),
      ofMap('"~^/C=DE/.*CN=(?<cn>[^/]+)" $cn'),
      ofMap('~*/CN=(.*)$ a'),
      ofMap(String.raw`~\/CN=a a`),
      ofCondition('$ssl_client_s_dn != "/CN=a"'),
      ofCondition('$ssl_client_i_dn !~ "^/C=DE/O=A B/"'),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of nginx
      ofCondition('${ssl_client_s_dn} = /CN=a'),
    ])
      assert.equal(findingsIn(text).length, 1, text);
  });

  test('may be meant otherwise', () => {
    for (const text of [
      ofMap('"CN=a,O=A B,C=DE" a'),
      ofMap('"/CN=a" a', '"CN=a" a'),
      ofMap('"~(?:/|^|,)CN=a" a'),
      ofMap('~/?CN=a a'),
      ofMap('"~/CN=a|CN=a" a'),
      ofMap('~/home a'),
      ofMap('a/CN=b a'),
      ofCondition('$ssl_client_s_dn_legacy != "/CN=a"'),
      ofCondition('$ssl_client_s_dn = "O=a/CN=b"'),
      ofCondition('$uri = "/CN=a"'),
      ofCondition('$ssl_client_s_dn'),
    ])
      assert.deepEqual(findingsIn(text), [], text);
    assert.deepEqual(findingsIn(ofMap('"/CN=a" a'), 'nginx=1.10'), []);
  });

  test('is compared with what has slashes by the fix, once for a whole map', () => {
    const text = ofMap('"/CN=a" a', '"/CN=b" b');
    const [finding, ...others] = findingsIn(text);
    assert.deepEqual([others.length, finding?.related.length], [0, 1]);
    const mended = applyEdits(text, finding?.fixes[0]?.edits ?? []);
    assert.equal(mended, text.replace('$ssl_client_s_dn', '$ssl_client_s_dn_legacy'));
    assert.deepEqual(findingsIn(mended), []);
  });
});
