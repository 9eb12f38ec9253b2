import { randomNumbers } from '../../support/random.ts';

/** What is asked for, as a CA does (RFC 8555 section 8.3). */
export const challenge = '/.well-known/acme-challenge/TOKEN';

const locations = [
  ...['/', '/', '/', '/.well-known/', '/.well-known/acme-challenge/', '^~ /.well-known/acme-challenge/', '= /never'],
  ...['^~ /.well-known/acme-challenge', '/.well-known/acme-challenge', '~ /\\.', '~ ^/\\.well-known', '~* \\.php$'],
  ...['~ ^/.well-known/acme-challenge/[\\w-]+$', '^~ /page/', '= /page/TOKEN', '~ /(?!\\.well-known)\\.'],
];

/** Bodies of servers that stand between a CA and its token, the same for the same seed. */
export function challengeServers(seed: number, count: number, folder: string, behindPort: number): readonly string[] {
  const random = randomNumbers(seed);
  const chance = (share: number) => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const root = () => `${folder}/${pick(['one', 'two', 'two/'])}`;
  const status = () => pick([403, 404, 404, 410, 444, 503]);
  const errors = () => {
    const codes = pick(['404', '404 403', '401 403 404', '403', '500 502 503', '503', '410', '301 302']);
    const response = pick(['', '', ' =', ' =200', ' =301', ' =404']);
    const target = pick(['/page/TOKEN', '/page/none', '@named', '@named', 'https://other.test/x', challenge]);
    return `error_page ${codes}${response} ${target};`;
  };
  const rewrites = (isServer: boolean) =>
    pick([
      () => `return ${status()};`,
      () => `return ${pick([403, 404, 503])} text;`,
      () => 'return 301 https://$host$request_uri;',
      () => 'return 302 https://$host$uri;',
      () => `rewrite ^ /page/TOKEN ${pick(['last', 'break', ''])};`,
      () => `rewrite ^/\\.well-known/(.*)$ /page/$1 ${pick(['last', 'break', ''])};`,
      () => 'rewrite ^/page/ /other/TOKEN;',
      () => 'rewrite ^(.*)$ https://new.test$1 permanent;',
      () => 'break;',
      () =>
        `if ($scheme = http) { ${pick(['return 301 https://$host$request_uri;', isServer ? 'break;' : `root ${root()};`, 'break;'])} }`,
      () => `if ($uri !~ ^/\\.well-known/) { return ${status()}; }`,
      () =>
        `if ($uri ~ ^/\\.well-known/) { ${pick(['break;', 'rewrite ^ /page/TOKEN;', 'rewrite ^ /page/TOKEN break;'])} }`,
      () => `if ($http_accept ~ x) { ${pick(['break;', 'set $to 1;', 'return 403;'])} }`,
      () => `if ($host ${pick(['!=', '='])} $server_name) { return ${status()}; }`,
      () => 'set $to 1; if ($uri ~ acme) { set $to 0; } if ($to) { return 301 https://$host$uri; }',
    ])();
  const tried = () =>
    `try_files ${pick(['$uri', '$uri $uri/', '$uri/ $uri.html', '/sub$uri', '$uri/index.html', '/page$uri $uri'])} ${pick(['=404', '=403', '@named', '/page/TOKEN', '/page/none', challenge])};`;
  const access = () =>
    pick([
      'deny all;',
      'allow all;',
      'allow 192.0.2.1; deny all;',
      'satisfy any;',
      'auth_basic closed;',
      `auth_basic closed; auth_basic_user_file ${folder}/users;`,
      'auth_basic off;',
    ]);
  const limits = () => {
    const inside = pick(['deny all;', 'allow all;', `proxy_pass http://127.0.0.1:${behindPort};`]);
    return `limit_except ${pick(['GET', 'POST', 'PUT DELETE', 'POST HEAD'])} { ${inside} }`;
  };
  const own = (isServer: boolean) => {
    const lines: string[] = [];
    if (chance(0.3)) lines.push(`root ${root()};`);
    if (chance(0.25)) lines.push(errors());
    if (chance(0.15)) lines.push(access());
    for (let share = isServer ? 0.2 : 0.35; chance(share); share = 0.3) lines.push(rewrites(isServer));
    if (!isServer && chance(0.3)) lines.push(tried());
    if (!isServer && chance(0.1)) lines.push(`proxy_pass http://127.0.0.1:${behindPort};`);
    if (!isServer && chance(0.07)) lines.push('internal;');
    if (!isServer && chance(0.07)) lines.push(limits());
    if (chance(0.06)) lines.push('recursive_error_pages on;');
    return lines;
  };
  const block = (kind: string) => {
    const lines = own(false);
    const isPrefix = !/^[~=]/.test(kind);
    const mayAlias = !lines.some((line) => line.startsWith('root'));
    // Without the slash that the location has, the alias names files that nobody made, but for the challenge's own folder.
    const names =
      kind.endsWith('/') && !kind.endsWith('acme-challenge/') ? ['one/', 'alias/'] : ['one', 'one/', 'alias'];
    if (isPrefix && mayAlias && chance(0.25)) lines.push(`alias ${folder}/${pick(names)};`);
    if (kind === '/' && chance(0.2)) lines.push(block(pick(locations.filter((one) => /^(?:\^~ )?\/\.|^~ /.test(one)))));
    return `location ${kind} { ${lines.join(' ')} }`;
  };
  return Array.from({ length: count }, (_, index) => {
    const kinds = new Map<string, string>();
    for (let left = Math.floor(random() * 4); left > 0; left--) {
      const kind = pick(locations);
      kinds.set(kind.replace('^~ ', ''), kind);
    }
    const named = `location @named { ${own(false)
      .filter((line) => !/internal|error_page|try_files/.test(line))
      .join(' ')} }`;
    const first = own(true).filter((line) => !line.startsWith('root'));
    const body = [`root ${root()};`, ...first, ...[...kinds.values()].map((kind) => block(kind)), named];
    return `server_name s${index}.test; ${body.join('\n  ')}`;
  });
}
