import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isLeftOver } from '../../../src/text/left-over.ts';
import type { Sample } from '../../rules/support/pages.ts';
import { freePort, isOpen } from '../../support/ports.ts';
import { mainFileHead, modulesFolder, startApache } from '../apache-server.ts';
import { type StartedServer, startNginx } from '../nginx-server.ts';

/** A sample that really runs, or did not come up. */
export interface RunningSample extends StartedServer {
  /** Ports of the machine that stand for 80 and 443. */
  readonly plainPort: number;
  readonly tlsPort: number;
  readonly folder: string;
}

/** Puts the sample into a usual main file, with the folder's files and free ports, and starts it. */
export async function runSample(sample: Sample, folder: string, backendPort?: number): Promise<RunningSample> {
  const base = { plainPort: await freePort(), tlsPort: await freePort(), folder };
  makeMatched(sample, base);
  const backend = `localhost:${backendPort ?? base.tlsPort}`;
  const text = sample.text
    .replaceAll('/etc/ssl/certs/ca-certificates.crt', join(folder, 'root.crt'))
    .replaceAll('/etc/ssl/', `${folder}/`)
    .replaceAll('/run/apache2/', `${folder}/run/`)
    .replaceAll('/srv/', `${folder}/srv/`)
    .replaceAll('db.example.net:5432', backend)
    .replaceAll('ldap.example.com', `127.0.0.1:${backendPort}`);
  const server =
    sample.language === 'nginx'
      ? await runNginx(nginxFile(text, base, backend), base)
      : await startApache(apacheFile(text.replaceAll('backend.example.net', backend), base), folder);
  return Object.assign(server, base);
}

/** What a sample's wildcard takes: of its sites, the one that was put aside answers that all is gone. */
function makeMatched({ language, settings }: Sample, { folder, plainPort }: Base): void {
  const sites = join(folder, 'sites-enabled');
  rmSync(sites, { recursive: true, force: true });
  mkdirSync(sites);
  for (const name of settings.get('matched')?.split(',') ?? []) {
    const [isOld, listen] = [isLeftOver(name), `listen 127.0.0.1:${plainPort}`];
    const nginx = isOld ? `server { ${listen} default_server; return 410; }` : `server { ${listen}; }`;
    writeFileSync(join(sites, name), language === 'nginx' ? nginx : isOld ? 'Redirect gone /' : '');
  }
}

/** What samples serve: a page, challenges, and a key where none should lie. */
export function makeWebRoots(folder: string): void {
  const files = {
    // The password of somebody is "secret".
    users: `somebody:{SHA}${createHash('sha1').update('secret').digest('base64')}\n`,
    'mime.types': 'types { text/html html; }\n',
    'srv/www/index.html': 'the site\n',
    'srv/http/acme/.well-known/acme-challenge/TOKEN': 'the token\n',
    'srv/http/acme-challenges/TOKEN': 'the token\n',
    'srv/www/tls/example.com.crt': readFileSync(join(folder, 'example.com.crt')),
    'srv/www/tls/example.com.key': readFileSync(join(folder, 'example.com.key')),
  };
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), content, { mode: 0o644 });
  }
  for (const name of ['logs', 'run']) mkdirSync(join(folder, name));
}

const nginxModules = '/usr/lib/nginx/modules';

type Base = Pick<RunningSample, 'plainPort' | 'tlsPort' | 'folder'>;

function nginxFile(text: string, { plainPort, tlsPort, folder }: Base, backend: string): string {
  const listening = text.replace(
    /listen (?:(\[::\]:)|127\.0\.0\.1:)?(80|143|8080|443|5432)\b/g,
    (_, family: string | undefined, port: string) => {
      return `listen ${family ?? '127.0.0.1:'}${port === '443' ? tlsPort : plainPort}`;
    },
  );
  const grouped = listening.replace('server backend.example.net:443;', `server ${backend};`);
  const isWhole = /^(?:http|stream|mail) \{/m.test(text);
  const loads = ['stream', 'mail']
    .filter((name) => text.includes(`${name} {`))
    .map((name) => `load_module ${nginxModules}/ngx_${name}_module.so;`)
    .join(' ');
  // An address that is asked is one of a group of that name, too, since nobody has it here.
  const [, host] = /https:\/\/(192\.0\.2\.1)\b/.exec(text) ?? /(backend\.example\.net)/.exec(text) ?? [];
  const upstream = host === undefined ? '' : `upstream ${host} { server ${backend}; }`;
  const http = `access_log off; root ${folder}/srv/www; types { text/html html; } ${upstream}`;
  const whole = isWhole ? grouped.replace('http {', `http { ${http}`) : `events {}\nhttp {\n${http}\n${grouped}\n}\n`;
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, `${loads} daemon off; pid ${folder}/run/nginx.pid; error_log stderr;\n${whole}`);
  return file;
}

async function runNginx(file: string, { folder, plainPort, tlsPort }: Base): Promise<StartedServer> {
  const tested = spawnSync('nginx', ['-t', '-p', folder, '-c', file], { encoding: 'utf8' });
  if (tested.status !== 0) return { started: false, log: tested.stderr, stop: async () => {} };
  return startNginx(file, folder, async () => {
    for (const port of [plainPort, tlsPort]) {
      if ((await isOpen(port, '127.0.0.1')) || (await isOpen(port, '::1'))) return true;
    }
    return false;
  });
}

const modules = [
  'mpm_event',
  'authz_core',
  'dir',
  'alias',
  'headers',
  'mime',
  'socache_shmcb',
  'ssl',
  'proxy',
] as const;

function apacheFile(text: string, { plainPort, tlsPort, folder }: Base): string {
  const loaded = [...text.matchAll(/^LoadModule (\w+)_module/gm)].map(([, name]) => name);
  const asked = [
    ...(/^MD[A-Z]/m.test(text) ? ['md'] : []),
    ...(/^Protocols h2\b/m.test(text) ? ['http2'] : []),
    ...(/^<Macro\b/m.test(text) ? ['macro'] : []),
    ...(/^\s*AuthUserFile /m.test(text) ? ['authn_core', 'authn_file', 'authz_user', 'auth_basic'] : []),
    ...(/^\s*AuthLDAPURL /m.test(text) ? ['authn_core', 'authz_user', 'auth_basic', 'ldap', 'authnz_ldap'] : []),
    ...(/^\s*AuthType form/m.test(text) ? ['auth_form', 'request', 'session', 'session_cookie', 'session_crypto'] : []),
    ...(/^\s*Satisfy /m.test(text) ? ['access_compat'] : []),
    ...(/^\s*Require ip /m.test(text) ? ['authz_host'] : []),
    ...(/^\s*Rewrite(?:Engine|Rule)/m.test(text) ? ['rewrite'] : []),
  ];
  // What a sample that loads modules has a section for, it is to load by itself.
  const isLeft = (name: string) => loaded.length > 0 && text.includes(`<IfModule mod_${name}.c>`);
  const needed = [...modules, 'proxy_http', ...asked].filter((name) => !loaded.includes(name) && !isLeft(name));
  // A sample that loads modules says by itself which ports it opens.
  const opens = loaded.length > 0 ? [] : [`Listen 127.0.0.1:${plainPort}`, `Listen 127.0.0.1:${tlsPort}`];
  const placed = text
    .replace(/^Listen (\d+)$/gm, (_, port) =>
      opens.length > 0 ? '' : `Listen 127.0.0.1:${port === '443' ? tlsPort : plainPort}`,
    )
    .replaceAll('*:443', `127.0.0.1:${tlsPort}`)
    .replaceAll('*:80', `127.0.0.1:${plainPort}`)
    .replaceAll(/ modules\/(mod_\w+\.so)$/gm, ` ${modulesFolder}/$1`);
  const head = [
    mainFileHead(folder, needed.join(' ')),
    'TypesConfig /dev/null',
    ...opens,
    ...(/^DocumentRoot/m.test(text) ? [] : [`DocumentRoot ${folder}/srv/www`]),
    // Whatever manages certificates asks nobody outside.
    ...(needed.includes('md') ? ['MDCertificateAuthority http://127.0.0.1:9/', `MDStoreDir ${folder}/run/md`] : []),
  ];
  const file = join(folder, 'apache.conf');
  rmSync(join(folder, 'run/pid'), { force: true });
  writeFileSync(file, `${head.join('\n')}\n${placed}`);
  return file;
}
