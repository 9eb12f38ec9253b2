import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isConditional } from '../../../../src/languages/nginx/conditions.ts';
import { rootScope } from '../../../../src/languages/nginx/configuration.ts';
import { checkText, projectOf, summaries } from '../project.ts';

/** A server of each tool, in its own words; `lengthen` makes the braces of blocks double. */
const templates: Readonly<Record<string, string>> = {
  FreeMarker: `server {
    listen \${ port?c }<#if tls> ssl</#if>;
    server_name <#list names as name> \${ name } </#list>;
    <#if tls>
    ssl_certificate \${certificate};
    ssl_certificate_key \${ key.file }.pem;
    ssl_protocols \${protocols};
    <#else>
    return 301 https://$host$request_uri;
    </#if>
    <#-- a { and a ; -->
    <#if (size > 3)>gzip on;</#if>
    location \${ path } { proxy_pass <#if tls>https<#else>http</#if>://\${ upstream }; }
  }`,
  'FreeMarker in brackets': `server {
    [#if tls]
    listen \${port} ssl;
    ssl_certificate \${certificate};
    ssl_certificate_key \${key};
    [#else]
    listen \${port};
    [/#if]
    location ~ [#?]|[a-z] { [#if up]proxy_pass http://\${up};[/#if] }
  }`,
  Terraform: `server {
    server_name \${name} %{ for alias in aliases ~}\${alias} %{ endfor ~};
    %{ if tls }
    listen 443 ssl;
    ssl_certificate \${certificate};
    ssl_certificate_key \${key};
    %{ else }
    listen 80;
    return 301 https://$\${host}$request_uri;
    %{ endif }
    access_log /var/log/a%{ if tls }-tls%{ endif }.log;
  }`,
  Nomad: `server {
    listen [[ port ]];
    server_name [[domain]] www.[[ .domain ]];
    [[ if .x ]]
    gzip on;
    [[ end ]]
    location [[ .path ]] { proxy_pass http://[[ .up ]]; }
    location ~ ^/[[:alpha:]]+$ { return 404; }
  }`,
  Ruby: `server {
    listen #{port};
    server_name #{domain} www.#{domain};
    location / { proxy_pass http://#{upstream}$request_uri; }
  }`,
  'Azure pipelines': `server {
    listen #{port}# default_server;
    server_name #{domain}#;
    location / { return 301 https://#{host}#$request_uri; }
  }`,
  'names between hashes': `server {
    listen #PORT#;
    server_name ##DOMAIN## www.#DOMAIN#;
    #REDIRECT#
    location ~ [#?] { return 301 https://#HOST#$request_uri; } # #END#
  }`,
  'names in braces': `server {
    listen {port};
    server_name {domain} www.{domain} {$other.name};
    access_log {logs}/access.log;
    {MORE}
    location {path} { proxy_pass http://127.0.0.1:{port}/; }
  }`,
  'str.format': `server {{
    listen {port} default_server;
    server_name {domain} www.{domain};
    location / {{
      if (!-f $request_filename) {{
        proxy_pass http://{names[0]};
      }}
    }}
  }}`,
  'string.Template': `server {
    $listen
    server_name $domain \${alias};
    location / { return 301 https://$$host$$request_uri; }
  }`,
  DirectAdmin: `|?DOCROOT=\`HOME\`/domains|
  |*if HAVE="1"|
  server {
    listen |IP|:|PORT_80|;
    |MULTI_IP|
    server_name |DOMAIN| www.|DOMAIN|;
    location ~ \\.(GIF|PNG|JPG)$ { proxy_buffering |BUFFERING|; }
  }
  |*endif|`,
  Smarty: `{if $site.plain}
  server {
    listen {$ip}:{$port};
    server_name {$site.name};
    {foreach $site.locations as $each}
    location {$each.path} { {if $each.up}proxy_pass {$each.up};{/if} }
    {/foreach}
  }
  {/if}`,
  Blade: `server {
    @if ($app->www)
    server_name {{ $app->name }} www.{{ $app->name }};
    @else
    server_name {{ $app->name }};
    @endif
    @foreach ($paths as $path)
    location /{{ $path }} { return 200; }
    @endforeach
  }`,
  JavaScript: `server {
    \${plain ? 'listen 80;' : ''}
    \${(more !== '') ? '# {' : ''}
    server_name \${names.join(' ')};
    \${extra}
    location / { try_files \${root.join('public/$uri ')}public/$uri =404; }
  }`,
  'EJS behind a quote': `server {
    listen "<%- address %>"<%- server.proxy ? " proxy_protocol" : "" %><% if (x) { %> default_server<% } %>;
    return 301 https://$server_name
    {%- if port != 443 %}:{{ port }}{% endif -%}
    $request_uri;
  }`,
  Mako: `<%! import os %>
  <%namespace name="x" file="y"/>
  % for s in sites:
  server {
    listen \${port};
    server_name \${s.name} \${' '.join(s.aliases)};
    % if s.plain:
    gzip on;
    % endif
    <%include file="common.conf"/>
    location / { proxy_pass http://\${s['up']}; }
  }
  % endfor`,
  'lua-resty-template': `server {
    listen {* port *}{% if v6 then %} ipv6only=on{% end %};
    {% for _, each in ipairs(list) do %}
    server_name {* each.name *};
    {% end %}
  }`,
  'values that bring all of their lines': `server {
    listen 80;
    {{ name }}{{ blank }}{{ value }}{{ end }}
    {%- for each in list %}
    {{ name }} {{ each }}
    {%- endfor %}
    location / { <%= a %><%= b %> }
  }`,
  buildout: `server {
    listen \${hosts:public}:\${ports:nginx};
    server_name \${sites:main};
    access_log \${buildout:directory}/access.log;
    location / { proxy_pass http://\${hosts:zope}:\${ports:zope}/; }
  }`,
};

describe('templates of every tool are left alone', () => {
  for (const [tool, server] of Object.entries(templates)) {
    const doubled = tool === 'str.format' ? ['{{', '}}'] : ['{', '}'];
    const [open, close] = doubled;
    const text = `events ${open}\n${close}\nhttp ${open}\n  ${server}\n${close}\n`;
    test(tool, () => assert.deepEqual(checkText(text), []));
  }
});

test('a template by its name has values of any name, which nginx’s own variables are none of', () => {
  const text = `server {
  listen \${port} ssl;
  server_name \${server_name};
  ssl_protocols \${protocols};
  client_max_body_size \${size};
  set $known 1m;
  client_body_buffer_size \${known};
}
`;
  const rules = (file: string) => summaries(projectOf({ [file]: text })).map((each) => each.split(':')[0]);
  assert.deepEqual(rules('/srv/site.conf.tpl'), ['invalid-value']);
  assert.ok(rules('/srv/site.conf').length > 1);
});

test('a value that stands alone between statements brings its own end', () => {
  const text = (line: string) => `events {}\nhttp {\n  server { listen 80; ${line} }\n}\n`;
  for (const line of [
    '{% for a in all %}{{ a }}{% endfor %}',
    '{{- with .Values.extra }}{{ toYaml . | nindent 4 }}{{- end }}',
    '<% all.each do |a| %><%= a %><% end %>',
    '{% for a in all %}{% if a %}{{ a }}{% endif %}{% endfor %}',
    '{% if a %}{{ a }}{% elif b %}{{ b }} {{ c }}{% else %}{{ d }}{% endif %}',
    '{% if a %}{{ a }}{% endif %} {% if b %}{{ b }}{% endif %}',
  ])
    assert.deepEqual(checkText(text(line)), [], line);
  // However many ends stand together: each is read once.
  assert.notDeepEqual(checkText(text(`{{ a }}${'{% endif %}'.repeat(4000)} x`)), []);
  assert.deepEqual(checkText(text('{% if a %}{{ a }}{% endif %}'.repeat(4000))), []);
  const unended = checkText(text('gzip {% if a %}{{ a }}{% endif %}'));
  assert.deepEqual(
    unended.map(({ rule }) => rule),
    ['missing-semicolon'],
  );
});

test('what is certain in them is told', () => {
  const text = (line: string) => `events {}\nhttp {\n  <#if tls>\n  server { ${line} }\n  </#if>\n}\n`;
  const rules = (line: string) => checkText(text(line)).map(({ rule }) => rule);
  assert.deepEqual(rules('ssl_protocols TLSv9;'), ['invalid-value']);
  assert.deepEqual(rules(`ssl_certificates \${a};`), ['unknown-directive']);
  assert.deepEqual(rules('listen 80'), ['missing-semicolon']);
});

test('names in braces are told from blocks and comments', () => {
  const rules = (block: string) => checkText(`events {}\nhttp { server { ${block} } }\n`).map(({ rule }) => rule);
  assert.deepEqual(rules('location / {internal;}'), []);
  assert.ok(rules('location / {internal}\n').length > 0);
  assert.deepEqual(rules('server_name a # {domain};\n;'), []);
  assert.deepEqual(rules('server_name a #old\n b;'), []);
});

test('conditions of all tools are conditions', () => {
  for (const mark of [
    ['<#if a>', '</#if>'],
    ['[#if a]', '[/#if]'],
    ['%{ if a }', '%{ endif }'],
    ['{if $a}', '{/if}'],
    ['|*if A|', '|*endif|'],
    ["<tmpl_if name='a'>", '</tmpl_if>'],
  ]) {
    const [open = '', close = ''] = mark;
    const text = `events {}\nhttp {\n${open}\nserver { listen 80; }\n${close}\nserver { listen 81; }\n}\n`;
    const http = rootScope(projectOf({ '/etc/nginx/nginx.conf': text })).findFirst('http')?.inner;
    assert.deepEqual(http?.find('server').map(isConditional), [true, false], open);
  }
});

test('messages name values as they are written', () => {
  const text = 'server {\n  listen 443 ssl;\n  server_name [[ .domain ]];\n  ssl_protocols SSLv3;\n}\n';
  const [found] = summaries(projectOf({ '/srv/site.conf': text }));
  assert.ok(found === undefined || !found.includes('{{'), found);
});
