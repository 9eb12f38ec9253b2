import type { Location } from '../../../text/range.ts';
import type { TextReport } from '../../language.ts';
import { mayBeAbsent } from '../conditions.ts';
import { everywhereIn } from '../everywhere.ts';
import { reaches } from '../facts/versions.ts';
import { headRange, type Item, isWithin, locate } from '../scope.ts';
import type { ScopeRule } from './rule.ts';

/** What a name of a client's certificate is compared with. */
interface Comparison {
  readonly value: string;
  readonly isPattern: boolean;
  readonly location: Location;
}

const variable = /^\(? ?\$\{?(ssl_client_[si]_dn)\}?$/i;
const condition = /^\( ?\$\{?ssl_client_[si]_dn\}? (!?(?:=|~\*?)) (.+?) ?\)$/i;
const attributes = '(?:C|ST|L|O|OU|CN|DC|UID|emailAddress|[\\d.]+)=';
/** `/C=US/CN=a`; as a pattern also what has no other half that may fit. */
const slashed = new RegExp(`^/${attributes}`);
const slashedPattern = new RegExp(`^\\^?(?:\\.\\*)?/${attributes}[^|]*$`);
const ofToday = new RegExp(`(?:^\\^?|[,+(|])${attributes}`);

/** More places than this help nobody. */
const mostRelated = 20;

/** A client's name compared with the form that the variable has not had since nginx 1.11.6 (RFC 2253 section 2 is the form of today). */
export const clientNameForm: ScopeRule = {
  id: 'client-name-form',
  title: 'A client is compared with a form of its name that nginx no longer has',
  severity: 'warning',
  effect: 'connect',
  contexts: ['http'],
  check(scope, { target }) {
    if (!reaches(target.nginx, '1.11.6')) return [];
    const root = scope.owner?.outer ?? scope;
    const items = everywhereIn(root, ['if', 'map']).filter(
      (item) =>
        isWithin(item.outer, scope) && item.args.some(({ value }) => variable.test(value)) && !mayBeAbsent(item),
    );
    return items.flatMap((item) => judge(item) ?? []);
  },
};

function judge(item: Item): TextReport | undefined {
  const word = item.args.find(({ value }) => variable.test(value));
  const name = variable.exec(word?.value ?? '')?.[1]?.toLowerCase();
  const compared = item.name === 'map' ? entriesOf(item) : conditionOf(item);
  const [first, ...others] = compared.filter(isSlashed);
  // Whoever writes both forms has thought of it.
  if (word === undefined || name === undefined || first === undefined || compared.some(isOfToday)) return undefined;
  const place = locate(item, word);
  const written = item.file.document.text.slice(place.range.start, place.range.end);
  const end = place.range.start + written.toLowerCase().indexOf(name) + name.length;
  return {
    rule: 'client-name-form',
    message: `"${first.value}" fits no client: since nginx 1.11.6 $${name} reads "CN=name,O=company,C=US". Write the name so, or compare $${name}_legacy, which has the slashes.`,
    location: first.location,
    related: others.slice(0, mostRelated).map(({ location }) => ({ location, message: 'This fits none either' })),
    fixes: [
      {
        title: `Compare $${name}_legacy`,
        safe: false,
        edits: [{ file: place.file, range: { start: end, end }, newText: '_legacy' }],
      },
    ],
  };
}

/** `if ($ssl_client_s_dn != "/CN=a")`. */
function conditionOf(item: Item): readonly Comparison[] {
  const [, operator, value] = condition.exec(item.args.map((word) => word.value).join(' ')) ?? [];
  if (operator === undefined || value === undefined) return [];
  return [{ value, isPattern: operator.includes('~'), location: locate(item, headRange(item)) }];
}

function entriesOf({ inner }: Item): readonly Comparison[] {
  return (inner?.items ?? []).map((item) => {
    const [, sign, value = ''] = /^(~\*?|\\)?(.*)$/s.exec(item.name) ?? [];
    return { value, isPattern: sign?.startsWith('~') === true, location: locate(item, item.nameWord) };
  });
}

function isSlashed({ value, isPattern }: Comparison): boolean {
  return isPattern ? slashedPattern.test(value.replaceAll('\\/', '/')) : slashed.test(value);
}

function isOfToday({ value }: Comparison): boolean {
  return ofToday.test(value);
}
