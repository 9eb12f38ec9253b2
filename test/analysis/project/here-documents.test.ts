import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFixes, chooseSafeFixes } from '../../../src/analysis/fix.ts';
import { readHeld } from '../../../src/analysis/project/held.ts';
import { hereDocuments, withoutShell, withoutTerraform } from '../../../src/analysis/project/here-documents.ts';
import { analyseDump } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import { nodeHost } from '../../../src/host/node.ts';
import { rules } from '../../../src/rules/index.ts';
import { hostile } from '../../support/hostile.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const script = `#!/bin/bash
DOMAIN=$1
cat > /etc/nginx/nginx.conf <<'EOF'
events {}
http {
  include /etc/nginx/conf.d/*.conf;
}
EOF
cat <<EOF | sudo tee /etc/nginx/conf.d/site.conf > /dev/null
server {
    listen 443 ssl;
    server_name $DOMAIN \${DOMAIN#www.};
    ssl_certificate $cert;
    ssl_certificate_key /etc/ssl/$(hostname).key;
    $stapling_block
    ssl_protocols TLSv1 TLSv1.2;
    location / {
        proxy_pass http://127.0.0.1:$port/;
        proxy_set_header Host \\$host;
        proxy_set_headr X-Real-IP \\$remote_addr;
        return 301 https://\\$host\\$request_uri;
    }
}
EOF
cat >> /etc/nginx/nginx.conf <<-END
	mail {
	END
cat > /etc/caddy/Caddyfile <<EOF
example.com {
  reverse_proxy localhost:$PORT
}
EOF
cat <<EOF >x.service
[Unit]
Description=$((1 << 3))
EOF
`;
const options = {
  host: { ...nodeHost, files: memoryFiles({}) },
  settings: defaultSettings,
  rules,
  now: new Date(0),
} as const;

async function findings(file: string, text: string) {
  const [main] = readHeld(file, text);
  assert.ok(main);
  return (await analyseDump(main.dump, main.language, options)).findings;
}

test('here-documents are found with the file that they go to', () => {
  assert.deepEqual(
    hereDocuments(script).map(({ path, isVerbatim, isAppended }) => [path, isVerbatim, isAppended]),
    [
      ['/etc/nginx/nginx.conf', true, false],
      ['/etc/nginx/conf.d/site.conf', false, false],
      ['/etc/nginx/nginx.conf', false, true],
      ['/etc/caddy/Caddyfile', false, false],
      ['x.service', false, false],
    ],
  );
  const paths = (text: string) => hereDocuments(`${text}\na\nEOF\n`).map(({ path }) => path);
  assert.deepEqual(paths('COPY <<EOF /etc/nginx/conf.d/default.conf'), ['/etc/nginx/conf.d/default.conf']);
  assert.deepEqual(paths('sudo tee -a "$DIR/site.conf" <<EOF'), ['site.conf']);
  assert.deepEqual(paths('cat >"$FILE" << "EOF"'), ['']);
  for (const none of ['cat <<<EOF', '# cat <<EOF', 'x=$((1 << 2))']) assert.deepEqual(paths(none), [], none);
  assert.deepEqual(hereDocuments('cat <<EOF\nnever ended\n'), []);
});

test('those that are of a server are told, whole ones first; a part of a file is left alone', () => {
  const mains = (file: string, text: string) => readHeld(file, text).map(({ dump }) => dump.main);
  const both = ['/etc/nginx/nginx.conf', '/etc/nginx/conf.d/site.conf'];
  assert.deepEqual(mains('/work/install.sh', script), both);
  assert.deepEqual(mains('/work/install', script), both);
  assert.deepEqual(mains('/work/install.txt', script.slice(12)), []);
  const indented = script.replace(/^/gm, '    ');
  assert.deepEqual(mains('/work/cloud.yaml', `runcmd:\n  - |\n${indented}`), both);
  assert.deepEqual(mains('/work/user-data', `#cloud-config\nruncmd:\n  - |\n${indented}`), both);
});

test('what the shell fills in is unknown, and what it takes a backslash from is a variable of nginx', async () => {
  const found = (await findings('/work/install.sh', script)).map(
    ({ rule, location }) => `${script.slice(0, location.range.start).split('\n').length} ${rule}`,
  );
  assert.deepEqual(
    found.filter((line) => /unknown|invalid|semicolon|brace|tls13/.test(line)),
    ['16 tls13-missing', '20 unknown-directive'],
  );
});

test('a fix leaves the rest of the script as it is, and writes nothing that the shell would read', async () => {
  const all = await findings('/work/install.sh', script);
  const fixed = applyFixes(chooseSafeFixes(all), () => script).get('/work/install.sh');
  assert.equal(fixed, script.replace('TLSv1 TLSv1.2', 'TLSv1.2'));
  for (const { fixes } of all) {
    for (const { edits } of fixes) for (const { newText } of edits) assert.doesNotMatch(newText, /[$@\uE000]/);
  }
});

test('Terraform puts in its own expressions and leaves variables of nginx', async () => {
  const text = `content = <<-EOF
    events {}
    http {
      server { listen 443 ssl; server_name \${var.domain}; ssl_certificate /a/\${var.domain}.pem; ssl_protocols TLSv1.4; }
    }
  EOF
`;
  const found = await findings('/work/main.tf', text);
  assert.deepEqual(
    found.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
    ['invalid-value'],
  );
});

test('what Terraform leaves with one dollar is a variable of nginx', async () => {
  const http = (line: string) =>
    `events {}\nhttp { server { listen 80; server_name \${var.name}; location / { ${line} } } }`;
  const written = (line: string) => `a = <<-EOF\n${http(line)}\nEOF\n`;
  for (const line of [
    `return 301 https://$host$\${request_uri};`,
    `proxy_pass http://127.0.0.1:\${port}; proxy_set_header A $\${host};`,
    `return 200 \${name};`,
  ])
    assert.deepEqual(await findings('/work/main.tf', written(line)), [], line);
  const [found] = await findings('/work/main.tf', written(`return 200 $\${hots};`));
  assert.equal(found?.rule, 'unknown-variable');
  // A shell fills in what is left.
  const shell = `a = <<-X\ncat >/etc/nginx/nginx.conf <<EOF\n${http(`return 200 $\${name}\\$uri;`)}\nEOF\nX\n`;
  assert.deepEqual(await findings('/work/main.tf', shell), []);
});

test('a reading is as long as the text', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's own
  for (const text of ['\\$a $a $ab ${a} ${a:-b c} $(a (b)) `a` \\` \\\\ $1 $@ $', 'a\\\nb', '${}', '$()'])
    for (const read of [withoutShell, withoutTerraform]) assert.equal(read(text).length, text.length, text);
});

test('hostile scripts are read to their end', () => {
  for (const textOf of hostile.scripts) assert.deepEqual(readHeld('/work/a.sh', textOf(30_000)), [], textOf(3));
});

test('sentences have the words of the script', async () => {
  const text = `cat >a.conf <<EOF
server { listen 443 ssl; server_name a; ssl_certificate \${CERT}; }
EOF
`;
  const [found] = (await findings('/work/a.sh', text)).filter(({ rule }) => rule === 'incomplete-block');
  assert.match(found?.message ?? '', /certificate "\$\{CERT\}"/);
});

test('what a script writes that is written by a script', () => {
  const inner = "cat > /etc/nginx/conf.d/a.conf <<'IN'\nserver { listen 81; root /srv; }\nIN\n";
  const mains = (text: string) => readHeld('/work/a.sh', text).map(({ dump }) => dump.main);
  assert.deepEqual(mains(`ssh host <<'OUT'\n${inner}OUT\n`), ['/etc/nginx/conf.d/a.conf']);
  const machine = `config.vm.provision "shell", inline: <<-SHELL\n${inner}  SHELL\n`;
  assert.equal(readHeld('/work/Vagrantfile', machine).length, 1);
  assert.deepEqual(mains(`ssh host <<OUT\n${inner.replaceAll("'", '')}OUT\n`), []);
});

test('what goes behind a file is a part of it, and lacks nothing that stands there', async () => {
  const text = `#!/bin/sh
cat >> /etc/nginx/nginx.conf <<'EOF'
stream {
    limit_conn zone_of_the_file 5;
    server {
        listen 8443 sssl;
        proxy_pass 127.0.0.1:9;
    }
}
EOF
`;
  assert.deepEqual(
    (await findings('/work/a.sh', text)).map(({ rule }) => rule),
    ['invalid-value'],
  );
});

test('what a shell takes away from a configuration of Apache is left out, and places stay where they are', async () => {
  const text = `#!/bin/bash
cat > "$APACHE_CONF" <<EOF
<VirtualHost *:443>
    ServerName $DOMAIN
    SSLEngine on
    SSLCertificateFile /etc/ssl/$DOMAIN.crt
    ErrorLog \\\${APACHE_LOG_DIR}/error.log
    ProxyPassMatch ^/(.*)\\$ "http://127.0.0.1:3000/\\$1" keepalive=maybe
    RewriteRule ^/(.*)\\$ https://%SERVER_NAME/\\$1 [R=301,L]
</VirtualHost>
EOF
cat > "$README" <<EOF
ServerName \\$x
SSLEngine on
EOF
`;
  const found = await findings('/work/setup.sh', text);
  const places = found.map(({ rule, location: { range } }) => `${rule} ${text.slice(range.start, range.end)}`);
  assert.ok(places.includes('invalid-value keepalive=maybe'), places.join('\n'));
  assert.ok(places.includes('variable-as-text https://%SERVER_NAME/\\$1'), places.join('\n'));
  assert.equal(readHeld('/work/setup.sh', text).length, 1);
  assert.deepEqual(
    hereDocuments(text).map(({ path }) => path),
    ['unnamed.conf', ''],
  );
});

test('a variable with no room for a name around it is filled in as well, and told as it is written', async () => {
  const text = `#!/bin/bash
cat > /etc/apache2/sites-available/site.conf <<EOF
<VirtualHost $1:443>
    ServerName $2
    ServerAlias www.$2
    $3
    SSLEngine on
    SSLCertificateFile $4
    SSLProtocol $5
    SSLCipherSuite $6
    \\
    Header always set Strict-Transport-Security "max-age=$7"
</VirtualHost>
EOF
`;
  const told = async (script: string) => (await findings('/work/setup.sh', script)).map(({ message }) => message);
  assert.deepEqual(await told(text), []);
  const nowhere = (host: string) => `#!/bin/bash
cat > /etc/apache2/sites-available/site.conf <<EOF
<VirtualHost ${host}:80>
    ServerName $2
    RewriteEngine on
    RewriteRule ^/(.*)\\$ https://* [L]
</VirtualHost>
EOF
`;
  assert.match((await told(nowhere('*'))).join(''), /^Virtual host \$2 \(\*:80\) redirects/);
  assert.match((await told(nowhere('$1'))).join(''), /^Virtual host \$… \(\$…:80\) redirects/);
});
