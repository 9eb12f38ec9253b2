import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

/** A server with one more line. */
function server(listen: string, line: string): string {
  return `events {}
http {
    server {
        listen ${listen};
        server_name example.com;
        ssl_certificate /etc/ssl/example.com.crt;
        ssl_certificate_key /etc/ssl/example.com.key;${line === '' ? '' : `\n        ${line}`}
    }
}
`;
}

/** The text after the first fix of a rule's first finding, for a version of nginx. */
function fixed(text: string, rule: string, nginx: string): string {
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf', target: `nginx=${nginx}` });
  const fix = findings.find((finding) => finding.rule === rule)?.fixes[0];
  assert.ok(fix !== undefined, `${rule} has no fix for nginx ${nginx}`);
  return applyEdits(text, fix.edits);
}

describe('a configuration for another version of nginx', () => {
  const parameter = server('443 ssl http2', '');
  const directive = server('443 ssl', 'http2 on;');

  test('gets the directive of HTTP/2 where the parameter is deprecated', () => {
    const line = '        http2 on;\n';
    const behindListen = directive.replace(line, '').replace('ssl;\n', `ssl;\n${line}`);
    assert.equal(fixed(parameter, 'http2-deprecated-parameter', '1.26.3'), behindListen);
  });

  test('gets the parameter back where the directive is not known yet', () => {
    assert.equal(fixed(directive, 'directive-version', '1.18.0'), parameter);
  });

  test('keeps plain listeners without HTTP/2, which no browser asks for there', () => {
    assert.equal(fixed(server('8080', 'http2 on;'), 'directive-version', '1.18.0'), server('8080', ''));
  });

  test('gets the parameter of TLS where `ssl on` is gone', () => {
    assert.equal(fixed(server('8443', 'ssl on;'), 'directive-version', '1.26.3'), server('8443 ssl', ''));
  });
});
