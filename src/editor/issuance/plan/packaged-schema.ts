import { readFile } from 'node:fs/promises';
import { extensions, Uri } from 'vscode';
import type { Schema } from './plan-schema.ts';

let schema: Promise<Schema> | undefined;

/** The plan's schema, read once; undefined where the YAML extension is there, which says itself what the schema does. */
export async function planSchema(extension: Uri): Promise<Schema | undefined> {
  if (extensions.getExtension('redhat.vscode-yaml') !== undefined) return undefined;
  schema ??= read(Uri.joinPath(extension, 'media', 'tls-workbench.schema.json'));
  return schema;
}

async function read(file: Uri): Promise<Schema> {
  return JSON.parse(await readFile(file.fsPath, 'utf8')) as Schema;
}
