import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { projectOf } from './project.ts';

/** Ids of what is said of a main file; in each pair the first text is the last that nginx 1.26.3 takes, the second the first that it refuses. */
function rulesOf(http: string, server: string, events: string): readonly string[] {
  const text = `events {${events}}\nhttp {\n${http}\nserver { listen 8080; ${server} }\n}\n`;
  return nginx.check(projectOf({ '/etc/nginx/nginx.conf': text })).map(({ rule }) => rule);
}

const path = 'proxy_cache_path /var/cache/a keys_zone=z:1m;';
const cases: Readonly<Record<string, readonly [accepted: string, refused: string, http?: string]>> = {
  'http a temporary write': [
    'proxy_buffer_size 8k; proxy_busy_buffers_size 16k; proxy_temp_file_write_size 8k;',
    'proxy_buffer_size 8k; proxy_busy_buffers_size 16k; proxy_temp_file_write_size 7k;',
  ],
  'http a temporary file': [
    'proxy_buffer_size 8k; proxy_max_temp_file_size 8k;',
    'proxy_buffer_size 8k; proxy_max_temp_file_size 7k;',
  ],
  'http no temporary file at all': [
    'proxy_buffer_size 8k; proxy_max_temp_file_size 0;',
    'proxy_buffer_size 8k; proxy_max_temp_file_size 1;',
  ],
  'http busy buffers': [
    'proxy_buffers 4 4k; proxy_busy_buffers_size 12k;',
    'proxy_buffers 4 4k; proxy_busy_buffers_size 13k;',
  ],
  'http a pool for headers': [
    'large_client_header_buffers 4 1k; connection_pool_size 1k;',
    'large_client_header_buffers 4 1k; connection_pool_size 1040;',
  ],
  'events connections for the addresses': ['worker_connections 2;', 'worker_connections 1;'],
  'server a cache that is off': ['proxy_cache off; proxy_store on;', 'proxy_cache z; proxy_store on;', path],
  'server a store that is off': ['proxy_store off; proxy_cache z;', 'proxy_store on; proxy_cache z;', path],
  'http folders of temporary files': [
    'proxy_temp_path /var/t 1 2; fastcgi_temp_path /var/t 1 2;',
    'proxy_temp_path /var/t 1 2; fastcgi_temp_path /var/t 2 2;',
  ],
};

for (const [name, [accepted, refused, http = '']] of Object.entries(cases)) {
  test(`the last value that nginx takes and the first that it refuses: ${name}`, () => {
    const check = (line: string) =>
      rulesOf(
        name.startsWith('http ') ? line : http,
        name.startsWith('server ') ? line : '',
        name.startsWith('events ') ? line : '',
      ).filter((rule) => rule === 'directive-conflict');
    assert.deepEqual([check(accepted), check(refused)], [[], ['directive-conflict']]);
  });
}
