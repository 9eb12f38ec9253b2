import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';

// A public CA without staging, whose name leads here by way of a proxy.
const host = 'acme.zerossl.com';
const requests: string[] = [];
const proxy = createProxy();
let place: Workplace;
let stop = () => {};

before(async () => {
  place = createWorkplace();
  const [key, certificate] = [join(place.folder, 'ca.key'), join(place.folder, 'ca.pem')];
  const names = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...names];
  execFileSync('openssl', ['req', ...made, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
  const ca = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, ({ method, url }, response) => {
    requests.push(`${method} ${url}`);
    response.end('{}');
  });
  const portOf = async (server: typeof ca | typeof proxy): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const port = await portOf(ca);
  proxy.on('connect', (_request, client) => {
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  await portOf(proxy);
  stop = () => {
    ca.close();
    proxy.close();
  };
});
after(() => {
  stop();
  place.remove();
});

test('of a public CA without staging a dry run asks for nothing but the directory, and looks at the files', async () => {
  const issuer = '{ directory: zerossl, ca: ca.pem, agreeToTerms: true, eab: { kid: key-1 } }';
  const entry = '{ names: [a.example.com], issuer: zerossl, challenge: { webroot: public } }';
  writeFileSync(
    join(place.folder, 'tls-workbench.yaml'),
    `issuers: { zerossl: ${issuer} }\ncertificates: { a: ${entry} }\n`,
  );
  const env = { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
  const tried = () => place.runWith({ env }, 'issue', '--dry-run', '--format', 'json');
  mkdirSync(join(place.folder, 'public'));
  const good = onlyRow(await tried());
  assert.deepEqual([good['status'], good['dryRun'], good.error], ['current', true, null]);
  assert.match(String(good['reason']), /zerossl has no staging, so only plan, files and directory were checked/);
  assert.deepEqual(requests.splice(0), ['GET /v2/DV90']);
  writeFileSync(join(place.folder, 'public/.well-known'), 'A file where the folder should be.');
  const bad = onlyRow(await tried());
  assert.match(bad.error?.detail ?? '', /public\/\.well-known is no folder/);
  assert.deepEqual(requests, []);
});
