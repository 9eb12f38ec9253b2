import { remember } from '../../../memory/remember.ts';
import type { Location } from '../../../text/range.ts';
import { headLocation, locationOf, type Statement } from '../evaluate/statement.ts';
import { isUncertain } from '../uncertain.ts';
import { inOrder, nameOf, type Sections } from './sections.ts';

export type Access =
  | { readonly kind: 'granted' }
  | {
      readonly kind: 'denied';
      readonly by: string;
      readonly location: Location;
      /** Nobody is let in from other machines, whatever password they know and wherever they come from. */
      readonly everybody: boolean;
    }
  /** `wantsTls`: plain HTTP is refused, unless the page that says so leads on to HTTPS. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly wantsTls?: true };

const authorization = /^(?:require|requireall|requireany|requirenone|order|allow|deny|satisfy)$/;

/**
 * Who may fetch a file: the last of its sections that speaks of authorization decides (`AuthMerging Off`, the default), with
 * `Require` and with the directives of 2.2 each.
 */
export function accessTo(sections: Sections, https?: boolean): Access {
  const asked = inOrder(sections);
  for (const section of asked) {
    const { asksForTls, joins } = authorizationOf(section.children);
    if (asksForTls && https === false) return wantsTls(section);
    if (joins) {
      return { kind: 'unknown', reason: `${nameOf(section)} joins what other sections say of authorization` };
    }
  }
  const modern = asked.findLast(({ children }) => authorizationOf(children).requires.length > 0);
  const old = asked.findLast(({ children }) => authorizationOf(children).orders.length > 0);
  // Both have to let a request in, or with `Satisfy any` one of them.
  const answers = [old && judgeOrder(old), modern && judgeRequire(modern, https)];
  const refused =
    answers.find((access) => access?.kind === 'denied') ?? answers.find((access) => access?.kind === 'unknown');
  if (refused === undefined) return { kind: 'granted' };
  const eases = ({ key, args: [word] }: Statement) => key === 'satisfy' && !/^all$/i.test(word?.value ?? '');
  return old && authorizationOf(old.children).orders.some(eases)
    ? { kind: 'unknown', reason: `Satisfy in ${nameOf(old)} lets in whom one of two lets in` }
    : refused;
}

/** What joins what sections say, and is not followed here. */
function joinsOthers({ key, args: [word], children }: Statement): boolean {
  switch (key) {
    case 'authmerging':
      return !/^off$/i.test(word?.value ?? '');
    case 'limit':
    case 'limitexcept':
      return children.some(isAuthorization);
    default:
      return false;
  }
}

export function isAuthorization({ key }: Statement): boolean {
  return authorization.test(key);
}

/** What a section says of authorization: thousands of virtual hosts may ask for it. */
const authorizationOf = remember((children: readonly Statement[]) => ({
  requires: children.filter(isRequire),
  orders: children.filter(isOrder),
  joins: children.some(joinsOthers),
  asksForTls: children.some(({ key }) => key === 'sslrequiressl'),
}));

const isRequire = ({ key }: Statement) => key.startsWith('require') && authorization.test(key);
/** Directives of mod_access_compat, of which a section has all or none: it joins nothing with the sections around. */
const isOrder = ({ key }: Statement) => oldKeys.has(key);
const oldKeys = new Set(['order', 'allow', 'deny', 'satisfy']);

function conditional(section: Statement, says: readonly Statement[]): Access | undefined {
  return says.some(({ branches }) => branches.length > 0)
    ? { kind: 'unknown', reason: `${nameOf(section)} depends on a condition` }
    : undefined;
}

function judgeRequire(section: Statement, https: boolean | undefined): Access {
  const says = authorizationOf(section.children).requires;
  const open = conditional(section, says);
  if (open) return open;
  const words = says.map((statement) => statement.args.map(({ value }) => value.toLowerCase()).join(' '));
  if (says.every(({ key }) => key === 'require')) {
    if (words.includes('all granted')) return { kind: 'granted' };
    if (https === false && words.includes('ssl')) return wantsTls(section);
    const [first] = says as [Statement, ...Statement[]];
    if (words.some((text) => /^(?:expr|env|method|not)\b/.test(text) || isUncertain(text))) {
      return { kind: 'unknown', reason: `${nameOf(section)} decides by the request` };
    }
    const everybody = words.every((text) =>
      /^(?:all denied|local|host localhost|ip(?: (?:127\.[\d./]+|::1))+)$/.test(text),
    );
    return { kind: 'denied', by: `Require ${words[0]} in ${nameOf(section)}`, location: locationOf(first), everybody };
  }
  if (says.length === 1 && says[0]?.key !== 'requirenone') {
    const inner = says[0]?.children ?? [];
    const texts = inner.map((statement) => statement.args.map(({ value }) => value.toLowerCase()).join(' '));
    if (https === false && texts.includes('ssl')) return wantsTls(section);
    const others = texts.filter((text) => text !== 'all granted' && !/^not (?:ip|host|env|forward-dns)\b/.test(text));
    if (texts.includes('all granted') && others.length === 0) return { kind: 'granted' };
  }
  return { kind: 'unknown', reason: `${nameOf(section)} decides by the request` };
}

function wantsTls(section: Statement): Access {
  return { kind: 'unknown', reason: `${nameOf(section)} refuses plain HTTP`, wantsTls: true };
}

/** `Order`, `Allow` and `Deny` of 2.2, which mod_access_compat still reads. */
function judgeOrder(section: Statement): Access {
  const says = authorizationOf(section.children).orders;
  const open = conditional(section, says);
  if (open) return open;
  const from = (key: string) =>
    says.filter((statement) => statement.key === key).map(({ args }) => args.map(({ value }) => value.toLowerCase()));
  const isAll = (words: readonly string[]) => words.includes('all');
  // `mutual-failure` lets in whom `allow,deny` does.
  const isDenyFirst = /^deny,allow$/.test(from('order').at(-1)?.join('') ?? 'deny,allow');
  const allowed = from('allow').some(isAll);
  const denied = from('deny').some(isAll);
  const granted = isDenyFirst ? allowed || !denied : allowed && !denied;
  if (granted) return { kind: 'granted' };
  const everybody = from('allow').every((words) =>
    words.every((word) => /^(?:from|localhost|127\.[\d./]*|::1)$/.test(word)),
  );
  return { kind: 'denied', by: `Deny from all in ${nameOf(section)}`, location: headLocation(section), everybody };
}
