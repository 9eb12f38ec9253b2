import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { freePort } from '../support/ports.ts';
import { refused, taken } from '../tls/support/conf-values.ts';
import { createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

const root = createApacheRoot();
const { folder } = root;
after(() => root.remove());

type Program = 'nginx' | 'apache';

/** Ports are nobody's for nginx, which only tests. */
function configuration(program: Program, command: string, value: string, port: number): string {
  return program === 'nginx'
    ? `pid ${folder}/pid;
error_log stderr;
events {}
http {
  access_log off;
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${folder}/tls/site.crt;
    ssl_certificate_key ${folder}/tls/site.key;
    ssl_conf_command ${command} "${value}";
  }
}
`
    : `${mainFileHead(folder, 'mpm_event authz_core ssl')}
Listen 127.0.0.1:${port}
<VirtualHost 127.0.0.1:${port}>
  SSLEngine on
  SSLCertificateFile ${folder}/tls/site.crt
  SSLCertificateKeyFile ${folder}/tls/site.key
  SSLOpenSSLConfCmd ${command} "${value}"
</VirtualHost>
`;
}

async function starts(program: Program, file: string): Promise<{ readonly accepted: boolean; readonly log: string }> {
  if (program === 'nginx') {
    const { status, stderr } = spawnSync('nginx', ['-t', '-p', folder, '-c', file], { encoding: 'utf8' });
    return { accepted: status === 0, log: stderr };
  }
  const { started, log, stop } = await startApache(file, folder);
  await stop();
  return { accepted: started, log };
}

for (const program of ['nginx', 'apache'] as const) {
  for (const [accepted, lists] of [
    [true, taken],
    [false, refused],
  ] as const) {
    describe(`what ${program} ${accepted ? 'takes' : 'refuses'}, as we say`, () => {
      for (const [command, values] of Object.entries(lists)) {
        for (const value of values) {
          test(`${command} ${value}`, async () => {
            const text = configuration(program, command, value, await freePort());
            const file = join(folder, program === 'nginx' ? 'nginx.conf' : 'apache2.conf');
            writeFileSync(file, text);
            const real = await starts(program, file);
            assert.equal(real.accepted, accepted, real.log);
            const { findings } = analyseText(text, { language: program, file });
            const found = findings.filter(({ effect }) => effect === 'start');
            assert.equal(found.length, accepted ? 0 : 1, JSON.stringify(found));
          });
        }
      }
    });
  }
}
