import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { snippet } from './project.ts';

/** What is said, and the part of the text that it is said of. */
function found(text: string, version = '2.4.71'): readonly string[] {
  const reports = apache.check(snippet(text, { target: { apache: version } }));
  return reports
    .filter(({ rule }) => rule === 'invalid-value' || rule === 'section-tags')
    .map(({ message, location: { range } }) => `${text.slice(range.start, range.end)}: ${message}`);
}

function fixed(text: string): string {
  const fix = apache.check(snippet(text)).flatMap(({ fixes }) => fixes ?? [])[0];
  return fix ? applyEdits(text, fix.edits) : text;
}

const when = (expression: string) => `<If "${expression}">\n</If>\n`;

test('expressions that Apache takes have no finding', () => {
  for (const expression of [
    "%{HTTP_HOST} == 'example.com'",
    '%{QUERY_STRING} =~ /forcetext/',
    "%{HTTP:X-example-header} in { 'foo', 'bar', 'baz' }",
    "! reqenv('REDIRECT_FOO') =~ /bar/",
    "-f '%{REQUEST_FILENAME}.unzipme' && ! %{HTTP:Accept-Encoding} =~ /gzip/",
    "-R '192.168.1.0/24'",
    "md5('foo') == 'acbd18db4cc2f85cedef654fccc4a4d8'",
    "%{REQUEST_STATUS} -in {'405','410'} or %{REQUEST_URI} =~ m#^/special_path\\.php$#i",
    // The scanner gives up at the second slash, and what stands before is taken.
    "'a' !~ /b//g",
    "'a' . %{TIME} . tolower('B') != '%{md5:%{HTTP_HOST}}' and (true || not false)",
  ]) {
    assert.deepEqual(found(when(expression)), [], expression);
  }
});

test('the mistake is named, and shown where it is', () => {
  const cases: Readonly<Record<string, string>> = {
    '%{HTTP_HOST} == www.example.com': "www.example.com: text needs quotes. Did you mean 'www.example.com'?",
    "HTTP_HOST == 'a'": 'HTTP_HOST: HTTP_HOST is a variable, and needs braces. Did you mean %{HTTP_HOST}?',
    "%HTTP_HOST == 'a'": '%HTTP_HOST: %HTTP_HOST is no variable. Did you mean %{HTTP_HOST}?',
    '%{HTTP_HOST} && true':
      "%{HTTP_HOST}: a word alone is no condition: compare it (== 'x'), match it (=~ /x/) or ask for it (-n, -z).",
    "%{HTTP_HOST} === 'a'": '===: === is no operator. Did you mean ==?',
    "%{HTTP_HOST} ~ 'a'": "~: '~' is no operator. Did you mean =~?",
    "%{HTTP_HOST} =~ 'a'":
      "'a': a regular expression is written between slashes, /…/, or as in m#…#. Did you mean /a/?",
    '%{HTTP_HOST} =~ /a/b/':
      "/b: the regular expression ends at this delimiter, and only the flag i may follow; with '/' in it, write m#…#.",
    'true AND true': 'AND: AND is no operator. Did you mean and?',
    tru: 'tru: tru is no condition. Did you mean true?',
    "%{HTTP_HOTS} == 'a'": "HTTP_HOTS: Variable 'HTTP_HOTS' does not exist. Did you mean HTTP_HOST?",
    "%{REMOTE_ADDR} -ipmath '10.0.0.0/8'": "ipmath: Binary operator '-ipmath' does not exist. Did you mean ipmatch?",
    "-R '10.0.0.0/33'": "R: parsing of subnet/netmask failed: '10.0.0.0/33' is no address or network.",
    "(%{HTTPS} == 'on'": "': a ')' is missing.",
    "'a' in 'b'": "': ''' does not belong here: in takes a list, { 'a', 'b' }.",
  };
  for (const [expression, said] of Object.entries(cases)) {
    const [place, message] = [said.slice(0, said.indexOf(': ')), said.slice(said.indexOf(': ') + 2)];
    assert.deepEqual(found(when(expression)), [`${place}: Cannot parse condition clause: ${message}`], expression);
  }
});

test('an expression without quotes around it gets them', () => {
  assert.equal(fixed("<If %{HTTPS} == 'on'>\n</If>\n"), '<If "%{HTTPS} == \'on\'">\n</If>\n');
  assert.match(found("SetEnvIfExpr %{HTTPS} == 'on' A\n")[0] ?? '', /with spaces in it needs quotes/);
});

test('expressions are looked at wherever a directive takes one, from the version on that does', () => {
  for (const text of [
    '<Directory "/x">\nRequire expr %{HTTP_HOTS} == 1\n</Directory>\n',
    '<Directory "/x">\nRequire user %{REMOTE_USR}\n</Directory>\n',
    'Header set X "expr=%{HTTP_HOTS}"\n',
    'Header always set X y "expr=%{HTTP_HOTS} == 1"\n',
    'RewriteCond expr "%{HTTP_HOTS} == 1"\n',
    'ErrorDocument 404 "%{HTTP_HOTS} has no such page"\n',
    '<Location "/x">\nRedirect "https://%{HTTP_HOTS}/"\n</Location>\n',
    'CustomLog /x/log common "expr=%{HTTP_HOTS} == 1"\n',
    'ProxyHCExpr ok { %{REQUEST_STATSU} =~ /^2/}\n',
  ]) {
    assert.match(found(text).join('\n'), /^[A-Z_]+: .*Variable '[A-Z_]+' does not exist/, text);
  }
  assert.deepEqual(found('ErrorDocument 404 "%{HTTP_HOTS} has no such page"\n', '2.4.10'), []);
  assert.deepEqual(found('Redirect / "https://%{HTTP_HOTS}/"\nErrorDocument 404 "100% gone"\n'), []);
});

test('what a variable or a template will be is not guessed', () => {
  for (const text of [when("%{HTTP_HOST} == '$" + "{NAME}' $" + '{MORE}'), when('{{ condition }}')]) {
    assert.deepEqual(found(text), [], text);
  }
});

test('else needs an if before it among the conditions of its block', () => {
  const orphan = '<Files "x">\n<Else>\n</Else>\n</Files>\n';
  assert.match(found(orphan)[0] ?? '', /^<Else>: <Else> section without previous <If>/);
  assert.match(found(`${when('true')}${orphan}`)[0] ?? '', /without previous <If>/);
  assert.deepEqual(found(`${when('true')}ServerAdmin x\n<ElseIf "false">\n</ElseIf>\n<Else>\n</Else>\n`), []);
});

test('brackets within brackets without end are given up on, not followed', () => {
  assert.deepEqual(found(when(`${'('.repeat(50_000)}true`)), []);
});
