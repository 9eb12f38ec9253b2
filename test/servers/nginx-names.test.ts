import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { nginx } from '../../src/languages/nginx/index.ts';
import { siteNamed } from '../../src/operations/answering-site.ts';
import type { ServerModel, Site } from '../../src/tls/model/server-model.ts';
import { knownValue } from '../../src/tls/model/setting.ts';
import { projectOf } from '../languages/nginx/project.ts';
import { freePort } from '../support/ports.ts';
import { startAnswering } from './nginx/answering.ts';
import { askedNames, namedServers } from './nginx/names.ts';

/** `SEED=n` makes other servers. */
const seed = Number(process.env['SEED'] ?? 20_261_126);
const count = process.env['JUDGE'] === 'full' ? 100 : 10;

const folder = mkdtempSync(join(tmpdir(), 'nginx-names-'));

before(() => {
  mkdirSync(join(folder, 'logs'));
  for (let index = 0; index < 8; index++) {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${index}.key`];
    const args = ['req', '-x509', '-subj', `/CN=${index}`, '-days', '9', '-out', `${index}.crt`, ...key];
    execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  }
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** The number of the server that answers, and that of the certificate; undefined where the handshake fails. */
function ask(port: number, name: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, servername: name, headers: { host: name }, rejectUnauthorized: false };
    const request = get({ ...options, agent: false }, (response) => {
      const certificate = (response.socket as TLSSocket).getPeerCertificate().subject.CN;
      let body = '';
      response.on('data', (data: Buffer) => {
        body += data;
      });
      response.on('end', () => resolve(`server ${body}, certificate ${certificate}`));
    });
    request.on('error', () => resolve(undefined));
  });
}

/** The same, as the model has it. */
function predicted(model: ServerModel, port: number, name: string): string | undefined {
  const id = `127.0.0.1:${port}`;
  const listener = model.listeners.find((one) => one.id === id);
  const sites = model.sites.filter(({ bindings }) => bindings.some((one) => one.listener === id));
  const byDefault = sites.find((site) => site.id === listener?.defaultSite);
  const site = siteNamed('nginx', sites, name) ?? byDefault;
  assert.ok(site && byDefault && site !== 'unknown');
  if (knownValue(site.tls.rejectHandshake) === true) return undefined;
  // A server without a certificate is served with that of the default server.
  const certificate = certificateOf(site) ?? certificateOf(byDefault);
  return certificate && `server ${model.sites.indexOf(site)}, certificate ${certificate}`;
}

function certificateOf({ tls }: Site): string | undefined {
  return /(\d+)\.crt$/.exec(knownValue(tls.certificates)?.[0]?.file.value ?? '')?.[1];
}

test(`${count} configurations answer each name by the server and with the certificate that are predicted`, {
  timeout: 900_000,
}, async (t) => {
  const differences: string[] = [];
  let asked = 0;
  for (let round = 0; round < count; round++) {
    const ports = [await freePort(), await freePort(), await freePort()];
    const servers = namedServers(seed + round, ports, folder);
    const text = `daemon off; pid ${folder}/pid; error_log stderr emerg; events { worker_connections 64; }
http { access_log off; ${servers.join('\n')} }\n`;
    const model = nginx.lower(projectOf({ '/etc/nginx/nginx.conf': text }));
    writeFileSync(join(folder, 'nginx.conf'), text);
    if (needsCertificate(model)) continue;
    const [first] = model.listeners;
    const stop = await startAnswering(folder, join(folder, 'nginx.conf'), () => opens(first?.port ?? 0));
    for (const { port } of model.listeners) {
      for (const name of askedNames) {
        asked++;
        const said = predicted(model, port, name);
        const seen = await ask(port, name);
        if (said !== seen) differences.push(`${servers.join('\n')}\n  ${name}:${port} nginx: ${seen}; here: ${said}`);
      }
    }
    await stop();
  }
  t.diagnostic(`${asked} names asked for`);
  assert.ok(asked > count * 10);
  assert.deepEqual(differences.slice(0, 5), [], `${differences.length} differences`);
});

/**
 * nginx does not start where a default server has no certificate and takes handshakes, nor where it refuses them and another
 * server has none (ngx_http_ssl_init).
 */
function needsCertificate({ listeners, sites }: ServerModel): boolean {
  const isBare = (site: Site) => certificateOf(site) === undefined && knownValue(site.tls.rejectHandshake) !== true;
  return listeners.some(({ id, defaultSite }) => {
    const bound = sites.filter(({ bindings }) => bindings.some(({ listener }) => listener === id));
    const byDefault = bound.find((site) => site.id === defaultSite);
    if (byDefault === undefined || certificateOf(byDefault) !== undefined) return false;
    return bound.some(isBare);
  });
}

function opens(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, rejectUnauthorized: false, agent: false as const };
    get(options, () => resolve()).on('error', (error: Error & { readonly code?: string }) =>
      error.code === 'ECONNREFUSED' ? reject(error) : resolve(),
    );
  });
}
