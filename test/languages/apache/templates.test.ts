import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { createTemplateReader } from '../../../src/languages/apache/templates.ts';
import { withTemplateMarks } from '../../../src/text/templates/template-marks.ts';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { lower, snippet } from './project.ts';

/** The conditions around each line that is Apache's: `1` for one that holds, `!1` for its `else`. */
function guards(text: string): readonly string[] {
  const reader = createTemplateReader();
  return text.split('\n').flatMap((line) => {
    if (reader.takes(line.trim())) return [];
    return [(reader.guards ?? []).map(({ number, holds }) => `${holds ? '' : '!'}${number}`).join(' ')];
  });
}

describe('statements of template languages', () => {
  const cases: readonly (readonly [language: string, text: string, expected: readonly string[]])[] = [
    ['Jinja', '{% if a %}\nA\n{%- else -%}\nB\n{% endif %}\nC', ['1', '!1', '']],
    ['Jinja, three ways', '{% if a %}\nA\n{% elif b %}\nB\n{% else %}\nC\n{% endif %}', ['1', '2', '!2']],
    ['Jinja, nested', '{% for x in y %}\n{% if x %}\nA\n{% endif %}\nB\n{% endfor %}\nC', ['1 2', '1', '']],
    ['Jinja, in one line', '{% if a %}ServerAlias {{ a }}{% endif %}\nA', ['']],
    ['Jinja, a comment', '{# one\ntwo #}\nA', ['']],
    ['ERB', '<% if @a -%>\nA\n<%- else -%>\nB\n<% end -%>\nC', ['1', '!1', '']],
    ['ERB, blocks', '<% @list.each do |each| -%>\nA\n<% end -%>\nB', ['1', '']],
    ['ERB, over lines', '<%\n  if a\n  b = "c"\n  end\n%>\nA', ['']],
    ['Go', '{{- if .Values.tls }}\nA\n{{- else if .Values.b }}\nB\n{{- end }}\nC', ['1', '2', '']],
    ['Go, a name', '{{ range }}\nA', ['']],
    ['PHP', "<?php if ($a['b']): ?>\nA\n<?php else: ?>\nB\n<?php endif; ?>\nC", ['1', '!1', '']],
    ['PHP, braces', '<?php if ($a) { ?>\nA\n<?php } else { ?>\nB\n<?php } ?>\nC', ['1', '!1', '']],
    ['PHP, over lines', '<?php\n$a = 1;\n?>\nA', ['']],
    ['Mako', '% if a:\nA\n% else:\nB\n% endif\nC', ['1', '!1', '']],
    ['Mason', '% if ($a) {\nA\n% }\nB', ['1', '']],
    ['none', '<VirtualHost %{x}>\nRewriteRule ^a{%d} b', ['', '']],
    ['FreeMarker', '<#if a>\nA\n<#else>\nB\n</#if>\nC', ['1', '!1', '']],
    ['Terraform', '%{ if a ~}\nA\n%{ else ~}\nB\n%{ endif ~}\nC', ['1', '!1', '']],
    ['Smarty', '{if $a}\nA\n{elseif $b}\nB\n{else}\nC\n{/if}\nD', ['1', '2', '!2', '']],
    ['DirectAdmin', '|*if A="1"|\nA\n|*endif|\nB', ['1', '']],
  ];
  for (const [language, text, expected] of cases) {
    test(language, () => assert.deepEqual(guards(withTemplateMarks(text)), expected));
  }
});

test('what a template may leave out is not sure to be there', () => {
  const found = (text: string) =>
    apache.check(snippet(text)).map(({ rule, severity }) => `${severity ?? 'error'} ${rule}`);
  const old = '<% if old -%>\nSSLMutex default\n<% else -%>\nMutex default\n<% end -%>';
  assert.deepEqual(found(old), []);
  assert.deepEqual(found('{% if a %}\nSSLProtocol all +TLSv9\n{% endif %}'), ['warning invalid-value']);
  const text = (value: string) =>
    `<VirtualHost *:443>\nSSLEngine on\n{% if a %}\nSSLHonorCipherOrder on\n{% else %}\nSSLHonorCipherOrder ${value}\n{% endif %}\n</VirtualHost>`;
  const preference = (value: string) => lower(text(value)).sites[0]?.tls.serverPreference;
  assert.equal(preference('off')?.value.kind, 'one-of');
  const same = preference('on');
  assert.equal(same && knownValue(same), true);
});

test('what stands between statements on one line may be there', () => {
  const found = (lines: string) =>
    apache
      .lower(snippet(`<VirtualHost *:443>\nServerName example.com\n${lines}\n</VirtualHost>`))
      .sites[0]?.names.map(({ text, kind }) => `${kind} ${text}`);
  const first = 'exact example.com';
  assert.deepEqual(found('{% if a %}ServerAlias www.example.com{% endif %}'), [first, 'unknown www.example.com']);
  assert.deepEqual(found('{% if a %}ServerAlias a{% else %}ServerAlias b{% endif %}'), [
    first,
    'unknown a',
    'unknown b',
  ]);
  assert.deepEqual(found('<% if @a %>ServerAlias a<% end %>'), [first, 'unknown a']);
  assert.deepEqual(found('{{- if .Values.a }}ServerAlias a{{- end }}'), [first, 'unknown a']);
  assert.deepEqual(found('<?php if ($a): ?>ServerAlias a<?php endif; ?>'), [first, 'unknown a']);
  assert.deepEqual(found('{{ include "more" . }}\n{# ServerAlias a #}\n<%= @more %>\n{% set a = 1 %}'), [first]);
  const text = '{% if a %}Header always set Strict-Transport-Security "max-age=63072000"{% endif %}';
  const model = lower(`<VirtualHost *:443>\n${text}\n</VirtualHost>`);
  assert.equal(model.sites[0]?.headers.value.kind, 'one-of');
});

test('a block of statements is nobody’s directive', () => {
  const php =
    '<?php\n  $port = 443;\n?>\n<VirtualHost *:<?php echo $port ?>>\nServerName "<?= $name ?>"\n<?php foreach ($all as $one): ?>\nServerAlias "<?= $one ?>"\n<?php endforeach; ?>\n</VirtualHost>';
  assert.deepEqual(apache.check(snippet(php)), []);
});

test('a part of a template may have TLS without its virtual host', () => {
  const rules = (text: string) => apache.check(snippet(text)).map(({ rule }) => rule);
  assert.deepEqual(rules('{% if tls %}\nSSLEngine on\n{% endif %}'), []);
  assert.deepEqual(rules('SSLEngine on\nSSLProtocol __PROTOCOLS__\n__MORE__\n{EXTRA}'), []);
  assert.deepEqual(rules('SSLEngine on\nSSLProtocol all'), ['tls-on-main-server']);
  assert.deepEqual(rules('SSLEngine on\n<VirtualHost *:80>\nServerName {{ a }}\n</VirtualHost>'), [
    'tls-on-main-server',
  ]);
});

test('templates of every tool are left alone', () => {
  const host = (lines: string) => `<VirtualHost *:443>\n${lines}\n</VirtualHost>`;
  const tls = (value: (name: string) => string) =>
    host(
      `ServerName ${value('domain')}\nSSLEngine ${value('tls')}\nSSLProtocol ${value('protocols')}\nSSLCertificateFile ${value('cert')}\nTimeout ${value('timeout')}`,
    );
  const texts: Readonly<Record<string, string>> = {
    'names in braces': tls((name) => `{${name}}`),
    'Azure pipelines': tls((name) => `#{${name}}#`),
    Ruby: tls((name) => `#{${name}}`),
    'names between hashes': tls((name) => `#${name.toUpperCase()}#`),
    Nomad: `${tls((name) => `[[ .${name} ]]`)}\nRewriteEngine on\nRewriteRule ^/[[:alpha:]]+$ / [L]`,
    FreeMarker: `<#list hosts as host>\n${tls((name) => `\${ host.${name}!"x" }`)}\n</#list>`,
    Terraform: `%{ for host in hosts ~}\n${tls((name) => `\${host.${name}}`)}\n%{ endfor ~}`,
    Smarty: `{foreach $hosts as $host}\n${tls((name) => `{$host.${name}}`)}\n{/foreach}`,
    DirectAdmin: `|?A=x|\n${tls((name) => `|${name.toUpperCase()}|`)}\n|CUSTOM|`,
    Univention: `@%@UCRWARNING=# @%@\n${tls((name) => `@%@apache2/${name}@%@`)}\n@!@\nif a:\n\tprint('SSLCompression on')\n@!@`,
  };
  for (const [tool, text] of Object.entries(texts)) {
    assert.deepEqual(
      apache.check(snippet(text)).map(({ message }) => message),
      [],
      tool,
    );
  }
});
