import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { meetClients } from '../../src/analysis/endpoints/endpoint-clients.ts';
import { viewEndpoints } from '../../src/analysis/endpoints/endpoints.ts';
import { analyseFile } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { parseTargetText } from '../../src/analysis/target.ts';
import { nodeHost } from '../../src/host/node.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { knownClients } from '../../src/tls/clients/clients.ts';
import { nodeWithOpenSsl } from '../support/tools.ts';
import { writeCertificates } from './tls/certificates.ts';
import { differenceOf } from './tls/compare-clients.ts';
import { sayHello } from './tls/hello.ts';
import { createRandom, type Random } from './tls/random.ts';
import { type GeneratedTls, generateTls, writeNginx } from './tls/settings.ts';

/** A tenth by default; `JUDGE=full` starts all. */
const count = process.env['JUDGE'] === 'full' ? 100 : 10;
const seed = Number(process.env['SEED'] ?? 1995);
/** Node knows an oldest and a newest one, and none that is left out between. */
const everyProtocol = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
const newSuites = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'clients-versions-'));
  writeCertificates(folder);
});

after(() => rmSync(folder, { recursive: true, force: true }));

for (const openssl of ['1.1.1', '3.0'] as const) {
  test(`clients get of OpenSSL ${openssl} what the model says`, { timeout: 900_000 }, async () => {
    const differences: string[] = [];
    const counts = { agreed: 0, refused: 0, unknown: 0 };
    for (let index = 0; index < count; index++) {
      const tls = settingsFor(createRandom(seed + index));
      const file = join(folder, 'nginx.conf');
      const text = configurationOf(tls);
      writeFileSync(file, text);
      const target = parseTargetText(`nginx=1.30.0,openssl=${openssl},seclevel=1`);
      const settings = { ...defaultSettings, target, paths: 'here' as const };
      const { model, certificateFile } = await analyseFile(file, text, nginx, {
        ...{ host: nodeHost, settings, rules: [], now: new Date() },
      });
      const views = viewEndpoints(model, certificateFile, new Date());
      const [view] = views;
      assert.ok(view);
      const meetings = meetClients(views, model, certificateFile)(view, knownClients());
      if (typeof meetings === 'string') throw new Error(meetings);
      const server = await startOldServer(openssl, tls);
      try {
        // Node refuses a list of groups of which the release knows one too few, as nginx does.
        if (typeof server.port !== 'number') continue;
        for (const meeting of meetings) {
          counts[meeting.handshake.kind]++;
          const answer = await sayHello(meeting.client, server.port, 'a.example.com');
          const difference = differenceOf(meeting, answer);
          if (difference !== undefined) differences.push(`${index}: ${difference}\n${text}`);
        }
      } finally {
        await server.stop();
      }
    }
    console.log(`clients of OpenSSL ${openssl}: ${JSON.stringify(counts)}`);
    assert.deepEqual(differences, [], differences.join('\n'));
    assert.equal(counts.unknown, 0, 'of these servers everything can be known');
    assert.ok(counts.agreed > 5 * count && counts.refused > count);
  });
}

/** Settings that Node's servers can have too. */
function settingsFor(random: Random): GeneratedTls {
  const tls = generateTls(random);
  return {
    ...tls,
    protocols: random.pick([
      ['TLSv1.2', 'TLSv1.3'],
      ['TLSv1.2'],
      ['TLSv1.3'],
      everyProtocol,
      everyProtocol.slice(0, 3),
    ]),
    // At TLS 1.3, OpenSSL 1.1.1 takes keys that are below the level where it was raised after the certificate was set.
    cipherString: (tls.cipherString ?? 'HIGH:!aNULL:!MD5').replace(':@SECLEVEL=3', ''),
    tls13CipherSuites: newSuites,
    serverPreference: tls.serverPreference ?? false,
    groups: random.pick(['auto', 'X25519:prime256v1:secp384r1', 'secp384r1:X25519', 'prime256v1', 'secp521r1:X448']),
    dhParameters: false,
  };
}

function configurationOf(tls: GeneratedTls): string {
  const lines = writeNginx(tls, folder).map((line) => `    ${line}`);
  return [
    ...['events {}', 'http {', '  server {', '    listen 127.0.0.1:443 ssl;', '    server_name a.example.com;'],
    ...[...lines, '    return 200 ok;', '  }', '}', ''],
  ].join('\n');
}

async function startOldServer(openssl: '1.1.1' | '3.0', tls: GeneratedTls) {
  const read = (ending: string) =>
    tls.certificates.map((kind) => readFileSync(join(folder, `${kind}.${ending}`), 'utf8'));
  const { protocols = [] } = tls;
  const settings = {
    cert: read('crt'),
    key: read('key'),
    ciphers: `${newSuites}:${tls.cipherString}`,
    ecdhCurve: tls.groups,
    honorCipherOrder: tls.serverPreference,
    minVersion: protocols[0],
    maxVersion: protocols.at(-1),
  };
  const program = spawn(nodeWithOpenSsl(openssl), ['test/servers/tls/old-server.mjs', JSON.stringify(settings)]);
  const [line] = (await once(program.stdout, 'data')) as [Buffer];
  const said = line.toString().trim();
  return {
    port: /^\d+$/.test(said) ? Number(said) : said,
    stop: async () => {
      program.stdin.end();
      await once(program, 'exit');
    },
  };
}
