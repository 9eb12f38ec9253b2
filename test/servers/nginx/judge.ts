import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultTarget } from '../../../src/analysis/target.ts';
import { installedTarget } from '../../../src/editor/configurations/server/versions.ts';
import type { Target } from '../../../src/tls/target.ts';

/** What `nginx -t` says about a text. */
export interface Verdict {
  readonly accepted: boolean;
  /** First message at level emerg; empty where it accepts. */
  readonly message: string;
  /** Line in the main file, from 1; undefined where the message names none or one of another file. */
  readonly line: number | undefined;
  /** What of the machine decides here, where it is not the text; the two are not compared then. */
  readonly cause: Cause | undefined;
}

export type Cause = 'names' | 'users' | 'files' | 'contents' | 'sockets' | 'build' | 'platform';

/** Messages about what the machine has or has not: a text is right or wrong there only together with it. */
const causes: readonly (readonly [Cause, RegExp])[] = [
  ['names', /host not found/],
  ['users', /getpwnam|getgrnam|chown\(\)/],
  [
    'files',
    /No such file or directory|Permission denied|Is a directory|Not a directory|File exists|File name too long|mkdir\(\)|dlopen\(\)/,
  ],
  // Of files that a setting names by mistake, only certificates, keys and CA files are read here.
  [
    'contents',
    /X509_LOOKUP_load_file|d2i_OCSP|zero key size|too long line in|must be 48 or 80 bytes|eval_pv|xslt|xmlParse/,
  ],
  ['sockets', /bind\(\)|listen\(\)|setsockopt\(|socket\(\)|Cannot assign requested address/],
  ['platform', /invalid parameter "setfib=/],
  [
    'build',
    /"aio on" is unsupported|invalid event type "(?:poll|select|eventport|kqueue|\/dev\/poll)"|has the same name as default path|same name as another default path/,
  ],
];

/** A folder with all that the judged configurations name: certificates, users, Debian's own tables. */
export class Judge {
  readonly folder = mkdtempSync(join(tmpdir(), 'nginx-judge-'));

  constructor() {
    for (const folder of ['certs', 'run', 'html', 'acme', 'cache']) mkdirSync(join(this.folder, folder));
    const key = join(this.folder, 'certs/rsa.key');
    const certificate = join(this.folder, 'certs/rsa.crt');
    const subject = ['-subj', '/CN=example.com', '-days', '30'];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject],
      {
        stdio: 'ignore',
      },
    );
    const other = ['-newkey', 'rsa:2048', '-nodes', '-keyout', join(this.folder, 'certs/other.key')];
    execFileSync('openssl', ['req', '-x509', ...other, '-out', join(this.folder, 'certs/other.crt'), ...subject], {
      stdio: 'ignore',
    });
    writeFileSync(join(this.folder, 'certs/users'), 'someone:$apr1$x$x\n');
    writeFileSync(join(this.folder, 'certs/empty'), '');
    writeFileSync(join(this.folder, 'certs/short'), 'short\n');
    writeFileSync(join(this.folder, 'certs/longline'), 'x'.repeat(5000));
    for (const table of ['mime.types', 'fastcgi_params']) cpSync(`/etc/nginx/${table}`, join(this.folder, table));
  }

  get file(): string {
    return join(this.folder, 'nginx.conf');
  }

  test(text: string): Verdict {
    writeFileSync(this.file, text);
    const run = spawnSync('nginx', ['-t', '-p', this.folder, '-c', this.file], { encoding: 'utf8', timeout: 20_000 });
    if (run.status === 0) return { accepted: true, message: '', line: undefined, cause: undefined };
    const message =
      run.stderr.split('\n').find((line) => /\[(?:emerg|crit|alert|error)\]/.test(line)) ?? run.stderr.trim();
    const line = message.match(/ in (\S+):(\d+)$/);
    return {
      accepted: false,
      message: message.replace(/^.*?\[emerg\] \d+#\d+: /, ''),
      line: line && line[1] === this.file ? Number(line[2]) : undefined,
      cause: causes.find(([, words]) => words.test(message))?.[0],
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The nginx of the path and the OpenSSL that it runs with, so that any other version can judge what is said about it. */
export function targetOfNginx(): Target {
  const { stderr } = spawnSync('nginx', ['-V'], { encoding: 'utf8' });
  return installedTarget('nginx', { nginx: { program: 'nginx', output: stderr }, system: 'ID=debian' }, defaultTarget);
}

export function fixture(name: string): string {
  return readFileSync(`test/fixtures/nginx/judge/${name}`, 'utf8');
}
