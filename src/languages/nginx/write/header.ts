import { remember } from '../../../memory/remember.ts';
import type { ResponseHeader } from '../../../tls/model/server-model.ts';
import type { Setting } from '../../../tls/model/setting.ts';
import type { Target } from '../../../tls/target.ts';
import { isConditional } from '../conditions.ts';
import { reaches } from '../facts/versions.ts';
import { inheritanceIn } from '../lower/headers.ts';
import { isMore } from '../lower/more-headers.ts';
import type { Item, Scope } from '../scope.ts';
import type { Outcome } from './place.ts';
import {
  addTo,
  edits,
  fileOwnership,
  insertAfter,
  ownership,
  quoted,
  refused,
  remove,
  replaceArguments,
} from './place.ts';

interface Header {
  readonly name: string;
  readonly value: string;
}

/** Takes away one of the directives that set a header in a block, from which those of `others` may go as well. */
export function removeHeader(item: Item, others: ReadonlySet<string>, target: Target): Outcome {
  const reason = ownership(item);
  if (reason !== undefined) return refused(reason);
  const { outer } = item;
  const isLast = [...namesIn(outer)].every((name) => others.has(name)) && inheritanceIn(outer, target) !== 'merge';
  return isLast && outer.owner && inheritsOthers(outer.owner) ? refused(wouldInherit) : edits(remove(item));
}

const wouldInherit = 'Without its last "add_header" this block would inherit the headers of the block around it.';

/** The names of the headers that a block sets, in small letters: it may have thousands of one, and a fix for each. */
const namesIn = remember(
  (scope: Scope): ReadonlySet<string> =>
    new Set(scope.find('add_header').map(({ args }) => args[0]?.value.toLowerCase() ?? '')),
);

/**
 * Sets a response header in a block. Where the block has no `add_header` of its own, those that it inherited are repeated,
 * because nginx would drop them, unless `add_header_inherit` says otherwise; those of `more_set_headers` stay by themselves.
 */
export function writeHeader(
  from: Header | undefined,
  to: Header | undefined,
  scope: Scope,
  owner: Item,
  headers: Setting<readonly ResponseHeader[]>,
  target: Target,
): Outcome {
  const merges = inheritanceIn(scope, target) === 'merge';
  const name = (to ?? from)?.name ?? '';
  const own = scope.find('add_header');
  const same = own.length === 0 ? own : own.filter(({ args }) => args[0]?.value.toLowerCase() === name.toLowerCase());
  for (const item of same) {
    const reason = ownership(item);
    if (reason !== undefined) return refused(reason);
    const variable = /\$\{?\w+\}?/.exec(item.args[1]?.value ?? '')?.[0];
    if (to && variable !== undefined) {
      return refused(`${name} has its value from ${variable}: change it where that is set.`);
    }
  }
  const more = scope
    .find('more_set_headers')
    .some(({ args }) => args.some(({ value }) => value.split(/[:\s]/, 1)[0]?.toLowerCase() === name.toLowerCase()));
  if (more) return refused(`"more_set_headers" sets ${name}: change it there.`);
  if (!to) {
    if (same.length > 0 && same.length === own.length && !merges && inheritsOthers(owner)) {
      return refused(wouldInherit);
    }
    return edits(...same.map(remove));
  }
  const last = same.at(-1);
  const takesAlways = reaches(target.nginx, '1.7.5');
  if (last) {
    // Who changes a header that was found keeps it for the answers that it was for.
    const always = last.args[2]?.value ?? (from === undefined && takesAlways ? 'always' : undefined);
    const words = always === undefined ? [to.name, to.value] : [to.name, to.value, always];
    return edits(...same.slice(0, -1).map(remove), replaceArguments(last, words));
  }
  const reason = fileOwnership(owner.file);
  if (reason !== undefined) return refused(reason);
  if (headers.value.kind === 'unknown')
    return refused(`What headers are inherited is not known: ${headers.value.reason}.`);
  const added = line({ name: to.name, value: to.value, always: takesAlways });
  const lines = merges || own.length > 0 ? [added] : [...linesToRepeat(headers, name), added];
  const near = own.findLast((item) => item.file === owner.file && !isConditional(item));
  return edits(near ? insertAfter(near, lines) : addTo(scope, owner, lines));
}

function isNamed(header: ResponseHeader, name: string): boolean {
  return header.name.toLowerCase() === name.toLowerCase();
}

/** The inherited headers but one as they are written, once each: in the branches of a variable they differ. */
function linesToRepeat({ value }: Setting<readonly ResponseHeader[]>, name: string): Iterable<string> {
  if (value.kind === 'unknown') return [];
  const all = value.kind === 'one-of' ? value.values.flat() : value.value;
  if (all.length === 0) return [];
  const kept = all.filter((header) => !isNamed(header, name) && !isMore(header));
  return new Set(kept.map((header) => line(textOf(header))));
}

function textOf({ name, value, written, always }: ResponseHeader) {
  return { name, value: written ?? value, always };
}

function inheritsOthers(owner: Item): boolean {
  return owner.outer.find('add_header').length > 0;
}

function line({
  name,
  value,
  always,
}: {
  readonly name: string;
  readonly value: string;
  readonly always: boolean;
}): string {
  const text = /[\s;]/.test(value) || value.includes('"') ? quoted(value) : `"${value}"`;
  return `add_header ${name} ${text}${always ? ' always' : ''};`;
}
