import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { detectLanguage } from '../../src/analysis/languages.ts';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { nodeHost } from '../../src/host/node.ts';
import { rules } from '../../src/rules/index.ts';
import { positionAt } from '../../src/text/document.ts';
import { relativePath } from '../../src/text/path.ts';

/** What Debian's packages install, with their own TLS site switched on, and every finding there, reviewed line by line. */
const expectedFile = 'test/fixtures/expected/debian-13.txt';

const folder = mkdtempSync(join(tmpdir(), 'debian-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The certificate of the package ssl-cert may be there or not. */
const off = ['certificate-file-missing', 'certificate-self-signed', 'certificate-name-mismatch'];
const settings = {
  ...defaultSettings,
  map: new Map([['/etc/nginx', join(folder, 'nginx')]]),
  rules: new Map(off.map((rule) => [rule, 'off'] as const)),
};

test('Debian’s own configurations give the findings that were reviewed, and no others', async () => {
  for (const name of ['nginx', 'apache2']) {
    assert.ok(existsSync(`/etc/${name}`), `${name} is not installed. Run "npm run setup" first.`);
    cpSync(`/etc/${name}`, join(folder, name), { recursive: true, verbatimSymlinks: true });
  }
  switchTlsOn();
  const lines = [...(await findingsOf('nginx/nginx.conf')), ...(await findingsOf('apache2/apache2.conf'))];
  const text = `${lines.join('\n')}\n`;
  if (process.env['WRITE_EXPECTED'] === '1') writeFileSync(expectedFile, text);
  assert.equal(text, readFileSync(expectedFile, 'utf8'));
});

/** As the comments in these files say, and as `a2enmod ssl` and `a2ensite default-ssl` do. */
function switchTlsOn(): void {
  const site = join(folder, 'nginx/sites-available/default');
  const text = readFileSync(site, 'utf8')
    .replaceAll('# listen 443', 'listen 443')
    .replaceAll('# listen [::]:443', 'listen [::]:443')
    .replace('# include snippets/snakeoil', 'include snippets/snakeoil');
  writeFileSync(site, text);
  rmSync(join(folder, 'nginx/sites-enabled/default'), { force: true });
  symlinkSync('../sites-available/default', join(folder, 'nginx/sites-enabled/default'));
  const enabled = { mods: ['ssl.load', 'ssl.conf', 'socache_shmcb.load'], sites: ['default-ssl.conf'] };
  for (const [kind, names] of Object.entries(enabled)) {
    for (const name of names) {
      const link = join(folder, `apache2/${kind}-enabled/${name}`);
      rmSync(link, { force: true });
      symlinkSync(`../${kind}-available/${name}`, link);
    }
  }
}

async function findingsOf(main: string): Promise<readonly string[]> {
  const file = join(folder, main);
  const text = readFileSync(file, 'utf8');
  const language = detectLanguage(file, text);
  assert.ok(language);
  const run = await analyseFile(file, text, language, { host: nodeHost, settings, rules, now: new Date() });
  return run.findings.map(({ severity, rule, location }) => {
    const document = run.project.files.get(location.file)?.document;
    const line = document === undefined ? 0 : positionAt(document, location.range.start).line + 1;
    return `${severity} ${rule} ${relativePath(folder, location.file)}:${line}`;
  });
}
