import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { projectOf } from './project.ts';

const verified = 'SSLProxyVerify require';
const section = (url: string, lines = verified) => `<Proxy ${url}>\n${lines}\n</Proxy>`;
const matching = (expression: string, lines = verified) => `<ProxyMatch ${expression}>\n${lines}\n</ProxyMatch>`;
const [exact, other] = [section('https://backend.example/app/'), 'SSLProxyVerify none'];

/** Sections of a virtual host that passes to https://backend.example/app/, and whether that is verified: undefined is open. */
const cases: readonly (readonly [lines: string, is: boolean | undefined])[] = [
  [section('*'), true],
  [section('https://backend.example/*'), true],
  [section('https://b?ckend.[a-f]xample*'), true],
  [section('https://backend.[!a-f]xample*'), undefined],
  [section('http://*'), false],
  // Addresses below it that only the request tells, or none.
  [section('https://backend.example/app/page'), undefined],
  [section('https://backend.example/app/??'), undefined],
  [section('https://backend.example/apps/'), false],
  [`${section('https://backend.example/app/page')}\n${exact}`, true],
  [`${exact}\n${section('https://backend.example/app/page', other)}`, undefined],
  [`${exact}\n${section('https://backend.example/app/', other)}`, false],
  [`${section('https://backend.example/app/', other)}\n${exact}`, true],
  [`${exact}\n${section('https://backend.example/aaa/', other)}\n${section('https://zzz/', other)}`, true],
  [matching('^https://backend'), true],
  [matching('^https://back\\.'), false],
  [matching('^https://back(end)?'), true],
  [matching('backend|frontend'), true],
  [matching('frontend|gateway'), undefined],
  [matching('/app/$'), undefined],
  [matching('"^https://(?!frontend)"'), undefined],
  [matching('"["'), undefined],
  [`${matching('backend')}\n${section('https://backend.example/app/', other)}`, false],
  [`${section('https://backend.example/app/', other)}\n${matching('backend')}`, true],
  [section('https://backend.example/app/', `<If "true">\n${verified}\n</If>`), false],
];

describe('a section for backends decides for the addresses that it takes in', () => {
  for (const [lines, is] of cases) {
    test(`${lines.replaceAll('\n', ', ')}: ${is ?? 'open'}`, () => {
      const text = `Listen 80\n<VirtualHost *:80>\nSSLProxyEngine on\nProxyPass / https://backend.example/app/\n${lines}\n</VirtualHost>\n`;
      const model = apache.lower(projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true }));
      const [upstream] = model.upstreams;
      assert.ok(upstream);
      assert.equal(knownValue(upstream.verify), is);
    });
  }
});
