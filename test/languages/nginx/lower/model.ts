import assert from 'node:assert/strict';
import { nginx } from '../../../../src/languages/nginx/index.ts';
import type { ServerModel } from '../../../../src/tls/model/server-model.ts';
import { projectOf } from '../project.ts';

export const main = '/etc/nginx/nginx.conf';

/** What is made of the inside of an `http` block. */
export function modelOf(http: string, options: Parameters<typeof projectOf>[1] = {}): ServerModel {
  return nginx.lower(projectOf({ [main]: `events {}\nhttp {\n${http}\n}\n` }, options));
}

export function only<T>(list: readonly T[]): T {
  assert.equal(list.length, 1);
  return list[0] as T;
}
