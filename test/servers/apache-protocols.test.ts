import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { knownValue } from '../../src/tls/model/setting.ts';
import { effectiveProtocols } from '../../src/tls/protocols.ts';
import { projectOf } from '../languages/apache/project.ts';
import { analyseText } from '../support/analyse.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

let root: ApacheRoot;
let port: number;

before(async () => {
  root = createApacheRoot();
  port = await freePort();
});

after(() => root.remove());

function configuration(lines: readonly string[], outside = ''): string {
  return `${mainFileHead(root.folder, 'mpm_event authz_core socache_shmcb ssl headers')}
Listen 127.0.0.1:${port}
${outside}
<VirtualHost 127.0.0.1:${port}>
ServerName example.com
SSLEngine on
SSLCertificateFile tls/rsa.crt
SSLCertificateKeyFile tls/rsa.key
SSLCipherSuite DEFAULT@SECLEVEL=0
${lines.join('\n')}
</VirtualHost>
`;
}

const versions = { TLSv1: '-tls1', 'TLSv1.1': '-tls1_1', 'TLSv1.2': '-tls1_2', 'TLSv1.3': '-tls1_3' } as const;

/** The versions that a handshake with one version at a time finds; undefined where Apache does not start. */
async function offered(text: string): Promise<readonly string[] | undefined> {
  const file = join(root.folder, 'apache2.conf');
  writeFileSync(file, text);
  const { started, stop } = await startApache(file, root.folder);
  try {
    if (!started) return undefined;
    const found = await Promise.all(
      Object.entries(versions).map(async ([version, flag]) => ((await connects(flag)) ? [version] : [])),
    );
    return found.flat();
  } finally {
    await stop();
  }
}

function connects(flag: string): Promise<boolean> {
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, flag, '-cipher', 'DEFAULT@SECLEVEL=0'];
  return new Promise((resolve) => {
    const child = execFile('openssl', args, { timeout: 10_000 }, (error) => resolve(error === null));
    child.stdin?.end();
  });
}

/** What the model says; undefined where a finding says that Apache does not start. */
function modelled(text: string): readonly string[] | undefined {
  const findings = analyseText(text, { language: 'apache' }).findings;
  if (findings.some(({ effect }) => effect === 'start')) return undefined;
  const model = apache.lower(projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true }));
  const [endpoint] = model.endpoints;
  assert.ok(endpoint);
  const listed = knownValue(endpoint.tls.protocols);
  assert.ok(listed);
  return effectiveProtocols(listed, { openssl: model.target.openssl, securityLevel: 0 }).offered;
}

const lists = [
  '',
  'SSLProtocol -all',
  'SSLProtocol all',
  'SSLProtocol -all +TLSv1.2',
  'SSLProtocol TLSv1 TLSv1.1',
  'SSLProtocol all -TLSv1.2',
];
const commands = [
  'MinProtocol TLSv1.2',
  'MinProtocol TLSv1.3',
  'MinProtocol None',
  'MaxProtocol TLSv1.2',
  'MaxProtocol TLSv1.1',
  'Protocol -TLSv1.2',
  'Protocol -ALL,TLSv1.2',
  'Protocol ALL,-TLSv1,-TLSv1.1',
  'Protocol TLSv1.3',
  'MinProtocol TLSv1.1\nSSLOpenSSLConfCmd MaxProtocol TLSv1.2',
  'MaxProtocol TLSv1.2\nSSLOpenSSLConfCmd MaxProtocol None',
  'MaxProtocol DTLSv1.2',
  'MinProtocol TLSv1.3\nSSLOpenSSLConfCmd MinProtocol TLSv1.1',
  'Protocol -ALL\nSSLOpenSSLConfCmd Protocol +TLSv1.2',
  'Protocol -TLSv1.2\nSSLOpenSSLConfCmd MinProtocol TLSv1',
];

/** All of them with `JUDGE=full`. */
const step = process.env['JUDGE'] === 'full' ? 1 : 4;
const pairs = lists.flatMap((list) => [undefined, ...commands].map((command) => [list, command] as const));

describe('SSLProtocol, and commands of OpenSSL behind it', () => {
  for (const [list, command] of pairs.filter((_, index) => index % step === 0)) {
    const lines = [list, command === undefined ? '' : `SSLOpenSSLConfCmd ${command}`].filter((line) => line !== '');
    test(lines.join(', ').replaceAll('\n', ', ') || 'neither', { timeout: 60_000 }, async () => {
      await judge(configuration(lines));
      // The main server's command comes behind the virtual host's list too.
      await judge(configuration(lines.slice(0, 1), lines[1]));
      await judge(configuration(lines.slice(1), lines[0]));
    });
  }
});

/** The model agrees with handshakes, before and after each fix that touches protocols, and the finding is gone. */
async function judge(text: string): Promise<void> {
  assert.deepEqual(modelled(text), await offered(text), text);
  for (const finding of analyseText(text, { language: 'apache' }).findings) {
    for (const fix of finding.fixes) {
      if (!/protocol/i.test(fix.edits.map(({ newText }) => newText).join(''))) continue;
      const fixed = applyEdits(text, fix.edits);
      assert.deepEqual(modelled(fixed), await offered(fixed), `${finding.rule}: ${fix.title}\n${fixed}`);
      const rules = analyseText(fixed, { language: 'apache' }).findings.map(({ rule }) => rule);
      assert.ok(!rules.includes(finding.rule), `${finding.rule}: ${fix.title}\n${fixed}`);
    }
  }
}
