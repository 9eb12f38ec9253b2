import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseFile } from '../../../src/analysis/run.ts';
import { defaultSettings } from '../../../src/analysis/settings.ts';
import { nodeHost } from '../../../src/host/node.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { rules } from '../../../src/rules/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

test('a key that comes through a pipe is not told to be none', async () => {
  const file = '/etc/nginx/nginx.conf';
  const text = `events {}
http { server { listen 443 ssl; ssl_certificate pipe; ssl_certificate_key pipe; ssl_dhparam pipe; } }
`;
  const memory = memoryFiles({ [file]: text });
  const files = {
    ...memory,
    stat: async (path: string) =>
      path.endsWith('/pipe') ? ({ kind: 'other', size: 0, modified: 0, mode: 0o600 } as const) : memory.stat(path),
  };
  const settings = { ...defaultSettings, paths: 'here' } as const;
  const host = { ...nodeHost, files };
  const { findings } = await analyseFile(file, text, nginx, { host, settings, rules, now: new Date() });
  assert.deepEqual(
    findings.filter(({ effect }) => effect === 'start'),
    [],
  );
});
