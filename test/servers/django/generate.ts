import { randomNumbers } from '../../support/random.ts';
import type { SettingsFile } from './ask.ts';

const apps = ["'django.contrib.contenttypes'", "'django.contrib.humanize'", "'django.contrib.sessions'"];
const middleware = [
  "'django.middleware.security.SecurityMiddleware'",
  "'django.contrib.sessions.middleware.SessionMiddleware'",
  "'django.middleware.common.CommonMiddleware'",
  "'django.middleware.csrf.CsrfViewMiddleware'",
];

const switches = [
  'True',
  'False',
  'not True',
  'not False',
  '1',
  '0',
  'None',
  'ON',
  'not ON',
  'OFF or ON',
  'ON and OFF',
];
const unsure = ["os.getenv('ABSENT') == 'yes'", "os.environ.get('ABSENT', False)", "bool(os.getenv('ABSENT'))"];
const values: Readonly<Record<string, readonly string[]>> = {
  SESSION_COOKIE_SECURE: switches,
  CSRF_COOKIE_SECURE: switches,
  SESSION_COOKIE_NAME: ["'__Host-sessionid'", "'__Secure-' + 'sessionid'", "'sessionid'"],
  SESSION_COOKIE_PATH: ["'/'", "'/a/'", 'None'],
  CSRF_COOKIE_NAME: ["'__Secure-csrftoken'", "'__Host-' 'csrftoken'", "'csrftoken'"],
  CSRF_COOKIE_DOMAIN: ['None', "''", "'.a.example'"],
  CSRF_USE_SESSIONS: ['True', 'False', 'False'],
  SESSION_COOKIE_SAMESITE: ["'Lax'", "'None'", "'none'", 'None', "'Strict'", 'False'],
  CSRF_COOKIE_SAMESITE: ["'Lax'", "'None'", 'None'],
  SECURE_SSL_REDIRECT: switches,
  SECURE_HSTS_SECONDS: [
    ...['0', '60', '3600 * 24', '31_536_000', '60 * (60 + 60)', '2 * 31536000', 'int(300)', "int('90')", '60 ** 2'],
    ...['timedelta(days=30).days * 60', 'timedelta(1, 5).seconds', 'int(timedelta(weeks=9, hours=-3).total_seconds())'],
  ],
  SECURE_HSTS_INCLUDE_SUBDOMAINS: switches,
  SECURE_HSTS_PRELOAD: switches,
  SECURE_BROWSER_XSS_FILTER: ['True'],
  SECURE_PROXY_SSL_HEADER: [
    "('HTTP_X_FORWARDED_PROTO', 'https')",
    "['HTTP_X_FORWARDED_PROTO', 'https']",
    "'HTTP_X_FORWARDED_PROTO', 'https'",
    "('HTTP_X_FORWARDED_PROTO')",
    "('HTTP_X_FORWARDED_PROTO',)",
    "('X-Forwarded-Proto', 'https')",
    "('HTTP_X_FORWARDED_PROTO', 'HTTPS')",
    "('HTTP_X_FORWARDED_PROTO', 'http')",
    "('HTTP_X_' 'FORWARDED_PROTO', 'ht' + 'tps')",
    'None',
  ],
  CSRF_TRUSTED_ORIGINS: [
    ...['[]', "['https://a.example']", "['a.example']", "('.a.example', 'http://b.example')", "'https://a.example'"],
    ...[
      "['https://a.example/']",
      "['https://*', 'https://*.a.example:443']",
      "['https://*.a.example', 'https://A.example']",
    ],
    ...[
      "['https://a.example:443']",
      "['https://*.a.example/', 'https://a.example:8443']",
      "('http://b.*', 'http://b.c:80')",
    ],
  ],
  ALLOWED_HOSTS: [
    ...['[]', "['www.a.example', '.a.example']", "['*']", "('a.example',)", "['A.example', '127.0.0.1', '[::1]']"],
    ...["['https://www.a.example']", "['*.a.example', 'localhost:8000']", "['a.example/', '*']", "['a.example.']"],
    ...["['a.example, b.example']", "('::1', '10.0.0.0/8')", "['https://a.example/', '.a.example']"],
  ],
  EMAIL_USE_TLS: ['True', 'True', 'ON', 'False'],
  EMAIL_USE_SSL: ['True', 'ON', 'False'],
};

/** Settings that cases may set. */
export const generatedNames: readonly string[] = Object.keys(values);

/** Settings of one project, each with its own forms of the same few statements. */
export function generateCase(seed: number): readonly SettingsFile[] {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (share: number) => random() < share;
  const some = (list: readonly string[]) => list.filter(() => chance(0.85)).join(', ');

  const valueFor = (name: string) =>
    values[name] === switches && chance(0.06) ? pick(unsure) : pick(values[name] ?? ['None']);
  const line = (): string => {
    const name = pick(generatedNames);
    return chance(0.1) ? `${name}: object = ${valueFor(name)}` : `${name} = ${valueFor(name)}`;
  };
  const block = (): string => {
    const body = (depth = 1) =>
      [line(), ...(chance(0.3) ? [line()] : [])].map((text) => `${'    '.repeat(depth)}${text}`).join('\n');
    switch (Math.floor(random() * 7)) {
      case 0:
        return `if ${pick(['ON', 'OFF', 'not ON', "os.getenv('ABSENT')", 'ON == OFF', "'a' == 'a'"])}:\n${body()}\nelse:\n${body()}`;
      case 1:
        return `if ${pick(['OFF', "os.environ.get('ABSENT')"])}:\n${body()}\nelif ${pick(['ON', 'OFF'])}:\n${body()}`;
      case 2:
        return `try:\n${pick(['    from .absent import *', '    import absent_module', '    pass'])}\n${body()}\nexcept ImportError:\n${body()}`;
      case 3:
        return `for one in [1]:\n${body()}`;
      case 4:
        return `with open(os.devnull) as file:\n${body()}`;
      case 5:
        return `def function():\n${body()}\n    return 1`;
      default:
        return `if ON:\n    if ${pick(['ON', 'OFF'])}:\n${body(2)}\n${body()}`;
    }
  };
  const change = () =>
    pick([
      `MIDDLEWARE += [${pick(middleware)}]`,
      `MIDDLEWARE.insert(0, ${pick(middleware)})`,
      `MIDDLEWARE = [${pick(middleware)}] + MIDDLEWARE`,
      `INSTALLED_APPS = [*INSTALLED_APPS]`,
      `MIDDLEWARE = [one for one in MIDDLEWARE if one]`,
      `MIDDLEWARE = list(MIDDLEWARE)`,
    ]);

  const head = `import os\nfrom datetime import timedelta\nON = True\nOFF = False\nDEBUG = ${chance(0.08) ? 'True' : 'False'}\n`;
  const lists = `INSTALLED_APPS = [${some(apps)}]\nMIDDLEWARE = [${some(middleware)}]\n`;
  const statements = (most: number) =>
    Array.from({ length: Math.floor(random() * most) + 1 }, () =>
      chance(0.12) ? change() : chance(0.3) ? block() : line(),
    ).join('\n');
  if (chance(0.5)) return [['settings.py', `${head}${lists}${statements(9)}\n`]];
  const taken = pick(['from .base import *', 'from site_settings.base import *', 'from .base import *  # noqa']);
  return [
    ['site_settings/production.py', `${taken}\nimport os\n${statements(6)}\n`],
    ['site_settings/base.py', `${head}${lists}${statements(6)}\n`],
    ['site_settings/__init__.py', ''],
  ];
}

/** The same with its text spoilt: most of it Python does not take any more. */
export function mutate(files: readonly SettingsFile[], seed: number): readonly SettingsFile[] {
  const random = randomNumbers(seed);
  const [[path, text], ...others] = files as readonly [SettingsFile, ...SettingsFile[]];
  let spoilt = text;
  for (let count = 0; count < 1 + random() * 3; count++) {
    const at = Math.floor(random() * spoilt.length);
    const lineStart = spoilt.lastIndexOf('\n', at) + 1;
    const lineEnd = spoilt.indexOf('\n', at) + 1 || spoilt.length;
    const line = spoilt.slice(lineStart, lineEnd);
    const kinds = [
      () => spoilt.slice(0, at) + spoilt.slice(at + 1),
      () => spoilt.slice(0, at) + spoilt.slice(at + Math.floor(random() * 20)),
      () => spoilt.slice(0, at) + '()[]{}\'":,=#\\\n .'.charAt(Math.floor(random() * 16)) + spoilt.slice(at),
      () => spoilt.slice(0, lineStart) + spoilt.slice(lineEnd),
      () => `${spoilt}${line}`,
      () => spoilt.slice(0, lineStart) + line.replace(/[A-Za-z](?=\w*\s*=)/, '') + spoilt.slice(lineEnd),
      () => spoilt.replace(/True|False/g, (word) => (random() < 0.3 ? (word === 'True' ? 'False' : 'True') : word)),
    ];
    spoilt = kinds[Math.floor(random() * kinds.length)]?.() ?? spoilt;
  }
  return [[path, spoilt], ...others];
}
