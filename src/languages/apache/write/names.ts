import { remember } from '../../../memory/remember.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { Change } from '../../../tls/model/change.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ServerScope } from '../lower/scopes/scopes.ts';
import type { Draft } from './draft.ts';
import { insertAfter, type Texts } from './place.ts';

/** Writes one of the names of a virtual host otherwise. */
export function nameDraft(
  { from, to }: Change & { readonly setting: 'siteName' },
  { own }: ServerScope,
  texts: Texts,
): Draft {
  const statement = to && statementsOf(own).get(to.location);
  const written = statement && to ? texts(statement.file).slice(to.location.range.start, to.location.range.end) : '';
  if (!statement || !from || !to || !written.includes(from.text)) {
    return { refused: 'The name is not found in the text.' };
  }
  const [first = '', ...others] = to.text.split(' ');
  if (statement.key === 'servername' && others.length > 0) {
    if (statement.context !== 'virtual host') return { refused: 'Only a <VirtualHost> has further names.' };
    const alias = insertAfter(statement, [`ServerAlias ${others.join(' ')}`], texts);
    return { edits: [{ file: statement.file, range: to.location.range, newText: first }, alias], touched: [statement] };
  }
  const newText = others.length > 0 ? to.text : written.replace(from.text, () => to.text);
  return { edits: [{ file: statement.file, range: to.location.range, newText }], touched: [statement] };
}

/** Statements by the places of their names, of which a virtual host may have thousands that are to be written otherwise. */
const statementsOf = remember((own: ServerScope['own']) => {
  const statements = new PlaceMap<Statement>();
  for (const statement of [...(own.get('servername') ?? []), ...(own.get('serveralias') ?? [])]) {
    for (const { range } of statement.args) statements.set({ file: statement.file, range }, statement);
  }
  return statements;
});
