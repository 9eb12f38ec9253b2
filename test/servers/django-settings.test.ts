import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingFacts } from '../../src/languages/django/data/settings.ts';
import { defaultOf, isIn } from '../../src/languages/django/facts.ts';
import { django } from '../../src/languages/django/index.ts';
import type { Finding } from '../../src/text/finding.ts';
import type { Application, NamedSetting } from '../../src/tls/model/application.ts';
import { analyseFiles, projectOf } from '../languages/django/project.ts';
import { askDjango, type DjangoAnswer, type SettingsFile } from './django/ask.ts';
import { generateCase, generatedNames, mutate } from './django/generate.ts';
import { isRefusedByName } from './django/probes.ts';

/** `SEED=n` makes other cases. */
const seed = Number(process.env['SEED'] ?? 20_261_127);
const count = process.env['JUDGE'] === 'full' ? 1_500 : 150;

const names = settingFacts.map(({ name }) => name);
const inFolder = (files: readonly SettingsFile[]) =>
  Object.fromEntries(files.map(([path, text]) => [`/work/${path}`, text]));
const shown = (files: readonly SettingsFile[]) => files.map(([path, text]) => `# ${path}\n${text}`).join('\n');

/** What Django has for each of our findings: `check --deploy`, or what it does. */
const counterparts: Readonly<Record<string, (answer: DjangoAnswer) => boolean>> = {
  // Settings without middleware are a part of others. Of a cookie that nothing sets Django's check complains all the same.
  'cookie-not-secure': ({ checks, secure, values }) =>
    values['MIDDLEWARE'] === '[]' ||
    checks.some((id) => /^security\.W01[0126]$/.test(id)) ||
    fails(secure) ||
    Object.values(secure.cookies).some((cookie) => !cookie.secure),
  'cookie-same-site-refused': ({ secure }) =>
    fails(secure) ||
    Object.values(secure.cookies).some((cookie) => !cookie.secure && cookie.sameSite.toLowerCase() === 'none'),
  'cookie-prefix-refused': ({ secure }) => fails(secure) || Object.entries(secure.cookies).some(isRefusedByName),
  'hsts-missing': ({ checks, values }) => values['MIDDLEWARE'] === '[]' || checks.includes('security.W004'),
  'redirect-missing': ({ plain }) => plain.status === 200 || fails(plain),
  'security-middleware-missing': ({ checks }) => checks.includes('security.W001'),
  'origin-scheme-missing': ({ refused }) => refused.includes('4_0.E001'),
  'origin-unmatched': ({ origins, plain }) => fails(plain) || Object.values(origins).includes(false),
  'host-unmatched': ({ hosts }) => Object.values(hosts).includes(false),
  'mail-encryption-conflict': ({ mail }) => mail !== null,
  'hsts-short': ({ secure }) => fails(secure) || ageOf(secure.headers['strict-transport-security']) < 63_072_000,
  'hsts-preload': ({ secure }) =>
    fails(secure) || secure.headers['strict-transport-security']?.includes('preload') === true,
  'proxy-header-invalid': ({ proxied }) => fails(proxied) || proxied.body === 'plain' || proxied.status === 301,
  'obsolete-setting': () => true,
  'switch-as-text': () => true,
};

/** Where each request is answered by an error, the rest cannot be seen. */
function fails({ status }: DjangoAnswer['plain']): boolean {
  return status === 500;
}

function ageOf(header: string | undefined): number {
  return Number(/max-age=(\d+)/.exec(header ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
}

/** Only these say what Django says too, wherever all is known: where Django complains, so do we. */
const bothWays: Readonly<Record<string, (answer: DjangoAnswer) => boolean>> = {
  // W010 is of an application whose cookie nothing sets.
  // One that browsers drop for its name goes nowhere.
  'cookie-not-secure': ({ checks, values }) =>
    checks.some((id) =>
      /^security\.W01[12]$/.test(id)
        ? !/^'__/.test(values['SESSION_COOKIE_NAME'] ?? '')
        : id === 'security.W016' && !/^'__/.test(values['CSRF_COOKIE_NAME'] ?? ''),
    ),
  'hsts-missing': ({ checks }) => checks.includes('security.W004'),
  'redirect-missing': ({ checks }) => checks.includes('security.W008'),
  'origin-scheme-missing': ({ refused }) => refused.includes('4_0.E001'),
  'origin-unmatched': ({ origins }) => Object.values(origins).includes(false),
  'mail-encryption-conflict': ({ mail }) => mail !== null,
};

test('defaults are those of Django', () => {
  const [answer] = askDjango([[['settings.py', '']]], names);
  const version = '4.2';
  for (const fact of settingFacts) {
    const value = answer?.values[fact.name];
    if (!isIn(fact, version)) assert.equal(value, "'none'", fact.name);
    // Without any host nothing could be asked.
    else if (fact.name !== 'ALLOWED_HOSTS') assert.equal(value, defaultOf(fact, version), fact.name);
  }
});

test(`${count} projects (seed ${seed}): what is known of settings is what Django has, and findings are Django's own`, () => {
  const cases = Array.from({ length: count }, (_, index) => generateCase(seed + index));
  const answers = askDjango(cases, [...generatedNames, 'MIDDLEWARE']);
  let known = 0;
  const agreed: Record<string, number> = {};
  for (const [index, files] of cases.entries()) {
    const answer = answers[index] as DjangoAnswer;
    assert.equal(answer.unread, undefined, shown(files));
    const application = django.lower(projectOf(inFolder(files))).applications?.[0];
    known += compareValues(application, answer, files);
    const { findings, model } = analyseFiles(inFolder(files));
    const found = new Set(findings.map(({ rule }) => rule));
    for (const rule of found) {
      // A line that is wrong may stand in a branch that is not taken here.
      if (hangsOnConditions(files) && django.rules.some(({ id }) => id === rule)) continue;
      if (isOfUnknownUse(rule, findings, files, answer)) continue;
      const says = counterparts[rule];
      assert.ok(says, rule);
      assert.ok(says(answer), `${rule}\n${shown(files)}\n${JSON.stringify(answer)}`);
      agreed[rule] = (agreed[rule] ?? 0) + 1;
    }
    if (!isAllKnown(application) || !model.complete) continue;
    for (const [rule, complains] of Object.entries(bothWays)) {
      if (isOfOtherType(rule, answer) || hangsOnConditions(files)) continue;
      assert.equal(found.has(rule), complains(answer), `${rule}\n${shown(files)}\n${JSON.stringify(answer)}`);
    }
  }
  assert.ok(known > count * 3, `${known} values were compared`);
  const missed = Object.keys(counterparts).filter((rule) => agreed[rule] === undefined);
  assert.ok(missed.length <= Object.keys(counterparts).length / 2, `no case has ${missed.join(', ')}`);
});

/** @returns how many values are known */
function compareValues(
  application: Application | undefined,
  { values }: DjangoAnswer,
  files: readonly SettingsFile[],
): number {
  const settings = application === undefined ? [] : settingsIn(application);
  let known = 0;
  for (const { name, value } of settings) {
    const real = truthOf(values[name] ?? '');
    const possible = value.kind === 'known' ? [value.value] : value.kind === 'one-of' ? value.values : undefined;
    if (possible === undefined) continue;
    known++;
    const isIn = possible.some((each) =>
      typeof each === 'boolean' ? each === (real !== 0 && real !== false) : each === Number(real),
    );
    assert.ok(isIn, `${name} is ${values[name]}, not ${JSON.stringify(value)}\n${shown(files)}`);
  }
  return known;
}

function settingsIn({ cookies, hsts, redirectsToHttps }: Application): readonly NamedSetting<boolean | number>[] {
  return [
    ...cookies.map(({ secure }) => secure),
    ...(hsts ? [hsts.maxAge, hsts.includeSubDomains, hsts.preload] : []),
    ...(redirectsToHttps ? [redirectsToHttps] : []),
  ];
}

function truthOf(written: string): number | boolean {
  if (written === 'None' || written === 'False') return false;
  return written === 'True' ? true : Number(written);
}

function isAllKnown(application: Application | undefined): boolean {
  return application !== undefined && settingsIn(application).every(({ value }) => value.kind === 'known');
}

/** Django's check wants True itself; what it does, it does for any value that is true. */
function isOfOtherType(rule: string, { values }: DjangoAnswer): boolean {
  const strict = rule === 'cookie-not-secure' ? /_COOKIE_SECURE$/ : /^SECURE_SSL_REDIRECT$/;
  return Object.entries(values).some(([name, value]) => strict.test(name) && !/^(?:True|False)$/.test(value));
}

/**
 * Whoever sets a switch means that something looks at it: where a condition decides about that, nobody can tell here, and where
 * the settings name no middleware, as the rest of others does not, it is taken for certain.
 */
function isOfUnknownUse(
  rule: string,
  findings: readonly Finding[],
  files: readonly SettingsFile[],
  { values }: DjangoAnswer,
): boolean {
  const isSet = findings.every((finding) => finding.rule !== rule || !/ not set /.test(finding.message));
  const isRest = values['MIDDLEWARE'] === '[]' && !/^MIDDLEWARE *= *\[\]/m.test(shown(files));
  const isOpen = hangsOnConditions(files) || isRest;
  return /^(?:cookie|hsts)-/.test(rule) && isSet && isOpen;
}

/** What a variable of the environment decides is known here, and not to the analysis. */
function hangsOnConditions(files: readonly SettingsFile[]): boolean {
  return /ABSENT|absent|one in|for |with |except /.test(shown(files));
}

test(`${count} spoilt projects (seed ${seed}): no crash, and no alarm that Django would not share`, () => {
  const cases = Array.from({ length: count }, (_, index) => mutate(generateCase(seed + index), seed - index));
  const answers = askDjango(cases, [...generatedNames, 'MIDDLEWARE']);
  let read = 0;
  for (const [index, files] of cases.entries()) {
    const answer = answers[index] as DjangoAnswer;
    const { findings, model } = analyseFiles(inFolder(files));
    // A misspelt setting is judged as the one that it was meant for, so that nothing hides.
    if (findings.some(({ rule }) => rule === 'unknown-setting')) continue;
    if (answer.unread === undefined) {
      // A misspelt name of a module stops everything else.
      if (/ModuleNotFound|ImportError/.test(answer.secure.body)) continue;
      read++;
      for (const { rule, message } of findings) {
        if (hangsOnConditions(files) && django.rules.some(({ id }) => id === rule)) continue;
        if (isOfUnknownUse(rule, findings, files, answer)) continue;
        const says = counterparts[rule];
        assert.ok(
          says === undefined || says(answer),
          `${rule}: ${message}\n${shown(files)}\n${JSON.stringify(answer)}`,
        );
      }
      continue;
    }
    if (!answer.unread.startsWith('SyntaxError')) continue;
    const absences = findings.filter(({ message }) => / not set /.test(message));
    if (!model.complete) assert.deepEqual(absences, [], shown(files));
  }
  assert.ok(read > count / 20, `${read} were read`);
});
