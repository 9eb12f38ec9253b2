import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { createWorkplace, type Workplace } from '../support/issuance.ts';

let place: Workplace;
const places: Workplace[] = [];
beforeEach(() => {
  place = createWorkplace();
  places.push(place);
});
after(() => {
  for (const each of places) each.remove();
});

function write(files: Readonly<Record<string, string>>, mode = 0o644): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(place.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode });
  }
}

/** The entries of an import by their names, and its notes. */
async function imported(kind: string, path: string) {
  const { stdout, stderr } = await place.run('import', kind, path, '--format', 'json');
  const { certificates } = JSON.parse(stdout);
  const entries = certificates.map(({ name, fields }: { name: string; fields: unknown }) => [name, fields]);
  return { entries: Object.fromEntries(entries), notes: stderr };
}

test('acme.sh: keys that are kept, where files were installed, and ways of proof', async () => {
  const conf = (domain: string, ...lines: readonly string[]) => ({
    [`home/${domain}/${domain}.conf`]: [`Le_Domain='${domain}'`, "Le_CertCreateTime='1'", ...lines, ''].join('\n'),
  });
  write({
    ...conf(
      'a.test',
      "Le_Alt='no'",
      "Le_Webroot='/srv/a'",
      "Le_RealFullChainPath='/etc/a.pem'",
      "Le_RealKeyPath='/etc/a.key'",
    ),
    ...conf(
      'b.test',
      "Le_ForceNewDomainKey='1'",
      "Le_Webroot='alpn'",
      "Le_Keylength='ec-384'",
      "Le_RealCertPath='/etc/b.crt'",
    ),
    ...conf(
      'c.test',
      "Le_Webroot='no'",
      "Le_HTTPPort='8080'",
      "Le_RealCertPath='/c.pem'",
      "Le_RealFullChainPath='/c.pem'",
    ),
  });
  const { entries } = await imported('acme.sh', 'home');
  const { 'a.test': a, 'b.test': b, 'c.test': c } = entries;
  assert.deepEqual([a.reuse, b.reuse, c.reuse], [true, undefined, true]);
  assert.deepEqual([a.key, b.key], ['rsa-2048', 'ecdsa-p384']);
  assert.deepEqual(a.challenge, { type: 'http-01', webroot: '/srv/a' });
  assert.deepEqual(b.challenge, { type: 'tls-alpn-01', listen: ':443' });
  assert.deepEqual(c.challenge, { type: 'http-01', listen: ':8080' });
  assert.deepEqual(a.output, { key: '/etc/a.key', fullchain: '/etc/a.pem' });
  const home = join(place.folder, 'home/b.test');
  assert.deepEqual(b.output, { certificate: '/etc/b.crt', key: `${home}/b.test.key` });
  assert.deepEqual(c.output, { key: join(place.folder, 'home/c.test/c.test.key'), fullchain: '/c.pem' });
});

test('certbot: keys that are kept, and of its hooks those that it would run', async () => {
  const params = (more: string) => `version = 4.0.0\n[renewalparams]\nauthenticator = standalone\n${more}`;
  write({
    'le/renewal/a.test.conf': params('reuse_key = True\n'),
    'le/renewal/b.test.conf': params('reuse_key = False\npreferred_chain = "Root, of all"\n'),
  });
  write({ 'le/renewal-hooks/deploy/run': '', 'le/renewal-hooks/deploy/run~': '' }, 0o755);
  write({ 'le/renewal-hooks/deploy/README': '' });
  const { entries, notes } = await imported('certbot', 'le');
  assert.deepEqual([entries['a.test'].reuse, entries['b.test'].reuse], [true, undefined]);
  assert.equal(entries['b.test'].preferredChain, 'Root, of all');
  assert.deepEqual(notes.match(/(?<=The hook )\S+(?=,)/g), [join(place.folder, 'le/renewal-hooks/deploy/run')]);
});

test('dehydrated: settings of the folder beside its own, and of each certificate', async () => {
  write({
    'dh/config': 'CONFIG_D="$BASEDIR/conf.d"\nKEY_ALGO=rsa\nWELLKNOWN=/srv/acme\n',
    'dh/conf.d/local.sh': 'KEYSIZE=3072\nPRIVATE_KEY_RENEW=no\n',
    'dh/conf.d/notes': 'KEYSIZE=2048\n',
    'dh/domains.txt': 'a.test www.a.test > first\nb.test\n',
    'dh/certs/b.test/config': 'PRIVATE_KEY_RENEW=yes\nKEY_ALGO=prime256v1\n',
  });
  const { entries } = await imported('dehydrated', 'dh');
  const { first, 'b.test': b } = entries;
  assert.deepEqual([first.names, first.key, first.reuse], [['a.test', 'www.a.test'], 'rsa-3072', true]);
  assert.deepEqual([b.names, b.key, b.reuse], [['b.test'], 'ecdsa-p256', undefined]);
  assert.deepEqual(b.challenge, { type: 'http-01', challengeDirectory: '/srv/acme' });
});
