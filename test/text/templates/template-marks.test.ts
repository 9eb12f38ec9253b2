import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTemplateMarks } from '../../../src/text/templates/template-marks.ts';
import { hostile } from '../../support/hostile.ts';

/** What each tool's marks are written as; blanks are of no account. */
const written: readonly (readonly [tool: string, text: string, marked: string])[] = [
  ['HTML::Template', "<tmpl_if name='a'>x<tmpl_else>y</tmpl_if>", '{%?%}x{%|%}y{%.%}'],
  ['its braces', "{tmpl_if name='a' op='==' value='y'}x{/tmpl_if}", '{%?%}x{%.%}'],
  ['Template Toolkit', '[% FOREACH a IN b %][% a %][% END %]', '{%*%}{{a}}{%.%}'],
  ['FreeMarker', '<#if a?? && (b > 1)>x<#elseif c>y<#else>z</#if>', '{%?%}x{%:%}y{%|%}z{%.%}'],
  ['FreeMarker', `[#list a[0] as b]\${b.c?c}[/#list][#assign x = 1]`, '{%*%}{{b.c}}{%.%}{%%}'],
  ['FreeMarker', `<#-- no </#if> --><#t>\${ a["}"] }`, '{##}{{a}}'],
  ['Terraform', `%{ if a ~}\${b}$\${c}%{ endif ~}`, '{%?%}{{}}{{c}}{%.%}'],
  ['Smarty', '{if $a == "}"}{$b.c}{else}{$d}{/if}{* no *}', '{%?%}{{b.}}{%|%}{{}}{%.%}{##}'],
  ['str.format', 'server {{\n{a}\n}}\n', 'server{@a@}'],
  ['string.Template', 'return 200 $$host$aa$$uri;', 'return200@host@@_@@uri@;'],
  ['Nomad', '[[ if .a ]]x[[ end ]][[a]]', '{{if.a}}x{{end}}{{a}}'],
  ['Go, a comment', '{{- /* {{ include "a" . }} */ -}}{{ b }}', '{##}{{b}}'],
  ['lua-resty-template', '{* a.b *}', '{{a.b}}'],
  ['DirectAdmin', '|?A=`B`|\n|*if C="1"|\n|D|\n|*endif|\n', '{%%}{%?%}@D@{%.%}'],
  ['Univention', '@%@a/b@%@ @!@\nprint(1)\n@!@', '{{ab}}{%%}'],
  ['Zimbra', '!{explode server(vip)}\nlisten 443;', '{%%}listen443;'],
];

test('marks are written as those of Jinja, of the same length and lines', () => {
  for (const [tool, text, expected] of written) {
    const marked = withTemplateMarks(text);
    assert.equal(marked.replace(/\s+/g, ''), expected, tool);
    assert.equal(marked.length, text.length, tool);
    assert.deepEqual(
      [...marked.matchAll(/\n/g)].map(({ index }) => index),
      [...text.matchAll(/\n/g)].map(({ index }) => index),
      tool,
    );
  }
});

test('two dollars before a brace are one in a template, whoever fills it in', () => {
  const text = `return 301 https://$host$\${uri}/\${page};`;
  for (const ending of ['tftpl', 'tpl', 'template'])
    assert.match(withTemplateMarks(text, `/work/a.conf.${ending}`), /https:\/\/\$host\{\{.*\}\}\/\{\{.*\}\};$/, ending);
  assert.equal(withTemplateMarks(text, '/work/a.conf'), text);
});

test('what servers write themselves is no mark', () => {
  for (const text of [
    `location ~ ^/[[:alpha:]]+[#?]|(GIF|PNG|JPG)$ { return 301 https://$host\${request_uri}; }`,
    `log_format a "%{User-Agent}i \${uri}"; location ~ ^/a{2}[%a-f]$ { }`,
    'content_by_lua_block { local a = b[c[1]] if a then say(a) end }',
    `LogFormat "%{if}i %{ENDIF}e" x\nRewriteRule ^/a([[:digit:]]+)$ /b%{HTTP_HOST}\${map:$1|none} [L]`,
    'proxy_set_header Host $$host; return 301 https://$$host$request_uri;',
    'proxy_pass http://[::1]:80$uri; # see [[ 1 ]](x) and <#5>',
  ]) {
    assert.equal(withTemplateMarks(text), text);
  }
});

test('a file may say by its name whose template it is', () => {
  assert.equal(withTemplateMarks(`listen \${port};`, '/srv/a.conf.tftpl'), 'listen {{por}};');
  assert.equal(withTemplateMarks(`listen \${port};`, '/srv/a.conf'), `listen \${port};`);
});

test('a name that stands alone in a line of a template is filled in, and begins no directive', () => {
  const text =
    'http {\n  $log_format\n  # more\n  $maps\n\n  $servers\n  return 301 https://$host\n    $request_uri\n  ;\n}\n';
  const marked = text.replace('$log_format', '{{log_for}}').replace('$maps', '{{m}}').replace('$servers', '{{serv}}');
  assert.equal(withTemplateMarks(text, '/srv/nginx.conf.tpl'), marked);
  assert.equal(withTemplateMarks(text, '/srv/nginx.conf'), text);
});

test('hostile texts are read to their end', () => {
  for (const textOf of hostile.templateMarks) {
    const text = textOf(50_000);
    for (const file of ['a.conf', 'a.tpl']) assert.equal(withTemplateMarks(text, file).length, text.length, textOf(3));
  }
});
