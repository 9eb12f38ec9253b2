import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectOf, summaries } from './project.ts';

const upgrade = 'proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;';

function found(text: string, nginx = '1.26.3'): number {
  const project = projectOf({ '/etc/nginx/nginx.conf': text }, { target: { nginx } });
  return summaries(project).filter((line) => line.startsWith('upgrade-ignored')).length;
}

test('an upgrade by HTTP/1.0 is ignored, where the version is known', () => {
  const server = (lines: string) => `server { location / { proxy_pass http://a; ${lines} } }`;
  const whole = (lines: string) => `events {}\nhttp { upstream a { server 127.0.0.1; } ${server(lines)} }\n`;
  assert.equal(found(whole(upgrade)), 1);
  assert.equal(found(whole(upgrade), '1.29.7'), 0);
  assert.equal(found(whole(`${upgrade} proxy_http_version 1.1;`)), 0);
  assert.equal(found(whole('proxy_set_header Upgrade "";')), 0);
  assert.equal(found(whole(`${upgrade} include /elsewhere.conf;`)), 0);
  assert.equal(found(whole(`${upgrade} include {{ more }};`)), 0);
  // The main file may set the version.
  assert.equal(found(server(upgrade)), 0);
  assert.equal(found(server(`${upgrade} proxy_http_version 1.0;`)), 1);
  assert.equal(found(server('proxy_set_header Upgrade $http_upgrade; proxy_http_version 1.1;')), 1);
});
