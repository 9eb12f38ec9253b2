import { type Disposable, languages as editorLanguages, Hover, type Uri } from 'vscode';
import { planFileName } from '../../ids.ts';
import { planSchema } from './packaged-schema.ts';
import { planCursor } from './plan-cursor.ts';
import { schemaKeys } from './plan-schema.ts';

/** On a key of the plan: what its schema says of it. */
export function registerPlanKeyHover(extension: Uri): Disposable {
  return editorLanguages.registerHoverProvider(
    { pattern: `**/${planFileName}` },
    {
      async provideHover(document, position) {
        const range = document.getWordRangeAtPosition(position, /[\w-]+(?=\s*:(?:\s|$))/);
        if (range === undefined) return undefined;
        const cursor = planCursor(document.getText(), document.offsetAt(range.end));
        if (cursor?.position !== 'key') return undefined;
        const schema = await planSchema(extension);
        const key = document.getText(range);
        const found = schema && schemaKeys(schema, cursor.path).find(({ word }) => word === key);
        return found?.description ? new Hover(found.description, range) : undefined;
      },
    },
  );
}
