import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detectLanguage } from '../../src/analysis/languages.ts';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { toldAgain, toldWhereAsked } from '../../src/analysis/told-where-asked.ts';
import { nodeHost } from '../../src/host/node.ts';
import type { Language } from '../../src/languages/language.ts';
import { rules } from '../../src/rules/index.ts';
import type { Finding } from '../../src/text/finding.ts';
import { analyseText } from '../support/analyse.ts';
import { memoryFiles } from '../support/memory-files.ts';

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

test('told at another place, it knows that one once, and the first among the others', () => {
  const placesOf = ({ location, related }: Finding) => [location, ...related.flatMap(({ alike = [] }) => alike)];
  for (const finding of shared) {
    for (const place of placesOf(finding).slice(1)) {
      const elsewhere = { ...place, file: '/b.conf' };
      const related = finding.related.map((each) => {
        return each.alike === undefined
          ? each
          : { ...each, alike: each.alike.map((other) => (other === place ? elsewhere : other)) };
      });
      const told = toldWhereAsked({ ...finding, related }, (file) => file === '/b.conf');
      assert.equal(told.location, elsewhere);
      assert.deepEqual(new Set(placesOf(told)), new Set(placesOf({ ...finding, related })));
      assert.equal(placesOf(told).length, 15);
    }
  }
});

test('of places behind the last that is shown, silenced ones count no longer', () => {
  const silence = '# tls-workbench-disable-next-line cipher-no-forward-secrecy -- of another';
  const related = (silenced: readonly number[]) => {
    const text = Array.from(
      { length: 15 },
      (_, index) => `${silenced.includes(index) ? silence : ''}\n${site(`site${index}`)}`,
    );
    const found = analyseText(`events {}\nhttp {\n${text.join('')}}\n`, { language: 'nginx' }).findings;
    return found.find(({ rule }) => rule === 'cipher-no-forward-secrecy')?.related.map(({ message }) => message) ?? [];
  };
  assert.deepEqual(related([12, 14]).slice(-2), [
    'Not set for server site9.example either',
    'Not set for server site10.example either, and 2 more',
  ]);
  assert.equal(related([10]).at(-1), 'Here too, and 3 more');
  assert.equal(related([10, 11, 12, 13]).at(-1), 'Here too');
  assert.equal(related([11, 12, 13, 14]).at(-1), 'Not set for server site10.example either');
});

describe('of a mistake that three files share', () => {
  const file = (index: number) => `/etc/nginx/sites/site${index}.conf`;
  const certificate = 'ssl_certificate /etc/ssl/a.crt;\nssl_certificate_key /etc/ssl/a.key;';
  const silence = '# tls-workbench-disable-next-line certificate-file-missing -- comes with the deployment';

  /** The second file has two sites, before whose first certificate a comment may stand. */
  const findingsOf = async (
    comment = '',
    { inFirst = '', isAsked }: { inFirst?: string; isAsked?: (file: string) => boolean } = {},
  ): Promise<readonly Finding[]> => {
    const site = (name: string, before = '') =>
      `server {\nlisten 443 ssl;\nserver_name ${name}.example;\n${before}\n${certificate}\n}\n`;
    const main = 'events {}\nhttp {\ninclude sites/*.conf;\n}\n';
    const files = memoryFiles({
      '/etc/nginx/nginx.conf': main,
      [file(1)]: site('a', inFirst),
      [file(2)]: `${site('b', comment)}${site('c')}`,
      [file(3)]: site('d'),
    });
    const options = { host: { ...nodeHost, files }, settings: defaultSettings, rules, now: new Date('2026-11-25') };
    const asked = { ...options, ...(isAsked && { isAsked }) };
    const language = detectLanguage('/etc/nginx/nginx.conf', main) as Language;
    return (await analyseFile('/etc/nginx/nginx.conf', main, language, asked)).findings;
  };
  const missing = (findings: readonly Finding[]): Finding => {
    const found = findings.find(({ rule }) => rule === 'certificate-file-missing');
    assert.equal(found?.location.file, file(1));
    return found;
  };

  test('each other file that is asked for has it once, at its first place there', async () => {
    const finding = missing(await findingsOf());
    const again = [...toldAgain(finding, () => true)];
    assert.deepEqual(
      again.map(({ location }) => location),
      [2, 3].map((index) => finding.related.find(({ location }) => location.file === file(index))?.location),
    );
    for (const { related } of again) assert.deepEqual(related[0]?.location, finding.location);
    assert.deepEqual([...toldAgain(finding, (asked) => asked === file(1))], []);
  });

  test('a comment silences it at its own place, and is of use there', async () => {
    const places = missing(await findingsOf()).related.flatMap(({ alike = [] }) => alike);
    assert.deepEqual(
      places.map((place) => place.file),
      [file(2), file(2), file(3)],
    );
    const findings = await findingsOf(silence);
    const finding = missing(findings);
    assert.deepEqual(
      findings.filter(({ rule }) => rule.startsWith('suppression')),
      [],
    );
    const [inSecond, inThird] = toldAgain(finding, () => true);
    assert.equal(inThird?.location.file, file(3));
    // Nor is it shown there.
    assert.ok(finding.related.every(({ location, alike }) => alike?.includes(location)));
    assert.equal(inSecond?.location.range.start, (places[1]?.range.start ?? 0) + silence.length);
  });

  test('a comment at the first place silences it there alone: what it says of one site holds for no other', async () => {
    const missingIn = (findings: readonly Finding[]) =>
      findings
        .filter(({ rule, message }) => rule === 'certificate-file-missing' && message.includes('a.crt'))
        .map(({ location, related }) => [location.file, ...related.map((each) => each.location.file)]);
    assert.deepEqual(missingIn(await findingsOf('', { inFirst: silence })), [[file(2), file(2), file(3)]]);
    assert.deepEqual(missingIn(await findingsOf(silence, { inFirst: silence })), [[file(2), file(3)]]);
    const inThird = { inFirst: silence, isAsked: (asked: string) => asked === file(3) };
    assert.equal(missingIn(await findingsOf('', inThird))[0]?.[0], file(3));
  });
});
