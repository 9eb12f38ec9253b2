import type { ModelNote } from '../../../tls/model/server-model.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { readHeader } from './headers.ts';

/** Response headers whose whole effect is history, by name in lower case. */
const pastHeaders: Readonly<Record<string, string>> = {
  'public-key-pins': 'hpkp',
  'public-key-pins-report-only': 'hpkp',
  'expect-ct': 'expect-ct',
};

/** Directives that no longer do anything for a client of today. */
export function modelNotes(
  evaluation: Evaluation,
  siteOf: (statement: Statement) => string | null,
): readonly ModelNote[] {
  const notes: ModelNote[] = [];
  for (const statement of withKey(evaluation, 'header')) {
    const header = readHeader(statement);
    const kind = header && header.action !== 'unset' ? pastHeaders[header.name.toLowerCase()] : undefined;
    if (header && kind) {
      notes.push({ kind, text: header.name, site: siteOf(statement), location: locationOf(statement) });
    }
  }
  return notes;
}
