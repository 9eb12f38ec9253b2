import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scan, scanFully } from '../../../src/certificates/inventory/inventory.ts';
import type { Files } from '../../../src/host/host.ts';
import { nodeCrypto } from '../../../src/host/node-crypto.ts';
import { certificate, fixture, fixtureText } from '../fixtures.ts';

const text = (content: string) => new TextEncoder().encode(content);

/** Files in memory, with a folder that may not be read. */
function memoryFiles(contents: Readonly<Record<string, Uint8Array>>): Files {
  const missing = (path: string) => ({ error: 'missing', message: `${path} does not exist` }) as const;
  const isFolder = (path: string) => Object.keys(contents).some((file) => file.startsWith(`${path}/`));
  return {
    async stat(path) {
      const content = contents[path];
      if (content !== undefined) return { kind: 'file', size: content.length, modified: 0, mode: 0o644 };
      return isFolder(path) ? { kind: 'directory', size: 0, modified: 0 } : missing(path);
    },
    async read(path, limit) {
      return contents[path]?.slice(0, limit) ?? missing(path);
    },
    async list(path) {
      if (path.endsWith('/secret')) return { error: 'forbidden', message: `${path} may not be read by this user` };
      const names = new Set(
        Object.keys(contents).flatMap((file) =>
          file.startsWith(`${path}/`) ? [file.slice(path.length + 1).split('/')[0] as string] : [],
        ),
      );
      return [...names].map((name) => ({ name, kind: isFolder(`${path}/${name}`) ? 'directory' : 'file' }));
    },
    async realPath(path) {
      return path;
    },
  };
}

const files = memoryFiles({
  '/w/tls/fullchain.pem': fixture('fullchain.pem'),
  '/w/tls/README': text('nothing to see'),
  '/w/tls/bundle.p7b': fixture('bundle.p7b'),
  '/w/node_modules/x/leaf.pem': fixture('leaf.pem'),
  '/w/secret/key.pem': text('x'),
  '/w/app.js': text(fixtureText('leaf.pem')),
  '/w/broken.crt': text(`${fixtureText('leaf.pem').slice(0, 300)}\n-----END CERTIFICATE-----\n`),
  '/w/secret.yaml': text(
    `kind: Secret\ndata:\n  tls.crt: ${Buffer.from(fixtureText('leaf.pem')).toString('base64')}\n`,
  ),
});

test('certificates are found in every container, packages and source code are left out', async () => {
  const inventory = await scan(['/w'], { files, crypto: nodeCrypto });
  assert.deepEqual(
    inventory.certificates.map(({ file, index, certificate }) => `${file} ${index} ${certificate.subject}`),
    [
      '/w/secret.yaml 0 CN=example.com',
      '/w/tls/bundle.p7b 0 CN=example.com',
      '/w/tls/bundle.p7b 1 CN=Example Intermediate,O=Example Trust,C=NL',
      '/w/tls/fullchain.pem 0 CN=example.com',
      '/w/tls/fullchain.pem 1 CN=Example Intermediate,O=Example Trust,C=NL',
    ],
  );
  assert.deepEqual(
    inventory.unreadable.map(({ file }) => file),
    ['/w/broken.crt', '/w/secret'],
  );
});

test('a file that is opened for a moment gives the same as one that is read at leisure', async () => {
  const shared = new Uint8Array(4096);
  const key =
    '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n';
  const some = memoryFiles({
    '/w/leaf.pem': fixture('leaf.pem'),
    '/w/a.key': text(key),
    '/w/b.yaml': text(`kind: Secret\ndata:\n  tls.key: ${Buffer.from(key).toString('base64')}\n`),
    '/w/long.pem': text(`${'A page of text.\n'.repeat(500)}${fixtureText('leaf.pem')}`),
  });
  const contents = new Map<string, Uint8Array>();
  for (const name of ['/w/leaf.pem', '/w/a.key', '/w/b.yaml', '/w/long.pem']) {
    contents.set(name, (await some.read(name)) as Uint8Array);
  }
  const quick: Files = {
    ...some,
    lookInto(paths, limit, look) {
      for (const path of paths) {
        const content = contents.get(path) as Uint8Array;
        let open = true;
        shared.set(content.subarray(0, limit));
        look(path, {
          start: shared.subarray(0, Math.min(limit, content.length)),
          info() {
            assert.ok(open, `${path} is asked for while it is open`);
            return { kind: 'file', size: content.length, modified: 0, mode: 0o644 };
          },
          readAll: () => content,
        });
        open = false;
        shared.fill(0);
      }
    },
  };
  const inventory = await scan(['/w'], { files: quick, crypto: nodeCrypto });
  assert.deepEqual(inventory, await scan(['/w'], { files: some, crypto: nodeCrypto }));
  assert.deepEqual(
    inventory.keys.map(({ file, mode }) => [file, mode]),
    [
      ['/w/a.key', 0o644],
      ['/w/b.yaml', 0o644],
    ],
  );
  assert.equal(inventory.certificates.length, 2);
});

test('a certificate keeps its bytes while the next file is read into the same memory', async () => {
  const names = ['leaf.pem', 'intermediate.pem', 'root.pem'];
  const contents = new Map(names.map((name) => [`/w/${name}.der`, certificate(name).der]));
  const some = memoryFiles(Object.fromEntries(contents));
  const shared = new Uint8Array(4096);
  const quick: Files = {
    ...some,
    lookInto(paths, _limit, look) {
      for (const path of paths) {
        const content = contents.get(path) as Uint8Array;
        shared.set(content);
        look(path, {
          start: shared.subarray(0, content.length),
          info: () => ({ kind: 'file', size: content.length, modified: 0, mode: 0o644 }),
          readAll: () => content,
        });
      }
    },
  };
  const inventory = await scanFully(['/w'], { files: quick, crypto: nodeCrypto });
  assert.deepEqual(
    inventory.certificates.map(({ file, certificate: { der } }) => [file, [...der]]),
    [...contents].sort().map(([file, der]) => [file, [...der]]),
  );
});

test('a path that does not exist is listed with its reason', async () => {
  const inventory = await scan(['/nowhere'], { files, crypto: nodeCrypto });
  assert.deepEqual(inventory.unreadable, [{ file: '/nowhere', reason: '/nowhere does not exist' }]);
});

test('what is gone again when it is looked into is no finding, nor is what the kernel shows', async () => {
  const all = memoryFiles({
    '/proc/1/environ.pem': text('x'),
    '/srv/tls/leaf.pem': fixture('leaf.pem'),
    '/srv/tmp/new.pem': fixture('leaf.pem'),
    '/srv/gone/a.pem': fixture('leaf.pem'),
  });
  const isGone = (path: string) => path.startsWith('/srv/gone') || path === '/srv/tmp/new.pem';
  const vanished = (path: string) => ({ error: 'missing', message: `${path} does not exist` }) as const;
  const some: Files = {
    ...all,
    read: async (path, limit) => (isGone(path) ? vanished(path) : all.read(path, limit)),
    list: async (path) =>
      isGone(path)
        ? vanished(path)
        : path === '/'
          ? ['proc', 'srv'].map((name) => ({ name, kind: 'directory' as const }))
          : all.list(path),
    stat: async (path) => (path === '/' ? { kind: 'directory', size: 0, modified: 0 } : all.stat(path)),
  };
  const { certificates, unreadable } = await scan(['/'], { files: some, crypto: nodeCrypto });
  assert.deepEqual(
    certificates.map(({ file }) => file),
    ['/srv/tls/leaf.pem'],
  );
  assert.deepEqual(unreadable, []);
});

test('a file whose name promises a certificate, and that holds none, is named; names that others use too promise nothing', async () => {
  const some = memoryFiles({
    '/w/empty.crt': text('\n'),
    '/w/garbage.pem': text('garbage'),
    '/w/long.pem': text('garbage '.repeat(1000)),
    '/w/tickets.key': Uint8Array.from({ length: 80 }, (_, index) => index * 3),
    '/w/id.pub': text('ssh-ed25519 AAAA'),
    '/w/parameters.pem': text('-----BEGIN DH PARAMETERS-----\nMAYCAQsCAQI=\n-----END DH PARAMETERS-----\n'),
    '/w/notes': text('nothing'),
    '/w/archive.asc': text('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBGPL\n-----END PGP PUBLIC KEY BLOCK-----\n'),
  });
  const { unreadable } = await scan(['/w'], { files: some, crypto: nodeCrypto });
  assert.deepEqual(
    unreadable.map(({ file, reason }) => [file, reason.split('.')[0]]),
    [
      ['/w/empty.crt', 'The file is empty'],
      ['/w/garbage.pem', 'The file holds no certificate, key or other object that is known here'],
      ['/w/long.pem', 'The file holds no certificate, key or other object that is known here'],
    ],
  );
});

test('a placeholder of a key, and what is left of one, is told as unreadable and counts as no key', async () => {
  const begin = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----`;
  const files = memoryFiles({
    '/w/cut.key': text(`${begin('')}\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY\n-----END PRIVATE KEY-----\n`),
    '/w/openssh.key': text(`${begin('OPENSSH ')}\nyour key\n-----END OPENSSH PRIVATE KEY-----\n`),
  });
  const { keys, unreadable } = await scan(['/w'], { files, crypto: nodeCrypto });
  assert.deepEqual(keys, []);
  assert.deepEqual(unreadable, [
    { file: '/w/cut.key', reason: 'An element says it has 46 bytes, but only 25 are left' },
    { file: '/w/openssh.key', reason: 'The content does not start as an OpenSSH key does' },
  ]);
});

test('a scan ends when it is aborted', async () => {
  const abort = new AbortController();
  abort.abort();
  await assert.rejects(scan(['/w'], { files, crypto: nodeCrypto, signal: abort.signal }), { name: 'AbortError' });
});
