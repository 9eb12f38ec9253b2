import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorkplace, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
let place: Workplace;

before(async () => {
  pebble = await startPebble();
  place = createWorkplace();
});
after(async () => {
  await pebble.stop();
  place.remove();
});

const orders = (): number => pebble.count(/Added order/g);

test('--config keeps back the orders of names whose challenge the server would answer otherwise, and no others', async () => {
  const entry = (name: string) =>
    `  ${name}: { names: [${name}.example.com], issuer: pebble, challenge: { webroot: "${pebble.webroot}" } }\n`;
  place.plan(pebble, `${entry('right')}${entry('wrong')}${entry('open')}`);
  const server = (name: string, lines: string) => `server { listen 80; server_name ${name}.example.com; ${lines} }\n`;
  const sites = [
    server('right', `root ${pebble.webroot};`),
    server('wrong', 'root /srv/elsewhere;'),
    server('open', 'location / { proxy_pass http://127.0.0.1:9; }'),
  ];
  writeFileSync(join(place.folder, 'nginx.conf'), `events {}\nhttp {\n${sites.join('')}}\n`);
  const before = orders();
  const config = ['--config', 'nginx.conf'];
  const { code, stdout, stderr } = await place.run('issue', ...config);
  assert.equal(code, 1);
  assert.deepEqual(stdout.match(/^\w+(?=: .* Issued)/gm), ['right', 'open'], stdout);
  assert.match(
    stderr,
    /^wrong: failed: No order was placed\. .*from \/srv\/elsewhere\/\S+, but the plan puts its files/m,
  );
  assert.equal(orders() - before, 2);
  const all = await place.run('issue', ...config, '--self-check', 'off');
  assert.deepEqual([all.code, orders() - before], [0, 3], all.stderr);
  const missing = await place.run('issue', '--config', 'none.conf');
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /none\.conf does not exist/);
});

test('options that say nothing are refused before anything is begun', async () => {
  const before = orders();
  for (const [option, value] of [
    ['--parallel', '0'],
    ['--parallel', '100'],
    ['--self-check', 'maybe'],
    ['--now', 'soon'],
  ] as const) {
    const { code, stderr } = await place.run('issue', '--force', option, value);
    assert.equal(code, 2, option);
    assert.match(stderr, new RegExp(`${option} "${value}"`));
  }
  assert.equal(orders(), before);
});
