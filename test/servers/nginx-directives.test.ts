import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Context, DirectiveFact } from '../../src/languages/nginx/facts/directives.ts';
import {
  directiveNames,
  factsOf,
  isAllowedIn,
  isPresent,
  signatureAt,
} from '../../src/languages/nginx/facts/directives.ts';
import { randomNumbers } from '../support/random.ts';
import { refusals } from './nginx/compare.ts';
import { Judge, targetOfNginx } from './nginx/judge.ts';

const seed = Number(process.env['SEED'] ?? 20_261_128);
/** A few by default; `JUDGE=full` takes all that there are, `CASES=n` so many of them. */
const count = Number(process.env['CASES'] ?? (process.env['JUDGE'] === 'full' ? Number.POSITIVE_INFINITY : 120));

const modules = '/usr/lib/nginx/modules';
/** What the modules of others are called, and Debian's files of them. */
const thirdParty: Readonly<Record<string, readonly string[]>> = {
  'echo-nginx-module': ['http_echo'],
  'headers-more-nginx-module': ['http_headers_more_filter'],
  ngx_brotli: ['http_brotli_filter', 'http_brotli_static'],
  'ngx-fancyindex': ['http_fancyindex'],
  'nginx-dav-ext-module': ['http_dav_ext'],
  ngx_http_substitutions_filter_module: ['http_subs_filter'],
};
const isInstalled = (name: string) => existsSync(`${modules}/ngx_${name}_module.so`);
/** Modules that Debian packs as files of their own, where they are installed. */
const loaded = ['mail', 'stream', 'http_geoip', 'stream_geoip', 'http_image_filter', 'http_perl', 'http_xslt_filter']
  .concat(...Object.values(thirdParty))
  .filter(isInstalled);

const head = `${loaded.map((name) => `load_module ${modules}/ngx_${name}_module.so;`).join('\n')}\nerror_log stderr;\npid run/directive.pid;\n`;

/** What stands around a directive so that it is in a block of that kind. */
const places: Partial<Record<Context, (line: string) => string>> = {
  main: (line) => `${line}\nevents { }\n`,
  events: (line) => `events {\n${line}\n}\n`,
  http: (line) => `events { }\nhttp {\n${line}\n}\n`,
  server: (line) => http(line),
  location: (line) => http(`location /x {\n${line}\n}`),
  'if-server': (line) => http(`if ($uri) {\n${line}\n}`),
  'if-location': (line) => http(`location /x { if ($uri) {\n${line}\n} }`),
  limit_except: (line) => http(`location /x { limit_except GET {\n${line}\n} }`),
  upstream: (line) => `events { }\nhttp { upstream u {\n${line}\n} }\n`,
  stream: (line) => `events { }\nstream {\n${line}\n}\n`,
  'stream-server': (line) => `events { }\nstream { server {\n${line}\n} }\n`,
  'stream-upstream': (line) => `events { }\nstream { upstream u {\n${line}\n} }\n`,
  mail: (line) => `events { }\nmail {\n${line}\n}\n`,
  'mail-server': (line) => `events { }\nmail { server {\n${line}\n} }\n`,
};

function http(line: string): string {
  return `events { }\nhttp { server { listen 21080;\n${line}\n} }\n`;
}

type Opinion = 'unknown' | 'not allowed' | 'block' | 'number of arguments' | 'taken';

const words: readonly (readonly [RegExp, Opinion])[] = [
  [/unknown directive/, 'unknown'],
  [/directive is not allowed here/, 'not allowed'],
  [/has no opening|is not terminated by/, 'block'],
  [/invalid number of arguments in/, 'number of arguments'],
];

const opinions: Readonly<Record<string, Opinion>> = {
  'unknown-directive': 'unknown',
  'directive-version': 'unknown',
  'wrong-context': 'not allowed',
  'block-form': 'block',
  'argument-count': 'number of arguments',
  'unquoted-value': 'number of arguments',
};

let judge: Judge;

before(() => {
  judge = new Judge();
});

after(() => judge.remove());

interface Case {
  readonly fact: DirectiveFact;
  readonly context: Context;
  readonly line: string;
}

/** Every directive that this nginx can have: in every kind of block, and where it belongs with every number of arguments that tells something. */
function* allCases(): Generator<Case> {
  const { nginx: version } = targetOfNginx();
  for (const name of directiveNames()) {
    for (const fact of factsOf(name)) {
      const isOurs =
        fact.source === 'open' ? isPresent(fact, version) : (thirdParty[fact.module]?.every(isInstalled) ?? false);
      if (!isOurs) continue;
      for (const context of Object.keys(places) as Context[]) {
        const { min } = signatureAt(fact, version);
        const isAt = isAllowedIn(fact, context) && !fact.contexts.includes('any');
        for (const number of isAt ? new Set([0, 1, 2, 3, 4, min, 8]) : [min]) {
          const args = Array.from({ length: number }, (_, index) => ` w${index}`).join('');
          yield { fact, context, line: `${name}${args}${fact.block ? ' { }' : ';'}` };
        }
      }
    }
  }
}

test(`${Number.isFinite(count) ? count : 'all'} directives in blocks are known as nginx knows them`, {
  timeout: 5_400_000,
}, async (t) => {
  const random = randomNumbers(seed);
  const order = [...allCases()].map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at);
  const differences: string[] = [];
  const counts = new Map<string, number>();
  const absent = new Map<string, number>();
  for (const { one } of order.slice(0, count)) {
    const { fact, context, line } = one;
    const text = head + (places[context] as (line: string) => string)(line);
    const { message } = judge.test(text);
    const theirs = words.find(([expression]) => expression.test(message))?.[1] ?? 'taken';
    if (theirs === 'unknown' && notBuilt.has(fact.module)) {
      absent.set(fact.module, (absent.get(fact.module) ?? 0) + 1);
      continue;
    }
    const found = await refusals(judge, text);
    const ours = found.map(({ rule }) => opinions[rule]).find((opinion) => opinion !== undefined) ?? 'taken';
    counts.set(theirs, (counts.get(theirs) ?? 0) + 1);
    // To nginx a block that has a directive only later is one that it is not allowed in.
    const isNew = ours === 'unknown' && theirs === 'not allowed';
    // The second word of a value without quotes is one too many, or a parameter that it does not know.
    const isParameter = ours === 'number of arguments' && message.startsWith('invalid parameter "w');
    if (ours !== theirs && !isNew && !isParameter)
      differences.push(`${context}: ${line}  nginx: ${theirs} (${message}); here: ${ours}`);
  }
  t.diagnostic(`of ${order.length} cases: ${JSON.stringify(Object.fromEntries(counts))}`);
  t.diagnostic(`modules that Debian's nginx lacks: ${JSON.stringify(Object.fromEntries(absent))}`);
  assert.deepEqual(differences, []);
});

/** Modules of other systems, and those that Debian builds nginx without. */
const notBuilt: ReadonlySet<string> = new Set([
  'iocp',
  'kqueue',
  'devpoll',
  'eventport',
  'http_degradation',
  'google_perftools',
]);
