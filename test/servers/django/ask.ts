import { spawnSync } from 'node:child_process';

/** What Django makes of settings. */
export interface DjangoAnswer {
  /** Why Python or Django does not take them at all. */
  readonly unread?: string;
  /** As Python prints them, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** Ids of `check --deploy`; `refused` are those that manage.py stops for. */
  readonly checks: readonly string[];
  readonly refused: readonly string[];
  readonly plain: DjangoResponse;
  /** As `plain`, of `/health/`. */
  readonly health: DjangoResponse;
  readonly secure: DjangoResponse;
  /** The status of a form that came over HTTPS to a server which does not tell that; 0: none could be sent. */
  readonly form: number;
  /** Over plain HTTP, with `X-Forwarded-Proto: https`. */
  readonly proxied: DjangoResponse;
  /** Why no mail can be sent. */
  readonly mail: string | null;
  /** What it does at a mail server, in order: `TLS`, `login`. */
  readonly login: readonly string[];
  /** By entry of `CSRF_TRUSTED_ORIGINS` with a scheme: whether it is trusted as browsers send it. */
  readonly origins: Readonly<Record<string, boolean>>;
  /** By entry of `ALLOWED_HOSTS`: whether it allows what is meant by it. */
  readonly hosts: Readonly<Record<string, boolean>>;
}

export interface DjangoResponse {
  readonly status: number;
  /** `plain` or `secure`: what Django takes the request for. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, SentCookie>>;
}

export interface SentCookie {
  readonly secure: boolean;
  readonly sameSite: string;
  /** Empty where the attribute is left out. */
  readonly path: string;
  readonly domain: string;
}

/** A file's path and text. */
export type SettingsFile = readonly [path: string, text: string];

/** Debian's python3, which has Debian's Django. */
const python = '/usr/bin/python3';

/** Asks Django about each case, whose first file is the main one. @param watched settings whose values are wanted */
export function askDjango(
  cases: readonly (readonly SettingsFile[])[],
  watched: readonly string[] = [],
): readonly DjangoAnswer[] {
  const { stdout, stderr, status } = spawnSync(python, ['-B', 'test/servers/django/ask.py'], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', WATCHED: JSON.stringify(watched) },
    maxBuffer: 1_000_000_000,
    timeout: 600_000,
  });
  if (status !== 0) throw new Error(`Django could not be asked: ${stderr}`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as DjangoAnswer);
}
