import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpClient } from '../../src/network/http.ts';
import { freePort } from './ports.ts';

/** A real ACME server on loopback, whose every name resolves to 127.0.0.1, with a web server for the challenges. */
export interface Pebble {
  /** Directory URL. */
  readonly directory: string;
  /** File with the root that the API's own HTTPS is judged by: `ca:` of an issuer, NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  /** Document root that nginx serves on `httpPort`, where Pebble looks for http-01. */
  readonly webroot: string;
  readonly httpPort: number;
  /** Where Pebble looks for tls-alpn-01. */
  readonly tlsPort: number;
  /** Folder of this run, for whatever a test writes. Removed by `stop`. */
  readonly folder: string;
  /** DNS server that answers for every name, and its management API. */
  readonly dnsPort: number;
  readonly dnsApi: string;
  /** Pebble's management API: `/roots/0`, `/intermediates/0`, `/cert-status-by-serial/HEX`. */
  readonly managementApi: string;
  /** Lines that nginx logged: one per request. */
  webLog(): string;
  /** How often Pebble's own log tells of something, such as an order or a certificate. */
  count(what: RegExp): number;
  stop(): Promise<void>;
}

export interface PebbleOptions {
  /** Environment knobs such as PEBBLE_WFE_NONCEREJECT. Validation does not sleep unless told. */
  readonly env?: Readonly<Record<string, string>>;
  /** Further fields of Pebble's configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** False where the test answers on `httpPort` itself. */
  readonly nginx?: boolean;
  /** `host:port` of another DNS server than the one that answers for every name. */
  readonly dnsServer?: string;
}

/** Needs the Debian packages pebble and nginx. */
export async function startPebble(options: PebbleOptions = {}): Promise<Pebble> {
  const folder = mkdtempSync(join(tmpdir(), 'pebble-'));
  const [api, management, httpPort, tlsPort, dnsPort, dnsManagement] = await freePorts(6);
  const webroot = join(folder, 'webroot');
  mkdirSync(webroot);
  makeApiCertificate(folder);
  writeFileSync(
    join(folder, 'pebble.json'),
    JSON.stringify({
      pebble: {
        listenAddress: `127.0.0.1:${api}`,
        managementListenAddress: `127.0.0.1:${management}`,
        certificate: join(folder, 'api.pem'),
        privateKey: join(folder, 'api.key'),
        httpPort,
        tlsPort,
        ocspResponderURL: '',
        externalAccountBindingRequired: false,
        ...options.config,
      },
    }),
  );
  const children: ChildProcess[] = [];
  const start = (name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void => {
    const log = openSync(join(folder, `${name}.log`), 'a');
    children.push(spawn(name, args, { stdio: ['ignore', log, log], env: { ...process.env, ...env } }));
  };
  const nothing = ['-doh', '', '-http01', '', '-https01', '', '-tlsalpn01', ''];
  const dns = `127.0.0.1:${dnsPort}`;
  start('pebble-challtestsrv', [
    '-defaultIPv4',
    '127.0.0.1',
    '-defaultIPv6',
    '',
    '-dns01',
    dns,
    ...nothing,
    '-management',
    `127.0.0.1:${dnsManagement}`,
  ]);
  start('pebble', ['-config', join(folder, 'pebble.json'), '-dnsserver', options.dnsServer ?? dns, '-strict'], {
    PEBBLE_VA_NOSLEEP: '1',
    PEBBLE_WFE_NONCEREJECT: '0',
    // Its smallest chance: one in a hundred (wfe.go, `rand.Intn(100) > 0`) that a name which the account has proved needs no proof.
    PEBBLE_AUTHZREUSE: '0',
    ...options.env,
  });
  if (options.nginx !== false) start('nginx', ['-c', nginxConfiguration(folder, webroot, httpPort)]);
  const pebble: Pebble = {
    directory: `https://127.0.0.1:${api}/dir`,
    caFile: join(folder, 'ca.pem'),
    webroot,
    httpPort,
    tlsPort,
    folder,
    dnsPort,
    dnsApi: `http://127.0.0.1:${dnsManagement}`,
    managementApi: `https://127.0.0.1:${management}`,
    webLog: () => readFileSync(join(folder, 'access.log'), 'utf8'),
    count: (what) => readFileSync(join(folder, 'pebble.log'), 'utf8').match(what)?.length ?? 0,
    async stop() {
      await Promise.all(children.map(stopChild));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await untilAnswers(pebble.directory, readFileSync(pebble.caFile, 'utf8'));
    await untilAnswers(`${pebble.dnsApi}/`);
    if (options.nginx !== false) await untilAnswers(`http://127.0.0.1:${httpPort}/`);
  } catch (error) {
    const log = readFileSync(join(folder, 'pebble.log'), 'utf8').slice(-2000);
    await pebble.stop();
    throw new Error(`Pebble did not start: ${String(error)}\n${log}`);
  }
  return pebble;
}

async function freePorts(count: number): Promise<[number, number, number, number, number, number]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports] as [number, number, number, number, number, number];
}

/** Debian's package brings no certificates: a throw-away CA and one for the API. */
function makeApiCertificate(folder: string): void {
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'];
  // Python, in which acme-tiny is written, takes no root without its key usage.
  const usage = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  openssl('req', '-x509', ...key, '-subj', '/CN=Pebble API test root', ...usage, '-keyout', 'ca.key', '-out', 'ca.pem');
  openssl(
    ...[
      'req',
      '-x509',
      ...key,
      '-subj',
      '/CN=localhost',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-keyout',
      'api.key',
      '-out',
      'api.pem',
    ],
    ...[
      '-addext',
      'subjectAltName=DNS:localhost,DNS:pebble,IP:127.0.0.1,IP:::1',
      '-addext',
      'basicConstraints=critical,CA:FALSE',
    ],
  );
}

function nginxConfiguration(folder: string, webroot: string, port: number): string {
  const file = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/tmp-${name};`)
    .join(' ');
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  writeFileSync(
    file,
    `${user} daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}
http { access_log ${folder}/access.log; ${temporary}
server { listen 127.0.0.1:${port}; root ${webroot}; } }
`,
  );
  return file;
}

/** Pebble makes several RSA keys before it listens, which takes a busy machine its time. */
async function untilAnswers(url: string, ca?: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  const http = createHttpClient({ ca, keepAlive: false });
  for (;;) {
    try {
      await http.request({ url, timeout: 1000 });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function stopChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 2000).unref();
  });
}
