import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { test } from 'node:test';

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly file: string;
}

/** Lints below `examples/` with the built command, as its plan file says. */
function lint(path: string): { readonly findings: readonly Finding[]; readonly status: number | null } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [resolve('dist/cli.js'), 'lint', '--format', 'json', path],
    {
      cwd: 'examples',
      encoding: 'utf8',
    },
  );
  assert.equal(stderr, '');
  return { ...(JSON.parse(stdout) as { findings: readonly Finding[] }), status };
}

function rulesIn(findings: readonly Finding[], file: string): readonly string[] {
  return findings.filter((finding) => finding.file.endsWith(file)).map(({ rule }) => rule);
}

for (const main of ['nginx/good/nginx.conf', 'apache/good/apache2.conf', 'django/good/shop/settings']) {
  test(`${main} is as it should be`, () => {
    const { findings, status } = lint(main);
    assert.deepEqual(findings, []);
    assert.equal(status, 0);
  });
}

const mistakes: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'nginx/mistakes/nginx.conf': {
    'shop.example.com.conf': ['unknown-directive', 'ipv4-missing', 'certificate-expired', 'certificate-key-mismatch'],
    'wiki.example.com.conf': ['tls13-missing', 'cipher-unknown', 'hsts-lost', 'certificate-intermediate-missing'],
  },
  'apache/mistakes/apache2.conf': {
    'shop.example.com.conf': ['tls-on-main-server', 'protocol-refused', 'certificate-key-mismatch'],
    'wiki.example.com.conf': ['certificate-expires-soon', 'stapling-no-cache', 'hpkp-obsolete', 'tls13-missing'],
  },
  'django/mistakes/shop/settings/production.py': {
    'production.py': ['proxy-header-invalid', 'unknown-setting', 'origin-scheme-missing', 'mail-encryption-conflict'],
  },
};
for (const [main, files] of Object.entries(mistakes)) {
  test(`${main} shows its mistakes`, () => {
    const { findings, status } = lint(main);
    assert.equal(status, 1);
    for (const [file, expected] of Object.entries(files)) {
      const found = rulesIn(findings, file);
      assert.deepEqual(
        expected.filter((rule) => !found.includes(rule)),
        [],
        `in ${file}: ${found.join(', ')}`,
      );
    }
  });
}
