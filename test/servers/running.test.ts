import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { analyseFile, type Run } from '../../src/analysis/run.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import { compare } from '../../src/cli/compare.ts';
import type { CommandIo } from '../../src/cli/io.ts';
import { nodeHost } from '../../src/host/node.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead } from './apache-server.ts';
import { targetOfNginx } from './nginx/judge.ts';
import { targetOfApache } from './tls/apache-target.ts';
import { compared } from './tls/compared.ts';
import { startServer } from './tls/start.ts';

type Server = 'nginx' | 'apache';

let root: ApacheRoot;
before(() => {
  root = createApacheRoot();
});
after(() => root.remove());

/** What can be changed in the file of a server that runs. */
interface Written {
  readonly certificate?: string;
  /** A certificate beside it, of another kind. */
  readonly second?: string | undefined;
  /** OpenSSL's signature algorithms. */
  readonly signatures?: string;
  readonly protocols?: string;
  readonly groups?: string;
  readonly ciphers?: string;
  readonly hsts?: string;
  readonly port?: number;
  /** Only clients with a certificate are served. */
  readonly asksClients?: boolean;
}

function configuration(
  server: Server,
  { certificate = 'site', second, signatures, protocols, groups, ciphers, hsts, port, asksClients = false }: Written,
): string {
  const listed = protocols ?? 'TLSv1.2 TLSv1.3';
  const files = second === undefined ? [certificate] : [certificate, second];
  const header = hsts === undefined ? '' : `Strict-Transport-Security "${hsts}"`;
  if (server === 'nginx') {
    return `daemon off;
pid run/nginx.pid;
error_log logs/error.log;
events {}
http {
  access_log off;
  server {
    listen 127.0.0.1:${port} ssl;
    server_name example.com;
    ssl_protocols ${listed};
    ${files.map((name) => `ssl_certificate tls/${name}.crt; ssl_certificate_key tls/${name}.key;`).join('\n    ')}
    ${signatures === undefined ? '' : `ssl_conf_command SignatureAlgorithms ${signatures};`}
    ${groups === undefined ? '' : `ssl_ecdh_curve ${groups};`}
    ${ciphers === undefined ? '' : `ssl_ciphers ${ciphers};`}
    ${header && `add_header ${header} always;`}
    ${asksClients ? 'ssl_verify_client on; ssl_client_certificate tls/site.crt;' : ''}
    location / { return 204; }
  }
}
`;
  }
  return `${mainFileHead(root.folder, 'mpm_event authz_core socache_shmcb ssl headers alias')}
Listen 127.0.0.1:${port}
<VirtualHost 127.0.0.1:${port}>
  ServerName example.com
  SSLEngine on
  SSLProtocol ${listed.replaceAll('TLS', '+TLS').replace('+TLS', 'TLS')}
  ${files.map((name) => `SSLCertificateFile tls/${name}.crt\n  SSLCertificateKeyFile tls/${name}.key`).join('\n  ')}
  ${signatures === undefined ? '' : `SSLOpenSSLConfCmd SignatureAlgorithms ${signatures}`}
  ${groups === undefined ? '' : `SSLOpenSSLConfCmd Groups ${groups}`}
  ${ciphers === undefined ? '' : `SSLCipherSuite ${ciphers}`}
  ${header && `Header always set ${header}`}
  ${asksClients ? 'SSLVerifyClient require\n  SSLCACertificateFile tls/site.crt' : ''}
  Redirect 204 /
</VirtualHost>
`;
}

async function analysed(server: Server, text: string): Promise<Run> {
  const file = join(root.folder, `${server}.conf`);
  writeFileSync(file, text);
  const target = server === 'nginx' ? targetOfNginx() : targetOfApache();
  const settings = { ...defaultSettings, target, paths: 'here' as const };
  return analyseFile(file, text, server === 'nginx' ? nginx : apache, {
    host: nodeHost,
    settings,
    rules: [],
    now: new Date(),
  });
}

for (const server of ['nginx', 'apache'] as const) {
  describe(`a file that was edited while ${server} runs`, () => {
    const first: Written = { hsts: 'max-age=300' };
    let port: number;
    let running: Awaited<ReturnType<typeof startServer>>;
    before(async () => {
      port = await freePort();
      await analysed(server, configuration(server, { ...first, port }));
      running = await startServer(server, join(root.folder, `${server}.conf`), root.folder, port);
      assert.ok(running.started, running.log);
    });
    after(() => running?.stop());

    const differencesWith = async (written: Written) => {
      const run = await analysed(server, configuration(server, { ...first, port, ...written }));
      const [only, ...others] = await compared(run);
      assert.ok(only);
      assert.deepEqual(others, []);
      return only;
    };

    test('nothing is said of what it does', async () => {
      assert.equal((await differencesWith({})).agrees, true);
    });

    test('a job that asks every night is silent and content until something differs', async () => {
      let included = '';
      const called = async (written: Written, ...args: readonly string[]) => {
        const text = configuration(server, { ...written, port });
        const { project } = await analysed(server, text + included);
        const { nginx, apache, openssl } = server === 'nginx' ? targetOfNginx() : targetOfApache();
        const versions = `nginx=${nginx},apache=${apache},openssl=${openssl}`;
        let stdout = '';
        let stderr = '';
        const io: CommandIo = {
          stdout: (text) => {
            stdout += text;
          },
          stderr: (text) => {
            stderr += text;
          },
          readStdin: () => assert.fail(),
          showsColour: () => false,
          cwd: root.folder,
          env: {},
        };
        const status = await compare(['--target', versions, '--paths', 'here', ...args, project.entry], io);
        return { status, stdout, stderr };
      };
      assert.deepEqual(await called(first, '--quiet'), { status: 0, stdout: '', stderr: '' });
      const spoken = await called(first);
      assert.equal(spoken.status, 0);
      assert.match(spoken.stdout, /1 of 1 endpoint answers as configured/);
      const other = await called({ ...first, protocols: 'TLSv1.3' }, '--quiet', '--format', 'json');
      assert.equal(other.status, 1);
      const [{ answers, agrees, differences }] = JSON.parse(other.stdout).endpoints;
      assert.deepEqual([answers, agrees, differences], [true, false, ['it speaks TLS 1.2, which is not configured']]);
      // A file that is there and cannot be read may say anything.
      const circle = join(root.folder, 'circle.conf');
      symlinkSync(circle, circle);
      included = server === 'nginx' ? `include ${circle};\n` : `Include ${circle}\n`;
      const partial = await called(first, '--quiet');
      rmSync(circle);
      assert.equal(partial.status, 2);
      assert.match(partial.stderr, /circle\.conf is a link .*\n.*not all could be read/);
    });

    test('another certificate, of another kind or of the same', async () => {
      for (const certificate of ['other', 'rsa']) {
        const { agrees, differences } = await differencesWith({ certificate });
        assert.equal(agrees, false);
        assert.match(
          differences.join('\n'),
          new RegExp(`^it sends another certificate than ${certificate}.crt holds: `, 'm'),
        );
      }
    });

    test('an intermediate certificate that was added', async () => {
      const tls = (name: string) => join(root.folder, 'tls', name);
      writeFileSync(tls('chain.crt'), readFileSync(tls('site.crt'), 'utf8') + readFileSync(tls('other.crt'), 'utf8'));
      copyFileSync(tls('site.key'), tls('chain.key'));
      const { differences } = await differencesWith({ certificate: 'chain' });
      assert.deepEqual(differences, ['it sends no certificate after its own, and chain.crt holds 1']);
    });

    test('fewer versions', async () => {
      const fewer = await differencesWith({ protocols: 'TLSv1.3' });
      assert.deepEqual(fewer.differences, ['it speaks TLS 1.2, which is not configured']);
    });

    test('another group', async () => {
      const { differences } = await differencesWith({ groups: 'secp384r1' });
      assert.deepEqual(differences, ['it chose the group X25519, which is not configured']);
    });

    test('another cipher suite, of the version that has it', async () => {
      const { differences } = await differencesWith({ ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305' });
      assert.match(differences.join('\n'), /^it chose ECDHE-ECDSA-AES\S+, which is not configured$/);
    });

    test('another HSTS', async () => {
      const { differences } = await differencesWith({ hsts: 'max-age=63072000; includeSubDomains' });
      assert.deepEqual(differences, [
        'its answer to / has Strict-Transport-Security: max-age=300; configured is max-age=63072000; includeSubDomains',
      ]);
    });

    test('an address where nobody listens', async () => {
      const free = await freePort();
      const { differences } = await differencesWith({ port: free });
      assert.deepEqual(differences, [`nothing answers at 127.0.0.1:${free} (connection refused)`]);
    });
  });

  test(`each kind of certificate that ${server} sends is compared`, async () => {
    const tls = (name: string) => join(root.folder, 'tls', name);
    const subject = ['-subj', '/CN=example.com', '-keyout', tls('rsa-new.key'), '-out', tls('rsa-new.crt')];
    execFileSync('openssl', ['req', '-x509', '-nodes', '-newkey', 'rsa:2048', '-days', '40', ...subject], {
      stdio: 'ignore',
    });
    const missing = 'it sends no RSA certificate, and rsa.crt holds one';
    const cases: readonly (readonly [string | undefined, string | undefined, RegExp])[] = [
      ['rsa', 'rsa', /^$/],
      ['rsa', 'rsa-new', /^it sends another certificate than rsa-new\.crt holds: one that ends on [^;]*$/],
      ['rsa', undefined, /^to clients that want it, it sends an RSA certificate; none is configured$/],
      [undefined, 'rsa', new RegExp(`^${missing}$`)],
    ];
    const file = join(root.folder, `${server}.conf`);
    for (const protocols of ['TLSv1.2', 'TLSv1.2 TLSv1.3']) {
      for (const [runs, written, said] of cases) {
        const port = await freePort();
        await analysed(server, configuration(server, { port, protocols, second: runs }));
        const running = await startServer(server, file, root.folder, port);
        try {
          assert.ok(running.started, running.log);
          const run = await analysed(server, configuration(server, { port, protocols, second: written }));
          const [only] = await compared(run);
          assert.match(only?.differences.join(' & ') ?? '-', said);
          assert.equal(only?.agrees, runs === written);
        } finally {
          await running.stop();
        }
      }
    }
  });

  test(`signature algorithms that ${server} is left decide about versions and certificates`, async () => {
    const file = join(root.folder, `${server}.conf`);
    for (const [signatures, protocols] of [
      ['RSA+SHA256', 'TLSv1.2'],
      ['RSA-PSS+SHA256', 'TLSv1.2 TLSv1.3'],
      ['ECDSA+SHA256', ''],
    ] as const) {
      const port = await freePort();
      const run = await analysed(server, configuration(server, { certificate: 'rsa', port, signatures }));
      const running = await startServer(server, file, root.folder, port);
      try {
        assert.ok(running.started, running.log);
        const [only] = await compared(run);
        assert.deepEqual(only?.differences, []);
        const offered = only?.view.offer?.protocols;
        assert.equal(offered?.kind === 'known' && offered.value.join(' '), protocols);
      } finally {
        await running.stop();
      }
    }
  });

  test(`clients that ${server} asks for a certificate are not taken for refused`, async () => {
    const port = await freePort();
    const file = join(root.folder, `${server}.conf`);
    for (const protocols of ['TLSv1.2', 'TLSv1.2 TLSv1.3']) {
      const text = configuration(server, { port, protocols, hsts: 'max-age=300', asksClients: true });
      const run = await analysed(server, text);
      const running = await startServer(server, file, root.folder, port);
      try {
        assert.ok(running.started, running.log);
        const [only] = await compared(run);
        assert.deepEqual(only?.differences, []);
      } finally {
        await running.stop();
      }
    }
  });

  test(`a version that ${server} does not speak`, async () => {
    const port = await freePort();
    const file = join(root.folder, `${server}.conf`);
    await analysed(server, configuration(server, { port, protocols: 'TLSv1.2' }));
    const running = await startServer(server, file, root.folder, port);
    try {
      assert.ok(running.started, running.log);
      const [only] = await compared(await analysed(server, configuration(server, { port, hsts: 'max-age=300' })));
      assert.deepEqual(only?.differences, [
        'it does not speak TLS 1.3, which is configured',
        'its answer to / has no Strict-Transport-Security, which is configured',
      ]);
    } finally {
      await running.stop();
    }
  });
}

test('what answers in the clear, and what no client of TLS can ask', async () => {
  const port = await freePort();
  const plain = configuration('nginx', { port })
    .replace(' ssl;', ';')
    .replace(/ +ssl_.*\n/g, '');
  await analysed('nginx', plain);
  const running = await startServer('nginx', join(root.folder, 'nginx.conf'), root.folder, port);
  try {
    assert.ok(running.started, running.log);
    const text = configuration('nginx', { port });
    const [over] = await compared(await analysed('nginx', text));
    assert.deepEqual(over?.differences, [`what answers at 127.0.0.1:${port} does not speak TLS`]);
    const [behind] = await compared(await analysed('nginx', text.replace(' ssl;', ' ssl proxy_protocol;')));
    assert.equal(behind?.agrees, undefined);
    assert.match(behind?.reason ?? '', /PROXY protocol/);
  } finally {
    await running.stop();
  }
});

/** What is said of a server that runs with just these lines in its only site. */
async function comparedWith(server: Server, lines: string) {
  const port = await freePort();
  const end = server === 'nginx' ? '    location / { return 204; }\n' : '  Redirect 204 /\n';
  const run = await analysed(server, configuration(server, { port }).replace(end, `${lines}\n`));
  const running = await startServer(server, join(root.folder, `${server}.conf`), root.folder, port);
  try {
    assert.ok(running.started, running.log);
    const [only] = await compared(run);
    assert.ok(only);
    return only;
  } finally {
    await running.stop();
  }
}

describe('nothing is wrong where', () => {
  test('Apache answers by itself, which headers without "always" are not part of', async () => {
    for (const status of ['204', '302']) {
      const to = status === '302' ? ' https://example.com/shop' : '';
      const { differences } = await comparedWith(
        'apache',
        `Header set Strict-Transport-Security "max-age=300"\n  Redirect ${status} "/"${to}`,
      );
      assert.deepEqual(differences, []);
    }
  });

  test('Apache has one file for its certificate and what comes behind', async () => {
    const { agrees, differences } = await comparedWith('apache', '  SSLCertificateChainFile tls/site.crt');
    assert.deepEqual(differences, []);
    assert.equal(agrees, true);
  });

  test('a part of an nginx site with headers of its own may answer /', async () => {
    const hsts = 'add_header Strict-Transport-Security max-age=300;';
    for (const location of [
      'location / { set $y 1; if ($y) { add_header X-A b; } return 204; }',
      'location / { add_header X-A b; if ($arg_x) { return 403; } return 204; }',
      'location / { root www; index index.html; } location ~ html$ { root www; add_header X-A b; }',
    ]) {
      const { agrees, differences } = await comparedWith('nginx', `${hsts} ${location}`);
      assert.deepEqual(differences, []);
      assert.equal(agrees, true);
    }
  });
});

test('what this program has nothing in common with is not taken for agreeing', async () => {
  const { agrees, reason } = await comparedWith('nginx', 'ssl_ecdh_curve brainpoolP256r1;');
  assert.equal(agrees, undefined);
  assert.equal(reason, 'it agrees to nothing that this program can offer');
});
